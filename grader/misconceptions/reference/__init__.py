"""Each exercise done right, in the interface that students meet: what known mistakes are told against.

It is not `solutions/`, which teaches, and which the people who grade need not have.
"""
