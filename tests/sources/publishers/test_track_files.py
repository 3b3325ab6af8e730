"""Tracks of every form come to the same walk."""

import io
import struct
import zipfile

import numpy as np
import pytest

from trygghetskarta.errors import SourceCause, SourceError
from trygghetskarta.intake import walk_intake
from trygghetskarta.intake.walk_reading import Reading
from trygghetskarta.sources.publishers import fit, track_files
from trygghetskarta.sources.readers import files
from trygghetskarta.terms.imports import TableKind
from trygghetskarta.words import error_words

AT = [(12.2886 + step * 0.0002, 58.2837) for step in range(60)]
SECONDS = [step * 15 for step in range(60)]
BEGUN = np.datetime64("2026-02-13T20:00:00")
TIMES = [f"{BEGUN + np.timedelta64(second, 's')}Z" for second in SECONDS]
_FIT_EPOCH = 631_065_600
_CRC = (
    *(0x0000, 0xCC01, 0xD801, 0x1400, 0xF001, 0x3C00, 0x2800, 0xE401),
    *(0xA001, 0x6C00, 0x7800, 0xB401, 0x5000, 0x9C01, 0x8801, 0x4400),
)


def fit_crc(data: bytes) -> int:
    crc = 0
    for byte in data:
        for nibble in (byte & 0xF, byte >> 4):
            crc = ((crc >> 4) & 0x0FFF) ^ _CRC[crc & 0xF] ^ _CRC[nibble]
    return crc


def fit_bytes(at=AT, seconds=SECONDS, stop_after=None) -> bytes:
    """What a watch writes, as far as places and times go (FIT protocol, little-endian)."""
    record = struct.pack("<BBBHB", 0x40, 0, 0, 20, 3) + bytes(
        [253, 4, 0x86, 0, 4, 0x85, 1, 4, 0x85]
    )
    event = struct.pack("<BBBHB", 0x41, 0, 0, 21, 2) + bytes([0, 1, 0, 1, 1, 0])
    body = record + event
    start = int(BEGUN.astype("datetime64[s]").astype(int)) - _FIT_EPOCH
    for number, ((lon, lat), second) in enumerate(zip(at, seconds, strict=True)):
        parts = (round(one / 180 * 2**31) for one in (lat, lon))
        body += struct.pack("<BIii", 0, start + second, *parts)
        if number == stop_after:
            body += bytes([1, 0, 4])  # timer, stop_all
    head = struct.pack("<BBHI4s", 14, 0x10, 2100, len(body), b".FIT")
    head += struct.pack("<H", fit_crc(head))
    return head + body + struct.pack("<H", fit_crc(head + body))


def gpx_bytes(at=AT, times=TIMES) -> bytes:
    points = "".join(
        f'<trkpt lat="{lat:.7f}" lon="{lon:.7f}"><time>{time}</time></trkpt>'
        for (lon, lat), time in zip(at, times, strict=True)
    )
    return f"<gpx><trk><trkseg>{points}</trkseg></trk></gpx>".encode()


def kml_bytes(at=AT, times=TIMES, mark=True) -> bytes:
    when = "".join(f"<when>{time}</when>" for time in times)
    where = "".join(f"<gx:coord>{lon:.7f} {lat:.7f} 40</gx:coord>" for lon, lat in at)
    line = " ".join(f"{lon:.7f},{lat:.7f},40" for lon, lat in at)
    point = (
        "<Placemark><name>Trasig lampa</name><Point><coordinates>12.29,58.284,0</coordinates>"
        "</Point></Placemark>"
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?><kml xmlns="http://www.opengis.net/kml/2.2" '
        'xmlns:gx="http://www.google.com/kml/ext/2.2"><Document><Folder>'
        f"<Placemark><gx:Track>{when}{where}</gx:Track></Placemark>"
        f"<Placemark><LineString><coordinates>{line}</coordinates></LineString></Placemark>"
        f"{point * mark}</Folder></Document></kml>"
    ).encode()


def zipped(**held) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in held.items():
            archive.writestr(name, data)
    return out.getvalue()


FORMS = {
    "spår.gpx": gpx_bytes(),
    "spår.FIT": fit_bytes(),
    "spår.kml": kml_bytes(),
    "spår.kmz": zipped(**{"doc.kml": kml_bytes()}),
}


@pytest.mark.parametrize("name", FORMS)
def test_every_form_tells_the_same_places_and_times(name):
    found = track_files.parse(FORMS[name], file_name=name)
    (walk,) = found.walks
    assert np.allclose(walk.lon, [lon for lon, _ in AT], atol=1e-6)
    assert np.allclose(walk.lat, [lat for _, lat in AT], atol=1e-6)
    assert walk.time[0] == BEGUN and walk.time[-1] - walk.time[0] == np.timedelta64(885, "s")
    assert len(found.waypoints.frame) == ("km" in name)


def test_what_is_no_track_is_left_to_others():
    assert track_files.parse(b"a;b\n", file_name="a.csv") is None


def test_a_stop_begins_a_new_segment():
    (walk,) = fit.parse(fit_bytes(stop_after=29), file_name="a.fit").walks
    assert np.bincount(walk.segment).tolist() == [30, 30]


def test_a_point_without_a_place_keeps_its_time():
    data = bytearray(fit_bytes())
    at = data.find(struct.pack("<i", round(AT[5][1] / 180 * 2**31)), 120 + 13 * 4)
    data[at : at + 4] = struct.pack("<i", 0x7FFFFFFF)
    data[-2:] = struct.pack("<H", fit_crc(bytes(data[:-2])))
    (walk,) = fit.parse(bytes(data), file_name="a.fit").walks
    assert walk.placed.sum() == 59 and len(walk) == 60


