# ---
# jupyter:
#   exercise:
#     builds_on: [ex01]
#     minutes: 90
# ---

# %% [markdown]
# # Exercise 2: the convolutional layer
#
# The input is a volume of $C$ channels, $X_1, \dots, X_C$, each $H \times W$. The layer produces $D$
# output maps; $D$ is its *depth*. Map $Y_i$ has a $k \times k$ kernel $K_{ij}$ for each channel $j$,
# and a bias $B_i$ of the same shape as $Y_i$:
#
# $$ Y_i = B_i + \sum_{j=1}^{C} X_j \star K_{ij}, \qquad i = 1, \dots, D \tag{forward} $$
#
# where $\star$ is the valid cross-correlation from exercise 1. As arrays, they have these shapes:
#
# | array | shape |
# |---|---|
# | input | `(C, H, W)` |
# | kernels | `(D, C, k, k)` |
# | biases, output, output gradient | `(D, H - k + 1, W - k + 1)` |
#
# (The formulas count channels and maps from 1, NumPy counts from 0.)
#
# ```
#   channels         kernels            maps
#    X₁ ──────┬──▶ ⋆ K₁₁ ──▶ + ──────▶ Y₁ (+ B₁)
#             │              ▲
#    X₂ ──┬───┼──▶ ⋆ K₁₂ ────┘
#         │   │
#         │   └──▶ ⋆ K₂₁ ──▶ + ──────▶ Y₂ (+ B₂)
#         │                  ▲
#         └──────▶ ⋆ K₂₂ ────┘
# ```

# %% [markdown]
# ## Backward: three equations
#
# The next layer passes back the output gradient $G_i = \partial E / \partial Y_i$. We want the
# gradients of $E$ with respect to the kernels, the biases and the input. All three follow from one
# line, the forward pass written with indices:
#
# $$ y_i[u,v] = b_i[u,v] + \sum_{j} \sum_{a,c} x_j[u+a,\,v+c] \; k_{ij}[a,c] $$
#
# By the chain rule, a number $z$ affects $E$ through every output that it enters. Let
# $g_i[u,v] = \partial E / \partial y_i[u,v]$ be the entries of $G_i$. Then
#
# $$ \frac{\partial E}{\partial z}
#    = \sum_{i=1}^{D} \sum_{u,v} \frac{\partial E}{\partial y_i[u,v]} \,
#      \frac{\partial y_i[u,v]}{\partial z}
#    = \sum_{i=1}^{D} \sum_{u,v} g_i[u,v] \, \frac{\partial y_i[u,v]}{\partial z} $$
#
# Which terms of this sum remain depends on which outputs $z$ enters, and with what factor.
#
# **Biases.** $b_i[u,v]$ enters one output, $y_i[u,v]$, and $\partial y_i[u,v] / \partial b_i[u,v] = 1$:
#
# $$ \frac{\partial E}{\partial b_i[u,v]} = g_i[u,v]
#    \qquad\Longrightarrow\qquad \frac{\partial E}{\partial B_i} = G_i $$
#
# **Kernels.** $k_{ij}[a,c]$ enters every output of map $i$ and no other map, and
# $\partial y_i[u,v] / \partial k_{ij}[a,c] = x_j[u+a,\,v+c]$:
#
# $$ \frac{\partial E}{\partial k_{ij}[a,c]} = \sum_{u,v} g_i[u,v] \; x_j[u+a,\,v+c]
#    \qquad\Longrightarrow\qquad \frac{\partial E}{\partial K_{ij}} = X_j \star G_i
#    \quad\text{(valid)} $$
#
# This is a correlation again, with the output gradient as the kernel. Its shape is right:
# $H - (H-k+1) + 1 = k$.
#
# **Input.** $x_j[r,s]$ enters *every* map $i$. It enters $y_i[u,v]$ as the term $x_j[u+a,\,v+c]$ with
# $a = r-u$ and $c = s-v$. So $\partial y_i[u,v] / \partial x_j[r,s] = k_{ij}[r-u,\,s-v]$, which is 0
# outside the kernel:
#
# $$ \frac{\partial E}{\partial x_j[r,s]} = \sum_{i=1}^{D} \sum_{u,v} g_i[u,v] \; k_{ij}[r-u,\,s-v]
#    \qquad\Longrightarrow\qquad \frac{\partial E}{\partial X_j} = \sum_{i=1}^{D} G_i * K_{ij}
#    \quad\text{(full)} $$
#
# The minus signs in $k_{ij}[r-u,\,s-v]$ are what makes this a convolution, not a correlation. To see
# it in terms of exercise 1: mode "full" pads $G_i$ with $k-1$ zeros on every side. So for row $r$ of
# the output, row $a$ of the rotated kernel lies on row $u = r + a - (k-1)$ of $G_i$. That row is
# row $k-1-a = r-u$ of $K_{ij}$. The same holds for columns.
#
# ## By hand
#
# With one channel and one map, the sums over $i$ and $j$ have one term each:
#
# $$
# X = \begin{pmatrix} 1 & 6 & 2 \\ 5 & 3 & 1 \\ 7 & 0 & 4 \end{pmatrix} \quad
# K = \begin{pmatrix} 1 & 2 \\ -1 & 0 \end{pmatrix} \quad
# X \star K = \begin{pmatrix} 8 & 7 \\ 4 & 5 \end{pmatrix} \quad
# G = \begin{pmatrix} 1 & -1 \\ 2 & 0 \end{pmatrix}
# $$
#
# For the kernel gradient, $X \star G$, lay $G$ over the four positions in $X$:
#
# $$ \begin{pmatrix}
#  1·1 + 6·(-1) + 5·2 + 3·0 & 6·1 + 2·(-1) + 3·2 + 1·0 \\
#  5·1 + 3·(-1) + 7·2 + 0·0 & 3·1 + 1·(-1) + 0·2 + 4·0
# \end{pmatrix} = \begin{pmatrix} 5 & 10 \\ 16 & 2 \end{pmatrix} $$
#
# The input gradient is $G * K$ (full). Seen from the output: each number of $G$ adds a copy of $K$,
# multiplied by that number, at the position of its window.
#
# $$
# 1 \cdot \begin{pmatrix} 1 & 2 & · \\ -1 & 0 & · \\ · & · & · \end{pmatrix}
# - 1 \cdot \begin{pmatrix} · & 1 & 2 \\ · & -1 & 0 \\ · & · & · \end{pmatrix}
# + 2 \cdot \begin{pmatrix} · & · & · \\ 1 & 2 & · \\ -1 & 0 & · \end{pmatrix}
# + 0 \cdot \begin{pmatrix} · & · & · \\ · & 1 & 2 \\ · & -1 & 0 \end{pmatrix}
# = \begin{pmatrix} 1 & 1 & -2 \\ 1 & 5 & 0 \\ -2 & 0 & 0 \end{pmatrix}
# $$
#
# With the learning rate $\eta = 0.1$ the kernel becomes
# $K - \eta \, (X \star G) = \begin{pmatrix} 0.5 & 1 \\ -2.6 & -0.2 \end{pmatrix}$. The input gradient
# uses the kernel from *before* this step, because that is the kernel that produced the output.
#
# ## What to write
#
# Write `forward` and `backward`. `scipy.signal` has functions `correlate2d` and `convolve2d` that take
# the same arguments as yours; you may use those or your own.

