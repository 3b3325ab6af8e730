"""A row that waits is put right by its like under other headers, and by nothing else."""

import pytest

from trygghetskarta.intake import dismissals, status
from trygghetskarta.intake.walk_intake import import_files
from trygghetskarta.intake.walk_reading import Reading
from trygghetskarta.terms.imports import TableKind
from trygghetskarta.words import import_note_words

INCIDENTS = TableKind.INCIDENTS
FILE = (
    "Diarienr;Brottskod;Anm.datum;Stadsdel;Antal\nK1;0801;2025-03-01;Sylte;1\n"
    "K2;0801;2025-02-30;Lextorp;1\nK3;9801;2025-03-03;Atlantis;1\nK4;99X9;2025-03-04;Sylte;1\n"
)
OTHER = "Ärende;Kod;Upprättad;Område;Brott (st)\n"


@pytest.fixture
def waits(place, bring):
    """Numbers of the rows that wait, of the file that the test begins with or of more."""
    report = bring(INCIDENTS, "uttag.csv", FILE)
    assert (report.new, report.quarantined) == (1, 3)

    def now():
        return status.quarantine(place).rows["row_number"].tolist()

    return now


def renamed(text, header=OTHER):
    return header + text.split("\n", 1)[1]


def test_corrected_rows_under_other_headers(bring, waits):
    right = FILE.replace("2025-02-30", "2025-02-28").replace("Atlantis", "Kronogården")
    report = bring(INCIDENTS, "rättad.csv", renamed(right))
    assert (report.new, report.unchanged, report.quarantined) == (2, 1, 1)
    # The wrong code is refused anew, under the new headers.
    assert waits() == [5, 5]
    (line,) = [one for one in import_note_words.note_lines(report.notes) if "karantän" in one]
    assert line.startswith("2 rader")


def test_values_that_a_spreadsheet_wrote_otherwise(bring, waits):
    text = "Ärendenummer;Brottskod;Inskrivningsdatum;Stadsdel\nK2;801;2025-02-28 00:00:00;lextorp\n"
    report = bring(INCIDENTS, "excel.csv", text)
    # One cell of the row that waits, the number, is not in the file.
    assert report.new == 1 and waits() == [3, 4, 5]
    text = text.replace("Stadsdel\n", "Stadsdel;Antal\n").replace("lextorp", "lextorp;1,0")
    assert bring(INCIDENTS, "excel.csv", text).unchanged == 1
    assert waits() == [4, 5]


@pytest.mark.parametrize(
    "row",
    [
        # Another offence of the same case.
        "K2;9801;2025-02-28;Lextorp;1",
        "K2;0801;2025-02-28;Sylte;1",
        # Another case, all else the same.
        "K9;0801;2025-02-28;Lextorp;1",
    ],
)
def test_another_row_puts_nothing_right(bring, waits, row):
    header = "Diarienr;Brottskod;Inskrivningsdatum;Stadsdel;Antal\n"
    assert bring(INCIDENTS, "annat.csv", f"{header}{row}\n").new == 1
    assert waits() == [3, 4, 5]


def test_another_source_puts_nothing_right(bring, waits):
    right = renamed(FILE.replace("2025-02-30", "2025-02-28"))
    bring(INCIDENTS, "rättad.csv", right, source="Någon annan")
    assert 3 in waits()


def test_the_same_bad_file_again_puts_nothing_right(bring, place):
    text = (
        "Diarienr;Brottskod;Anm.datum;Stadsdel\n"
        "K1;0801;2025-03-01;Sylte\nK1;0801;2025-02-30;Sylte\n"
    )
    for _ in range(2):
        bring(INCIDENTS, "uttag.csv", text)
        assert status.quarantine(place).rows["row_number"].tolist() == [3]


def test_a_quarantine_id_under_another_header(bring, waits, place):
    rows = status.quarantine(place).rows
    identity = rows["quarantine_id"].iloc[0]
    text = f"Ärende;Kod;Upprättad;Område;Märkning\nNytt;0355;2025-02-28;Sylte;{identity}\n"
    bring(INCIDENTS, "rättad.csv", text)
    assert waits() == [4, 5]


def test_rows_without_any_number_of_their_own(bring, place):
    text = "Stadsdel;Period;Brottstyp;Antal\nSylte;2025K1;Stöld;3\nAtlantis;2025K1;Stöld;4\n"
    bring(INCIDENTS, "summor.csv", text)
    right = "Område;Kvartal;Typ;Antal brott\nSylte;2025K1;Stöld;3\nLextorp;2025K1;Stöld;4\n"
    bring(INCIDENTS, "andra.csv", right.replace("2025K1", "2024K4"))
    assert len(status.quarantine(place).rows) == 1
    bring(INCIDENTS, "summor.csv", right)
    assert len(status.quarantine(place).rows) == 0


def test_a_dismissed_row_stays_dismissed(bring, waits, place):
    identity = status.quarantine(place).rows["quarantine_id"].iloc[0]
    dismissals.dismiss(place, [identity], "dubblett", "handläggare")
    bring(INCIDENTS, "rättad.csv", renamed(FILE.replace("2025-02-30", "2025-02-28")))
    assert dismissals.dismissed(place)["quarantine_id"].tolist() == [identity]


def test_lists_of_observations(place):
    reading = Reading(TableKind.OBSERVATIONS, "Egna")
    bad = "Id;Datum;Kategori;Beskrivning\nF1;2026-13-05;belysning;Lampan är trasig\n"
    import_files(place, [("fynd.csv", bad.encode())], reading)
    assert len(status.quarantine(place).rows) == 1
    good = "Fyndid;Tidpunkt;Typ av observation;Vad sågs\nF1;2026-05-13;belysning;Lampan är trasig\n"
    (outcome,) = import_files(place, [("rättad.csv", good.encode())], reading)
    assert outcome.report.new == 1
    assert len(status.quarantine(place).rows) == 0
