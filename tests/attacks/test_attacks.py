"""No attack gets undeserved marks, costs others marks, or reads, changes or leaves anything."""

import pytest

from tests.attacks.attack import corpus
from tests.attacks.running import judge
from tests.sandbox.conftest import needs_bubblewrap


@needs_bubblewrap
@pytest.mark.parametrize("attack", corpus(), ids=lambda attack: attack.name)
def test_the_grader_survives(attack):
    verdict = judge(attack)
    assert verdict.faults == []
    assert verdict.marks == verdict.due
