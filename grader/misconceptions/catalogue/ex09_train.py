"""Known mistakes of exercise 9: training."""

import numpy as np

from grader.misconceptions import misconception


def _forward(network, x, training=True):
    for layer in network:
        x = layer.forward(x, training)
    return x


def _backward(network, gradient, learning_rate):
    for layer in reversed(network):
        gradient = layer.backward(gradient, learning_rate)


def _divided_by(number):
    return lambda losses: sum(losses) / number


def _train(network, loss, loss_prime, x_train, y_train, epochs, rate, **steps):
    """Train correctly, except for the steps that are passed in."""
    forward, backward = steps.get("forward", _forward), steps.get("backward", _backward)
    report = steps.get("report", np.mean)
    losses = []
    for _ in range(epochs):
        of_samples = []
        for x, y in zip(x_train, y_train, strict=True):
            output = forward(network, x)
            of_samples.append(loss(y, output))
            backward(network, loss_prime(y, output), rate)
        losses.append(report(of_samples))
    return losses


def _train_late(network, loss, loss_prime, x_train, y_train, epochs, rate, *, gradient_of):
    """Do one update after each epoch."""
    losses = []
    for _ in range(epochs):
        outputs = [_forward(network, x) for x in x_train]
        losses.append(np.mean([loss(y, p) for y, p in zip(y_train, outputs, strict=True)]))
        gradients = [loss_prime(y, p) for y, p in zip(y_train, outputs, strict=True)]
        _backward(network, gradient_of(gradients), rate)
    return losses


@misconception(
    "ex09/train",
    "backward in forward order",
    hint="Which layer's output does the loss use? The gradient for that output is the first you know.",
)
def forward_order(*given, verbose=True):
    """Your code passes the gradient through the layers from first to last.

    It comes from the loss, so pass it to the last layer first, then to the layer before it, and so on.
    """

    def backward(network, gradient, learning_rate):
        for layer in network:
            gradient = layer.backward(gradient, learning_rate)

    return _train(*given, backward=backward)


@misconception(
    "ex09/train", "same gradient for every layer", hint="backward returns something. Who needs it?"
)
def gradient_not_chained(*given, verbose=True):
    """Your code passes the gradient of the loss to every layer and ignores what the layers return.

    Pass each layer what the layer after it has returned.
    """

    def backward(network, gradient, learning_rate):
        for layer in reversed(network):
            layer.backward(gradient, learning_rate)

    return _train(*given, backward=backward)


@misconception(
    "ex09/train",
    "no learning rate for backward",
    hint="Look at how backward is defined in a layer. How many arguments does it take?",
)
def wrong_arity(*given, verbose=True):
    """Your code calls backward with only the gradient, but it also takes the learning rate."""

    def backward(network, gradient, learning_rate):
        for layer in reversed(network):
            gradient = layer.backward(gradient)

    return _train(*given, backward=backward)


@misconception(
    "ex09/train",
    "learning rate divided by the number of samples",
    hint="There is one update per sample. According to the text, what learning rate does each use?",
)
def small_steps(network, loss, loss_prime, x_train, y_train, epochs, learning_rate, verbose=True):
    """Your steps are too small: your code divides the learning rate by the number of samples.

    That would suit an average over all samples, but here every sample has its own update.
    """
    rate = learning_rate / len(x_train)
    return _train(network, loss, loss_prime, x_train, y_train, epochs, rate)


@misconception(
    "ex09/train",
    "arguments of loss_prime swapped",
    hint="In which order do the losses of exercise 6 take the target and the prediction?",
)
def prime_swapped(network, loss, loss_prime, *rest, verbose=True):
    """Your code calls loss_prime with the prediction first, but it takes (y_true, y_pred)."""
    return _train(network, loss, lambda y, output: loss_prime(output, y), *rest)


@misconception(
    "ex09/train",
    "arguments of loss swapped",
    hint="In which order do the losses of exercise 6 take the target and the prediction?",
)
def loss_swapped(network, loss, *rest, verbose=True):
    """Your code calls loss with the prediction first, but it takes (y_true, y_pred)."""
    return _train(network, lambda y, output: loss(output, y), *rest)


