"""Grade submissions: jobs, the session that grades them, and the result of each check."""
