"""What is known of the notebook's own shell."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from typing import Any


def shell() -> Any:
    """Return the notebook's shell, or None outside of one."""
    return getattr(sys.modules.get("IPython"), "get_ipython", lambda: None)()


def cell_files() -> Mapping[str, int]:
    """Return the numbers of the cells, by the files that their code seems to lie in."""
    files: Mapping[str, int] = getattr(getattr(shell(), "compile", None), "_filename_map", {})
    return files
