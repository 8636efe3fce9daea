import numpy as np


def conv2d_forward(x, kernels, bias):
    N, C, H, W = x.shape
    F, _, R, S = kernels.shape
    output = np.empty((N, F, H - R + 1, W - S + 1), dtype=x.dtype)
    for n in range(N):
        for f in range(F):
            for u in range(H - R + 1):
                for v in range(W - S + 1):
                    total = float(bias[f])
                    for c in range(C):
                        for a in range(R):
                            for d in range(S):
                                total += float(x[n, c, u + a, v + d]) * float(kernels[f, c, a, d])
                    output[n, f, u, v] = total
    return output


def conv2d_kernel_gradient(output_gradient, x):
    N, F, height, width = output_gradient.shape
    C = x.shape[1]
    R, S = x.shape[2] - height + 1, x.shape[3] - width + 1
    gradient = np.empty((F, C, R, S), dtype=x.dtype)
    for f in range(F):
        for c in range(C):
            for a in range(R):
                for d in range(S):
                    total = 0.0
                    for n in range(N):
                        for u in range(height):
                            for v in range(width):
                                pixel = float(x[n, c, u + a, v + d])
                                total += float(output_gradient[n, f, u, v]) * pixel
                    gradient[f, c, a, d] = total / N
    return gradient


def conv2d_bias_gradient(output_gradient):
    gradient = np.zeros(output_gradient.shape[1], output_gradient.dtype)
    for f in range(len(gradient)):
        gradient[f] = output_gradient[:, f].sum() / len(output_gradient)
    return gradient


def conv2d_input_gradient(output_gradient, kernels):
    N, F, height, width = output_gradient.shape
    _, C, R, S = kernels.shape
    gradient = np.zeros((N, C, height + R - 1, width + S - 1), dtype=kernels.dtype)
    for n, f, u, v in np.ndindex(N, F, height, width):
        for c, a, d in np.ndindex(C, R, S):
            gradient[n, c, u + a, v + d] += output_gradient[n, f, u, v] * kernels[f, c, a, d]
    return gradient
