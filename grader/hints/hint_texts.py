"""The hints for each part."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path

LEVELS = 3
"""Each part has three hints: where to look, the idea, and almost the formula."""
TEXTS = Path(__file__).with_name("hints.json")


@cache
def all_hints() -> Mapping[str, tuple[str, ...]]:
    """Return the hints of each part in order, by part id."""
    texts = json.loads(TEXTS.read_text(encoding="utf-8"))
    return {part: tuple(hints) for part, hints in texts.items()}
