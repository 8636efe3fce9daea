"""Submissions, as the grader sees them, whether files or notebooks were handed in."""
