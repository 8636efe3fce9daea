# ---
# jupyter:
#   exercise:
#     assignment: advanced
#     builds_on: [ex10]
#     minutes: 60
# ---

# %% [markdown]
# # Exercise 15: optimisers
#
# A layer says how the loss changes with its parameters. An **optimiser** decides what to do about it. You
# have used the simplest one since exercise 2: subtract the learning rate times the gradient. Now it gets a
# class of its own, and two others, which remember the gradients of earlier steps.
#
# A network hands an optimiser two lists of dictionaries, one dictionary for each layer: the parameters, and
# their gradients under the same names. A layer without parameters has two empty ones.
#
# ```python
# parameters = [{"weights": W, "bias": b}, {}, {"weights": V, "bias": c}]
# ```
#
# Every array is treated alike, and on its own. Below, $p$ is one of its numbers, $g_t$ is its gradient in
# step $t$, counted from 1, and $\eta$ is the learning rate.
#
# **In place.** `step` returns nothing: it changes the arrays that it is given, so that each layer finds
# its new parameters where the old ones were. `p -= change` does that. `p = p - change` makes a new array, and the
# layer never hears of it, unless you put it into the layer's dictionary. The gradients stay as they are.
#
# ## Gradient descent
#
# $$ p \leftarrow p - \eta \, g_t \tag{1} $$
#
# It is called *stochastic* gradient descent, SGD, since each step sees only a few of the samples, drawn at
# random.
#
# **The learning rate.** Take the loss $E = \frac{a}{2} p^2$, a parabola that is the steeper the larger $a$ is. Its
# gradient is $a\,p$, so a step gives $p \leftarrow (1 - \eta a)\, p$. For $a = 20$, starting at $p = 1$:
#
# | $\eta$ | factor | $p$ after 1, 2, 3 steps | |
# |---|---|---|---|
# | 0.001 | 0.98 | 0.98, 0.96, 0.94 | too low: hardly moves |
# | 0.04 | 0.2 | 0.2, 0.04, 0.008 | good |
# | 0.09 | −0.8 | −0.8, 0.64, −0.51 | high: jumps from side to side, and arrives |
# | 0.11 | −1.2 | −1.2, 1.44, −1.73 | too high: each jump is larger than the last |
#
# The limit is $\eta < 2/a$. A loss has many directions, and the steepest one sets the limit for all: if another
# direction has $a = 1$, then even with $\eta = 0.09$ it moves by 9 % a step only. Such a loss is like
# a long and narrow valley. The other two optimisers are ways to get along in it.

