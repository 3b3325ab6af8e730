"""Rows that sum others up, labels that stand once for a group, and what a workbook hides."""

import io

import openpyxl
import pytest

from trygghetskarta.errors import TableRule
from trygghetskarta.intake import intake, receiving, walk_intake
from trygghetskarta.intake.accounts import UnconfirmedError
from trygghetskarta.intake.walk_reading import Reading
from trygghetskarta.store import read, read_actions
from trygghetskarta.terms.doubts import DoubtKind
from trygghetskarta.terms.imports import Aside, TableKind
from trygghetskarta.words.doubt_words import doubt_sentence
from trygghetskarta.words.import_note_words import account_lines, note_lines

pytestmark = pytest.mark.slow

COUNTS = "Stadsdel;År;Brottstyp;Antal\n"
PARTS = "Kronogården;2025;Stöld;12\nSylte;2025;Stöld;10\n"


def aside(report) -> dict[Aside, tuple[int, ...]]:
    return {each.reason: each.first for each in report.aside}


def counted(place) -> int:
    return int(read.incidents(place.engine)["count"].sum())


def workbook(rows, change=None) -> bytes:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    if change is not None:
        change(book.active)
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()


@pytest.mark.parametrize(
    "total",
    [
        "Trollhättan;2025;Stöld;22",
        "1488;2025;Stöld;22",
        "TROLLHÄTTANS KOMMUN;2025;Stöld;22",
        "Hela kommunen;2025;Stöld;22",
        "Totalt;2025;Stöld;22",
        "Totalsumma;;;22",
        "Summa;;;22",
        "Hela kommunen;2025;Samtliga brott;22",
    ],
)
@pytest.mark.parametrize("is_first", [True, False])
def test_a_total_is_not_added_to_its_parts(place, bring, total, is_first):
    rows = f"{total}\n{PARTS}" if is_first else f"{PARTS}{total}\n"
    report = bring(TableKind.INCIDENTS, "s.csv", COUNTS + rows)
    assert counted(place) == 22 and report.faults == () and report.doubts == ()
    assert (report.read, report.accepted) == (3, 2)
    assert aside(report) == {Aside.TOTAL: (2 if is_first else 4,)}
    (line,) = account_lines(report.aside, report.unread)
    assert line.startswith("1 rad summerar andra rader i filen")


def test_totals_by_offence_and_by_place_leave_the_single_counts(place, bring):
    rows = (
        "Kronogården;2025;Totalt;15\nKronogården;2025;Stöld;12\nKronogården;2025;Skadegörelse;3\n"
        "Sylte;2025;Totalt;10\nSylte;2025;Stöld;10\n"
        "Trollhättan;2025;Totalt;25\nTrollhättan;2025;Stöld;22\nTrollhättan;2025;Skadegörelse;3\n"
    )
    report = bring(TableKind.INCIDENTS, "s.csv", COUNTS + rows)
    assert counted(place) == 25 and report.doubts == ()
    assert aside(report) == {Aside.TOTAL: (2, 5, 7, 8, 9)}


def test_sums_under_each_group_are_checked_against_their_group(place, bring):
    rows = (
        "Kronogården;2025;Stöld;12\nKronogården;2025;Rån;3\nSumma Kronogården;;;15\n"
        "Sylte;2025;Stöld;10\nSylte Totalt;;;10\nTotalsumma;;;25\n"
    )
    report = bring(TableKind.INCIDENTS, "s.csv", COUNTS + rows)
    assert counted(place) == 25 and report.faults == ()
    assert aside(report) == {Aside.TOTAL: (4, 6, 7)}


def test_counts_of_the_municipality_alone_are_read_as_they_are(place, bring):
    rows = "Trollhättan;2024;Stöld;20\nTrollhättan;2025;Stöld;22\nSylte;2025;Rån;1\n"
    report = bring(TableKind.INCIDENTS, "s.csv", COUNTS + rows)
    assert counted(place) == 43 and report.aside == () and report.doubts == ()


def test_a_total_that_differs_from_its_parts_is_asked_about(place, bring):
    content = (COUNTS + "Trollhättan;2025;Stöld;25\n" + PARTS).encode()
    waiting = receiving.receive(place, TableKind.INCIDENTS, "s.csv", content)
    with pytest.raises(UnconfirmedError) as caught:
        intake.import_waiting(place, waiting, "Polisen")
    (doubt,) = caught.value.doubts
    assert doubt.kind is DoubtKind.TOTAL_DIFFERS
    assert "Rad 2 säger 25, delarna i filen ger 22" in doubt_sentence(doubt)
    assert read.incidents(place.engine).empty


