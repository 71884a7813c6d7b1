"""Trains the bundled encoder and the verifier from a table of pairs, reproducibly."""
