"""Find the files of a data set in a folder that the user named, or in our cache."""

from pathlib import Path

from datasets.download import download_files
from datasets.errors import DatasetError
from datasets.read_files import read_idx
from datasets.source import Found, IdxFile, Source


def cache_folder() -> Path:
    """Return this user's cache folder for the course's downloads."""
    from pooch import os_cache

    return Path(os_cache("cnn-from-scratch"))


def find_in_folder(source: Source, folder: Path, called: str, instead: str) -> list[Found]:
    """Read all files of a data set from a folder that the user named.

    Parameters
    ----------
    source : Source
        The data set to look for.
    folder : Path
        The folder to search.
    called : str
        What an error message calls the folder.
    instead : str
        What an error message advises instead of using this folder.

    Returns
    -------
    list of Found
        In the order of `source.files`.

    Raises
    ------
    DatasetError
        A file is missing or wrong. Nothing is downloaded, because the user chose this folder.
    """
    choice = f"Or {instead} to download {source.name}."
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
    """Read all files of a data set from the cache, and download those that it lacks.

    Parameters
    ----------
    source : Source
        The data set to look for.
    cache : Path
        Our cache folder; it need not exist.
    download : bool
        Whether to download missing files; otherwise an error is raised.

    Returns
    -------
    list of Found
        In the order of `source.files`.

    Raises
    ------
    DatasetError
        Files are missing or damaged, and could not be downloaded.
    """
    found: dict[IdxFile, Found] = {}
    damage: list[str] = []
    for file in source.files:
        try:
            if item := _find(cache, file):
                found[file] = item
        except DatasetError as error:
            # The user did not put this file in the cache and need not repair it: we download it
            # again, and report the damage only if that fails.
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
    """Read a file, with or without .gz in its name; return None if there is neither."""
    fault: DatasetError | None = None
    for path in (folder / f"{file.name}.gz", folder / file.name):
        try:
            return Found(path, read_idx(path, file))
        except FileNotFoundError:
            continue
        except DatasetError as error:
            fault = fault or error  # the other file may be right
    if fault:
        raise fault
    return None
