"""Cubes in JSON-stat 2, as SCB's interface answers, counted once more by hand."""

import json
from datetime import date

import pytest

from trygghetskarta.errors import SourceCause, SourceError
from trygghetskarta.sources.fields import columns
from trygghetskarta.sources.publishers import population
from trygghetskarta.sources.readers import files
from trygghetskarta.terms.imports import TableKind

REGIONS = {"1488C1010_DeSO2025": "1488C1010", "1488C1020_DeSO2025": "1488C1020"}
CUBE = {
    "version": "2.0",
    "class": "dataset",
    "label": "Folkmängd efter region, ålder, kön, tabellinnehåll och år",
    "source": "SCB",
    "role": {"time": ["Tid"], "geo": ["Region"], "metric": ["ContentsCode"]},
    "id": ["Region", "Alder", "Kon", "ContentsCode", "Tid"],
    "size": [2, 1, 1, 1, 2],
    "dimension": {
        "Region": {
            "label": "region",
            "category": {"index": {code: n for n, code in enumerate(REGIONS)}, "label": REGIONS},
        },
        "Alder": {
            "label": "ålder",
            "category": {"index": {"totalt": 0}, "label": {"totalt": "totalt"}},
        },
        "Kon": {"label": "kön", "category": {"label": {"1+2": "totalt"}}},
        "ContentsCode": {
            "label": "tabellinnehåll",
            "category": {"index": {"000007Y7": 0}, "label": {"000007Y7": "Folkmängd"}},
        },
        "Tid": {"label": "år", "category": {"index": ["2023", "2024"]}},
    },
    "value": [2401, 2440, 1800, None],
    "status": {"3": ".."},
}


def read(cube, name="folk.json"):
    return files.read_bytes(name, json.dumps(cube).encode())


def cells(raw):
    return [[None if cell != cell else cell for cell in row] for row in raw.frame.values.tolist()]


def test_a_row_for_each_place_and_a_column_for_what_is_counted():
    raw = read(CUBE)
    assert list(raw.frame.columns) == ["region", "ålder", "kön", "år", "Folkmängd"]
    assert list(raw.frame.index) == [2, 3, 4, 5]
    assert cells(raw) == [
        ["1488C1010_DeSO2025", "totalt", "totalt", "2023", "2401"],
        ["1488C1010_DeSO2025", "totalt", "totalt", "2024", "2440"],
        ["1488C1020_DeSO2025", "totalt", "totalt", "2023", "1800"],
        ["1488C1020_DeSO2025", "totalt", "totalt", "2024", None],
    ]


def test_it_is_population():
    raw = read(CUBE)
    mapping = columns.recognise(raw.frame.columns, TableKind.POPULATION, raw.frame)
    columns.validate(mapping, raw)
    parsed = population.parse(raw, mapping, municipality_code="1488", today=date(2026, 11, 2))
    assert parsed.table[["area_code", "year", "population", "approximate"]].values.tolist() == [
        ["1488C1010", 2023, 2401, False],
        ["1488C1010", 2024, 2440, False],
        ["1488C1020", 2023, 1800, False],
    ]
    assert [fault.row for fault in parsed.faults] == [5]


def test_several_things_counted_stand_beside_each_other():
    contents = {"index": {"N1": 0, "N2": 1}, "label": {"N1": "Folkmängd", "N2": "Folkökning"}}
    cube = CUBE | {
        "size": [2, 1, 1, 2, 1],
        "dimension": CUBE["dimension"]
        | {"ContentsCode": {"category": contents}, "Tid": {"category": {"index": {"2024": 0}}}},
    }
    raw = read(cube | {"value": {"0": 2440, "1": 39, "3": -5}})
    assert list(raw.frame.columns) == ["region", "ålder", "kön", "Tid", "Folkmängd", "Folkökning"]
    assert [row[-2:] for row in cells(raw)] == [["2440", "39"], [None, "-5"]]


def test_without_roles():
    cube = {name: told for name, told in CUBE.items() if name != "role"}
    raw = read(cube)
    assert list(raw.frame.columns)[-1] == "value" and raw.frame["region"][2].endswith("_DeSO2025")
    assert raw.frame["tabellinnehåll"][2] == "Folkmängd"


@pytest.mark.parametrize(
    "broken",
    [
        {"size": [2, 1, 1, 1, 3]},
        {"size": [2, 1, 1, 1]},
        {"size": [2, 1, 1, 1, "x"]},
        {"value": [1, 2, 3]},
        {"value": 7},
        {"value": {"9": 1}},
        {"value": {"-1": 1}},
        {"id": ["Region", "Alder", "Kon", "ContentsCode", "Finns ej"]},
        {"id": None},
        {"dimension": {}},
        {"dimension": CUBE["dimension"] | {"Tid": {"category": {"index": ["2023"]}}}},
        {"dimension": CUBE["dimension"] | {"Tid": {"label": "kön", "category": {"index": [1, 2]}}}},
        {"size": [2, 1, 1, 10**9, 10**12], "value": {"0": 1}},
    ],
)
def test_a_cube_that_does_not_hold_together(broken):
    with pytest.raises(SourceError) as caught:
        read(CUBE | broken)
    assert caught.value.cause is SourceCause.FILE_DAMAGED


def test_a_cube_without_cells_and_json_that_is_no_cube():
    with pytest.raises(SourceError) as caught:
        read(CUBE | {"value": {}})
    assert caught.value.cause is SourceCause.NO_ROWS
    with pytest.raises(SourceError) as caught:
        read(CUBE | {"class": "collection"})
    assert caught.value.cause is SourceCause.FORMAT_UNKNOWN


def test_a_huge_cube_with_few_cells_takes_no_room():
    size = [2, 1, 1, 1, 10**9]
    raw = read(CUBE | {"size": size, "value": {"0": 5, str(10**9 + 1): 6}})
    assert [row[0] for row in cells(raw)] == list(REGIONS)
