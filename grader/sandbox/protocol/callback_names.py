"""What both sides call the methods of a callback."""

CALL = "__call__"
"""The only method of a function."""
