"""The mistakes that 80 public implementations of this course make, as submissions.

Each is an edit of the reference. It must cost marks in its part, and in no other.
"""

from typing import NamedTuple

import pytest


class Mistake(NamedTuple):
    """A name, the part that must lose marks, and what to put in place of what."""

    name: str
    part: str
    old: str
    new: str


CLIP = "p = np.clip(y_pred, EPSILON, 1 - EPSILON)"
BCE = "return float(-np.mean(y_true * np.log(p) + (1 - y_true) * np.log(1 - p)))"
BCE_PRIME = "return ((1 - y_true) / (1 - p) - y_true / p) / np.size(y_true)"
CCE = "return float(-np.sum(y_true * np.log(p)))"
ADD = 'self.output[i] += correlate2d(channel, kernel, "valid")'
INPUT = 'input_gradient[j] += convolve2d(gradient, self.kernels[i, j], "full")'
KERNEL = 'correlate2d(channel, gradient, "valid")'
HE = "return np.random.randn(output_size, input_size) * np.sqrt(2 / input_size)"
DENSE = """\
        input_gradient = self.weights.T @ output_gradient
        self.weights = self.weights - learning_rate * output_gradient @ self.input.T
        self.bias = self.bias - learning_rate * output_gradient
        return input_gradient
"""
DENSE_LATE = """\
        self.weights = self.weights - learning_rate * output_gradient @ self.input.T
        self.bias = self.bias - learning_rate * output_gradient
        return self.weights.T @ output_gradient
"""
SIGMOID = "return np.where(x >= 0, 1, small) / (1 + small)"
SOFTMAX = "powers = np.exp(input - np.max(input))"
SOFTMAX_BACK = "return self.output * (output_gradient - np.sum(output_gradient * self.output))"
TRAIN = "for x, y in zip(x_train, y_train, strict=True):"
DROP = "return output_gradient * self.mask"

