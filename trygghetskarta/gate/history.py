"""What changes are judged by: the months there are data for, and what lacks a place."""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from trygghetskarta.analysis import indicators
from trygghetskarta.analysis.changes import Evidence
from trygghetskarta.gate.loaded_world import World, silent_at
from trygghetskarta.gate.periods import Span
from trygghetskarta.terms.times import DateBasis

LONG = 48
"""Months of data from which the judged period is no part of its own history."""

_DAYS_A_MONTH = 365.25 / 12


def evidence(
    world: World,
    offences: np.ndarray,
    area_row: np.ndarray,
    codes: Sequence[str],
    spans: tuple[Span, Span],
    basis: DateBasis,
) -> Evidence:
    """Gather what the changes of some areas are judged by.

    Parameters
    ----------
    world
        What was loaded.
    offences
        Mask over the cube: those counted, whenever they happened.
    area_row
        Position in ``codes`` of each incident's area, -1 for those without one: inside the
        municipality these lack a place.
    codes
        The areas.
    spans
        The earlier and the later period.
    basis
        Which date places an offence in a period.
    """
    cube = world.cube
    monthly = indicators.monthly_by_area(
        cube, offences & cube.inside, area_row, codes, world.days(basis), basis
    )
    monthly[silent_at(world, basis, monthly.index)] = np.nan
    earlier, later = spans
    if len(monthly) >= LONG:
        judged = (monthly.index >= pd.Timestamp(later.start).replace(day=1)) & (
            monthly.index <= pd.Timestamp(later.end)
        )
        monthly = monthly[~judged]
    inside = offences & cube.inside

    def of(mask: np.ndarray) -> tuple[float, float]:
        """Offences of a mask in the two periods."""
        first, second = (
            float(cube.count[mask & indicators.in_period(cube, one.start, one.end, basis)[0]].sum())
            for one in spans
        )
        return first, second

    return Evidence(
        monthly=monthly,
        length=max(1, round(max(one.days for one in spans) / _DAYS_A_MONTH)),
        gap=max(1, round((later.start - earlier.start).days / _DAYS_A_MONTH)),
        located=of(inside & (area_row >= 0)),
        unplaced=of(inside & (area_row < 0)),
    )
