"""A correct version of each exercise, with the students' interface; known mistakes replace parts of it.

This is not `solutions/`: those files are for teaching, and graders need not have them.
"""
