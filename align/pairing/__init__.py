"""Which documents belong together: the votes of their sentences as one probability a pair."""
