"""A person's verdicts on links, and what they say of the run.

They are kept as events beside it.
"""
