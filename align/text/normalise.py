"""One spelling for what differs only in bytes, and the ids that rest on it."""

from __future__ import annotations

import hashlib
import re
import unicodedata

from align.types import Lang

__all__ = ["normalise", "segment_id"]

_SAME = str.maketrans(
    {
        **dict.fromkeys("«»“”„‟″", '"'),
        **dict.fromkeys("‘’‚‛′ʼ`´", "'"),
        **dict.fromkeys("‐‑‒–—―−", "-"),
        "…": "...",
        **dict.fromkeys("\u00ad\u200b\u200c\u200d\u2060\ufeff"),
    }
)
_SPACE = re.compile(r"\s+")


def normalise(text: str) -> str:
    """Return the text in NFC, with one kind of quote, dash and space, and nothing invisible.

    >>> normalise("«Азаттық»  радиосы – 2019…")
    '"Азаттық" радиосы - 2019...'
    """
    return _SPACE.sub(" ", unicodedata.normalize("NFC", text).translate(_SAME)).strip()


def segment_id(text: str, lang: Lang) -> str:
    """Return 16 hex digits that depend on the language and the normalised text alone.

    A person's decision depends on this id, so it must not change when the document is split or mined again.

    >>> segment_id("Алматы – қала", "kk") == segment_id("Алматы  - қала", "kk")
    True
    """
    return hashlib.sha256(f"{lang}\n{normalise(text)}".encode()).hexdigest()[:16]
