"""The models a user may name, and which of them are here."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Final

from align.models import BUNDLED, BUNDLED_FOLDER

__all__ = ["CatalogueEntry", "catalogue"]

_KNOWN: Final = {
    "sentence-transformers/LaBSE": ("1.9 GB", "Apache-2.0"),
    "BAAI/bge-m3": ("2.3 GB", "MIT"),
    "intfloat/multilingual-e5-small": ("0.5 GB", "MIT"),
    "intfloat/multilingual-e5-large": ("2.2 GB", "MIT"),
}
"""Encoders that know Kazakh, with the size of the download and the licence their pages state."""

_KNOWN_TRANSLATORS: Final = {
    "facebook/nllb-200-distilled-600M": ("2.5 GB", "CC-BY-NC-4.0, the drafts too"),
    "facebook/m2m100_418M": ("1.9 GB", "MIT"),
    "facebook/mbart-large-50-many-to-many-mmt": ("2.4 GB", "MIT"),
    "google/madlad400-3b-mt": ("11.8 GB", "Apache-2.0"),
    "Helsinki-NLP/opus-mt-trk-en": ("0.3 GB", "Apache-2.0"),
}
"""Translators from Kazakh into English; any other model of these families may be named too."""


@dataclass(frozen=True, slots=True)
class CatalogueEntry:
    """A model: what it does (`kind`), its name, size and licence, and its state.

    `state` says whether it can be used at once.
    """

    kind: str
    name: str
    size: str
    licence: str
    state: str

    def to_dict(self) -> dict[str, str]:
        """Return the fields as plain values."""
        return asdict(self)


def catalogue() -> list[CatalogueEntry]:
    """Return the bundled models, then those known or already fetched from the hub."""
    from align.encode.sbert import models_on_disk

    here = [name for name in models_on_disk() if name != BUNDLED]
    bundled = [
        CatalogueEntry(
            "encoder", BUNDLED, _size(BUNDLED_FOLDER / "model.safetensors"), "Apache-2.0", "ready (bundled)"
        ),
        CatalogueEntry(
            "second stage", BUNDLED, "in the encoder's", "Apache-2.0", "ready (bundled), behind any encoder"
        ),
        *(
            CatalogueEntry(kind, BUNDLED, _size(BUNDLED_FOLDER / f"{kind}.json"), "Apache-2.0", "ready (bundled)")
            for kind in ("verifier", "beads", "pairing")
        ),
    ]
    hub = [
        CatalogueEntry("encoder", name, *_KNOWN.get(name, ("", "")), _state(name, here))
        for name in sorted({*_KNOWN, *here} - {*_KNOWN_TRANSLATORS})
    ]
    return bundled + hub + _translators(here)


def _translators(here: list[str]) -> list[CatalogueEntry]:
    """Return what drafts: the two built-in ones, the models of the hub, and faster engines."""
    extra = "ready" if find_spec("ctranslate2") else "missing: pip install 'align-workbench[ctranslate2]'"
    return [
        CatalogueEntry("translator", "gloss", _size(BUNDLED_FOLDER / "english.tsv"), "Apache-2.0", "ready (bundled)"),
        CatalogueEntry("translator", "memory:PATH", "", "the memory's own", "ready, for TMX files and other runs"),
        *(
            CatalogueEntry("translator", name, size, licence, _state(name, here))
            for name, (size, licence) in sorted(_KNOWN_TRANSLATORS.items())
        ),
        CatalogueEntry("translator", "ctranslate2:NAME", "a quarter of NAME", "that of NAME", extra),
    ]


def _state(name: str, here: list[str]) -> str:
    return "ready (on disk)" if name in here else "fetched on first use"


def _size(path: Path) -> str:
    return f"{path.stat().st_size / 1e6:.1f} MB" if path.is_file() else "absent"
