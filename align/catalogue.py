"""The models a user may name, and which of them are here."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Final

__all__ = ["CatalogueEntry", "catalogue"]

_BUNDLED: Final = Path(__file__).parent / "models" / "kk-en"
_KNOWN: Final = {
    "sentence-transformers/LaBSE": ("1.9 GB", "Apache-2.0"),
    "BAAI/bge-m3": ("2.3 GB", "MIT"),
    "intfloat/multilingual-e5-small": ("0.5 GB", "MIT"),
    "intfloat/multilingual-e5-large": ("2.2 GB", "MIT"),
}
"""Encoders that know Kazakh, with the size of the download and the licence their pages state."""


@dataclass(frozen=True, slots=True)
class CatalogueEntry:
    """A model: what it does (`kind`), its name, size and licence, and whether it can be used at once (`state`)."""

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
    from align.encode import BUNDLED
    from align.encode.sbert import models_on_disk

    here = [name for name in models_on_disk() if name != BUNDLED]
    bundled = [
        CatalogueEntry("encoder", BUNDLED, _size(_BUNDLED / "model.safetensors"), "Apache-2.0", "ready (bundled)"),
        CatalogueEntry("verifier", BUNDLED, _size(_BUNDLED / "verifier.json"), "Apache-2.0", "ready (bundled)"),
    ]
    hub = [
        CatalogueEntry("encoder", name, *_KNOWN.get(name, ("", "")), _state(name, here))
        for name in sorted({*_KNOWN, *here})
    ]
    return bundled + hub


def _state(name: str, here: list[str]) -> str:
    return "ready (on disk)" if name in here else "fetched on first use"


def _size(path: Path) -> str:
    return f"{path.stat().st_size / 1e6:.1f} MB" if path.is_file() else "absent"
