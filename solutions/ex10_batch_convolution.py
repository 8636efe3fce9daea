# ---
# jupyter:
#   exercise:
#     assignment: advanced
#     builds_on: [ex02]
#     minutes: 75
# ---

# %% [markdown]
# # Exercise 10: convolution of a batch
#
# So far, a layer saw one sample at a time. From here on it sees a **batch** of $N$ samples at once: one
# array operation then does the work of $N$, and the step that follows is an average over $N$ opinions,
# which is steadier than a single one.
#
# | array | shape | its indices |
# |---|---|---|
# | `x` | `(N, C, H, W)` | sample $n$, channel $c$, row, column |
# | `kernels` | `(F, C, R, S)` | kernel $f$, channel $c$, row $a$, column $d$ |
# | `bias` | `(F,)` | kernel $f$ |
# | output, `output_gradient` | `(N, F, H', W')`, with $H' = H - R + 1$ and $W' = W - S + 1$ | sample, kernel, row $u$, column $v$ |
#
# ![Two images of three channels each meet four kernels of three layers each and four biases. Each image
# gives four maps.](pictures/ex10_batch_convolution/batch_to_maps.png)
#
# All indices count from 0, as in NumPy. Three things differ from exercise 2:
#
# * **Samples do not mix.** Output $n$ depends on sample $n$ alone.
# * **Kernels need not be square**: $R$ rows and $S$ columns.
# * **One bias for each kernel**, not for each output number: $b_f$ is added to the whole map $f$. A kernel
#   looks for the same pattern everywhere, and its bias says how strong the pattern must be, everywhere.
#   This is how all libraries do it.
#
# **Colour channels.** A photograph has $C = 3$ channels: red, green and blue. A kernel has a layer for
# each of them, and adds up what its layers see: one map for each kernel, however many channels there
# are. A kernel with the layers $(1), (-1), (0)$, each of $1 \times 1$, answers where there is more red
# than green.
#
# ## Forward
#
# $$ y_n[f,u,v] \;=\; b_f + \sum_{c=0}^{C-1} \sum_{a=0}^{R-1} \sum_{d=0}^{S-1}
#    x_n[c,\,u+a,\,v+d] \; k_f[c,a,d] \tag{1} $$

