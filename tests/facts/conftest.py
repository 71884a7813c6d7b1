from collections.abc import Callable
from datetime import date

import pytest

from align.facts import extract
from align.facts.kinds import KINDS
from align.types import Fact

TODAY = date(2019, 9, 17)


def _line(fact: Fact) -> str:
    unit = f" {fact.unit}" if fact.unit else ""
    return f"{fact.kind} {fact.value}{unit}" + ("" if fact.precision == "exact" else f" {fact.precision}")


@pytest.fixture(scope="session")
def written() -> Callable[..., list[str]]:
    """Return a function that writes the facts of a text as lines: kind, value, unit, precision where not exact.

    What a text denies and which way things went have tables of their own.
    """

    def write(text: str, lang: str, *, dated: bool = False) -> list[str]:
        facts = extract(text, lang, reference_date=TODAY if dated else None)
        return [_line(fact) for fact in facts if KINDS[fact.kind].group != "stance"]

    return write
