"""Files to documents: readers by suffix, boilerplate found and kept with its reason."""

from align.registry import Registry

__all__ = ["READERS"]

READERS = Registry("kind of document", {".txt": "align.corpus.txt:read_text"})
"""A file's suffix to the function that reads one; more kinds of document are more entries."""
