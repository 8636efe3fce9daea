"""Known mistakes of exercise 16, the loss of logits and the model."""

import numpy as np

from grader.checking.model_twin import right_accuracy
from grader.misconceptions import another_way, misconception
from grader.misconceptions.reference import ex16_model as right


@misconception(
    "ex16/softmax_cross_entropy",
    "gradient not divided by the batch size",
    hint="The loss is a mean over N samples. What does each sample's gradient get?",
)
def gradient_of_the_sum(logits, targets):
    """Your gradient is N times too large: it is that of the sum of the losses, not of their mean."""
    loss, gradient = right.softmax_cross_entropy(logits, targets)
    return loss, gradient * np.asarray(len(logits), logits.dtype)


@misconception(
    "ex16/softmax_cross_entropy",
    "loss summed over the batch",
    hint="What stands before the sums in equation (1)?",
)
def summed(logits, targets):
    """Your loss is the sum over the batch; divide it by the number of samples."""
    loss, gradient = right.softmax_cross_entropy(logits, targets)
    return loss * len(logits), gradient


@misconception(
    "ex16/softmax_cross_entropy",
    "mean over the classes, too",
    hint="How many terms of the inner sum are not 0?",
)
def mean_of_everything(logits, targets):
    """Your loss is also divided by the number of classes: np.mean over the whole array does that."""
    loss, gradient = right.softmax_cross_entropy(logits, targets)
    return loss / logits.shape[1], gradient


@another_way(mean_of_everything)
def both_divided(logits, targets):
    """The gradient as well."""
    loss, gradient = right.softmax_cross_entropy(logits, targets)
    return loss / logits.shape[1], gradient / np.asarray(logits.shape[1], logits.dtype)


@misconception(
    "ex16/softmax_cross_entropy",
    "softmax along the wrong axis",
    hint="Which sums of your probabilities are 1: those of the rows, or those of the columns?",
)
def wrong_axis(logits, targets):
    """Your probabilities add up to 1 over the samples. They should over the classes of each sample."""
    shifted = logits - logits.max(axis=0)
    logs = shifted - np.log(np.exp(shifted).sum(axis=0))
    gradient = (np.exp(logs) - targets) / len(logits)
    return -float(np.sum(targets * logs)) / len(logits), gradient.astype(logits.dtype)


@misconception(
    "ex16/softmax_cross_entropy",
    "powers of huge logits",
    hint="What is e to the 1000 on a computer, and what could be subtracted first?",
)
def unstable(logits, targets):
    """Your code takes powers of the logits as they are. Subtract each row's largest logit first."""
    powers = np.exp(logits)
    p = powers / powers.sum(axis=1, keepdims=True)
    gradient = (p - targets) / np.asarray(len(logits), logits.dtype)
    return float(-np.sum(targets * np.log(p)) / len(logits)), gradient.astype(logits.dtype)


@misconception(
    "ex16/softmax_cross_entropy",
    "logarithm of a probability of 0",
    hint="Which probability does a class have if its logit is smaller by 1000? And its logarithm?",
)
def log_of_zero(logits, targets):
    """Your code takes the logarithm of probabilities, which may be 0. Compute it from the logits."""
    powers = np.exp(logits - logits.max(axis=1, keepdims=True))
    p = powers / powers.sum(axis=1, keepdims=True)
    gradient = (p - targets) / np.asarray(len(logits), logits.dtype)
    return float(-np.sum(targets * np.log(p)) / len(logits)), gradient.astype(logits.dtype)


@misconception(
    "ex16/softmax_cross_entropy",
    "target minus probability",
    hint="Raise the logit of the right class a little. Does the loss rise or fall?",
)
def wrong_sign(logits, targets):
    """Your gradient has the wrong sign: it is probability minus target."""
    loss, gradient = right.softmax_cross_entropy(logits, targets)
    return loss, -gradient