MISTAKES = [
    Mistake(
        "no clipping", "ex06/binary_cross_entropy", f"{CLIP}\n    {BCE}", f"p = y_pred\n    {BCE}"
    ),
    Mistake(
        "no clipping",
        "ex06/binary_cross_entropy_prime",
        f"{CLIP}\n    {BCE_PRIME}",
        f"p = y_pred\n    {BCE_PRIME}",
    ),
    Mistake("no maximum subtracted", "ex07/forward", SOFTMAX, "powers = np.exp(input)"),
    Mistake("input gradient after the update", "ex04/backward", DENSE, DENSE_LATE),
    Mistake("assigned, not summed", "ex02/backward", INPUT, INPUT.replace("+=", "=")),
    Mistake("indexed wrongly", "ex02/backward", "self.kernels[i, j]", "self.kernels[i, 0]"),
    Mistake(
        "wrong axis", "ex07/forward", "np.sum(powers)", "np.sum(powers, axis=1, keepdims=True)"
    ),
    Mistake(
        "p - y", "ex06/categorical_cross_entropy_prime", "return -y_true / p", "return p - y_true"
    ),
    Mistake(
        "(p - y) / n",
        "ex06/categorical_cross_entropy_prime",
        "-y_true / p",
        "(p - y_true) / len(p)",
    ),
    Mistake("gradient passed through", "ex07/backward", SOFTMAX_BACK, "return output_gradient"),
    Mistake(
        "diagonal only",
        "ex07/backward",
        SOFTMAX_BACK,
        "return output_gradient * self.output * (1 - self.output)",
    ),
    Mistake("overwrites", "ex02/forward", ADD, ADD.replace("+=", "= self.biases[i] +")),
    Mistake("into every map", "ex02/forward", ADD, ADD.replace("[i] +=", " +=")),
    Mistake("convolution", "ex02/forward", ADD, ADD.replace("correlate2d", "convolve2d")),
    Mistake("wrong sign", "ex06/binary_cross_entropy", "float(-np.mean", "float(np.mean"),
    Mistake(
        "wrong sign",
        "ex06/binary_cross_entropy_prime",
        "return ((1 - y_true)",
        "return -((1 - y_true)",
    ),
    Mistake("wrong sign", "ex06/categorical_cross_entropy", "float(-np.sum", "float(np.sum"),
    Mistake(
        "wrong sign", "ex06/categorical_cross_entropy_prime", "return -y_true", "return y_true"
    ),
    Mistake("wrong sign", "ex05/sigmoid", "return s * (1 - s)", "return s * (s - 1)"),
    Mistake("wrong sign of x", "ex05/sigmoid", "np.where(x >= 0", "np.where(x < 0"),
    Mistake(
        "derivative is the function",
        "ex05/backward",
        "self.activation_prime(self.input)",
        "self.activation(self.input)",
    ),
    Mistake(
        "prime is the function", "ex05/sigmoid", "(sigmoid, sigmoid_prime)", "(sigmoid, sigmoid)"
    ),
    Mistake(
        "derivative at the output",
        "ex05/backward",
        "self.activation_prime(self.input)",
        "self.activation_prime(self.output)",
    ),
    Mistake(
        "changes its input",
        "ex05/relu",
        "return np.maximum(0, x)",
        "x[x < 0] = 0\n            return x",
    ),
    Mistake("overflows", "ex05/sigmoid", SIGMOID, "return 1 / (1 + np.exp(-x))"),
    Mistake("nan for large input", "ex05/sigmoid", SIGMOID, "return np.exp(x) / (1 + np.exp(x))"),
    Mistake("summed, not averaged", "ex06/binary_cross_entropy", "-np.mean(", "-np.sum("),
    Mistake("not divided by n", "ex06/binary_cross_entropy_prime", " / np.size(y_true)", ""),
    Mistake("averaged over classes", "ex06/categorical_cross_entropy", "-np.sum(", "-np.mean("),
    Mistake(
        "divided by the columns",
        "ex06/binary_cross_entropy_prime",
        "np.size(y_true)",
        "y_true.shape[1]",
    ),
    Mistake("all ones", "ex04/initialisation", HE, "return np.ones((output_size, input_size))"),
    Mistake(
        "not scaled", "ex04/initialisation", HE, "return np.random.randn(output_size, input_size)"
    ),
    Mistake("same seed", "ex04/initialisation", HE, f"np.random.seed(0)\n    {HE}"),
    Mistake("__int__", "ex04/initialisation", "def __init__", "def __int__"),
    Mistake("never updated", "ex04/backward", "learning_rate *", "0 *"),
    Mistake("never updated", "ex02/backward", "learning_rate *", "0 *"),
    Mistake("uphill", "ex02/backward", "kernels - learning_rate", "kernels + learning_rate"),
    Mistake("learning rate left out", "ex04/backward", "learning_rate *", "1 *"),
    Mistake(
        "wrong arity",
        "ex09/train",
        "layer.backward(gradient, learning_rate)",
        "layer.backward(gradient)",
    ),
    Mistake(
        "one sample skipped",
        "ex09/train",
        TRAIN,
        TRAIN.replace("x_train, y_train", "x_train[1:], y_train[1:]"),
    ),
    Mistake(
        "last sample only",
        "ex09/train",
        TRAIN,
        "x, y = x_train[-1], y_train[-1]\n        for _ in range(len(x_train)):",
    ),
    Mistake("forward order", "ex09/train", "in reversed(network)", "in network"),
    Mistake("not averaged", "ex09/train", "total / len(x_train)", "total"),
    Mistake("arguments swapped", "ex09/train", "loss_prime(y, output)", "loss_prime(output, y)"),
    Mistake(
        "not in training", "ex09/train", "predict(network, x, training=True)", "predict(network, x)"
    ),
    Mistake(
        "always in training",
        "ex09/predict",
        "layer.forward(output, training)",
        "layer.forward(output, True)",
    ),
    Mistake(
        "training ignored",
        "ex09/predict",
        "layer.forward(output, training)",
        "layer.forward(output)",
    ),
    Mistake("bias forgotten", "ex02/forward", "self.biases.copy()", "np.zeros(self.biases.shape)"),
    Mistake("bias once per channel", "ex02/forward", ADD, ADD + " + self.biases[i]"),
    Mistake("bias is the output", "ex02/forward", "self.biases.copy()", "self.biases"),
    Mistake("bias forgotten", "ex04/forward", " + self.bias\n", "\n"),
    Mistake("full correlation", "ex02/backward", INPUT, INPUT.replace("convolve2d", "correlate2d")),
    Mistake(
        "turned by 180 degrees", "ex02/backward", KERNEL, 'correlate2d(gradient, channel, "valid")'
    ),
    Mistake("convolution", "ex02/backward", KERNEL, KERNEL.replace("correlate", "convolve")),
    Mistake(
        "first channel only",
        "ex02/backward",
        KERNEL,
        'correlate2d(self.input[0], gradient, "valid")',
    ),
    Mistake(
        "input gradient after the update",
        "ex02/backward",
        INPUT,
        f"self.kernels = self.kernels - 0.01 * kernel_gradient\n                {INPUT}",
    ),
    Mistake("ignores the gradient", "ex08/backward", DROP, "return self.mask"),
    Mistake("not rescaled", "ex08/backward", DROP, "return output_gradient * (self.mask > 0)"),
    Mistake("rescaled wrongly", "ex08/backward", DROP, f"{DROP} * (1 - self.rate)"),
    Mistake(
        "in place",
        "ex08/backward",
        DROP,
        "output_gradient *= self.mask\n        return output_gradient",
    ),
    Mistake("not rescaled", "ex08/forward", "kept / (1 - self.rate)", "kept * 1.0"),
    Mistake("divided by the rate", "ex08/forward", "kept / (1 - self.rate)", "kept / self.rate"),
    Mistake("kept with probability rate", "ex08/forward", ">= self.rate", "< self.rate"),
    Mistake("always on", "ex08/forward", "if training:", "if True:"),
    Mistake("always off", "ex08/forward", "if training:", "if False:"),
    Mistake(
        "mask kept", "ex08/forward", "if training:", "if training and not hasattr(self, 'mask'):"
    ),
    Mistake("input not kept", "ex04/forward", "        self.input = input\n", ""),
    Mistake("input not kept", "ex02/forward", "        self.input = input\n", ""),
    Mistake("input not kept", "ex05/forward", "        self.input = input\n", ""),
    Mistake(
        "first input kept",
        "ex04/forward",
        "self.input = input",
        "self.input = getattr(self, 'input', input)",
    ),
    Mistake(
        "output not kept",
        "ex07/forward",
        "self.output = powers / np.sum(powers)\n        return self.output",
        "return powers / np.sum(powers)",
    ),
    Mistake("returns None", "ex04/backward", "return input_gradient", "input_gradient"),
    Mistake("returns zeros", "ex02/backward", INPUT, "pass"),
    Mistake(
        "returns the kernel gradient",
        "ex02/backward",
        "return input_gradient",
        "return kernel_gradient",
    ),
    Mistake("no return", "ex03/forward", "return np.reshape(input", "np.reshape(input"),
    Mistake("no return", "ex02/forward", "        return self.output\n", ""),
    Mistake(
        "return inside the loop",
        "ex01/correlate2d",
        "    return output\n",
        "        return output\n",
    ),
    Mistake(
        "return inside the loop", "ex09/predict", "    return output\n", "        return output\n"
    ),
    Mistake(
        "another order",
        "ex03/backward",
        "np.reshape(output_gradient, self.input_shape)",
        'np.reshape(output_gradient, self.input_shape, order="F")',
    ),
    Mistake(
        "returns an array",
        "ex06/binary_cross_entropy",
        BCE,
        BCE.replace("float(", "(").replace("np.mean(", "(1 / len(p)) * ("),
    ),
    Mistake(
        "returns an array", "ex06/categorical_cross_entropy", CCE, "return -y_true * np.log(p)"
    ),
    Mistake("base 10", "ex06/binary_cross_entropy", "np.log(p) + (1", "np.log10(p) + (1"),
    Mistake(
        "clip on the wrong side",
        "ex06/binary_cross_entropy",
        "1 - EPSILON)\n    return float(-np.mean",
        "1)\n    return float(-np.mean",
    ),
    Mistake("one short", "ex01/correlate2d", "- kernel_height + 1", "- kernel_height"),
    Mistake("turned", "ex01/correlate2d", "window * kernel", "window * np.flip(kernel)"),
    Mistake("transposed", "ex01/convolve2d", "kernel[::-1, ::-1]", "kernel[::-1]"),
    Mistake("not turned", "ex01/convolve2d", "kernel[::-1, ::-1]", "kernel"),
    Mistake(
        "ready-made",
        "ex01/convolve2d",
        "return correlate2d(image, kernel[::-1, ::-1], mode)",
        "from scipy import signal\n\n    return signal.convolve2d(image, kernel, mode)",
    ),
]


@pytest.mark.parametrize("mistake", MISTAKES, ids=lambda m: f"{m.part}: {m.name}")
def test_costs_marks_in_its_part_alone(grade, copy, mistake):
    exercise = mistake.part.partition("/")[0]
    (path,) = copy.glob(f"{exercise}_*.py")
    text = path.read_text("utf-8")
    assert mistake.old in text
    path.write_text(text.replace(mistake.old, mistake.new), "utf-8")
    parts = grade(copy, exercise)
    assert parts[mistake.part]["score"] < parts[mistake.part]["max_score"]
    others = {id: part for id, part in parts.items() if id != mistake.part}
    if mistake.name == "ready-made":  # the exercise as a whole forbids it
        return
    assert [id for id, part in others.items() if part["score"] < part["max_score"]] == []
