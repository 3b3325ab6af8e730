"""Many files at once, each with its report; twice changes nothing; a bad one stops none."""

import json
import re
import shutil
import time
import unicodedata
from datetime import UTC, datetime

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely

from trygghetskarta import settings
from trygghetskarta.errors import SourceCause, SourceError
from trygghetskarta.intake import street_network, walk_intake
from trygghetskarta.intake.walk_reading import Reading, WalkDetails
from trygghetskarta.intake.workplace import open_workplace
from trygghetskarta.settings import Settings
from trygghetskarta.store import read, read_walks
from trygghetskarta.terms.doubts import DoubtKind
from trygghetskarta.terms.imports import TableKind
from trygghetskarta.terms.walks import WalkType
from trygghetskarta.words import doubt_words, error_words, import_note_words

pytestmark = pytest.mark.slow

START = np.datetime64("2026-02-13T20:00:00")
EAST, NORTH = 12.2886, 58.2836  # the middle of Trollhättan


def track(points=40, lon=EAST, lat=NORTH, start=START, step=0.0003, extra="", name="Annas runda"):
    """A GPX of a walk to the east: a point every fifteen seconds, some 17 metres apart."""
    told = "".join(
        f'<trkpt lat="{lat:.6f}" lon="{lon + step * n:.6f}">'
        f"<time>{start + np.timedelta64(15 * n, 's')}Z</time></trkpt>"
        for n in range(points)
    )
    return (
        f'<gpx version="1.1">{extra}<trk><name>{name}</name><trkseg>{told}</trkseg></trk></gpx>'
    ).encode()


@pytest.fixture
def bring(place):
    """Import named contents together."""

    def run(*given, kind=None, **how):
        contents = [
            (name, content if isinstance(content, bytes) else content.encode())
            for name, content in given
        ]
        return walk_intake.import_files(place, contents, Reading(kind, "Vandrarna", **how))

    return run


def numbers(outcome):
    told = outcome.report.numbers()
    assert told["read"] == sum(told[n] for n in ("new", "changed", "unchanged", "quarantined"))
    return tuple(told[n] for n in ("new", "changed", "unchanged", "quarantined"))


def stored(place):
    return read_walks.walks(place.engine)


# --- tracks ---


def test_a_track_is_cleaned_measured_and_placed(bring, place):
    (found,) = bring(("spår.gpx", track()))
    assert numbers(found) == (1, 0, 0, 0)
    (row,) = stored(place).to_dict("records")
    assert row["walk_type"] == "presence" and row["source"] == "Vandrarna"
    assert row["minutes"] == pytest.approx(39 * 15 / 60)
    assert 0 < row["length_m"] <= row["raw_length_m"]
    assert row["geometry"].length == pytest.approx(row["length_m"], abs=0.1)
    assert len(json.loads(row["vertex_seconds"])[0]) == shapely.get_num_coordinates(row["geometry"])
    assert row["district_code"] and row["name"]


def test_no_name_of_a_person_comes_with_the_track(bring, place):
    bring(("spår.gpx", track(name="Annas runda")))
    assert "Anna" not in str(stored(place).iloc[0].drop("geometry").to_dict())


def test_the_same_file_twice_changes_nothing(bring, place):
    bring(("spår.gpx", track()))
    version = read.version(place.engine)
    again, renamed = bring(("spår.gpx", track()), ("kopia.gpx", track()))
    assert numbers(again) == numbers(renamed) == (0, 0, 1, 0)
    assert len(stored(place)) == 1 and read.version(place.engine) == version


def test_what_is_said_of_tracks_is_kept_when_they_come_again(bring, place):
    said = WalkDetails(WalkType.AUDIT, 5, "Grupp Norr", "Sylte", "Regn")
    bring(("spår.gpx", track()), told=said)
    (again,) = bring(("spår.gpx", track()))
    assert numbers(again) == (0, 0, 1, 0)
    (row,) = stored(place).to_dict("records")
    assert [row[n] for n in ("walk_type", "participants", "team", "name", "note")] == [
        "audit", 5, "Grupp Norr", "Sylte", "Regn",
    ]  # fmt: skip


IMPOSSIBLE = (
    *("0000-03-03T19:24:00Z", "0001-01-01T00:00:00Z", "1970-01-01T00:00:00Z"),
    *("9999-12-31T23:59:59Z", "9999-12-31T23:59:59-14:00", "2089-02-01T20:00:00Z"),
)


