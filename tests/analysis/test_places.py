"""Where a row belongs: by point, by code, by name – and said when it does not."""

import geopandas as gpd
import pandas as pd
import pytest
import shapely

from trygghetskarta import tables
from trygghetskarta.analysis.places import PlaceFinder
from trygghetskarta.terms.areas import AreaLevel

SQUARES = [
    (AreaLevel.DISTRICT, "1488S001", "Kronogården", (0, 0, 200, 100)),
    (AreaLevel.DISTRICT, "1488S002", "Övre Ärlösa", (200, 0, 300, 100)),
    (AreaLevel.REGSO, "1488R001", "Kronogården norra", (0, 0, 150, 100)),
    (AreaLevel.REGSO, "1488R002", "Delad", (150, 0, 300, 100)),
    (AreaLevel.DESO, "1488A0010", "", (0, 0, 100, 100)),
    (AreaLevel.DESO, "1488A0020", "", (100, 0, 150, 100)),
    (AreaLevel.DESO, "1488A0030", "", (150, 0, 200, 100)),
    (AreaLevel.DESO, "1488A0040", "", (200, 0, 300, 100)),
]


@pytest.fixture
def finder() -> PlaceFinder:
    areas = gpd.GeoDataFrame(
        [
            {"area_level": level.value, "area_code": code, "name": name, "boundary_version": "x"}
            for level, code, name, _ in SQUARES
        ],
        geometry=[shapely.box(*box) for *_, box in SQUARES],
        crs=3006,
    )
    aliases = pd.DataFrame(
        [("Torget", AreaLevel.DISTRICT.value, "1488S002")],
        columns=["alias", "area_level", "area_code"],
    )
    return PlaceFinder(areas, aliases, "1488", "Trollhättan")


def place(finder, *rows, columns=("", "")):
    """Look rows up; each is (point or None, code, name)."""
    table = tables.empty(tables.INCIDENTS).reindex(range(2, 2 + len(rows)))
    table["given_area_code"] = [code for _, code, _ in rows]
    table["given_place"] = [name for _, _, name in rows]
    points = [None if at is None else shapely.Point(at) for at, _, _ in rows]
    frame = gpd.GeoDataFrame(table.drop(columns="geometry"), geometry=points, crs=3006)
    return finder.place(frame, columns)


def codes(placed) -> list[tuple]:
    columns = ["district_code", "regso_code", "deso_code"]
    return [
        tuple(None if pd.isna(value) else value for value in row)
        for row in placed.table[columns].itertuples(index=False)
    ]


def test_a_point_gives_every_level(finder):
    placed = place(finder, ((50, 50), None, None), ((250, 50), None, None))
    assert codes(placed) == [
        ("1488S001", "1488R001", "1488A0010"),
        ("1488S002", "1488R002", "1488A0040"),
    ]
    assert placed.counts()["matched_by_point"] == 2


def test_a_point_on_a_border_goes_to_the_lowest_code_and_is_told(finder):
    placed = place(finder, ((200, 50), None, None), ((10, 10), None, None))
    assert codes(placed)[0][0] == "1488S001"
    assert placed.counts()["on_border"] == 1


def test_a_point_outside_and_no_place_at_all_are_two_things(finder):
    placed = place(finder, ((-5, 50), None, None), (None, None, None), (None, "", ""))
    assert codes(placed) == [(None,) * 3] * 3
    told = placed.counts()
    assert (told["outside"], told["without_place"]) == (1, 2)


def test_a_code_gives_its_level_and_those_above_it(finder):
    placed = place(finder, (None, "1488A0020", None), (None, "1488R002", None))
    # R002 is shared by two districts, so it decides neither.
    assert codes(placed) == [("1488S001", "1488R001", "1488A0020"), (None, "1488R002", None)]
    assert placed.counts()["matched_by_code"] == 2


@pytest.mark.parametrize(
    "written",
    ["Övre Ärlösa", "övre ärlösa", "ÖVRE  ÄRLÖSA", "Ovre Arlosa", "övre-ärlösa", "Torget"],
)
def test_a_name_is_found_however_it_is_written_and_listed(finder, written):
    placed = place(finder, (None, None, written))
    assert codes(placed)[0][0] == "1488S002"
    assert placed.counts()["matched_by_name"] == 1
    assert placed.names[["name", "area_code", "rows"]].to_numpy().tolist() == [
        [written, "1488S002", 1]
    ]


def test_an_unknown_name_is_a_fault_with_a_guess_and_never_a_guess_taken(finder):
    placed = place(finder, (None, None, "Kronogaden"), columns=("Kod", "Plats"))
    assert len(placed.table) == 0
    fault = placed.faults[0]
    assert (fault.row, fault.column, fault.value) == (2, "Plats", "Kronogaden")
    assert "Kronogården" in fault.hint


def test_the_point_holds_where_the_code_says_otherwise_and_the_conflict_is_counted(finder):
    placed = place(finder, ((50, 50), "1488A0040", None))
    assert codes(placed)[0][2] == "1488A0010"
    assert placed.conflicts == 1


def test_every_accepted_row_is_counted_exactly_once(finder):
    rows = [
        ((50, 50), None, None),
        ((999, 999), None, None),
        (None, "1488A0030", None),
        (None, None, "Torget"),
        (None, None, None),
        (None, None, "Ingenstans"),
        (None, "1488X", None),
    ]
    placed = place(finder, *rows)
    told = placed.counts()
    told.pop("on_border")
    assert sum(told.values()) == len(placed.table)
    assert len(placed.table) + len({fault.row for fault in placed.faults}) == len(rows)
