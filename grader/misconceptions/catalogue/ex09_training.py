"""Known mistakes of exercise 9, predicting and training."""

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
    """Do what is right, but for the steps that are handed in."""
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
    "ex09/predict",
    "training not handed on",
    hint="Who tells a dropout layer that the network is in training?",
)
def training_ignored(network, input, training=False):
    """The layers are never told that the network is in training, so dropout would never drop."""
    for layer in network:
        input = layer.forward(input)
    return input


@misconception(
    "ex09/predict",
    "always in training",
    hint="Dropout drops in training. Should it do so when you ask for a prediction?",
)
def always_training(network, input, training=False):
    """The layers are always told that the network is in training, so predictions would be random.

    They should get what `predict` was given.
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
    """What comes back is the first layer's output: a return inside the loop ends it at once."""
    for layer in network:
        return layer.forward(input, training)


@misconception(
    "ex09/predict",
    "every layer gets the first input",
    hint="What does the second layer get in your loop, and what should it get?",
)
def not_chained(network, input, training=False):
    """Each layer is called with the network's input, not with what the one before has returned."""
    output = input
    for layer in network:
        output = layer.forward(input, training)
    return output


@misconception(
    "ex09/predict",
    "last layer first",
    hint="In which direction go the numbers forward, and in which the gradients?",
)
def reversed_order(network, input, training=False):
    """The layers are called in reverse order, which is the order of the backward pass."""
    for layer in reversed(network):
        input = layer.forward(input, training)
    return input


@misconception(
    "ex09/predict",
    "last layer left out",
    hint="How many layers has the network, and how many does your loop call?",
)
def last_left_out(network, input, training=False):
    """The prediction is what goes into the last layer: that one is not called."""
    for layer in network[:-1]:
        input = layer.forward(input, training)
    return input


@misconception(
    "ex09/train",
    "backward in forward order",
    hint="Which layer's output does the loss look at? Its gradient is the one you have first.",
)
def forward_order(*given, verbose=True):
    """The gradient goes through the layers from first to last.

    It comes from the loss, so the last layer must have it first, and each hands it to the one before.
    """

    def backward(network, gradient, learning_rate):
        for layer in network:
            gradient = layer.backward(gradient, learning_rate)

    return _train(*given, backward=backward)


@misconception(
    "ex09/train", "same gradient for every layer", hint="backward returns something. Who needs it?"
)
def gradient_not_chained(*given, verbose=True):
    """Every layer gets the gradient of the loss; what the layers return is dropped.

    Each layer should get what the one after it has returned.
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
    """Backward is called with the gradient alone, but it takes the learning rate as well."""

    def backward(network, gradient, learning_rate):
        for layer in reversed(network):
            gradient = layer.backward(gradient)

    return _train(*given, backward=backward)


@misconception(
    "ex09/train",
    "learning rate divided by the number of samples",
    hint="There is one update per sample. Which learning rate does each get, by the text?",
)
def small_steps(network, loss, loss_prime, x_train, y_train, epochs, learning_rate, verbose=True):
    """The steps are too small: the learning rate is divided by the number of samples.

    That would go with an average over all of them; here every sample has an update of its own.
    """
    rate = learning_rate / len(x_train)
    return _train(network, loss, loss_prime, x_train, y_train, epochs, rate)


@misconception(
    "ex09/train",
    "arguments of loss_prime swapped",
    hint="In which order do the losses of exercise 6 take the truth and the prediction?",
)
def prime_swapped(network, loss, loss_prime, *rest, verbose=True):
    """loss_prime gets the prediction first and the truth second; it takes them as (y_true, y_pred)."""
    return _train(network, loss, lambda y, output: loss_prime(output, y), *rest)


@misconception(
    "ex09/train",
    "arguments of loss swapped",
    hint="In which order do the losses of exercise 6 take the truth and the prediction?",
)
def loss_swapped(network, loss, *rest, verbose=True):
    """Loss gets the prediction first and the truth second; it takes them as (y_true, y_pred)."""
    return _train(network, lambda y, output: loss(output, y), *rest)


@misconception(
    "ex09/train",
    "loss in place of its derivative",
    hint="Two functions are handed in. Which of them says in what direction to go?",
)
def gradient_is_loss(network, loss, loss_prime, *rest, verbose=True):
    """What goes backward is the loss itself, one number.

    The backward pass begins with the derivative of the loss with respect to the prediction.
    """
    return _train(network, loss, loss, *rest)


@misconception(
    "ex09/train",
    "sum in place of mean",
    hint="What would your number be if every sample came twice?",
)
def summed(*given, verbose=True):
    """The losses of an epoch are added up, but the sum is not divided by the number of samples."""
    return _train(*given, report=sum)


@misconception(
    "ex09/train",
    "divided by the number of epochs",
    hint="Of how many numbers is it the mean? How many losses went into the sum?",
)
def mean_over_epochs(network, loss, loss_prime, x_train, y_train, epochs, *rest, verbose=True):
    """The sum of an epoch's losses is divided by the number of epochs.

    It is the mean over the samples of this one epoch.
    """
    given = network, loss, loss_prime, x_train, y_train, epochs, *rest
    return _train(*given, report=_divided_by(epochs))


@misconception(
    "ex09/train",
    "loss of the last sample only",
    hint="What does your variable hold when the loop over the samples is done?",
)
def last_loss(*given, verbose=True):
    """What is reported for an epoch is the loss of its last sample.

    The losses of all of them have to be added up first, and then divided.
    """
    return _train(*given, report=lambda losses: losses[-1])


@misconception(
    "ex09/train",
    "sum not started anew in each epoch",
    hint="Where does your sum become 0: before all epochs, or at the start of each?",
)
def running_total(*given, verbose=True):
    """Each number has the losses of all the epochs before in it as well.

    The sum has to start at 0 in every epoch.
    """
    return list(np.cumsum(_train(*given)))


@misconception(
    "ex09/train",
    "one loss per sample in the list",
    hint="How long should the list be after 3 epochs, and how long is it?",
)
def all_losses(*given, verbose=True):
    """The list has a number for every sample of every epoch; what is asked for is each epoch's mean."""
    return [loss for of_samples in _train(*given, report=list) for loss in of_samples]


