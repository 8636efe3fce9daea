"""Grade from a notebook: its marked cells call `grade`, here and wherever else it runs.

Importing this lets the notebooks of a folder import each other as if they were modules.
"""

from grader.notebook.grade_cell import grade
from grader.notebook.imports import allow_notebook_imports

__all__ = ["grade"]

allow_notebook_imports()
