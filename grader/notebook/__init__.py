"""Grade from a notebook: its marked cells call `grade`.

Importing this package lets the notebooks of a folder import each other like modules.
"""

from grader.notebook.grade_cell import grade
from grader.notebook.imports import allow_notebook_imports

__all__ = ["grade"]

allow_notebook_imports()
