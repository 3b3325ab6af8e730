"""KML as tracks: lines with or without times, and marked points."""

from xml.etree.ElementTree import Element

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from trygghetskarta.sources.publishers.gpx import WAYPOINT_COLUMNS, GpxFile
from trygghetskarta.sources.readers import kml
from trygghetskarta.sources.readers.files import RawTable, fingerprint
from trygghetskarta.sources.readers.on_disk import check_size
from trygghetskarta.sources.readers.recordings import Recording, occasions, recorded
from trygghetskarta.sources.readers.xml_text import local

LIMIT_MEGABYTES = 25.0


def parse(content: bytes, *, file_name: str) -> GpxFile:
    """Read ``gx:Track`` with its times, lines without times, and points as waypoints.

    Lines are read only where there is no track: programs draw the same walk as both.

    Raises
    ------
    SourceError
        ``FILE_TOO_LARGE``, and what :func:`trygghetskarta.sources.readers.kml.document` raises.
    """
    check_size(len(content), file_name, LIMIT_MEGABYTES)
    root = kml.document(content, file_name, LIMIT_MEGABYTES)
    segments = [_track(one) for one in _all(root, "Track")]
    if not any(len(one) > 1 for one in segments):
        segments = [*segments, *(_line(one) for one in _all(root, "LineString"))]
    sha256 = fingerprint(content)
    waypoints = _waypoints(kml.placemarks(root), file_name, sha256)
    return GpxFile(tuple(occasions(segments)), waypoints, sha256)


def _all(root: Element, name: str) -> list[Element]:
    return [one for one in root.iter() if local(one) == name]


def _track(track: Element) -> Recording:
    """A track tells every time and every place, in two rows of the same length."""
    times = [one.text for one in track if local(one) == "when"]
    places = [(one.text or "").split() for one in track if local(one) == "coord"]
    at = kml.positions(" ".join(",".join(place) or "-" for place in places))
    told: list[str | None] = [*times[: len(at)], *[None] * (len(at) - len(times))]
    return _recording(at, told)


def _line(line: Element) -> Recording:
    at = kml.positions(next((one.text for one in _all(line, "coordinates")), None))
    return _recording(at, [None] * len(at))


def _recording(at: NDArray[np.float64], times: list[str | None]) -> Recording:
    lon, lat = at.T
    wrong = (np.abs(lon) > 180) | (np.abs(lat) > 90)
    lon, lat = (np.where(wrong, np.nan, degrees) for degrees in (lon, lat))
    return recorded(lon, lat, times, np.zeros(len(at), dtype=np.int64))


def _waypoints(marks: list[Element], file: str, sha256: str) -> RawTable:
    rows = []
    for mark in marks:
        points = [one for one in mark if local(one) == "Point"]
        if not points:
            continue
        at = kml.positions(kml.child_text(points[0], "coordinates"))
        lon, lat = at[0] if len(at) else (np.nan, np.nan)
        name, text = kml.child_text(mark, "name"), kml.child_text(mark, "description")
        said = ". ".join(dict.fromkeys(one for one in (name, text) if one)) or None
        rows.append([kml.child_text(mark, "when"), _number(lat), _number(lon), name, said])
    index = pd.RangeIndex(2, len(rows) + 2)
    frame = pd.DataFrame(rows, index=index, columns=list(WAYPOINT_COLUMNS), dtype="str")
    return RawTable(frame, None, None, file, sha256)


def _number(value: float) -> str | None:
    return None if np.isnan(value) else f"{value:.7f}"
