"""From `solutions/`, the single source, to everything that students get."""
