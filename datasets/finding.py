"""Where the files are looked for: a folder which the user named, or our cache."""

from pathlib import Path

from datasets.download import download_files
from datasets.errors import DatasetError
from datasets.reading import read_idx
from datasets.source import Found, IdxFile, Source


def cache_folder() -> Path:
    """Return the folder in which the course keeps what it downloads for this user."""
    from pooch import os_cache

    return Path(os_cache("cnn-from-scratch"))


def find_in_folder(source: Source, folder: Path, called: str, instead: str) -> list[Found]:
    """Read all files of a source from a folder which the user named.

    Parameters
    ----------
    source : Source
        What to look for.
    folder : Path
        Where to look.
    called : str
        What to call the folder in an error.
    instead : str
        How to do without it, for an error.

    Returns
    -------
    list of Found
        In the order of `source.files`.

    Raises
    ------
    DatasetError
        A file is missing or not the right one. Nothing is downloaded: the user meant this folder.
    """
    choice = f"Or {instead}, and {source.name} is downloaded."
    try:
        found = {file: _find(folder, file) for file in source.files}
    except DatasetError as error:
        raise DatasetError(
            error.problem, f"Put the original file there, with or without .gz. {choice}"
        ) from error
    present = [item for item in found.values() if item]
    if len(present) < len(source.files):
        missing = ", ".join(f"{file.name}.gz" for file, item in found.items() if not item)
        what = f"lacks {missing}" if folder.is_dir() else "does not exist or is not a folder"
        raise DatasetError(
            f"{folder} ({called}) {what}",
            f"Put the files of {source.name} there, with or without .gz. {choice}",
        )
    return present


def find_in_cache(source: Source, cache: Path, *, download: bool) -> list[Found]:
    """Read all files of a source from the cache, and download those which it does not hold.

    Parameters
    ----------
    source : Source
        What to look for.
    cache : Path
        Our folder; it need not exist.
    download : bool
        False to raise an error instead.

    Returns
    -------
    list of Found
        In the order of `source.files`.

    Raises
    ------
    DatasetError
        Files are not there, or not the right ones, and were not to be had from a mirror.
    """
    found: dict[IdxFile, Found] = {}
    damage: list[str] = []
    for file in source.files:
        try:
            if item := _find(cache, file):
                found[file] = item
        except DatasetError as error:
            # The cache is ours: a user never put this file there and has nothing to decide or to
            # repair, so it is fetched again, and is news only if that fails.
            damage.append(error.problem)
    wanted = [file for file in source.files if file not in found]
    if wanted and not download:
        problem = "; ".join(damage[:1]) or f"{source.name} is not in the cache, {cache}"
        remedy = f"Run `python -m datasets {source.name.lower()}` to download it."
        raise DatasetError(problem, remedy)
    if wanted:
        try:
            found |= download_files(source, wanted, cache)
        except DatasetError as error:
            raise DatasetError("; ".join([*damage[:1], error.problem]), error.remedy) from error
    return [found[file] for file in source.files]


def _find(folder: Path, file: IdxFile) -> Found | None:
    """Read a file under either of its names; None if there is neither."""
    fault: DatasetError | None = None
    for path in (folder / f"{file.name}.gz", folder / file.name):
        try:
            return Found(path, read_idx(path, file))
        except FileNotFoundError:
            continue
        except DatasetError as error:
            fault = fault or error  # the other one may be right
    if fault:
        raise fault
    return None
