"""Where and when an action is evaluated: place, surroundings, controls, equal periods.

Everything here is taken from the time before the action, so that the outcome cannot choose it.
"""

from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
import pandas as pd
import shapely

from trygghetskarta.analysis import controls, incident_cube, indicators
from trygghetskarta.gate.loaded_world import QUIET_DAYS, World
from trygghetskarta.subjects.actions.ask.action_world import codes_of
from trygghetskarta.subjects.actions.ask.effect_facts import Site, Window
from trygghetskarta.terms.areas import AreaLevel
from trygghetskarta.terms.municipality import Theme
from trygghetskarta.terms.times import DateBasis

BASIS = DateBasis.REPORTED
"""Date that places an offence, as on the page *Karta*."""

CONTROLS = 2
"""Districts that are compared with."""


@dataclass(frozen=True)
class Periods:
    """Periods of an evaluation; ``years`` before the start are covered by data."""

    start: date
    months: int
    before: Window
    after: Window | None
    years: int


def find_periods(world: World, row: pd.Series) -> Periods | None:
    """Same calendar months before and after; None when no whole year before is covered.

    A month that the action began in the middle of is left out, and so is one that the data does
    not cover to its end. An action that has not begun is thought to begin where the data ends.

    Parameters
    ----------
    world
        The incidents.
    row
        The action, contract ``ACTIONS``.
    """
    begun = row["start_date"].date()
    start = month(begun, 1 if begun.day > 1 else 0)
    oldest, newest = _delivered(world, start)
    quiet = timedelta(days=QUIET_DAYS)
    first = month(oldest - quiet, 1 if (oldest - quiet).day > 1 else 0)
    ends = month(newest + quiet + timedelta(days=1))
    if pd.notna(row["end_date"]):
        ends = min(ends, month(row["end_date"].date() + timedelta(days=1)))
    months = max(0, _apart(start, ends))
    if not months:
        start = min(start, month(newest + quiet + timedelta(days=1)))
    years = _apart(first, start) // 12
    if years < 1:
        return None
    months = min(months, 12 * years)
    back = month(start, -12 * max(1, -(-months // 12)))
    before = months_from(back, months or 12)
    return Periods(start, months, before, months_from(start, months) if months else None, years)


def _delivered(world: World, start: date) -> tuple[date, date]:
    """First and last day of the data around a day, without months that were never delivered."""
    oldest, newest = world.days(BASIS)
    for first, last in world.silent(BASIS, oldest, newest):
        if last < start:
            oldest = last + timedelta(days=1 + QUIET_DAYS)
        else:
            newest = min(newest, first - timedelta(days=1 + QUIET_DAYS))
    return oldest, newest


def month(day: date, later: int = 0) -> date:
    """First day of a day's month, so many months later."""
    number = 12 * day.year + day.month - 1 + later
    return date(number // 12, number % 12 + 1, 1)


def _apart(first: date, second: date) -> int:
    return 12 * (second.year - first.year) + second.month - first.month


def months_from(start: date, months: int) -> Window:
    """So many whole months from the first day of one."""
    return Window(start, month(start, months) - timedelta(days=1))


def find_site(
    world: World, row: pd.Series, theme: Theme, offences: np.ndarray, periods: Periods, ring: int
) -> Site | None:
    """Place, surroundings and controls; None when there is no district to compare with.

    Parameters
    ----------
    world
        The incidents.
    row
        The action, contract ``ACTIONS``, with a place.
    theme
        Its theme: points are used where it may be shown in cells, else whole districts.
    offences
        The theme's incidents.
    periods
        Only what lies before their start is looked at.
    ring
        Width in metres of the surroundings.
    """
    districts = world.areas[AreaLevel.DISTRICT]
    fine = theme.internal.finest is AreaLevel.CELL
    drawn = row.geometry
    by_points = drawn is not None and fine
    codes = codes_of(row["districts"])
    if drawn is not None and not fine:
        overlap = districts.geometry.intersection(drawn).area
        codes = tuple(overlap[overlap > 0.2 * drawn.area].index)
    treated = drawn if by_points else districts.geometry[list(codes)].union_all()
    around = shapely.difference(treated.buffer(ring), treated)
    near = districts.geometry.intersects(treated.buffer(ring if fine else 1.0))
    cube = world.cube
    beside = tuple(set(districts.index[near]) - set(codes))
    masks = {
        "treated": _within(cube, treated) if by_points else _of(cube, codes),
        "ring": _within(cube, around) if fine else _of(cube, beside),
    }
    # A drawn area holds only what has a point, so the districts beside it must do the same.
    comparable = np.isfinite(cube.x) if by_points else np.ones(len(cube), dtype=bool)
    far = districts.index[~near]
    if not len(far):
        return None
    counted = offences & comparable
    candidates = _candidates(world, counted, offences & masks["treated"], periods, far)
    chosen = [code for code in codes_of(row["control_districts"]) if code in far]
    by_hand = bool(chosen)
    chosen = chosen or list(candidates.index[:CONTROLS])
    if not chosen:
        return None
    free = far.difference(chosen)
    around_like = _candidates(world, counted, offences & masks["ring"], periods, free)
    around_like = around_like.index[:CONTROLS]
    masks |= {
        "control": comparable & _of(cube, tuple(chosen)),
        "ring_control": comparable & _of(cube, tuple(around_like)),
    }
    names = districts["name"]
    return Site(
        masks,
        by_points,
        narrowed=drawn is not None and not fine,
        names=() if by_points else tuple(names[code] for code in codes),
        ring=ring if fine else 0,
        candidates=candidates.assign(
            name=names.reindex(candidates.index), chosen=candidates.index.isin(chosen)
        ),
        control=tuple(names[code] for code in chosen),
        ring_control=tuple(names[code] for code in around_like),
        by_hand=by_hand,
        late=by_hand and row["control_day"] >= row["start_date"],
    )


def _within(cube: incident_cube.IncidentCube, area: shapely.Geometry) -> np.ndarray:
    """Incidents whose point lies in an area; its border is inside."""
    found = np.zeros(len(cube), dtype=bool)
    west, south, east, north = area.bounds
    with np.errstate(invalid="ignore"):
        close = (cube.x >= west) & (cube.x <= east) & (cube.y >= south) & (cube.y <= north)
    shapely.prepare(area)
    found[close] = shapely.intersects_xy(area, cube.x[close], cube.y[close])
    return found


def _of(cube: incident_cube.IncidentCube, codes: tuple[str, ...]) -> np.ndarray:
    known = cube.area_codes[AreaLevel.DISTRICT]
    rows = [known.index(code) for code in codes if code in known]
    return np.isin(cube.area_row[AreaLevel.DISTRICT], rows)


def _candidates(
    world: World, marked: np.ndarray, own: np.ndarray, periods: Periods, codes: pd.Index
) -> pd.DataFrame:
    """Districts in order of likeness to a place in the two years before the start."""
    spans = [months_from(month(periods.start, -12 * min(periods.years, n)), 12) for n in (2, 1)]
    counted = [
        indicators.count_by_area(world.cube, marked & inside(world, span), AreaLevel.DISTRICT)
        for span in spans
    ]
    treated = tuple(count(world, own, span) for span in spans)
    earlier, later = (counts.reindex(codes) for counts in counted)
    return controls.rank_controls(earlier, later, treated)


def inside(world: World, span: Window) -> np.ndarray:
    """Mark the incidents that are dated within a period."""
    return indicators.in_period(world.cube, span.start, span.end, BASIS)[0]


def count(world: World, mask: np.ndarray, span: Window) -> int:
    """Count marked offences that are dated within a period."""
    return int(world.cube.count[mask & inside(world, span)].sum())
