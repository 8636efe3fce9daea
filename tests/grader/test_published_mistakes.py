"""The mistakes found in 80 public implementations of this course, as submissions.

Each is an edit of the reference. It must cost marks in its part and in no other.
"""

import pytest

from tests.grader.edits import Edit, parts_that_lose

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
    Edit(
        "no clipping", "ex06/binary_cross_entropy", f"{CLIP}\n    {BCE}", f"p = y_pred\n    {BCE}"
    ),
    Edit(
        "no clipping",
        "ex06/binary_cross_entropy_prime",
        f"{CLIP}\n    {BCE_PRIME}",
        f"p = y_pred\n    {BCE_PRIME}",
    ),
    Edit("no maximum subtracted", "ex07/forward", SOFTMAX, "powers = np.exp(input)"),
    Edit("input gradient after the update", "ex04/backward", DENSE, DENSE_LATE),
    Edit("assigned, not summed", "ex02/backward", INPUT, INPUT.replace("+=", "=")),
    Edit("indexed wrongly", "ex02/backward", "self.kernels[i, j]", "self.kernels[i, 0]"),
    Edit("wrong axis", "ex07/forward", "np.sum(powers)", "np.sum(powers, axis=1, keepdims=True)"),
    Edit(
        "p - y", "ex06/categorical_cross_entropy_prime", "return -y_true / p", "return p - y_true"
    ),
    Edit(
        "(p - y) / n",
        "ex06/categorical_cross_entropy_prime",
        "-y_true / p",
        "(p - y_true) / len(p)",
    ),
    Edit("gradient passed through", "ex07/backward", SOFTMAX_BACK, "return output_gradient"),
    Edit(
        "diagonal only",
        "ex07/backward",
        SOFTMAX_BACK,
        "return output_gradient * self.output * (1 - self.output)",
    ),
    Edit("overwrites", "ex02/forward", ADD, ADD.replace("+=", "= self.biases[i] +")),
    Edit("into every map", "ex02/forward", ADD, ADD.replace("[i] +=", " +=")),
    Edit("convolution", "ex02/forward", ADD, ADD.replace("correlate2d", "convolve2d")),
    Edit("wrong sign", "ex06/binary_cross_entropy", "float(-np.mean", "float(np.mean"),
    Edit(
        "wrong sign",
        "ex06/binary_cross_entropy_prime",
        "return ((1 - y_true)",
        "return -((1 - y_true)",
    ),
    Edit("wrong sign", "ex06/categorical_cross_entropy", "float(-np.sum", "float(np.sum"),
    Edit("wrong sign", "ex06/categorical_cross_entropy_prime", "return -y_true", "return y_true"),
    Edit("wrong sign", "ex05/sigmoid", "return s * (1 - s)", "return s * (s - 1)"),
    Edit("wrong sign of x", "ex05/sigmoid", "np.where(x >= 0", "np.where(x < 0"),
    Edit(
        "derivative is the function",
        "ex05/backward",
        "self.activation_prime(self.input)",
        "self.activation(self.input)",
    ),
    Edit("prime is the function", "ex05/sigmoid", "(sigmoid, sigmoid_prime)", "(sigmoid, sigmoid)"),
    Edit(
        "derivative at the output",
        "ex05/backward",
        "self.activation_prime(self.input)",
        "self.activation_prime(self.output)",
    ),
    Edit(
        "changes its input",
        "ex05/relu",
        "return np.maximum(0, x)",
        "x[x < 0] = 0\n            return x",
    ),
    Edit("overflows", "ex05/sigmoid", SIGMOID, "return 1 / (1 + np.exp(-x))"),
    Edit("nan for large input", "ex05/sigmoid", SIGMOID, "return np.exp(x) / (1 + np.exp(x))"),
    Edit("summed, not averaged", "ex06/binary_cross_entropy", "-np.mean(", "-np.sum("),
    Edit("not divided by n", "ex06/binary_cross_entropy_prime", " / np.size(y_true)", ""),
    Edit("averaged over classes", "ex06/categorical_cross_entropy", "-np.sum(", "-np.mean("),
    Edit(
        "divided by the columns",
        "ex06/binary_cross_entropy_prime",
        "np.size(y_true)",
        "y_true.shape[1]",
    ),
    Edit("all ones", "ex04/initialisation", HE, "return np.ones((output_size, input_size))"),
    Edit(
        "not scaled", "ex04/initialisation", HE, "return np.random.randn(output_size, input_size)"
    ),
    Edit("same seed", "ex04/initialisation", HE, f"np.random.seed(0)\n    {HE}"),
    Edit("__int__", "ex04/initialisation", "def __init__", "def __int__"),
    Edit("never updated", "ex04/backward", "learning_rate *", "0 *"),
    Edit("never updated", "ex02/backward", "learning_rate *", "0 *"),
    Edit("uphill", "ex02/backward", "kernels - learning_rate", "kernels + learning_rate"),
    Edit("learning rate left out", "ex04/backward", "learning_rate *", "1 *"),
    Edit(
        "wrong arity",
        "ex09/train",
        "layer.backward(gradient, learning_rate)",
        "layer.backward(gradient)",
    ),
    Edit(
        "one sample skipped",
        "ex09/train",
        TRAIN,
        TRAIN.replace("x_train, y_train", "x_train[1:], y_train[1:]"),
    ),
    Edit(
        "last sample only",
        "ex09/train",
        TRAIN,
        "x, y = x_train[-1], y_train[-1]\n        for _ in range(len(x_train)):",
    ),
    Edit("forward order", "ex09/train", "in reversed(network)", "in network"),
    Edit("not averaged", "ex09/train", "total / len(x_train)", "total"),
    Edit("arguments swapped", "ex09/train", "loss_prime(y, output)", "loss_prime(output, y)"),
    Edit(
        "not in training", "ex09/train", "predict(network, x, training=True)", "predict(network, x)"
    ),
    Edit(
        "always in training",
        "ex09/predict",
        "layer.forward(output, training)",
        "layer.forward(output, True)",
    ),
    Edit(
        "training ignored",
        "ex09/predict",
        "layer.forward(output, training)",
        "layer.forward(output)",
    ),
    Edit("bias forgotten", "ex02/forward", "self.biases.copy()", "np.zeros(self.biases.shape)"),
    Edit("bias once per channel", "ex02/forward", ADD, ADD + " + self.biases[i]"),
    Edit("bias is the output", "ex02/forward", "self.biases.copy()", "self.biases"),
    Edit("bias forgotten", "ex04/forward", " + self.bias\n", "\n"),
    Edit("full correlation", "ex02/backward", INPUT, INPUT.replace("convolve2d", "correlate2d")),
    Edit(
        "turned by 180 degrees", "ex02/backward", KERNEL, 'correlate2d(gradient, channel, "valid")'
    ),
    Edit("convolution", "ex02/backward", KERNEL, KERNEL.replace("correlate", "convolve")),
    Edit(
        "first channel only",
        "ex02/backward",
        KERNEL,
        'correlate2d(self.input[0], gradient, "valid")',
    ),
    Edit(
        "input gradient after the update",
        "ex02/backward",
        INPUT,
        f"self.kernels = self.kernels - 0.01 * kernel_gradient\n                {INPUT}",
    ),
    Edit("ignores the gradient", "ex08/backward", DROP, "return self.mask"),
    Edit("not rescaled", "ex08/backward", DROP, "return output_gradient * (self.mask > 0)"),
    Edit("rescaled wrongly", "ex08/backward", DROP, f"{DROP} * (1 - self.rate)"),
    Edit(
        "in place",
        "ex08/backward",
        DROP,
        "output_gradient *= self.mask\n        return output_gradient",
    ),
    Edit("not rescaled", "ex08/forward", "kept / (1 - self.rate)", "kept * 1.0"),
    Edit("divided by the rate", "ex08/forward", "kept / (1 - self.rate)", "kept / self.rate"),
    Edit("kept with probability rate", "ex08/forward", ">= self.rate", "< self.rate"),
    Edit("always on", "ex08/forward", "if training:", "if True:"),
    Edit("always off", "ex08/forward", "if training:", "if False:"),
    Edit("mask kept", "ex08/forward", "if training:", "if training and not hasattr(self, 'mask'):"),
    Edit("input not kept", "ex04/forward", "        self.input = input\n", ""),
    Edit("input not kept", "ex02/forward", "        self.input = input\n", ""),
    Edit("input not kept", "ex05/forward", "        self.input = input\n", ""),
    Edit(
        "first input kept",
        "ex04/forward",
        "self.input = input",
        "self.input = getattr(self, 'input', input)",
    ),
    Edit(
        "output not kept",
        "ex07/forward",
        "self.output = powers / np.sum(powers)\n        return self.output",
        "return powers / np.sum(powers)",
    ),
    Edit("returns None", "ex04/backward", "return input_gradient", "input_gradient"),
    Edit("returns zeros", "ex02/backward", INPUT, "pass"),
    Edit(
        "returns the kernel gradient",
        "ex02/backward",
        "return input_gradient",
        "return kernel_gradient",
    ),
    Edit("no return", "ex03/forward", "return np.reshape(input", "np.reshape(input"),
    Edit("no return", "ex02/forward", "        return self.output\n", ""),
    Edit(
        "return inside the loop",
        "ex01/correlate2d",
        "    return output\n",
        "        return output\n",
    ),
    Edit(
        "return inside the loop", "ex09/predict", "    return output\n", "        return output\n"
    ),
    Edit(
        "another order",
        "ex03/backward",
        "np.reshape(output_gradient, self.input_shape)",
        'np.reshape(output_gradient, self.input_shape, order="F")',
    ),
    Edit(
        "returns an array",
        "ex06/binary_cross_entropy",
        BCE,
        BCE.replace("float(", "(").replace("np.mean(", "(1 / len(p)) * ("),
    ),
    Edit("returns an array", "ex06/categorical_cross_entropy", CCE, "return -y_true * np.log(p)"),
    Edit("base 10", "ex06/binary_cross_entropy", "np.log(p) + (1", "np.log10(p) + (1"),
    Edit(
        "clip on the wrong side",
        "ex06/binary_cross_entropy",
        "1 - EPSILON)\n    return float(-np.mean",
        "1)\n    return float(-np.mean",
    ),
    Edit("one short", "ex01/correlate2d", "- kernel_height + 1", "- kernel_height"),
    Edit("turned", "ex01/correlate2d", "window * kernel", "window * np.flip(kernel)"),
    Edit("transposed", "ex01/convolve2d", "kernel[::-1, ::-1]", "kernel[::-1]"),
    Edit("not turned", "ex01/convolve2d", "kernel[::-1, ::-1]", "kernel"),
    Edit(
        "ready-made",
        "ex01/convolve2d",
        "return correlate2d(image, kernel[::-1, ::-1], mode)",
        "from scipy import signal\n\n    return signal.convolve2d(image, kernel, mode)",
    ),
]


@pytest.mark.parametrize("mistake", MISTAKES, ids=lambda m: f"{m.part}: {m.name}")
def test_costs_marks_only_in_its_part(grade, copy, mistake):
    assert parts_that_lose(grade, copy, mistake) == [mistake.part]
