"""Drafts kept between runs, by translator and content.

So an interrupted drafting goes on where it was.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

from align.ports import Translator
from align.storage.keyed import KeyedCache, cache_folder
from align.types import Draft

__all__ = ["CachedTranslator", "draft_cache"]


def draft_cache(path: Path | None = None) -> KeyedCache:
    """Open the drafts that are kept, in the user's cache unless another file is named."""
    return KeyedCache(path or cache_folder() / "drafts.db", table="drafts", model="translator", value="draft")


class CachedTranslator:
    """A translator that asks the cache first and keeps what it had to make.

    That a text got no draft is kept as well. Drafts are kept as the translator gave them: checks are made again each
    time, by whichever checks there are then.
    """

    def __init__(self, translator: Translator, cache: KeyedCache) -> None:
        self.signature = translator.signature
        self._translator = translator
        self._cache = cache

    def draft(self, texts: Sequence[str], *, safer: bool = False) -> list[Draft | None]:
        """Return one unchecked draft per text: those held, and the translator's own for the rest."""
        keys = [self._key(text, safer) for text in texts]
        held = {key: _parsed(kept) for key, kept in self._cache.get(list(dict.fromkeys(keys))).items()}
        missing = {key: text for key, text in zip(keys, texts, strict=True) if key not in held}
        if missing:
            made = self._translator.draft(list(missing.values()), safer=safer)
            fresh = dict(zip(missing, made, strict=True))
            self._cache.put(self.signature, {key: _written(draft) for key, draft in fresh.items()})
            held.update(fresh)
        return [held[key] for key in keys]

    def _key(self, text: str, safer: bool) -> bytes:
        return hashlib.sha256(f"{self.signature}\n{safer}\n{text}".encode()).digest()


def _written(draft: Draft | None) -> bytes:
    record = None if draft is None else {**asdict(draft), "checks": []}
    return json.dumps(record, ensure_ascii=False).encode()


def _parsed(content: bytes) -> Draft | None:
    record = json.loads(content)
    return None if record is None else Draft(**{**record, "checks": ()})
