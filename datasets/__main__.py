"""``python -m datasets``: download a data set before class, verify it, and show samples."""

import argparse
import sys
from collections.abc import Sequence

from datasets.dataset import Dataset
from datasets.digits import load_digits
from datasets.errors import DatasetError
from datasets.mnist import MNIST, as_dataset, find_mnist
from datasets.sheet import show_sheet
from datasets.source import Source
from datasets.xor import load_xor


def main(arguments: Sequence[str] | None = None, source: Source = MNIST) -> int:
    """Run the command line and return its exit status.

    Parameters
    ----------
    arguments : sequence of str, optional
        The command line without the name of the program; by default, that of this process.
    source : Source
        Where MNIST comes from.

    Returns
    -------
    int
        0 on success, 1 after an error (which is printed), 130 after Ctrl-C.
    """
    options = _parse(arguments)
    try:
        if options.name == "xor":
            _print_xor()
        else:
            dataset = _find_mnist(source) if options.name == "mnist" else _find_digits()
            _print_size(dataset)
            if options.show:
                print(show_sheet(dataset))
    except DatasetError as error:
        print(f"Error: {error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("Interrupted. No incomplete files were left.", file=sys.stderr)
        return 130  # the exit status of shells after Ctrl-C
    return 0


def _parse(arguments: Sequence[str] | None) -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(prog="python -m datasets", description="The course's data.")
    names = parser.add_subparsers(dest="name", required=True, metavar="{mnist,digits,xor}")
    images = argparse.ArgumentParser(add_help=False)
    images.add_argument("--show", action="store_true", help="show samples of each class")
    what = "find MNIST in MNIST_DIR or the cache, or download it; verify it"
    names.add_parser("mnist", parents=[images], help=what, description=what)
    what = "scikit-learn's digits in MNIST's format; needs no network"
    names.add_parser("digits", parents=[images], help=what, description=what)
    what = "the four samples of exclusive or"
    names.add_parser("xor", help=what, description=what)
    return parser.parse_args(arguments)


def _find_mnist(source: Source) -> Dataset:
    """Find MNIST and print where its files are."""
    found = find_mnist(source=source)
    print(f"MNIST is in {found[0].path.parent}")
    for item in found:
        print(f"  {item.path.name:26} {item.path.stat().st_size:>8} bytes, checksum ok")
    return as_dataset(found)


def _find_digits() -> Dataset:
    """Load digits and say where they come from."""
    print("digits comes with scikit-learn: nothing to download")
    return load_digits()


def _print_xor() -> None:
    """Print the four samples of XOR."""
    dataset = load_xor()
    for x, y in zip(dataset.x_train, dataset.y_train, strict=True):
        print(f"{x[0, 0]:.0f} xor {x[1, 0]:.0f} = {y[0, 0]:.0f}")


def _print_size(dataset: Dataset) -> None:
    """Print how many images there are, and their size."""
    height, width = dataset.x_train.shape[2:]
    print(
        f"{len(dataset.x_train)} images to train on, {len(dataset.x_test)} to test on, "
        f"{height}x{width} pixels, 10 classes"
    )


if __name__ == "__main__":
    sys.exit(main())
