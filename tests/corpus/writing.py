"""Write the corpus: a folder of files for each submission."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from tests.corpus.kinds import ATTACKS_LEFT_OUT, Arrange, everything
from tests.corpus.manifest import Submission, write_manifest


def write_corpus(folder: Path, submissions: Iterable[tuple[Submission, Arrange]]) -> None:
    """Write submissions into a new folder.

    Raises
    ------
    FileExistsError
        If two submissions have one name, or there is one already.
    """
    written = []
    for submission, arrange in submissions:
        target = folder / submission.id
        target.mkdir(parents=True)
        arrange(target)
        written.append(submission)
    write_manifest(folder, written)


def write(folder: Path) -> int:
    """Write every submission, and print how many there are of each kind; return the exit status."""
    if folder.exists() and any(folder.iterdir()):
        print(f"{folder} is not empty: name a new folder, so that nothing old is graded.")
        return 2
    submissions = list(everything())
    write_corpus(folder, submissions)
    for kind, number in Counter(submission.kind for submission, _ in submissions).items():
        print(f"{kind:16}{number:4}")
    print(f"{'together':16}{len(submissions):4}")
    print(f"Left out are {len(ATTACKS_LEFT_OUT)} attacks:")
    for name, reason in ATTACKS_LEFT_OUT.items():
        print(f"    {name} {reason}")
    return 0