def with_times(content: bytes, moment: str, *numbers: int) -> bytes:
    """A track with another moment at some of its points."""
    first, *points = content.decode().split("<time>")
    for number in numbers:
        points[number] = f"{moment}</time>{points[number].partition('</time>')[2]}"
    return "<time>".join([first, *points]).encode()


@pytest.mark.parametrize("moment", IMPOSSIBLE)
@pytest.mark.parametrize("number", [0, 20, 39])
def test_a_point_whose_time_cannot_be_is_left_out_and_told(bring, place, moment, number):
    given = [
        ("före.gpx", track(lat=NORTH + 0.01)),
        ("fel.gpx", with_times(track(), moment, number)),
        ("efter.gpx", track(lat=NORTH + 0.02)),
    ]
    found = bring(*given)
    assert [one.error for one in found] == [None] * 3
    assert found[1].report.notes["doubtful_moments"] == 1
    assert "doubtful_moments" not in found[0].report.notes
    row = stored(place).set_index("file_name").loc["fel.gpx"]
    assert row["started_at"].year == row["ended_at"].year == START.astype(object).year
    assert row["minutes"] == pytest.approx(39 * 15 / 60, abs=0.3)


@pytest.mark.parametrize("moment", IMPOSSIBLE[:5])
def test_a_track_whose_times_cannot_be_is_refused_alone(bring, place, moment):
    given = [("fel.gpx", with_times(track(), moment, *range(40))), ("god.gpx", track())]
    refused, found = bring(*given)
    assert refused.error.cause is SourceCause.TRACK_TIMES_DOUBTFUL
    assert "exportera på nytt" in error_words.error_sentence(refused.error)
    assert found.report.new == len(stored(place)) == 1


@pytest.mark.parametrize(
    "moment", ["2006-07-01T20:00:00Z", "2026-02-13T00:00:00Z", "2026-02-17T20:00:00Z"]
)
@pytest.mark.parametrize("number", [0, 20, 39])
def test_a_clock_that_was_wrong_once_makes_no_day_long_walk(bring, place, moment, number):
    (found,) = bring(("spår.gpx", with_times(track(), moment, number)))
    assert found.report.notes["doubtful_moments"] == 1
    (row,) = stored(place).to_dict("records")
    assert row["minutes"] == pytest.approx(39 * 15 / 60, abs=0.3)
    assert row["started_at"].date() == START.astype(object).date()


@pytest.mark.parametrize(
    ("numbers", "moment"),
    [
        ((20,), "2026-02-13T19:45:00Z"),
        ((20,), "2026-02-13T21:30:00Z"),
        ((20, 21, 22), "2026-02-13T20:00:01Z"),
    ],
)
def test_a_time_that_jumps_moves_neither_way_nor_start(bring, place, numbers, moment):
    (found,) = bring(("spår.gpx", with_times(track(), moment, *numbers)))
    (whole,) = bring(("annat.gpx", track(lat=NORTH + 0.001)))
    assert found.report.notes["retimed"] == len(numbers) and not whole.report.notes["retimed"]
    one, other = stored(place).to_dict("records")
    for name in ("minutes", "started_at", "ended_at"):
        assert one[name] == other[name]
    assert one["length_m"] == pytest.approx(other["length_m"], rel=1e-3)
    assert "klockslag som går bakåt" in " ".join(import_note_words.note_lines(found.report.notes))


def test_a_stretch_of_early_times_is_walked_where_it_lies(bring, place):
    points = track(points=120).decode().split("<time>")
    for number in range(50, 70):
        early = START + np.timedelta64(15 * number, "s") - np.timedelta64(30, "m")
        points[number + 1] = f"{early}Z</time>{points[number + 1].partition('</time>')[2]}"
    (found,) = bring(("spår.gpx", "<time>".join(points)))
    assert found.report.notes["retimed"] == 20
    # The same as without: so it is the same walk.
    (whole,) = bring(("helt.gpx", track(points=120)))
    (row,) = stored(place).to_dict("records")
    assert whole.report.new == 0 and row["minutes"] == pytest.approx(119 / 4, abs=0.01)


LONG = track().replace(
    b"</trkseg>",
    b"".join(
        f'<trkpt lat="{NORTH}" lon="{EAST + 0.0003 * n}">'
        f"<time>2026-02-14T{n - 32:02d}:00:00Z</time></trkpt>".encode()
        for n in range(40, 55)
    )
    + b"</trkseg>",
)


