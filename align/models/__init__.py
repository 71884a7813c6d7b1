"""Where the bundled models lie, and which others a user may name."""

from pathlib import Path
from typing import Final

__all__ = ["BUNDLED", "BUNDLED_FOLDER", "ENCODER_FILE", "VERIFIER_FILE", "own_models"]

BUNDLED: Final = "kk-en"
"""The name of the encoder and verifier that ship inside the package."""

BUNDLED_FOLDER: Final = Path(__file__).parent / BUNDLED
"""Their folder."""

ENCODER_FILE: Final = "encoder.json"
"""What describes the encoder in a folder of models."""

VERIFIER_FILE: Final = "verifier.json"
"""The weights of the verifier in a folder of models."""


def own_models(encoder: str) -> Path | None:
    """Return the folder of an encoder that has a verifier of its own, or None.

    A verifier's weights belong to the encoder that they were fitted with: behind any other one, the bundled two judge.
    """
    folder = BUNDLED_FOLDER if encoder == BUNDLED else Path(encoder)
    return folder if all((folder / name).is_file() for name in (ENCODER_FILE, VERIFIER_FILE)) else None
