"""Names to classes, imported on use, so that a name costs nothing until it is wanted."""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module
from typing import Any

from align.errors import UnknownNameError

__all__ = ["Registry"]


@dataclass(frozen=True, slots=True)
class Registry:
    """A table of one kind of thing, name -> "module:attribute".

    >>> Registry("container", {"ordered": "collections:OrderedDict"}).load("ordered").__name__
    'OrderedDict'
    """

    kind: str
    entries: dict[str, str]

    def load(self, name: str) -> Any:  # noqa: ANN401  (the table's reader knows the type)
        """Import and return what `name` stands for; raises UnknownNameError, which lists the names."""
        if name not in self.entries:
            raise UnknownNameError(self.kind, name, self.entries)
        module, _, attribute = self.entries[name].partition(":")
        return getattr(import_module(module), attribute)
