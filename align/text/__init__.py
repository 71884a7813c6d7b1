"""Text as the stages see it: normalised, romanised, split into sentences and words.

Pure functions only.
"""
