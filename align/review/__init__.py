"""Review: a person's verdicts on links, kept as events beside the run, and what they say of the run."""
