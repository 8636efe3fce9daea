"""Copy plain data between a check and the student's code, and pass handles to everything else."""

from __future__ import annotations

from inspect import getattr_static
from itertools import islice
from types import FunctionType, ModuleType
from typing import Any

import numpy as np

from grader.runtime.backend import Handle

PLAIN = (bool, int, float, complex, str, bytes)
NUMBERS = "fiubc"
"""The kinds of arrays that are plain data: floats, integers, complex numbers and booleans."""
LARGEST = 50_000_000
"""Most bytes in a returned array."""
DEEPEST = 20
"""How deeply a returned value may be nested."""
MOST_METHODS = 20
"""How many of an object's methods are listed by name."""
LONGEST_NAME = 100
DEFAULT_LOOKUP = object.__getattribute__
"""How an object finds its attributes, unless its class overrides that."""


def export(value: Any, depth: int = 0) -> Any:
    """Return a copy of plain data, without the student's subclasses; a handle to everything else.

    Raises
    ------
    ValueError
        If the data is too large, or nested too deeply.
    """
    if depth > DEEPEST:
        raise ValueError("the answer is nested too deeply")
    if value is None or type(value) in PLAIN:
        return value
    if isinstance(value, np.floating):
        return float(value)  # .item() would leave a longdouble unchanged
    if isinstance(value, np.generic) and value.dtype.kind in NUMBERS:
        return value.item()
    if isinstance(value, np.ndarray) and value.dtype.kind in NUMBERS:
        return _export_array(value)
    if isinstance(value, list):
        return [export(item, depth + 1) for item in value]
    if isinstance(value, tuple):
        return tuple(export(item, depth + 1) for item in value)
    if isinstance(value, dict) and all(type(key) in PLAIN for key in value):
        return {key: export(item, depth + 1) for key, item in value.items()}
    return Handle(value, _kind(value))


def _export_array(array: np.ndarray[Any, Any]) -> Any:
    if array.nbytes > LARGEST:
        raise ValueError(f"the answer is an array of shape {array.shape}, which is too large")
    if array.dtype.itemsize > np.dtype(complex if array.dtype.kind == "c" else float).itemsize:
        array = array.astype(complex if array.dtype.kind == "c" else float)  # a long double
    return np.array(array, dtype=array.dtype.newbyteorder("="), order="C", subok=False)


def _kind(value: Any) -> str:
    """Return a name for the type of an object that is not plain data."""
    if isinstance(value, ModuleType):
        return "module"
    if isinstance(value, np.ndarray):
        return f"array of {value.dtype}"
    return type(value).__name__


def methods_of(value: Any) -> list[str]:
    """Return the names of the public methods that an object has from its class; run no code."""
    if isinstance(value, type) or getattr_static(value, "__getattribute__") is not DEFAULT_LOOKUP:
        return []
    names = {
        name
        for base in type(value).__mro__
        for name, member in vars(base).items()
        if isinstance(member, FunctionType) and is_public(name)
    }
    found = (
        name for name in sorted(names) if isinstance(getattr_static(value, name), FunctionType)
    )
    return list(islice(found, MOST_METHODS))


def is_public(name: Any) -> bool:
    """Return whether a value can be the name of a public method."""
    usual = isinstance(name, str) and name.isidentifier() and len(name) <= LONGEST_NAME
    return usual and not name.startswith("_")


def holds_dictionary(value: Any) -> bool:
    """Return whether a value is a dictionary, or a list or tuple with one somewhere inside."""
    if isinstance(value, list | tuple):
        return any(map(holds_dictionary, value))
    return isinstance(value, dict)


def import_(value: Any) -> Any:
    """Copy what a check passes, so that the student's code cannot change the check's own data."""
    if isinstance(value, Handle):
        return value.target
    if isinstance(value, np.ndarray):
        return value.copy()
    if isinstance(value, list):
        return [import_(item) for item in value]
    if isinstance(value, tuple):
        return tuple(import_(item) for item in value)
    if isinstance(value, dict):
        return {key: import_(item) for key, item in value.items()}
    return value
