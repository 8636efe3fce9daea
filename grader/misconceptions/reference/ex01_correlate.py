"""Exercise 1 done right, on top of the oracles: what its known mistakes are told against."""

from grader.checking import oracles

correlate2d = oracles.correlate2d
convolve2d = oracles.convolve2d
