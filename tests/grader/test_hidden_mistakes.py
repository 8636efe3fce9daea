"""A forward that stores nothing costs its mark even if backward cannot show it."""

import pytest

STORES_INPUT = "self.input = input"
STORES_OUTPUT = "self.output = powers / np.sum(powers)\n        return self.output"
MASK_LOST = "mask, self.mask = self.mask, None\n        return input * mask"

CASES = {
    "ex02": (STORES_INPUT, "pass", "return input_gradient"),
    "ex04": (STORES_INPUT, "pass", "return input_gradient"),
    "ex05": (STORES_INPUT, "pass", "return output_gradient * self.activation_prime(self.input)"),
    "ex07": (STORES_OUTPUT, "return powers / np.sum(powers)", "return self.output * (output"),
    "ex08": ("return input * self.mask", MASK_LOST, "return output_gradient *"),
}


@pytest.mark.parametrize("exercise", CASES)
@pytest.mark.parametrize(
    "backward", ["raise NotImplementedError\n        ", "return 0 * output_gradient\n        "]
)
def test_nothing_stored_and_no_right_backward(grade, copy, exercise, backward):
    stores, forgets, returns = CASES[exercise]
    (path,) = copy.glob(f"{exercise}_*.py")
    text = path.read_text("utf-8")
    assert stores in text
    assert returns in text
    changed = text.replace(returns, f"{backward}{returns}")
    path.write_text(changed, "utf-8")
    stored = grade(copy, exercise)[f"{exercise}/forward"]["score"]
    path.write_text(changed.replace(stores, forgets), "utf-8")
    assert grade(copy, exercise)[f"{exercise}/forward"]["score"] == stored - 1


@pytest.mark.parametrize("exercise", ["ex05", "ex07"])
def test_a_constructor_that_raises_costs_no_marks_elsewhere(grade, copy, exercise):
    path = copy / "layer.py"
    text = path.read_text("utf-8")
    broken = "    output: np.ndarray\n\n    def __init__(self, *given):\n        raise ValueError\n"
    path.write_text(text.replace("    output: np.ndarray\n", broken, 1), "utf-8")
    if exercise == "ex05":
        (path,) = copy.glob("ex05_*.py")
        text = path.read_text("utf-8")
        path.write_text(text.replace("self.activation = activation\n", "int('x')\n"), "utf-8")
    parts = grade(copy, exercise)
    for part in ("forward", "backward"):
        done = parts[f"{exercise}/{part}"]
        assert done["score"] == done["max_score"]
