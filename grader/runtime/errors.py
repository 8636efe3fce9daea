"""What can go wrong around a student's code: one base class, and what callers tell apart."""

from __future__ import annotations


class GraderError(Exception):
    """The base of all that the grader raises on purpose; the text is for a person."""


class ImportFailed(GraderError):
    """A file of the submission is missing, or raises while it is imported (the cause says what).

    Attributes
    ----------
    exercise : str
        The file's name without its ending.
    reason : str
        What is the matter with it, to follow its name.
    """

    def __init__(self, exercise: str, reason: str) -> None:
        super().__init__(f"{exercise}.py {reason}")
        self.exercise = exercise
        self.reason = reason


class ProgramExit(GraderError):
    """The student's code tried to end the program, which is never what an exercise asks for.

    Parameters
    ----------
    kind : str
        The name of what it raised, such as "SystemExit".
    """

    def __init__(self, kind: str) -> None:
        super().__init__("this would end the whole program")
        self.kind = kind


class ProcessLost(GraderError):
    """The process of the student's code ended in the middle of a check, or had to be ended.

    Parameters
    ----------
    reason : str
    in_time : bool
        False if it had to be ended because it took too long.
    """

    def __init__(self, reason: str, *, in_time: bool = True) -> None:
        super().__init__(reason)
        self.in_time = in_time
