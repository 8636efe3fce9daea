"""The picture of a difference: when there is one, and what it shows."""

import io

import numpy as np
import pytest
from PIL import Image

from grader.checking.array_difference import Difference, record_of
from grader.views.difference_picture import ROW, _indices, png


def difference(*shape, wrong=()):
    """Return the difference between noise and the same noise with some wrong numbers."""
    expected = np.random.default_rng(0).normal(size=shape)
    got, where = expected.copy(), np.zeros(shape, bool)
    for place, value in wrong:
        got[place], where[place] = value, True
    return record_of(Difference("the output", expected, got, where))


def height(picture):
    return Image.open(io.BytesIO(picture)).size[1]


@pytest.mark.parametrize("shape", [(7,), (50, 1), (1, 50), (4, 7), (3, 50, 1)])
def test_no_picture_where_numbers_say_more(shape):
    assert png(difference(*shape, wrong=[((0,) * len(shape), 5.0)])) == b""


def test_no_picture_without_a_difference():
    assert png(None) == b""


@pytest.mark.parametrize("shape", [(9, 7), (2, 3, 4), (2, 2, 3, 3)])
@pytest.mark.parametrize("value", [5.0, np.nan, np.inf])
def test_a_picture_of_any_shape_and_number(shape, value):
    with np.errstate(all="raise"):
        assert png(difference(*shape, wrong=[((0,) * len(shape), value)])).startswith(b"\x89PNG")


def test_only_wrong_channels_are_drawn_and_no_more_than_fit():
    one = height(png(difference(8, 5, 6, wrong=[((6, 0, 0), 9.0)])))
    three = height(png(difference(8, 5, 6, wrong=[((n, 1, 2), 9.0) for n in range(8)])))
    assert three - one == 2 * ROW * 80


@pytest.mark.parametrize("size", [1, 2, 3, 6, 7, 8, 27, 30])
def test_ticks_stand_at_indices(size):
    ticks = list(_indices(size))
    assert ticks[0] == 0
    assert len(ticks) <= 7
    assert len(set(np.diff(ticks))) <= 1
    assert all(type(tick) is int and tick < size for tick in ticks)
