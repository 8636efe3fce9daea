"""Where the student's code runs, and all that crosses between it and the checks."""
