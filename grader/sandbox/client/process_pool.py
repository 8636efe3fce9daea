"""The processes that student code is forked from: started early, and kept for the next submission."""

from __future__ import annotations

from collections.abc import Sequence

from grader.sandbox.client.worker_process import Process
from grader.sandbox.jail import Command
from grader.sandbox.resource_limits import Limits


class ProcessPool:
    """Processes for one submission after another, never for two at once.

    Each has imported what is slow to import, and runs no submission's code itself.

    Parameters
    ----------
    command : Command
        How to start a process.
    limits : Limits
    preload : sequence of str
        Modules that each process imports at its start.
    """

    def __init__(self, command: Command, limits: Limits, preload: Sequence[str]) -> None:
        self.limits = limits
        self._command = command
        self._preload = preload
        self._idle: dict[tuple[str, ...], Process] = {(): self._new(())}

    def take(self, without: tuple[str, ...]) -> Process:
        """Return a process that cannot use some packages, once it has started.

        Raises
        ------
        SandboxUnavailable
            If it cannot start.
        """
        process = self._idle.pop(without, None) or self._new(without)
        process.expect_start()
        return process

    def take_back(self, process: Process, without: tuple[str, ...]) -> None:
        """Keep a process in which a submission has changed nothing."""
        self._idle[without] = process

    def stop(self) -> None:
        """End all processes."""
        while self._idle:
            self._idle.popitem()[1].stop()

    def _new(self, without: tuple[str, ...]) -> Process:
        preload = [name for name in self._preload if name.partition(".")[0] not in without]
        return Process(self._command.without(without), self.limits, preload)
