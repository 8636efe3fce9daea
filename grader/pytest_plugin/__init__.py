"""How pytest grades: options, one item for each check, and the session."""
