"""What a map can be coloured by: each measure declared once, with how it is computed."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

import geopandas as gpd
import pandas as pd

from trygghetskarta.analysis.changes import Evidence, judge
from trygghetskarta.analysis.rates import (
    SMALLEST_POPULATION,
    empirical_bayes_interval,
    incidence_rate,
)


class Measure(StrEnum):
    """What the map is coloured by (link parameter ``matt``).

    The order is part of every short code that was ever written: only ever add to its end.
    """

    COUNT = "antal"
    PER_1000 = "per_1000"
    CHANGE = "forandring"

    @property
    def declared(self) -> "Declaration":
        """How it is computed and shown."""
        return DECLARED[self]


@dataclass(frozen=True, eq=False)
class Counted:
    """What a measure is computed from, for every area of a level.

    Attributes
    ----------
    count, previous
        Offences in the period and in the one compared with (None when nothing is compared); index
        area_code.
    population
        Inhabitants, index of ``count``, missing where not known.
    areas
        Borders in EPSG:3006, index area_code; None for a sum that has none.
    days, days_previous
        Lengths of the two periods.
    evidence
        What a change is judged by; None with ``previous``.
    """

    count: pd.Series
    previous: pd.Series | None
    population: pd.Series
    areas: gpd.GeoDataFrame | None
    days: int
    days_previous: int
    evidence: Evidence | None


@dataclass(frozen=True)
class AreaFigure:
    """A figure of an area: a column of the table, perhaps with two that bound it.

    Attributes
    ----------
    name
        Its column.
    field
        Its name in files that want plain letters; the limits are called ``_undre`` and ``_ovre``.
    decimals
        How exactly it is told, in files too: a file reveals no more than the page.
    lower, upper
        Columns of its interval (95 %), empty without one.
    rests_on
        Columns of counts that it follows from: it is hidden where one of them is, before every
        audience. Empty for what tells nothing of offences.
    is_change
        Whether it is a change in per cent, written with its sign.
    """

    name: str
    field: str
    decimals: int = 0
    lower: str = ""
    upper: str = ""
    rests_on: tuple[str, ...] = ("count",)
    is_change: bool = False

    @property
    def columns(self) -> Mapping[str, str]:
        """Its columns, and what files call them."""
        if not self.lower:
            return {self.name: self.field}
        limits = {self.lower: f"{self.field}_undre", self.upper: f"{self.field}_ovre"}
        return {self.name: self.field, **limits}


@dataclass(frozen=True, eq=False)
class Declaration:
    """A measure: what colours the map, how it is computed, and what is told with it.

    Attributes
    ----------
    value
        The figure that colours the map; never below 0 unless it is a change.
    compute
        Gives its columns; None where they cannot be told.
    exposure
        What the count is divided by, None when it is no rate. It stands wherever the rate is told,
        with count and interval.
    smallest
        The least exposure that it is computed for.
    earlier
        The earlier count of a change.
    unseen
        Columns that ``compute`` gives and no table shows, resting on what ``value`` rests on.
    is_smoothed
        Whether the areas lend each other strength per 1 000 of the exposure (empirical Bayes):
        where a count is hidden, the gate computes it anew from what may be seen.
    always
        Whether its columns stand in every table; else only where it is chosen.
    scheme
        How its classes are found, see :func:`trygghetskarta.analysis.classes.classify`.
    ramps
        Colours within the house and before the public; homes are never red before the public.

    Raises
    ------
    ValueError
        If it has no interval, which only a count may lack.
    """

    value: AreaFigure
    compute: Callable[[Counted], pd.DataFrame | None]
    exposure: AreaFigure | None = None
    smallest: float = 0
    earlier: AreaFigure | None = None
    unseen: tuple[str, ...] = ()
    is_smoothed: bool = False
    always: bool = False
    scheme: str = "quantiles"
    ramps: tuple[str, str] = ("YlOrBr", "Blues")

    def __post_init__(self) -> None:
        if not self.value.lower and self.value.name != "count":
            raise ValueError(f"a measure without an interval: {self.value.name}")
        # It stands open for everybody, beside figures that are hidden.
        if self.exposure and self.exposure.rests_on:
            raise ValueError(f"what is divided by may not rest on counts: {self.exposure.name}")

    @property
    def compares(self) -> bool:
        """Whether it is a change: a scale in two directions, by verdicts (column ``verdict``)."""
        return self.value.is_change

    @property
    def figures(self) -> tuple[AreaFigure, ...]:
        """Everything it tells, in order."""
        told = (self.exposure, self.earlier, self.value)
        return tuple(one for one in told if one is not None)


def _count(counted: Counted) -> pd.DataFrame:
    return pd.DataFrame({"count": counted.count.astype("float64")})


def _per_1000(counted: Counted) -> pd.DataFrame:
    crude = incidence_rate(counted.count, counted.population)
    smoothed = empirical_bayes_interval(counted.count, counted.population)
    people = pd.DataFrame({"population": counted.population})
    return people.join(crude.add_prefix("crude_")).join(smoothed)


def _change(counted: Counted) -> pd.DataFrame | None:
    if counted.previous is None or counted.evidence is None:
        return None
    days = counted.days_previous, counted.days
    change = judge(counted.previous, counted.count, days, counted.evidence)
    return pd.DataFrame({"previous": counted.previous.astype("float64")}).join(change)


DECLARED: Mapping[Measure, Declaration] = MappingProxyType(
    {
        Measure.COUNT: Declaration(AreaFigure("count", "antal"), _count, always=True),
        Measure.PER_1000: Declaration(
            AreaFigure("rate", "per_1000", 1, "lower", "upper"),
            _per_1000,
            exposure=AreaFigure("population", "invanare", rests_on=()),
            smallest=SMALLEST_POPULATION,
            unseen=("crude_rate", "crude_lower", "crude_upper"),
            is_smoothed=True,
            always=True,
        ),
        Measure.CHANGE: Declaration(
            AreaFigure(
                *("percent", "forandring", 0, "percent_lower", "percent_upper"),
                rests_on=("count", "previous"),
                is_change=True,
            ),
            _change,
            earlier=AreaFigure("previous", "antal_fore", rests_on=("previous",)),
            always=True,
            ramps=("PuOr", "PuOr"),
        ),
    }
)

if lacking := set(Measure) - set(DECLARED):
    raise LookupError(f"measures without a declaration: {sorted(lacking)}")

FIGURES: tuple[AreaFigure, ...] = tuple(
    figure for measure in Measure for figure in measure.declared.figures
)
"""Everything that tables tell of a view, in order; ``verdict`` comes after them."""

EXPOSURES = frozenset(one.declared.exposure.name for one in Measure if one.declared.exposure)
"""Columns of denominators: they tell nothing of offences."""

OF_ONE_PERIOD = tuple(measure for measure in Measure if not measure.declared.compares)
"""Measures that can colour a period by itself: sides of a comparison, slides."""


def indicator_table(
    count: pd.Series,
    previous: pd.Series | None,
    population: pd.Series,
    days: int,
    days_previous: int = 0,
    *,
    evidence: Evidence | None = None,
    areas: gpd.GeoDataFrame | None = None,
    chosen: Collection[Measure] = (),
) -> pd.DataFrame:
    """Put the figures of every area side by side.

    Parameters
    ----------
    count, previous
        Offences in the period and in the period compared with; same index.
    population
        Inhabitants, missing where not known; reindexed to ``count``.
    days, days_previous
        Lengths of the two periods.
    evidence
        What a change is judged by: without it none is told.
    areas
        Borders, for measures that ask for them.
    chosen
        Measures whose columns are wanted beside those that always stand there.

    Returns
    -------
    DataFrame
        Index of ``count``; columns ``count``, ``population``, ``crude_rate``, ``crude_lower``,
        ``crude_upper`` (per 1 000 inhabitants in the period, exact Poisson limits), ``rate``,
        ``lower``, ``upper`` (the same smoothed towards the municipality's rate) and, with
        ``previous``, the columns of :func:`trygghetskarta.analysis.changes.judge`; then those of
        the chosen. It says nothing of whether people report what happens.
    """
    people = population.reindex(count.index).astype("float64")
    counted = Counted(count, previous, people, areas, days, days_previous, evidence)
    wanted = [one for one in Measure if one.declared.always or one in chosen]
    tables = [one.declared.compute(counted) for one in wanted]
    return pd.concat([table for table in tables if table is not None], axis="columns")
