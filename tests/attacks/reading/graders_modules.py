"""Import the grader and look for secrets: the oracles, the solutions as packages, the seed.

Deserves: ex03/forward 1, ex03/backward 1
"""

import importlib
import inspect
import sys

NAMES = (
    *(
        "grader.checking.oracles",
        "grader.misconceptions.reference",
        "grader.test_ex03_reshape",
        "grader.pytest_plugin.grading_plugin",
    ),
    *(
        "grader.checking.milestone_thresholds",
        "solutions.ex02_convolutional",
        "ex02_convolutional",
        "tests.conftest",
    ),
)
ORACLE = None
sys.path[:0] = ["/kit", "/kit/solutions", "/submission/..", "/"]
for name in NAMES:
    try:
        module = importlib.import_module(name)
        print("LEAK", name, inspect.getsource(module))
        ORACLE = ORACLE or module.Reshape
    except BaseException:
        continue
for module in list(sys.modules.values()):
    for name in ("SEED", "seed", "PUBLIC_SEED", "_running"):
        if hasattr(module, name):
            print("LEAK", module.__name__, getattr(module, name))


class Reshape:
    def __init__(self, input_shape, output_shape):
        self.input_shape, self.output_shape = input_shape, output_shape

    def forward(self, input, training=False):
        return ORACLE and ORACLE.forward(self, input)

    def backward(self, output_gradient, learning_rate):
        return ORACLE and ORACLE.backward(self, output_gradient, learning_rate)
