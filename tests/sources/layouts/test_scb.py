"""SCB's stacked layout, with the variables in any place."""

import pytest

from trygghetskarta.errors import SourceCause, SourceError
from trygghetskarta.sources.layouts import scb

TITLE = ["Folkmängden per region efter region, år, ålder och kön"]
FOOTER = [[], ["Källa:"], ["SCB"]]


def rows(*lines):
    return [line.split("|") if line else [] for line in lines]


def test_years_and_ages_in_the_header():
    table = [
        TITLE,
        [],
        *rows(
            "|2022|||2023||",
            "|totalt|0-4 år|5-9 år|totalt|0-4 år|5-9 år",
            "|totalt|totalt|totalt|totalt|totalt|totalt",
            "1488A0010|10|4|6|11|5|6",
            "1488A0020|20|9|11|..|9|12",
        ),
        *FOOTER,
    ]
    assert scb.is_stacked(table)
    cells = scb.unstack(table, "a.xlsx")
    assert list(cells.frame.columns) == ["region", "Folkmängden 2022", "Folkmängden 2023"]
    assert cells.frame.values.tolist() == [["1488A0010", "10", "11"], ["1488A0020", "20", ".."]]
    assert list(cells.frame.index) == [6, 7]
    assert cells.notes["footer_rows"] == [9, 10]
    assert "summed_cells" not in cells.notes


def test_no_total_means_a_sum_and_a_note():
    table = [
        TITLE,
        [],
        *rows("|2022||2023|", "|män|kvinnor|män|kvinnor", "1488A0010|4|6|5|6", "1488A0020|4|x|5|"),
    ]
    cells = scb.unstack(table, "a.xlsx")
    assert cells.notes["summed_cells"]
    assert cells.frame["Folkmängden 2022"].tolist() == ["10", "4, x"]
    assert cells.frame["Folkmängden 2023"].tolist() == ["11", "5"]


def test_variables_beside_the_region_repeat_downwards():
    table = [
        ["Folkmängden per region efter år, region, ålder och kön"],
        [],
        [],
        *rows("|||totalt", "2022|1488A0010|0-4 år|4", "||5-9 år|6", "|1488A0020|0-4 år|9"),
    ]
    frame = scb.unstack(table, "a.xlsx").frame
    assert list(frame.columns) == ["år", "region", "ålder", "Folkmängden"]
    assert frame["år"].tolist() == ["2022"] * 3
    assert frame["region"].tolist() == ["1488A0010", "1488A0010", "1488A0020"]


def test_other_tables_are_no_inhabitants():
    table = [
        ["Sammanräknad inkomst per region efter region och år"],
        [],
        *rows("|2022", "1488A0010|300"),
    ]
    assert list(scb.unstack(table, "a.xlsx").frame.columns) == [
        "region",
        "Sammanräknad inkomst 2022",
    ]


@pytest.mark.parametrize(
    "table",
    [
        rows("Id|Kod", "1|0910"),
        rows("Rapport efter avtal", "Id|Kod", "1|0910"),
        rows("Anmälda brott", "|Kod", "1|0910"),
        [],
    ],
)
def test_ordinary_sheets_are_left_alone(table):
    assert not scb.is_stacked(table)


def test_header_without_figures():
    with pytest.raises(SourceError) as caught:
        scb.unstack([TITLE, [], *rows("|2022|2023", "|totalt|totalt")], "a.xlsx")
    assert caught.value.cause is SourceCause.NO_ROWS
