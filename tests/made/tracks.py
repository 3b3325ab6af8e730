"""Tracks as watches, phones and programs write them: their layout, invented ways."""

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

GPX_1_1 = "http://www.topografix.com/GPX/1/1"
GPX_1_0 = "http://www.topografix.com/GPX/1/0"
XSI = "http://www.w3.org/2001/XMLSchema-instance"
GARMIN = "http://www.garmin.com/xmlschemas"


@dataclass(frozen=True)
class Way:
    """Points one after the other: where the first lies, how many, and since when (None: no times).

    ``every`` are the seconds between two points, ``fraction`` what stands behind the whole ones.
    """

    lat: float
    lon: float
    count: int
    since: str | None = None
    every: int = 5
    fraction: str = ""

    def points(self) -> Iterator[tuple[float, float, str]]:
        """Latitude, longitude and time of each point."""
        start = datetime.fromisoformat(self.since) if self.since else None
        for number in range(self.count):
            lat = self.lat + 0.00004 * number + 0.00003 * math.sin(number)
            lon = self.lon + 0.00006 * math.sin(number / 7)
            at = start and start + timedelta(seconds=self.every * number)
            yield lat, lon, f"{at:%Y-%m-%dT%H:%M:%S}{self.fraction}Z" if at else ""


def write(folder: Path) -> None:
    """Write one file of each kind."""
    folder.mkdir()
    for name, content in _files().items():
        text = content if isinstance(content, bytes) else content.encode("utf-8")
        (folder / f"{name}.gpx").write_bytes(text)


def _files() -> dict[str, str | bytes]:
    return {
        "Friday-Evening-Run": _watch(),
        "apple_watch_route": _health_export(),
        "bad": BAD,
        "cerknicko-without-times": _logger(CAVES, 7),
        "empty_trk": _plain("<trk>\n<trkseg>\n</trkseg>\n</trk>", "OsmAnd+"),
        "garmin_extensions": EXTENSIONS,
        "korita-zbevnica": _logger(GORGE, 2),
        "multitrackgpx": _days(),
        "strava": _strava(),
        "track-with-empty-segment": _converted(),
        "track_with_dilution_errors": DILUTION,
        "unicode_with_bom": UNICODE.encode("utf-8-sig"),
        "unique_trkpt": _plain(LONELY, "OsmAnd+"),
    }


def _plain(body: str, creator: str, more: str = "") -> str:
    return (
        "<?xml version='1.0' encoding='UTF-8' standalone='yes' ?>\n"
        f'<gpx version="1.1" creator="{creator}" xmlns="{GPX_1_1}" xmlns:xsi="{XSI}"{more}'
        f' xsi:schemaLocation="{GPX_1_1} {GPX_1_1}/gpx.xsd">\n{body}\n</gpx>\n'
    )


def _segment(way: Way, point: Callable[[float, float, str], str]) -> str:
    return f"<trkseg>\n{''.join(point(*each) for each in way.points())}</trkseg>"


def _watch() -> str:
    """Everything in few lines, fractions of a second, several extensions in a point."""
    ways = (
        Way(51.9, 4.06, 4, "2025-05-02T15:51:15", 6, ".195"),
        Way(51.91, 4.061, 5, "2025-05-02T15:55:03", 1, ".000"),
        Way(51.92, 4.062, 8, "2025-05-02T16:33:47", 3, ".000"),
    )
    point = (
        '<trkpt lat="{:.7f}" lon="{:.7f}">\n<ele>6</ele><time>{}</time><extensions>'
        "<gpxtpx:TrackPointExtension><gpxtpx:hr>164</gpxtpx:hr><gpxtpx:cad>64</gpxtpx:cad>"
        "</gpxtpx:TrackPointExtension></extensions><extensions><gpxtpx:PowerExtension>"
        "<gpxtpx:PowerInWatts>209</gpxtpx:PowerInWatts></gpxtpx:PowerExtension></extensions>"
        "</trkpt>\n"
    )
    told = "".join(_segment(way, point.format) for way in ways)
    # No declaration before the root.
    return (
        f'<gpx version="1.1" creator="Apple Watch" xsi:schemaLocation="{GPX_1_1} '
        f'{GPX_1_1}/gpx.xsd" xmlns="{GPX_1_1}" xmlns:gpxtpx="{GARMIN}/TrackPointExtension/v1" '
        f'xmlns:gpxx="{GARMIN}/GpxExtensions/v3" xmlns:xsi="{XSI}"><metadata>'
        "<name>Friday Evening Run</name></metadata>\n<trk><name>Friday Evening Run</name>"
        f"<type>running</type>\n{told}</trk>\n</gpx>\n"
    )


