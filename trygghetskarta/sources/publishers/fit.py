"""FIT from watches and bicycle computers: what they recorded, point by point."""

import io
import struct
from typing import Any

import numpy as np
import pandas as pd
from fitdecode import CrcCheck, ErrorHandling, FitDataMessage, FitError, FitReader

from trygghetskarta.errors import SourceCause, SourceError
from trygghetskarta.sources.publishers.gpx import WAYPOINT_COLUMNS, GpxFile
from trygghetskarta.sources.readers.files import RawTable, fingerprint
from trygghetskarta.sources.readers.on_disk import check_size
from trygghetskarta.sources.readers.recordings import Recording, occasions, recorded

LIMIT_MEGABYTES = 1.0
"""Largest file read (10⁶ bytes): some seven hours with a point every second, in as many seconds."""

_DEGREES = 180 / 2**31
"""A position is told in 2³¹ parts of half a turn."""
_STOPS = ("stop", "stop_all", "stop_disable", "stop_disable_all")
_BROKEN = (
    *(FitError, ArithmeticError, AssertionError, AttributeError),
    *(LookupError, TypeError, ValueError, struct.error),
)
"""What the library raises on records that do not add up, beside its own errors."""
_Point = tuple[float, float, str | None]


def parse(content: bytes, *, file_name: str) -> GpxFile:
    """Read the positions and times of a FIT file; a new segment after each stop.

    Of a file that is cut short the points that are whole are read.

    Raises
    ------
    SourceError
        ``FILE_TOO_LARGE``, ``FILE_EMPTY``, ``FILE_DAMAGED`` for what is no FIT.
    """
    check_size(len(content), file_name, LIMIT_MEGABYTES)
    if not content:
        raise SourceError(SourceCause.FILE_EMPTY, file=file_name)
    segments, whole = _segments(content)
    points = sum(map(len, segments))
    if not whole and not points:
        raise SourceError(SourceCause.FILE_DAMAGED, file=file_name)
    sha256 = fingerprint(content)
    none = pd.DataFrame(columns=list(WAYPOINT_COLUMNS), dtype="str")
    waypoints = RawTable(none, None, None, file_name, sha256)
    walks = tuple(occasions([_recording(one) for one in segments if one]))
    return GpxFile(walks, waypoints, sha256, None if whole else points)


def _segments(content: bytes) -> tuple[list[list[_Point]], bool]:
    """Points between stops, and whether the file is whole."""
    segments: list[list[_Point]] = [[]]
    try:
        with FitReader(
            io.BytesIO(content), check_crc=CrcCheck.RAISE, error_handling=ErrorHandling.IGNORE
        ) as frames:
            for frame in frames:
                if not isinstance(frame, FitDataMessage):
                    continue
                if frame.name == "record":
                    segments[-1].append(_point(frame))
                elif frame.name == "event" and _told(frame, "event_type") in _STOPS:
                    segments.append([])
    except _BROKEN:
        return segments, False
    return segments, True


def _point(frame: FitDataMessage) -> _Point:
    east, north = (_told(frame, f"position_{axis}") for axis in ("long", "lat"))
    time = _told(frame, "timestamp")
    return (
        np.nan if east is None else float(east) * _DEGREES,
        np.nan if north is None else float(north) * _DEGREES,
        None if time is None or isinstance(time, int) else time.isoformat(),
    )


def _told(frame: FitDataMessage, name: str) -> Any:
    return frame.get_value(name, fallback=None)


def _recording(points: list[_Point]) -> Recording:
    lon, lat, times = zip(*points, strict=True)
    segment = np.zeros(len(points), dtype=np.int64)
    return recorded(np.array(lon), np.array(lat), times, segment)