@pytest.mark.parametrize(
    ("name", "content", "kind", "told"),
    [
        ("natt.gpx", LONG, DoubtKind.WALK_LONG, "26 timmar"),
        ("kort.gpx", track(points=4), DoubtKind.WALK_SHORT, "45 sekunder"),
        (
            "lista.csv",
            "Start;Slut\n2026-02-13 20:00;2026-02-14 09:00\n2026-02-12 20:00;2026-02-12 21:00\n",
            DoubtKind.WALK_LONG,
            "13 timmar",
        ),
        (
            "lista.csv",
            "Start;Slut\n2026-02-13 20:00:00;2026-02-13 20:00:20\n",
            DoubtKind.WALK_SHORT,
            "20 sekunder",
        ),
        # A receiver that counts weeks to 1 024 only.
        (
            "lista.csv",
            "Start;Slut\n2006-07-01 00:30;2006-07-01 01:30\n2026-02-12 20:00;2026-02-12 21:00\n",
            DoubtKind.WALK_OLD,
            "mer än tio år gamla: 1, den äldsta från 1 juli 2006",
        ),
    ],
)
def test_a_walk_of_half_a_day_or_of_seconds_is_asked_about(bring, place, name, content, kind, told):
    refused, good = bring((name, content), ("god.gpx", track(lat=NORTH + 0.01)))
    assert good.error is None and len(stored(place)) == 1
    (doubt,) = refused.doubts
    assert doubt.kind is kind and told in doubt_words.doubt_sentence(doubt)
    (found,) = bring((name, content), confirmed=frozenset({kind}))
    assert found.error is None and len(stored(place)) > 1
    # What is stored is not asked about again.
    (again,) = bring((name, content))
    assert again.error is None and again.report.unchanged == found.report.new


def test_two_phones_on_one_walk_are_asked_about(bring, place):
    later = START + np.timedelta64(20, "s")
    first, second = bring(("a.gpx", track()), ("b.gpx", track(lat=NORTH + 0.0002, start=later)))
    assert first.error is None and len(stored(place)) == 1
    (doubt,) = second.doubts
    assert doubt.kind is DoubtKind.WALK_TWICE
    (found,) = bring(("b.gpx", track(lat=NORTH + 0.0002, start=later)), confirmed={doubt.kind})
    assert found.error is None and len(stored(place)) == 2


def test_times_without_a_zone_are_said_to_be_taken_for_utc(bring, place):
    bare = track().replace(b"Z</time>", b"</time>")
    (found,) = bring(("spår.gpx", bare))
    assert found.report.notes["zoneless"] == 1
    assert "räknas som UTC" in " ".join(import_note_words.note_lines(found.report.notes))
    (row,) = stored(place).to_dict("records")
    assert row["started_at"] == pd.Timestamp(START, tz="UTC")
    (zoned,) = bring(("spår.gpx", track(lat=NORTH + 0.01)))
    assert "zoneless" not in zoned.report.notes


def test_a_list_in_doubt_leaves_stored_walks_as_they_were(bring, place):
    bring(("spår.gpx", track()))
    before = stored(place)
    rows = "Vandring;Start;Slut;Spår\n7;2026-02-13 21:00;2026-02-14 21:00;spår.gpx\n"
    (refused,) = bring(("lista.csv", rows))
    assert refused.doubts and stored(place).equals(before)


@pytest.mark.parametrize("is_check", [False, True])
def test_a_file_is_asked_about_before_any_of_it_is_stored(bring, place, is_check):
    """What was seen comes first in the file's account, and the doubtful walk after it."""
    rows = "2026-02-13 21:00;Sylte;mörkt;Lampan är trasig\n2006-02-13 21:00;Lextorp;"
    content = f"Tid;Plats;Kategori;Text\n{rows}inget att rapportera;\n"
    (asked,) = bring(("fynd.csv", content), is_check=is_check)
    doubts = asked.report.doubts if is_check else asked.doubts
    assert [doubt.kind for doubt in doubts] == [DoubtKind.WALK_OLD]
    assert stored(place).empty and read_walks.observations(place.engine).empty
    (found,) = bring(("fynd.csv", content), confirmed={DoubtKind.WALK_OLD})
    assert numbers(found) == (2, 0, 0, 0)
    assert len(stored(place)) == len(read_walks.observations(place.engine)) == 1


