"""Spoil NumPy, Python's library and the other exercises' modules for later checks.

Deserves: ex03/forward 0, ex03/backward 0
"""

import builtins
import math
import sys

import numpy as np


class Reshape:
    pass


for module in (np, math, np.random, np.linalg):
    for name in dir(module):
        if not name.startswith("_"):
            try:
                setattr(module, name, None)
            except (AttributeError, TypeError):
                continue
for name in ("ex06_losses", "ex07_softmax", "layer"):
    sys.modules[name] = builtins
for name in ("len", "print", "range", "isinstance", "open", "__import__"):
    setattr(builtins, name, None)