def _health_export() -> str:
    """Longitude before latitude, a point a line."""
    way = Way(32.06, -81.1, 44, "2019-12-15T20:19:55", 1)

    def point(lat: float, lon: float, time: str) -> str:
        return (
            f'      <trkpt lon="{lon:.6f}" lat="{lat:.6f}"><ele>14.601502</ele><time>{time}</time>'
            "<extensions><speed>1.310662</speed><course>101.747269</course><hAcc>1.801682</hAcc>"
            "<vAcc>1.189247</vAcc></extensions></trkpt>\n"
        )

    return (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<gpx version="1.1" creator="Apple Health Export"'
        f' xmlns="{GPX_1_1}" xmlns:xsi="{XSI}" xsi:schemaLocation="{GPX_1_1} {GPX_1_1}/gpx.xsd">\n'
        "  <metadata>\n    <time>2019-12-19T04:53:04Z</time>\n  </metadata>\n  <trk>\n"
        f"    <name>Route 2019-12-15 3:50pm</name>\n{_segment(way, point)}  </trk>\n</gpx>"
    )


CAVES = (
    [Way(45.77, 14.35, 0)],
    *([Way(45.77, 14.35, 173)], [Way(45.78, 14.36, 52)], [Way(45.74, 14.37, 2)]),
    *([Way(45.75, 14.36, 44)], [Way(45.79, 14.3, 2)], [Way(45.791, 14.301, 2)]),
    # A log that begins without times, and gets them when the satellites are found.
    [Way(45.792, 14.302, 16), Way(45.793, 14.302, 5, "2010-08-05T16:23:00", 12)],
)
GORGE = (
    [Way(45.38, 14.14, 0)],
    [Way(45.38, 14.14, 358)],
    [Way(45.45, 14.02, 176, "2010-10-03T09:36:30", 26)],
    [Way(45.46, 14.01, 337, "2010-10-03T10:57:10", 25)],
)


def _logger(tracks: tuple[list[Way], ...], marks: int) -> str:
    """GPX 1.0 with bounds and waypoints; one track a log, the first of them empty."""
    waypoints = "".join(
        f'<wpt lat="{45.7 + 0.01 * n:.9f}" lon="14.35">\n  <ele>-0.114380</ele>\n'
        f"  <name>{n:03}</name>\n  <cmt>05-AUG-10 16:58:37</cmt>\n  <sym>Flag, Blue</sym>\n</wpt>\n"
        for n in range(marks)
    )

    def point(lat: float, lon: float, time: str) -> str:
        when = f"  <time>{time}</time>\n" if time else ""
        return f'<trkpt lat="{lat:.9f}" lon="{lon:.9f}">\n  <ele>561.066650</ele>\n{when}</trkpt>\n'

    told = "".join(
        f"<trk>\n  <name>ACTIVE LOG #{number}</name>\n<number>{number}</number>\n<trkseg>\n"
        + "".join(point(*each) for way in ways for each in way.points())
        + "</trkseg>\n</trk>\n"
        for number, ways in enumerate(tracks, start=1)
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<gpx\n  version="1.0"\n'
        f'  creator="GPSBabel"\n  xmlns:xsi="{XSI}"\n  xmlns="{GPX_1_0}"\n'
        f'  xsi:schemaLocation="{GPX_1_0} {GPX_1_0}/gpx.xsd">\n<time>2010-08-06T10:36:35Z</time>\n'
        '<bounds minlat="45.7" minlon="14.2" maxlat="45.8" maxlon="14.4"/>\n'
        f"{waypoints}{told}</gpx>\n"
    )


