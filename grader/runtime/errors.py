"""The grader's exceptions: one base class, and a class for each kind that callers tell apart."""

from __future__ import annotations


class GraderError(Exception):
    """The base of all exceptions that the grader raises on purpose; the text is for the user."""


class ImportFailed(GraderError):
    """A file of the submission is missing, or raises while it is imported (see the cause).

    Attributes
    ----------
    exercise : str
        The file's name without its extension.
    reason : str
        What is wrong, in words that follow the file's name.
    """

    def __init__(self, exercise: str, reason: str) -> None:
        super().__init__(f"{exercise}.py {reason}")
        self.exercise = exercise
        self.reason = reason


class ProgramExit(GraderError):
    """The student's code tried to end the program, which no exercise asks for.

    Parameters
    ----------
    kind : str
        The class name of what it raised, such as "SystemExit".
    """

    def __init__(self, kind: str) -> None:
        super().__init__("this would end the whole program")
        self.kind = kind


class ProcessLost(GraderError):
    """The student's process ended in the middle of a check, or had to be killed.

    Parameters
    ----------
    reason : str
    in_time : bool
        False if it had to be killed because it took too long.
    """

    def __init__(self, reason: str, *, in_time: bool = True) -> None:
        super().__init__(reason)
        self.in_time = in_time
