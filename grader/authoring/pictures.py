"""Draw the pictures of the exercises' texts from the functions in `solutions/pictures/`.

Each picture contains a checksum of the code that drew it. So a build draws only what has changed, and
a check need not draw at all: two versions of Matplotlib rarely draw the same bytes.
"""

from __future__ import annotations

import ast
import hashlib
import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterable
from io import BytesIO
from pathlib import Path
from typing import NamedTuple

from PIL import Image, PngImagePlugin

from grader.authoring.exercise_stubs import SourceError

FOLDER = "pictures"
IMAGE = re.compile(rf"!\[([^\]]*)\]\({FOLDER}/([^)]*)\)")
"""A picture in a text: its alternative text, and its path in the folder."""
SHARED = ("__init__.py", "__main__.py", "style.py")
"""Files in `solutions/pictures/` that draw nothing themselves."""
CHECKSUM = "drawn-by"
"""The entry of a PNG file with the checksum of the code."""
COLOURS = 128


class Picture(NamedTuple):
    """A picture that belongs into an exercise's text.

    Attributes
    ----------
    name : str
        Its exercise and its function, such as "ex11_strided_convolution/windows".
    path : Path
        The PNG file.
    checksum : str
        The checksum of the code that draws it.
    """

    name: str
    path: Path
    checksum: str

    @property
    def current(self) -> bool:
        """Whether the file was drawn by this code."""
        try:
            with Image.open(self.path) as image:
                return image.info.get(CHECKSUM) == self.checksum
        except OSError:  # missing, or no picture
            return False


def all_pictures(root: Path) -> list[Picture]:
    """Return the pictures for which there are functions.

    Parameters
    ----------
    root : Path
        The folder that contains `solutions/` and `exercises/`.
    """
    folder = root / "solutions" / FOLDER
    style = _source(folder / "style.py")
    found = []
    for path in sorted(folder.glob("*.py")):
        if path.name in SHARED:
            continue
        source = _source(path)
        checksum = hashlib.sha256((style + source).encode()).hexdigest()[:16]
        for name in (f"{path.stem}/{function}" for function in _public_functions(source)):
            target = root / "exercises" / FOLDER / f"{name}.png"
            found.append(Picture(name, target, checksum))
    return found


def drawn(root: Path, pictures: Iterable[Picture]) -> dict[Path, bytes]:
    """Draw pictures; return the content of their files.

    Raises
    ------
    SourceError
        If a function fails; the message has the end of its traceback.
    """
    names = [picture.name for picture in pictures]
    if not names:
        return {}
    with tempfile.TemporaryDirectory() as folder:
        done = subprocess.run(
            [sys.executable, "-m", FOLDER, folder, *names],
            cwd=root / "solutions",
            env={**os.environ, "MPLBACKEND": "agg", "PYTHONPATH": str(root)},
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode:
            raise SourceError(f"A picture could not be drawn.\n{done.stderr[-2000:]}")
        return {
            picture.path: _small_png(Path(folder) / f"{picture.name}.png", picture.checksum)
            for picture in pictures
        }


def refuse_wrong_images(sources: Iterable[Path], pictures: Iterable[Picture]) -> None:
    """Check that the texts show every picture, and no other, and say in words what is to be seen.

    Raises
    ------
    SourceError
    """
    left = {f"{picture.name}.png" for picture in pictures}
    known = set(left)
    for source in sources:
        for words, image in IMAGE.findall(source.read_text("utf-8")):
            if image not in known:
                raise SourceError(f"{source}: nothing draws {FOLDER}/{image}")
            if not words.strip():
                raise SourceError(f"{source}: {FOLDER}/{image} needs an alternative text")
            left.discard(image)
    if left:
        raise SourceError(f"No exercise shows {', '.join(sorted(left))}.")


def _small_png(path: Path, checksum: str) -> bytes:
    """Return a picture in few colours, which takes a third of the bytes, with its checksum."""
    note = PngImagePlugin.PngInfo()
    note.add_text(CHECKSUM, checksum)
    result = BytesIO()
    with Image.open(path) as image:
        few = image.convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE)
        few.save(result, "PNG", optimize=True, pnginfo=note)
    return result.getvalue()


def _public_functions(source: str) -> list[str]:
    """Return the names of a file's functions that do not begin with an underscore."""
    kinds = (node for node in ast.parse(source).body if isinstance(node, ast.FunctionDef))
    return [node.name for node in kinds if not node.name.startswith("_")]


def _source(path: Path) -> str:
    return path.read_text("utf-8") if path.is_file() else ""
