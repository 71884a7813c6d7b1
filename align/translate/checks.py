"""What a machine's draft is looked at for before a person sees it.

A check names one thing that goes wrong with machine translation. A translation and a match of a memory undergo all of
them. A gloss undergoes `empty` and `untranslated` alone: it has no sentences whose length, repetitions or script could
be wrong, it takes over facts and names by construction, and the verifier, who compares with the vectors that the gloss
was made by, would only find its own again.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Final

from align.facts import Ledger, match
from align.facts.compare.spelling import same_word
from align.facts.gazetteer import known_values
from align.facts.kinds import KINDS
from align.sides import FactReader
from align.text.romanise import romanise
from align.text.words import words
from align.translate.gloss import unglossed
from align.translate.term_base import TermBase
from align.types import Check, Draft, Fact

__all__ = ["BackScore", "DraftChecker", "better", "leads"]

BackScore = Callable[[str, str], float]
"""The probability (0-1) that a Kazakh and an English text, judged as a pair by themselves, cover the same facts."""

BACK_SCORE: Final = "back-score"
_LATIN_SHARE: Final = 0.9
_COPIED: Final = 90.0
_SHORTEST_COPY: Final = 3
_LOOPED: Final = 3
_LONGEST_LOOP: Final = 12
_SAME_LETTER: Final = re.compile(r"(\w)\1{5}")
_LENGTHS: Final = (0.4, 2.0)
_SHORTEST_MEASURED: Final = 25
"""Letters from which a length tells. Of held-out human translations that long, 99 in 100 have .43 to 1.94 times the
letters of the Kazakh."""
_UNTRANSLATED: Final = 0.34
_LEAST_BACK_SCORE: Final = 0.5
_LEAST_NAME: Final = 4
_CHECKS: Final = tuple(dict.fromkeys(each.check for each in KINDS.values() if each.check))


class DraftChecker:
    """Check drafts against their sources.

    `back_score` is the verifier's, `facts` extracts theirs, `terms` is a glossary that drafts are to keep to.
    """

    def __init__(
        self, back_score: BackScore, *, facts: FactReader | None = None, terms: TermBase | None = None
    ) -> None:
        self._facts = facts or FactReader()
        self._back_score = back_score
        self._terms = terms

    def keeping_to(self, terms: TermBase | None) -> DraftChecker:
        """Return the same checks with a glossary's, or none, beside them."""
        return DraftChecker(self._back_score, facts=self._facts, terms=terms)

    def checked(self, source: str, draft: Draft) -> Draft:
        """Return the draft with all checks that apply to its kind.

        An empty one undergoes no further check. The result depends on source and draft alone.
        """
        text = draft.text
        if not text.strip():
            return replace(draft, checks=(Check("empty", False, "nothing was said"),))
        if draft.kind == "gloss":
            return replace(draft, checks=(Check("empty", True), _glossed(text)))
        facts = self._facts(source, "kk"), self._facts(text, "en")
        checks = (
            Check("empty", True),
            script(text),
            copy(source, text, facts[0]),
            repetition(source, text),
            length(source, text),
            *kept_facts(_lasting(source, facts[0], text), _lasting(text, facts[1], "")),
            untranslated(source, text, facts[0]),
            *glossary(source, text, self._terms),
            self._back_scored(source, text),
        )
        return replace(draft, checks=checks)

    def _back_scored(self, source: str, text: str) -> Check:
        probability = self._back_score(source, text)
        return Check(BACK_SCORE, probability >= _LEAST_BACK_SCORE, f"probability {probability:.2f}")


def glossary(source: str, text: str, terms: TermBase | None) -> tuple[Check, ...]:
    """Check that a draft has the English names of the glossary's terms.

    There is no such check where the source has no term.
    """
    found = terms.in_both(source, text)[0] if terms is not None else []
    if not found:
        return ()
    lost = dict.fromkeys(f"{source[each.start : each.end]} = {each.term.target[0]}" for each in found if not each.kept)
    return (Check("glossary", not lost, ", ".join(lost)),)


def better(first: Draft, second: Draft | None) -> Draft:
    """Return the draft that passes more checks, the first where they are equal.

    >>> draft = Draft("", "translation", "m", None, None, "greedy", (Check("empty", False),))
    >>> better(draft, replace(draft, text="Hello", checks=(Check("empty", True),))).text
    'Hello'
    """
    if second is None:
        return first
    # A draft that was not looked at any further, since it is empty, passes none.
    passed = [sum(check.passed for check in draft.checks) for draft in (first, second)]
    return second if passed[1] > passed[0] else first


def leads(draft: Draft) -> bool:
    """Say whether a draft is sound enough to search by.

    It passes every check but the back-score, which may fail. That the verifier does not see what source and draft have
    in common is the very case in which a draft helps.
    """
    return all(check.passed for check in draft.checks if check.name != BACK_SCORE)


def script(text: str) -> Check:
    """Check that the letters are Latin: some models answer in Kazakh, and that in Arabic script.

    >>> script("He came"), script("Ол келді")
    (Check(name='script', passed=True, detail=''), Check(name='script', passed=False, detail='CYRILLIC letters'))
    """
    scripts = Counter(unicodedata.name(letter, "NAMELESS").split()[0] for letter in text if letter.isalpha())
    if scripts["LATIN"] >= _LATIN_SHARE * scripts.total():
        return Check("script", True)
    other = next(name for name, _ in scripts.most_common() if name != "LATIN")
    return Check("script", False, f"{other} letters")


