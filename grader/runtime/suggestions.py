"""Suggest the name that was meant, as Python does when it prints an error but not in its text."""

from __future__ import annotations

import builtins
import difflib
import types
from collections.abc import Iterable
from contextlib import suppress
from typing import Any

SIMILAR = 0.7
"""How similar two names must be, from 0 to 1."""


def suggestion(error: BaseException) -> str:
    """Return " Did you mean: 'weights'?" if an unknown name resembles a known one, or nothing."""
    name = getattr(error, "name", None)
    if not isinstance(error, NameError | AttributeError) or not isinstance(name, str):
        return ""
    known = _names_at(error) if isinstance(error, NameError) else _names_in(error.obj)
    found = difflib.get_close_matches(name, set(known), n=1, cutoff=SIMILAR)
    return f". Did you mean: {found[0]!r}?" if found else ""


def _names_at(error: BaseException) -> Iterable[str]:
    """Return the names that the line which raised could have used."""
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    frame = trace.tb_frame if trace is not None else None
    own = [*frame.f_locals, *frame.f_globals] if frame is not None else []
    return [*own, *vars(builtins)]


def _names_in(owner: Any) -> Iterable[str]:
    """Return an object's attributes, without running code of the object's own, as `dir` would."""
    names = [name for cls in type(owner).__mro__ for name in vars(cls)]
    with suppress(AttributeError, TypeError):  # it may have slots, or be a class
        names += object.__getattribute__(owner, "__dict__")
    if isinstance(owner, types.ModuleType | type):
        names += vars(owner)
    return [name for name in names if isinstance(name, str)]
