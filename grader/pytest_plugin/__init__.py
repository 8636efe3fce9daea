"""Grade with pytest: its options, one test item for each check, and the session."""
