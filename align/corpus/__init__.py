"""Files to documents: readers by kind, duplicates found, boilerplate marked.

What is boilerplate is kept with its reason.
"""

from align.registry import Registry

__all__ = ["READERS"]

READERS = Registry(
    "kind of document",
    {
        "csv": "align.corpus.tables:read_csv",
        "dataset": "align.corpus.tables:read_dataset",
        "docx": "align.corpus.docx:read_docx",
        "dump": "align.corpus.wiki_dump:read_dump",
        "epub": "align.corpus.epub:read_epub",
        "feed": "align.corpus.feeds:read_feed",
        "html": "align.corpus.html:read_html",
        "jsonl": "align.corpus.tables:read_jsonl",
        "md": "align.corpus.markdown:read_markdown",
        "odt": "align.corpus.opendocument:read_odt",
        "parquet": "align.corpus.tables:read_parquet",
        "pdf": "align.corpus.pdf:read_pdf",
        "rtf": "align.corpus.rtf:read_rtf",
        "subtitles": "align.corpus.subtitles:read_subtitles",
        "tmx": "align.corpus.tmx:read_tmx",
        "tsv": "align.corpus.tables:read_tsv",
        "txt": "align.corpus.txt:read_text",
        "warc": "align.corpus.web_archive:read_warc",
    },
)
"""A kind of document to the `Reader` of it; more kinds are more entries here and in `align.corpus.file_kinds`."""
