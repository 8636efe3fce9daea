"""Known mistakes of exercise 8, dropout."""

import numpy as np

from grader.misconceptions import misconception


def _kept(layer, input):
    return np.random.rand(*input.shape) >= layer.rate


@misconception(
    "ex08/forward",
    "not rescaled",
    hint="What is the mean of the output, if the rate is 0.6 and all inputs are 1?",
)
def not_rescaled(self, input, training=False):
    """What is kept goes through as it is: the mask holds 0 and 1.

    On average the next layer then gets less in training than when predicting.
    """
    self.mask = _kept(self, input) * 1.0 if training else np.ones(input.shape)
    return input * self.mask


@misconception(
    "ex08/forward",
    "divided by the rate",
    hint="With rate 0.1, nearly everything is kept. Should it become ten times as large?",
)
def divided_by_rate(self, input, training=False):
    """What is kept is divided by the probability of being *dropped*.

    To make up for the loss, it is divided by the share that is left.
    """
    self.mask = _kept(self, input) / self.rate if training else np.ones(input.shape)
    return input * self.mask


@misconception(
    "ex08/forward",
    "multiplied by 1 - rate",
    hint="Some numbers are missing. Do the others have to grow or shrink to keep the mean?",
)
def multiplied(self, input, training=False):
    """What is kept becomes smaller: it is multiplied by 1 - rate.

    It has to become larger, to make up for what is dropped.
    """
    self.mask = _kept(self, input) * (1 - self.rate) if training else np.ones(input.shape)
    return input * self.mask


@misconception(
    "ex08/forward",
    "kept with probability rate",
    hint="With rate 0.1, which share of the numbers should be 0? Count them in your output.",
)
def kept_by_rate(self, input, training=False):
    """The rate is taken for the probability of being kept.

    It is the probability of being dropped; the comparison is the wrong way round.
    """
    kept = np.random.rand(*input.shape) < self.rate
    self.mask = kept / (1 - self.rate) if training else np.ones(input.shape)
    return input * self.mask


@misconception(
    "ex08/forward",
    "normal random numbers",
    hint="np.random.randn and np.random.rand differ by one letter. Which gives numbers from 0 to 1?",
)
def normal_numbers(self, input, training=False):
    """The share that is kept does not fit the rate: the numbers compared with it are not uniform.

    With numbers from a bell curve around 0, more than half are negative or small.
    """
    kept = np.random.randn(*input.shape) >= self.rate
    self.mask = kept / (1 - self.rate) if training else np.ones(input.shape)
    return input * self.mask


@misconception("ex08/forward", "always on", hint="What should the argument `training` decide?")
def always_on(self, input, training=False):
    """Numbers are dropped outside training too.

    A prediction would be another one each time. When training is False, the output is the input.
    """
    self.mask = _kept(self, input) / (1 - self.rate)
    return input * self.mask


@misconception(
    "ex08/forward",
    "first mask kept",
    hint="How often is your mask drawn? What if the same units are always missing?",
)
def first_mask(self, input, training=False):
    """Every call drops the same numbers: the mask is drawn once, or always from the same seed.

    Then some units never take part. Each call in training needs a new mask.
    """
    if not training:
        return input
    if getattr(self, "mask", None) is None:
        self.mask = _kept(self, input) / (1 - self.rate)
    return input * self.mask


@misconception(
    "ex08/forward",
    "whole rows dropped",
    hint="How many random numbers do you draw, and how many numbers has the input?",
)
def rows(self, input, training=False):
    """The numbers of a row are kept or dropped together.

    One random number was drawn for each row; each number of the input needs one of its own.
    """
    kept = np.random.rand(*input.shape[:-1], 1) >= self.rate
    self.mask = kept * np.ones(input.shape) / (1 - self.rate) if training else np.ones(input.shape)
    return input * self.mask


@misconception(
    "ex08/forward",
    "input overwritten",
    hint="What is the difference between `a *= b` and `a = a * b` for the one who handed you `a`?",
)
def input_overwritten(self, input, training=False):
    """The output is right, but the numbers are dropped in the input itself.

    That array belongs to the layer before, and what was dropped is lost to it.
    """
    self.mask = _kept(self, input) / (1 - self.rate) if training else np.ones(input.shape)
    input *= self.mask
    return input


@misconception(
    "ex08/forward",
    "mask not kept",
    hint="How does backward know what was dropped? A local name is gone when forward is done.",
)
def mask_not_kept(self, input, training=False):
    """The output is right, but its mask is forgotten, and backward needs the very same one."""
    return input * (_kept(self, input) / (1 - self.rate)) if training else input


@misconception(
    "ex08/backward",
    "output gradient ignored",
    hint="If the output gradient were twice as large, what should happen to your answer?",
)
def gradient_ignored(self, output_gradient, learning_rate):
    """What is returned is the mask; the output gradient does not enter.

    By the chain rule the two are multiplied.
    """
    return self.mask


@misconception(
    "ex08/backward",
    "not rescaled",
    hint="By what did forward multiply a number that it kept? And what is the derivative of that?",
)
def backward_not_rescaled(self, output_gradient, learning_rate):
    """The gradient comes back as it is where the number was kept.

    Forward has multiplied it by 1 / (1 - rate), so the gradient gets the same factor.
    """
    return output_gradient * (self.mask > 0)


@misconception(
    "ex08/backward",
    "rescaled twice",
    hint="Which numbers does the mask hold? Is the factor already in it?",
)
def rescaled_twice(self, output_gradient, learning_rate):
    """The gradient is divided by 1 - rate once too often. The factor is already in the mask."""
    return output_gradient * self.mask / (1 - self.rate)


@misconception(
    "ex08/backward",
    "new mask drawn",
    hint="For which numbers did forward let something through? How does backward know?",
)
def new_mask(self, output_gradient, learning_rate):
    """Backward drops other numbers than forward did.

    The gradient has to go back the way the numbers came: through the mask that forward has kept.
    """
    return output_gradient * (_kept(self, output_gradient) / (1 - self.rate))


@misconception(
    "ex08/backward",
    "gradient passed through",
    hint="If a number was dropped, does the error depend on it?",
)
def passed_through(self, output_gradient, learning_rate):
    """The output gradient is returned as it came, even where the number was dropped.

    A number that did not enter the output has no part in the error.
    """
    return output_gradient


@misconception(
    "ex08/backward", "only where dropped", hint="Where the mask is 0, what should the gradient be?"
)
def turned(self, output_gradient, learning_rate):
    """The gradient comes back where the number was dropped, and not where it was kept.

    It is the wrong way round.
    """
    return output_gradient * (self.mask == 0) / (1 - self.rate)


@misconception(
    "ex08/backward",
    "output gradient overwritten",
    hint="What is the difference between `a *= b` and `a = a * b` for the one who handed you `a`?",
)
def gradient_overwritten(self, output_gradient, learning_rate):
    """The product is right, but it is written into the array that came in.

    That array is not this layer's own. A second backward with it gives something else.
    """
    output_gradient *= self.mask
    return output_gradient
