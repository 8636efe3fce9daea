"""Everything goes through one generator of batches; nothing is called as in the text."""

import numpy as np


def softmax_cross_entropy(logits, targets):
    z = np.asarray(logits, dtype=np.float64)
    z = z - np.max(z, axis=1)[:, None]
    log_sum = np.log(np.exp(z).sum(axis=1))
    of_samples = log_sum - (z * targets).sum(axis=1)
    gradient = np.exp(z - log_sum[:, None]) - targets
    return of_samples.mean(), (gradient / z.shape[0]).astype(logits.dtype)


class _Meter:
    """Means over samples."""

    def __init__(self):
        self.n = self.loss = self.hits = 0

    def add(self, logits, y, loss):
        self.n += len(y)
        self.loss += len(y) * loss
        self.hits += np.count_nonzero(np.argmax(logits, axis=1) == np.argmax(y, axis=1))

    def read(self):
        return self.loss / self.n, self.hits / self.n


class Model:
    def __init__(self, layers):
        self._stack = list(layers)

    def _through(self, x, training=False):
        out = x
        for step in self._stack:
            out = step.forward(out, training)
        return out

    @staticmethod
    def _chunks(indices, size):
        while len(indices):
            yield indices[:size]
            indices = indices[size:]

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
        generator = rng if isinstance(rng, np.random.Generator) else np.random.default_rng(rng)
        log = []
        indices = np.arange(len(x))
        for _ in range(epochs):
            meter = _Meter()
            if shuffle:
                generator.shuffle(indices)
            for chunk in self._chunks(indices, batch_size):
                logits = self._through(x[chunk], True)
                loss, back = softmax_cross_entropy(logits, y[chunk])
                meter.add(logits, y[chunk], loss)
                for step in self._stack[::-1]:
                    back = step.backward(back)
                pairs = [(step.parameters, step.gradients) for step in self._stack]
                optimiser.step(*map(list, zip(*pairs, strict=True)))
            record = dict(zip(("loss", "accuracy"), meter.read(), strict=True))
            if validation is not None:
                xv, yv = validation
                found = _Meter()
                for chunk in self._chunks(np.arange(len(xv)), 3):
                    logits = self._through(xv[chunk])
                    found.add(logits, yv[chunk], softmax_cross_entropy(logits, yv[chunk])[0])
                record["validation_loss"], record["validation_accuracy"] = found.read()
            log.append(record)
            if verbose:
                print(" ".join(f"{name}={value:.3g}" for name, value in record.items()))
        return log

    def evaluate(self, x, y, batch_size=256):
        meter = _Meter()
        for chunk in self._chunks(np.arange(len(x)), batch_size):
            logits = self._through(x[chunk])
            meter.add(logits, y[chunk], softmax_cross_entropy(logits, y[chunk])[0])
        return meter.read()

    def predict(self, x, batch_size=256):
        """Softmax is the gradient of the loss without targets."""
        rows = []
        for chunk in self._chunks(np.arange(len(x)), batch_size):
            logits = self._through(x[chunk])
            rows.extend(softmax_cross_entropy(logits, np.zeros_like(logits))[1] * len(chunk))
        return np.stack(rows)

    def set_state(self, state):
        wanted = [
            (f"{i}.{name}", step, name)
            for i, step in enumerate(self._stack)
            for name in step.parameters
        ]
        try:
            new = [np.array(state[key]) for key, _, _ in wanted]
        except KeyError as missing:
            raise ValueError(f"missing: {missing}") from None
        for array, (key, step, name) in zip(new, wanted, strict=True):
            if array.shape != step.parameters[name].shape:
                raise ValueError(f"{key}: {array.shape}")
        for array, (_, step, name) in zip(new, wanted, strict=True):
            step.parameters = {**step.parameters, name: array}