# %%
"""Exercise 2: a layer that cross-correlates its input with learned kernels."""

import numpy as np
from layer import Layer
from scipy.signal import convolve2d, correlate2d


class Convolutional(Layer):
    """A layer that cross-correlates its input with learned kernels.

    Parameters
    ----------
    input_shape : tuple of int
        (C, H, W): channels, height and width of the input.
    kernel_size : int
        k: the height and the width of each kernel.
    depth : int
        D: the number of output maps.

    Attributes
    ----------
    kernels : ndarray of shape (D, C, k, k)
    biases : ndarray of shape (D, H - k + 1, W - k + 1)
    """

    def __init__(self, input_shape: tuple[int, int, int], kernel_size: int, depth: int) -> None:
        channels, height, width = input_shape
        fan_in = channels * kernel_size**2
        self.kernels = np.random.randn(depth, channels, kernel_size, kernel_size)
        self.kernels *= np.sqrt(2 / fan_in)  # He initialisation: exercise 4 says why
        self.biases = np.zeros((depth, height - kernel_size + 1, width - kernel_size + 1))

    def forward(self, input: np.ndarray, training: bool = False) -> np.ndarray:
        """Compute every output map.

        Parameters
        ----------
        input : ndarray of shape (C, H, W)
        training : bool
            Not used by this layer.

        Returns
        -------
        ndarray of shape (D, H - k + 1, W - k + 1)
        """
        # TODO: 1. Store the input in self.input: backward needs it.
        #       2. Start with the output as a copy of the biases.
        #       3. For each map i and each channel j, add the valid cross-correlation of input[j] with
        #          self.kernels[i, j] to output[i].
        #       4. Return the output.
        ### BEGIN SOLUTION
        self.input = input
        self.output = self.biases.copy()
        for i, kernels in enumerate(self.kernels):
            for channel, kernel in zip(input, kernels, strict=True):
                self.output[i] += correlate2d(channel, kernel, "valid")
        return self.output
        ### END SOLUTION

    def backward(self, output_gradient: np.ndarray, learning_rate: float) -> np.ndarray:
        """Take one step of gradient descent and return the gradient for the previous layer.

        Parameters
        ----------
        output_gradient : ndarray of shape (D, H - k + 1, W - k + 1)
        learning_rate : float

        Returns
        -------
        ndarray of shape (C, H, W)
            The gradient with respect to the input, computed with the kernels that forward used.
        """
        # TODO: 1. Create arrays of zeros for the kernel gradient (in the kernels' shape) and for the
        #          input gradient (in the input's shape).
        #       2. For each map i and each channel j, set entry [i, j] of the kernel gradient and add to
        #          entry [j] of the input gradient, as the equations above say.
        #       3. Only then subtract learning_rate times their gradients from kernels and biases.
        #       4. Return the input gradient.
        ### BEGIN SOLUTION
        kernel_gradient = np.zeros(self.kernels.shape)
        input_gradient = np.zeros(self.input.shape)
        for i, gradient in enumerate(output_gradient):
            for j, channel in enumerate(self.input):
                kernel_gradient[i, j] = correlate2d(channel, gradient, "valid")
                input_gradient[j] += convolve2d(gradient, self.kernels[i, j], "full")

        self.kernels = self.kernels - learning_rate * kernel_gradient
        self.biases = self.biases - learning_rate * output_gradient
        return input_gradient
        ### END SOLUTION


