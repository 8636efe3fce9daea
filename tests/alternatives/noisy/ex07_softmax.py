# A dataclass without fields of the course's names, and a temperature that is 1.
import sys
from dataclasses import dataclass

import numpy as np


@dataclass(eq=False)
class Softmax:
    """ソフトマックス層。"""

    temperature: float = 1.0
    probabilities: np.ndarray | None = None

    def forward(self, input: np.ndarray, training: bool = False, log: bool = True) -> np.ndarray:
        """確率にする。"""
        shifted = (input - input.max()) / self.temperature
        self.probabilities = np.exp(shifted) / np.exp(shifted).sum()
        if log:
            print("確率", self.probabilities.ravel().tolist())
        return self.probabilities

    def backward(self, output_gradient: np.ndarray, learning_rate: float = 0.0) -> np.ndarray:
        """ヤコビ行列を掛ける。"""
        print("勾配", output_gradient.ravel(), file=sys.stderr)
        p = self.probabilities
        return p * (output_gradient - (p * output_gradient).sum()) / self.temperature
