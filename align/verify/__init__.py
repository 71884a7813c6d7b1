"""Candidates to probabilities: features, a logistic model, calibration, thresholds, the words that correspond."""