def test_a_sum_line_that_differs_is_quarantined_with_both_numbers(place, bring):
    report = bring(TableKind.INCIDENTS, "s.csv", COUNTS + PARTS + "Totalsumma;;;25\n")
    assert counted(place) == 22
    (fault,) = report.faults
    assert (fault.rule, fault.row, fault.value) == (TableRule.TOTAL_DIFFERS, 4, "25 mot 22")


@pytest.mark.parametrize(
    ("kind", "content"),
    [
        (TableKind.POPULATION, "region;år;folkmängd\n1488C1010;2025;7\nSumma;;7\n"),
        (
            TableKind.SURVEY,
            "År;Fråga;Stadsdel;Andel;Antal svar;Urvalsmetod\n"
            "2024;Trygg;Sylte;62 %;150;slumpmässigt urval\nTotalt;;;;150;\n",
        ),
        (
            TableKind.SURVEY_ANSWERS,
            "Id;År;Stadsdel;Urvalsmetod;Trygg ute;Orolig\n"
            "1;2024;Sylte;slumpmässigt urval;ja;nej\nSumma;;;;1;\n",
        ),
        (TableKind.ACTIONS, "Nr;Åtgärd;Plats;Startdatum;Status\n1;Lampor;Sylte;2025-01-01;pågår\n"
                            "Summa;1;;;\n"),
        (TableKind.WALKS, "Pass;Datum;Start;Slut;Plats\nP1;2026-03-01;20:00;22:00;Sylte\n"
                          "Summa;1;;;\n"),
        (TableKind.OBSERVATIONS, "Id;Datum;Plats;Kategori;Text\n"
                                 "O1;2026-03-01;Sylte;Belysning;Lampan är trasig\nSumma;1;;;\n"),
    ],
)  # fmt: skip
def test_a_sum_line_is_no_row_of_any_kind(place, bring, kind, content):
    if kind in (TableKind.WALKS, TableKind.OBSERVATIONS):
        reading = Reading(kind=kind, source="Prov")
        (outcome,) = walk_intake.import_files(place, [("f.csv", content.encode())], reading)
        report = outcome.report
    else:
        report = bring(kind, "f.csv", content)
    assert (report.read, report.accepted, report.quarantined) == (2, 1, 0), report.faults
    assert report.set_aside == 1 and {*aside(report)} <= {Aside.TOTAL, Aside.SUM_LINE}


# --- labels of groups ---


def places_of(place) -> dict[str, int]:
    return read.incidents(place.engine).groupby("given_place")["count"].sum().to_dict()


@pytest.mark.parametrize(
    ("header", "rows"),
    [
        ("Stadsdel;År;Brottskod;Antal",
         "Kronogården;2025;0810;5\n;2025;0820;7\nSylte;2025;0810;3\nTotalsumma;;;15\n"),
        ("Stadsdel;År;Brottskod;Antal",
         "Kronogården;2025;0810;5\n;2025;0820;7\nSylte;2025;0810;3\n"),
        ("Stadsdel;År;Månad;Brottstyp;Antal",
         "Kronogården;2025;mars;Stöld;1\n;;;Rån;4\n;;april;Stöld;7\nSylte;2025;mars;Rån;1\n"
         ";;;Stöld;2\n"),
    ],
)  # fmt: skip
def test_labels_of_a_pivot_are_carried_down(place, bring, header, rows):
    report = bring(TableKind.INCIDENTS, "p.csv", f"{header}\n{rows}")
    assert places_of(place) == {"Kronogården": 12, "Sylte": 3} and report.faults == ()
    assert report.without_place == 0
    (line,) = [line for line in note_lines(report.notes) if "etiketten" in line]
    count = report.notes["carried_labels"]
    assert line.startswith(f"{count} rad{'' if count == 1 else 'er'} utan egen etikett")


