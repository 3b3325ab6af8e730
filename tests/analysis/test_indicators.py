"""Counting: every row once, in its area and its period, and sums that straddle are told."""

from datetime import date

import numpy as np
import pandas as pd
import pytest

from trygghetskarta import tables
from trygghetskarta.analysis import indicators
from trygghetskarta.analysis.incident_cube import build_cube
from trygghetskarta.terms.areas import AreaLevel, PlaceMatch
from trygghetskarta.terms.times import DateBasis, DatePrecision

CODES = {
    AreaLevel.DISTRICT: ("1488S002", "1488S001"),
    AreaLevel.REGSO: ("1488R001",),
    AreaLevel.DESO: (),
}
DEFAULT = {
    "offence_code": "9801",
    "offence_type": "Inbrott",
    "occurred_precision": DatePrecision.DAY.value,
    "count": 1,
    "preliminary": False,
    "district_code": "1488S001",
    "place_match": PlaceMatch.CODE.value,
    "on_border": False,
    "boundary_version": "x",
}


def cube_of(*rows: dict):
    """Build a cube of rows that differ from an ordinary burglary in what is given."""
    empty = tables.empty(tables.PLACED_INCIDENTS)
    frame = pd.DataFrame([{**DEFAULT, "source_id": str(n), **row} for n, row in enumerate(rows)])
    frame = frame.reindex(columns=empty.columns).drop(columns="geometry")
    for name in ("reported_from", "reported_to"):
        frame[name] = pd.to_datetime(frame[name]).astype("datetime64[us]")
    for name in ("occurred_from", "occurred_to"):
        frame[name] = pd.to_datetime(frame[name], utc=True).astype("datetime64[us, UTC]")
    return build_cube(frame, CODES)


def on(day: str, **how) -> dict:
    return {"reported_from": day, "reported_to": day, **how}


def everything(cube) -> np.ndarray:
    return np.ones(len(cube), dtype=bool)


def test_areas_without_a_row_are_0_and_sums_count_as_many_as_they_stand_for():
    cube = cube_of(on("2025-03-01"), on("2025-03-02", count=14), on("2025-03-02"))
    counts = indicators.count_by_area(cube, everything(cube), AreaLevel.DISTRICT)
    assert counts.to_dict() == {"1488S001": 16, "1488S002": 0}


def test_both_ends_of_a_period_belong_to_it():
    cube = cube_of(on("2025-02-28"), on("2025-03-01"), on("2025-03-31"), on("2025-04-01"))
    inside, partly = indicators.in_period(
        cube, date(2025, 3, 1), date(2025, 3, 31), DateBasis.REPORTED
    )
    assert inside.tolist() == [False, True, True, False]
    assert not partly.any()


def test_a_quarter_that_only_partly_fits_is_told_and_not_counted():
    quarter = {"reported_from": "2025-01-01", "reported_to": "2025-03-31", "count": 9}
    cube = cube_of(quarter, on("2025-02-10"))
    inside, partly = indicators.in_period(
        cube, date(2025, 2, 1), date(2025, 6, 30), DateBasis.REPORTED
    )
    assert inside.tolist() == [False, True]
    assert partly.tolist() == [True, False]


def test_an_offence_at_night_belongs_to_its_swedish_day():
    # 23:30 UTC on 30 June is 01:30 on 1 July in Trollhättan.
    moment = "2025-06-30T23:30:00Z"
    cube = cube_of(on("2025-07-05", occurred_from=moment, occurred_to=moment))
    for start, end, expected in (
        (date(2025, 6, 1), date(2025, 6, 30), False),
        (date(2025, 7, 1), date(2025, 7, 31), True),
    ):
        inside, _ = indicators.in_period(cube, start, end, DateBasis.OCCURRED)
        assert inside.tolist() == [expected]


def test_months_without_a_row_are_in_the_series():
    cube = cube_of(on("2025-01-10"), on("2025-03-10", count=4))
    series = indicators.monthly_counts(
        cube, everything(cube), date(2025, 1, 1), date(2025, 4, 30), DateBasis.REPORTED
    )
    assert series.tolist() == [1, 0, 4, 0]


@pytest.mark.parametrize(
    ("types", "codes", "expected"),
    [
        ((), (), [True, True, True]),
        (("Inbrott",), (), [True, False, False]),
        ((), ("03",), [False, True, False]),
        (("Inbrott",), ("03",), [True, True, False]),
    ],
)
def test_a_rule_takes_types_or_codes_by_their_beginning(types, codes, expected):
    cube = cube_of(
        on("2025-03-01"),
        on("2025-03-01", offence_code="0355", offence_type="Våld"),
        on("2025-03-01", offence_code=None, offence_type="Trafik"),
    )
    assert indicators.of_offences(cube, types, codes).tolist() == expected


def test_the_commonest_types_come_first():
    cube = cube_of(
        on("2025-03-01"), on("2025-03-01", offence_type="Våld", offence_code="0355", count=5)
    )
    found = indicators.top_types(cube, everything(cube))
    assert found.to_dict() == {"Våld": 5, "Inbrott": 1}
    assert found.index.tolist() == ["Våld", "Inbrott"]
