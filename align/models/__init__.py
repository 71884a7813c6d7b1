"""Where the bundled models lie, and which others a user may name."""

from pathlib import Path
from typing import Final

__all__ = ["BUNDLED", "BUNDLED_FOLDER"]

BUNDLED: Final = "kk-en"
"""The name of the encoder and verifier that ship inside the package."""

BUNDLED_FOLDER: Final = Path(__file__).parent / BUNDLED
"""Their folder."""
