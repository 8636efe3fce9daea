"""Views of the results for people: each view is a function of `Results`."""