def test_what_a_refused_file_would_have_stored_is_not_known_to_the_next(bring, place):
    """The list that was refused names no walk that the observation of the next file could have."""
    rows = "Vandring;Start;Slut\n7;2026-02-13 20:00;2026-02-14 21:00\n"
    seen = "Vandring;Tid;Plats;Kategori\n7;2026-02-13 21:00;Sylte;inget att rapportera\n"
    refused, found = bring(("lista.csv", rows), ("fynd.csv", seen))
    assert [doubt.kind for doubt in refused.doubts] == [DoubtKind.WALK_LONG]
    assert numbers(found) == (1, 0, 0, 0)
    (row,) = stored(place).to_dict("records")
    assert pd.isna(row["ended_at"]) and row["file_name"] == "fynd.csv"


DAMAGED = {
    "a prefix without a meaning": (
        lambda gpx: gpx.replace(b"</time>", b"</time><extensions><u:hr>90</u:hr></extensions>"),
        40,
    ),
    "cut in a point": (lambda gpx: gpx[: gpx.rindex(b"<time>") + 3], 39),
    "cut in the last tag of a point": (lambda gpx: gpx[: gpx.rindex(b"</trkpt>") + 4], 39),
    "cut between points": (lambda gpx: gpx[: gpx.rindex(b"<trkpt")], 39),
    "cut after the points": (lambda gpx: gpx[: gpx.rindex(b"</trkseg>") + 4], 40),
    "a bare &": (lambda gpx: gpx.replace(b"Annas", b"Anna & Bo"), 40),
    "a sign that XML lacks": (lambda gpx: gpx.replace(b"Annas", b"Anna\x0b"), 40),
    "a name that was never closed": (lambda gpx: gpx.replace(b"</name>", b""), 40),
    "a prefix, and cut": (
        lambda gpx: gpx.replace(b"<time>", b"<u:hr/><time>")[
            : -len("me></trkpt></trkseg></trk></gpx>")
        ],
        39,
    ),
}


@pytest.mark.parametrize("damage", DAMAGED)
def test_whole_points_of_a_damaged_file_are_saved_and_counted(bring, place, damage):
    spoil, left = DAMAGED[damage]
    first, last = bring(("trasig.gpx", spoil(track())), ("hel.gpx", track(lat=NORTH + 0.01)))
    assert last.error is None and "saved_points" not in last.report.notes
    assert first.report.notes["saved_points"] == left
    row = stored(place).set_index("file_name").loc["trasig.gpx"]
    assert row["minutes"] == pytest.approx((left - 1) / 4)
    said = " ".join(import_note_words.note_lines(first.report.notes))
    assert f"{left} hela punkter" in said


def test_waypoints_of_a_damaged_file_are_saved_and_counted(bring):
    points = "".join(f'<wpt lat="{NORTH}" lon="{EAST}"><name>Lampa {n}</name></wpt>' for n in "123")
    (found,) = bring(("fynd.gpx", f"<gpx>{points}"[:-10]))
    assert found.report.notes["saved_points"] == found.report.new == 2


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
@pytest.mark.parametrize("together", [True, False])
def test_a_name_is_one_however_its_letters_are_put_together(bring, place, order, together):
    rows = "Vandring;Start;Slut;Antal vuxna;Spår\n1;2026-02-13 21:00;2026-02-13 21:09;4;"
    for letters in ("kväll.gpx", "kva\u0308ll.gpx"):
        named = unicodedata.normalize("NFC", letters)
        files = [(letters, track()), ("lista.csv", f"{rows}{named}\n")]
        given = [files[number] for number in order]
        for part in [given] if together else [[one] for one in given]:
            bring(*part)
        assert stored(place)[["file_name", "participants"]].values.tolist() == [["kväll.gpx", 4]]


def test_walks_of_a_list_are_known_by_their_names_letters_or_not(bring, place):
    for source in ("Vandrare på", "Vandrare pa\u030a"):
        for name in ("Kväll", "Kva\u0308ll"):
            text = f"Vandring;Start;Slut;Källa\n{name};2026-02-13 21:00;2026-02-13 21:09;{source}\n"
            bring(("lista.csv", text), ("la\u030ang.csv", text))
    assert len(stored(place)) == 1


@pytest.mark.parametrize("moment", ["now", "2026", "2026-02-13T20:00:00+25:00", "NaN", "inf"])
def test_what_is_no_moment_is_a_point_without_one(bring, place, moment):
    (found,) = bring(("spår.gpx", with_times(track(), moment, 20)))
    assert found.report.new == 1 and "doubtful_moments" not in found.report.notes
    assert stored(place)["minutes"][0] == pytest.approx(39 * 15 / 60)


