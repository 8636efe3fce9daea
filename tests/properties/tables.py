"""Random shapes for the checks, which must work with other shapes than their own.

A table is the set of constants at the top of a `grader/test_exNN_*.py`. Each drawn table has at least
one lopsided entry, as the design requires; otherwise mixing up height and width, or channels and depth,
could go unnoticed. The other entries can be any shape, such as 1×1.
"""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy, integers

from grader.test_ex02_convolutional import Shape

Table = dict[str, Any]
"""New values for the constants of a module, by name."""


def with_others(needed: SearchStrategy[Any], other: SearchStrategy[Any]) -> SearchStrategy[Any]:
    """Draw a tuple with a needed entry, and up to one other entry before and after it."""
    few = st.lists(other, max_size=1)
    return st.tuples(few, needed, few).map(lambda drawn: (*drawn[0], drawn[1], *drawn[2]))


def different(*strategies: SearchStrategy[int]) -> SearchStrategy[tuple[int, ...]]:
    """Draw a number from each strategy, all different."""
    return st.tuples(*strategies).filter(lambda numbers: len(set(numbers)) == len(numbers))


@st.composite
def images_and_kernels(draw: st.DrawFn, lopsided: bool) -> tuple[Any, Any]:
    """Draw the shapes of an image and of a kernel that is no larger."""
    if lopsided:
        rows, columns = draw(different(integers(2, 4), integers(2, 4)))
        more, wider = draw(different(integers(1, 4), integers(1, 4)))
    else:
        rows, columns, more, wider = (draw(integers(low, 4)) for low in (1, 1, 0, 0))
    return (rows + more, columns + wider), (rows, columns)


@st.composite
def convolutions(draw: st.DrawFn, lopsided: bool) -> Shape:
    """Draw the sizes of a convolutional layer."""
    if lopsided:
        channels, depth = draw(different(integers(2, 3), integers(2, 3)))
        size = draw(integers(2, 3))
        more, wider = draw(different(integers(1, 3), integers(1, 3)))
    else:
        channels, depth, size = (draw(integers(1, 3)) for _ in range(3))
        more, wider = draw(integers(0, 3)), draw(integers(0, 3))
    return Shape(channels, size + more, size + wider, size, depth)


@st.composite
def reshapes(draw: st.DrawFn, lopsided: bool) -> tuple[Any, Any]:
    """Draw a shape, and a different one with the same number of elements."""
    low = 2 if lopsided else 1
    sizes = tuple(draw(st.lists(integers(low, 4), min_size=3, max_size=3)))
    a, b, c = sizes
    other = draw(st.sampled_from([(b * c, a), (c, b * a)]) if lopsided else st.just((a * b * c, 1)))
    return draw(st.sampled_from([(sizes, other), (other, sizes)]))


volumes = st.lists(integers(1, 4), min_size=1, max_size=3).map(tuple)


def large_shapes() -> SearchStrategy[tuple[int, ...]]:
    """Draw shapes of several thousand numbers, so that chance plays no role."""
    return st.sampled_from([(1,), (2,), (1, 2), ()]).flatmap(
        lambda first: st.tuples(*map(st.just, first), integers(60, 90), integers(60, 90))
    )


TABLES: dict[str, dict[str, SearchStrategy[Any]]] = {
    "ex01_correlate": {
        "SHAPES": with_others(images_and_kernels(True), images_and_kernels(False)),
    },
    "ex02_convolutional": {"SHAPES": with_others(convolutions(True), convolutions(False))},
    "ex03_reshape": {"SHAPES": with_others(reshapes(True), reshapes(False))},
    "ex04_dense": {
        "SIZES": with_others(
            different(integers(2, 6), integers(2, 6)), st.tuples(integers(1, 5), integers(1, 5))
        ),
    },
    "ex05_activations": {
        "SHAPES": with_others(st.tuples(integers(2, 5), integers(2, 5)), volumes),
        "SCALES": st.tuples(st.floats(0.01, 0.1), st.floats(1, 5), st.floats(20, 100)),
    },
    "ex06_losses": {"SIZES": st.tuples(integers(3, 12), integers(2, 12))},
    "ex07_softmax": {"SIZES": with_others(integers(3, 20), integers(1, 20))},
    "ex08_dropout": {
        "RATES": st.tuples(st.floats(0.1, 0.4), st.floats(0.6, 0.9)),
        "SHAPES": with_others(large_shapes(), st.tuples(integers(2000, 6000), st.just(1))),
    },
    "ex09_training": {
        "RUNS": with_others(
            st.tuples(integers(2, 5), integers(2, 5), integers(2, 4)),
            st.tuples(integers(1, 7), integers(1, 5), integers(1, 6)),
        ),
    },
}


def tables(exercise: str) -> SearchStrategy[Table]:
    """Draw a table for the checks of an exercise; an empty one where nothing is known of its shapes."""
    return st.fixed_dictionaries(TABLES.get(exercise, {}))
