"""Measure how surely encodings are found: ours against charset-normalizer, on documents of one, five and thirty lines.

    python benchmarks/encodings.py dev-flores.tsv.gz dev-news.tsv.gz

Kazakh and English lines come from the tab-separated pairs, lines of the neighbours from CLDR's names of places,
languages and currencies. A document is right when its text is; the last rows are encodings that are refused on
purpose. Documents that are plain ASCII are left out.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from align.corpus.encoding import decode
from align.errors import InputError
from align.train.pairs import read_pairs

_KNOWN = (
    ("kk", "kz1048"), ("en", "cp1252"), ("ru", "cp1251"), ("uk", "cp1251"), ("be", "cp1251"), ("sr", "cp1251"),
    ("mk", "cp1251"), ("bg", "cp1251"), ("kk", "utf-16-le"), ("en", "utf-16-be"),
)  # fmt: skip
_UNKNOWN = (("ru", "koi8-r"), ("uk", "koi8-u"), ("ru", "cp866"), ("ru", "iso8859-5"), ("ru", "mac_cyrillic"))
_SIZES = (1, 5, 30)
_MOST = 150


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("pairs", type=Path, nargs="+")
    arguments = parser.parse_args()
    print("| language | encoding | lines | documents | right | wrong | refused | charset-normalizer right | wrong |")
    print("| --- | --- | --: | --: | --: | --: | --: | --: | --: |")
    for lang, codec in (*_KNOWN, *_UNKNOWN):
        lines = _lines(lang, arguments.pairs)
        for size in _SIZES:
            counts: Counter[str] = Counter()
            for text, content in _documents(lines, codec, size):
                counts.update(["documents", f"ours {_ours(text, content)}", f"theirs {_theirs(text, content)}"])
            names = ("documents", "ours right", "ours wrong", "ours refused", "theirs right", "theirs wrong")
            print(
                f"| {lang} | {codec} | {size} | " + " | ".join(str(counts[name]) for name in names) + " |", flush=True
            )


def _lines(lang: str, paths: Sequence[Path]) -> list[str]:
    if lang in ("kk", "en"):
        return [pair.source if lang == "kk" else pair.target for path in paths for pair in read_pairs(path)]
    from babel import Locale

    locale = Locale(lang)
    return [*locale.territories.values(), *locale.languages.values(), *locale.currencies.values()]


def _documents(lines: Sequence[str], codec: str, size: int) -> Iterator[tuple[str, bytes]]:
    for start in range(0, min(len(lines), size * _MOST), size):
        content = "\n".join(lines[start : start + size]).encode(codec, "ignore")
        if not content.isascii():
            yield content.decode(codec), content


def _ours(text: str, content: bytes) -> str:
    try:
        return "right" if decode(content, "document").text == text else "wrong"
    except InputError:
        return "refused"


def _theirs(text: str, content: bytes) -> str:
    from charset_normalizer import from_bytes

    best = from_bytes(content).best()
    return "none" if best is None else "right" if str(best) == text else "wrong"


if __name__ == "__main__":
    sys.exit(main())
