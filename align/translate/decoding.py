"""How a model is run and how it searches for words.

These are plain records, the same for every kind of model.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from align.errors import SettingsError

__all__ = ["PENALTY", "SAFER_BEAMS", "Decoding", "DecodingOptions"]

SAFER_BEAMS: Final = 5
PENALTY: Final = 1.1
_REPEATED: Final = 5
"""Longer than most names in tokens is short enough: a loop ends in its second round, a name may come twice."""


@dataclass(frozen=True, slots=True)
class Decoding:
    """One way of searching: greedy (`beams` 1) or by beam, with a brake on repetition or none.

    `no_repeat` forbids a run of that many tokens to come twice, 0 forbids nothing; `penalty` above 1 makes tokens
    that have come before less probable (Keskar et al. 2019).

    >>> str(Decoding()), str(Decoding(beams=5, no_repeat=4, penalty=1.1))
    ('greedy', 'beam 5, no repeated 4-grams, repetition penalty 1.1')
    """

    beams: int = 1
    no_repeat: int = 0
    penalty: float = 1.0

    def __str__(self) -> str:
        search = "greedy" if self.beams == 1 else f"beam {self.beams}"
        grams = f", no repeated {self.no_repeat}-grams" if self.no_repeat else ""
        return search + grams + (f", repetition penalty {self.penalty}" if self.penalty != 1 else "")


@dataclass(frozen=True, slots=True)
class DecodingOptions:
    """How a translator runs.

    Only `beams`, `max_source_tokens` and the device's precision change its drafts. `device` None takes a GPU where
    there is one, and there half precision. `batch_tokens` bounds a batch: its rows times its longest text, in tokens.
    `max_source_tokens` is the length from which a sentence is cut at its clauses; a model that takes less has its own
    way. Raises SettingsError for a number below 1.
    """

    device: str | None = None
    beams: int = 1
    batch_tokens: int = 2048
    max_source_tokens: int = 256

    def __post_init__(self) -> None:
        for name in ("beams", "batch_tokens", "max_source_tokens"):
            if getattr(self, name) < 1:
                raise SettingsError(f"{name} = {getattr(self, name)}: must be 1 or more")

    def decoding(self, *, safer: bool, chat: bool = False) -> Decoding:
        """Return the search for first drafts or, with `safer`, for a second try.

        The latter has beams and a brake on repetition. In a `chat` the prompt holds the source, and what stands there
        must not be forbidden to come again.
        """
        if not safer:
            return Decoding(self.beams)
        return Decoding(max(self.beams, SAFER_BEAMS), 0 if chat else _REPEATED, PENALTY)
