"""Draw pictures into a folder: `python -m pictures FOLDER EXERCISE/FUNCTION ...`."""

import sys
from importlib import import_module
from pathlib import Path

from matplotlib import pyplot as plt

from pictures.style import SETTINGS

DOTS_PER_INCH = 130


def main(folder: str, *names: str) -> None:
    """Draw the pictures with these names."""
    plt.style.use(SETTINGS)
    for name in names:
        exercise, _, function = name.partition("/")
        figure = getattr(import_module(f"pictures.{exercise}"), function)()
        target = Path(folder) / f"{name}.png"
        target.parent.mkdir(parents=True, exist_ok=True)
        figure.savefig(target, dpi=DOTS_PER_INCH)
        plt.close(figure)


if __name__ == "__main__":
    main(*sys.argv[1:])
