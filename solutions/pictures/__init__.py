"""The pictures in the exercises' texts: one file for each exercise, one function for each picture.

A public function returns a figure. `grader build` saves it as `exercises/pictures/EXERCISE/FUNCTION.png`.
"""