def told_shorter(data: bytes, by: int) -> bytes:
    """A FIT file whose header tells of fewer bytes than its records take."""
    changed = bytearray(data)
    changed[4:8] = struct.pack("<I", int.from_bytes(data[4:8], "little") - by)
    changed[12:14] = struct.pack("<H", fit_crc(bytes(changed[:12])))
    return bytes(changed)


@pytest.mark.parametrize("by, whole", [(5, 59), (13, 59), (14, 58), (790, None)])
def test_records_that_reach_beyond_what_the_header_tells_are_left_out(by, whole):
    data = told_shorter(fit_bytes(), by)
    if whole is None:
        with pytest.raises(SourceError) as caught:
            fit.parse(data, file_name="a.fit")
        assert caught.value.cause is SourceCause.FILE_DAMAGED
        return
    found = fit.parse(data, file_name="a.fit")
    assert found.saved == whole


@pytest.mark.parametrize(
    "data, whole", [(fit_bytes()[:300], 19), (fit_bytes()[:-1] + b"x", 60), (fit_bytes(), None)]
)
def test_the_whole_points_of_a_damaged_fit_are_saved_and_counted(data, whole):
    found = fit.parse(data, file_name="a.fit")
    assert found.saved == whole and sum(map(len, found.walks)) == (whole or 60)


@pytest.mark.parametrize(
    "name, data, cause",
    [
        ("a.fit", b"", SourceCause.FILE_EMPTY),
        ("a.fit", b"\x0e\x10hej", SourceCause.FILE_DAMAGED),
        ("a.fit", b"<gpx/>" * 10, SourceCause.FILE_DAMAGED),
        ("a.fit", fit_bytes()[:40], SourceCause.FILE_DAMAGED),
        ("a.fit", bytes(1_100_000), SourceCause.FILE_TOO_LARGE),
        ("a.kml", b"<gpx/>", SourceCause.FORMAT_UNKNOWN),
        ("a.kml", b"<kml><Document>", SourceCause.FILE_DAMAGED),
        ("a.kml", b'<!DOCTYPE x [<!ENTITY a "b">]><kml>&a;</kml>', SourceCause.XML_FORBIDDEN),
        ("a.kmz", zipped(**{"bild.png": b"x"}), SourceCause.FORMAT_UNKNOWN),
    ],
)
def test_what_cannot_be_read_says_why(name, data, cause):
    with pytest.raises(SourceError) as caught:
        track_files.parse(data, file_name=name)
    assert caught.value.cause is cause and error_words.error_sentence(caught.value)


@pytest.mark.slow
@pytest.mark.parametrize("name", FORMS)
def test_the_same_walk_in_another_form_is_the_same_walk(place, name):
    reading = Reading(kind=TableKind.WALKS, source="Egna")
    first, again = walk_intake.import_files(
        place, [("spår.gpx", gpx_bytes()), (name, FORMS[name])], reading
    )
    assert first.report.new == 1
    assert again.report.new == ("km" in name)  # the marked point


@pytest.mark.slow
def test_every_track_of_a_zip_is_read_and_told_by_its_name(place):
    later = [f"{np.datetime64(time[:-1]) + np.timedelta64(1, 'D')}Z" for time in TIMES]
    data = zipped(**{"mapp/a.gpx": gpx_bytes(), "b.gpx": gpx_bytes(times=later), "c.pdf": b"%PDF"})
    reading = Reading(kind=TableKind.WALKS, source="Egna")
    given = [("pass.zip", data), ("trasig.zip", data[:90]), ("ensam.gpx.gz", b"\x1f\x8bxx")]
    outcomes = walk_intake.import_files(place, given, reading)
    assert [one.file for one in outcomes] == ["a.gpx", "b.gpx", "trasig.zip", "ensam.gpx.gz"]
    assert [one.report.new for one in outcomes[:2]] == [1, 1]
    assert all(one.error.cause is SourceCause.FILE_DAMAGED for one in outcomes[2:])


@pytest.mark.slow
def test_a_refusal_among_walks_names_their_forms(place):
    reading = Reading(kind=TableKind.WALKS, source="Egna")
    (done,) = walk_intake.import_files(place, [("a.pdf", b"%PDF-1.7")], reading)
    told = error_words.error_sentence(done.error)
    assert "GPX" in told and "FIT" in told and "CSV" in told


def test_kml_as_a_table_has_places_names_and_own_data():
    data = (
        '<kml xmlns="http://www.opengis.net/kml/2.2"><Placemark><name>Sylte</name>'
        '<ExtendedData><Data name="Brottskod"><value>0847</value></Data></ExtendedData>'
        "<Point><coordinates> 12.2886,58.2837,0 </coordinates></Point></Placemark>"
        "<Placemark><name>Yta</name><Polygon><outerBoundaryIs><LinearRing><coordinates>"
        "12,58 12.1,58 12.1,58.1 12,58</coordinates></LinearRing></outerBoundaryIs></Polygon>"
        "</Placemark><Placemark><name>Utan plats</name></Placemark></kml>"
    )
    raw = files.read_bytes("a.kml", data.encode())
    assert raw.frame["Namn"].tolist() == ["Sylte", "Yta", "Utan plats"]
    assert raw.frame.loc[2, "Brottskod"] == "0847" and raw.crs == 4326
    kinds = [None if one is None else one.geom_type for one in raw.geometry]
    assert kinds == ["Point", "Polygon", None]
