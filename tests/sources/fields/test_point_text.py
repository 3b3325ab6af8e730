"""Points that stand in one cell."""

import numpy as np
import pandas as pd
import pytest

from trygghetskarta.errors import TableRule
from trygghetskarta.sources.fields import columns, coordinates
from trygghetskarta.sources.fields.point_text import are_points, read_pairs
from trygghetskarta.sources.readers import files
from trygghetskarta.terms.imports import TableKind

BOUNDS = (330_000.0, 6_450_000.0, 360_000.0, 6_490_000.0)
HERE = (12.2886, 58.2837)


def text(*cells):
    return pd.Series(cells, dtype="str")


@pytest.mark.parametrize(
    "cell",
    [
        "58.2837, 12.2886",
        "12.2886 58.2837",
        "58.2837,12.2886",
        "58.2837 12.2886 41 4.9",
        "58.2837 12.2886 0 0",
        "58,2837; 12,2886",
        "58,2837, 12,2886",
        "58,2837 12,2886",
        "(58.2837, 12.2886)",
        "lat: 58.2837, lon: 12.2886",
        "58.2837° N, 12.2886° E",
        "N58.2837 Ö12.2886",
        "N 58° 17.022' E 12° 17.316'",
        "N58 17.022 E12 17.316",
        "58 17,022; 12 17,316",
        "N 58° 17,022′ Ö 12° 17,316′",
        "58° 17' 1.32\" N, 12° 17' 18.96\" E",
        "58°17'01.32''N 12°17'18.96''E",
        "geo:58.2837,12.2886?z=19",
        "https://www.google.com/maps/place/Torget/@58.2837,12.2886,17z/data",
        "https://maps.google.com/?q=58.2837,12.2886",
        '{"type": "Point", "coordinates": [12.2886, 58.2837]}',
    ],
)
def test_a_point_is_read_whatever_its_order(cell):
    (east,), (north,) = read_pairs(text(cell))
    assert (east, north) == pytest.approx(HERE, abs=1e-9)
    assert are_points(text(cell)).all()


@pytest.mark.parametrize(
    "cell",
    [
        "6463000, 335000",
        "335000 6463000",
        "N 6463000 E 335000",
        "6 463 000, 335 000",
        "6463000.0;335000.0",
    ],
)
def test_metres_are_read_too(cell):
    (east,), (north,) = read_pairs(text(cell))
    assert (east, north) == (335_000.0, 6_463_000.0) and are_points(text(cell)).all()


@pytest.mark.parametrize(
    "cell",
    [
        *("Sylte 3", "12 3", "58,2837", "2026-03-01 21:00", "0701-234567", "461 30 Trollhättan"),
        *("10.5, 20.5", "", "-", "1 234 567", "14/2 2026", "58.2837 12.2886 vid torget"),
    ],
)
def test_what_is_no_point_in_sweden_is_none(cell):
    assert not are_points(text(cell)).any()


def test_missing_cells_stay_missing():
    east, north = read_pairs(pd.Series([None, "58.2837, 12.2886"], dtype="str"))
    assert np.isnan(east[0]) and np.isnan(north[0]) and north[1] == HERE[1]
    assert [len(side) for side in read_pairs(text())] == [0, 0]


def locate(content, kind=TableKind.INCIDENTS):
    raw = files.read_bytes("p.csv", content.encode())
    mapping = columns.recognise(raw.frame.columns, kind, raw.frame)
    found = coordinates.locate(raw, mapping.roles, bounds=BOUNDS, local_crs=3007)
    return mapping, found


HEAD = "Id;Brottskod;Brottsdatum;{}\n"


@pytest.mark.parametrize("name", ["Koordinater", "GPS", "Var", "Plats", "geo"])
@pytest.mark.parametrize(
    ("cells", "crs"),
    [
        (["58.2837, 12.2886", "58.2847, 12.2886"], 4326),
        (["58.2837 12.2886 41 4.9", "58.2847 12.2886 41 4.9"], 4326),
        (["6463000, 335000", "6463100, 335000"], 3006),
        (["POINT (12.2886 58.2837)", "58.2847, 12.2886"], 4326),
    ],
)
def test_a_column_of_points_is_known_by_its_values(name, cells, crs):
    rows = "".join(f"K{n};0810;2026-03-0{n};{cell}\n" for n, cell in enumerate(cells, start=1))
    mapping, found = locate(HEAD.format(name) + rows)
    assert mapping.roles["wkt"] == name and "place_name" not in mapping.roles
    assert found.notes == {"guessed_crs": crs, "crs": crs}
    assert found.faults == () and found.geometry.notna().all()
    assert 90 < found.geometry.iloc[0].distance(found.geometry.iloc[1]) < 120


def test_a_cell_that_is_no_point_is_told_and_a_column_of_words_is_none():
    rows = "A;0810;2026-03-01;58.2837, 12.2886\nB;0810;2026-03-02;vid torget\n"
    _, found = locate(HEAD.format("Koordinater") + rows)
    assert [(one.rule, one.value) for one in found.faults] == [
        (TableRule.GEOMETRY_NOT_A_POINT, "vid torget")
    ]
    mapping, _ = locate(HEAD.format("Position") + "A;0810;2026-03-01;vid torget\n")
    assert "wkt" not in mapping.roles


def test_columns_of_their_own_go_before_a_point_in_a_cell():
    content = "start;end;Kategori;Plats;_Plats_latitude;_Plats_longitude\n"
    content += "2026-03-03T20:11:09.123+01:00;2026-03-03T20:12:09.123+01:00;belysning;"
    content += "58.2837 12.2886 41 4.9;58.2837;12.2886\n"
    for kind, date in (
        (TableKind.INCIDENTS, "occurred_from_date"),
        (TableKind.OBSERVATIONS, "date"),
    ):
        mapping, found = locate(content, kind)
        assert mapping.roles[date] == "start" and "place_name" not in mapping.roles
        assert mapping.roles["latitude"] == "_Plats_latitude"
        assert found.geometry.notna().all()


def test_start_is_when_it_happened_only_where_no_other_date_is():
    content = "Brottskod;Datum;start;end\n0810;2026-03-01;2026-03-03;2026-03-04\n"
    assert "occurred_from_date" not in locate(content)[0].roles
    roles = locate(content.replace("Datum", "Annat").replace("2026-03-01", "x"))[0].roles
    assert (roles["occurred_from_date"], roles["occurred_to_date"]) == ("start", "end")