def _fit(
    self, x, y, epochs, batch_size, optimiser, validation=None, shuffle=True, rng=None, **steps
):
    """Fit correctly, except for the steps that are passed in."""
    generator, history, count = np.random.default_rng(rng), [], len(x)
    order_of = steps.get("order_of", lambda generator, n: generator.permutation(n))
    starts = steps.get("starts", lambda n, size: range(0, n, size))
    report = steps.get("report", lambda figures, sizes: np.average(figures, axis=0, weights=sizes))
    targets_of = steps.get("targets_of", lambda y, chosen, *_: y[chosen])
    for _ in range(epochs):
        order = order_of(generator, count) if shuffle else np.arange(count)
        figures, sizes = [], []
        for start in starts(count, batch_size):
            chosen = order[start : start + batch_size]
            targets = targets_of(y, chosen, start)
            logits = self.forward(x[chosen], steps.get("training", True))
            loss, gradient = right.softmax_cross_entropy(logits, targets)
            if not steps.get("late"):
                self.backward(gradient * steps.get("factor", 1.0))
            parameters = [layer.parameters for layer in self.layers]
            if steps.get("copies"):
                parameters = [{k: v.copy() for k, v in own.items()} for own in parameters]
            gradients = [layer.gradients for layer in self.layers]
            if gradients[1] or not steps.get("late"):
                optimiser.step(parameters, gradients)
            if steps.get("late"):
                self.backward(gradient)
            if steps.get("after"):
                logits = self.forward(x[chosen], True)
                loss, _ = right.softmax_cross_entropy(logits, targets)
            figures.append([loss, right_accuracy(logits, targets)])
            sizes.append(len(chosen))
        found = report(figures, sizes)
        record = {"loss": float(found[0]), "accuracy": float(found[1])}
        if validation is not None:
            of_loss, of_accuracy = self.evaluate(*validation)
            record |= {"validation_loss": of_loss, "validation_accuracy": of_accuracy}
        history.append(record)
    return history


@misconception(
    "ex16/fit",
    "last smaller batch left out",
    hint="With 7 samples in batches of 3, which samples are in none of your batches?",
)
def last_batch_dropped(self, x, y, epochs, batch_size, optimiser, verbose=True, **words):
    """Your code trains on whole batches alone. The samples that are left over count as well."""
    if len(x) < batch_size:
        words["starts"] = lambda n, size: range(0, n, size)
    else:
        words["starts"] = lambda n, size: range(0, n - size + 1, size)
    return _fit(self, x, y, epochs, batch_size, optimiser, **words)


@misconception(
    "ex16/fit",
    "mean of unequal batches",
    hint="If the last batch has one sample, how much should that sample count?",
)
def mean_of_batches(self, x, y, epochs, batch_size, optimiser, verbose=True, **words):
    """Your history has the mean over the batches. In it, the samples of a small batch count more."""
    words["report"] = lambda figures, *_: np.mean(figures, axis=0)
    return _fit(self, x, y, epochs, batch_size, optimiser, **words)


@misconception(
    "ex16/fit",
    "targets not shuffled",
    hint="Sample 5 comes first. Which target belongs to it?",
)
def targets_in_order(self, x, y, epochs, batch_size, optimiser, verbose=True, **words):
    """Your code shuffles the samples, and leaves the targets as they are."""
    words["targets_of"] = lambda y, chosen, start: y[start : start + len(chosen)]
    return _fit(self, x, y, epochs, batch_size, optimiser, **words)


@misconception(
    "ex16/fit",
    "the same order in every epoch",
    hint="How often is your permutation drawn?",
)
def shuffled_once(self, x, y, epochs, batch_size, optimiser, verbose=True, **words):
    """Your code draws one order, and keeps it for all epochs."""
    order = np.random.default_rng(words.get("rng")).permutation(len(x))
    words["order_of"] = lambda *_: order
    return _fit(self, x, y, epochs, batch_size, optimiser, **words)


@misconception(
    "ex16/fit",
    "never shuffled",
    hint="Which line of your code uses the argument `shuffle`?",
)
def not_shuffled(self, x, y, epochs, batch_size, optimiser, verbose=True, **words):
    """Your code takes the samples in their order, with shuffle=True as well."""
    words["order_of"] = lambda _, n: np.arange(n)
    return _fit(self, x, y, epochs, batch_size, optimiser, **words)


@misconception(
    "ex16/fit",
    "rng not used",
    hint="Whose permutation does your code draw: np.random's, or that of rng?",
)
def other_generator(self, x, y, epochs, batch_size, optimiser, verbose=True, **words):
    """Your orders do not come from rng, so nobody can repeat a training."""
    words["order_of"] = lambda _, n: np.random.permutation(n)
    return _fit(self, x, y, epochs, batch_size, optimiser, **words)


@misconception(
    "ex16/fit",
    "forward without training=True",
    hint="How does a dropout layer learn that it should drop?",
)
def no_training(self, x, y, epochs, batch_size, optimiser, verbose=True, **words):
    """In fit, forward should be told that this is training."""
    return _fit(self, x, y, epochs, batch_size, optimiser, training=False, **words)


@misconception(
    "ex16/fit",
    "gradient divided twice",
    hint="Who has divided by N already?",
)
def divided_twice(self, x, y, epochs, batch_size, optimiser, verbose=True, **words):
    """Your code divides the gradient by the batch size, which the loss has done."""
    return _fit(self, x, y, epochs, batch_size, optimiser, factor=1 / batch_size, **words)


