"""A paper kept as text: written to be frozen, read again as it was, named by its content."""

import base64
import hashlib
import json
from dataclasses import fields, is_dataclass
from datetime import date

from trygghetskarta.draw.paper.document import (
    Bullets,
    Cell,
    Document,
    Note,
    OwnText,
    Picture,
    Section,
    Table,
    Text,
)

_TYPES = {
    kind.__name__: kind
    for kind in (Document, Section, Table, Cell, Picture, Text, Bullets, Note, OwnText)
}
_TYPE, _BYTES, _DAY = "$type", "$base64", "$day"


def write(document: Document) -> str:
    """Write a paper as JSON; the same paper gives the same text.

    Parameters
    ----------
    document
        Its parts; pictures are kept as they are drawn.
    """
    return json.dumps(_plain(document), ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def read(record: str) -> Document:
    """Read a paper that :func:`write` has written.

    Raises
    ------
    ValueError
        If the text is no such paper.
    """
    found = _object(json.loads(record))
    if not isinstance(found, Document):
        raise ValueError("not a document")
    return found


def fingerprint(record: str) -> str:
    """Short name of a written paper: the first 16 digits of its SHA-256."""
    return hashlib.sha256(record.encode("utf-8")).hexdigest()[:16]


def _plain(value: object) -> object:
    if is_dataclass(value):
        content = {field.name: _plain(getattr(value, field.name)) for field in fields(value)}
        return {_TYPE: type(value).__name__, **content}
    if isinstance(value, bytes):
        return {_BYTES: base64.b64encode(value).decode("ascii")}
    if isinstance(value, date):
        return {_DAY: value.isoformat()}
    if isinstance(value, tuple):
        return [_plain(one) for one in value]
    return value


def _object(value: object) -> object:
    if isinstance(value, list):
        return tuple(_object(one) for one in value)
    if not isinstance(value, dict):
        return value
    if _BYTES in value:
        return base64.b64decode(value[_BYTES])
    if _DAY in value:
        return date.fromisoformat(value[_DAY])
    kind = _TYPES[value.pop(_TYPE)]
    # What a later version has added keeps its default.
    return kind(**{name: _object(one) for name, one in value.items()})
