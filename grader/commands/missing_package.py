"""Say how to install a package that a command needs."""

from __future__ import annotations

EXTRAS = {
    "instructor": ("jupytext", "nbconvert", "nbformat", "nbgrader", "sqlalchemy", "traitlets"),
    "notebook": ("IPython", "ipykernel", "jupyterlab"),
}
"""The packages of each optional extra, which a student's installation does not need."""


def missing_package(error: ModuleNotFoundError) -> str:
    """Return a sentence that says what to install; empty if no extra contains the package."""
    package = (error.name or "").partition(".")[0]
    for extra, packages in EXTRAS.items():
        if package in packages:
            return (
                f"This needs the package {package}, which is not installed. "
                f"Install it with: pip install --editable '.[{extra}]'"
            )
    return ""