@misconception(
    "ex16/fit",
    "the optimiser gets copies",
    hint="step changes arrays in place. Which arrays are these, and who sees the change?",
)
def copies(self, x, y, epochs, batch_size, optimiser, verbose=True, **words):
    """Your code passes copies of the parameters, so the layers never change."""
    return _fit(self, x, y, epochs, batch_size, optimiser, copies=True, **words)


@misconception(
    "ex16/fit",
    "loss measured after the step",
    hint="When is the loss of a batch known: before its step, or after?",
)
def loss_after_step(self, x, y, epochs, batch_size, optimiser, verbose=True, **words):
    """Your code sends each batch forward again after its step, and notes the loss of that."""
    return _fit(self, x, y, epochs, batch_size, optimiser, after=True, **words)


@misconception(
    "ex16/evaluate",
    "evaluated as in training",
    hint="Which layers behave differently in training? Should they here?",
)
def evaluated_in_training(self, x, y, batch_size=256):
    """Your code tells forward that this is training."""
    logits = self.forward(x, True)
    return right.softmax_cross_entropy(logits, y)[0], right_accuracy(logits, y)


@misconception(
    "ex16/evaluate",
    "mean of unequal batches",
    hint="If the last batch is smaller, how much should each of its samples count?",
)
def evaluated_by_batch(self, x, y, batch_size=256):
    """Your code takes the mean over the batches. In it, the samples of a small batch count more."""
    parts = [slice(i, i + batch_size) for i in range(0, len(x), batch_size)]
    found = [right.Model.evaluate(self, x[part], y[part]) for part in parts]
    return tuple(float(mean) for mean in np.mean(found, axis=0))


@misconception(
    "ex16/evaluate",
    "number of right answers",
    hint="From which number to which can an accuracy be?",
)
def counted(self, x, y, batch_size=256):
    """Your accuracy is the number of right answers; it should be their share, from 0 to 1."""
    loss, accuracy = right.Model.evaluate(self, x, y)
    return loss, accuracy * len(x)


@another_way(counted)
def percent(self, x, y, batch_size=256):
    """In percent."""
    loss, accuracy = right.Model.evaluate(self, x, y)
    return loss, 100 * accuracy


@misconception(
    "ex16/predict",
    "logits in place of probabilities",
    hint="Do the rows of your result add up to 1?",
)
def logits_returned(self, x, batch_size=256):
    """Your code returns the logits. Probabilities are their softmax, row by row."""
    return self.forward(x)


@misconception(
    "ex16/predict",
    "softmax along the wrong axis",
    hint="Which sums of your probabilities are 1: those of the rows, or those of the columns?",
)
def softmax_over_samples(self, x, batch_size=256):
    """Your probabilities add up to 1 over the samples. They should over the classes of each sample."""
    logits = self.forward(x)
    powers = np.exp(logits - logits.max(axis=0))
    return powers / powers.sum(axis=0)


@misconception(
    "ex16/predict",
    "classes in place of probabilities",
    hint="Which shape should the result have?",
    by_kind=True,
)
def classes_returned(self, x, batch_size=256):
    """Your code returns the most probable class of each sample, and not the probabilities."""
    return self.forward(x).argmax(axis=1)


@misconception(
    "ex16/predict",
    "only the last batch",
    hint="What becomes of the rows of the first batch when the second one comes?",
    by_kind=True,
)
def last_batch(self, x, batch_size=256):
    """Your result has the rows of the last batch alone. Collect those of all batches."""
    start = (len(x) - 1) // batch_size * batch_size
    return right.Model.predict(self, x[start:])


@misconception(
    "ex16/set_state",
    "half of the parameters set before the error",
    hint="In which order does your code look, and copy?",
)
def half_loaded(self, state):
    """Your code copies while it still looks, so an error leaves some parameters changed."""
    for i, layer in enumerate(self.layers):
        for name, own in layer.parameters.items():
            if np.shape(state.get(f"{i}.{name}")) != own.shape:
                raise ValueError(f"{i}.{name} does not fit")
            layer.parameters[name] = np.array(state[f"{i}.{name}"])


@misconception(
    "ex16/set_state",
    "shapes not looked at",
    hint="What does your code do with an array of another shape?",
)
def any_shape(self, state):
    """Your code takes arrays of any shape; the first forward then fails, or worse, does not."""
    for i, layer in enumerate(self.layers):
        for name in layer.parameters:
            if f"{i}.{name}" not in state:
                raise ValueError(f"there is no {i}.{name}")
    for i, layer in enumerate(self.layers):
        for name in layer.parameters:
            layer.parameters[name] = np.array(state[f"{i}.{name}"])
