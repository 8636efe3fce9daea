"""All mutants in the list are equivalent. (`tox -e mutation` tests that the list is complete.)"""

import pytest

from tests.mutation.equivalents import read_equivalents
from tests.mutation.graded import graded_lines
from tests.mutation.verdict import caught_by


@pytest.mark.parametrize("key", read_equivalents(), ids=lambda key: f"{key.file}: {key.after}")
def test_equivalent_mutant_earns_full_marks(key, solutions):
    text = (solutions / key.file).read_text("utf-8")
    functions, lines = graded_lines(text), text.splitlines()
    (place,) = (
        place
        for place, line in enumerate(lines)
        if " ".join(line.split()) == key.before and functions.get(place + 1) == key.function
    )
    line = lines[place]
    lines[place] = line[: len(line) - len(line.lstrip())] + key.after
    assert caught_by(key.file, "\n".join(lines)) is None
