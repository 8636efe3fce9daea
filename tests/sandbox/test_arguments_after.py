"""What a call changes inside its arguments reaches the check, from this process and from another."""

from contextlib import contextmanager

import numpy as np
import pytest

from grader.checking.setup_calls import arguments_after, call_each, last_call
from grader.checking.student_proxy import CallLog, StudentProxy
from grader.runtime.time_limit import limit
from grader.submissions.local_submission import LocalSubmission

MODULE = """
class Thing:
    pass


kept = []


def step(parameters, gradients=None):
    kept.append(parameters)
    for layer in parameters:
        for name in layer:
            layer[name] -= 1.5
    return 7


def replace(parameters):
    parameters[0] = {"weights": parameters[0]["weights"] + 1, "more": Thing()}


def late():
    for parameters in kept:
        parameters[0]["weights"][:] = 99


def nest(parameters):
    parameters.append(parameters)


def fail(parameters):
    parameters[0]["weights"] -= 1
    raise ValueError("no")
"""


@pytest.fixture(params=["local", "remote"])
def module(request, tmp_path, unsafe):
    """Return a submission's module, run in this process or in another."""
    (tmp_path / "ex03_reshape.py").write_text(MODULE, "utf-8")
    submission = LocalSubmission(tmp_path) if request.param == "local" else unsafe(tmp_path)
    with in_check(submission) as found:
        yield found


@contextmanager
def in_check(submission):
    """Load exercise 3 as a check would; stop the submission at the end."""
    try:
        with submission.running("ex03_reshape", 0, ()), limit.at_most(20):
            yield CallLog(submission.backend).module(
                submission.load("ex03_reshape"), "ex03_reshape"
            )
    finally:
        submission.stop()


def layers():
    """Return the parameters of two layers, one of them without any."""
    return [{"weights": np.arange(6, dtype=np.float32).reshape(2, 3), "rate": 2.0}, {}]


def test_arguments_are_as_the_call_left_them(module):
    given = layers()
    assert module.step(given) == 7
    ((first, second),) = arguments_after(module.step)
    assert second == {}
    assert first.keys() == {"weights", "rate"}
    assert first["rate"] == 0.5
    assert first["weights"].dtype == np.float32
    np.testing.assert_array_equal(first["weights"], layers()[0]["weights"] - 1.5)
    np.testing.assert_array_equal(given[0]["weights"], layers()[0]["weights"])


def test_what_happens_later_changes_nothing(module):
    module.step(layers())
    ((before, _),) = arguments_after(module.step)
    call = module.step
    module.late()
    np.testing.assert_array_equal(before["weights"], layers()[0]["weights"] - 1.5)
    assert arguments_after(call) == ()


def test_objects_of_the_submission_stay_there(module):
    module.replace(layers())
    ((first, second),) = arguments_after(module.replace)
    assert second == {}
    assert isinstance(first["more"], StudentProxy)
    np.testing.assert_array_equal(first["weights"], layers()[0]["weights"] + 1)


def test_several_calls_have_their_own_arguments(module):
    ends = []
    for _ in call_each(module.step, [(layers(),), (2 * layers(),)]):
        ends.append(len(arguments_after(module.step)[0]))
    assert ends == [2, 4]


def test_only_calls_with_dictionaries_report_their_arguments(module):
    module.step([])
    assert arguments_after(module.step) == ()
    module.step([], layers())
    assert len(arguments_after(module.step)) == 2


def test_a_call_that_fails_reports_none(module):
    with pytest.raises(ValueError, match="no"):
        module.fail(layers())
    assert last_call(module).effects.arguments == ()


def test_arguments_that_contain_themselves_are_refused(module):
    with pytest.raises(ValueError, match="nested too deeply"):
        module.nest(layers())
