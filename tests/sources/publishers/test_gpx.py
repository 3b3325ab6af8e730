"""GPX of every device we have, and every way a file can be wrong, against gpxpy."""

import codecs

import gpxpy
import numpy as np
import pytest

from trygghetskarta.errors import CrsError, SourceCause, SourceError
from trygghetskarta.sources.publishers import gpx
from trygghetskarta.sources.readers.recordings import usable

HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
BOMB = (
    "<!DOCTYPE gpx ["
    + '<!ENTITY a "aaaaaaaaaa">'
    + "".join(
        f'<!ENTITY {two} "{f"&{one};" * 10}">'
        for one, two in zip("abcdefgh", "bcdefghi", strict=True)
    )
    + "]>"
)
READABLE = {
    # name: (points of each walk, waypoints)
    "Friday-Evening-Run": ([17], 0),
    "apple_watch_route": ([44], 0),
    "bad": ([2], 2),
    "cerknicko-without-times": ([21, 275], 7),
    "empty_trk": ([], 0),
    "garmin_extensions": ([4], 2),
    "korita-zbevnica": ([513, 358], 2),
    "multitrackgpx": ([38, 65, 14], 0),
    "strava": ([3], 0),
    "track-with-empty-segment": ([9], 0),
    "track_with_dilution_errors": ([1], 1),
    "unicode_with_bom": ([], 1),
    "unique_trkpt": ([1], 0),
}
REFUSED = {
    "bad": SourceCause.TRACK_WITHOUT_PLACES,
    "empty_trk": SourceCause.NO_TRACK,
    "track_with_dilution_errors": SourceCause.NO_TRACK,
    "unicode_with_bom": SourceCause.NO_TRACK,
    "unique_trkpt": SourceCause.NO_TRACK,
}


def document(body, head=HEAD):
    return (
        f'{head}<gpx version="1.1" xmlns="http://www.topografix.com/GPX/1/1">{body}</gpx>'.encode()
    )


def segment(*points):
    told = "".join(
        f'<trkpt lat="{lat}" lon="{lon}">{f"<time>{time}</time>" if time else ""}</trkpt>'
        for lat, lon, time in points
    )
    return f"<trkseg>{told}</trkseg>"


def track(*segments):
    return f"<trk>{''.join(segments)}</trk>"


def parsed(body):
    return gpx.parse(document(body), file_name="spår.gpx")


def read(path):
    return gpx.parse(path.read_bytes(), file_name=path.name)


def cause(content):
    with pytest.raises(SourceError) as raised:
        gpx.parse(content, file_name="spår.gpx")
    assert raised.value.facts["file"] == "spår.gpx"
    return raised.value.cause


# --- real devices ---


@pytest.mark.parametrize("name", READABLE)
def test_every_device_is_read(shared_data, name):
    found = read(shared_data / "gpx" / f"{name}.gpx")
    walks, waypoints = READABLE[name]
    assert [len(walk) for walk in found.walks] == walks
    assert len(found.waypoints.frame) == waypoints


def test_no_file_is_forgotten(shared_data):
    assert {path.stem for path in (shared_data / "gpx").glob("*.gpx")} == set(READABLE)


@pytest.mark.parametrize("name", sorted(set(READABLE) - {"bad"}))
def test_points_and_times_are_those_of_gpxpy(shared_data, name):
    path = shared_data / "gpx" / f"{name}.gpx"
    theirs = [
        (point.longitude, point.latitude, point.time)
        for track in gpxpy.parse(path.read_text("utf-8-sig")).tracks
        for part in track.segments
        for point in part.points
    ]
    ours = [
        (float(lon), float(lat), None if np.isnat(time) else time.item())
        for walk in read(path).walks
        for lon, lat, time in zip(walk.lon, walk.lat, walk.time, strict=True)
    ]
    plain = [(x, y, None if t is None else t.replace(tzinfo=None)) for x, y, t in theirs]
    assert sorted(ours, key=str) == sorted(plain, key=str)


@pytest.mark.parametrize("name", READABLE)
def test_what_cannot_be_drawn_in_sweden_says_why(shared_data, name):
    found = read(shared_data / "gpx" / f"{name}.gpx")
    with pytest.raises(SourceError) as raised:
        usable(found.walks, "spår.gpx")
    # Real devices, other countries.
    assert raised.value.cause is REFUSED.get(name, SourceCause.TRACK_ELSEWHERE)


# --- shapes ---


