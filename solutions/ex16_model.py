# ---
# jupyter:
#   exercise:
#     assignment: advanced
#     builds_on: [ex06, ex07, ex09, ex13, ex15]
#     minutes: 75
# ---

# %% [markdown]
# # Exercise 16: the model
#
# A `Model` is a list of layers with what one does with it: train it, judge it, use it, save it.
#
# ## The loss: softmax and cross-entropy in one
#
# The last layer gives a row of **logits** for each sample, one number $z_k$ for each of $K$ classes. Softmax turns
# them into probabilities, and the loss is minus the logarithm of that of the right class. $T$ holds a row for
# each sample too: 1 for the right class, 0 elsewhere.
#
# $$ p_{nk} = \frac{e^{z_{nk}}}{\sum_j e^{z_{nj}}} \qquad
#    E = -\frac{1}{N} \sum_n \sum_k t_{nk} \ln p_{nk} \tag{1} $$
#
# In exercise 7, the gradient of the loss went through the Jacobian of softmax. Both in one are simpler. With
# $\ln p_{nk} = z_{nk} - \ln \sum_j e^{z_{nj}}$ and $\sum_k t_{nk} = 1$, a sample's loss is
# $\ln \sum_j e^{z_{nj}} - \sum_k t_{nk} z_{nk}$. The derivative of its first term with respect to
# $z_{nk}$ is $p_{nk}$, that of the second is $t_{nk}$. With the $1/N$ that the layers leave out:
#
# $$ \frac{\partial E}{\partial z_{nk}} = \frac{p_{nk} - t_{nk}}{N} \tag{2} $$
#
# **Huge logits.** $e^{1000}$ is too large for a computer, and $\ln 0$ is $-\infty$. Subtract the largest logit of each
# row first: this changes no probability, and no power is larger than 1. Then compute $\ln p_{nk}$ from the
# logits, as above, and not from $p_{nk}$, which may be 0.
#
# ## By hand
#
# Two samples, two classes, both samples of the first class:
#
# $$
# Z = \begin{pmatrix} 0 & \ln 3 \\ \ln 4 & 0 \end{pmatrix} \quad
# P = \begin{pmatrix} 1/4 & 3/4 \\ 4/5 & 1/5 \end{pmatrix} \quad
# E = \frac{\ln 4 + \ln \frac{5}{4}}{2} \approx \frac{1.386 + 0.223}{2} \approx 0.805 \quad
# \frac{\partial E}{\partial Z} = \begin{pmatrix} -0.375 & 0.375 \\ -0.1 & 0.1 \end{pmatrix}
# $$
#
# ## Training in batches
#
# ```
#  for each epoch
#      the order of the samples             shuffled anew, x and y alike (or as it is)
#      for each batch of that order         the last one may be smaller, and counts as well
#          logits = forward(batch)          with training=True
#          loss, gradient                   of softmax_cross_entropy
#          backward(gradient)               each layer stores its gradients
#          optimiser.step(...)              once, for all layers
#      a dictionary for the history
# ```
#
# `step` takes two lists of dictionaries: the `parameters` and the `gradients` of all layers, in the same order. It changes
# the arrays in `parameters` **in place**, so pass the layers' own dictionaries, and no copies. Read
# them *after* backward: a layer may have made a new dictionary of gradients.
#
# **Means of unequal batches.** With 5 samples in batches of 2, the last batch has one. If the losses are 3, 2 and 1, the
# mean over the samples is $(2 \cdot 3 + 2 \cdot 2 + 1 \cdot 1) / 5 = 2.2$, not $(3 + 2 + 1) / 3 = 2$.
#
# ## Three sets of data
#
# * The **training** set is what the parameters are fitted to. A network can know it by heart.
# * The **validation** set shows how it does on what it has not seen, while you still choose the layers, say, or
#   the learning rate. The more you choose by it, the more it flatters you.
# * The **test** set is looked at once, at the end.
#
# ## Before you train for hours
#
# * **The first loss.** A network that knows nothing gives each of $K$ classes the probability $1/K$: its loss is near
#   $\ln K$, for ten digits $2.303$. Much more means that the initial numbers are too large.
# * **Ten images.** Train on ten images alone: the loss must fall to nearly 0. If it does not, there is a mistake
#   in the code, and more data will not help.

# %%
"""Exercise 16: a loss for logits, and a model that trains in batches."""

from collections.abc import Sequence
from os import PathLike
from typing import Any, Protocol