# %% [markdown]
# ## Backward: how much influence did this kernel have?
#
# The loss of the batch is the mean of the samples' losses, $E = \frac{1}{N} \sum_n E_n$, and
# `output_gradient` holds what each sample says of its own loss:
# $g_n[f,u,v] = \partial E_n / \partial y_n[f,u,v]$. (Remember this sentence; we come back to it.)
#
# **The kernels.** Ask of one number $k_f[c,a,d]$ how much influence it had. It was used for every
# sample and at every position of map $f$. At position $(u,v)$ it met the pixel
# $x_n[c,\,u+a,\,v+d]$, so that is how fast $y_n[f,u,v]$ changes with it. By the chain rule its
# influence on $E_n$ is the sum of all these meetings, each weighted by how much the output mattered;
# and its influence on $E$ is the mean over the samples:
#
# $$ \frac{\partial E}{\partial k_f[c,a,d]} \;=\; \frac{1}{N} \sum_{n} \sum_{u,v}
#    g_n[f,u,v] \; x_n[c,\,u+a,\,v+d] \tag{2} $$
#
# This is again a correlation: of channel $c$ with the output gradient of map $f$ as its kernel.
#
# **The biases.** $b_f$ enters every number of map $f$ with the factor 1, in every sample:
#
# $$ \frac{\partial E}{\partial b_f} \;=\; \frac{1}{N} \sum_{n} \sum_{u,v} g_n[f,u,v] \tag{3} $$
#
# **The input.** $x_n[c,r,s]$ enters output $(u,v)$ of every map $f$, by way of
# $k_f[c,\,r-u,\,s-v]$, wherever that is inside the kernel:
#
# $$ \frac{\partial E_n}{\partial x_n[c,r,s]} \;=\; \sum_{f} \sum_{u,v}
#    g_n[f,u,v] \; k_f[c,\,r-u,\,s-v] \tag{4} $$
#
# which is the full convolution of exercise 2, summed over the kernels.
#
# **Who divides by $N$?** Equations (2) and (3) are means over the batch: all samples share the
# kernels, and the step is to suit them on average. Equation (4) has no sum over $n$ and no $1/N$: a
# pixel belongs to one sample, and $g_n$ belongs to the same sample. In libraries, and from exercise
# 13 on, it is the *loss* that divides: it sends $\partial E / \partial y_n = g_n / N$. Then the layer
# must not divide again, and (2) and (3) are plain sums over the batch. Divide once, never twice.
#
# ## By hand
#
# One channel, one kernel with bias 1, and a batch of two: the image of exercise 2, and a cross.
#
# $$
# K = \begin{pmatrix} 1 & 2 \\ -1 & 0 \end{pmatrix} \qquad
# X_0 = \begin{pmatrix} 1 & 6 & 2 \\ 5 & 3 & 1 \\ 7 & 0 & 4 \end{pmatrix},\;
# Y_0 = \begin{pmatrix} 9 & 8 \\ 5 & 6 \end{pmatrix} \qquad
# X_1 = \begin{pmatrix} 0 & 1 & 0 \\ 1 & 1 & 1 \\ 0 & 1 & 0 \end{pmatrix},\;
# Y_1 = \begin{pmatrix} 2 & 1 \\ 4 & 3 \end{pmatrix}
# $$
#
# Let $G_0 = \begin{pmatrix} 1 & -1 \\ 2 & 0 \end{pmatrix}$ and
# $G_1 = \begin{pmatrix} 0 & 1 \\ 0 & -2 \end{pmatrix}$. The first sample's influence of the kernel is that
# of exercise 2. In the second, only two outputs count. The output in the upper right, with weight 1,
# saw the window $\begin{pmatrix} 1 & 0 \\ 1 & 1 \end{pmatrix}$, and the one below it, with weight $-2$, saw
# $\begin{pmatrix} 1 & 1 \\ 1 & 0 \end{pmatrix}$:
#
# $$
# \frac{\partial E}{\partial K} = \frac{1}{2} \left[
#   \begin{pmatrix} 5 & 10 \\ 16 & 2 \end{pmatrix} +
#   \underbrace{1 \begin{pmatrix} 1 & 0 \\ 1 & 1 \end{pmatrix}
#             - 2 \begin{pmatrix} 1 & 1 \\ 1 & 0 \end{pmatrix}}_{
#             \begin{pmatrix} -1 & -2 \\ -1 & 1 \end{pmatrix}} \right]
#   = \begin{pmatrix} 2 & 4 \\ 7.5 & 1.5 \end{pmatrix}
# \qquad
# \frac{\partial E}{\partial b} = \frac{1}{2} \big[ 2 + (-1) \big] = 0.5
# $$
#
# ![The second sample: two windows of the image, framed in the colours of the two numbers of the output
# gradient that are not 0. Once the upper window minus twice the lower one gives the influence (-1, -2;
# -1, 1).](pictures/ex10_batch_convolution/influence_of_the_kernel.png)
#
# The input gradient of the second sample pastes $1 \cdot K$ into the upper right corner and
# $-2 \cdot K$ into the lower right one:
#
# $$
# \begin{pmatrix} · & 1 & 2 \\ · & -1 & 0 \\ · & · & · \end{pmatrix} +
# \begin{pmatrix} · & · & · \\ · & -2 & -4 \\ · & 2 & 0 \end{pmatrix} =
# \begin{pmatrix} 0 & 1 & 2 \\ 0 & -3 & -4 \\ 0 & 2 & 0 \end{pmatrix}
# $$
#
# ## A trap: the order of the arguments
#
# Equation (2) is `correlate2d(x, g, "valid")`: the image first. With the arguments swapped,
# `correlate2d(g, x, "valid")`, SciPy returns the same numbers **turned by 180 degrees**. Correlating
# means to shift the second array over the first, so swapping them turns every shift around: what stood at
# $(a, d)$ now stands at $(R-1-a,\, S-1-d)$. (SciPy allows this in mode "valid" if one array contains the
# other.) With a symmetric result nobody notices, and a network even learns a little, which makes this
# one of the hardest mistakes to find.
#
# ![The first sample's influence of the kernel is (5, 10; 16, 2). With the arguments swapped, the same
# numbers come out turned by 180 degrees: (2, 16; 10, 5).](pictures/ex10_batch_convolution/turned.png)
#
# ## What to write
#
# Four functions. Write them in any way you like: with loops around SciPy's functions, or without loops
# over the samples. A good way: for each of the $R \cdot S$ places $(a, d)$ in the kernel, the part
# `x[:, :, a : a + H', d : d + W']` of all images at once is what that place of the kernel meets.
# If the arguments are `float32`, return `float32`: it is half the memory, and twice as fast.

# %%
"""Exercise 10: the four equations of a convolution for a batch of images."""

import numpy as np


