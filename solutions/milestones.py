# %% [markdown]
# # Milestones: your parts together
#
# There is nothing to write here. Each milestone builds a network from the layers that you have written,
# trains it with your `train`, and checks what your `predict` says about images it has not seen.
#
# | milestone | network | loss | trained on |
# |---|---|---|---|
# | XOR | Dense(2, 16), Tanh, Dense(16, 1), Tanh | mean squared error | 4 points, 1000 epochs |
# | 0 or 1 | Convolutional((1, 28, 28), 3, 5), Sigmoid, Reshape, Dense(3380, 100), Sigmoid, Dense(100, 2), Sigmoid | binary cross-entropy | 100 images of each, 2 epochs |
# | ten digits | Convolutional((1, 28, 28), 5, 3), ReLU, Reshape, Dropout(0.25), Dense(1728, 32), ReLU, Dense(32, 10), Softmax | categorical cross-entropy | 100 images of each, 2 epochs |
#
# The grader sets the initial weights (for a layer with $n$ inputs, their standard deviation is
# $\sqrt{2/n}$, as in exercise 4), so a network of correct parts always learns the same. The images are
# from MNIST or, if that is not available, the smaller digits that come with scikit-learn.

# %% [markdown]
# ## See it
#
# Run this file to see the second network: its loss, what it predicts for images it has not seen, and
# what its kernels have become.

# %%
if __name__ == "__main__":
    import matplotlib.pyplot as plt
    import numpy as np
    from ex02_convolutional import Convolutional
    from ex03_reshape import Reshape
    from ex04_dense import Dense
    from ex05_activations import Sigmoid
    from ex06_losses import binary_cross_entropy, binary_cross_entropy_prime
    from ex09_training import predict, train

    from datasets import load_digits
    from datasets.demo import if_written, show

    digits = load_digits()
    chosen = np.concatenate([np.flatnonzero(digits.y_train == digit)[:100] for digit in (0, 1)])
    chosen = np.random.default_rng(0).permutation(chosen)
    targets = np.eye(2)[digits.y_train[chosen]][:, :, np.newaxis]
    with if_written():
        convolution, dense = Convolutional((1, 28, 28), 3, 5), Dense(5 * 26 * 26, 100)
        network = [convolution, Sigmoid(), Reshape((5, 26, 26), (5 * 26 * 26, 1)), dense, Sigmoid()]
        network += [Dense(100, 2), Sigmoid()]
        loss = (binary_cross_entropy, binary_cross_entropy_prime)
        losses = train(network, *loss, digits.x_train[chosen], targets, epochs=5, learning_rate=0.1)

        unseen = np.flatnonzero(digits.y_test < 2)[:12]
        figure = plt.figure(figsize=(9, 5), layout="constrained")
        columns = figure.subfigures(1, 3, squeeze=False, width_ratios=(3, 4, 2))
        curve, images, kernels = columns[0]
        axis = curve.subplots()
        axis.plot(range(1, 6), losses, marker="o")
        axis.set(title="mean loss", xlabel="epoch")
        images.suptitle("predictions for new images")
        for axis, index in zip(images.subplots(4, 3).ravel(), unseen, strict=True):
            predicted = int(np.argmax(predict(network, digits.x_test[index])))
            axis.imshow(digits.x_test[index, 0], cmap="gray_r")
            correct = predicted == digits.y_test[index]
            axis.set_title(str(predicted), color="tab:green" if correct else "tab:red")
            axis.axis("off")
        kernels.suptitle("its kernels")
        for axis, kernel in zip(kernels.subplots(5, 1), convolution.kernels[:, 0], strict=True):
            axis.imshow(kernel, cmap="coolwarm", vmin=-3, vmax=3)
            axis.axis("off")
    show()
