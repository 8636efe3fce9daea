"""Return dictionaries whose keys all have the same hash, so that storing them takes long.

Deserves: ex03/forward 0, ex03/backward 0
"""

PRIME = 2**61 - 1  # Python's hashes of whole numbers are remainders of a division by this


class Reshape:
    def __init__(self, input_shape, output_shape):
        self.input_shape, self.output_shape = input_shape, output_shape

    def forward(self, input, training=False):
        return [{PRIME * key: 0 for key in range(1000)} for _ in range(30)]

    def backward(self, output_gradient, learning_rate):
        return {PRIME * key: 0 for key in range(24_000)}