def test_segments_keep_their_numbers_and_are_in_the_order_of_time():
    later = segment((58.2, 12.2, "2026-02-13T20:30:00Z"), (58.2, 12.3, "2026-02-13T20:31:00Z"))
    first = segment((58.1, 12.2, "2026-02-13T20:00:00Z"), (58.1, 12.3, "2026-02-13T20:01:00Z"))
    (walk,) = parsed(track(later) + track(first)).walks
    assert walk.lat.tolist() == [58.1, 58.1, 58.2, 58.2]
    assert walk.segment.tolist() == [0, 0, 1, 1]


def test_tracks_of_two_evenings_are_two_walks():
    evenings = [
        track(
            segment(
                (58.1, 12.2, f"2026-02-{day}T20:00:00Z"), (58.1, 12.3, f"2026-02-{day}T20:09:00Z")
            )
        )
        for day in (13, 14)
    ]
    assert [len(walk) for walk in parsed("".join(evenings)).walks] == [2, 2]


def test_a_planned_route_is_read_when_there_is_no_track():
    route = '<rte><rtept lat="58.1" lon="12.2"/><rtept lat="58.2" lon="12.2"/></rte>'
    assert [len(walk) for walk in parsed(route).walks] == [2]
    walked = track(segment((58.1, 12.2, ""), (58.2, 12.2, ""), (58.3, 12.2, "")))
    assert [len(walk) for walk in parsed(route + walked).walks] == [3]


@pytest.mark.parametrize(
    ("written", "utc"),
    [
        ("2026-02-13T20:00:00Z", "2026-02-13T20:00:00"),
        ("2026-02-13T21:00:00+01:00", "2026-02-13T20:00:00"),
        ("2026-02-13T20:00:00", "2026-02-13T20:00:00"),
        (" 2026-02-13T20:00:00.250Z ", "2026-02-13T20:00:00.25"),
        ("13 februari", "NaT"),
    ],
)
def test_times_are_utc(written, utc):
    (walk,) = parsed(track(segment((58.1, 12.2, written), (58.1, 12.3, written)))).walks
    assert str(walk.time[0]) == str(np.datetime64(utc, "us"))


def test_a_point_that_is_no_place_keeps_its_row_and_has_none():
    (walk,) = parsed(
        track(
            segment(
                ("undefined", 12.2, ""), (58.1, "12,2", ""), (158.1, 12.2, ""), (58.1, 12.2, "")
            )
        )
    ).walks
    assert walk.placed.tolist() == [False, True, False, True]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "iso-8859-1"])
def test_encodings_are_read(encoding):
    head = f'<?xml version="1.0" encoding="{encoding.replace("-sig", "")}"?>'
    content = document('<wpt lat="58.1" lon="12.2"><name>Släckt</name></wpt>', head).decode()
    found = gpx.parse(content.encode(encoding), file_name="a.gpx")
    assert found.waypoints.frame["Text"].tolist() == ["Släckt"]


def test_blank_lines_and_marks_before_the_declaration_are_passed_over():
    content = (
        codecs.BOM_UTF8 + b"\r\n " + document(track(segment((58.1, 12.2, ""), (58.2, 12.2, ""))))
    )
    assert len(gpx.parse(content, file_name="a.gpx").walks[0]) == 2


def test_waypoints_become_rows_of_observations():
    points = (
        '<wpt lat="58.28" lon="12.29"><time>2026-02-13T20:00:00Z</time><name>Belysning</name>'
        "<desc>Lyktan  blinkar</desc><cmt>Lyktan blinkar</cmt></wpt>"
        '<wpt lat="58.28" lon="12.29"/>'
    )
    frame = parsed(points).waypoints.frame
    assert frame.iloc[0].tolist() == [
        "2026-02-13T20:00:00Z",
        "58.2800000",
        "12.2900000",
        "Belysning",
        "Belysning. Lyktan blinkar",
    ]
    assert frame.iloc[1].isna().tolist() == [True, False, False, True, True]
    assert list(frame.index) == [2, 3]


# --- refused ---


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "iso-8859-1"])
def test_entities_that_grow_are_refused_before_they_grow(encoding):
    body = f"{BOMB}<gpx><trk><name>&i;</name></trk></gpx>"
    content = f'<?xml version="1.0" encoding="{encoding}"?>{body}'.encode(encoding)
    assert cause(content) is SourceCause.XML_FORBIDDEN


@pytest.mark.parametrize(
    "head",
    [
        '<!DOCTYPE gpx [<!ENTITY x SYSTEM "file:///etc/passwd">]>',
        '<!DOCTYPE gpx SYSTEM "http://127.0.0.1/a.dtd">',
        f"<!--{'-x' * 500}--><!DOCTYPE gpx>",
    ],
)
def test_files_that_are_fetched_are_refused(head):
    assert cause(f"{head}<gpx>&x;</gpx>".encode()) is SourceCause.XML_FORBIDDEN


