"""No attack gets a mark that it does not deserve, costs one, learns, changes or leaves anything."""

import pytest

from tests.attacks.attack import corpus
from tests.attacks.running import judge
from tests.sandbox.conftest import needs_bubblewrap


@needs_bubblewrap
@pytest.mark.parametrize("attack", corpus(), ids=lambda attack: attack.name)
def test_it_is_survived(attack):
    verdict = judge(attack)
    assert verdict.faults == []
    assert verdict.marks == verdict.due
