"""Known mistakes of exercise 15: gradient descent, and momentum."""

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


@misconception(
    "ex15/sgd",
    "uphill",
    hint="A gradient points to where the loss grows. Which way do you want to go?",
)
def uphill(self, parameters, gradients):
    """Your code adds the gradient. The loss grows in that direction, so subtract it."""
    for _, layer, name, slope in _arrays(parameters, gradients):
        layer[name] += self.learning_rate * slope


@misconception(
    "ex15/sgd",
    "no learning rate",
    hint="Which letter stands before the gradient in equation (1)?",
)
def no_rate(self, parameters, gradients):
    """Your step is the gradient itself. Multiply it by the learning rate."""
    for _, layer, name, slope in _arrays(parameters, gradients):
        layer[name] -= slope


@misconception(
    "ex15/sgd",
    "the layers do not notice",
    hint="After `p = p - change`, what does the layer's dictionary hold? Read 'In place' again.",
)
def unnoticed(self, parameters, gradients):
    """Your code computes new arrays, and the dictionaries still hold the old ones."""


@misconception(
    "ex15/sgd",
    "arrays matched by their order",
    hint="Two dictionaries can hold the same names in a different order. What do you match them by?",
)
def by_order(self, parameters, gradients):
    """Your code takes the gradients in the order of their dictionary. Match them by name."""
    for layer, slopes in zip(parameters, gradients, strict=True):
        for array, slope in zip(layer.values(), slopes.values(), strict=True):
            array -= self.learning_rate * slope


@misconception(
    "ex15/sgd",
    "only one layer learns",
    hint="Where does your loop over the layers end? Look for a `return` or a `break` inside it.",
)
def first_layer(self, parameters, gradients):
    """Your code updates the first layer, and leaves the others as they are."""
    for (index, _), layer, name, slope in _arrays(parameters, gradients):
        if index == 0:
            layer[name] -= self.learning_rate * slope


@another_way(first_layer)
def last_layer(self, parameters, gradients):
    """The same with the last layer."""
    for (index, _), layer, name, slope in _arrays(parameters, gradients):
        if index == len(parameters) - 1:
            layer[name] -= self.learning_rate * slope


@misconception(
    "ex15/sgd",
    "only one array of a layer",
    hint="How many arrays does the first layer have, and how many of them does your step change?",
)
def one_array(self, parameters, gradients):
    """Your code updates one array of each layer. Go through all names of its dictionary."""
    for _, layer, name, slope in _arrays(parameters, gradients):
        if name == next(iter(layer)):
            layer[name] -= self.learning_rate * slope


@misconception(
    "ex15/sgd",
    "the gradients are changed",
    hint="Which array does `*=` change? Does it belong to you?",
)
def gradients_changed(self, parameters, gradients):
    """Your code multiplies the gradients in place. They belong to the layers; make a new array."""
    for _, layer, name, slope in _arrays(parameters, gradients):
        slope *= self.learning_rate
        layer[name] -= slope


@misconception(
    "ex15/sgd",
    "weight decay",
    hint="Is there a p on the right-hand side of equation (1), besides the first one?",
)
def decayed(self, parameters, gradients):
    """Your step contains the parameter itself, which makes all parameters shrink."""
    for _, layer, name, slope in _arrays(parameters, gradients):
        layer[name] -= self.learning_rate * (slope + 0.01 * layer[name])


@misconception(
    "ex15/momentum",
    "no velocity is kept",
    hint="Where is the velocity stored when `step` has returned?",
)
def forgotten(self, parameters, gradients):
    """Your steps are those of SGD: the velocity starts from 0 in each of them."""
    for _, layer, name, slope in _arrays(parameters, gradients):
        layer[name] -= self.learning_rate * slope


@misconception(
    "ex15/momentum",
    "the gradient is damped",
    hint="Which factor does g have in equation (2)?",
)
def damped(self, parameters, gradients):
    """Your code multiplies the gradient by 1 - momentum, as some books do. Equation (2) does not."""
    for key, layer, name, slope in _arrays(parameters, gradients):
        new = (1 - self.momentum) * slope
        layer[name] -= self.learning_rate * _fade(self.velocity, key, self.momentum, new)


@misconception(
    "ex15/momentum",
    "Nesterov's momentum",
    hint="Compare the step with the second half of equation (2): is there a g in it?",
)
def nesterov(self, parameters, gradients):
    """Your step looks ahead, as Nesterov's form does. Equation (2) subtracts the velocity alone."""
    for key, layer, name, slope in _arrays(parameters, gradients):
        velocity = _fade(self.velocity, key, self.momentum, slope)
        layer[name] -= self.learning_rate * (slope + self.momentum * velocity)


@misconception(
    "ex15/momentum",
    "the old velocity",
    hint="Which of the two comes first: computing the new velocity, or using it?",
)
def old_velocity(self, parameters, gradients):
    """Your step uses the velocity from before this gradient: the first one goes nowhere."""
    for key, layer, name, slope in _arrays(parameters, gradients):
        layer[name] -= self.learning_rate * self.velocity.get(key, 0 * slope)
        _fade(self.velocity, key, self.momentum, slope)


@misconception(
    "ex15/momentum",
    "momentum for the gradient as well",
    hint="Where does the bracket end: is the gradient multiplied by the momentum, too?",
)
def both_fade(self, parameters, gradients):
    """Your code multiplies velocity and gradient by the momentum; only the velocity should be."""
    for key, layer, name, slope in _arrays(parameters, gradients):
        new = self.momentum * slope
        layer[name] -= self.learning_rate * _fade(self.velocity, key, self.momentum, new)


@misconception(
    "ex15/momentum",
    "the velocity never fades",
    hint="In the table, what becomes of the first gradient in the third step?",
)
def never_fades(self, parameters, gradients):
    """Your velocity is the sum of all gradients. Multiply it by the momentum before adding one."""
    for key, layer, name, slope in _arrays(parameters, gradients):
        layer[name] -= self.learning_rate * _fade(self.velocity, key, 1, slope)


@misconception(
    "ex15/momentum",
    "layers share a velocity",
    hint="Two layers have an array called weights. How many velocities do you keep for them?",
)
def shared_by_name(self, parameters, gradients):
    """Arrays with the same name share one velocity, although they belong to different layers."""
    for (_, key), layer, name, slope in _arrays(parameters, gradients):
        layer[name] -= self.learning_rate * _fade(self.velocity, key, self.momentum, slope)


@misconception(
    "ex15/momentum",
    "uphill",
    hint="Does the velocity point to where the loss grows, or to where it falls?",
)
def momentum_uphill(self, parameters, gradients):
    """Your steps go uphill: the velocity has the direction of the gradients, so subtract it."""
    for key, layer, name, slope in _arrays(parameters, gradients):
        layer[name] += self.learning_rate * _fade(self.velocity, key, self.momentum, slope)


@misconception(
    "ex15/momentum",
    "optimisers share a velocity",
    hint="Where do you create the velocities: in the class, or in the object?",
)
def in_the_class(self, parameters, gradients):
    """A second optimiser goes on with the velocity of the first: it is stored in the class."""
    memory = type(self).__dict__.get("shared")
    if memory is None:
        memory = type(self).shared = {}
    for key, layer, name, slope in _arrays(parameters, gradients):
        key = (*key, slope.shape)
        layer[name] -= self.learning_rate * _fade(memory, key, self.momentum, slope)
