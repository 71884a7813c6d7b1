"""A word-for-word gloss of a Kazakh text, for reviewers who ask for it."""

from __future__ import annotations

from dataclasses import dataclass, field
from threading import Lock
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from align.ports import Translator
    from align.types import Draft

__all__ = ["Glosser"]


@dataclass(slots=True)
class Glosser:
    """The bundled gloss, loaded at the first question: a link has a counterpart, and so no draft of its own."""

    _lock: Lock = field(default_factory=Lock)
    _translator: Translator | None = None

    def gloss(self, text: str) -> Draft | None:
        """Return the gloss of a Kazakh text, None where there is nothing to say of it."""
        from align.sides import matched_lines
        from align.translate import GLOSS, load_translator

        with self._lock:
            if self._translator is None:
                self._translator = load_translator(GLOSS)
            return self._translator.draft(matched_lines([text], "kk"))[0]
