"""Small helpers that know nothing about grading."""