import numpy as np
from layer import BatchLayer

Pair = tuple[np.ndarray, np.ndarray]
Arrays = dict[str, np.ndarray]


class Optimiser(Protocol):
    """What exercise 15 writes."""

    def step(self, parameters: list[Arrays], gradients: list[Arrays]) -> None:
        """Change the parameters in place."""


def softmax_cross_entropy(logits: np.ndarray, targets: np.ndarray) -> tuple[float, np.ndarray]:
    """Compute the mean loss of a batch, and its gradient with respect to the logits.

    Parameters
    ----------
    logits : ndarray of shape (N, K)
        Any numbers, also huge ones.
    targets : ndarray of shape (N, K)
        1 for the class of the sample, 0 for the others.

    Returns
    -------
    loss : float, gradient : ndarray of shape (N, K)
        Equations (1) and (2), the gradient in the dtype of the logits.
    """
    # TODO: 1. Subtract the largest logit of each row.
    #       2. Compute the logarithms of the probabilities, and from these the probabilities.
    #       3. Return the loss, as a float, and the gradient.
    ### BEGIN SOLUTION
    shifted = logits - logits.max(axis=1, keepdims=True)
    logs = shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))
    samples = len(logits)
    loss = -float(np.sum(targets * logs)) / samples
    return loss, ((np.exp(logs) - targets) / samples).astype(logits.dtype)
    ### END SOLUTION


# %% [markdown] hints="softmax_cross_entropy"
# Follow the example: does your code find 0.805? Then try logits of 1000 and of −1000.
#
# Work with ln p: after the subtraction it is the logit minus the logarithm of the sum of the powers. The gradient
# alone needs p, which is e to the ln p.
#
# For each row: s = z − max z, ln p = s − ln Σ e^s. The loss is minus the sum of t · ln p over everything, divided by N. The
# gradient is p − t, divided by N.


