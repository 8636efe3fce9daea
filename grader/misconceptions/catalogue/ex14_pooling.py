"""Known mistakes of exercise 14, pooling."""

import numpy as np

from grader.checking import conv2d_oracles, pooling_oracles
from grader.misconceptions import another_way, misconception


def _pooled(layer, x, kind):
    """Return the windows' "max", "mean" or "min", and store the input."""
    layer.input = x
    return pooling_oracles.forward(kind, x, layer.pool_shape, layer.stride)


def _gradient(layer, output_gradient, kind):
    """Return the gradient of that kind of pooling."""
    return pooling_oracles.gradient(
        kind, layer.input, output_gradient, layer.pool_shape, layer.stride
    )


def _windows(layer):
    """Yield each position in the output, and what its window sees."""
    steps = pooling_oracles.steps_of(layer.pool_shape, layer.stride)
    return conv2d_oracles.windows(layer.input.shape[2:], layer.pool_shape, steps)


def _sent(layer, output_gradient, shares, *, add=True):
    """Send each output's gradient times some shares to the pixels of its window."""
    gradient = np.zeros(layer.input.shape, output_gradient.dtype)
    for u, v, window in _windows(layer):
        sent = output_gradient[:, :, u, v, None, None] * shares(layer.input[window])
        gradient[window] = gradient[window] + sent if add else sent
    return gradient


def _first(kind):
    """Return a function that gives 1 to the chosen pixel of each window, and 0 to the others."""
    choose = np.argmax if kind == "max" else np.argmin

    def shares(seen):
        rows, columns = seen.shape[2:]
        flat = choose(seen.reshape(*seen.shape[:2], -1), axis=2)[..., None, None]
        return flat == np.arange(rows * columns).reshape(rows, columns)

    return shares


@misconception(
    "ex14/max_forward",
    "the maximum begins with 0",
    hint="What is the largest of -3, -1 and -2? What does your code return?",
)
def from_zero(self, input, training=False):
    """Your maximum begins with 0, so negative windows give 0. Begin with the first number."""
    return np.maximum(_pooled(self, input, "max"), 0)


@misconception(
    "ex14/max_forward",
    "mean instead of maximum",
    hint="Which number of the window is to be kept?",
)
def mean_for_max(self, input, training=False):
    """You return the means of the windows; this layer keeps their largest numbers."""
    return _pooled(self, input, "mean")


@misconception(
    "ex14/max_forward",
    "smallest instead of largest",
    hint="Which of two numbers does your comparison keep?",
)
def min_for_max(self, input, training=False):
    """You keep the smallest number of each window."""
    return _pooled(self, input, "min")


@misconception(
    "ex14/max_forward",
    "largest in size, whatever its sign",
    hint="Which is larger, -3 or 2? Which of them does your code keep?",
)
def absolute(self, input, training=False):
    """You keep the number that is furthest from 0. A large negative number is small."""
    high, low = _pooled(self, input, "max"), _pooled(self, input, "min")
    return np.where(high >= -low, high, low)


@another_way(absolute)
def absolute_value(self, input, training=False):
    """The same without its sign."""
    return _pooled(self, np.abs(input), "max")


@misconception(
    "ex14/max_forward",
    "windows always side by side",
    hint="What does your code do with the stride?",
)
def side_by_side(self, input, training=False):
    """Your windows move by their own size, although there is a stride."""
    self.input = input
    return pooling_oracles.forward("max", input, self.pool_shape, None)


@misconception(
    "ex14/max_backward",
    "all equal numbers get the gradient",
    hint="If two numbers are the largest, how many of them does the text's rule choose?",
)
def all_ties(self, output_gradient):
    """All numbers that equal the maximum get the whole gradient. The first of them gets all."""
    return _sent(self, output_gradient, lambda seen: seen == seen.max(axis=(2, 3), keepdims=True))


@another_way(all_ties)
def shared_ties(self, output_gradient):
    """The gradient is shared among equal ones."""

    def shares(seen):
        equal = seen == seen.max(axis=(2, 3), keepdims=True)
        return equal / equal.sum(axis=(2, 3), keepdims=True)

    return _sent(self, output_gradient, shares)


@misconception(
    "ex14/max_backward",
    "the last of equal numbers is chosen",
    hint="Is a number that equals the largest so far larger than it?",
)
def last_tie(self, output_gradient):
    """Of equal numbers you choose the last one; the rule is the first. Compare with >, not with >=."""

    def shares(seen):
        turned = _first("max")(seen[:, :, ::-1, ::-1])
        return turned[:, :, ::-1, ::-1]

    return _sent(self, output_gradient, shares)


@misconception(
    "ex14/max_backward",
    "overlapping windows overwrite each other",
    hint="A pixel can be chosen by two windows. What happens to what the first one sent?",
)
def overwritten(self, output_gradient):
    """What a window sends replaces what others have sent to the same pixels. Add it up."""
    return _sent(self, output_gradient, _first("max"), add=False)


