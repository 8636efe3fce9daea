"""Known mistakes of exercise 6 that are the same in both cross-entropies."""

import math

import numpy as np

from grader.misconceptions import misconception


def in_both(name, *, hint, by_kind=False):
    """Add a wrong implementation to the catalogue, for each of the two losses."""

    def add(function):
        for loss in ("binary_cross_entropy", "categorical_cross_entropy"):
            misconception(f"ex06/{loss}", name, hint=hint, by_kind=by_kind)(function)
        return function

    return add


@in_both(
    "a 1 × 1 array in place of a number",
    hint="Print the shape of your result. How do you get the number out of such an array?",
    by_kind=True,
)
def one_by_one(y_true, y_pred):
    """Your loss is an array of shape (1, 1), as a product of a row and a column is.

    Return the number in it, as a float.
    """
    return np.full((1, 1), -np.sum(y_true * np.log(_clip(y_pred))))


@in_both(
    "added up along one axis only",
    hint="Print the shape of your result. What does np.sum do without an axis?",
    by_kind=True,
)
def one_axis(y_true, y_pred):
    """Your loss is an array with one number in it, because you add up along one axis.

    Python's sum() does that, and NumPy's functions do it if you name an axis.
    """
    return np.full((1,), -np.sum(y_true * np.log(_clip(y_pred))))


@in_both("product as matrices", hint="Which operator multiplies number by number: `*` or `@`?")
def matrix_product(y_true, y_pred):
    """Your code multiplies two columns as matrices, with `@` or np.dot, whose shapes do not fit.

    Each target is multiplied by the logarithm in its own row.
    """
    return float(-np.sum(y_true @ np.log(_clip(y_pred))))


@in_both("math in place of NumPy", hint="What does math.log take: one number, or an array?")
def math_log(y_true, y_pred):
    """Your code calls a function of Python's math, which takes one number, with a whole array.

    NumPy has functions of the same names that take arrays.
    """
    return math.log(_clip(y_pred))


def _clip(p):
    return np.clip(p, 1e-7, 1 - 1e-7)
