"""Stop a batch where every further submission would fail alike, and leave nothing half done."""

from __future__ import annotations

import errno
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import OperationalError

NO_ROOM = {errno.ENOSPC, errno.EDQUOT, errno.EROFS}
GRADEBOOK = ("disk is full", "readonly database", "unable to open", "is locked")
"""What SQLite says when it cannot write; nbgrader would tell people to upgrade it."""


class BatchStopped(KeyboardInterrupt):
    """Ends a batch: for this alone nbgrader takes away what is half done, and goes no further."""


@contextmanager
def stopping(student: str) -> Iterator[None]:
    """Stop the batch if nothing can be written any more while this student is graded."""
    try:
        yield
    except OSError as error:
        if error.errno not in NO_ROOM:
            raise
        raise BatchStopped(_sentence(student, str(error))) from None
    except OperationalError as error:
        reason = str(error.orig)
        if not any(words in reason for words in GRADEBOOK):
            raise
        raise BatchStopped(_sentence(student, f"the gradebook: {reason}")) from None


def _sentence(student: str, reason: str) -> str:
    return (
        f"Grading stopped at {student}: {reason}. What was graded before that is kept; run the same "
        "command again when this is mended."
    )
