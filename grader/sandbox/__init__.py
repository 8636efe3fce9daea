"""Run student code in a separate process, in a jail, and exchange messages with it."""
