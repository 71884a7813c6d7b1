"""How many content words of Kazakh sentences have a gloss that stands in a person's translation.

    python benchmarks/gloss.py DATA/dev-news.tsv.gz

A content word is one that is neither a number, a date or a name (those a gloss takes over by `align.facts`) nor one of
the function words below. Its gloss stands in the reference when a word of the reference has the same stem (Snowball's
English stemmer) and is no function word. The same glosses beside the next line's reference say what chance would give.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence
from pathlib import Path

import snowballstemmer

from align.encode.ngram import NgramEncoder
from align.facts import extract, match
from align.text.words import Word, words
from align.train.pairs import Pair, read_pairs
from align.translate.english_words import EnglishVocabulary
from align.translate.gloss import Glossary

KAZAKH = frozenset(
    """және мен бен пен менің мені маған сен сіз сіздің сізге ол оның оны оған онда одан біз біздің бізге бізді олар
    олардың оларды оларға бұл осы сол мына анау бұның мұның мұны бұны осының соның өз өзі өзінің өзін өздері өздерінің
    өзіне барлық бүкіл кез келген әр әрбір бір бірақ немесе не я егер себебі сондықтан өйткені алайда дегенмен сонымен
    сондай мұндай ондай сонда осында мұнда бар жоқ емес үшін туралы бойынша кейін соң дейін бұрын арқылы сияқты секілді
    ретінде қарай қарсы бері бойы ішінде арасында екен еді едім деп деген дейді дейтін болып болған болатын болады
    болды бола болса болғанда болуы болу тұрған отырған жатқан жүрген тұр отыр жатыр жүр алады алған алып беріп берген
    берді келе етіп етеді еткен етті ету еді қандай қалай қашан қайда неге кім қай ғана да де та те ма ме ба бе па пе
    ғой ең өте тағы әлі енді тек қана сай тиіс керек мүмкін қажет жөнінде жайлы жөніндегі""".split()
)
ENGLISH = frozenset(
    """the a an of and to in for on at by with from as is are was were be been being it its this that these those he she
    they we i you his her their our your my him them us me or but if so not no do does did done have has had having
    will would can could shall should may might must there here which who whom whose what when where why how than then
    also into onto over under about after before between through during such own same other each any all some more most
    very just only s t""".split()
)
MOST = 3


def main() -> None:
    """Print the share of content words glossed right, at the first and among the first three glosses."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("pairs", type=Path, help="kk<tab>en lines, gzipped or not")
    pairs = read_pairs(parser.parse_args().pairs)
    encoder, vocabulary = NgramEncoder.load(), EnglishVocabulary.read()
    glossary = Glossary(encoder, vocabulary)
    name = f"gloss|{vocabulary.signature}-{encoder.signature}|n:{len(pairs)}"
    glossed = [list(_glossed(pair, glossary, encoder)) for pair in pairs]
    references = [_stems([word.text for word in words(pair.target)]) - _stems(sorted(ENGLISH)) for pair in pairs]
    for label, against in (("reference", references), ("next line's reference", references[1:] + references[:1])):
        first, any_of, total = _hits(glossed, against)
        print(f"{label}: top 1 {first / total:.3f}, top {MOST} {any_of / total:.3f} of {total} content words ({name})")
    print(f"numbers, dates and names that the reference has too: {_facts_kept(pairs):.3f} ({name})")


def _glossed(pair: Pair, glossary: Glossary, encoder: NgramEncoder) -> Iterator[list[str]]:
    """Yield the stems of up to three glosses of each content word."""
    context = encoder.encode([pair.source], "kk")[0]
    for word in _content(pair.source):
        found = [english.lower() for english, _, _ in glossary.glosses(word.text, context, most=MOST)]
        yield _STEMMER.stemWords(found)


def _content(text: str) -> Iterator[Word]:
    covered = {place for fact in extract(text, "kk") for place in range(fact.start, fact.end)}
    for word in words(text):
        if word.start not in covered and text[word.start : word.end].lower() not in KAZAKH and len(word.text) > 1:
            yield word


def _hits(glossed: Sequence[list[list[str]]], references: Sequence[set[str]]) -> tuple[int, int, int]:
    both = [(word, stems) for text, stems in zip(glossed, references, strict=True) for word in text]
    first = sum(word[0] in stems for word, stems in both)
    return first, sum(not stems.isdisjoint(word) for word, stems in both), len(both)


def _facts_kept(pairs: Sequence[Pair]) -> float:
    ledgers = [match(extract(pair.source, "kk"), extract(pair.target, "en")) for pair in pairs]
    told = [entry for ledger in ledgers for entry in ledger.matches if entry.source is not None]
    return sum(entry.status in {"matched", "compatible"} for entry in told) / len(told)


_STEMMER = snowballstemmer.stemmer("english")


def _stems(found: Sequence[str]) -> set[str]:
    return set(_STEMMER.stemWords(list(found)))


if __name__ == "__main__":
    main()
