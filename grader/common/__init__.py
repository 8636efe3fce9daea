"""Small helpers that know nothing of grading."""
