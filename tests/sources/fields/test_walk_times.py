"""Hours as people write them in lists of walks."""

from datetime import date

import pandas as pd
import pytest

from trygghetskarta.errors import TableRule
from trygghetskarta.sources.fields.faults import FaultList
from trygghetskarta.sources.fields.walk_times import read_spans

TODAY = date(2026, 11, 2)


def read(**cells):
    columns = {role: pd.Series([text], [2], dtype="str") for role, text in cells.items()}
    faults = FaultList()
    spans = read_spans(
        columns, {role: role.title() for role in cells}, pd.Index([2]), TODAY, faults
    )
    told = [None if pd.isna(one[2]) else str(one[2]) for one in (spans.start, spans.end)]
    return (*told, [(fault.rule, fault.column) for fault in faults.sorted()])


@pytest.mark.parametrize(
    ("cells", "start", "end"),
    [
        ({"start": "2026-02-13 21:00", "end": "2026-02-13 23:00"}, "21:00", "23:00"),
        ({"date": "2026-02-13", "start": "21:00", "end": "23.30"}, "21:00", "23:30"),
        ({"date": "13/2 2026", "start": "21–23"}, "21:00", "23:00"),
        ({"date": "2026-02-13", "start": "kl. 21.30 - 23"}, "21:30", "23:00"),
        ({"date": "2026-02-13", "start": "2030-2215"}, "20:30", "22:15"),
        ({"date": "2026-02-13", "start": "21 till 23"}, "21:00", "23:00"),
        ({"date": "2026-02-13 21:00"}, "21:00", None),
        ({"date": "13 februari 2026 kl 21.00", "end": "23"}, "21:00", "23:00"),
    ],
)
def test_the_evening_is_read(cells, start, end):
    found = read(**cells)
    wanted = (f"2026-02-13 {start}:00", end and f"2026-02-13 {end}:00", [])
    assert found == wanted


@pytest.mark.parametrize("end", ["01:00", "2026-02-14 01:00", "2500"])
def test_after_midnight_is_the_next_day(end):
    start, found, faults = read(date="2026-02-13", start="21:00", end=end)
    if end == "2500":
        assert faults == [(TableRule.NOT_A_TIME, "End")]
    else:
        assert (start, found, faults) == ("2026-02-13 21:00:00", "2026-02-14 01:00:00", [])


@pytest.mark.parametrize(
    ("cells", "rule", "column"),
    [
        ({"date": "i fredags", "start": "21:00"}, TableRule.NOT_A_DATE, "Date"),
        ({"date": "2026-02-13", "start": "kvällen"}, TableRule.NOT_A_TIME, "Start"),
        ({"date": "2026-02-13"}, TableRule.TIME_MISSING, "Date"),
        ({"start": "21:00"}, TableRule.TIME_MISSING, "Start"),
        ({"date": "2026-11-03", "start": "21:00"}, TableRule.DATE_OUT_OF_RANGE, "Date"),
        ({"date": "1970-01-01", "start": "21:00"}, TableRule.DATE_OUT_OF_RANGE, "Date"),
        (
            {"start": "2026-02-13 21:00", "end": "2026-02-13 20:00"},
            TableRule.END_BEFORE_START,
            "End",
        ),
    ],
)
def test_what_cannot_be_a_walk_is_told(cells, rule, column):
    assert (rule, column) in read(**cells)[2]


def test_a_row_that_tells_nothing_has_no_fault_here():
    assert read(date=None, start=None) == (None, None, [])
    assert read(date="2026-11-02", start="22:00")[2] == []
