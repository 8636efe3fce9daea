"""What a test file declares is what is graded; what is misspelt or missing is an error."""

import pytest

from grader.checking import marks, part
from grader.checking.course import all_parts, parts_named
from grader.checking.part_declaration import DeclarationError, part_of


def named(cls, module="grader.test_ex42_answer"):
    """Let a class of tests seem to be in a test file."""
    cls.__module__ = module
    return cls


def test_a_part_is_what_its_declaration_says():
    @part("ex42/answer", target="Answer.give", uses=("Answer",), without=("scipy",), random=True)
    class TestAnswer:
        """the answer to everything."""

        @marks(3, seconds=7)
        def test_value(self, exercise):
            """It is 42.

            More is not a title.
            """

    found = part_of(named(TestAnswer))
    assert (found.id, found.title, found.target) == (
        "ex42/answer",
        "the answer to everything",
        "Answer.give",
    )
    assert (found.exercise, found.marks) == ("ex42_answer", 3)
    assert (found.declaration.uses, found.declaration.without) == (("Answer",), ("scipy",))
    (check,) = found.checks
    assert (check.id, check.title, check.seconds) == ("ex42/answer/value", "It is 42", 7)


class NoPart:
    @marks(1)
    def test_value(self):
        """It holds."""


@part("ex41/other")
class AnotherExercise(NoPart):
    @marks(1)
    def test_value(self):
        """It holds."""


@part("ex42/answer")
class NoMarks:
    def test_value(self):
        """It holds."""


@part("ex42/answer")
class OldSetting:
    stand_ins = ()

    @marks(1)
    def test_value(self):
        """It holds."""


@part("ex42/answer")
class NoTests:
    pass


@pytest.mark.parametrize(
    ("cls", "said"),
    [
        (NoPart, "NoPart has no @part"),
        (AnotherExercise, "'ex41/other' belongs to another exercise"),
        (NoMarks, "test_value has no @marks"),
        (OldSetting, "stand_ins is not a test; settings belong in @part"),
        (NoTests, "has no tests"),
    ],
)
def test_what_is_missing_is_said(cls, said):
    with pytest.raises(DeclarationError, match=said):
        part_of(named(cls))


@pytest.mark.parametrize("id", ["", "ex02", "ex02/", "ex02/Back", "ex 02/back", "ex02/back/more"])
def test_ids_have_two_words(id):
    with pytest.raises(DeclarationError, match="is not the id of a part"):
        part(id)


@pytest.mark.parametrize("target", ["Dense forward", "1st", "a.b.c", "f()"])
def test_targets_are_names(target):
    with pytest.raises(DeclarationError, match="is not a target"):
        part("ex02/backward", target=target)


def test_a_misspelt_setting_is_an_error():
    with pytest.raises(TypeError, match="stand_inns"):
        part("ex02/backward", stand_inns={})


def test_ids_are_unique_and_parts_are_found_by_their_names():
    assert len({known.id for known in all_parts()}) == len(all_parts())
    assert [known.id for known in parts_named(["ex03"])] == ["ex03/forward", "ex03/backward"]
    assert parts_named(["ex03_reshape"]) == parts_named(["ex03"])
    assert [known.id for known in parts_named(["ex03/backward"])] == ["ex03/backward"]
    assert parts_named([]) == list(all_parts())
