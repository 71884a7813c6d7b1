"""A glossary of one's own, from TBX or TSV, and its terms in texts under their endings.

TBX is ISO 30042, of 2008 (`termEntry`, `langSet`) or of 2019 (`conceptEntry`, `langSec`).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any, Final

from align.corpus.encoding import decode
from align.corpus.safe_xml import local_name, parse_xml
from align.errors import InputError
from align.storage.files import replacing
from align.translate.term_forms import english_form, kazakh_form
from align.types import Lang

__all__ = ["GLOSSARY_FILES", "FoundTerm", "Term", "TermBase", "keep_terms", "read_terms", "terms_of_run"]

GLOSSARY_FILES: Final = ("glossary.tbx", "glossary.tsv")
"""What the glossary in a run's folder is called."""

_LANGUAGE: Final = "{http://www.w3.org/XML/1998/namespace}lang"
_HEADS: Final[Mapping[str, Lang]] = {
    **dict.fromkeys(("kk", "kaz", "kazakh", "source", "қазақша", "казахский"), "kk"),
    **dict.fromkeys(("en", "eng", "english", "target", "ағылшынша", "английский"), "en"),
}
_DISCOURAGED: Final = ("deprecated", "superseded", "forbidden", "obsolete", "notrecommended")
_WORD: Final = re.compile(r"[^\W_]+")
_BETWEEN: Final = re.compile(r"[\s\-\u2010\u2011\u2013\"'«»“”‘’]{1,3}\Z")
_CYRILLIC: Final = re.compile(r"[\u0400-\u052f]")
_LONGEST: Final = 12
"""Words that a term may have: what is longer is a sentence."""


@dataclass(frozen=True, slots=True)
class Term:
    """What a thing is called: any of `source` in Kazakh, any of `target` in English.

    `note` says more of it, `discouraged` are English words that are to be avoided for it.
    """

    source: tuple[str, ...]
    target: tuple[str, ...]
    note: str = ""
    discouraged: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class FoundTerm:
    """A term in a text, from `start` to `end` in characters.

    `kept` says whether the other text has it as well.
    """

    term: Term
    start: int
    end: int
    kept: bool


class TermBase:
    """The terms of a glossary, found in texts.

    >>> base = TermBase([Term(("қаржы министрі",), ("finance minister",)), Term(("теңге",), ("tenge",))])
    >>> kazakh, _ = base.in_both("Қаржы министрлері теңгені талқылады.", "Finance ministers discussed it.")
    >>> [(each.term.target[0], each.start, each.end, each.kept) for each in kazakh]
    [('finance minister', 0, 17, True), ('tenge', 18, 25, False)]
    """

    def __init__(self, terms: Sequence[Term]) -> None:
        self.terms = tuple(terms)
        self._begun: dict[Lang, dict[str, list[tuple[tuple[str, ...], Term]]]] = {"kk": {}, "en": {}}
        sides: tuple[tuple[Lang, Callable[[Term], tuple[str, ...]]], ...] = (
            ("kk", lambda term: term.source),
            ("en", lambda term: term.target),
        )
        for term in self.terms:
            for lang, named in sides:
                for name in named(term):
                    words = tuple(_WORD.findall(name))
                    if words:
                        self._begun[lang].setdefault(words[0][:1].lower(), []).append((words, term))
        for begun in self._begun.values():
            for known in begun.values():
                known.sort(key=lambda each: -len(each[0]))

    def in_both(self, source: str, target: str) -> tuple[list[FoundTerm], list[FoundTerm]]:
        """Return the terms of the Kazakh and of the English text.

        Where several begin alike, the longest is taken. A Kazakh term is `kept` where the English has one of its
        names and none that it discourages.
        """
        sides = {"kk": list(self._spans(source, "kk")), "en": list(self._spans(target, "en"))}
        said = {lang: {id(term) for terms, _, _ in found for term in terms} for lang, found in sides.items()}
        kazakh = []
        for terms, start, end in sides["kk"]:
            term = next((each for each in terms if id(each) in said["en"]), terms[0])
            kept = id(term) in said["en"] and not any(_holds(target, word) for word in term.discouraged)
            kazakh.append(FoundTerm(term, start, end, kept))
        english = []
        for terms, start, end in sides["en"]:
            term = next((each for each in terms if id(each) in said["kk"]), terms[0])
            english.append(FoundTerm(term, start, end, id(term) in said["kk"]))
        return kazakh, english

    def broken(self, source: str, target: str) -> list[FoundTerm]:
        """Return the terms of the Kazakh text that the English does not have, each once."""
        lost = [each for each in self.in_both(source, target)[0] if not each.kept]
        return list({each.term: each for each in lost}.values())

    def _spans(self, text: str, lang: Lang) -> Iterator[tuple[list[Term], int, int]]:
        """Yield the terms that may be meant where one begins, none within another."""
        found = list(_WORD.finditer(text))
        at = 0
        while at < len(found):
            terms, length = self._beginning(text, found, at, lang)
            if terms:
                yield terms, found[at].start(), found[at + length - 1].end()
            at += max(length, 1)

    def _beginning(self, text: str, found: Sequence[re.Match[str]], at: int, lang: Lang) -> tuple[list[Term], int]:
        terms: list[Term] = []
        longest = 0
        for words, term in self._begun[lang].get(found[at].group()[:1].lower(), ()):
            if len(words) < longest:
                break
            here = found[at : at + len(words)]
            if len(here) == len(words) and _is_joined(text, here) and _are_forms(here, words, lang):
                terms.append(term)
                longest = len(words)
        return terms, longest


def _is_joined(text: str, found: Sequence[re.Match[str]]) -> bool:
    return all(_BETWEEN.match(text[one.end() : other.start()]) for one, other in pairwise(found))


