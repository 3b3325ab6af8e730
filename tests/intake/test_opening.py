"""Which table of a file is read, and what is said of the others."""

import gzip
import io
import zipfile

import openpyxl
import pytest

from trygghetskarta.errors import SourceCause, SourceError
from trygghetskarta.intake import intake, receiving, walk_intake
from trygghetskarta.intake.walk_reading import Reading
from trygghetskarta.sources.readers import parts
from trygghetskarta.terms.imports import TableKind
from trygghetskarta.words import error_words, import_note_words

pytestmark = pytest.mark.slow

HEAD = ["Id", "Brottskod", "Brottsdatum", "Stadsdel"]
ROW = ["A1", "0847", "2026-03-01 21:00", "Sylte"]
TEXT = [["Uttag ur systemet"], ["Källa: Polisen"]]


def book(**sheets) -> bytes:
    made = openpyxl.Workbook()
    made.remove(made.active)
    for name, rows in sheets.items():
        sheet = made.create_sheet(name)
        for row in rows:
            sheet.append(row)
        sheet.sheet_state = "hidden" if name.startswith("Dold") else "visible"
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def receive(place, data, layer=None, kind=TableKind.INCIDENTS):
    return receiving.receive(place, kind, "uttag.xlsx", data, layer)


@pytest.mark.parametrize("first", [TEXT, TEXT[:1], [["Läs mig", "2026"]], [["A", "B"], [1, 2]]])
def test_the_sheet_that_has_the_columns_is_read_and_said(place, first):
    waiting = receive(place, book(Info=first, Data=[HEAD, ROW]))
    assert waiting.raw.frame["Brottskod"].tolist() == ["0847"]
    report = intake.import_waiting(place, waiting, "Polisen")
    assert (report.read, report.new) == (1, 1)
    told = import_note_words.note_lines(report.notes)
    assert import_note_words.note_lines({"sheet_read": "Data"})[0] in told
    others = [line for line in told if line.startswith("Andra blad")]
    assert len(others) == (first[0] == ["A", "B"])


def test_other_tables_are_said_not_to_be_read(place):
    waiting = receive(place, book(Data=[HEAD, ROW], Pivot=[["Kod", "Antal"], ["0847", 1]]))
    report = intake.import_waiting(place, waiting, "Polisen")
    told = import_note_words.note_lines(report.notes)
    assert import_note_words.note_lines({"other_sheets": "Pivot"})[0] in told


def test_a_workbook_of_one_table_says_nothing_of_sheets(place):
    for sheets in ({}, {"Tomt": []}, {"Dold": [HEAD, ROW]}, {"Info": TEXT}):
        waiting = receive(place, book(Data=[HEAD, ROW], **sheets))
        report = intake.import_waiting(place, waiting, "Polisen")
        assert not [
            one for one in import_note_words.note_lines(report.notes) if "blad" in one.lower()
        ]


def test_two_sheets_that_fit_are_asked_about(place):
    pivot = [["Kod", "Antal"], ["1", "2"]]
    data = book(Info=TEXT, Pivot=pivot, **{"2025": [HEAD, ROW], "2026": [HEAD, ROW]})
    with pytest.raises(SourceError) as caught:
        receive(place, data)
    assert caught.value.cause is SourceCause.SEVERAL_LAYERS
    assert caught.value.facts["layers"] == ["2025", "2026"]
    assert caught.value.facts["others"] == ["Pivot"]
    assert "--sheet" in error_words.error_sentence(caught.value)
    assert receive(place, data, "2026").raw.notes["sheet"] == "2026"


@pytest.mark.parametrize("name", ["bok.zip", "bok.xlsx.gz"])
def test_the_sheets_of_a_packed_workbook_are_asked_about_too(place, name):
    data = book(Info=TEXT, **{"2025": [HEAD, ROW], "2026": [HEAD, ROW]})
    packed = io.BytesIO()
    if name.endswith(".gz"):
        packed.write(gzip.compress(data))
    else:
        with zipfile.ZipFile(packed, "w") as archive:
            archive.writestr("bok.xlsx", data)
    with pytest.raises(SourceError) as caught:
        receiving.receive(place, TableKind.INCIDENTS, name, packed.getvalue())
    assert caught.value.facts["layers"] == ["2025", "2026"]
    chosen = receiving.receive(place, TableKind.INCIDENTS, name, packed.getvalue(), "2026")
    assert chosen.sheet == "2026"


def test_a_refusal_names_the_other_tables(place):
    odd = [["Datum", "Vad"], ["2026-03-01", "Stöld"]]
    waiting = receive(place, book(Pivot=[["Kod", "Antal"], ["1", "2"]], Rader=odd, Info=TEXT))
    with pytest.raises(SourceError) as caught:
        intake.import_waiting(place, waiting, "Polisen")
    told = error_words.error_sentence(caught.value)
    assert "i bladet Pivot" in told and ": Rader." in told and "Info" not in told


def test_a_confirmed_mapping_tells_which_sheet_fits(place):
    odd = [["När hände det", "Vad"], ["2026-03-01", "Stöld"]]
    waiting = receive(place, book(Rader=odd))
    roles = {"occurred_from_date": "När hände det", "offence_text": "Vad"}
    confirmed = receiving.Waiting(**{**vars(waiting), "mapping": waiting.mapping.with_roles(roles)})
    intake.import_waiting(place, confirmed, "Polisen")
    again = receive(place, book(Pivot=[["Kod", "Antal"], ["1", "2"]], Rader=odd))
    assert again.remembered and again.raw.notes["sheet_read"] == "Rader"


def test_walks_are_found_in_the_second_sheet_too(place):
    rows = [["Start", "Deltagare", "Plats"], ["2026-02-13 21:00", 4, "Sylte"]]
    reading = Reading(kind=TableKind.WALKS, source="Egna")
    (done,) = walk_intake.import_files(place, [("pass.xlsx", book(Info=TEXT, Pass=rows))], reading)
    assert done.report.new == 1 and done.report.notes["sheet_read"] == "Pass"


def test_sheets_are_listed_with_their_sizes():
    long = [["Kod", "Antal"], *([str(number), 1] for number in range(1500))]
    listed = parts.parts("a.xlsx", book(Info=TEXT, Data=[HEAD, ROW], Dold=[HEAD], Lång=long))
    assert [(one.name, one.rows, one.columns) for one in listed] == [
        ("Info", 1, 1),
        ("Data", 1, 4),
        ("Dold", 0, 1),
        ("Lång", 999, 2),
    ]
    assert [one.goes_on for one in listed] == [False, False, False, True]
    assert [one.is_hidden for one in listed] == [False, False, True, False]
    assert [one.name for one in parts.tables(listed)] == ["Data", "Lång"]
    assert parts.parts("a.csv", b"A;B\n1;2\n") == ()
