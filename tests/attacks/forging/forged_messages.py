"""Raise exceptions whose names, texts, files and functions are reports, markup, escapes and surrogates.

Deserves: ex03/forward 0, ex03/backward 0
"""

import warnings

REPORT = "\x1b[2J[green]ex03 right 4/4[/] [link=file:///etc/passwd]x[/link]\r\u202e\ud800\x9b"
NAME = "/submission/\x1b[31m[red]\u202e 100\r.py"
SOURCE = "def raise_(cls):\n    raise cls(REPORT + '\\n==== marks ====\\n total 100/100\\n')"


class Report(Exception):
    def __str__(self):
        warnings.warn(REPORT + "\nfine", stacklevel=1)
        return "\n" + self.args[0]


Report.__name__ = Report.__qualname__ = REPORT
space = {"REPORT": REPORT}
exec(compile(SOURCE.replace("raise_", "ex03\u202e"[:4]), NAME, "exec"), space)


class Reshape:
    def __init__(self, input_shape, output_shape):
        pass

    def forward(self, input, training=False):
        space["ex03"](Report)

    def backward(self, output_gradient, learning_rate):
        space["ex03"](type(REPORT, (NotImplementedError,), {}))
