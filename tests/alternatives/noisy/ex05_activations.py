# Indented with tabs; a decorator prints every call.
# ruff: noqa: W191
# fmt: off
import functools
import sys

import numpy as np
from layer import Layer


def loud(function):
	"""打印每次调用。"""

	@functools.wraps(function)
	def wrapper(*args, **kwargs):
		print("调用", function.__qualname__, file=sys.stderr)
		return function(*args, **kwargs)

	return wrapper


class Activation(Layer):
	"""逐元素的激活层。"""

	@loud
	def __init__(self, activation, activation_prime, name=None):
		super().__init__()
		self.activation = activation
		self.activation_prime = activation_prime
		self.name = name or type(self).__name__

	@loud
	def forward(self, input, training=False, *extra):
		self.input = input
		self.output = self.activation(input)
		print(self.name, "向前", self.output.shape)
		return self.output

	@loud
	def backward(self, output_gradient, learning_rate, *extra):
		print(self.name, "向后", learning_rate)
		return np.multiply(output_gradient, self.activation_prime(self.input))


class Tanh(Activation):
	@loud
	def __init__(self, name="tanh"):
		super().__init__(np.tanh, lambda x: 1 - np.tanh(x) ** 2, name)


class Sigmoid(Activation):
	@loud
	def __init__(self, name="sigmoid"):
		super().__init__(self.value, self.slope, name)

	@classmethod
	@loud
	def value(cls, x):
		x = np.clip(x, -700, 700)
		return 1 / (1 + np.exp(-x))

	@classmethod
	@loud
	def slope(cls, x):
		return cls.value(x) * cls.value(-x)


class ReLU(Activation):
	@loud
	def __init__(self, name="relu", leak=0):
		super().__init__(self.value, self.slope, name)
		self.leak = leak

	@loud
	def value(self, x):
		return np.where(x > 0, x, self.leak * x)

	@loud
	def slope(self, x):
		return np.where(x > 0, 1, self.leak)
