"""Which column of a table holds what."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from align.errors import InputError, SettingsError
from align.types import Lang

__all__ = ["LANGUAGES", "ROLES", "find_columns", "parse_columns"]

LANGUAGES: dict[str, Lang] = {"kk": "kk", "kaz": "kk", "en": "en", "eng": "en"}

ROLES: dict[str, tuple[str, ...]] = {
    "text": ("text", "content", "body", "article", "maintext", "fulltext", "document", "sentence"),
    "kk": ("kk", "kaz", "kaz_cyrl", "kazakh", "text_kk", "kk_text", "sentence_kaz_cyrl"),
    "en": ("en", "eng", "eng_latn", "english", "text_en", "en_text", "sentence_eng_latn"),
    "title": ("title", "headline"),
    "published": ("published", "date", "published_at", "publish_date", "date_publish", "pubdate"),
    "url": ("url", "link", "source_url"),
    "author": ("author", "authors"),
    "licence": ("licence", "license", "rights"),
    "lang": ("lang", "language"),
}
"""What a column may hold, and the names by which it is known unless another is given."""


def parse_columns(text: str | None) -> dict[str, str]:
    """Return the columns that a flag or setting names, as role -> name.

    Raises SettingsError for an unknown role.

    >>> parse_columns("text=body, published=day")
    {'text': 'body', 'published': 'day'}
    """
    named: dict[str, str] = {}
    for part in (text or "").split(","):
        role, equals, name = (each.strip() for each in part.partition("="))
        if not role and not equals:
            continue
        if role not in ROLES or not name:
            raise SettingsError(f"columns = {text!r}: write ROLE=NAME with a role of {', '.join(ROLES)}")
        named[role] = name
    return named


def find_columns(names: Iterable[str], wanted: Mapping[str, str], where: str) -> dict[str, str]:
    """Return the columns of a table by role.

    Those that are wanted come first, then those known by their names. Raises InputError for a wanted column that is
    missing and for a table without any column of text.

    >>> find_columns(["Title", "body"], {}, "a.csv")
    {'text': 'body', 'title': 'Title'}
    """
    listed = list(names)
    for name in wanted.values():
        if name not in listed:
            raise InputError(f"{where}: no column {name!r}: it has {', '.join(listed)}")
    lowered = {name.lower(): name for name in reversed(listed)}
    found = {role: next((lowered[each] for each in known if each in lowered), None) for role, known in ROLES.items()}
    columns = {role: name for role, name in (found | dict(wanted)).items() if name is not None}
    if not columns.keys() & {"text", "kk", "en"}:
        raise InputError(
            f"{where}: no column of text among {', '.join(listed)}: name it with --columns text=NAME,"
            " or two with --columns kk=NAME,en=NAME; for a table without a heading by numbers: --columns kk=1,en=2"
        )
    # Whoever names the column of text means it, even where columns of either language stand beside it.
    if "text" in wanted or (
        "text" in columns and not {"kk", "en"} <= columns.keys() and not wanted.keys() & {"kk", "en"}
    ):
        return {role: name for role, name in columns.items() if role not in ("kk", "en")}
    return {role: name for role, name in columns.items() if role != "text"}