# %% [markdown] hints="forward"
# Look at the equation for Y_i and at the drawing below the table. Which kernels have an arrow to
# the map Y₁, and how many are there?
#
# A map is a sum: its own bias plus one correlation for each channel. So you need two loops, one
# over the maps and one over the channels, and the inner loop adds to what is already there.
#
# Y_i = B_i + X₁ ⋆ K_i1 + … + X_C ⋆ K_iC, where ⋆ is the valid cross-correlation of one channel with
# one k×k kernel. Start from a copy of the biases: adding to the array itself would change the
# parameters.

# %% [markdown] hints="backward"
# Look at the three results in "Backward: three equations". Once you have written something, run the
# file: it prints the results for the example in "By hand", so you can see which gradient is off.
#
# A kernel connects one channel to one map, so its gradient is a single correlation. A channel
# enters every map, so its gradient is a sum over the maps, and this time a sum of convolutions.
#
# Gradient of K_ij: X_j ⋆ G_i (valid, the channel comes first). Gradient of B_i: G_i itself.
# Gradient of X_j: the full convolutions of G_i with K_ij, added up over all maps i, with the
# kernels as they are before the step. Only then subtract learning rate · gradient from kernels and
# biases.

# %% [markdown]
# ## See it
#
# Run this file to see the example above, and a layer that learns an edge filter. The layer gets noise
# as input and the output of a Sobel filter as target. From the error alone, its random kernel turns
# into that filter.

# %%
if __name__ == "__main__":
    import matplotlib.pyplot as plt

    from datasets.demo import if_written, show

    layer = Convolutional((1, 3, 3), kernel_size=2, depth=1)
    layer.kernels = np.array([[[[1.0, 2.0], [-1.0, 0.0]]]])
    with if_written():
        output = layer.forward(np.array([[[1.0, 6.0, 2.0], [5.0, 3.0, 1.0], [7.0, 0.0, 4.0]]]))
        print("The example above: output,", output[0], sep="\n")
        input_gradient = layer.backward(np.array([[[1.0, -1.0], [2.0, 0.0]]]), learning_rate=0.1)
        print("input gradient", input_gradient[0], sep="\n")
        print("and the kernel after the step", layer.kernels[0, 0], sep="\n")

    sobel = np.array([[1.0, 0.0, -1.0], [2.0, 0.0, -2.0], [1.0, 0.0, -1.0]])
    student = Convolutional((1, 28, 28), kernel_size=3, depth=1)
    before = student.kernels[0, 0].copy()
    errors = []
    with if_written():
        for _ in range(30):
            picture = np.random.randn(1, 28, 28)
            difference = student.forward(picture)[0] - correlate2d(picture[0], sobel, "valid")
            errors.append(np.mean(difference**2))
            student.backward(2 * difference[np.newaxis] / difference.size, learning_rate=0.2)
            student.biases[:] = 0  # the Sobel filter has no biases

    figure, axes = plt.subplots(1, 4, figsize=(12, 3), layout="constrained")
    pictures = {
        "kernel before": before,
        f"kernel after {len(errors)} pictures": student.kernels[0, 0],
        "Sobel filter": sobel,
    }
    for axis, (title, picture) in zip(axes, pictures.items(), strict=False):
        axis.imshow(picture, cmap="coolwarm", vmin=-2, vmax=2)
        axis.set_title(title)
        axis.axis("off")
    axes[3].semilogy(errors)
    axes[3].set(title="mean squared error", xlabel="picture")
    show()
