"""Stop the batch when nothing can be written any more, and leave nothing half done."""

from __future__ import annotations

import errno
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import OperationalError

NO_ROOM = {errno.ENOSPC, errno.EDQUOT, errno.EROFS}
GRADEBOOK = ("disk is full", "readonly database", "unable to open", "is locked")
"""What SQLite says when it cannot write. nbgrader would advise people to upgrade the gradebook."""


class BatchStopped(KeyboardInterrupt):
    """Stops the batch.

    It is a `KeyboardInterrupt` because only then does nbgrader stop and remove what is half done.
    """


@contextmanager
def stopping(student: str) -> Iterator[None]:
    """Stop the batch if the disk or the gradebook fails while this student is graded."""
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
        f"Grading stopped at {student}: {reason}. The results so far are kept. Fix that, then run "
        "the same command again."
    )
