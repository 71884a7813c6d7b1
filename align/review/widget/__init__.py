"""The review in a notebook: the page's verdicts and words over the same store, without a server."""
