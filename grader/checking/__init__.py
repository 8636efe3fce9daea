"""How answers are checked: comparisons, oracles, gradients, marks and results.

The `test_exNN_*.py` files import what they need from here.
"""

from grader.analysis.read_source import UNREAD
from grader.checking import conv2d_oracles, optimiser_oracles, oracles, pooling_oracles
from grader.checking.assertions import (
    CheckFailed,
    expect,
    expect_array,
    expect_close,
    expect_dtype,
    expect_finite,
    expect_no_warning,
    expect_number,
    expect_one_number,
    expect_same_share,
    expect_unchanged_arguments,
)
from grader.checking.batch_layer_trials import BatchTrial
from grader.checking.finite_differences import numerical_gradient
from grader.checking.layer_trials import (
    Trial,
    backward_trials,
    construct,
    expect_adjoint,
    expect_memory,
    expect_repeatable,
    forward_trials,
    random,
)
from grader.checking.part_declaration import marks, part
from grader.checking.setup_calls import (
    arguments_after,
    aside,
    call_each,
    call_quietly,
    construct_or_note,
    first_way_that_fits,
    helps,
    incidental,
    note,
    set_quietly,
    unrecorded,
)
from grader.checking.student_proxy import MissingName

__all__ = [
    "UNREAD",
    "BatchTrial",
    "CheckFailed",
    "MissingName",
    "Trial",
    "arguments_after",
    "aside",
    "backward_trials",
    "call_each",
    "call_quietly",
    "construct",
    "construct_or_note",
    "conv2d_oracles",
    "expect",
    "expect_adjoint",
    "expect_array",
    "expect_close",
    "expect_dtype",
    "expect_finite",
    "expect_memory",
    "expect_no_warning",
    "expect_number",
    "expect_one_number",
    "expect_repeatable",
    "expect_same_share",
    "expect_unchanged_arguments",
    "first_way_that_fits",
    "forward_trials",
    "helps",
    "incidental",
    "marks",
    "note",
    "numerical_gradient",
    "optimiser_oracles",
    "oracles",
    "part",
    "pooling_oracles",
    "random",
    "set_quietly",
    "unrecorded",
]
