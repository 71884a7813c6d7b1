"""Show the doctests of docstrings as code on the API page: Markdown would take `>>>` for a quotation."""

from __future__ import annotations

import re

from griffe import Extension, Object

_EXAMPLE = re.compile(r"^>>> .*(?:\n(?!\n|\Z).*)*", re.MULTILINE)


class Doctests(Extension):
    """Put every doctest of a docstring into a fenced block."""

    def on_object(self, *, obj: Object, **_: object) -> None:
        """Rewrite one object's docstring."""
        if obj.docstring:
            obj.docstring.value = _EXAMPLE.sub(lambda found: f"```pycon\n{found[0]}\n```", obj.docstring.value)
