"""The commands of `grader`, one in each file."""