# %%
class Model:
    """A network for classes: a list of layers that ends in logits.

    Parameters
    ----------
    layers : sequence of BatchLayer
        From first to last.
    """

    def __init__(self, layers: Sequence[BatchLayer]) -> None:
        self.layers = list(layers)

    def forward(self, x: np.ndarray, training: bool = False) -> np.ndarray:
        """Return the logits of a batch (given)."""
        for layer in self.layers:
            x = layer.forward(x, training)
        return x

    def backward(self, gradient: np.ndarray) -> None:
        """Pass the gradient of the loss back through all layers (given)."""
        for layer in reversed(self.layers):
            gradient = layer.backward(gradient)

    def fit(
        self,
        x: np.ndarray,
        y: np.ndarray,
        epochs: int,
        batch_size: int,
        optimiser: Optimiser,
        validation: Pair | None = None,
        shuffle: bool = True,
        rng: np.random.Generator | int | None = None,
        verbose: bool = True,
    ) -> list[dict[str, float]]:
        """Train in batches.

        Parameters
        ----------
        x, y : ndarray
            The samples and their targets, along the first axis.
        epochs, batch_size, optimiser
        validation : tuple of ndarray, optional
            Samples and targets that are evaluated after each epoch.
        shuffle, rng
            Whether each epoch has a new random order, and the generator for it, or its seed.
        verbose : bool
            Whether to print a line for each epoch (for you to watch; it is not graded).

        Returns
        -------
        list of dict
            For each epoch: "loss" and "accuracy", means over all samples, each as it was when the sample's
            batch went forward, before the step; and, with a validation set, what `evaluate` returns for
            it after the epoch, as "validation_loss" and "validation_accuracy".
        """
        rng = np.random.default_rng(rng)
        # TODO: For each epoch:
        #       1. Choose the order of the samples: a permutation from rng, or 0, 1, 2 and so on.
        #       2. For each batch of that order: forward with training=True, the loss, backward, one step. Add up
        #          loss times samples, and how many samples have their largest logit at their class.
        #       3. Append a dictionary with the means, and with the validation if there is one. Print if verbose.
        ### BEGIN SOLUTION
        history: list[dict[str, float]] = []
        for epoch in range(1, epochs + 1):
            order = rng.permutation(len(x)) if shuffle else np.arange(len(x))
            total, correct = 0.0, 0
            for start in range(0, len(x), batch_size):
                chosen = order[start : start + batch_size]
                targets = y[chosen]
                logits = self.forward(x[chosen], training=True)
                loss, gradient = softmax_cross_entropy(logits, targets)
                self.backward(gradient)
                parameters = [layer.parameters for layer in self.layers]
                optimiser.step(parameters, [layer.gradients for layer in self.layers])
                total += loss * len(chosen)
                correct += int(np.sum(logits.argmax(axis=1) == targets.argmax(axis=1)))
            record = {"loss": total / len(x), "accuracy": correct / len(x)}
            if validation is not None:
                of_loss, of_accuracy = self.evaluate(*validation)
                record |= {"validation_loss": of_loss, "validation_accuracy": of_accuracy}
            history.append(record)
            if verbose:
                figures = ", ".join(f"{name} {value:.4f}" for name, value in record.items())
                print(f"epoch {epoch}/{epochs}: {figures}")
        return history
        ### END SOLUTION

    def evaluate(self, x: np.ndarray, y: np.ndarray, batch_size: int = 256) -> tuple[float, float]:
        """Return the mean loss and the accuracy (from 0 to 1), without training.

        At most `batch_size` samples go through the layers at once, to save memory.
        """
        # TODO: For each batch, in order: forward (not in training), the loss, the number of right answers. Return
        #       the means over all samples.
        ### BEGIN SOLUTION
        total, correct = 0.0, 0
        for start in range(0, len(x), batch_size):
            targets = y[start : start + batch_size]
            logits = self.forward(x[start : start + batch_size])
            total += softmax_cross_entropy(logits, targets)[0] * len(targets)
            correct += int(np.sum(logits.argmax(axis=1) == targets.argmax(axis=1)))
        return total / len(x), correct / len(x)
        ### END SOLUTION

    def predict(self, x: np.ndarray, batch_size: int = 256) -> np.ndarray:
        """Return the probabilities, of shape (N, K), in the order of the samples.

        At most `batch_size` samples go through the layers at once, to save memory.
        """
        # TODO: For each batch, in order: forward (not in training), then softmax along each row. Return all rows in
        #       one array.
        ### BEGIN SOLUTION
        rows = []
        for start in range(0, len(x), batch_size):
            logits = self.forward(x[start : start + batch_size])
            powers = np.exp(logits - logits.max(axis=1, keepdims=True))
            rows.append(powers / powers.sum(axis=1, keepdims=True))
        return np.concatenate(rows)
        ### END SOLUTION

    def state(self) -> Arrays:
        """Return a copy of every parameter, named like "2.weights": layer 2, counted from 0 (given)."""
        return {
            f"{number}.{name}": value.copy()
            for number, layer in enumerate(self.layers)
            for name, value in layer.parameters.items()
        }

    def set_state(self, state: Arrays) -> None:
        """Give every parameter the numbers that it has in a dictionary like that from `state`.

        Raises
        ------
        ValueError
            If an array is missing or has another shape. Then no parameter has changed.
        """
        # TODO: 1. For every parameter of every layer, look whether its array is there, in its shape. If not,
        #          raise a ValueError that says which one.
        #       2. Only when all are right, copy them into the layers.
        ### BEGIN SOLUTION
        for name, own in self.state().items():
            if name not in state:
                raise ValueError(f"there is no array for {name}")
            if state[name].shape != own.shape:
                raise ValueError(f"{name} has shape {own.shape}, the array {state[name].shape}")
        for i, layer in enumerate(self.layers):
            layer.parameters.update(
                {name: state[f"{i}.{name}"].copy() for name in layer.parameters}
            )
        ### END SOLUTION

    def save(self, path: str | PathLike[str]) -> None:
        """Write all parameters to a file that ends in .npz (given)."""
        np.savez(path, **self.state())  # type: ignore[arg-type]  # NumPy takes these for its own options

    def load(self, path: str | PathLike[str]) -> None:
        """Read what `save` wrote (given); without pickle, which can run anybody's code."""
        with np.load(path, allow_pickle=False) as file:
            self.set_state(dict(file))

    def summary(self) -> str:
        """Return a table of the layers and how many parameters they have (given)."""
        lines, total = [], 0
        for number, layer in enumerate(self.layers):
            shapes = ", ".join(f"{name} {value.shape}" for name, value in layer.parameters.items())
            count = sum(value.size for value in layer.parameters.values())
            total += count
            lines.append(f"{number:>2}  {type(layer).__name__:<12} {count:>9,}  {shapes}".rstrip())
        return "\n".join([*lines, f"    {'total':<12} {total:>9,}"])


