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
    """Your code leaves the kept numbers as they are: the mask contains only 0 and 1.

    So on average the next layer gets smaller sums in training than in prediction.
    """
    self.mask = _kept(self, input) * 1.0 if training else np.ones(input.shape)
    return input * self.mask


@misconception(
    "ex08/forward",
    "divided by the rate",
    hint="With rate 0.1, nearly everything is kept. Should it become ten times as large?",
)
def divided_by_rate(self, input, training=False):
    """Your code divides the kept numbers by the probability of being *dropped*.

    To make up for the dropped numbers, divide by the probability of being kept.
    """
    self.mask = _kept(self, input) / self.rate if training else np.ones(input.shape)
    return input * self.mask


@misconception(
    "ex08/forward",
    "multiplied by 1 - rate",
    hint="Some numbers are missing. Do the others have to grow or shrink to keep the mean?",
)
def multiplied(self, input, training=False):
    """Your code multiplies the kept numbers by 1 - rate, which makes them smaller.

    They have to become larger, to make up for the dropped numbers.
    """
    self.mask = _kept(self, input) * (1 - self.rate) if training else np.ones(input.shape)
    return input * self.mask


@misconception(
    "ex08/forward",
    "kept with probability rate",
    hint="With rate 0.1, what share of the numbers should be 0? Count them in your output.",
)
def kept_by_rate(self, input, training=False):
    """Your code uses the rate as the probability of being kept.

    It is the probability of being dropped, so turn the comparison round.
    """
    kept = np.random.rand(*input.shape) < self.rate
    self.mask = kept / (1 - self.rate) if training else np.ones(input.shape)
    return input * self.mask


@misconception(
    "ex08/forward",
    "normal random numbers",
    hint="np.random.randn and np.random.rand differ by one letter. Which draws numbers from 0 to 1?",
)
def normal_numbers(self, input, training=False):
    """You keep the wrong share of numbers, because the random numbers that you draw are not uniform.

    Half of all standard normal numbers are negative, so they lie below any rate.
    """
    kept = np.random.randn(*input.shape) >= self.rate
    self.mask = kept / (1 - self.rate) if training else np.ones(input.shape)
    return input * self.mask


@misconception("ex08/forward", "always on", hint="What should the argument `training` decide?")
def always_on(self, input, training=False):
    """Your code drops numbers outside training too.

    Then every prediction would be different. When training is False, the output is the input.
    """
    self.mask = _kept(self, input) / (1 - self.rate)
    return input * self.mask


@misconception(
    "ex08/forward",
    "first mask kept",
    hint="How often do you draw a mask? What happens if the same units are always missing?",
)
def first_mask(self, input, training=False):
    """Every call drops the same numbers: your code draws the mask once, or always sets the same seed.

    Then some units never take part. Draw a new mask for each call in training.
    """
    if not training:
        return input
    if getattr(self, "mask", None) is None:
        self.mask = _kept(self, input) / (1 - self.rate)
    return input * self.mask


@misconception(
    "ex08/forward",
    "whole rows dropped",
    hint="How many random numbers do you draw, and how many numbers does the input contain?",
)
def rows(self, input, training=False):
    """Your code keeps or drops all numbers of a row together.

    It draws one random number for each row; draw one for each number of the input.
    """
    kept = np.random.rand(*input.shape[:-1], 1) >= self.rate
    self.mask = kept * np.ones(input.shape) / (1 - self.rate) if training else np.ones(input.shape)
    return input * self.mask


@misconception(
    "ex08/forward",
    "input overwritten",
    hint="What is the difference between `a *= b` and `a = a * b` for the caller who passed you `a`?",
)
def input_overwritten(self, input, training=False):
    """The output is right, but your code drops the numbers in the input itself.

    That array belongs to the previous layer, which loses the dropped numbers.
    """
    self.mask = _kept(self, input) / (1 - self.rate) if training else np.ones(input.shape)
    input *= self.mask
    return input


@misconception(
    "ex08/forward",
    "mask not kept",
    hint="How does backward know what was dropped? A local variable is gone when forward returns.",
)
def mask_not_kept(self, input, training=False):
    """The output is right, but your code does not store the mask, and backward needs the same one."""
    return input * (_kept(self, input) / (1 - self.rate)) if training else input


@misconception(
    "ex08/backward",
    "output gradient ignored",
    hint="If the output gradient were twice as large, what should happen to your result?",
)
def gradient_ignored(self, output_gradient, learning_rate):
    """Your code returns the mask and ignores the output gradient.

    By the chain rule, you multiply the two.
    """
    return self.mask


@misconception(
    "ex08/backward",
    "not rescaled",
    hint="What did forward multiply a kept number by? And what is the derivative of that?",
)
def backward_not_rescaled(self, output_gradient, learning_rate):
    """Where a number was kept, your code returns the gradient unchanged.

    Forward multiplied the number by 1 / (1 - rate), so multiply the gradient by the same factor.
    """
    return output_gradient * (self.mask > 0)


