"""The files that the course provides beside the exercises; a submission may leave them out."""

from __future__ import annotations

from pathlib import Path

PROVIDED = ("layer.py", "batch_layers.py")
"""Their names. They are complete in `solutions/`, and students get them unchanged."""
PROVIDED_FOLDER = Path(__file__).resolve().parents[2] / "solutions"
"""Where they are, here and in the sandbox."""
PROVIDED_MODULES = frozenset(name.removesuffix(".py") for name in PROVIDED)
"""The names by which exercises import them."""
