"""A run: what it found, and the folder that holds it."""
