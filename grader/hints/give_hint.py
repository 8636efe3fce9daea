"""`python -m grader hint`: help with the first part that is wrong, one hint at a time."""

from __future__ import annotations

import re
import shlex
import textwrap
from collections.abc import Sequence
from pathlib import Path

from grader.checking.course import all_parts
from grader.checking.part_declaration import Part
from grader.common.exercise_names import names_of_exercise
from grader.hints.first_failure import first_failure
from grader.hints.hint_texts import LEVELS, all_hints
from grader.hints.hints_given import Memory
from grader.runtime.errors import GraderError
from grader.views.terminal import WIDEST, usual_submission


class HintError(GraderError):
    """A hint cannot be given or forgotten; the message says why."""


def give_hint(name: str | None, folder: Path, width: int) -> str:
    """Return the next hint for a student who is stuck, and remember that it was given.

    Parameters
    ----------
    name : str or None
        An exercise, a part, or None for the whole course. An exercise is graded to find the first
        part that is wrong; a part is not graded.
    folder : Path
        The submission's folder, as the user typed it.
    width : int
        The width of the terminal in characters.

    Raises
    ------
    HintError
        If there is no such folder, exercise or part.
    """
    parts = _named(name)
    memory = _memory(folder)
    if name and _split(name)[1]:
        return _told(parts[0], memory, name, width)
    failure = first_failure(parts, folder)
    if failure is None:
        what = f"{_exercise(parts[0])} has" if name else "all exercises have"
        return _wrapped(f"No hint is needed: {what} full marks.", width)
    if failure.elsewhere:
        return _wrapped(f"{failure.part.id}: {failure.elsewhere}", width)
    return _told(failure.part, memory, name, width)


def forget_hints(name: str | None, folder: Path) -> str:
    """Reset the hints of an exercise, a part, or the whole course; return what to print.

    Raises
    ------
    HintError
        If there is no such folder, exercise or part, or if the memory cannot be changed.
    """
    parts = _named(name)
    memory = _memory(folder)
    try:
        memory.forget(part.id for part in parts)
    except OSError as error:
        raise HintError(f"{memory.path} cannot be changed: {error.strerror}.") from error
    return memory.problem or f"The hints for {name or 'all exercises'} start again from the first."


def _memory(folder: Path) -> Memory:
    if not folder.is_dir():
        raise HintError(f"--submission: there is no folder {folder}")
    return Memory(folder)


def _named(name: str | None) -> Sequence[Part]:
    """Return the parts that a name means and that have hints; there is at least one."""
    parts = [part for part in all_parts() if part.id in all_hints()]
    if name is None:
        return parts
    exercise, which = _split(name)
    own = [part for part in parts if exercise in names_of_exercise(part.exercise)]
    found = [part for part in own if which in ("", part.id.partition("/")[2])]
    if not found:
        known = [part.id for part in own] or dict.fromkeys(_exercise(part) for part in parts)
        raise HintError(f"There are no hints for {name}. There are hints for {', '.join(known)}.")
    return found


def _split(name: str) -> tuple[str, str]:
    """Split ex02, ex02/backward or a file's path into exercise and part; the part may be empty."""
    exercise, _, part = (Path(name).stem if name.endswith(".py") else name).partition("/")
    return exercise, part


def _exercise(part: Part) -> str:
    return part.id.partition("/")[0]


def _told(part: Part, memory: Memory, name: str | None, width: int) -> str:
    """Return the next hint for a part, or all of them if none is left."""
    hints = all_hints()[part.id]
    level = memory.given(part.id) + 1
    foot = f"To see what is wrong: {_command(memory, f'pytest grader -k {_exercise(part)}')}"
    if level > LEVELS:
        head = f"{part.id}: all {LEVELS} hints have been given. Here they are again."
        texts = [f"{number}. {hint}" for number, hint in enumerate(hints, start=1)]
    else:
        memory.give(part.id)
        head = f"{part.id}, hint {level} of {LEVELS}"
        texts = [hints[level - 1]]
        if level < LEVELS:
            again = (
                f"python -m grader hint {shlex.quote(name)}" if name else "python -m grader hint"
            )
            foot = f"For the next hint: {_command(memory, again)}"
    if memory.problem:
        texts.append(memory.problem)
    return "\n\n".join([head, *(_wrapped(text, width) for text in texts), foot])


def _command(memory: Memory, words: str) -> str:
    """Return a command, with the option --submission if this is not the usual folder."""
    folder = memory.path.parent
    usual = folder == usual_submission()
    return words if usual else f"{words} --submission {shlex.quote(str(folder))}"


def _wrapped(text: str, width: int) -> str:
    """Wrap a text, but do not break lines at the operators of a formula."""
    bound = re.sub(r" ([−·⊙⋆=≥<]) ", "\N{NO-BREAK SPACE}\\1\N{NO-BREAK SPACE}", text)
    width = max(min(width, WIDEST), 1)
    lines = textwrap.fill(bound, width, break_long_words=False, break_on_hyphens=False)
    return lines.replace("\N{NO-BREAK SPACE}", " ")