# %% [markdown]
# ## Momentum
#
# A ball that rolls down a valley does not start anew at every moment. Let $v$ be its **velocity**, 0 at
# first. Each step keeps a part $\mu$ of it, the *momentum*, and adds the gradient:
#
# $$ v_t = \mu \, v_{t-1} + g_t, \qquad p \leftarrow p - \eta \, v_t, \qquad v_0 = 0 \tag{2} $$
#
# By hand, with $\eta = 0.1$, $\mu = 0.5$, $p = 1$ and the gradients $2, 2, -1$:
#
# | $t$ | $g_t$ | $v_t$ | $p$ |
# |---|---|---|---|
# | 1 | 2 | $0.5 · 0 + 2 = 2$ | $1 - 0.2 = 0.8$ |
# | 2 | 2 | $0.5 · 2 + 2 = 3$ | $0.8 - 0.3 = 0.5$ |
# | 3 | −1 | $0.5 · 3 - 1 = 0.5$ | $0.5 - 0.05 = 0.45$ |
#
# In step 3, the gradient points the other way, and the ball still rolls on a little. If all gradients are equal, $v$
# grows towards $g \, (1 + \mu + \mu^2 + \dots) = \frac{g}{1 - \mu}$, which is ten times $g$ for $\mu = 0.9$. If their
# signs alternate, they nearly cancel. So momentum is fast along a valley and calm across it.
#
# (This is the form of PyTorch. Some books multiply $g_t$ by $\eta$ or by $1 - \mu$ in the first equation.
# The first gives the same steps as long as $\eta$ stays the same; the second makes them shorter.)
#
# ## Adam
#
# Adam (Kingma and Ba, 2015) gives each number a step size of its own. It keeps two running means, that of the
# gradients and that of their squares:
#
# $$ m_t = \beta_1 m_{t-1} + (1 - \beta_1)\, g_t, \qquad s_t = \beta_2 s_{t-1} + (1 - \beta_2)\, g_t^2,
#    \qquad m_0 = s_0 = 0 \tag{3} $$
#
# **Bias.** Both start at 0, which is no gradient that anyone has seen. After $t$ steps, the weights of the gradients
# in $m_t$ add up to
#
# $$ (1 - \beta_1) \left( 1 + \beta_1 + \dots + \beta_1^{t-1} \right) = 1 - \beta_1^t $$
#
# and not to 1, so at first both means are too small. Dividing by this sum corrects them:
#
# $$ \hat m_t = \frac{m_t}{1 - \beta_1^t}, \qquad \hat s_t = \frac{s_t}{1 - \beta_2^t}, \qquad
#    p \leftarrow p - \eta \, \frac{\hat m_t}{\sqrt{\hat s_t} + \varepsilon} \tag{4} $$
#
# The root of the mean square is the usual size of the gradient, so the fraction is about 1 where the gradients
# agree, and near 0 where they contradict each other. The small $\varepsilon$, *outside* the root, keeps
# us from dividing by 0.
#
# **The first step.** $m_1 = (1 - \beta_1)\, g_1$, so $\hat m_1 = g_1$, and $\hat s_1 = g_1^2$. The step is
# $\eta \frac{g_1}{|g_1|} = \pm\eta$, whatever the size of the gradient. Without the correction it would be
# $\frac{0.1}{\sqrt{0.001}} \approx 3.2$ times as long.
#
# By hand, with $\eta = 0.1$, $\beta_1 = 0.9$, $\beta_2 = 0.999$, $p = 1$ and the gradients $2, -1$:
#
# | $t$ | $g_t$ | $m_t$ | $s_t$ | $\hat m_t$ | $\hat s_t$ | $p$ |
# |---|---|---|---|---|---|---|
# | 1 | 2 | 0.2 | 0.004 | $0.2 / 0.1 = 2$ | $0.004 / 0.001 = 4$ | $1 - 0.1 · 2 / 2 = 0.9$ |
# | 2 | −1 | $0.18 - 0.1 = 0.08$ | 0.004996 | $0.08 / 0.19 = 0.421$ | $0.004996 / 0.001999 = 2.499$ | $0.9 - 0.1 · 0.421 / 1.581 = 0.873$ |
#
# ## What to write
#
# Three methods `step`. Each array needs its own velocity, or its own two means: tell arrays apart by their
# **place in the list and their name**, since two layers can use the same name. (Not by `id`: an array may
# come as a copy.) The given function `zeros_like` makes a list of dictionaries for them. $t$ counts steps, not
# arrays.

# %%
"""Exercise 15: three ways to follow a gradient: plain, with momentum, and with steps of equal size."""

import numpy as np

Arrays = list[dict[str, np.ndarray]]


def zeros_like(parameters: Arrays) -> Arrays:
    """Return zeros in the shapes and dtypes of the parameters, under the same names (given)."""
    return [{name: np.zeros_like(array) for name, array in layer.items()} for layer in parameters]


class SGD:
    """Gradient descent.

    Parameters
    ----------
    learning_rate : float
    """

    def __init__(self, learning_rate: float) -> None:
        self.learning_rate = learning_rate

    def step(self, parameters: Arrays, gradients: Arrays) -> None:
        """Take the step of equation (1).

        Parameters
        ----------
        parameters : list or tuple of dict of str to ndarray
            One dictionary for each layer. The step changes its arrays.
        gradients : list or tuple of dict of str to ndarray
            The gradients, under the same names. They are left unchanged.
        """
        # TODO: For each layer, and each name in its dictionary, subtract the learning rate times the
        #       gradient of this name.
        ### BEGIN SOLUTION
        for layer, slopes in zip(parameters, gradients, strict=True):
            for name, array in layer.items():
                array -= self.learning_rate * slopes[name]
        ### END SOLUTION


