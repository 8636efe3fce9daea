"""Say in a sentence what the student's code raised, and on which of its lines."""

from __future__ import annotations

import traceback
from pathlib import Path


def explain(error: BaseException, folder: Path) -> str:
    """Return "ex02_convolutional.py, line 81, in forward: ValueError: what it says".

    Parameters
    ----------
    error : BaseException
        What was raised.
    folder : Path
        Where the submission is: only frames of its files are named.
    """
    try:
        text = str(error).strip().partition("\n")[0]
    except Exception:  # a __str__ of the student's own
        text = "its message cannot be shown"
    words = f"{type(error).__name__}: {text}" if text else type(error).__name__
    if isinstance(error, SyntaxError) and error.filename and error.lineno:
        return (
            f"{Path(error.filename).name}, line {error.lineno}: {type(error).__name__}: {error.msg}"
        )
    frames = student_frames(error, folder)
    if not frames:
        return words
    last = frames[-1]
    function = "" if last.name.startswith("<") else f", in {last.name}"
    return f"{Path(last.filename).name}, line {last.lineno}{function}: {words}"


def student_frames(error: BaseException, folder: Path) -> list[traceback.FrameSummary]:
    """Return the frames of a traceback that lie in the submission's folder, outermost first."""
    frames = traceback.extract_tb(error.__traceback__)
    return [frame for frame in frames if folder in Path(frame.filename).parents]
