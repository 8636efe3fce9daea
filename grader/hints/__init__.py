"""Hints for students: the texts, how many have been given, and what the command prints."""