@pytest.mark.parametrize("moment", IMPOSSIBLE[:5])
def test_waypoints_and_lists_with_such_times_are_quarantined(bring, moment):
    point = f'<wpt lat="{NORTH}" lon="{EAST}"><time>{moment}</time><name>Lampa</name></wpt>'
    row = f"v1;trygghetsrond;Sylte;{moment};{moment};5;\n"
    found = bring(
        ("punkter.gpx", f'<gpx version="1.1">{point}</gpx>'),
        ("pass.csv", LIST + row + "v2;trygghetsrond;Sylte;2026-02-13 21:00;2026-02-13 22:00;5;\n"),
    )
    assert [numbers(one) for one in found] == [(0, 0, 0, 1), (1, 0, 0, 1)]


@pytest.mark.parametrize("moment", IMPOSSIBLE[:5])
def test_a_drawn_line_with_such_times_loses_a_point_or_is_quarantined(bring, place, moment):
    good = [f"2026-02-13T20:0{n}:00Z" for n in range(4)]
    lines = [("en", [*good[:3], moment]), ("alla", [moment] * 4)]
    drawn = [
        {
            "type": "Feature",
            "properties": {"Id": name, "coordTimes": times},
            "geometry": {
                "type": "LineString",
                "coordinates": [[EAST + 0.001 * n, NORTH] for n in range(4)],
            },
        }
        for name, times in lines
    ]
    told = json.dumps({"type": "FeatureCollection", "features": drawn})
    (found,) = bring(("spår.geojson", told))
    assert numbers(found) == (1, 0, 0, 1) and found.report.notes["doubtful_moments"] == 1
    assert stored(place)["minutes"][0] == pytest.approx(2)


def test_bad_files_are_a_sentence_each_and_the_good_ones_stored(bring, place):
    bomb = b'<!DOCTYPE gpx [<!ENTITY a "aaaa">]><gpx><name>&a;</name></gpx>'
    given = [
        ("god.gpx", track()),
        ("tom.gpx", b""),
        ("bomb.gpx", bomb),
        ("stor.gpx", b" " * 50_000_000),
        ("halv.gpx", track()[:70]),
        ("en.gpx", track(points=1)),
        ("bil.gpx", track(step=0.01)),
        ("borta.gpx", track(lon=14.3, lat=45.7)),
        ("framtid.gpx", track(start=np.datetime64("2027-01-01T20:00:00"))),
        ("bild.png", b"\x89PNG\r\n"),
        ("pass.csv", "Datum;Tid;Plats;Antal\n2026-02-14;21-23;Sylte;4\n"),
    ]
    found = bring(*given)
    assert [one.file for one in found] == [name for name, _ in given]
    causes = [one.error and one.error.cause for one in found]
    assert causes == [
        None,
        SourceCause.FILE_EMPTY,
        SourceCause.XML_FORBIDDEN,
        SourceCause.FILE_TOO_LARGE,
        SourceCause.FILE_DAMAGED,
        SourceCause.NO_TRACK,
        SourceCause.TRACK_NOT_WALKED,
        SourceCause.TRACK_ELSEWHERE,
        SourceCause.TRACK_IN_FUTURE,
        SourceCause.FORMAT_UNKNOWN,
        None,
    ]
    for one in found:
        if one.error:
            said = error_words.error_sentence(one.error)
            assert one.file in said and len(re.findall(r"[.!?](?= |$)", said)) <= 3
    assert len(stored(place)) == 2


def test_a_track_without_times_has_a_line_and_no_hours(bring, place):
    bare = re.sub(rb"<time>.*?</time>", b"", track())
    bring(("spår.gpx", bare))
    (row,) = stored(place).to_dict("records")
    assert row["geometry"] is not None and np.isnan(row["minutes"])
    assert stored(place)["started_at"].isna().all() and stored(place)["vertex_seconds"].isna().all()


def test_two_evenings_in_one_file_are_two_walks(bring, place):
    def part(content):
        return re.search(rb"<trk>.*</trk>", content)[0]

    later = part(track(start=START + np.timedelta64(1, "D")))
    both = b"<gpx>" + part(track()) + later + b"</gpx>"
    (found,) = bring(("sparat.gpx", both))
    assert numbers(found) == (2, 0, 0, 0)
    (again,) = bring(("sparat.gpx", both))
    assert numbers(again) == (0, 0, 2, 0)


def test_a_walk_outside_the_municipality_is_stored_and_said(bring, place):
    (found,) = bring(("spår.gpx", track(lon=18.06, lat=59.33)))
    assert (found.report.new, found.report.outside) == (1, 1)
    assert stored(place)["district_code"].isna().all()


