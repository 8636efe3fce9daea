import numpy as np
from scipy.special import log_softmax, softmax


def softmax_cross_entropy(logits, targets):
    logs = log_softmax(logits, axis=-1)
    gradient = (softmax(logits, axis=-1) - targets) / logits.shape[0]
    return float(-np.einsum("nk,nk->", targets, logs) / logits.shape[0]), gradient.astype(
        logits.dtype
    )


class Model:
    def __init__(self, layers):
        self.layers = tuple(layers)

    def __call__(self, x, training=False):
        for layer in self.layers:
            x = layer.forward(x, training=training)
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
        return [
            self.one_epoch(x, y, batch_size, optimiser, rng if shuffle else None)
            | self.of_validation(validation)
            for _ in range(epochs)
        ]

    def of_validation(self, validation):
        if validation is None:
            return {}
        loss, accuracy = self.evaluate(*validation)
        return {"validation_loss": loss, "validation_accuracy": accuracy}

    def one_epoch(self, x, y, batch_size, optimiser, rng):
        if rng is not None:
            order = np.argsort(rng.random(len(x)))
            x, y = x[order], y[order]
        losses, hits = np.zeros(len(x)), np.zeros(len(x), bool)
        for where in np.split(np.arange(len(x)), np.arange(batch_size, len(x), batch_size)):
            logits = self(x[where], training=True)
            losses[where], gradient = softmax_cross_entropy(logits, y[where])
            hits[where] = np.argmax(logits, -1) == np.argmax(y[where], -1)
            for layer in self.layers[::-1]:
                gradient = layer.backward(gradient)
            optimiser.step(
                parameters=[layer.parameters for layer in self.layers],
                gradients=[layer.gradients for layer in self.layers],
            )
        return {"loss": losses.mean(), "accuracy": hits.mean()}

    def evaluate(self, x, y, batch_size=256):
        logits = self(x)
        return softmax_cross_entropy(logits, y)[0], np.mean(logits.argmax(1) == y.argmax(1))

    def predict(self, x, batch_size=256):
        pieces = np.array_split(x, max(1, len(x) // batch_size))
        return np.vstack([softmax(self(piece), axis=-1) for piece in pieces])

    def set_state(self, state):
        places = {
            f"{i}.{k}": (p.parameters, k) for i, p in enumerate(self.layers) for k in p.parameters
        }
        if set(places) != set(state):
            raise ValueError(f"expected {sorted(places)}, got {sorted(state)}")
        for name, (owner, key) in places.items():
            if owner[key].shape != state[name].shape:
                raise ValueError(name)
        for name, (owner, key) in places.items():
            owner[key] = np.asarray(state[name], dtype=owner[key].dtype)
