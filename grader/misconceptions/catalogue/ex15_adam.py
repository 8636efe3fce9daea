"""Known mistakes of exercise 15: Adam."""

import numpy as np

from grader.misconceptions import another_way, misconception


def _arrays(parameters, gradients):
    """Yield where each parameter is, the layer's dictionary, its name and its gradient."""
    for index, (layer, slopes) in enumerate(zip(parameters, gradients, strict=True)):
        for name in layer:
            yield (index, name), layer, name, slopes[name]


def _fade(memory, key, factor, new):
    """Bring a running sum up to date, and return it."""
    memory[key] = factor * memory.get(key, 0) + new
    return memory[key]


def _adam(
    self,
    parameters,
    gradients,
    *,
    step=None,
    square=np.square,
    corrected=(True, True),
    divisor=None,
):
    """Take Adam's step with something changed."""
    self.steps += 1
    number = self.steps if step is None else step
    divisor = divisor or (lambda mean_square, _: np.sqrt(mean_square) + self.epsilon)
    for key, layer, name, slope in _arrays(parameters, gradients):
        mean = _fade(self.mean, key, self.beta1, (1 - self.beta1) * slope)
        size = _fade(self.mean_square, key, self.beta2, (1 - self.beta2) * square(slope))
        mean = mean / (1 - self.beta1**number) if corrected[0] else mean
        size = size / (1 - self.beta2**number) if corrected[1] else size
        layer[name] -= self.learning_rate * mean / divisor(size, number)


@misconception(
    "ex15/adam",
    "no bias correction",
    hint="Work through the first step of the table. What are the two means divided by?",
)
def uncorrected(self, parameters, gradients):
    """Your code uses both means as they are; at first they are too small, so (4) corrects them."""
    _adam(self, parameters, gradients, corrected=(False, False))


@misconception(
    "ex15/adam",
    "only the mean is corrected",
    hint="Which of the two running means starts at 0?",
)
def only_mean(self, parameters, gradients):
    """Your code corrects the mean of the gradients, but not that of their squares."""
    _adam(self, parameters, gradients, corrected=(True, False))


@misconception(
    "ex15/adam",
    "only the mean square is corrected",
    hint="Which of the two running means starts at 0?",
)
def only_square(self, parameters, gradients):
    """Your code corrects the mean of the squares, but not that of the gradients."""
    _adam(self, parameters, gradients, corrected=(False, True))


@misconception(
    "ex15/adam",
    "steps counted from 0",
    hint="What is 1 - beta to the power of 0?",
)
def from_zero(self, parameters, gradients):
    """Your first step has the number 0, so the correction divides by 0. Count before you use it."""
    _adam(self, parameters, gradients, step=self.steps)


@misconception(
    "ex15/adam",
    "steps are not counted",
    hint="Which number does your second step have?",
)
def not_counted(self, parameters, gradients):
    """Your correction is always that of the first step: the number of the step stays 1."""
    _adam(self, parameters, gradients, step=1)


@misconception(
    "ex15/adam",
    "arrays counted as steps",
    hint="How often is t increased in one call of step, if there are six arrays?",
)
def arrays_counted(self, parameters, gradients):
    """Your count grows with each array. All arrays of one call belong to the same step."""
    for key, layer, name, slope in _arrays(parameters, gradients):
        self.steps += 1
        mean = _fade(self.mean, key, self.beta1, (1 - self.beta1) * slope)
        square = _fade(self.mean_square, key, self.beta2, (1 - self.beta2) * slope**2)
        mean = mean / (1 - self.beta1**self.steps)
        root = np.sqrt(square / (1 - self.beta2**self.steps))
        layer[name] -= self.learning_rate * mean / (root + self.epsilon)


@misconception(
    "ex15/adam",
    "epsilon inside the root",
    hint="How far does the root of equation (4) reach?",
)
def inside_root(self, parameters, gradients):
    """Your code adds epsilon before taking the root. It belongs outside, next to the root."""
    _adam(self, parameters, gradients, divisor=lambda size, _: np.sqrt(size + self.epsilon))


@misconception(
    "ex15/adam",
    "epsilon before the correction",
    hint="To which of the two is epsilon added, the root before the correction or after it?",
)
def before_correction(self, parameters, gradients):
    """Your code adds epsilon to the root of s, and corrects afterwards. First correct, then add."""

    def divisor(size, number):
        part = np.sqrt(1 - self.beta2**number)
        return (part * np.sqrt(size) + self.epsilon) / part

    _adam(self, parameters, gradients, divisor=divisor)


