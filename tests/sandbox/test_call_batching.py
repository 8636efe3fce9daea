"""Operations that share one message to another process behave as if they were sent one by one."""

from contextlib import contextmanager

import numpy as np
import pytest

from grader.checking.setup_calls import call_each, last_call, set_quietly
from grader.checking.student_proxy import CallLog, MissingName
from grader.runtime.errors import ProcessLost
from grader.runtime.time_limit import limit
from grader.submissions.local_submission import LocalSubmission

MODULE = """
class Layer:
    def __init__(self):
        self.seen = []
        self.own = lambda: "the instance's"

    def forward(self, x):
        self.seen.append(float(x.sum()))
        if x.size == 3:
            raise ValueError("three")
        return 2 * x

    def own(self):
        return "the class's"

    @property
    def guarded(self):
        return 5


class Strange:
    def __getattr__(self, name):
        raise AttributeError(name)

    def __getattribute__(self, name):
        if name == "hidden":
            raise AttributeError(name)
        return object.__getattribute__(self, name)

    def hidden(self):
        return 1


def total(x, factor=1):
    x += 1
    return factor * float(x.sum())
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
    """Run a block as part of a check."""
    with limit.at_most(60), submission.running("ex03_reshape", 0, ()):
        yield CallLog(submission.backend).module(submission.load("ex03_reshape"), "ex03_reshape")


def arrays(count):
    return [(np.full((1, size + 4), 1.0),) for size in range(count)]


def test_each_answer_belongs_to_its_call(module):
    answers = call_each(module.total, arrays(250), factor=2)
    texts = []
    for size, answer in enumerate(answers):
        assert answer == 4 * (size + 4)
        texts.append(last_call(module).text)
        assert last_call(module).effects.changed == ("the numbers of argument 1",)
    assert texts[-1] == "total(array of shape (1, 253), factor=2)"
    assert len(texts) == len(set(texts)) == 250


def test_calls_stop_at_the_first_that_raises(module):
    layer = module.Layer()
    inputs = [(np.ones(size),) for size in (1, 2, 3, 4)]
    answers = call_each(layer.forward, inputs)
    assert next(answers).tolist() == [2]
    assert layer.seen == [1, 2, 3]
    next(answers)
    with pytest.raises(Exception, match="three"):
        next(answers)
    assert last_call(layer).text == "Layer().forward(array of shape (3,))"


def test_nothing_is_called_without_inputs(module):
    assert list(call_each(module.total, [])) == []


def test_attributes_are_set_before_the_next_operation(module):
    layer = module.Layer()
    layer.seen = [7.0]
    layer.forward(np.ones(2))
    assert layer.seen == [7, 2]
    layer.new = np.arange(3)
    assert layer.new.tolist() == [0, 1, 2]


def test_queued_arrays_are_copies(module):
    layer, array = module.Layer(), np.arange(3)
    layer.new = array
    array += 7
    assert layer.new.tolist() == [0, 1, 2]


def test_an_attribute_that_cannot_be_set_fails_by_the_next_operation(module):
    layer = module.Layer()

    def set_and_go_on():
        layer.guarded = 3
        layer.forward(np.ones(2))

    with pytest.raises(AttributeError):
        set_and_go_on()
    assert last_call(layer).text == "Layer()"
    assert layer.seen == []
    set_quietly(layer, guarded=3, seen=[1.0])
    assert (layer.guarded, layer.seen) == (5, [1])


def test_instance_attributes_come_before_class_attributes(module):
    assert module.Layer().own() == "the instance's"
    assert module.Layer().forward(np.ones(1)).tolist() == [2]
    with pytest.raises(MissingName, match="has no `hidden`"):
        _ = module.Strange().hidden
    with pytest.raises(MissingName, match="has no `backward`"):
        _ = module.Layer().backward


def test_a_name_can_mean_another_class_later(module):
    first = module.Layer
    module.Layer = module.Strange
    with pytest.raises(MissingName):
        _ = module.Layer().forward
    module.Layer = first
    assert module.Layer().forward(np.ones(1)).tolist() == [2]


def test_a_failed_assignment_does_not_fail_the_next_check(tmp_path, unsafe):
    (tmp_path / "ex03_reshape.py").write_text(MODULE, "utf-8")
    submission = unsafe(tmp_path)

    def set_and_fail():
        with in_check(submission) as module:
            module.Layer().guarded = 1
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        set_and_fail()
    with in_check(submission) as module:
        assert module.total(np.ones(2)) == 4
    with pytest.raises(AttributeError), in_check(submission) as module:
        module.Layer().guarded = 1


def test_a_check_may_fail_before_its_first_request(tmp_path, unsafe):
    (tmp_path / "ex03_reshape.py").write_text(MODULE, "utf-8")
    submission = unsafe(tmp_path)
    for _ in range(2):
        with (
            pytest.raises(ZeroDivisionError),
            limit.at_most(60),
            submission.running("ex03_reshape", 0, ()),
        ):
            raise ZeroDivisionError
    with in_check(submission) as module:
        assert module.total(np.ones(2)) == 4


@pytest.mark.parametrize("count", [18, 30, 300])
def test_a_layer_may_have_many_methods(count, tmp_path, unsafe):
    names = [f"helper_{number}" for number in range(count)] + ["l", "é", "x" * 150]
    methods = "".join(f"    def {name}(self):\n        return '{name}'\n\n" for name in names)
    text = f"{MODULE}\n\nclass Large(Layer):\n{methods}\n\nsetattr(Large, 'a b', total)\n"
    (tmp_path / "ex03_reshape.py").write_text(text, "utf-8")
    for submission in (LocalSubmission(tmp_path), unsafe(tmp_path)):
        with in_check(submission) as module:
            layer = module.Large()
            assert [getattr(layer, name)() for name in names] == names
            assert layer.forward(np.ones(1)).tolist() == [2]


def test_a_callback_result_may_be_too_large(tmp_path, unsafe):
    text = "def use(f):\n    return f()\n"
    (tmp_path / "ex03_reshape.py").write_text(text, "utf-8")
    with in_check(unsafe(tmp_path)) as module, pytest.raises(Exception, match="too large"):
        module.use(lambda: np.broadcast_to(1.0, (10**5, 10**5)))


def test_queued_attributes_are_dropped_with_their_process(tmp_path, unsafe):
    (tmp_path / "ex03_reshape.py").write_text(f"import os\n{MODULE}", "utf-8")
    submission = unsafe(tmp_path)

    def end_and_set():
        with in_check(submission) as module:
            layer = module.Layer()
            try:
                module.os._exit(1)
            finally:
                layer.seen = []

    with pytest.raises(ProcessLost):
        end_and_set()
    with in_check(submission) as module:
        assert module.total(np.ones(2)) == 4