@misconception(
    "ex09/train",
    "only the last epoch's loss returned",
    hint="How many numbers should come back after 3 epochs?",
)
def last_epoch(*given, verbose=True):
    """One number is returned, the mean loss of the last epoch.

    Keep the one of each epoch in a list: it shows how training went.
    """
    return _train(*given)[-1]


@misconception("ex09/train", "one epoch short", hint="How many numbers are in range(1, 3)?")
def one_short(network, loss, loss_prime, x_train, y_train, epochs, *rest, verbose=True):
    """There is one epoch too few; the range ends before its last number."""
    return _train(network, loss, loss_prime, x_train, y_train, epochs - 1, *rest)


@misconception(
    "ex09/train",
    "only one epoch",
    hint="Look at how far the return is indented. How often does the outer loop run?",
)
def returns_in_loop_of_epochs(network, loss, loss_prime, x, y, epochs, *rest, verbose=True):
    """Training ends after the first epoch; perhaps the return stands inside the loop."""
    return _train(network, loss, loss_prime, x, y, 1, *rest)


@misconception(
    "ex09/train",
    "first sample skipped",
    hint="Python counts from 0. Which sample does your loop begin with?",
)
def first_skipped(network, loss, loss_prime, x_train, y_train, *rest, verbose=True):
    """The first sample is left out in every epoch; the loop begins with the second."""
    given = network, loss, loss_prime, x_train[1:], y_train[1:], *rest
    return _train(*given, report=_divided_by(len(x_train)))


@misconception(
    "ex09/train",
    "always the last sample",
    hint="What do x and y hold in each round of the inner loop? Does it change them?",
)
def same_sample(network, loss, loss_prime, x_train, y_train, *rest, verbose=True):
    """Every update is made with the last sample: the loop does not take the next x and y."""
    last = np.full(len(x_train), -1)
    return _train(network, loss, loss_prime, x_train[last], y_train[last], *rest)


@misconception(
    "ex09/train",
    "not in training",
    hint="How do the layers know that they are being trained? Who has to say so?",
)
def not_in_training(*given, verbose=True):
    """The samples go forward as if for a prediction, so a dropout layer would never drop."""
    return _train(*given, forward=lambda network, x: _forward(network, x, training=False))


@misconception(
    "ex09/train",
    "predicted again for the gradient",
    hint="You have the prediction already when you compute the loss. What is kept in a variable?",
)
def predicted_twice(*given, verbose=True):
    """Each sample goes forward twice, once for the loss and once for the gradient.

    With dropout in the network the second prediction would be another one; and it takes more time.
    """

    def forward(network, x):
        _forward(network, x)
        return _forward(network, x)

    return _train(*given, forward=forward)


@misconception(
    "ex09/train",
    "loss after the update",
    hint="Of which prediction is the loss: the one before or the one after backward?",
)
def loss_after_update(network, loss, loss_prime, x_train, y_train, epochs, rate, verbose=True):
    """The losses are too good: each is that of a new prediction, made after the update.

    The gradient came from the prediction before, and its loss is the one to report.
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
    hint="After how many samples do the layers learn something, by the sketch in the text?",
)
def batch(*given, verbose=True):
    """The gradients of all samples are added up, and go backward once in an epoch.

    The layers remember only their last input, so a sum over several samples does not belong to it.
    """
    return _train_late(*given, gradient_of=sum)


@misconception(
    "ex09/train",
    "update after the last sample only",
    hint="Look at how far the backward pass is indented. To which loop does it belong?",
)
def update_outside_loop(*given, verbose=True):
    """In each epoch only the last sample leads to an update: the backward pass is after the loop."""
    return _train_late(*given, gradient_of=lambda gradients: gradients[-1])
