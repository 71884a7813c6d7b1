"""Compare what the aligner found with hand-made truth: gold readers, measures, scores."""
