"""The data sets of the course: MNIST, digits (needs no network), XOR and shapes.

Importing this package imports only NumPy; each function imports what else it needs. The package does
not depend on the grader or the solutions.
"""

from datasets.dataset import Dataset
from datasets.digits import load_digits
from datasets.errors import DatasetError
from datasets.mnist import load_mnist
from datasets.mnist_or_digits import load_mnist_or_digits
from datasets.shapes import batches, load_shapes
from datasets.xor import load_xor

__all__ = [
    "Dataset",
    "DatasetError",
    "batches",
    "load_digits",
    "load_mnist",
    "load_mnist_or_digits",
    "load_shapes",
    "load_xor",
]
