"""Hints for students: the texts, the count of those given, and the command."""