# %% [markdown] hints="sgd"
# Print the parameters and the gradients of one layer. Which of the arrays belong together, and by what can
# you tell?
#
# Go through both lists at the same time, and through the names of each dictionary. Change the array itself,
# and leave the gradient as it is.
#
# For each name, p ← p − η · g, in place. A subtraction that makes a new array has to be followed by storing
# it in the layer's dictionary.


# %%
class Momentum:
    """Gradient descent with momentum, in the form that PyTorch uses.

    Parameters
    ----------
    learning_rate : float
    momentum : float
        The part of the velocity that a step keeps, from 0 to 1.
    """

    def __init__(self, learning_rate: float, momentum: float = 0.9) -> None:
        self.learning_rate = learning_rate
        self.momentum = momentum
        self.velocities: Arrays = []

    def step(self, parameters: Arrays, gradients: Arrays) -> None:
        """Take the step of equation (2).

        Parameters
        ----------
        parameters, gradients
            As in `SGD.step`.
        """
        # TODO: 1. In the first step, make velocities of zeros, one for each array.
        #       2. For each array, compute the new velocity and store it.
        #       3. Subtract the learning rate times the velocity from the array.
        ### BEGIN SOLUTION
        self.velocities = self.velocities or zeros_like(parameters)
        for layer, slopes, velocities in zip(parameters, gradients, self.velocities, strict=True):
            for name, array in layer.items():
                velocities[name] = self.momentum * velocities[name] + slopes[name]
                array -= self.learning_rate * velocities[name]
        ### END SOLUTION


# %% [markdown] hints="momentum"
# Work through the table with your code: one array, three steps. Which of the three columns is the first to
# differ?
#
# The velocity has to last from one step to the next, so it belongs to the object, and each array has one of
# its own. It is 0 only before the first step.
#
# The new v is μ · v + g, stored for the next step. Then p ← p − η · v, with the new v.


# %%
class Adam:
    """Adam: the mean gradient, divided by the usual size of the gradient.

    Parameters
    ----------
    learning_rate : float
        About the length of each step, for each single number.
    beta1, beta2 : float
        The parts of the two running means that a step keeps.
    epsilon : float
        Added to the root, against dividing by 0.
    """

    def __init__(
        self,
        learning_rate: float = 0.001,
        beta1: float = 0.9,
        beta2: float = 0.999,
        epsilon: float = 1e-8,
    ) -> None:
        self.learning_rate = learning_rate
        self.beta1 = beta1
        self.beta2 = beta2
        self.epsilon = epsilon
        self.steps = 0
        self.means: Arrays = []
        self.squares: Arrays = []

    def step(self, parameters: Arrays, gradients: Arrays) -> None:
        """Take the step of equations (3) and (4).

        Parameters
        ----------
        parameters, gradients
            As in `SGD.step`.
        """
        # TODO: 1. Count the step. In the first one, make zeros for both means of each array.
        #       2. For each array, update and store both means: equation (3).
        #       3. Correct both, without changing what you have stored, and change the array: equation (4).
        ### BEGIN SOLUTION
        self.steps += 1
        self.means = self.means or zeros_like(parameters)
        self.squares = self.squares or zeros_like(parameters)
        several = zip(parameters, gradients, self.means, self.squares, strict=True)
        for layer, slopes, means, squares in several:
            for name, array in layer.items():
                slope = slopes[name]
                means[name] = self.beta1 * means[name] + (1 - self.beta1) * slope
                squares[name] = self.beta2 * squares[name] + (1 - self.beta2) * slope**2
                mean = means[name] / (1 - self.beta1**self.steps)
                square = squares[name] / (1 - self.beta2**self.steps)
                array -= self.learning_rate * mean / (np.sqrt(square) + self.epsilon)
        ### END SOLUTION


