"""Figures that have left the house before a correction, beside those that would leave after it."""

from collections.abc import Mapping, Sequence
from datetime import date
from itertools import product
from types import MappingProxyType, SimpleNamespace

import numpy as np
import pandas as pd
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tests.properties import examples
from trygghetskarta.analysis import incident_cube
from trygghetskarta.analysis.suppression import protection, suppress
from trygghetskarta.gate.linked_tables import are_outdated, exposed_areas
from trygghetskarta.gate.publication import PLACED, WHOLE, Line, Offences
from trygghetskarta.terms.areas import AreaLevel

pytestmark = pytest.mark.slow

CODES = ("1488S001", "1488S002", "1488S003", "1488S004")
BURGLARY, DAMAGE = "Inbrott", "Skadegörelse"


def world_of(counts: Mapping[tuple[str, int], Sequence[int]]):
    """What is counted today: by type and year, a number for each district."""
    rows = [
        {"district_code": code, "offence_type": kind, "count": count, "day": f"{year}-06-15"}
        for (kind, year), numbers in counts.items()
        for code, count in zip(CODES, numbers, strict=False)
        if count
    ]
    table = pd.DataFrame(rows)
    day = pd.to_datetime(table["day"])
    incidents = table.assign(
        source_id=[str(n) for n in table.index],
        offence_code=None,
        occurred_from=day.dt.tz_localize("UTC"),
        occurred_to=day.dt.tz_localize("UTC"),
        occurred_precision="day",
        reported_from=day,
        reported_to=day,
        preliminary=False,
        regso_code=None,
        deso_code=None,
        place_match="code",
        source="Prov",
    )
    levels = {AreaLevel.DISTRICT: CODES, AreaLevel.REGSO: (), AreaLevel.DESO: ()}
    cube = incident_cube.build_cube(incidents, levels)
    return SimpleNamespace(cube=cube, municipality=SimpleNamespace(plans=()))


def line(numbers: Sequence[int], kind: str = BURGLARY, year: int = 2025, threshold: int = 5):
    """The line of one map of the districts, as the gate lets it out."""
    safe = suppress(pd.Series(numbers, index=CODES[: len(numbers)]), threshold)
    cells = {**safe.table.iloc[:, 0], PLACED: safe.column_totals.iloc[0]}
    told = {code: None if np.isnan(n) else int(n) for code, n in cells.items()}
    period = date(year, 1, 1), date(year, 12, 31)
    return Line(Offences((kind,)), *period, AreaLevel.DISTRICT, threshold, MappingProxyType(told))


def municipality(n: int, kind: str = BURGLARY, year: int = 2025) -> Line:
    period = date(year, 1, 1), date(year, 12, 31)
    cells = MappingProxyType({WHOLE: n})
    return Line(Offences((kind,)), *period, AreaLevel.MUNICIPALITY, 5, cells)


def refused(today: Sequence[int], earlier: Sequence[Line], new: Sequence[Line]) -> list[str]:
    return exposed_areas(world_of({(BURGLARY, 2025): today, (DAMAGE, 2025): (40,) * 4}),
                         earlier, new)  # fmt: skip


def test_one_more_row_does_not_tell_what_was_hidden():
    """Hidden below ten, then 10: the sum rose by one, so it was 9."""
    before, after = (9, 12, 30, 40), (10, 12, 30, 40)
    old, new = line(before, threshold=10), line(after, threshold=10)
    assert old.cells[CODES[0]] is None and new.cells[CODES[0]] == 10
    assert CODES[0] in refused(after, [old], [new])
    assert are_outdated(world_of({(BURGLARY, 2025): after}), [old], [new])
    # The sum alone tells of one row somewhere.
    assert refused(after, [old], [municipality(92)]) == []


def test_one_row_less_does_not_tell_what_is_hidden_now():
    before, after = (5, 12, 30, 40), (4, 12, 30, 40)
    assert CODES[0] in refused(after, [line(before)], [line(after)])


