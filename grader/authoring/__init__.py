"""Generate everything that students get from `solutions/`, the single source."""
