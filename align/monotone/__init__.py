"""Documents that translate each other: which neighbouring lines belong together, n to m."""