# %% [markdown] hints="fit"
# Take 5 samples in batches of 2, and write down what goes forward in two epochs. How many steps are there?
#
# x and y need the same order: draw the order once each epoch, and take both in it. The gradients are those of the
# last backward, so step comes after it, and before the next batch goes forward.
#
# Each batch: logits, (loss, gradient), backward, step with one list of all parameters and one of all gradients. Loss of the
# epoch = Σ loss · (samples of the batch) / (all samples). Accuracy = right answers / all samples.

# %% [markdown] hints="evaluate"
# What differs from fit? Nothing is learned, nothing shuffled, and no layer should believe that this is training.
#
# The last batch may be smaller. Add up sums over samples, not means over batches, and divide once at the end.
#
# loss = Σ (mean loss of the batch) · (its samples) / N. A sample is right if its largest logit and its largest
# target stand in the same column; accuracy = right samples / N.

# %% [markdown] hints="predict"
# Each row of the result should add up to 1. Which axis counts the classes?
#
# Logits are no probabilities yet. Softmax them row by row, and subtract each row's largest number before you take powers.
#
# p = e^(z − max z) / Σ e^(z − max z), for each row; then put the rows of all batches one below the other.

# %% [markdown] hints="set_state"
# What happens to the first layer if the array of the last one has the wrong shape?
#
# Go through all names twice: the first time only to look, the second time only to copy.
#
# For layer number i and parameter name p, the array is called after both, with a dot between. If one is
# missing or has another shape than the layer's own, raise ValueError before any array is copied.

# %% [markdown]
# ## See it
#
# Run this file to train a small network on handwritten digits: first on ten images, then on all.

# %%
if __name__ == "__main__":
    import matplotlib.pyplot as plt
    from batch_layers import Dense, Flatten, ReLU

    from datasets import load_digits
    from datasets.demo import if_written, show

    class Descent:
        """Plain gradient descent; exercise 15 has better ones."""

        def step(self, parameters: list[Any], gradients: list[Any]) -> None:
            """Move every parameter against its gradient."""
            for own, slopes in zip(parameters, gradients, strict=True):
                for name, slope in slopes.items():
                    own[name] -= 0.1 * slope

    def new_model() -> Model:
        """Return a network with one hidden layer."""
        return Model([Flatten(), Dense(784, 32), ReLU(), Dense(32, 10)])

    with if_written():
        Z, T = np.log([[1.0, 3.0], [4.0, 1.0]]), np.array([[1.0, 0.0], [1.0, 0.0]])
        print("The example above:", *softmax_cross_entropy(Z, T), sep="\n")
    digits, one_hot = load_digits(), np.eye(10, dtype=np.float32)
    x, y = digits.x_train.astype(np.float32), one_hot[digits.y_train]
    print(new_model().summary())
    figure, axes = plt.subplots(1, 3, figsize=(11, 3.4), layout="constrained")
    with if_written():
        few = new_model().fit(x[:10], y[:10], 60, 10, Descent(), rng=0, verbose=False)
        axes[0].semilogy([record["loss"] for record in few])
    with if_written():
        model, rest, held_back = new_model(), (x[200:], y[200:]), (x[:200], y[:200])
        history = model.fit(*rest, 30, 32, Descent(), held_back, rng=0, verbose=False)
        for axis, name in zip(axes[1:], ("loss", "accuracy"), strict=True):
            for kind in (name, f"validation_{name}"):
                axis.plot([record[kind] for record in history], label=kind)
            axis.legend()
        found = model.evaluate(digits.x_test.astype(np.float32), one_hot[digits.y_test])
        print(f"test: loss {found[0]:.3f}, accuracy {found[1]:.1%}")
    for axis, title in zip(axes, ("ten images: loss", "all images: loss", "accuracy"), strict=True):
        axis.set(title=title, xlabel="epoch")
    show()

# %% [markdown]
# ## Go deeper
#
# * A. Karpathy, *A recipe for training neural networks* (2019): the first loss, ten images, and what comes then.
#   <https://karpathy.github.io/2019/04/25/recipe/>
# * I. Goodfellow, Y. Bengio and A. Courville, *Deep Learning* (2016), chapter 5: the three sets. <https://www.deeplearningbook.org/>
# * N. Srivastava et al., *Dropout: a simple way to prevent neural networks from overfitting* (2014): what
#   `training` is for. <https://jmlr.org/papers/v15/srivastava14a.html>
