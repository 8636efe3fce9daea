# ---
# jupyter:
#   exercise:
#     assignment: extra
# ---

# %% [markdown]
# # A milestone of another assignment
#
# Your layer learns which of three features are turned round.
