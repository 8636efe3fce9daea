"""Exercise 45: what is asked of `double`."""

from grader.checking import expect_close, marks, part, random


@part("ex045/double", target="double")
class TestDouble:
    """double"""

    @marks(3)
    def test_values(self, exercise, rng):
        """Every number is doubled."""
        x = random(rng, 3, 4)
        expect_close(exercise.double(x), x + x, "the output")
