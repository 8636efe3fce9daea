"""Analyse the student's code by reading it, without running it."""