# %% [markdown] hints="adam"
# Work through the table with your code: one array, two steps. Print m, s, and both corrected means. The
# first step tells whether the correction is right, the second whether the means are.
#
# Store the means as they are before the correction: the next step goes on from these. The number of the
# step is counted once in each call, from 1, before it is used.
#
# m is β₁ · m + (1 − β₁) · g, and s is β₂ · s + (1 − β₂) · g². With the powers of β₁ and β₂ by t, divide m by
# (1 − β₁ᵗ) and s by (1 − β₂ᵗ). The change is η times the first, over the root of the second plus ε.

# %% [markdown]
# ## See it
#
# Run this file to see the three optimisers on the same loss, $E = \frac12 (p_0^2 + 100\, p_1^2)$: a valley that
# is steep in one direction and flat in the other. On the right are the four learning rates of the first table.

# %%
if __name__ == "__main__":
    import matplotlib.pyplot as plt

    from datasets.demo import if_written, show

    def walk(optimiser: SGD | Momentum | Adam, start: list[float], number: int) -> np.ndarray:
        """Return the positions of some steps down a valley."""
        position = np.array(start)
        path = [position.copy()]
        for _ in range(number):
            optimiser.step([{"p": position}], [{"p": steepness * position}])
            path.append(position.copy())
        return np.array(path)

    examples: list[tuple[Momentum | Adam, tuple[int, ...]]]
    examples = [(Momentum(0.1, 0.5), (2, 2, -1)), (Adam(0.1), (2, -1))]
    for example, given in examples:
        with if_written():
            p, seen = np.array([1.0]), []
            for g in given:
                example.step([{"p": p}], [{"p": np.array([float(g)])}])
                seen.append(f"{p[0]:.3f}")
            print(f"By hand, {type(example).__name__}: p is", ", ".join(seen))

    figure, (valley, curves) = plt.subplots(1, 2, figsize=(11, 4), layout="constrained")
    steepness = np.array([1.0, 100.0])
    x, y = np.meshgrid(np.linspace(-4.5, 2, 200), np.linspace(-0.5, 0.5, 200))
    heights = (steepness[0] * x**2 + steepness[1] * y**2) / 2
    valley.contour(x, y, np.sqrt(heights), levels=12, cmap="cividis", alpha=0.5)
    for rival, colour in ((SGD(0.018), "C0"), (Momentum(0.01), "C1"), (Adam(0.2), "C3")):
        with if_written():
            path = walk(rival, [-4.0, 0.4], 60)
            name = type(rival).__name__
            valley.plot(*path.T, ".-", color=colour, label=f"{name}, rate {rival.learning_rate}")
            height = steepness @ path[-1] ** 2 / 2
            print(f"{name}: the loss falls from 16 to {height:.2g} in 60 steps")
    valley.set(title="60 steps down a valley", xlabel="$p_0$", ylabel="$p_1$")
    steepness = np.array([0.0, 20.0])
    for rate in (0.001, 0.04, 0.09, 0.11):
        with if_written():
            path = walk(SGD(rate), [0.0, 1.0], 10)
            curves.plot(path[:, 1], ".-", label=f"rate {rate}")
    curves.set(title="$p_1$: too low, good, high, too high", xlabel="step", ylim=(-4, 4))
    for axis in (valley, curves):
        if axis.get_lines():
            axis.legend()
    show()

# %% [markdown]
# ## Go deeper
#
# * D. P. Kingma and J. Ba, *Adam: a method for stochastic optimization* (2015): algorithm 1, and the correction in
#   section 3. <https://arxiv.org/abs/1412.6980>
# * I. Sutskever, J. Martens, G. Dahl and G. Hinton, *On the importance of initialization and momentum in deep learning*
#   (2013): momentum, and the form by Nesterov. <https://proceedings.mlr.press/v28/sutskever13.html>
# * G. Goh, *Why momentum really works* (2017): valleys that you can play with. <https://distill.pub/2017/momentum/>
# * PyTorch's reference of `SGD`, with the equations of its momentum.
#   <https://docs.pytorch.org/docs/stable/generated/torch.optim.SGD.html>
