"""GPX from any watch, phone or program: tracks, planned routes and waypoints.

Read with the standard library's parser, once a document type is ruled out: gpxpy, which the tests
compare with, takes over ten times as long and refuses a whole file for one point without a number.
What that parser refuses (a file cut short, a prefix without a meaning, a bare &) lxml reads as far
as it holds together.
"""

import re
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass
from xml.etree.ElementTree import Element, ParseError, fromstring
from xml.parsers.expat import ExpatError, ParserCreate

import numpy as np
import pandas as pd
from lxml import etree
from numpy.typing import NDArray

from trygghetskarta.errors import SourceCause, SourceError
from trygghetskarta.sources.readers import bounds
from trygghetskarta.sources.readers.files import RawTable, fingerprint
from trygghetskarta.sources.readers.recordings import Recording, moments, occasions, recorded

LIMIT_MEGABYTES = 25.0
"""Largest file read (10⁶ bytes): two whole days and nights with a point every second."""

WAYPOINT_COLUMNS = ("Tid", "Latitud", "Longitud", "Kategori", "Text")
"""Columns that waypoints get when they become rows of observations."""

_MEGABYTE = 1_000_000
_MOST_SEGMENTS = 20_000
"""Stretches without a pause of the receiver: one every ten seconds for two days and nights."""
_LEADING = b"\xef\xbb\xbf \t\r\n\0"
_PROLOGUE_STEP = 64  # bytes
_POINTS = ("trkpt", "rtept", "wpt")
_BEGUN = re.compile(rb"<(?:\w+:)?(trkpt|rtept|wpt)\b")
_BEGUN_AND_ENDED = rb"[^<>]*/>|.*</(?:\w+:)?%s\s*>"
_TEXTS = ("name", "type", "sym", "desc", "cmt")


@dataclass(frozen=True, eq=False)
class GpxFile:
    """What a GPX file holds.

    Attributes
    ----------
    walks
        One per occasion (see ``recordings.occasions``), as they stand in the file: they may have
        no usable point. Planned routes only when there is no track of two points.
    waypoints
        One row per waypoint, contract of the observations' own columns (``WAYPOINT_COLUMNS``),
        every cell text or missing; index: number of the waypoint, the first being 2.
    sha256
        Of the file's bytes.
    saved
        How many points of a damaged file are whole; None of a file that is whole itself.
    """

    walks: tuple[Recording, ...]
    waypoints: RawTable
    sha256: str
    saved: int | None = None


def parse(content: bytes, *, file_name: str) -> GpxFile:
    """Read GPX 1.0 or 1.1, with or without its namespace, times and byte-order mark.

    Times without a zone are UTC, as GPX has it. Points whose coordinates are no numbers keep their
    row and have no place. Of a damaged file the points that are whole are read.

    Parameters
    ----------
    content
        The file.
    file_name
        For errors.

    Raises
    ------
    SourceError
        ``FILE_TOO_LARGE``, ``FILE_EMPTY``, ``TOO_MUCH_INSIDE``, ``XML_FORBIDDEN`` for a document
        type (entities that grow, files that are fetched), ``FILE_DAMAGED`` for what is no XML or
        has no whole point, ``FORMAT_UNKNOWN`` for other XML.
    """
    _check_size(len(content), file_name)
    body = (
        content.lstrip(_LEADING) if not content.startswith((b"\xff\xfe", b"\xfe\xff")) else content
    )
    if not body:
        raise SourceError(SourceCause.FILE_EMPTY, file=file_name)
    bounds.check_markup(body, file_name)
    root, saved = _root(body, file_name)
    if _local(root) != "gpx":
        suffix = f".{_local(root)}"[:20]
        raise SourceError(SourceCause.FORMAT_UNKNOWN, file=file_name, suffix=suffix)
    space = root.tag[: -len("gpx")]  # the namespace that the whole file is in, or nothing
    parts = root.findall(f".//{space}trkseg")  # deeper where a tag was never closed
    bounds.check_number(len(parts), _MOST_SEGMENTS, file_name)
    segments = [_recording(segment.findall(f"{space}trkpt"), space) for segment in parts]
    if not any(len(one) > 1 for one in segments):
        parts = root.findall(f"{space}rte")
        bounds.check_number(len(parts), _MOST_SEGMENTS, file_name)
        routes = [_recording(route.findall(f"{space}rtept"), space) for route in parts]
        segments = [*segments, *(route for route in routes if len(route) > 1)]
    sha256 = fingerprint(content)
    waypoints = _waypoints(root.findall(f"{space}wpt"), space, file_name, sha256)
    return GpxFile(tuple(occasions(segments)), waypoints, sha256, saved)


def _check_size(size: int, file: str) -> None:
    if size > LIMIT_MEGABYTES * _MEGABYTE:
        raise SourceError(
            SourceCause.FILE_TOO_LARGE,
            file=file,
            megabytes=round(size / _MEGABYTE, 1),
            limit=LIMIT_MEGABYTES,
        )