SHIFTED = {
    "Friday-Evening-Run": 1,
    "apple_watch_route": 1,
    "cerknicko-without-times": 2,
    "garmin_extensions": 1,
    "korita-zbevnica": 2,
    "multitrackgpx": 3,
    "strava": 1,
    "track-with-empty-segment": 1,
}
ASKED = {
    "apple_watch_route": {DoubtKind.WALK_SHORT},
    "cerknicko-without-times": {DoubtKind.WALK_SHORT, DoubtKind.WALK_OLD},
    "korita-zbevnica": {DoubtKind.WALK_OLD},
    "multitrackgpx": {DoubtKind.WALK_OLD},
    "track-with-empty-segment": {DoubtKind.WALK_OLD},
}
"""Examples that were cut out of longer tracks last less than a minute, and many are old."""


@pytest.mark.parametrize("name", SHIFTED)
def test_every_devices_track_is_imported_when_it_was_walked_here(
    bring, place, shared_data, monkeypatch, name
):
    monkeypatch.setattr(settings, "now", lambda: datetime(2026, 7, 1, 12, tzinfo=UTC))
    path = shared_data / "gpx" / f"{name}.gpx"
    text = path.read_text("utf-8-sig")
    first = re.search(r'<trkpt[^>]*?lat="([^"]+)"[^>]*?lon="([^"]+)"', text)
    first = first or re.search(r'<trkpt[^>]*?lon="(?P<lon>[^"]+)"[^>]*?lat="(?P<lat>[^"]+)"', text)
    lat, lon = first.groupdict().get("lat", first[1]), first.groupdict().get("lon", first[2])
    shrink = 0.01 if name == "garmin_extensions" else 1.0  # degrees apart

    def moved(match):
        old, zero, new = (
            float(match[2]),
            *((float(lat), NORTH) if match[1] == "lat" else (float(lon), EAST)),
        )
        return f'{match[1]}="{new + (old - zero) * shrink:.7f}"'

    content = re.sub(r'\b(lat|lon)="([-\d.]+)"', moved, text)
    asked = ASKED.get(name, set())
    if asked:
        (refused,) = bring((path.name, content))
        assert {doubt.kind for doubt in refused.doubts} == asked
    (found,) = bring((path.name, content), confirmed=frozenset(asked))
    assert found.error is None
    assert len(stored(place)) == SHIFTED[name]
    assert (stored(place)["length_m"] <= stored(place)["raw_length_m"]).all()


# --- lists, and how they find their tracks ---

LIST = "Vandring;Typ;Stadsdel;Start;Slut;Antal vuxna;Spår\n"
ROW = "v1;trygghetsrond;Sylte;2026-02-13 21:00;2026-02-13 21:30;5;spår.gpx\n"
SEEN = (
    "Vandring;Tid;Latitud;Longitud;Kategori;Allvar;Text\n"
    "v1;2026-02-13 21:05;58.2836;12.2890;belysning;2;Släckt\n"
)


@pytest.mark.parametrize("order", [(0, 1, 2), (1, 0, 2), (2, 0, 1), (2, 1, 0)])
@pytest.mark.parametrize("together", [True, False])
def test_a_list_its_track_and_what_was_seen_are_one_walk(bring, place, order, together):
    given = [("spår.gpx", track()), ("pass.csv", LIST + ROW), ("fynd.csv", SEEN)]
    chosen = [given[number] for number in order]
    if together:
        bring(*chosen)
    else:
        for one in chosen:
            bring(one)
    walks, seen = stored(place), read_walks.observations(place.engine)
    assert len(walks) == 1 and walks["walk_id"].tolist() == seen["walk_id"].tolist()
    (row,) = walks.to_dict("records")
    assert (row["walk_type"], row["participants"], row["given_place"]) == ("audit", 5, "Sylte")
    assert row["geometry"] is not None and row["minutes"] == pytest.approx(9.75)
    for again in bring(*chosen):
        assert again.report.new == again.report.changed == 0


def test_a_quiet_walk_its_track_and_its_list_are_one(bring, place):
    quiet = "Vandring;Tid;Kategori\nv1;2026-02-13 21:00;inget att rapportera\n"
    given = [("fynd.csv", quiet), ("spår.gpx", track()), ("pass.csv", LIST + ROW)]
    for one in given:
        bring(one)
    (row,) = stored(place).to_dict("records")
    assert row["nothing_to_report"] and row["geometry"] is not None and row["participants"] == 5
    for again in bring(*given):
        assert again.report.new == again.report.changed == 0