def test_a_row_that_was_moved_between_two_hidden_districts_is_seen_though_no_sum_has_changed():
    before, after = (4, 6, 30, 40), (5, 5, 30, 40)
    old, new = line(before), line(after)
    assert old.cells[PLACED] == new.cells[PLACED] and None not in new.cells.values()
    assert refused(after, [old], [new])


def test_what_was_hidden_is_not_told_though_others_explain_why_it_was():
    """Nothing open has changed, and two small counts are left; a row has moved all the same."""
    before, after = (1, 3, 6), (1, 4, 5)
    old, new = line(before), line(after)
    assert set(old.cells.values()) == {None, 10} and new.cells[CODES[2]] == 5
    assert CODES[2] in refused(after, [old], [new])
    assert are_outdated(world_of({(BURGLARY, 2025): after}), [old], [new])


def test_a_hidden_count_that_is_none_today_is_not_told_by_the_sum():
    before, after = (1, 6, 30, 40), (0, 6, 30, 40)
    assert CODES[0] in refused(after, [line(before)], [line(after)])


@pytest.mark.parametrize("after", [(3, 12, 30, 41), (3, 12, 25, 44), (2, 12, 30, 40)])
def test_a_correction_that_leaves_the_same_cells_hidden_blocks_nothing(after):
    before = (3, 12, 30, 40)
    old, new = line(before), line(after)
    assert refused(after, [old], [new]) == []
    # And again, beside both.
    assert refused(after, [old, new], [new]) == []


def test_another_year_and_another_selection_are_not_touched():
    """A corrected year blocks neither the next one nor other offences of the same."""
    before, after = (9, 12, 30, 40), (10, 12, 30, 40)
    world = world_of({(BURGLARY, 2025): after, (BURGLARY, 2026): (3, 20, 30, 40),
                      (DAMAGE, 2025): (20, 20, 3, 30)})  # fmt: skip
    old = line(before, threshold=10)
    for new in (line((3, 20, 30, 40), year=2026), line((20, 20, 3, 30), DAMAGE)):
        assert exposed_areas(world, [old], [new]) == []


def test_a_type_that_was_shown_and_has_become_small_does_not_block_everything_for_ever():
    """Five burglaries were shown; today they are four. All offences of the year may be told."""
    burglary, damage = (4, 20, 30, 40), (40, 40, 40, 40)
    world = world_of({(BURGLARY, 2025): burglary, (DAMAGE, 2025): damage})
    everything = line([a + b for a, b in zip(burglary, damage, strict=True)])
    everything = Line(Offences((BURGLARY, DAMAGE)), everything.start, everything.end,
                      everything.level, 5, everything.cells)  # fmt: skip
    old = line((5, 20, 30, 40))
    assert exposed_areas(world, [old], [everything]) == []
    # With the other type beside it, what is left is the four.
    assert exposed_areas(world, [old, line(damage, DAMAGE)], [everything])


@example([1, 4, 5], [0, 1, -1])
@examples(60)
@given(
    st.lists(st.integers(0, 9), min_size=3, max_size=3),
    st.lists(st.integers(-2, 2), min_size=3, max_size=3),
)
def test_whoever_knows_every_correction_learns_no_hidden_count(today, change):
    """Against every table of whole numbers that fits both publications, by brute force."""
    before = [max(0, n - c) for n, c in zip(today, change, strict=True)]
    if not sum(today) or not sum(before):
        return
    old, new = line(before), line(today)
    if refused([*today, 0], [old], [new]):
        return
    if old.cells == new.cells:
        return
    cells = dict(zip(CODES, today, strict=False))
    total = sum(today) if None not in (old.cells[PLACED], new.cells[PLACED]) else None
    fits = []
    for guess in product(range(16), repeat=3):
        known = all(
            guess[at] == cells[code] if shown is not None else guess[at] >= 1 or one is old
            for one in (old, new)
            for at, code in enumerate(CODES[:3])
            for shown in [one.cells[code]]
        )
        if known and (total is None or sum(guess) == total):
            fits.append(guess)
    spans = np.ptp(np.array(fits), axis=0)
    for at, code in enumerate(CODES[:3]):
        if None in (old.cells[code], new.cells[code]):
            assert spans[at] >= protection(5), (before, today)
