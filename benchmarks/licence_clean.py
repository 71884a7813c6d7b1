"""Keeps of training texts those whose sources state a licence other than the GPL, LGPL and AGPL.

    python benchmarks/licence_clean.py PAIRS.tsv.gz ... [--lines KK.tsv.gz EN.tsv.gz] --out FOLDER

PAIRS hold kk<TAB>en<TAB>source, and the licence of each source stands in the table of the bundled model's card. The
lines hold source<TAB>sentence under a header. The files of the same names in FOLDER hold the rows that are kept.
"""

from __future__ import annotations

import argparse
import gzip
import re
from collections.abc import Callable, Mapping
from pathlib import Path

from align.models import BUNDLED_FOLDER
from align.storage.files import replacing

_ROW = re.compile(r"^\| (\w+) \| \d+ \| \d+ \| (?P<licence>[^|]+) \|", re.MULTILINE)
_UNCLEAN = re.compile(r"GPL|no licence|no top-level licence|none stated", re.IGNORECASE)
LINES = {"kaznerd": "CC BY 4.0", "common_voice": "CC0-1.0", "primeminister_en": "CC BY-SA", "enwiki_2018": "CC BY-SA"}
"""The sources of monolingual lines that state a licence."""


def main() -> None:
    """Write the clean files and print how many rows each keeps."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("pairs", type=Path, nargs="+")
    parser.add_argument("--lines", type=Path, nargs=2, default=())
    parser.add_argument("--out", type=Path, required=True)
    arguments = parser.parse_args()
    arguments.out.mkdir(parents=True, exist_ok=True)
    licences = stated_licences()
    for path in arguments.pairs:
        _report(path, *kept_rows(path, arguments.out / path.name, keep=lambda row: is_clean(row[2], licences)))
    for path in arguments.lines:
        _report(
            path, *kept_rows(path, arguments.out / path.name, keep=lambda row: row[0] in LINES or row[0] == "source")
        )


def stated_licences(card: Path = BUNDLED_FOLDER / "MODEL_CARD.md") -> dict[str, str]:
    """Return the licence that each source of training pairs states, by the card's table."""
    return {match[1]: match["licence"] for match in _ROW.finditer(card.read_text(encoding="utf-8"))}


def is_clean(source: str, licences: Mapping[str, str]) -> bool:
    """Return whether a source states a licence, and none of the GPL's family."""
    return source in licences and not _UNCLEAN.search(licences[source])


def kept_rows(path: Path, out: Path, *, keep: Callable[[list[str]], bool]) -> tuple[int, int]:
    """Write the rows that are kept into a gzipped file; return how many there are, and of how many."""
    kept = total = 0
    with gzip.open(path, "rt", encoding="utf-8") as rows, replacing(out) as temporary:
        with gzip.open(temporary, "wt", encoding="utf-8") as file:
            for row in rows:
                total += 1
                if keep(row.rstrip("\n").split("\t")):
                    file.write(row)
                    kept += 1
    return kept, total


def _report(path: Path, kept: int, total: int) -> None:
    print(f"{path.name}: {kept:,} of {total:,} rows")


if __name__ == "__main__":
    main()
