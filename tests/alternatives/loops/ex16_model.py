import math

import numpy as np


def softmax_cross_entropy(logits, targets):
    N, K = logits.shape
    gradient = np.zeros((N, K), dtype=logits.dtype)
    total = 0.0
    for n in range(N):
        top = max(float(z) for z in logits[n])
        scale = sum(math.exp(float(z) - top) for z in logits[n])
        for k in range(K):
            log = float(logits[n, k]) - top - math.log(scale)
            if targets[n, k] != 0:
                total -= float(targets[n, k]) * log
            gradient[n, k] = (math.exp(log) - targets[n, k]) / N
    return total / N, gradient


def right_answers(logits, y):
    count = 0
    for row, target in zip(logits, y, strict=True):
        count += list(row).index(max(row)) == list(target).index(max(target))
    return count


class Model:
    def __init__(self, layers):
        self.layers = layers

    def run(self, x, training):
        for layer in self.layers:
            x = layer.forward(x, training)
        return x

    def fit(
        self,
        x,
        y,
        epochs,
        batch_size,
        optimiser,
        validation=None,
        shuffle=True,
        rng=None,
        verbose=True,
    ):
        rng = np.random.default_rng(rng)
        parameters = [layer.parameters for layer in self.layers]
        history = []
        for epoch in range(epochs):
            indices = list(range(len(x)))
            if shuffle:
                rng.shuffle(indices)
            loss_sum, hits = 0, 0
            while indices:
                now, indices = indices[:batch_size], indices[batch_size:]
                xs, ys = np.array([x[i] for i in now]), np.array([y[i] for i in now])
                logits = self.run(xs, True)
                loss, gradient = softmax_cross_entropy(logits, ys)
                for layer in self.layers[::-1]:
                    gradient = layer.backward(gradient)
                gradients = []
                for layer in self.layers:
                    gradients.append(layer.gradients)
                optimiser.step(parameters, gradients)
                loss_sum += loss * len(now)
                hits += right_answers(logits, ys)
            entry = {"epoch": epoch, "loss": loss_sum / len(x), "accuracy": hits / len(x)}
            if validation:
                entry["validation_loss"], entry["validation_accuracy"] = self.evaluate(
                    validation[0], validation[1]
                )
            if verbose:
                print(entry)
            history.append(entry)
        return history

    def evaluate(self, x, y, batch_size=256):
        total, hits = 0.0, 0
        for xs, ys in zip(x, y, strict=True):
            logits = self.run(xs[np.newaxis], False)
            total += softmax_cross_entropy(logits, ys[np.newaxis])[0]
            hits += right_answers(logits, ys[np.newaxis])
        return total / len(x), hits / len(x)

    def predict(self, x, batch_size=256):
        result = []
        for row in self.run(x, False):
            powers = [math.exp(float(z) - max(row)) for z in row]
            result.append([power / sum(powers) for power in powers])
        return np.array(result)

    def set_state(self, state):
        for copy in (False, True):
            for number, layer in enumerate(self.layers):
                for name in layer.parameters:
                    key = str(number) + "." + name
                    if key not in state or state[key].shape != layer.parameters[name].shape:
                        raise ValueError("cannot use " + key)
                    if copy:
                        layer.parameters[name][...] = state[key]
