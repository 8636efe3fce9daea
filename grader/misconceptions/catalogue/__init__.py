"""The known mistakes, one file for each exercise."""
