# SciPy's softmax on the flat vector.
from scipy.special import softmax


class Softmax:
    __slots__ = ("probabilities",)

    def forward(self, input, training=False):
        self.probabilities = softmax(input.ravel())
        return self.probabilities.reshape(input.shape)

    def backward(self, output_gradient, learning_rate):
        p, g = self.probabilities, output_gradient.ravel()
        return (p * (g - p.dot(g))).reshape(-1, 1)