def conv2d_forward(x: np.ndarray, kernels: np.ndarray, bias: np.ndarray) -> np.ndarray:
    """Correlate every image with every kernel (valid, stride 1), and add the bias.

    Parameters
    ----------
    x : ndarray of shape (N, C, H, W)
        The images.
    kernels : ndarray of shape (F, C, R, S)
    bias : ndarray of shape (F,)

    Returns
    -------
    ndarray of shape (N, F, H - R + 1, W - S + 1)
        Equation (1).
    """
    # TODO: 1. Make an array of the output's shape, and of x's dtype.
    #       2. For each image and each kernel, add up the correlations of all channels.
    #       3. Add to each map its kernel's bias, and return the array.
    ### BEGIN SOLUTION
    _, _, rows, columns = kernels.shape
    height, width = x.shape[2] - rows + 1, x.shape[3] - columns + 1
    output = np.zeros((len(x), len(kernels), height, width), x.dtype)
    for a in range(rows):
        for d in range(columns):
            met = x[:, :, a : a + height, d : d + width]
            output += np.einsum("ncuv,fc->nfuv", met, kernels[:, :, a, d])
    return output + bias[:, np.newaxis, np.newaxis]
    ### END SOLUTION


def conv2d_kernel_gradient(output_gradient: np.ndarray, x: np.ndarray) -> np.ndarray:
    """Return the gradient with respect to the kernels, as a mean over the batch.

    Parameters
    ----------
    output_gradient : ndarray of shape (N, F, H', W')
        For each sample, the gradient of its own loss.
    x : ndarray of shape (N, C, H, W)
        The images that `conv2d_forward` was given.

    Returns
    -------
    ndarray of shape (F, C, H - H' + 1, W - W' + 1)
        Equation (2).
    """
    # TODO: 1. Find the kernels' shape from those of the arguments.
    #       2. For each sample, kernel f and channel c, correlate the channel with the output gradient of
    #          map f, and add this up over the samples.
    #       3. Return the mean over the samples.
    ### BEGIN SOLUTION
    _, filters, height, width = output_gradient.shape
    rows, columns = x.shape[2] - height + 1, x.shape[3] - width + 1
    gradient = np.zeros((filters, x.shape[1], rows, columns), x.dtype)
    for a in range(rows):
        for d in range(columns):
            met = x[:, :, a : a + height, d : d + width]
            gradient[:, :, a, d] = np.einsum("nfuv,ncuv->fc", output_gradient, met)
    return gradient / len(x)
    ### END SOLUTION


def conv2d_bias_gradient(output_gradient: np.ndarray) -> np.ndarray:
    """Return the gradient with respect to the bias, as a mean over the batch.

    Parameters
    ----------
    output_gradient : ndarray of shape (N, F, H', W')
        For each sample, the gradient of its own loss.

    Returns
    -------
    ndarray of shape (F,)
        Equation (3).
    """
    # TODO: Add up each map; then take the mean over the samples.
    ### BEGIN SOLUTION
    return output_gradient.sum(axis=(2, 3)).mean(axis=0)
    ### END SOLUTION


def conv2d_input_gradient(output_gradient: np.ndarray, kernels: np.ndarray) -> np.ndarray:
    """Return the gradient with respect to the images, each sample's of its own loss.

    Parameters
    ----------
    output_gradient : ndarray of shape (N, F, H', W')
        For each sample, the gradient of its own loss.
    kernels : ndarray of shape (F, C, R, S)

    Returns
    -------
    ndarray of shape (N, C, H' + R - 1, W' + S - 1)
        Equation (4).
    """
    # TODO: 1. Make an array of zeros of the images' shape.
    #       2. Add to it, for each sample and kernel f, the full convolution of the output gradient of map f
    #          with each layer of the kernel. (Or paste the kernel, as in the example.)
    ### BEGIN SOLUTION
    samples, _, height, width = output_gradient.shape
    _, channels, rows, columns = kernels.shape
    shape = (samples, channels, height + rows - 1, width + columns - 1)
    gradient = np.zeros(shape, output_gradient.dtype)
    for a in range(rows):
        for d in range(columns):
            back = np.einsum("nfuv,fc->ncuv", output_gradient, kernels[:, :, a, d])
            gradient[:, :, a : a + height, d : d + width] += back
    return gradient
    ### END SOLUTION


# %% [markdown] hints="forward"
# Print the shapes of x, kernels and bias, and write the shape of the output beside them. Which index
# of the output says which kernel, and which says which image?
#
# Take one place (a, d) of the kernels. It meets, in all images at once, a part of x that has the
# output's height and width. Which indices does this product keep, and which one is summed?
#
# For each place (a, d), add to output (n, f) the sum over c of the part of channel c that begins in row
# a and column d, times k(f, c, a, d). At the end add b(f) to the whole of map f: it needs the shape
# (F, 1, 1) for that.

# %% [markdown] hints="kernel_gradient"
# Look at equation (2), and at the shapes in the docstring: which indices of g and of x are left in
# the result, and which are summed?
#
# The result at place (a, d) needs the part of x that this place met in forward: the part that begins
# in row a and column d and has the output's height and width.
#
# For each (a, d): the sum over n, u and v of g(n, f, u, v) · x(n, c, u + a, v + d), divided by N. If
# you use SciPy's correlation, the image comes first.