def _are_forms(found: Sequence[re.Match[str]], words: Sequence[str], lang: Lang) -> bool:
    for place, (match, word) in enumerate(zip(found, words, strict=True)):
        text = match.group()
        # An abbreviation is none of the words that are written alike: US, us; ІІМ.
        if word.isupper() and len(word) > 1 and not text.startswith(word):
            return False
        last = len(words) > 1 and place == len(words) - 1
        text, word = text.lower(), word.lower()
        if not (kazakh_form(text, word, last=last) if lang == "kk" else english_form(text, word)):
            return False
    return True


def _holds(text: str, name: str) -> bool:
    base = TermBase([Term((), (name,))])
    return any(True for _ in base._spans(text, "en"))


def terms_of_run(folder: Path) -> TermBase | None:
    """Return the glossary in a run's folder, None where there is none.

    Raises as `read_terms` does.
    """
    path = next((folder / name for name in GLOSSARY_FILES if (folder / name).is_file()), None)
    return read_terms(path) if path is not None else None


def keep_terms(path: Path, folder: Path) -> tuple[Path, int]:
    """Keep a glossary in a run's folder, in place of the one it has.

    Return where it lies, and how many terms it has. Raises as `read_terms` does; the folder then keeps what it had.
    """
    terms = read_terms(path)
    kept = folder / GLOSSARY_FILES[0 if _is_xml(path) else 1]
    if kept.resolve() != path.resolve():
        with replacing(kept) as staged:
            staged.write_bytes(path.read_bytes())
    for name in GLOSSARY_FILES:
        if folder / name != kept:
            (folder / name).unlink(missing_ok=True)
    return kept, len(terms.terms)


def read_terms(path: Path) -> TermBase:
    """Return the glossary in a TBX or TSV file.

    A line of TSV has the Kazakh and the English term and maybe a note; `|` parts names of one thing, and a first line
    may name the columns. Raises InputError for a file that can't be read, is damaged, or lacks one of both languages.
    """
    try:
        content = path.read_bytes()
    except OSError as error:
        raise InputError(f"{path}: can't be read ({error.strerror})") from error
    terms = list((_of_tbx if _is_xml(path) else _of_tsv)(content, str(path)))
    if not terms:
        raise InputError(f"{path}: holds no term in both Kazakh and English")
    return TermBase(terms)


def _is_xml(path: Path) -> bool:
    return path.suffix.lower() in (".tbx", ".xml")


def _of_tsv(content: bytes, name: str) -> Iterator[Term]:
    columns: dict[Lang, int] | None = None
    for number, line in enumerate(decode(content, name).text.splitlines(), 1):
        cells = [cell.strip() for cell in line.split("\t")]
        if not any(cells) or line.startswith("#"):
            continue
        heads = [_HEADS.get(cell.lower()) for cell in cells]
        if columns is None and "kk" in heads and "en" in heads:
            columns = {"kk": heads.index("kk"), "en": heads.index("en")}
            continue
        if columns is None:
            columns = {"kk": 0, "en": 1} if _CYRILLIC.search(cells[0]) else {"kk": 1, "en": 0}
        source, target = (_names(cells[place]) if place < len(cells) else () for place in columns.values())
        if not source or not target:
            raise InputError(f"{name}:{number}: needs a Kazakh and an English term with a tab between them")
        rest = [cell for place, cell in enumerate(cells) if place not in columns.values()]
        yield _checked(Term(source, target, "; ".join(filter(None, rest))), f"{name}:{number}")


def _names(cell: str) -> tuple[str, ...]:
    return tuple(filter(None, (each.strip() for each in cell.split("|"))))


def _checked(term: Term, where: str) -> Term:
    for each in (*term.source, *term.target):
        if len(_WORD.findall(each)) > _LONGEST:
            raise InputError(f"{where}: “{each[:60]}...” has over {_LONGEST} words: that is no term")
    return term


def _of_tbx(content: bytes, name: str) -> Iterator[Term]:
    root = parse_xml(content, name)
    for number, entry in enumerate(_inside(root, "termEntry", "conceptEntry"), 1):
        names: dict[str, list[str]] = {"kk": [], "en": [], "avoided": []}
        for section in _inside(entry, "langSet", "langSec"):
            lang = str(section.get(_LANGUAGE) or section.get("lang") or "").lower().replace("_", "-").partition("-")[0]
            if lang not in ("kk", "en", "kaz", "eng"):
                continue
            for group in _inside(section, "tig", "ntig", "termSec"):
                texts = [_text(each) for each in _inside(group, "term")]
                avoided = lang[:2] == "en" and _is_discouraged(group)
                names["avoided" if avoided else {"ka": "kk"}.get(lang[:2], lang[:2])] += filter(None, texts)
        if names["kk"] and names["en"]:
            notes = "; ".join(dict.fromkeys(_text(each) for each in _inside(entry, "descrip", "note")))
            term = Term(tuple(names["kk"]), tuple(names["en"]), notes, tuple(names["avoided"]))
            yield _checked(term, f"{name}: entry {number}")


def _is_discouraged(group: Any) -> bool:  # noqa: ANN401  (lxml has no types)
    """Say whether a term's administrative status (ISO 12620) advises against it."""
    statuses = [_text(each).lower() for each in _inside(group, "termNote") if "status" in str(each.get("type")).lower()]
    return any(status.replace(" ", "").startswith(_DISCOURAGED) for status in statuses)


def _inside(element: Any, *names: str) -> Iterable[Any]:  # noqa: ANN401  (lxml has no types)
    return (each for each in element.iter() if local_name(each) in names)


def _text(element: Any) -> str:  # noqa: ANN401  (lxml has no types)
    return " ".join("".join(element.itertext()).split())
