"""Which documents belong together: votes of their sentences, turned into one probability a pair."""
