"""The grader of the course: `pytest grader` says what is right and what precisely is wrong."""
