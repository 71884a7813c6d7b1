"""What the aligner is worth: measures, mixtures with noise, the quality benchmark."""
