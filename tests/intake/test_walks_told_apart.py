"""Rows that only unread columns tell apart, times in other forms, archives with a name twice."""

import io
import zipfile

import openpyxl
import pytest

from trygghetskarta.intake import walk_intake
from trygghetskarta.intake.walk_reading import Reading
from trygghetskarta.store import read, read_actions, read_walks
from trygghetskarta.terms.areas import AreaLevel
from trygghetskarta.terms.imports import TableKind
from trygghetskarta.words import fault_words, import_note_words

SEEN = "Datum;Kategori;Stadsdel;{}\n2026-03-03;Klotter;Sylte;{}\n2026-03-03;Klotter;Sylte;{}\n"
WALKED = "Datum;Start;Slut;Plats;Deltagare;{}\n" + "2026-03-03;20:00;22:00;Sylte;4;{}\n" * 2


def imported(place, name: str, content: str | bytes, kind=TableKind.WALKS):
    data = content.encode() if isinstance(content, str) else content
    return [
        one.report for one in walk_intake.import_files(place, [(name, data)], Reading(kind, "Egna"))
    ]


@pytest.mark.parametrize(
    ("column", "cells", "found"),
    [
        ("Gatunamn", ("Slättbergsvägen", "Lextorpsvägen"), 2),
        ("Gatunamn", ("Slättbergsvägen", "Slättbergsvägen"), 1),
        ("Gatunamn", ("", "Lextorpsvägen"), 2),
        ("Radnr", ("1", "2"), 1),
    ],
)
def test_observations_that_only_an_unread_column_tells_apart_are_several(
    place, column, cells, found
):
    content = SEEN.format(column, *cells)
    (report,) = imported(place, "fynd.csv", content, TableKind.OBSERVATIONS)
    assert report.new == found and len(read_walks.observations(place.engine)) == found
    # The same in another order is the same.
    turned = SEEN.format(column, *reversed(cells))
    (again,) = imported(place, "fynd2.csv", turned, TableKind.OBSERVATIONS)
    assert again.new == 0 and len(read_walks.observations(place.engine)) == found


@pytest.mark.parametrize(("leaders", "walks"), [(("Anna", "Bo"), 2), (("Anna", "Anna"), 1)])
def test_walks_that_only_an_unread_column_tells_apart_are_several(place, leaders, walks):
    (report,) = imported(place, "pass.csv", WALKED.format("Ledare", *leaders))
    assert report.new == walks and len(read_walks.walks(place.engine)) == walks


POINT = '<trkpt lat="58.{n}" lon="12.29"><time>{time}</time></trkpt>'
GPX = '<gpx xmlns="http://www.topografix.com/GPX/1/1"><trk><trkseg>{}</trkseg></trk></gpx>'


def track(*times: str) -> str:
    return GPX.format(
        "".join(POINT.format(n=28370 + 30 * n, time=time) for n, time in enumerate(times))
    )


def test_times_with_slashes_are_read(place):
    (report,) = imported(place, "a.gpx", track(*(f"2026/03/03 18:{n:02}:00Z" for n in range(9))))
    (walk,) = read_walks.walks(place.engine).to_dict("records")
    assert walk["started_at"].isoformat() == "2026-03-03T18:00:00+00:00"
    assert "unread_times" not in report.notes


@pytest.mark.parametrize(
    "form", ["{n}", "2026-03-03", "03.03.2026 18:{n:02}:00", "1772557{n:02}0000"]
)
def test_times_in_no_known_form_are_told(place, form):
    (report,) = imported(place, "a.gpx", track(*(form.format(n=n) for n in range(9))))
    assert report.notes["unread_times"] == 9
    assert any(
        "klockslag som inte går" in one for one in import_note_words.note_lines(report.notes)
    )
    (walk,) = read_walks.walks(place.engine).to_dict("records")
    assert walk["started_at"] is None or walk["started_at"] != walk["started_at"]


def test_both_files_of_one_name_in_an_archive_are_read(place):
    packed = io.BytesIO()
    with pytest.warns(UserWarning, match="Duplicate name"), zipfile.ZipFile(packed, "w") as archive:
        for day in (3, 4):
            times = (f"2026-03-{day:02}T18:{n:02}:00Z" for n in range(9))
            archive.writestr("a.gpx", track(*times))
    reports = imported(place, "a.zip", packed.getvalue())
    assert [one.new for one in reports] == [1, 1]
    assert len(read_walks.walks(place.engine)) == 2


@pytest.mark.parametrize(
    ("form", "start", "end"),
    [
        ("yyyy-mm", "2026-02-01", "2026-05-31"),
        ("mmm-yy", "2026-02-01", "2026-05-31"),
        ("yyyy-mm-dd", "2026-02-01", "2026-05-01"),
    ],
)
def test_a_month_that_a_workbook_shows_ends_with_its_last_day(place, bring, form, start, end):
    book, made = openpyxl.Workbook(), io.BytesIO()
    sheet = book.active
    sheet.append(["Åtgärd", "Start", "Slut"])
    for row in (["Röja", 46054, 46143], ["Måla", 46054, 46143]):
        sheet.append(row)
    for row in sheet.iter_rows(min_row=2, min_col=2):
        for cell in row:
            cell.number_format = form
    book.save(made)
    bring(TableKind.ACTIONS, "plan.xlsx", made.getvalue())
    found = read_actions.actions(place.engine).iloc[0]
    assert (f"{found['start_date']:%Y-%m-%d}", f"{found['end_date']:%Y-%m-%d}") == (start, end)


@pytest.mark.parametrize(
    ("cell", "shown"), [("Anna Andersson", False), ("ca 5", False), ("4+2", True), ("4-6", True)]
)
def test_what_may_be_a_name_is_not_repeated_and_a_number_is(place, cell, shown):
    content = f"Datum;Start;Slut;Plats;Deltagare\n2026-03-03;20:00;22:00;Sylte;{cell}\n"
    (report,) = imported(place, "pass.csv", content)
    said = [*map(fault_words.fault_sentence, report.faults)]
    said += import_note_words.note_lines(report.notes)
    assert any("är inte ett tal" in line for line in said)
    assert not any("tomt" in line for line in said)
    assert any(f"”{cell}”" in line for line in said) == shown
    assert shown or not any("Andersson" in line for line in said)


def test_rows_of_areas_in_several_districts_are_told(place, bring):
    areas = read.areas(place.engine, AreaLevel.REGSO)
    rows = "".join(f"B{n};0847;2025-05-01;{code}\n" for n, code in enumerate(areas.index))
    report = bring(TableKind.INCIDENTS, "k.csv", f"Id;Brottskod;Brottsdatum;RegSO\n{rows}")
    found = read.incidents(place.engine)
    lost = int(found["district_code"].isna().sum())
    assert report.new == len(areas) and 0 < lost < len(areas)
    assert report.notes["no_district"] == lost