@misconception(
    "ex15/adam",
    "no epsilon",
    hint="What does your step do with a gradient that has always been 0?",
)
def no_epsilon(self, parameters, gradients):
    """Where all gradients were 0, your step is 0 / 0. That is what epsilon is for."""
    _adam(self, parameters, gradients, divisor=lambda size, _: np.sqrt(size))


@misconception(
    "ex15/adam",
    "no root",
    hint="What is the first step, if the gradient is 1000?",
)
def no_root(self, parameters, gradients):
    """Your code divides by the mean square. Divide by its root, which has the size of the gradient."""
    _adam(self, parameters, gradients, divisor=lambda size, _: size + self.epsilon)


@misconception(
    "ex15/adam",
    "the betas swapped",
    hint="Which of the two means fades faster, and which beta belongs to it?",
)
def swapped(self, parameters, gradients):
    """Your code uses beta1 for the squares and beta2 for the gradients."""
    self.beta1, self.beta2 = self.beta2, self.beta1
    _adam(self, parameters, gradients)
    self.beta1, self.beta2 = self.beta2, self.beta1


@misconception(
    "ex15/adam",
    "gradient not squared",
    hint="Which exponent does g have in the second half of equation (3)?",
)
def not_squared(self, parameters, gradients):
    """Your second mean is that of the gradients, not of their squares, and can be negative."""
    _adam(self, parameters, gradients, square=lambda slope: slope)


@another_way(not_squared)
def absolute(self, parameters, gradients):
    """The same, without the signs."""
    _adam(self, parameters, gradients, square=np.abs)


@misconception(
    "ex15/adam",
    "corrected means are stored",
    hint="What does the next step go on from: m or its corrected value?",
)
def stored_corrected(self, parameters, gradients):
    """Your code keeps the corrected means, so the next step corrects them once more."""
    self.steps += 1
    for key, layer, name, slope in _arrays(parameters, gradients):
        _fade(self.mean, key, self.beta1, (1 - self.beta1) * slope)
        _fade(self.mean_square, key, self.beta2, (1 - self.beta2) * slope**2)
        self.mean[key] = self.mean[key] / (1 - self.beta1**self.steps)
        self.mean_square[key] = self.mean_square[key] / (1 - self.beta2**self.steps)
        root = np.sqrt(self.mean_square[key])
        layer[name] -= self.learning_rate * self.mean[key] / (root + self.epsilon)


@misconception(
    "ex15/adam",
    "the gradient in place of its mean",
    hint="What stands above the fraction line in equation (4)?",
)
def no_mean(self, parameters, gradients):
    """Your step divides the gradient itself by the root. Equation (4) has its mean there."""
    self.steps += 1
    for key, layer, name, slope in _arrays(parameters, gradients):
        square = _fade(self.mean_square, key, self.beta2, (1 - self.beta2) * slope**2)
        root = np.sqrt(square / (1 - self.beta2**self.steps))
        layer[name] -= self.learning_rate * slope / (root + self.epsilon)


@misconception(
    "ex15/adam",
    "layers share their means",
    hint="Two layers have an array called weights. How many means do you keep for them?",
)
def means_shared(self, parameters, gradients):
    """Arrays with the same name share their means, although they belong to different layers."""
    self.steps += 1
    for (_, key), layer, name, slope in _arrays(parameters, gradients):
        mean = _fade(self.mean, key, self.beta1, (1 - self.beta1) * slope)
        square = _fade(self.mean_square, key, self.beta2, (1 - self.beta2) * slope**2)
        mean = mean / (1 - self.beta1**self.steps)
        root = np.sqrt(square / (1 - self.beta2**self.steps))
        layer[name] -= self.learning_rate * mean / (root + self.epsilon)


@misconception(
    "ex15/adam",
    "means are forgotten",
    hint="Where are the means stored when `step` has returned?",
)
def means_forgotten(self, parameters, gradients):
    """Each of your steps is a first step: its means start from 0 again."""
    for _, layer, name, slope in _arrays(parameters, gradients):
        layer[name] -= self.learning_rate * slope / (np.abs(slope) + self.epsilon)
