"""Shapes for the checks to work on, drawn: that they mean something must not hang on ours alone.

A table is what stands at the top of a `grader/test_exNN_*.py`. Here it has at least one entry that is
lopsided, as the design asks, since otherwise height and width, or channels and depth, could be mixed up
unrecorded. The other entries are whatever comes, such as 1×1.
"""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy, integers

from grader.test_ex02_convolutional import Shape

Table = dict[str, Any]
"""What to put in the place of a module's constants, by their names."""


def with_others(needed: SearchStrategy[Any], other: SearchStrategy[Any]) -> SearchStrategy[Any]:
    """Draw a tuple that has what is needed somewhere between up to two others."""
    few = st.lists(other, max_size=1)
    return st.tuples(few, needed, few).map(lambda drawn: (*drawn[0], drawn[1], *drawn[2]))


def different(*strategies: SearchStrategy[int]) -> SearchStrategy[tuple[int, ...]]:
    """Draw a number from each, no two the same."""
    return st.tuples(*strategies).filter(lambda numbers: len(set(numbers)) == len(numbers))


@st.composite
def images_and_kernels(draw: st.DrawFn, lopsided: bool) -> tuple[Any, Any]:
    """Draw the shapes of an image and of a kernel that is not larger."""
    if lopsided:
        rows, columns = draw(different(integers(2, 4), integers(2, 4)))
        more, wider = draw(different(integers(1, 4), integers(1, 4)))
    else:
        rows, columns, more, wider = (draw(integers(low, 4)) for low in (1, 1, 0, 0))
    return (rows + more, columns + wider), (rows, columns)


@st.composite
def convolutions(draw: st.DrawFn, lopsided: bool) -> Shape:
    """Draw the shapes of a convolutional layer."""
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
    """Draw a shape, and another one for as many numbers."""
    low = 2 if lopsided else 1
    sizes = tuple(draw(st.lists(integers(low, 4), min_size=3, max_size=3)))
    a, b, c = sizes
    other = draw(st.sampled_from([(b * c, a), (c, b * a)]) if lopsided else st.just((a * b * c, 1)))
    return draw(st.sampled_from([(sizes, other), (other, sizes)]))


volumes = st.lists(integers(1, 4), min_size=1, max_size=3).map(tuple)


def large_shapes() -> SearchStrategy[tuple[int, ...]]:
    """Draw shapes of some thousand numbers, so that chance has no say."""
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