def test_a_document_type_in_a_text_is_only_a_text():
    named = "<trk><name><![CDATA[<!DOCTYPE gpx>]]></name></trk>"
    assert parsed(named).walks == ()


@pytest.mark.parametrize("megabytes", [26, 50])
def test_a_large_file_is_refused_unread(megabytes):
    assert cause(b" " * (megabytes * 1_000_000)) is SourceCause.FILE_TOO_LARGE


@pytest.mark.parametrize(
    ("content", "wanted"),
    [
        (b"", SourceCause.FILE_EMPTY),
        (b"\xef\xbb\xbf \r\n", SourceCause.FILE_EMPTY),
        (b"Datum;Plats\n2026;Sylte\n", SourceCause.FILE_DAMAGED),
        (document(track(segment((58.1, 12.2, ""))))[:-30], SourceCause.FILE_DAMAGED),
        (b'<?xml version="1.0" encoding="nonsense"?><gpx/>', SourceCause.FILE_DAMAGED),
        (b"<gpx>&unknown;</gpx>", SourceCause.FILE_DAMAGED),
        (b"<kml/>", SourceCause.FORMAT_UNKNOWN),
    ],
)
def test_what_is_no_gpx_says_so(content, wanted):
    assert cause(content) is wanted


def test_swapped_coordinates_are_said_to_be():
    turned = track(segment((12.2, 58.1, ""), (12.3, 58.1, "")))
    with pytest.raises(CrsError) as raised:
        usable(parsed(turned).walks, "spår.gpx")
    assert raised.value.cause.value == "swapped"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
@pytest.mark.parametrize("tail", ["", "<trkpt lat='1'", "<x:y>", " & "])
def test_a_damaged_file_with_a_document_type_is_refused(encoding, tail):
    head = f'<?xml version="1.0" encoding="{encoding}"?><!DOCTYPE gpx [<!ENTITY a "aaaa">]>'
    points = '<trk><trkseg><trkpt lat="58.28" lon="12.28"><name>&a;</name></trkpt>'
    with pytest.raises(SourceError) as caught:
        gpx.parse(f"{head}<gpx>{points}{tail}".encode(encoding), file_name="bomb.gpx")
    assert caught.value.cause is SourceCause.XML_FORBIDDEN


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "iso-8859-1"])
def test_points_are_saved_in_every_encoding(encoding):
    points = "".join(f'<trkpt lat="58.28{n}" lon="12.28"/>' for n in range(5))
    text = f'<?xml version="1.0" encoding="{encoding}"?><gpx><name>å</name><trk><trkseg>{points}'
    found = gpx.parse(f'{text}<trkpt lat="58.29" lon="12.'.encode(encoding), file_name="x.gpx")
    assert found.saved == len(found.walks[0]) == 5
    whole = gpx.parse(f"{text}</trkseg></trk></gpx>".encode(encoding), file_name="x.gpx")
    assert whole.saved is None and len(whole.walks[0]) == 5


@pytest.mark.parametrize("content", [b"<gpx><trk>", b"<html><trkpt lat='1' lon='2'/>", b"<gpx & "])
def test_what_has_no_whole_point_is_damaged(content):
    with pytest.raises(SourceError) as caught:
        gpx.parse(content, file_name="x.gpx")
    assert caught.value.cause is SourceCause.FILE_DAMAGED


MANY = " ".join(f"a{place}=''" for place in range(1_000_001))
POINTS = '<trkpt lat="58.28" lon="12.28"/><trkpt lat="58.29" lon="12.29"/>'


@pytest.mark.parametrize(
    "inside",
    [
        f"<trk><trkseg>{'<a>' * 1_500_001}{'</a>' * 1_500_001}{POINTS}</trkseg></trk>",
        f"<trk><trkseg {MANY}>{POINTS}</trkseg></trk>",
        f"<trk>{f'<trkseg>{POINTS}</trkseg>' * 20_001}</trk>",
        "<rte><rtept lat='58.28' lon='12.28'/></rte>" * 20_001,
    ],
    ids=["elements", "attributes", "segments", "routes"],
)
def test_a_file_of_more_than_any_walk_has_is_refused_before_the_work(inside):
    with pytest.raises(SourceError) as refused:
        gpx.parse(f"<gpx>{inside}</gpx>".encode(), file_name="a.gpx")
    assert refused.value.cause is SourceCause.TOO_MUCH_INSIDE


def test_a_file_nested_a_hundred_thousand_deep_gives_its_points():
    inside = f"{'<a>' * 100_000}<trkseg>{POINTS}</trkseg>{'</a>' * 100_000}"
    (walk,) = gpx.parse(f"<gpx><trk>{inside}</trk></gpx>".encode(), file_name="a.gpx").walks
    assert len(walk) == 2
