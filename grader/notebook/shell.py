"""Access to the notebook's IPython shell."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from typing import Any


def shell() -> Any:
    """Return the notebook's shell, or None outside a notebook."""
    return getattr(sys.modules.get("IPython"), "get_ipython", lambda: None)()


def cell_files() -> Mapping[str, int]:
    """Return the cells' numbers, by the file names that IPython gives to their code."""
    files: Mapping[str, int] = getattr(getattr(shell(), "compile", None), "_filename_map", {})
    return files
