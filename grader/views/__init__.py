"""What people see of the results: each view is a function of `Results`."""
