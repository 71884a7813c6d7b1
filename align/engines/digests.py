"""What a block of work is made of, as a hash: two blocks of one hash have one result."""

from __future__ import annotations

import datetime
import hashlib
from dataclasses import fields, is_dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np

_PACKAGE: Final = Path(__file__).parents[1]

__all__ = ["code_digest", "digest"]


def digest(value: Any) -> str:  # noqa: ANN401 (whatever a block may hold)
    """Return the hexadecimal hash of a value.

    It may be made of numbers, texts, days, arrays, sequences, mappings and dataclasses. Equal values have equal hashes
    in every process. Raises TypeError for anything else.

    >>> digest(("Бір", 1, None)) == digest(["Бір", 1, None]), digest("1") == digest(1)
    (True, False)
    """
    hashed = hashlib.sha256()
    _add(hashed, value)
    return hashed.hexdigest()


def code_digest() -> str:
    """Return the hash of this package's own code.

    So what another version has made is not taken for this one's.
    """
    hashed = hashlib.sha256()
    for path in sorted(_PACKAGE.rglob("*.py")):
        hashed.update(path.read_bytes())
    return hashed.hexdigest()


def _add(hashed: Any, value: Any) -> None:  # noqa: ANN401 (hashlib's own type has no name)
    if value is None or isinstance(value, bool | int | float | str | bytes | datetime.date):
        # A length before each value keeps ("a", "bc") apart from ("ab", "c").
        told = value if isinstance(value, bytes) else repr(value).encode("utf-8", "backslashreplace")
        hashed.update(f"{type(value).__name__}{len(told)}:".encode() + told)
    elif isinstance(value, np.ndarray):
        hashed.update(f"array{value.dtype.str}{value.shape}:".encode())
        hashed.update(np.ascontiguousarray(value).data)
    elif isinstance(value, tuple | list):
        hashed.update(f"row{len(value)}:".encode())
        for each in value:
            _add(hashed, each)
    elif isinstance(value, dict):
        _add(hashed, list(value.items()))
    elif is_dataclass(value) and not isinstance(value, type):
        _add(hashed, [type(value).__qualname__, *(getattr(value, field.name) for field in fields(value))])
    else:
        raise TypeError(f"a block holds a {type(value).__name__}, which has no hash")