def test_a_list_without_tracks(bring, place):
    (found,) = bring(("pass.csv", "Datum;Tid;Plats;Antal\n2026-02-13;21–23;Kronogården;4\n"))
    assert numbers(found) == (1, 0, 0, 0) and found.report.matched_by_name == 1
    (row,) = stored(place).to_dict("records")
    assert row["name"] == "Kronogården" and row["geometry"] is None and row["district_code"]


def test_an_unknown_place_is_kept_and_said(bring, place):
    (found,) = bring(("pass.csv", "Datum;Tid;Plats\n2026-02-13;21–23;Bakom macken\n"))
    assert (found.report.new, found.report.without_place) == (1, 1)


def test_bad_rows_go_to_quarantine_and_come_back_corrected(bring, place):
    head = "Datum;Tid;Plats;Antal\n"
    (found,) = bring(("pass.csv", f"{head}2026-02-13;21-23;Sylte;4\n2026-02-14;sent;Sylte;4\n"))
    assert numbers(found) == (1, 0, 0, 1) and found.report.exit_status == 1
    held = read.quarantine(place.engine)
    assert len(held) == 1
    identity = held["quarantine_id"].iloc[0]
    fixed = f"Datum;Tid;Plats;Antal;karantan_id;rad;fel\n2026-02-14;21-23;Sylte;4;{identity};3;x\n"
    (again,) = bring(("pass_karantän.csv", fixed))
    assert numbers(again) == (1, 0, 0, 0)
    assert read.quarantine(place.engine).empty


def test_drawn_lines_are_walks(bring, place):
    line = {"type": "LineString", "coordinates": [[EAST, NORTH], [EAST + 0.01, NORTH]]}
    feature = {
        "type": "Feature",
        "geometry": line,
        "properties": {"Start": "2026-02-13 21:00", "Slut": "2026-02-13 22:00", "Antal vuxna": "3"},
    }
    bare = {**feature, "properties": {}}
    for name, one in (("ritad.geojson", feature), ("bara_linje.geojson", bare)):
        content = json.dumps({"type": "FeatureCollection", "features": [one]})
        (found,) = bring((name, content))
        (again,) = bring((name, content))
        assert numbers(found) == (1, 0, 0, 0) and numbers(again) == (0, 0, 1, 0)
    walks = stored(place)
    assert walks["participants"].tolist()[0] == 3 and walks["started_at"].notna().tolist() == [
        True,
        False,
    ]
    assert walks["length_m"].gt(500).all()


# --- observations ---


def test_nothing_to_report_is_stored_for_the_walk(bring, place):
    bring(("spår.gpx", track()))
    quiet = "Vandring;Tid;Kategori\nspår;2026-02-13 21:00;inget att rapportera\n"
    (found,) = bring(("fynd.csv", quiet))
    assert numbers(found) == (0, 1, 0, 0) and found.report.notes["quiet"] == 1
    assert stored(place)["nothing_to_report"].tolist() == [True]
    (again,) = bring(("fynd.csv", quiet))
    assert numbers(again) == (0, 0, 1, 0)


def test_nothing_to_report_is_stored_without_any_walk(bring, place):
    (found,) = bring(
        ("fynd.csv", "Tid;Plats;Kategori\n2026-02-13 21:00;Sylte;inget att rapportera\n")
    )
    assert numbers(found) == (1, 0, 0, 0)
    (row,) = stored(place).to_dict("records")
    assert row["nothing_to_report"] and row["name"] == "Sylte" and row["district_code"]


def test_waypoints_of_a_track_are_observations(bring, place):
    points = (
        f'<wpt lat="{NORTH}" lon="{EAST}"><time>2026-02-13T20:01:00Z</time>'
        "<name>Släckt lykta</name></wpt>"
        f'<wpt lat="{NORTH}" lon="{EAST}"><name>001</name></wpt>'
    )
    (found,) = bring(("spår.gpx", track(extra=points)))
    assert numbers(found) == (2, 0, 0, 1) and found.report.notes["waypoints"] == 2
    seen = read_walks.observations(place.engine)
    assert seen["category"].tolist() == ["belysning"] and seen["text"].tolist() == ["Släckt lykta"]
    (only,) = bring(("punkter.gpx", f"<gpx>{points}</gpx>"))
    assert only.report.kind is TableKind.OBSERVATIONS
    (again,) = bring(("spår.gpx", track(extra=points)))
    assert numbers(again) == (0, 0, 2, 1)


