"""A correct exercise 1, built on the oracles: its known mistakes replace parts of this code."""

from grader.checking import oracles

correlate2d = oracles.correlate2d
convolve2d = oracles.convolve2d
