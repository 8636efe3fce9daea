"""What an exercise is called: by its number, by its name, or by both."""

from __future__ import annotations


def names_of_exercise(exercise: str) -> set[str]:
    """Return "ex02", "ex2", "convolutional" and "ex02_convolutional" for the last of them.

    Parameters
    ----------
    exercise : str
        The full name. A name without a number, such as "milestones", is the only one.
    """
    number, _, name = exercise.partition("_")
    return {exercise, number, number.replace("ex0", "ex"), name or number}