@misconception(
    "ex08/backward",
    "rescaled twice",
    hint="Which numbers does the mask contain? Do they include the factor already?",
)
def rescaled_twice(self, output_gradient, learning_rate):
    """Your code divides the gradient by 1 - rate once too often: the mask already has that factor."""
    return output_gradient * self.mask / (1 - self.rate)


@misconception(
    "ex08/backward",
    "new mask drawn",
    hint="Which numbers did forward keep? How does backward know?",
)
def new_mask(self, output_gradient, learning_rate):
    """Your backward drops different numbers than forward did.

    The gradient has to go back the way the numbers came, so use the mask that forward stored.
    """
    return output_gradient * (_kept(self, output_gradient) / (1 - self.rate))


@misconception(
    "ex08/backward",
    "gradient passed through",
    hint="If a number was dropped, does the error depend on it?",
)
def passed_through(self, output_gradient, learning_rate):
    """Your code returns the output gradient unchanged, even where the number was dropped.

    A number that did not enter the output does not affect the error.
    """
    return output_gradient


@misconception(
    "ex08/backward", "only where dropped", hint="Where the mask is 0, what should the gradient be?"
)
def turned(self, output_gradient, learning_rate):
    """Your code passes the gradient on where the number was dropped, and not where it was kept.

    It should be the other way round.
    """
    return output_gradient * (self.mask == 0) / (1 - self.rate)


@misconception(
    "ex08/backward",
    "output gradient overwritten",
    hint="What is the difference between `a *= b` and `a = a * b` for the caller who passed you `a`?",
)
def gradient_overwritten(self, output_gradient, learning_rate):
    """The product is right, but your code writes it into the output gradient's own array.

    That array does not belong to this layer, and calling backward with it again gives another result.
    """
    output_gradient *= self.mask
    return output_gradient


@misconception(
    "ex08/forward",
    "one random number for all",
    hint="How many random numbers does your code draw for an input of shape (120, 100)?",
)
def one_for_all(self, input, training=False):
    """Your code draws a single random number, so it keeps all numbers or drops all of them.

    Draw one for each number of the input.
    """
    kept = np.ones(input.shape) * (np.random.rand() >= self.rate)
    self.mask = kept / (1 - self.rate) if training else np.ones(input.shape)
    return input * self.mask


@misconception(
    "ex08/forward",
    "never drops",
    hint="What is the argument `training` in training: True or False?",
)
def never(self, input, training=False):
    """Your code returns the input as it is, even in training."""
    self.mask = np.ones(input.shape)
    return input * self.mask


@misconception(
    "ex08/forward",
    "half of the numbers, whatever the rate",
    hint="Where does your code use self.rate when it decides what to keep?",
)
def half(self, input, training=False):
    """Your code keeps about half of the numbers: the rate does not enter the decision."""
    kept = np.random.rand(*input.shape) >= 0.5
    self.mask = kept / (1 - self.rate) if training else np.ones(input.shape)
    return input * self.mask


@misconception(
    "ex08/forward",
    "factor not in the mask",
    hint="What did forward multiply a kept number by? Is that what self.mask contains?",
)
def factor_not_in_the_mask(self, input, training=False):
    """The output is right, but your mask contains only 0 and 1, without the factor 1 / (1 - rate).

    Backward has to multiply by everything that forward multiplied by.
    """
    self.mask = _kept(self, input) * 1.0 if training else np.ones(input.shape)
    return input * self.mask / (1 - self.rate) if training else input


@misconception(
    "ex08/forward",
    "no return",
    hint="What does a Python method return when it ends without a return statement?",
)
def forward_without_return(self, input, training=False):
    """Your method returns None: it stores the mask, but returns no output."""
    self.mask = _kept(self, input) / (1 - self.rate) if training else np.ones(input.shape)


@misconception(
    "ex08/backward",
    "matrix product",
    hint="Which operator multiplies number by number: `*` or `@`?",
)
def matrix_product(self, output_gradient, learning_rate):
    """Your code multiplies gradient and mask as matrices; multiply number by number."""
    return output_gradient @ self.mask


@misconception(
    "ex08/backward",
    "learning rate multiplied in",
    hint="What does the learning rate scale, and does this layer have anything of that kind?",
)
def learning_rate_enters(self, output_gradient, learning_rate):
    """The gradient you return is the right one times the learning rate, which scales only updates."""
    return learning_rate * output_gradient * self.mask


@misconception(
    "ex08/backward", "no return", hint="What does the previous layer get from your method?"
)
def backward_without_return(self, output_gradient, learning_rate):
    """Your method returns None: it computes the gradient, but does not return it."""
