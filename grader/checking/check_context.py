"""One run of a check: its arguments, and the state that is set up and restored around it."""

from __future__ import annotations

import inspect
import zlib
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from functools import cached_property
from typing import Any

import numpy as np

from datasets import Dataset
from grader.checking.part_declaration import Check, Part
from grader.checking.student_proxy import CallLog, MissingName, StudentProxy
from grader.runtime.backend import Handle
from grader.runtime.errors import ImportFailed
from grader.runtime.time_limit import IMPORT_SECONDS, limit
from grader.submissions.submission import Submission


class CheckContext:
    """One run of a check, with the arguments for its method.

    A check is a method whose parameters are named after attributes of this class: `exercise`, `course`,
    `digits`, `packages`, `remarks`, `rng`.

    Parameters
    ----------
    check : Check
    part : Part
        The part that the check belongs to.
    submission : Submission
    log : CallLog
        With or without help.
    seed : int
        Together with the check's id it determines every random number of the check.
    load_digits : callable
        Returns the images for the milestones. It may be slow, because it may have to download them.

    Attributes
    ----------
    remarks : list of str
        What the check reports even when it passes, such as the accuracy.
    rng : Generator
        The generator of the check's random numbers.
    """

    def __init__(
        self,
        check: Check,
        part: Part,
        submission: Submission,
        log: CallLog,
        *,
        seed: int,
        load_digits: Callable[[], Dataset],
    ) -> None:
        self._check = check
        self._part = part
        self._submission = submission
        self._log = log
        self._load_digits = load_digits
        self._seed = np.random.SeedSequence([seed, zlib.crc32(check.id.encode())])
        self._modules: dict[str, Handle] = {}
        self.remarks: list[str] = []
        self.rng = np.random.default_rng(self._seed)

    @cached_property
    def exercise(self) -> StudentProxy:
        """The student's module."""
        return self.course(self._part.exercise)

    @property
    def packages(self) -> set[str]:
        """The packages outside the standard library that the part's code imports or leads to."""
        part = self._part
        return self._submission.packages(part.exercise, part.target, part.declaration.stand_ins)

    def course(self, exercise: str) -> StudentProxy:
        """Return any of the student's modules, for checks that need more than one."""
        if exercise not in self._modules:
            with limit.paused(), limit.at_most(IMPORT_SECONDS):
                self._modules[exercise] = self._submission.load(exercise)
        return self._log.module(self._modules[exercise], exercise)

    def digits(self) -> Dataset:
        """Return the images for the milestones."""
        with limit.paused():
            return self._load_digits()

    def call(self) -> None:
        """Run the check; its exceptions are not caught."""
        __tracebackhide__ = True
        method = self._check.method
        with ExitStack() as stack:
            seed = int(self._seed.generate_state(1)[0])
            running = self._submission.running(
                self._part.exercise, seed, self._part.declaration.without
            )
            stack.enter_context(running)
            if self._log.helping:
                for name, stand_in in self._part.declaration.stand_ins.items():
                    stack.enter_context(self._replaced(name, stand_in))
            method(**{name: getattr(self, name) for name in inspect.signature(method).parameters})

    @contextmanager
    def _replaced(self, name: str, stand_in: Callable[..., Any]) -> Iterator[None]:
        """Replace a function or class of the student's module with a correct one, temporarily."""
        __tracebackhide__ = True
        try:
            own = getattr(self.exercise, name)
        except (MissingName, ImportFailed):  # then no code can use it
            yield
            return
        self._log.helped = True
        setattr(self.exercise, name, stand_in)
        try:
            yield
        finally:
            setattr(self.exercise, name, own)
