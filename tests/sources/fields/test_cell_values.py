"""Placeholders and numbers in cells."""

import pandas as pd
import pytest

from trygghetskarta.sources.fields.cell_values import numbers, told, whole_numbers


def column(*cells):
    return pd.Series(list(cells), dtype="str")


@pytest.mark.parametrize("cell", ["NA", "n/a", "NULL", "-", "..", "Okänt", "uppgift saknas", "nan"])
def test_words_that_mean_nothing(cell):
    assert told(column(cell, "Nacka")).tolist()[1:] == ["Nacka"]
    assert told(column(cell)).isna().all()


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ("14", 14),
        ("-3", -3),
        ("\u22123", -3),
        ("2,5", 2.5),
        ("2.5", 2.5),
        ("1 204", 1204),
        ("1\u00a0204,5", 1204.5),
        ("6\u202f465\u202f000", 6_465_000),
        ("1,234.5", 1234.5),
    ],
)
def test_numbers(cell, value):
    values, broken = numbers(column(cell, None))
    assert values.tolist()[0] == value and values.isna()[1]
    assert broken.tolist() == [False, False]


@pytest.mark.parametrize("cell", ["1e5", "inf", "0x10", "många", "1 23", "1,2,3", "12 st", "--5"])
def test_no_numbers(cell):
    values, broken = numbers(column(cell))
    assert values.isna().all() and broken.all()


@pytest.mark.parametrize(
    ("cells", "values"),
    [
        (["1.234", "12"], [1234, 12]),
        (["1,234,567", "1'234", None], [1234567, 1234, None]),
        (["1.000", "12"], [None, 12]),
        (["1.000", "1.204", "12"], [1000, 1204, 12]),
        # All that could be three decimals is neither.
        (["1.000", "2.000", "12.000"], [None, None, None]),
        (["1.234", "2,5"], [None, 2.5]),
        (["1.000", None], [None, None]),
        (["1.5", "12,25"], [1.5, 12.25]),
        (["1 234,0", "12.0"], [1234, 12]),
    ],
)
def test_points_between_thousands_of_a_count(cells, values):
    found, broken = whole_numbers(column(*cells))
    assert [None if pd.isna(one) else one for one in found] == values
    expected = [cell is not None and one is None for cell, one in zip(cells, values, strict=True)]
    assert broken.tolist() == expected