def _root(body: bytes, file: str) -> tuple[Element | etree._Element, int | None]:
    """The whole file as elements, and how many points of a damaged one were saved."""
    try:
        if _has_document_type(body):
            raise SourceError(SourceCause.XML_FORBIDDEN, file=file)
    except (ExpatError, ValueError, LookupError) as error:
        raise SourceError(SourceCause.FILE_DAMAGED, file=file) from error
    try:
        return fromstring(body), None
    except (ParseError, ValueError, LookupError) as error:
        root = _recovered(body)
        points = [] if root is None else _points_of(root)
        if not points:
            raise SourceError(SourceCause.FILE_DAMAGED, file=file) from error
        return root, len(points)


def _recovered(body: bytes) -> etree._Element | None:
    """What holds together of a damaged file; None where nothing does or it is no GPX.

    The last point of a file that is cut short is not whole, and left out.
    """
    parser = etree.XMLParser(
        recover=True, resolve_entities=False, no_network=True, remove_comments=True, remove_pis=True
    )
    try:
        root = etree.fromstring(body, parser)
    except (etree.XMLSyntaxError, ValueError):
        return None
    if root is None or root.getroottree().docinfo.internalDTD or _local(root) != "gpx":
        return None
    points = _points_of(root)
    if points and _is_cut(body):
        points[-1].getparent().remove(points[-1])
    return root


def _is_cut(body: bytes) -> bool:
    """Whether the last point that begins has no end."""
    text = body.replace(b"\0", b"")  # UTF-16 too: tags are ASCII
    last = deque(_BEGUN.finditer(text), maxlen=1)
    whole = last and re.match(_BEGUN_AND_ENDED % last[0][1], text[last[0].end() :], re.DOTALL)
    return not whole


def _points_of(root: etree._Element) -> list[etree._Element]:
    found = root.iter(*(f"{{*}}{name}" for name in _POINTS))
    return [one for one in found if _local(one.getparent()) not in _POINTS]


def _has_document_type(body: bytes) -> bool:
    """Whether XML declares a document type: entities that grow, files that are fetched.

    It can only stand before the first element. The parser is given a few bytes at a time, whatever
    their encoding, and nothing after it has told of either: no entity is ever expanded.

    Raises
    ------
    ExpatError
        For what is no XML before its first element.
    """
    seen: list[str] = []
    parser = ParserCreate()
    parser.StartDoctypeDeclHandler = lambda *_told: seen.append("type")
    parser.StartElementHandler = lambda *_told: seen.append("element")
    for start in range(0, len(body), _PROLOGUE_STEP):
        try:
            parser.Parse(body[start : start + _PROLOGUE_STEP], False)
        except ExpatError:
            if not seen:
                raise
        if seen:
            break
    return seen[:1] == ["type"]


def _local(element: Element) -> str:
    """Tag without its namespace, in lower case."""
    return element.tag.rpartition("}")[2].lower()


def _recording(points: Sequence[Element], space: str) -> Recording:
    return recorded(*_places(points), _times(points, space), np.zeros(len(points), dtype=np.int64))


def _places(points: Sequence[Element]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Longitude and latitude."""
    return (
        _degrees([point.get("lon") for point in points], 180),
        _degrees([point.get("lat") for point in points], 90),
    )


def _times(points: Sequence[Element], space: str) -> list[str | None]:
    return [_time(point, f"{space}time") for point in points]


def _time(point: Element, name: str) -> str | None:
    try:
        return point.findtext(name)
    except UnicodeDecodeError:  # of a damaged file, read as far as it goes
        return None


def _degrees(texts: Sequence[str | None], most: float) -> NDArray[np.float64]:
    degrees = np.array([_degree(text) for text in texts], dtype=np.float64)
    return np.where(np.abs(degrees) <= most, degrees, np.nan)


def _degree(text: str | None) -> float:
    try:
        return float((text or "").replace(",", "."))
    except ValueError:
        return np.nan


def _waypoints(points: Sequence[Element], space: str, file: str, sha256: str) -> RawTable:
    lon, lat = _places(points)
    told = [[_plain(point.findtext(f"{space}{name}")) for name in _TEXTS] for point in points]
    frame = pd.DataFrame(
        {
            "Tid": _written(moments(_times(points, space))),
            "Latitud": [_number(value) for value in lat],
            "Longitud": [_number(value) for value in lon],
            # What it is called, or else its kind or symbol, is what it may be about.
            "Kategori": [next(filter(None, texts), None) for texts in told],
            "Text": [_joined(texts) for texts in told],
        },
        index=pd.RangeIndex(2, len(points) + 2),
        columns=list(WAYPOINT_COLUMNS),
    ).astype("str")
    return RawTable(frame, None, None, file, sha256)


def _written(moments: NDArray[np.datetime64]) -> list[str | None]:
    return [None if np.isnat(one) else f"{one.astype('datetime64[s]')}Z" for one in moments]


def _number(value: float) -> str | None:
    return None if np.isnan(value) else f"{value:.7f}"


def _plain(text: str | None) -> str | None:
    return " ".join((text or "").split()) or None


def _joined(texts: Sequence[str | None]) -> str | None:
    """Name, description and comment, each once."""
    said = dict.fromkeys(text for text in (texts[0], *texts[3:]) if text)
    return ". ".join(said) or None
