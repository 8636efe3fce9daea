"""What the grader needs of a submission, whatever it was handed in as."""
