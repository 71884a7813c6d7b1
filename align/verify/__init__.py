"""Candidates to probabilities.

Features, a logistic model, calibration, thresholds, the words that correspond.
"""
