"""Files that a long search found: cells of ten thousands of letters, and what libraries trip on."""

import io
import zipfile

import pandas as pd
import pytest

from tests.fuzz.tasting import Ground, ground, taste
from tests.workplaces import TODAY
from trygghetskarta.errors import SourceCause, SourceError
from trygghetskarta.sources.fields import point_text
from trygghetskarta.sources.readers import encodings, files

LONG = "x" * 100_000
"""A search that begins anew at every letter of it does not end; a cell of a CSV may be longer."""

ROWS = "Id;Brottskod;Inskrivningsdatum;Område;Antal\nA1;9801;2025-03-01;Sylte;1\n"


@pytest.fixture(scope="module")
def on(geodata) -> Ground:
    return ground(geodata, TODAY)


@pytest.mark.parametrize(
    "data",
    [
        f"{ROWS}A2;9801;2025-03-02;{LONG};Å\n".encode("cp1252"),
        f"{ROWS}A2;9801;2025-03-02;{LONG} StÃ¶ld;1\n".encode(),
        f"{ROWS};{'öl' * 50_000}\n".encode(),
    ],
    ids=["one byte", "twice", "prose"],
)
def test_long_cells_are_read_or_refused(on, data):
    taste(on, "incidents", "a.csv", data)


def test_a_long_cell_is_no_point():
    assert not point_text.are_points(pd.Series([LONG, f"1{LONG}", "1" * 100_000])).any()


def test_a_long_word_tells_nothing_of_how_a_file_is_written():
    long = "Ã¥" * 100
    assert encodings.is_written(long) and not encodings.is_written("StÃ¶ld")
    assert encodings.swedishness([long, "Stöld"]) == encodings.swedishness(["Stöld"]) > 0


def test_a_date_before_every_nanosecond_is_a_fault_of_its_row(on):
    rows = "Brottskod;Antal;Kvartal\n9801;3;2026K1\n9801;4;1677-09-21\n"
    taste(on, "incidents", "a.csv", rows.encode())


def test_a_member_without_a_name_is_passed_over(on):
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("uttag.csv", ROWS)
        archive.writestr("qqqq", "")
    # The name stands beside the member and in the list; a name ends at its first zero.
    data = packed.getvalue()
    assert data.count(b"qqqq") == 2
    for name in ("a.zip", "a.geojson.zip"):
        assert taste(on, "incidents", name, data.replace(b"qqqq", b"\0qqq")) == ""
    taste(on, "plan_area", "a.zip", data.replace(b"qqqq", b"\0qqq"))


def test_a_year_before_the_first_is_damage():
    layer = b'{"type":"Feature","properties":{"E":"-2026-01-01"},"geometry":null}'
    with pytest.raises(SourceError) as refused:
        files.read_bytes("a.geojson", layer)
    assert refused.value.cause is SourceCause.FILE_DAMAGED


def test_a_time_that_is_no_text_costs_no_more_than_itself(on):
    point = b'<trkpt lat="58.28" lon="12.28"><time>%s</time></trkpt>'
    track = b'<gpx xmlns="http://www.topografix.com/GPX/1/1"><trk><trkseg>%s</trkseg></trk></gpx>'
    points = [point % b"2025-05-04T20:00:00Z", point % b"&#xD800;", point % b"x"]
    taste(on, "walks", "a.gpx", track % b"".join(points))