def test_what_points_out_a_person_is_said(bring):
    line = SEEN + "v1;2026-02-13 21:06;58.2836;12.2890;trafik;2;Ring 070-123 45 67\n"
    (found,) = bring(("fynd.csv", line))
    assert found.report.notes["personal_data"] == 1


@pytest.mark.parametrize(
    ("head", "kind"),
    [
        ("Vandring;Tid;Latitud;Longitud;Kategori;Allvar;Text", TableKind.OBSERVATIONS),
        ("Datum;Typ;Beskrivning;Ansvarig", TableKind.OBSERVATIONS),
        ("Vandring;Typ;Stadsdel;Start;Slut;Antal vuxna;Spår;Källa", TableKind.WALKS),
        ("Datum;Tid;Plats;Antal", TableKind.WALKS),
    ],
)
def test_a_list_is_told_by_its_columns(bring, head, kind):
    cells = {"Tid": "2026-02-13 21:00", "Datum": "2026-02-13", "Start": "2026-02-13 21:00"}
    cells |= {"Kategori": "nålar", "Typ": "nålar" if kind is TableKind.OBSERVATIONS else "rond"}
    if "Antal" in head.split(";"):
        cells["Tid"] = "21-23"
    line = ";".join(cells.get(name, "") for name in head.split(";"))
    (found,) = bring(("lista.csv", f"{head}\n{line}\n"))
    assert found.report.kind is kind and found.report.new == 1


# --- the whole import ---


def test_progress_rises_to_the_end(place):
    shown = []
    given = [(f"{n}.gpx", track(start=START + np.timedelta64(n, "D"))) for n in range(4)]
    walk_intake.import_files(place, given, Reading(None, "A"), shown.append)
    assert shown == sorted(shown) and shown[-1] == 1.0 and len(shown) == 5


def test_a_cancelled_import_keeps_what_is_stored(place):
    class StoppedError(Exception):
        pass

    def stop(part):
        if part > 0.4:
            raise StoppedError

    given = [(f"{n}.gpx", track(start=START + np.timedelta64(n, "D"))) for n in range(4)]
    with pytest.raises(StoppedError):
        walk_intake.import_files(place, given, Reading(None, "A"), stop)
    assert len(stored(place)) == 3


def test_paths_are_read_and_a_missing_one_said(place, tmp_path):
    path = tmp_path / "spår.gpx"
    path.write_bytes(track())
    found = walk_intake.import_paths(place, [path, tmp_path / "borta.gpx"], Reading(None, "A"))
    assert found[0].report.new == 1
    assert found[1].error.cause is SourceCause.FILE_MISSING


def test_a_network_of_streets_replaces_its_own(place, tmp_path):
    path = tmp_path / "gator.gpkg"
    shapes = [shapely.LineString([(341000, 6461000 + n), (341100, 6461000 + n)]) for n in (0, 50)]
    gpd.GeoDataFrame({"namn": ["A", "B"]}, geometry=shapes, crs=3006).to_file(path)
    first = street_network.import_network(place, path.name, path.read_bytes(), "Kommunen").stored
    again = street_network.import_network(place, path.name, path.read_bytes(), "Kommunen").stored
    assert (first.new, again.new, again.unchanged) == (2, 0, 2)
    assert read_walks.network(place.engine).length.tolist() == [100, 100]
    with pytest.raises(SourceError):
        street_network.import_network(place, "a.csv", b"a;b\n1;2\n", "Kommunen")


@pytest.fixture(params=["UTC", "America/New_York", "Asia/Tokyo"])
def zone(request, monkeypatch):
    """The zone that the computer keeps."""
    adopt = getattr(time, "tzset", lambda: None)
    with monkeypatch.context() as meanwhile:
        meanwhile.setenv("TZ", request.param)
        adopt()
        yield request.param
    adopt()


@pytest.mark.usefixtures("zone")
def test_a_walk_after_swedish_midnight_is_of_today_wherever_the_server_thinks_it_is(
    base_store, tmp_path, monkeypatch
):
    monkeypatch.setattr(settings, "now", lambda: datetime(2026, 11, 29, 23, 56, tzinfo=UTC))
    path = tmp_path / "store.gpkg"
    shutil.copy(base_store, path)
    place = open_workplace(Settings(store=str(path)), settings.today)
    reading = Reading(TableKind.WALKS, "Spår")
    content = track(start=np.datetime64("2026-11-29T23:20:00"))
    (found,) = walk_intake.import_files(place, [("natt.gpx", content)], reading)
    place.engine.dispose()
    assert found.report.new == 1 and not found.report.notes.get("doubtful_moments")
