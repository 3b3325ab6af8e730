"""XML that anybody may have written: no document type, one error for all that is broken."""

from xml.etree.ElementTree import Element, ParseError, fromstring
from xml.parsers.expat import ExpatError, ParserCreate

from trygghetskarta.errors import SourceCause, SourceError
from trygghetskarta.sources.readers import bounds

_LEADING = b"\xef\xbb\xbf \t\r\n\0"
_WIDE = (b"\xff\xfe", b"\xfe\xff")
_PROLOGUE_STEP = 64  # bytes
_DEEPEST = 100
"""Elements within each other; what nobody draws would be looked through again for each of them."""


def root(content: bytes, file: str) -> Element:
    """Read a document.

    Raises
    ------
    SourceError
        ``FILE_EMPTY``, ``TOO_MUCH_INSIDE``, ``XML_FORBIDDEN`` for a document type (entities that
        grow, files that are fetched), ``FILE_DAMAGED`` for what is no XML or is nested more than
        100 deep.
    """
    body = content if content.startswith(_WIDE) else content.lstrip(_LEADING)
    if not body:
        raise SourceError(SourceCause.FILE_EMPTY, file=file)
    bounds.check_markup(body, file)
    try:
        if _has_document_type(body):
            raise SourceError(SourceCause.XML_FORBIDDEN, file=file)
        found = fromstring(body)
    except (ParseError, ExpatError, ValueError, LookupError, RecursionError) as error:
        raise SourceError(SourceCause.FILE_DAMAGED, file=file) from error
    if _is_deep(found):
        raise SourceError(SourceCause.FILE_DAMAGED, file=file)
    return found


def local(element: Element) -> str:
    """Tag without its namespace."""
    return str(element.tag).rpartition("}")[2]


def _is_deep(found: Element) -> bool:
    level = [found]
    for _ in range(_DEEPEST):
        level = [inner for one in level for inner in one]
    return bool(level)


def _has_document_type(body: bytes) -> bool:
    """Whether XML declares a document type, which can only stand before the first element.

    The parser is given a few bytes at a time, whatever their encoding, and nothing after the first
    element has told of either: no entity is ever expanded.
    """
    seen: list[str] = []
    parser = ParserCreate()
    parser.StartDoctypeDeclHandler = lambda *_told: seen.append("type")
    parser.StartElementHandler = lambda *_told: seen.append("element")
    for start in range(0, len(body), _PROLOGUE_STEP):
        parser.Parse(body[start : start + _PROLOGUE_STEP], False)
        if seen:
            break
    return seen[:1] == ["type"]
