"""Which documents are aligned with which, and beads as files."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from align.corpus.read import Corpus, read
from align.errors import InputError, UnknownNameError
from align.export.exported import ExportedPair, ExportedSide
from align.export.tmx import write_tmx
from align.monotone.bead import Bead
from align.pairing.pairer import LIKELY, DocumentPairer
from align.pipeline.bead_run import run_of_beads
from align.pipeline.beads import BeadAlignment, bead_id, documents_of
from align.pipeline.pair import pair_documents
from align.ports import Encoder
from align.runs.write import write_run
from align.search import INDEXES
from align.settings import Settings
from align.storage.files import ensure_folder, replacing, write_jsonl
from align.tools import load_tools
from align.types import Document, Lang

__all__ = [
    "document_pairs",
    "paired_by_name",
    "write_beads_jsonl",
    "write_beads_tmx",
    "write_beads_tsv",
    "write_ladder",
]

FORMATS: Final = ("jsonl", "ladder", "tsv", "tmx", "run")
_LANGUAGE: Final = re.compile(r"[._-](?:kk|kz|kaz|qaz|en|eng)$", re.IGNORECASE)


def document_pairs(
    source: Path,
    target: Path,
    encoder: Encoder,
    *,
    lines: bool | None = None,
    tell: Callable[[str], None] = lambda line: None,
) -> Iterator[tuple[Document, Document]]:
    """Yield the pairs of documents of two files or of two folders.

    `tell` hears of what has no partner. Folders are paired by the files' names, a language at their end left out
    ("law.kk.txt", "law.en.txt"); where no two have one name, by what they say. Raises InputError where no pair is
    found, and for a file beside a folder.
    """
    if source.is_dir() != target.is_dir():
        raise InputError(f"{source} and {target}: one is a folder and the other is not: give two files or two folders")
    if not source.is_dir():
        yield documents_of(source, target, lines=lines)
        return
    paired, lone = paired_by_name(source, target)
    if not paired:
        paired, lone = _paired_by_content(source, target, encoder)
    for path in lone:
        tell(f"{path}: left out: nothing on the other side belongs to it")
    if not paired:
        raise InputError(f"{source} and {target}: no document of one belongs to one of the other")
    for kk, en in paired:
        yield documents_of(kk, en, lines=lines)


def _paired_by_content(
    source: Path, target: Path, encoder: Encoder
) -> tuple[list[tuple[Path | Document, Path | Document]], list[str]]:
    documents = (*_of_language(source, "kk"), *_of_language(target, "en"))
    index = INDEXES.load("flat")
    found = pair_documents(Corpus(documents), DocumentPairer.load(index=index), encoder)
    likely = [(each.source, each.target) for each in found if each.probability >= LIKELY]
    paired = {document.id for pair in likely for document in pair}
    return [(_reread(kk), _reread(en)) for kk, en in likely], [each.path for each in documents if each.id not in paired]


def _of_language(folder: Path, lang: Lang) -> tuple[Document, ...]:
    return tuple(document for document in read(folder).documents if document.lang == lang)


def _reread(document: Document) -> Path | Document:
    """Return the file of a document that fills one.

    Read alone, it keeps the lines that others repeat.
    """
    path = Path(document.path)
    return path if path.is_file() else document


def paired_by_name(source: Path, target: Path) -> tuple[list[tuple[Path | Document, Path | Document]], list[str]]:
    """Return the files of two folders that have one name, and those without a partner.

    They come in the order of the names.
    """
    names = [{_name(path, folder): path for path in _files(folder)} for folder in (source, target)]
    both = sorted(names[0].keys() & names[1].keys())
    lone = [str(path) for side in names for name, path in sorted(side.items()) if name not in both]
    return [(names[0][name], names[1][name]) for name in both], lone


def _files(folder: Path) -> Iterator[Path]:
    return (path for path in sorted(folder.rglob("*")) if path.is_file() and not path.name.startswith("."))


def _name(path: Path, folder: Path) -> str:
    """Return the name by which a file finds its partner."""
    inner = path.relative_to(folder)
    return str(inner.with_name(_LANGUAGE.sub("", inner.name.removesuffix("".join(inner.suffixes[-1:])))))


def format_of(out: Path) -> str:
    """Return what a file of that name holds: what its suffix says, else JSON lines.

    Without suffix it is a run.

    >>> format_of(Path("a.tmx")), format_of(Path("out/law")), format_of(Path("b.json"))
    ('tmx', 'run', 'jsonl')
    """
    if not out.suffix or out.is_dir():
        return "run"
    return out.suffix[1:] if out.suffix[1:] in FORMATS else "jsonl"


def write_beads(
    found: Sequence[BeadAlignment],
    out: Path,
    *,
    format: str | None = None,
    settings: Settings | None = None,
    progress: Callable[[str], None] = lambda stage: None,
) -> None:
    """Write beads as one of `FORMATS`, by default as `out` is named.

    A run is what review, export and others work on. Raises InputError for another format, and for ladder lines of
    several documents.
    """
    form = format or format_of(out)
    if form not in FORMATS:
        raise UnknownNameError("format of beads", form, FORMATS)
    if form == "run":
        ensure_folder(out)
        tools = load_tools(settings, progress=progress)
        write_run(run_of_beads(found, tools, settings=settings), out)
    elif form == "ladder":
        if len(found) != 1:
            raise InputError(f"ladder lines hold one document, not {len(found)}: write jsonl")
        write_ladder(found[0], out)
    elif form == "jsonl":
        write_beads_jsonl(found, out, several=len(found) > 1)
    else:
        (write_beads_tsv if form == "tsv" else write_beads_tmx)(found, out)


def write_beads_jsonl(found: Iterable[BeadAlignment], path: Path, *, several: bool = False) -> None:
    """Write one bead a line; `several` names the two documents on every line."""
    write_jsonl(path, (_record(alignment, bead, several) for alignment in found for bead in alignment))


def _record(alignment: BeadAlignment, bead: Bead, several: bool) -> Mapping[str, Any]:
    kk, en = alignment.texts(bead)
    documents = {"source_document": alignment.source.path, "target_document": alignment.target.path}
    return {
        **(documents if several else {}),
        "source": list(bead.source),
        "target": list(bead.target),
        "probability": bead.probability,
        "score": bead.score,
        "source_text": kk,
        "target_text": en,
    }


def write_ladder(alignment: BeadAlignment, path: Path) -> None:
    """Write vecalign's lines, with the probability where it has a cost: [0, 1]:[0]:0.83."""
    with replacing(path) as temporary, temporary.open("w", encoding="utf-8", newline="\n") as stream:
        for bead in alignment:
            stream.write(f"{list(bead.source)}:{list(bead.target)}:{bead.probability}\n")


