"""Connect the grader to nbgrader, which grades a whole class."""
