"""XML that may come from anywhere: no network, no entities of its own, no depth without end."""

from __future__ import annotations

from typing import Any

from lxml import etree

from align.errors import InputError

__all__ = ["DEEPEST", "local_name", "parse_xml", "refuse_entities"]

DEEPEST = 1000
"""Tags within tags: a page that people made has some dozens."""


def parse_xml(content: bytes, name: str) -> Any:  # noqa: ANN401  (lxml has no types)
    """Return the root element.

    Raises InputError for what is not XML, declares entities or nests without end.
    """
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(content, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise InputError(f"{name}: damaged XML ({error}): get the file again") from error
    refuse_entities(root, name)
    return root


def refuse_entities(root: Any, name: str) -> None:  # noqa: ANN401  (lxml has no types)
    """Raise InputError for a document that declares entities.

    They are how a kilobyte becomes a gigabyte.
    """
    dtd = root.getroottree().docinfo.internalDTD
    if dtd is not None and any(True for _ in dtd.iterentities()):
        raise InputError(f"{name}: refused: it declares XML entities, which no document needs: remove its DOCTYPE")


def local_name(element: Any) -> str:  # noqa: ANN401  (lxml has no types)
    """Return an element's tag without its namespace, "" for a comment or an instruction.

    >>> local_name(etree.Element("{urn:x}p"))
    'p'
    """
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""
