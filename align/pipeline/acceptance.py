"""Which links are accepted without a reviewer, decided by what is written of them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

import numpy as np

from align.settings import Settings
from align.types import FloatArray, Link
from align.verify.threshold import Threshold, expected_at, threshold_for

__all__ = ["accept_links", "least_shown"]


def least_shown(probabilities: FloatArray, settings: Settings) -> float:
    """Return the probability from which candidates, (n,) of them, become links.

    It is lower than `review` where a target precision may accept less probable ones.
    """
    if settings.target_precision is None:
        return settings.review
    return min(settings.review, threshold_for(probabilities, settings.target_precision).value)


def accept_links(
    links: Sequence[Link], settings: Settings, *, least: float = 0.0
) -> tuple[tuple[Link, ...], Settings, Threshold]:
    """Return the links with their statuses, and the settings that decided these.

    What is expected of the accepted ones comes with them. A target precision chooses the threshold among the
    probabilities of at least `least`. A link whose facts conflict is never accepted, so it counts neither for the
    threshold nor for what is expected: as many links are accepted as the threshold says it takes.
    """
    acceptable = [link.probability for link in links if link.relation != "conflict"]
    probabilities = np.array(acceptable, dtype=np.float64)
    if settings.target_precision is None:
        threshold = expected_at(probabilities, settings.accept)
    else:
        threshold = threshold_for(probabilities[probabilities >= least], settings.target_precision)
        accept = min(threshold.value, 1.0)
        settings = replace(settings, accept=accept, review=min(settings.review, accept))
    return tuple(_decided(links, settings.accept)), settings, threshold


def _decided(links: Iterable[Link], accept: float) -> Iterable[Link]:
    for link in links:
        accepted = link.probability >= accept and link.relation != "conflict"
        yield replace(link, status="accepted" if accepted else "review")
