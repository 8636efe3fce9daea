"""Grade many submissions, with nbgrader around the grader."""
