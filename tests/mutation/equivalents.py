"""The list of mutants that are as correct as the reference."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import NamedTuple

LIST = Path(__file__).with_name("equivalents.toml")


class Key(NamedTuple):
    """What identifies a mutant: the file, the function, and the line before and after."""

    file: str
    function: str
    before: str
    after: str


def read_equivalents() -> dict[Key, str]:
    """Return the reason for each mutant in the list."""
    entries = tomllib.loads(LIST.read_text("utf-8"))["equivalent"]
    return {
        Key(entry["file"], entry["function"], entry["before"], after): entry["reason"]
        for entry in entries
        for after in entry["after"]
    }
