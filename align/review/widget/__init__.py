"""The review in a notebook.

The page's verdicts and words over the same store, without a server.
"""
