"""What has been read in, and what waits, in tables that say which row and why."""

import re
from datetime import date

import pandas as pd

from trygghetskarta.draw import snippets
from trygghetskarta.errors import Fault, TableRule
from trygghetskarta.subjects.imports.show import (
    faulty_rows,
    history_table,
    names_table,
    waiting_rows,
)


def test_a_waiting_row_tells_its_file_its_place_and_what_is_wrong():
    rows = pd.DataFrame(
        {"file_name": ["a.csv"], "row_number": [7], "raw": [{"Kod": "08", "Plats": "Ön"}]}
    )
    (found,) = waiting_rows(rows, ["Rad 7: fel kod"])
    assert found == (7, "Fel kod", ("a.csv", "Kod: 08 · Plats: Ön"))


def test_names_tell_how_they_were_matched():
    found = names_table((("Ostra", "Östra", "folded", 3),)).frame
    assert found.to_numpy().tolist() == [
        ["Ostra", "Östra", "namn utan å, ä, ö eller bindestreck", 3]
    ]


def test_the_newest_import_stands_first_in_swedish_time():
    numbers = {"read": 5, "new": 5, "changed": 0, "unchanged": 0, "quarantined": 0}
    times = pd.to_datetime(["2026-01-01 23:30", "2026-07-01 12:00"], utc=True)
    table = pd.DataFrame(
        {"finished_at": times, "kind": "incidents", "file_name": "a.csv", "source": None, **numbers}
    )
    found = history_table(table).frame
    assert found["Tid"].tolist() == ["2026-07-01 14:00", "2026-01-02 00:30"]
    assert found["Källa"].tolist() == ["–", "–"] and found["Lästa"].tolist() == [5, 5]


def test_months_stand_by_year_with_those_that_are_empty_marked():
    held = ((date(2024, 12, 1), 1200), (date(2025, 1, 1), 0), (date(2025, 2, 1), 600))
    table = snippets.months(held)
    (first, second) = re.findall(r"<tr><th scope=\"row\">(\d+)</th>(.*?)</tr>", table)
    assert (first[0], second[0]) == ("2024", "2025")
    cells = [re.findall(r"<td[^>]*>(.*?)</td>", row) for _, row in (first, second)]
    assert cells == [[""] * 11 + ["1\u00a0200"], ["0", "600"] + [""] * 10]
    assert table.count("tk-empty") == 1 and "--share: 0.500" in table


def test_what_is_wrong_with_each_row_is_told_before_a_file_is_saved():
    faults = (
        Fault(TableRule.NOT_A_NUMBER, "Antal", 9, "tre"),
        Fault(TableRule.OFFENCE_MISSING, "", 4),
        Fault(TableRule.TIME_MISSING, "", 4),
        Fault(TableRule.COLUMN_MISSING, "Kod"),
    )
    rows = faulty_rows(faults, 10)
    assert [row.number for row in rows] == [4, 9]
    assert rows[0].why.count(";") >= 1 and "Rad 4" not in rows[0].why
    assert "”tre” är inte ett tal" in rows[1].why
    assert faulty_rows(faults, 1) == rows[:1]
    told = snippets.faulty([snippets.FaultyRow(4, "<b>fel</b>", ("<i>fil",))])
    assert "&lt;b&gt;fel" in told and "&lt;i&gt;fil" in told and 'tabindex="0"' in told
