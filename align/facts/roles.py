"""Who did it, to whom, from whom: the role of a name.

Its Kazakh case tells it, or its place in an English sentence.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from align.facts.suffixes import name_stem
from align.types import Fact, Lang, Role

__all__ = ["with_roles"]

_CASES: Final[dict[str, Role | None]] = {
    "": "subject",
    **dict.fromkeys("ды ді ты ті ны ні".split(), "object"),
    **dict.fromkeys("ға ге қа ке".split(), "recipient"),
    **dict.fromkeys("дан ден тан тен нан нен".split(), "origin"),
}
_PREPOSITIONS: Final[dict[str, Role | None]] = {
    "to": "recipient",
    "from": "origin",
    **dict.fromkeys(
        "of in at on with for against near about over between among after before and or into under through".split()
    ),
}
_WORD_BEFORE: Final = re.compile(r"([\w']+)\W{1,3}(?:(?:the|president|minister|mr|ms|mrs)\W{1,3})*$")
_JOINED: Final = re.compile(r"(?:,|and|or|-|–|/)\s*$")
_PASSIVE: Final = re.compile(
    r"\b(?:is|are|was|were|be|been|being|got)\s+(?:\w+ly\s+)?\w+(?:ed|en|ung|old|ought|aught|un|ost)\b"
)
_REACH: Final = 60
"""Characters before a name in which its preposition stands."""

_MOST_NAMES: Final = 12
"""Names from which a text is a list and no sentence; the bound also keeps the time linear."""

_LAST: Final = re.compile(r"[^\s-]*\Z")
_CLAUSE: Final = re.compile(r"[.;:!?]|\b(?:that|who|which|when|while|after|before|because|if|as|said|says)\b")


def with_roles(facts: Sequence[Fact], text: str, lang: Lang, *, bare: frozenset[str] = frozenset()) -> list[Fact]:
    """Return facts in which the names have their roles, where a text has two names or more.

    `bare` are names, lower case, that end like a case without one: Алматы.

    >>> from align.facts.reader import extract
    >>> [(fact.value, fact.role) for fact in extract("Ресей Қытайға газ сатты", "kk")]
    [('russia', 'subject'), ('china', 'recipient')]
    >>> [(fact.value, fact.role) for fact in extract("Askar was beaten by Bolat", "en")]
    [('askar', 'object'), ('bolat', 'subject')]
    """
    if not 2 <= sum(fact.kind == "name" for fact in facts) <= _MOST_NAMES:
        return list(facts)
    if lang == "kk":
        return [_in_role(fact, _case(text, fact, bare)) if fact.kind == "name" else fact for fact in facts]
    return _in_place(facts, text)


def _in_role(fact: Fact, role: Role | None) -> Fact:
    # It is what dataclasses.replace does, in a quarter of the time.
    return Fact(fact.kind, fact.value, fact.start, fact.end, fact.unit, fact.precision, role) if role else fact


def _case(text: str, fact: Fact, bare: frozenset[str]) -> Role | None:
    word = _LAST.search(text[fact.start : fact.end].lower())[0]  # type: ignore[index]
    return "subject" if word in bare else _CASES.get(name_stem(word)[1])


def _in_place(facts: Sequence[Fact], text: str) -> list[Fact]:
    low, roles = text.lower(), dict[Fact, Role]()
    if len(low) != len(text):
        return list(facts)
    subject: Fact | None = None
    for fact in facts:
        if fact.kind != "name":
            continue
        if subject and _CLAUSE.search(low[subject.end : fact.start]):
            subject = None
        near = low[max(0, fact.start - _REACH) : fact.start]
        before = _WORD_BEFORE.search(near)
        word = before[1] if before and text[max(0, fact.start - _REACH) + before.start(1)].islower() else ""
        passive = subject and _PASSIVE.search(low[subject.end : fact.start])
        if word == "by" and subject and passive:
            roles[subject], roles[fact] = "object", "subject"
        elif word in _PREPOSITIONS:
            role = _PREPOSITIONS[word]
            roles |= {fact: role} if role else {}
        elif not text.startswith(("'s", "’s"), fact.end) and not _JOINED.search(
            low[max(0, fact.start - _REACH) : fact.start]
        ):
            roles[fact] = "object" if subject else "subject"
            subject = subject or fact
    return [_in_role(fact, roles.get(fact)) if fact.kind == "name" else fact for fact in facts]