def copy(source: str, text: str, facts: Sequence[Fact]) -> Check:
    """Check that the draft is not the source over again, in whichever script.

    Names and numbers may well be.

    >>> copy("Ол үйге келді", "Ol uyge keldi", ()).passed, copy("Ол үйге келді", "He came home", ()).passed
    (False, True)
    """
    from rapidfuzz import fuzz

    named = _places(facts)
    own = [word for word in words(source) if word.start not in named]
    alike = fuzz.ratio(*(" ".join(word.text for word in words(side)) for side in (source, text)))
    copied = len(own) >= _SHORTEST_COPY and alike >= _COPIED
    return Check("copy", not copied, f"{alike:.0f}% of it is the source" if copied else "")


def repetition(source: str, text: str) -> Check:
    """Check that no run of words, and no letter, comes again and again.

    What the source repeats so may be repeated.

    >>> repetition("", "the day of the day of the day of").detail
    "'the day of' 3 times"
    """
    loop = _loop(text)
    if loop and not _loop(source):
        return Check("repetition", False, loop)
    letters = _SAME_LETTER.search(text)
    if letters and not _SAME_LETTER.search(source):
        return Check("repetition", False, f"{letters.group()!r}")
    return Check("repetition", True)


def _loop(text: str) -> str:
    """Return the first run of words that follows itself twice or more, and how often.

    The run has at most 12 words; "" where there is none.
    """
    said = [word.text for word in words(text)]
    for size in range(1, _LONGEST_LOOP + 1):
        again = 0
        for place in range(size, len(said)):
            again = again + 1 if said[place] == said[place - size] else 0
            if again == size * (_LOOPED - 1):
                run = said[place - size + 1 : place + 1]
                return f"{' '.join(run)!r} {_LOOPED} times"
    return ""


def length(source: str, text: str) -> Check:
    """Check that the draft is neither much shorter nor much longer than its source.

    Lengths are in characters.

    >>> length("Ол бүгін үйге кеш келді, себебі жол алыс еді", "He came").detail
    '0.16 of the length of the source'
    """
    ratio = len(text.strip()) / max(len(source.strip()), 1)
    measured = max(len(source), len(text)) >= _SHORTEST_MEASURED
    low, high = _LENGTHS
    return Check("length", not measured or low <= ratio <= high, f"{ratio:.2f} of the length of the source")


def kept_facts(source: Sequence[Fact], draft: Sequence[Fact]) -> tuple[Check, ...]:
    """Check that the draft holds the source's numbers, dates and names, each kind by itself.

    >>> from align.facts import extract
    >>> checks = kept_facts(extract("1 ақпанда 16 адам келді", "kk"), extract("17 people came on February 1", "en"))
    >>> [(check.name, check.detail) for check in checks]
    [('numbers', '16 became 17'), ('dates', ''), ('names', '')]
    """
    ledger = match(source, draft)
    return tuple(_kept(name, ledger) for name in _CHECKS)


def _lasting(text: str, facts: Sequence[Fact], other: str) -> tuple[Fact, ...]:
    """Leave out abbreviations that the gazetteer lacks, and names that the other text spells.

    The first have another form in English (ЖШС, LLP); the second were translated, though not read as names there.
    """
    said = {word.text for word in words(other)}
    return tuple(fact for fact in facts if fact.kind != "name" or not _spared(fact, text, said))


def _spared(fact: Fact, text: str, said: set[str]) -> bool:
    if fact.value in known_values():
        return False
    if text[fact.start : fact.end][:3].isupper():
        return True
    own = [part for part in re.split(r"[ -]", fact.value) if len(part) >= _LEAST_NAME]
    return any(same_word(part, word) for part in own for word in said if len(word) >= _LEAST_NAME)


def _kept(name: str, ledger: Ledger) -> Check:
    lost = []
    for entry in ledger.matches:
        if entry.source is None or KINDS[entry.source.kind].check != name:
            continue
        if entry.status == "source_only":
            lost.append(f"{entry.source.value} is missing")
        elif entry.status == "conflict" and entry.target is not None:
            lost.append(f"{entry.source.value} became {entry.target.value}")
    return Check(name, not lost, "; ".join(lost))


def untranslated(source: str, text: str, facts: Sequence[Fact]) -> Check:
    """Check that few words are left in Kazakh, in Cyrillic or merely romanised; names may be.

    >>> untranslated("Кеше дастархан жайылды", "Yesterday a дастархан was laid", ()).detail
    'дастархан'
    """
    named = _places(facts)
    own = {word.text for word in words(source) if word.start not in named}
    said = [(word.text, text[word.start : word.end]) for word in words(text) if not word.text[0].isdigit()]
    # A loan such as "internet" is spelt alike on both sides, so a few romanised words are fine; Cyrillic ones are.
    cyrillic = [raw for _, raw in said if not raw.isascii() and romanise(raw).isascii() and not _latin(raw)]
    copied = [raw for word, raw in said if word in own and len(word) > 3 and raw not in cyrillic]
    failed = cyrillic or len(copied) > _UNTRANSLATED * len(said)
    return Check("untranslated", not failed, ", ".join(dict.fromkeys(cyrillic or copied)) if failed else "")


def _latin(word: str) -> bool:
    return all("LATIN" in unicodedata.name(letter, "") for letter in word if letter.isalpha())


def _glossed(text: str) -> Check:
    left = unglossed(text)
    share = len(left) / max(len(text.split(" | ")), 1)
    return Check("untranslated", share <= _UNTRANSLATED, ", ".join(left))


def _places(facts: Sequence[Fact]) -> set[int]:
    """Return the numbers of the characters that facts cover."""
    return {place for fact in facts for place in range(fact.start, fact.end)}
