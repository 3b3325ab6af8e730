"""A column says the same thing of a row on the page and in every file."""

from types import SimpleNamespace as Row

import numpy as np
import pandas as pd
import pytest

from trygghetskarta.draw.table.listing import (
    ABSENT,
    Absent,
    change,
    day,
    headed,
    interval,
    listing,
    number,
    seen,
    share,
    text,
)
from trygghetskarta.terms.audience import CellStatus

WORDS = {"name": "Namn", "n": "Antal", "when": "Dag"}


def cell(column, value):
    return listing([column], [Row(**{column.key: value})]).cells[0][0]


@pytest.mark.parametrize(
    ("column", "value", "told", "key"),
    [
        (text("a"), "Åby", "Åby", "Åby"),
        (number("a"), 1234.4, "1\u00a0234", 1234.4),
        (number("a", decimals=1), 0, "0,0", 0.0),
        (number("a", unit=" m"), 15, "15 m", 15.0),
        (change("a"), -16.7, "−17\u00a0%", -16.7),
        (share("a", decimals=1), 0.4567, "45,7\u00a0%", 0.4567),
        (interval("a", lambda row: row.a, 1), (1.0, 2.25), "1,0–2,2", 1.0),
        (interval("a", lambda row: row.a, unit="\u00a0%"), (1.0, 2.0), "1–2\u00a0%", 1.0),
        (day("a"), pd.Timestamp(2026, 3, 1), "1 mars 2026", 739676.0),
    ],
)
def test_each_kind_of_value_is_told_in_its_way(column, value, told, key):
    assert cell(column, value) == (told, key)


@pytest.mark.parametrize("missing", [None, np.nan, pd.NaT, pd.NA, ""])
@pytest.mark.parametrize("column", [text("a"), number("a"), change("a"), share("a"), day("a")])
def test_what_is_missing_is_a_dash_that_sorts_by_nothing(column, missing):
    assert cell(column, missing) == ("–", None)


def test_zero_hidden_missing_and_unknown_are_four_things():
    values = (0.0, seen(3.0, CellStatus.HIDDEN), seen(3.0, CellStatus.MISSING), np.nan)
    cells = [cell(number("n"), value) for value in values]
    assert [told for told, _ in cells] == ["0", "dold", "uppgift saknas", "–"]
    assert [key for _, key in cells] == [0.0, None, None, None]
    assert seen(3.0, CellStatus.SHOWN) == 3.0 and isinstance(ABSENT[CellStatus.HIDDEN], Absent)


def test_an_interval_without_ends_has_no_unit():
    column = interval("a", lambda row: row.a, unit="\u00a0%")
    assert cell(column, (np.nan, np.nan)) == ("–", None)


@pytest.mark.parametrize(
    ("column", "value", "figure"),
    [
        (number("a"), 7.0, 7),
        (number("a", decimals=1), 7.04, 7.0),
        (change("a"), -16.7, -17),
        (number("a"), np.inf, None),
        (number("a"), Absent("dold"), None),
        (text("a"), "7", None),
        (day("a"), pd.Timestamp(2026, 3, 1), None),
    ],
)
def test_a_file_holds_the_number_no_more_exact_than_the_page(column, value, figure):
    found = column.figure(cell(column, value))
    assert found == figure and type(found) is type(figure)


def test_a_list_is_its_columns_read_of_every_row():
    columns = headed(WORDS, text("name"), number("n", is_raw=True), day("when", lambda row: row.d))
    rows = [Row(name="Sylte", n=3, d=pd.Timestamp(2026, 3, 1)), Row(name="Åby", n=0, d=pd.NaT)]
    made = listing(columns, rows)
    assert made.headings == ["Namn", "Antal", "Dag"] and made.numeric == [False, True, False]
    assert made.rows == [["Sylte", "3", "1 mars 2026"], ["Åby", "0", "–"]]
    assert made.keys == [["Sylte", 3.0, 739676.0], ["Åby", 0.0, None]]
    assert made.frame["Antal"].tolist() == [3, 0]
    empty = listing(columns, [])
    assert empty.rows == [] and empty.frame.columns.tolist() == made.headings


def test_a_column_without_a_heading_is_refused():
    with pytest.raises(KeyError):
        headed(WORDS, text("place"))
