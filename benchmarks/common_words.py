"""Writes the lists of words that are no names, whatever their capital: common_kk.txt and common_en.txt.

    python benchmarks/common_words.py PAIRS.tsv[.gz] [--out align/facts/data]

PAIRS has Kazakh, English and origin. A word is listed that was written small at least three times, and more often than
with a capital inside a sentence; of Kazakh words the stem, which stands for its forms. Dictionaries, and origins in
small letters, take no part. Titles and offices (president, комитет) were added by hand: titles_kk.txt and
titles_en.txt beside this script. The same pairs give the same files, byte for byte.
"""

from __future__ import annotations

import argparse
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from align.facts.suffixes import stems
from align.storage.files import replacing
from align.train.pairs import Pair, read_pairs
from align.types import Lang

SMALL_LETTERS = {"kaznu_primeminister", "kaznu_economy"}
DICTIONARIES = {"apertium_dix", "wiktionary_dict", "cldr", "anmitali_dict"}
HEADLINES = "kaznu_titles"
WORD = re.compile(r"[^\W\d_]+")
LATIN = re.compile("[a-z]")
FEWEST = 3
LEAST_STEM = 3
LEAST_KEPT_STEM = 4


@dataclass(frozen=True, slots=True)
class Counts:
    """How often each lower-cased word was written small, and with a capital inside a sentence."""

    small: Counter[str] = field(default_factory=Counter)
    capital: Counter[str] = field(default_factory=Counter)

    def add(self, text: str, *, titled: bool) -> None:
        """Count a text; of one whose words all have capitals, only those that have none."""
        for place, word in enumerate(WORD.findall(text)):
            if word.islower():
                self.small[word] += 1
            elif word[0].isupper() and place and not titled:
                self.capital[word.lower()] += 1


def is_titled(text: str, lang: Lang, origin: str) -> bool:
    """Say whether an English text is written with a capital on most words, as headlines are; Kazakh ones never are."""
    words = WORD.findall(text)
    capitals = sum(word[0].isupper() for word in words)
    return lang == "en" and (origin == HEADLINES or (len(words) > 2 and capitals > len(words) / 2))


def counted(pairs: Iterable[Pair]) -> dict[Lang, Counts]:
    """Return the counts of either language."""
    found: dict[Lang, Counts] = {"kk": Counts(), "en": Counts()}
    for pair in pairs:
        if pair.origin not in SMALL_LETTERS | DICTIONARIES:
            found["kk"].add(pair.source, titled=False)
            found["en"].add(pair.target, titled=is_titled(pair.target, "en", pair.origin))
    return found


def english(counts: Counts, titles: Sequence[str]) -> set[str]:
    """Return the English words, without those that an ending alone parts from another one in the list."""
    often = ((word, times) for word, times in counts.small.items() if times >= FEWEST and len(word) > 1)
    words = {word for word, times in often if times >= counts.capital[word] and word.isascii()} | set(titles)
    return {
        word
        for word in words
        if not any(word.endswith(end) and word.removesuffix(end) in words for end in ("s", "ed", "ing"))
    }


def kazakh(counts: Counts, titles: Sequence[str]) -> set[str]:
    """Return the shortest Kazakh stems that are common, the common words that have none, and words of two letters."""
    common = _common_stems(counts)
    kept = set(titles)
    for word in _cyrillic(counts):
        shorter = [stem for stem in stems(word) if stem in common and len(stem) >= LEAST_KEPT_STEM]
        kept.update([shorter[-1]] if shorter else [word] if word in common else [])
    for word, times in counts.small.items():
        if len(word) == 2 and times >= FEWEST and times >= 2 * counts.capital[word] and not LATIN.search(word):
            kept.add(word)
    return kept


def _cyrillic(counts: Counts) -> Iterator[str]:
    return (word for word in counts.small if not LATIN.search(word) and len(word) >= LEAST_STEM)


def _common_stems(counts: Counts) -> set[str]:
    """Return the stems of which three forms, or one three times, were written small, twice as often as not."""
    forms: Counter[str] = Counter()
    small: Counter[str] = Counter()
    capital: Counter[str] = Counter()
    for word in _cyrillic(counts):
        for stem in _long_stems(word):
            forms[stem] += 1
            small[stem] += counts.small[word]
    for word, times in counts.capital.items():
        for stem in _long_stems(word):
            capital[stem] += times
    often = (stem for stem in forms if max(forms[stem], small[stem]) >= FEWEST)
    return {stem for stem in often if small[stem] >= 2 * capital[stem]}


def _long_stems(word: str) -> list[str]:
    return [stem for stem in stems(word) if len(stem) >= LEAST_STEM]


def main() -> None:
    """Write both lists."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("pairs", type=Path)
    parser.add_argument("--out", type=Path, default=Path("align/facts/data"))
    given = parser.parse_args()
    counts = counted(read_pairs(given.pairs))
    for lang, pick in (("kk", kazakh), ("en", english)):
        titles = Path(__file__).with_name(f"titles_{lang}.txt").read_text(encoding="utf-8").split()
        words = sorted(pick(counts["kk" if lang == "kk" else "en"], titles))
        with replacing(given.out / f"common_{lang}.txt") as temporary:
            temporary.write_text("\n".join(words) + "\n", encoding="utf-8")
        print(f"common_{lang}.txt: {len(words)} words")


if __name__ == "__main__":
    main()