def _days() -> str:
    """A track a day, each with its colour, and bounds that begin with the largest."""
    days = [
        Way(48.28, 8.17, 38, "2008-07-12T09:58:23"),
        Way(48.37, 8.12, 65, "2008-07-13T07:57:31"),
        Way(48.3, 8.05, 14, "2008-07-14T07:08:19"),
    ]
    point = (
        '      <trkpt lat="{:.7f}" lon="{:.7f}">\n        <ele>258.7319336</ele>\n'
        "        <time>{}</time>\n      </trkpt>\n"
    )
    told = "".join(
        f"  <trk>\n    <name>Tag {number}</name>\n    <extensions>\n"
        f'      <gpxx:TrackExtension xmlns:gpxx="{GARMIN}/GpxExtensions/v3">\n'
        "        <gpxx:DisplayColor>Transparent</gpxx:DisplayColor>\n"
        f"      </gpxx:TrackExtension>\n    </extensions>\n{_segment(day, point.format)}  </trk>\n"
        for number, day in enumerate(days, start=1)
    )
    return (
        '<?xml version="1.0" encoding="UTF-8" standalone="no" ?>\n'
        f'<gpx xmlns="{GPX_1_1}" creator="MapSource 6.13.7" version="1.1" xmlns:xsi="{XSI}"'
        f' xsi:schemaLocation="{GPX_1_1} {GPX_1_1}/gpx.xsd">\n\n  <metadata>\n'
        "    <time>2008-07-14T15:35:51Z</time>\n"
        '    <bounds maxlat="48.4" maxlon="8.2" minlat="48.2" minlon="8.0"/>\n  </metadata>\n\n'
        f"{told}\n</gpx>\n"
    )


def _strava() -> str:
    """An hour between two points, extensions in no order and one of them twice, a comment."""
    point = (
        '      <trkpt lat="{:.7f}" lon="{:.7f}">\n        <ele>721.2</ele>\n'
        "        <time>{}</time>\n        <extensions>\n          <gpxtpx:TrackPointExtension>\n"
        "            <gpxtpx:atemp>11</gpxtpx:atemp>\n            <gpxtpx:hr>117</gpxtpx:hr>\n"
        "            <gpxtpx:atemp>22</gpxtpx:atemp>\n          </gpxtpx:TrackPointExtension>\n"
        "           <!-- of our own -->\n          <power>75</power>\n        </extensions>\n"
        "      </trkpt>\n"
    )
    way = Way(42.94, 0.96, 3, "2018-05-14T14:54:21", 3777)
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<gpx creator="StravaGPX" version="1.1"'
        f' xmlns="{GPX_1_1}"\n     xmlns:xsi="{XSI}"\n     xmlns:gpxtpx="{GARMIN}/'
        'TrackPointExtension/v1">\n  <trk>\n    <name>Ride</name>\n    <desc>Made</desc>\n'
        f"{_segment(way, point.format)}  </trk>\n</gpx>\n"
    )


def _converted() -> str:
    """A stylesheet's work: an empty segment behind the full one."""
    point = (
        '            <trkpt lat="{:.7f}" lon="{:.7f}">\n                <ele>191.5999756</ele>\n'
        "                <time>{}</time>\n            </trkpt>\n"
    )
    way = Way(50.77, 6.08, 9, "2013-07-06T17:26:26", 9)
    return (
        f'<?xml version="1.0" encoding="utf-8" standalone="no"?>\n<gpx xmlns="{GPX_1_1}"'
        f' xmlns:tc2="{GARMIN}/TrainingCenterDatabase/v2" xmlns:xsi="{XSI}" version="1.1"'
        ' creator="TC2 to GPX11 XSLT stylesheet">\n    <trk>\n'
        f"        <name>2013-07-06T14:59:00Z</name>\n        {_segment(way, point.format)}\n"
        "        <trkseg></trkseg>\n    </trk>\n</gpx>\n"
    )


