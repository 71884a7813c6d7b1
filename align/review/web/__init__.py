"""The review's pages: who may see them, what they show, and what they send to the store."""