@misconception(
    "ex09/train",
    "loss in place of its derivative",
    hint="Your function gets two functions. Which of them says in what direction to go?",
)
def gradient_is_loss(network, loss, loss_prime, *rest, verbose=True):
    """Your code passes the loss itself backward, which is a single number.

    The backward pass begins with the derivative of the loss with respect to the prediction.
    """
    return _train(network, loss, loss, *rest)


@misconception(
    "ex09/train",
    "sum in place of mean",
    hint="What would your number be if every sample came twice?",
)
def summed(*given, verbose=True):
    """Your code adds up the losses of an epoch, but does not divide by the number of samples."""
    return _train(*given, report=sum)


@misconception(
    "ex09/train",
    "divided by the number of epochs",
    hint="What is it a mean of? How many losses went into the sum?",
)
def mean_over_epochs(network, loss, loss_prime, x_train, y_train, epochs, *rest, verbose=True):
    """Your code divides the sum of an epoch's losses by the number of epochs.

    Divide by the number of samples: it is the mean over the samples of one epoch.
    """
    given = network, loss, loss_prime, x_train, y_train, epochs, *rest
    return _train(*given, report=_divided_by(epochs))


@misconception(
    "ex09/train",
    "loss of the last sample only",
    hint="What does your variable contain when the loop over the samples is done?",
)
def last_loss(*given, verbose=True):
    """For each epoch, your code reports only the loss of the last sample.

    Add up the losses of all samples first, and then divide.
    """
    return _train(*given, report=lambda losses: losses[-1])


@misconception(
    "ex09/train",
    "sum not started anew in each epoch",
    hint="Where do you set your sum to 0: before the first epoch, or at the start of each epoch?",
)
def running_total(*given, verbose=True):
    """Each of your numbers also includes the losses of all earlier epochs.

    The sum has to start at 0 in every epoch.
    """
    return list(np.cumsum(_train(*given)))


@misconception(
    "ex09/train",
    "one loss per sample in the list",
    hint="How long should the list be after 3 epochs, and how long is it?",
)
def all_losses(*given, verbose=True):
    """Your list has a number for every sample of every epoch; it should have one mean per epoch."""
    return [loss for of_samples in _train(*given, report=list) for loss in of_samples]


@misconception(
    "ex09/train",
    "only the last epoch's loss returned",
    hint="How many numbers should your function return after 3 epochs?",
)
def last_epoch(*given, verbose=True):
    """Your code returns one number, the mean loss of the last epoch.

    Return a list with the mean loss of each epoch: it shows how training went.
    """
    return _train(*given)[-1]


@misconception("ex09/train", "one epoch short", hint="How many numbers are in range(1, 3)?")
def one_short(network, loss, loss_prime, x_train, y_train, epochs, *rest, verbose=True):
    """Your code runs one epoch too few: a range ends before its stop value."""
    return _train(network, loss, loss_prime, x_train, y_train, epochs - 1, *rest)


@misconception(
    "ex09/train",
    "only one epoch",
    hint="Look at how far the return is indented. How often does the outer loop run?",
)
def returns_in_loop_of_epochs(network, loss, loss_prime, x, y, epochs, *rest, verbose=True):
    """Your training ends after the first epoch; perhaps the return is inside the loop."""
    return _train(network, loss, loss_prime, x, y, 1, *rest)


@misconception(
    "ex09/train",
    "first sample skipped",
    hint="Python counts from 0. Which sample does your loop begin with?",
)
def first_skipped(network, loss, loss_prime, x_train, y_train, *rest, verbose=True):
    """Your code skips the first sample in every epoch: the loop begins with the second."""
    given = network, loss, loss_prime, x_train[1:], y_train[1:], *rest
    return _train(*given, report=_divided_by(len(x_train)))


@misconception(
    "ex09/train",
    "always the last sample",
    hint="What do x and y contain in each round of the inner loop? Does the loop change them?",
)
def same_sample(network, loss, loss_prime, x_train, y_train, *rest, verbose=True):
    """Your code makes every update with the last sample: the loop never takes the next x and y."""
    last = np.full(len(x_train), -1)
    return _train(network, loss, loss_prime, x_train[last], y_train[last], *rest)


