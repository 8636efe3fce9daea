"""For any random numbers and shapes, correct code passes the checks and known mistakes fail."""

from functools import cache
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.authoring.misconception_proof import prove
from grader.checking.course import all_parts
from grader.misconceptions import all_misconceptions
from grader.misconceptions.reference_submission import ReferenceSubmission
from grader.submissions.local_submission import LocalSubmission
from grader.test_ex02_convolutional import Shape
from tests.properties.grading import EXERCISES, complaints, parts_of, with_table
from tests.properties.profiles import examples
from tests.properties.tables import tables

ROOT = Path(__file__).parents[2]


def right(exercise):
    """Return every folder that has an exercise done right."""
    others = sorted(path.parent for path in ROOT.glob(f"tests/alternatives/*/{exercise}.py"))
    return [ROOT / "solutions", *others]


seeds = st.integers(0, 2**128 - 1)
"""Public seeds are small numbers; secret ones have 128 bits."""

submission = cache(LocalSubmission)


def mistakes(exercise):
    return [
        known
        for known in all_misconceptions()
        if known.part.partition("/")[0] == exercise.partition("_")[0]
    ]


MISTAKEN = [exercise for exercise in EXERCISES if mistakes(exercise)]


def caught(known, seed):
    (part,) = (part for part in all_parts() if part.id == known.part)
    return any(complaints([part], ReferenceSubmission(part, known.function), seed))


@pytest.mark.parametrize("exercise", EXERCISES)
@examples(3)
@given(data=st.data(), seed=seeds)
def test_what_is_right_passes_with_any_seed(exercise, data, seed):
    folder = data.draw(st.sampled_from(right(exercise)), "folder")
    found = list(complaints(parts_of(exercise), submission(folder), seed))
    assert not found, (folder.name, *found)


@pytest.mark.parametrize("exercise", EXERCISES)
@examples(3)
@given(data=st.data(), seed=seeds)
def test_what_is_right_passes_with_any_shapes(exercise, data, seed):
    folder = data.draw(st.sampled_from(right(exercise)), "folder")
    with with_table(exercise, data.draw(tables(exercise), "table")):
        found = list(complaints(parts_of(exercise), submission(folder), seed))
    assert not found, (folder.name, *found)


@pytest.mark.parametrize("exercise", MISTAKEN)
@examples(1)
@given(data=st.data(), seed=seeds)
def test_each_mistake_is_caught_with_any_shapes_and_seed(exercise, data, seed):
    with with_table(exercise, data.draw(tables(exercise), "table")):
        for known in mistakes(exercise):
            assert caught(known, seed), f"{known.part}: {known.name}"


@pytest.mark.parametrize("exercise", MISTAKEN)
@examples(1)
@given(data=st.data(), seed=seeds)
def test_each_mistake_is_named_with_any_seed(exercise, data, seed):
    known = data.draw(st.sampled_from(mistakes(exercise)), "mistake")
    assert prove(known, seed).holds, (known.part, known.name)


def test_tables_take_effect():
    """Without shapes nothing is checked; with poorly chosen ones, some mistakes do not show."""
    known = mistakes("ex02_convolutional")
    one_kernel = Shape(channels=1, height=3, width=4, kernel_size=2, depth=1)
    with with_table("ex02_convolutional", {"SHAPES": ()}):
        assert not any(caught(mistake, 0) for mistake in known)
    with with_table("ex02_convolutional", {"SHAPES": (one_kernel,)}):
        names = [mistake.name for mistake in known if not caught(mistake, 0)]
    assert "input gradient assigned, not summed" in names
    assert len(names) < len(known) / 2
