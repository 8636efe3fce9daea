"""What a callback changes in place changes for the student's code, in a sandbox as in this process."""

import numpy as np
import pytest

from grader.runtime.time_limit import limit
from grader.submissions.local_submission import LocalSubmission
from tests.sandbox.test_call_batching import in_check

MODULE = """
import numpy as np

class Named(dict):
    pass

def use(optimiser):
    one, two, scalar = np.arange(3.0), np.ones((2, 2), np.float32), np.array(2.0)
    turned = two.T
    parameters = [Named(b=one), {"other": object()}, {"a": turned, "s": scalar, "words": ["x", 1]}]
    optimiser.step(parameters, gradients=(np.ones(3), {"g": np.zeros(0)}))
    return one, two, scalar

def use_function(function):
    whole = np.arange(6)
    function(whole[::2])
    return whole

def use_frozen(function):
    array = np.arange(4)
    array.flags.writeable = False
    function(array)
"""


class Halving:
    """Halves parameters in place."""

    def step(self, parameters, gradients):
        """Halve all, and turn a gradient around as well."""
        for group in parameters:
            for value in group.values():
                if isinstance(value, np.ndarray):
                    value /= 2
        gradients[0][...] = -1


def add_one(array):
    """Change an array that is a slice of another one."""
    array += 1


@pytest.fixture(params=["local", "remote"])
def module(request, tmp_path, unsafe):
    """Return a submission's module, run in this process or in another."""
    (tmp_path / "ex03_reshape.py").write_text(MODULE, "utf-8")
    submission = LocalSubmission(tmp_path) if request.param == "local" else unsafe(tmp_path)
    with in_check(submission) as found:
        yield found


def test_arrays_in_dictionaries_are_changed(module):
    one, two, scalar = module.use(Halving())
    assert one.tolist() == [0, 0.5, 1]
    assert two.tolist() == [[0.5, 0.5], [0.5, 0.5]]
    assert two.dtype == np.float32
    assert scalar == 1


def test_slices_are_changed(module):
    assert module.use_function(add_one).tolist() == [1, 1, 3, 3, 5, 5]


def test_a_frozen_array_is_an_error(module):
    with pytest.raises(Exception, match="read-only"), limit.at_most(10):
        module.use_frozen(add_one)
