"""Known mistakes of exercise 9: predicting."""

from grader.misconceptions import misconception


@misconception(
    "ex09/predict",
    "training not handed on",
    hint="How does a dropout layer know that the network is being trained?",
)
def training_ignored(network, input, training=False):
    """Your code never tells the layers that the network is in training, so dropout never drops."""
    for layer in network:
        input = layer.forward(input)
    return input


@misconception(
    "ex09/predict",
    "always in training",
    hint="Dropout drops in training. Should it do so when you ask for a prediction?",
)
def always_training(network, input, training=False):
    """Your code always tells the layers that they are in training, so predictions become random.

    Pass on the value of `training` that `predict` was given.
    """
    for layer in network:
        input = layer.forward(input, True)
    return input


@misconception(
    "ex09/predict",
    "only the first layer",
    hint="Look at how far the return is indented. How often does the loop run?",
)
def returns_in_loop(network, input, training=False):
    """Your code returns the first layer's output: a return inside the loop ends it at once."""
    for layer in network:
        return layer.forward(input, training)


@misconception(
    "ex09/predict",
    "every layer gets the first input",
    hint="What does the second layer get in your loop, and what should it get?",
)
def not_chained(network, input, training=False):
    """Your code calls each layer with the network's input, not with the previous layer's output."""
    output = input
    for layer in network:
        output = layer.forward(input, training)
    return output


@misconception(
    "ex09/predict",
    "last layer first",
    hint="In which order do the inputs go through the layers, and in which order the gradients?",
)
def reversed_order(network, input, training=False):
    """Your code calls the layers in reverse order, which is the order of the backward pass."""
    for layer in reversed(network):
        input = layer.forward(input, training)
    return input


@misconception(
    "ex09/predict",
    "last layer left out",
    hint="How many layers does the network have, and how many does your loop call?",
)
def last_left_out(network, input, training=False):
    """Your code does not call the last layer: it returns what should go into that layer."""
    for layer in network[:-1]:
        input = layer.forward(input, training)
    return input


@misconception(
    "ex09/predict",
    "no return",
    hint="What does a Python function return when it ends without a return statement?",
)
def without_return(network, input, training=False):
    """Your function returns None: it calls the layers, but does not return the last output."""
    for layer in network:
        input = layer.forward(input, training)