@another_way(overwritten)
def overwritten_where_chosen(self, output_gradient):
    """The same, with pixels that were not chosen left alone."""
    gradient = np.zeros(self.input.shape, output_gradient.dtype)
    for u, v, window in _windows(self):
        chosen = _first("max")(self.input[window])
        sent = np.broadcast_to(output_gradient[:, :, u, v, None, None], chosen.shape)
        gradient[window] = np.where(chosen, sent, gradient[window])
    return gradient


@misconception(
    "ex14/max_backward",
    "the whole window gets the gradient",
    hint="Change a number that is not the largest. Does the output change?",
)
def to_everyone(self, output_gradient):
    """All pixels of a window get its gradient. Only the largest had an influence."""
    return _sent(self, output_gradient, np.ones_like)


@misconception(
    "ex14/max_backward",
    "shared like a mean",
    hint="How much of the gradient does the chosen number get?",
)
def max_as_mean(self, output_gradient):
    """You give each pixel of the window the same share, as for the mean."""
    return _gradient(self, output_gradient, "mean")


@misconception(
    "ex14/mean_forward", "sum instead of mean", hint="By what is the sum of a window divided?"
)
def summed(self, input, training=False):
    """You return the sums of the windows: divide by their number of pixels."""
    return _pooled(self, input, "mean") * np.prod(self.pool_shape)


@misconception(
    "ex14/mean_forward",
    "divided by one side only",
    hint="How many pixels has a window of 2 rows and 3 columns?",
)
def divided_by_side(self, input, training=False):
    """You divide by the window's rows or columns alone. It has rows times columns pixels."""
    return _pooled(self, input, "mean") * self.pool_shape[0]


@another_way(divided_by_side)
def divided_by_rows(self, input, training=False):
    """The other side."""
    return _pooled(self, input, "mean") * self.pool_shape[1]


@another_way(divided_by_side)
def divided_by_square(self, input, training=False):
    """As if the window were a square."""
    return _pooled(self, input, "mean") * self.pool_shape[1] / self.pool_shape[0]


@misconception(
    "ex14/mean_forward", "maximum instead of mean", hint="Which number of a window is its mean?"
)
def max_for_mean(self, input, training=False):
    """You return the largest numbers of the windows; this layer returns their means."""
    return _pooled(self, input, "max")


@misconception(
    "ex14/mean_backward",
    "not divided by the window's size",
    hint="By how much does the mean of four numbers change if one of them grows by 1?",
)
def undivided(self, output_gradient):
    """Each pixel gets the whole gradient of its window. Its share is one over the number of pixels."""
    return _sent(self, output_gradient, np.ones_like)


@misconception(
    "ex14/mean_backward",
    "overlapping windows overwrite each other",
    hint="A pixel can be in two windows. What happens to the share of the first one?",
)
def mean_overwritten(self, output_gradient):
    """What a window sends replaces what others have sent to the same pixels. Add it up."""
    count = np.prod(self.pool_shape)
    return _sent(self, output_gradient, lambda seen: np.ones_like(seen) / count, add=False)


@misconception(
    "ex14/mean_backward",
    "only the largest gets the gradient",
    hint="Does the mean depend on one number of the window only?",
)
def mean_as_max(self, output_gradient):
    """You send the gradient to the largest number. All pixels of a window make its mean."""
    return _gradient(self, output_gradient, "max")


@misconception(
    "ex14/min_forward",
    "the minimum begins with 0",
    hint="What is the smallest of 3, 1 and 2? What does your code return?",
)
def min_from_zero(self, input, training=False):
    """Your minimum begins with 0, so positive windows give 0. Begin with the first number."""
    return np.minimum(_pooled(self, input, "min"), 0)


@misconception(
    "ex14/min_forward",
    "sign of the result",
    hint="You find the largest of -x. What has to be done to it at the end?",
)
def negative(self, input, training=False):
    """You return the largest of -x, which is the minimum with the wrong sign."""
    return -_pooled(self, input, "min")


@misconception(
    "ex14/min_forward",
    "largest instead of smallest",
    hint="Which of two numbers does your comparison keep?",
)
def max_for_min(self, input, training=False):
    """You keep the largest number of each window."""
    return _pooled(self, input, "max")


@misconception(
    "ex14/min_backward",
    "sign of the gradient",
    hint="min(x) = -max(-x). How many minus signs does the chain rule meet?",
)
def minus(self, output_gradient):
    """Your gradient has the wrong sign: the two minus signs cancel."""
    return -_gradient(self, output_gradient, "min")


@misconception(
    "ex14/min_backward",
    "the gradient goes to the largest",
    hint="Which number did forward choose?",
)
def to_the_largest(self, output_gradient):
    """You send the gradient to the largest number; forward chose the smallest."""
    return _gradient(self, output_gradient, "max")


@misconception(
    "ex14/min_backward",
    "overlapping windows overwrite each other",
    hint="A pixel can be chosen by two windows. What happens to what the first one sent?",
)
def min_overwritten(self, output_gradient):
    """What a window sends replaces what others have sent to the same pixels. Add it up."""
    return _sent(self, output_gradient, _first("min"), add=False)
