"""Grade submissions: jobs, the session that grades them, and the record of each check."""