@pytest.mark.parametrize(
    "content",
    [
        # Places that are not known, in an extract and among counts.
        "Brottskod;Brottsdatum;Stadsdel;Antal\n0810;2025-03-01;Sylte;1\n0820;2025-03-02;;1\n"
        "0830;2025-03-03;Lextorp;1\n",
        "Stadsdel;År;Brottstyp;Antal\nKronogården;2025;Stöld;5\nSylte;2025;Stöld;3\n;2025;Stöld;7\n",
        "Stadsdel;År;Brottstyp;Antal\n;2025;Stöld;7\nKronogården;2025;Stöld;5\n",
        "Stadsdel;År;Brottstyp;Antal\nSylte;2025;Stöld;5\n;2025;Rån;7\nSylte;2025;Misshandel;3\n",
    ],
)
def test_a_place_that_is_not_known_stays_unknown(place, bring, content):
    report = bring(TableKind.INCIDENTS, "p.csv", content)
    assert report.without_place == 1 and "carried_labels" not in report.notes


MERGED = [
    ["Stadsdel", "År", "Brottskod", "Antal"],
    ["Kronogården", 2025, "0810", 11],
    [None, None, "0820", 12],
    [None, None, "0830", 13],
    ["Sylte", 2025, "0810", 4],
]


def test_merged_labels_of_a_workbook_are_carried_down(place, bring):
    def merge(sheet):
        sheet.merge_cells("A2:A4")
        sheet.merge_cells("B2:B4")

    report = bring(TableKind.INCIDENTS, "m.xlsx", workbook(MERGED, merge))
    assert places_of(place) == {"Kronogården": 36, "Sylte": 4} and report.faults == ()
    assert report.notes["carried_labels"] == 2


def test_a_number_that_is_merged_is_counted_once(place, bring):
    rows = [*MERGED[:2], ["Lextorp", 2025, "0820", None], MERGED[4]]
    report = bring(TableKind.INCIDENTS, "m.xlsx", workbook(rows, lambda s: s.merge_cells("D2:D3")))
    assert counted(place) == 15 and "carried_labels" not in report.notes
    assert [fault.rule for fault in report.faults] == [TableRule.VALUE_MISSING]


# --- what a workbook hides ---


def test_hidden_rows_and_columns_are_read_and_told(place, bring):
    def hide(sheet):
        sheet.row_dimensions[3].hidden = sheet.row_dimensions[4].hidden = True
        sheet.column_dimensions["D"].hidden = True

    rows = [["Id", "Brottskod", "Brottsdatum", "Stadsdel"]]
    rows += [[f"H{n}", "0801", f"2026-03-0{n + 1}", "Sylte"] for n in range(5)]
    report = bring(TableKind.INCIDENTS, "h.xlsx", workbook(rows, hide))
    assert report.accepted == 5
    told = note_lines(report.notes)
    assert "2 rader är dolda eller bortfiltrerade i arbetsboken. De är lästa." in told
    assert "Kolumner som är dolda i arbetsboken är lästa: Stadsdel." in told


def test_a_plan_with_a_sum_an_open_end_and_columns_of_its_own(place, bring):
    rows = [
        ["Åtgärdsplan 2026"],
        ["Nr", "Åtgärd", "Prioriterat område", "Var", "Startdatum", "Slutdatum", "Status",
         "Kommentar"],
        [1, "Ny belysning", None, "Lextorp", "2024-07-01", "2025-06-30", "Avslutad", None],
        [2, "Butikssamverkan", None, "centrum", "2025-09-01", "tillsvidare", "PÅGÅENDE", "ring"],
        [3, "Trygghetsrond", None, "Sylte", "1 mars 2025", "31/12 2026", "pågår", None],
        [None, "Trygghetsrond", None, "Sylte", "1 mars 2025", "31/12 2026", "pågår", None],
        [4, "Fält", None, "Kronogården, Lextorp och Sylte", "hösten 2025", None, "pågår", None],
        ["Summa", 5],
    ]  # fmt: skip
    report = bring(TableKind.ACTIONS, "plan.xlsx", workbook(rows))
    kept = read_actions.actions(place.engine).set_index("title")
    assert set(kept.index) == {"Ny belysning", "Butikssamverkan", "Trygghetsrond"}
    assert kept["end_date"].isna()["Butikssamverkan"]
    assert kept["districts"]["Ny belysning"] and kept["districts"]["Butikssamverkan"]
    assert (report.read, report.accepted, report.quarantined) == (6, 3, 1)
    assert aside(report) == {Aside.SUM_LINE: (8,), Aside.REPEATED: (6,)}
    assert [(fault.row, fault.value) for fault in report.faults] == [(7, "hösten 2025")]
    assert "1 åtgärd gäller tills vidare och har inget slutdatum." in note_lines(report.notes)
    assert "Kolumner i filen som inte lästes: Nr, Kommentar." in account_lines(
        report.aside, report.unread
    )
