"""The grader of the course: `pytest grader` says what is right and what precisely is wrong."""

import logging

# Whoever runs the grader decides where its log goes; in a kernel, nbgrader takes output to stderr for
# an error of the student's.
logging.getLogger(__name__).addHandler(logging.NullHandler())