BAD = _plain(
    "<trk><trkseg>\n"
    + '<trkpt lat="undefined" lon="undefined"><time>2007-05-11T15:22:06Z</time></trkpt>\n' * 2
    + '</trkseg></trk>\n<wpt lon="undefined" lat="undefined"></wpt>\n<wpt lon="x" lat="y"></wpt>\n'
    '<rte><name>way</name><rtept lat="undefined" lon="undefined"><ele>bad data</ele></rtept></rte>',
    "OsmAnd+",
)
LONELY = (
    '<trk><trkseg>\n<trkpt lat="-14.85" lon="-74.96"><ele>559.5</ele><hdop>8.0</hdop>'
    "<time>2014-06-17T15:47:32Z</time><extensions><speed>0.5</speed></extensions></trkpt>\n"
    "</trkseg></trk>"
)
EXTENSIONS = (
    f'<?xml version="1.0"?>\n<!-- every element there is -->\n<gpx creator="GDAL" version="1.1"'
    f' xmlns:xsi="{XSI}" xmlns="{GPX_1_1}">\n'
    '<wpt lat="0" lon="1">\n  <ele>2</ele> \n  <name>waypoint name</name>\n'
    '  <link href="href"><text>text</text><type>type</type></link>\n'
    "  <time>2007-11-25T17:58:00+01:00</time>\n  <extensions></extensions>\n</wpt>\n"
    '<wpt lat="3" lon="4"/>\n'
    "<rte>\n  <name>route name</name>\n"
    + "".join(f'  <rtept lat="{n}" lon="{n + 1}"><ele>{n + 2}</ele></rtept>\n' for n in (5, 8, 11))
    + "</rte>\n<rte>\n  <name>empty route</name>\n</rte>\n"
    f'<trk>\n  <extensions>\n    <gpxx:TrackExtension xmlns:gpxx="{GARMIN}/GpxExtensions/v3">\n'
    "      <gpxx:DisplayColor>Magenta</gpxx:DisplayColor>\n    </gpxx:TrackExtension>\n"
    "  </extensions>\n  <name>track name</name>\n"
    + "".join(
        f'  <trkseg>\n    <trkpt lat="{n}" lon="{n + 1}"><ele>{n + 2}</ele></trkpt>\n'
        f'    <trkpt lat="{n + 3}" lon="{n + 4}"><ele>{n + 5}</ele></trkpt>\n  </trkseg>\n'
        for n in (14, 20)
    )
    + "</trk>\n<trk>\n  <name>empty track</name>\n</trk>\n"
    "<trk>\n  <name>empty track 2</name>\n  <trkseg>\n  </trkseg>\n</trk>\n</gpx>\n"
)
_DOPS = '<{0} lat="12.1" lon="13.2">\n<hdop>{1}.1</hdop>\n<vdop>{1}.2</vdop>\n</{0}>'
DILUTION = (
    f'<?xml version="1.0" encoding="UTF-8"?>\n<gpx xmlns:xsi="{XSI}" xmlns="{GPX_1_0}"'
    f' version="1.0" creator="gpx.py">\n{_DOPS.format("wpt", 100)}\n'
    f"<rte>\n{_DOPS.format('rtept', 200)}</rte>\n"
    f"<trk>\n<name/>\n<desc/>\n<trkseg>\n{_DOPS.format('trkpt', 300)}</trkseg></trk></gpx>"
)
UNICODE = (
    '<?xml version="1.0" encoding="utf-8"?>\n<gpx>\n  <wpt lat="43.309634" lon="3.515386">\n'
    "    <ele>-14.6</ele>\n    <time>2016-05-27T10:08:47.8Z</time>\n    <name>Åsa</name>\n"
    "    <fix></fix>\n    <sat>4</sat>\n    <extensions>\n      <security>Open</security>\n"
    "    </extensions>\n  </wpt>\n</gpx>\n"
)
