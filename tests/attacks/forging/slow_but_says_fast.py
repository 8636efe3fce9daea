"""Take eight seconds, and claim to take none: replace clocks, timers and limits.

Deserves: ex03/forward 0, ex03/backward 2
"""

import signal
import time

import numpy as np

clock = time.process_time
for name in ("process_time", "monotonic", "perf_counter", "time", "thread_time"):
    setattr(time, name, lambda: 0.0)
signal.signal = lambda *args: None
signal.setitimer(signal.ITIMER_REAL, 0)


class Reshape:
    def __init__(self, input_shape, output_shape):
        self.input_shape, self.output_shape = input_shape, output_shape

    def forward(self, input, training=False):
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGALRM])
        end = clock() + 8
        while clock() < end:
            pass
        return np.reshape(input, self.output_shape)

    def backward(self, output_gradient, learning_rate):
        return np.reshape(output_gradient, self.input_shape)