@misconception(
    "ex09/train",
    "not in training",
    hint="How do the layers know that they are being trained? Who has to tell them?",
)
def not_in_training(*given, verbose=True):
    """Your code runs forward without training=True, so a dropout layer would never drop."""
    return _train(*given, forward=lambda network, x: _forward(network, x, training=False))


@misconception(
    "ex09/train",
    "predicted again for the gradient",
    hint="When you compute the loss, you already have the prediction. Which variable holds it?",
)
def predicted_twice(*given, verbose=True):
    """Your code runs each sample forward twice, for the loss and again for the gradient.

    With dropout in the network, the second prediction would be different. It also takes more time.
    """

    def forward(network, x):
        _forward(network, x)
        return _forward(network, x)

    return _train(*given, forward=forward)


@misconception(
    "ex09/train",
    "loss after the update",
    hint="Which prediction does the loss belong to: the one before or the one after backward?",
)
def loss_after_update(network, loss, loss_prime, x_train, y_train, epochs, rate, verbose=True):
    """Your losses are too low: each one comes from a new prediction, made after the update.

    Report the loss of the prediction before the update, which also gave the gradient.
    """
    losses = []
    for _ in range(epochs):
        total = 0
        for x, y in zip(x_train, y_train, strict=True):
            _backward(network, loss_prime(y, _forward(network, x)), rate)
            total += loss(y, _forward(network, x))
        losses.append(total / len(x_train))
    return losses


@misconception(
    "ex09/train",
    "one update per epoch",
    hint="Look at the sketch in the text: after how many samples are the layers updated?",
)
def batch(*given, verbose=True):
    """Your code adds up the gradients of all samples and runs backward once per epoch.

    The layers store only their last input, and a sum over several samples does not belong to it.
    """
    return _train_late(*given, gradient_of=sum)


@misconception(
    "ex09/train",
    "update after the last sample only",
    hint="Look at how far the backward pass is indented. Which loop does it belong to?",
)
def update_outside_loop(*given, verbose=True):
    """In each epoch only the last sample leads to an update: your backward pass is after the loop."""
    return _train_late(*given, gradient_of=lambda gradients: gradients[-1])


@misconception(
    "ex09/train",
    "no return",
    hint="What does a Python function return when it ends without a return statement?",
)
def without_return(*given, verbose=True):
    """Your function returns None: it trains, but does not return the list of losses."""
    _train(*given)


@misconception(
    "ex09/train",
    "arguments of both losses swapped",
    hint="In which order do the losses of exercise 6 take the target and the prediction?",
)
def both_swapped(network, loss, loss_prime, *rest, verbose=True):
    """Your code calls both with the prediction first, but losses take (y_true, y_pred)."""
    return _train(network, lambda y, p: loss(p, y), lambda y, p: loss_prime(p, y), *rest)


@misconception(
    "ex09/train",
    "the network itself turned round",
    hint="Print the list before and after network.reverse(). Which layer is first for the next x?",
)
def network_reversed(*given, verbose=True):
    """Your code calls network.reverse(), which turns the list itself round, and it stays so.

    The next sample then goes through the layers from last to first. reversed(network) leaves the list
    as it is.
    """

    def backward(network, gradient, learning_rate):
        network.reverse()
        for layer in network:
            gradient = layer.backward(gradient, learning_rate)

    return _train(*given, backward=backward)


@misconception(
    "ex09/train",
    "sum started anew for each sample",
    hint="Where do you set your sum to 0: at the start of each epoch, or of each sample?",
)
def sum_of_one(*given, verbose=True):
    """Your sum starts at 0 for every sample, so it has only the last loss in it when you divide."""
    return _train(*given, report=lambda losses: losses[-1] / len(losses))


@misconception(
    "ex09/train",
    "gradient with the wrong sign",
    hint="The layers subtract the gradient themselves. What happens if you turn its sign as well?",
)
def wrong_sign(network, loss, loss_prime, *rest, verbose=True):
    """Your code turns the sign of the gradient, so every step makes the loss larger."""
    return _train(network, loss, lambda y, output: -loss_prime(y, output), *rest)