def write_beads_tsv(found: Iterable[BeadAlignment], path: Path) -> None:
    """Write kk, en and probability of each pair, below a line that names them.

    Tabs within texts become spaces.
    """
    with replacing(path) as temporary, temporary.open("w", encoding="utf-8", newline="\n") as stream:
        stream.write("kk\ten\tprobability\n")
        for alignment in found:
            for bead in alignment:
                if bead.pairs:
                    kk, en = (" ".join(text.split()) for text in alignment.texts(bead))
                    stream.write(f"{kk}\t{en}\t{bead.probability}\n")


def write_beads_tmx(found: Iterable[BeadAlignment], path: Path) -> None:
    """Write the beads that pair sentences as TMX.

    Each has its probability and its documents as properties.
    """
    write_tmx((_exported(alignment, bead) for alignment in found for bead in alignment if bead.pairs), path)


def _exported(alignment: BeadAlignment, bead: Bead) -> ExportedPair:
    kk, en = alignment.texts(bead)
    sides = alignment.segments(bead)
    stood = [
        ExportedSide(document.path, document.url, document.published, document.licence, (side[0].start, side[-1].end))
        for document, side in zip((alignment.source, alignment.target), sides, strict=True)
    ]
    return ExportedPair(
        id=bead_id(sides),
        kk=kk,
        en=en,
        score=bead.margin,
        probability=bead.probability,
        relation=None,
        label=None,
        status="review",
        origin="mined",
        kk_side=stood[0],
        en_side=stood[1],
    )
