"""Release feedback to students who submitted through the exchange, and name the rest."""

from __future__ import annotations

import glob
from pathlib import Path

from nbgrader.exchange.default import ExchangeReleaseFeedback

NEEDED = ("timestamp.txt", "submission_secret.txt")
"""The files of a submission through the exchange by which its author can fetch the feedback."""


class ReleaseFeedback(ExchangeReleaseFeedback):  # type: ignore[misc]
    """Releases each student's pages separately: nbgrader would stop at the first failure."""

    src_path: str

    def copy_files(self) -> None:
        """Copy the pages to the exchange."""
        for folder in map(Path, sorted(glob.glob(self.src_path))):  # noqa: PTH207 (nbgrader's own)
            if all((folder / name).is_file() for name in NEEDED):
                self.src_path = glob.escape(str(folder))
                super().copy_files()
            else:
                self.log.warning(
                    "%s did not submit through the exchange, so they cannot fetch the pages in %s.",
                    *(folder.parent.name, folder),
                )