# %% [markdown] hints="bias_gradient"
# Which numbers of the output does one bias change, and by how much?
#
# It is added to every position of its map, in every sample. So its gradient is a sum over the
# positions, and a mean over the samples.
#
# Sum over the last two axes, then take the mean over the first one: what is left has the shape (F,).

# %% [markdown] hints="input_gradient"
# Equation (4) has a sum over f but none over n. What does this say about dividing by N?
#
# Each output sends its gradient back to the window that it saw, through the kernel: paste a copy of
# the kernel, multiplied by that number of the output gradient, where the window was.
#
# For each place (a, d): to the part of the result that begins in row a and column d, add the sum over f
# of g(n, f, u, v) · k(f, c, a, d), for all n, c, u and v. (Or sum, over f, full convolutions of g with
# the layers of kernel f.)

# %% [markdown]
# ## See it
#
# Run this file to see your functions learn to tell four shapes apart. Each shape is 3×3 pixels, and so is
# each of four kernels, so each kernel gives one number: how much the image looks like its shape. A
# softmax turns the four numbers into probabilities, and the gradient of its loss is
# "probability minus target", for each sample.

# %%
if __name__ == "__main__":
    import matplotlib.pyplot as plt

    from datasets import batches, load_shapes
    from datasets.demo import if_written, show

    X = np.array([[[[1, 6, 2], [5, 3, 1], [7, 0, 4]]], [[[0, 1, 0], [1, 1, 1], [0, 1, 0]]]], float)
    K = np.array([[[[1, 2], [-1, 0]]]], float)
    G = np.array([[[[1, -1], [2, 0]]], [[[0, 1], [0, -2]]]], float)
    with if_written():
        print("The example above: output", conv2d_forward(X, K, np.array([1.0])), sep="\n")
    with if_written():
        print("kernel gradient", conv2d_kernel_gradient(G, X)[0, 0], sep="\n")
    with if_written():
        print("bias gradient", conv2d_bias_gradient(G))
    with if_written():
        print("input gradient of the second sample", conv2d_input_gradient(G, K)[1, 0], sep="\n")

    shapes = load_shapes()
    rng = np.random.default_rng(0)
    kernels, bias = rng.normal(0, 0.5, (4, 1, 3, 3)), np.zeros(4)
    losses = []
    with if_written():
        for _ in range(20):
            for x, target in batches(shapes.x_train, shapes.y_train, rng=rng):
                scores = conv2d_forward(x, kernels, bias)
                powers = np.exp(scores - scores.max(axis=1, keepdims=True))
                p = powers / powers.sum(axis=1, keepdims=True)
                gradient = p - target[:, :, np.newaxis, np.newaxis]
                losses.append(-np.log(p[target == 1]).mean())
                kernels = kernels - 0.5 * conv2d_kernel_gradient(gradient, x)
                bias = bias - 0.5 * conv2d_bias_gradient(gradient)
        answers = conv2d_forward(shapes.x_test, kernels, bias)[:, :, 0, 0].argmax(axis=1)
        right = np.mean(answers == shapes.y_test.argmax(axis=1))
        print(f"{right:.1%} of {len(answers)} new images are recognised")

    figure, axes = plt.subplots(2, 5, figsize=(10, 4.2), layout="constrained")
    for label, (above, below) in enumerate(axes[:, :4].T):
        above.imshow(shapes.x_test[shapes.y_test[:, label] == 1][0, 0], cmap="cividis")
        above.set_title(f"a shape of class {label}")
        below.imshow(kernels[label, 0], cmap="RdBu_r", vmin=-3, vmax=3)
        below.set_title(f"kernel {label}")
    for axis in axes[:, :4].ravel():
        axis.set_axis_off()
    axes[1, 4].set_axis_off()
    axes[0, 4].plot(losses)
    axes[0, 4].set(title="loss", xlabel="batch")
    show()

# %% [markdown]
# ## Go deeper
#
# * Y. LeCun, L. Bottou, Y. Bengio and P. Haffner, *Gradient-based learning applied to document
#   recognition* (1998): shared weights, and one bias for each map. <http://yann.lecun.com/exdb/publis/pdf/lecun-98.pdf>
# * V. Dumoulin and F. Visin, *A guide to convolution arithmetic for deep learning* (2016): every shape, as
#   pictures. <https://arxiv.org/abs/1603.07285>
# * A. Zhang, Z. Lipton, M. Li and A. Smola, *Dive into Deep Learning*, chapter 7: channels, in and out.
#   <https://d2l.ai/chapter_convolutional-neural-networks/channels.html>
# * SciPy's reference of `correlate2d`. <https://docs.scipy.org/doc/scipy/reference/generated/scipy.signal.correlate2d.html>
