"""What is shown: gated figures with classes, legend and caption, alike for page and file."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import geopandas as gpd
import pandas as pd

from trygghetskarta.analysis import classes
from trygghetskarta.analysis.classes import Classified
from trygghetskarta.analysis.comparison import Verdict
from trygghetskarta.analysis.disclosure import Publishable
from trygghetskarta.render import formats, texts
from trygghetskarta.terms import AreaLevel, Audience, CellStatus, DateBasis, Measure

CLASS_NUMBER = 5
"""How many colours a map has at most."""


@dataclass(frozen=True)
class Facts:
    """Everything a caption must tell about the figures beside them.

    Attributes
    ----------
    municipality
        Its name.
    level
        Level of the areas shown.
    measure
        What the map is coloured by.
    theme, types, areas
        Swedish names of what was chosen; empty when nothing was.
    start, end, previous_start, previous_end
        The period and the one compared with (None when nothing is compared).
    basis
        Which date places an offence in a period.
    offences
        Offences in the period that the figures rest on, the municipality's whole.
    without_place, outside, straddling, undated
        Offences that are in the selection but not on the map, by reason.
    preliminary
        Offences that the publisher calls preliminary.
    population_years
        Years the inhabitants were counted, oldest first.
    sources
        Publishers and files, as they are to be named.
    plan_year
        Year of the plan whose themes are used.
    boundary_version, data_version
        Of the areas and of the store.
    is_example
        Whether any of the figures are invented.
    caveats
        Swedish sentences that belong to the theme.
    link
        Query that opens the same view again.
    """

    municipality: str
    level: AreaLevel
    measure: Measure
    theme: str
    types: tuple[str, ...]
    areas: tuple[str, ...]
    start: date
    end: date
    previous_start: date | None
    previous_end: date | None
    basis: DateBasis
    offences: int
    without_place: int
    outside: int
    straddling: int
    undated: int
    preliminary: int
    population_years: tuple[int, ...]
    sources: tuple[str, ...]
    plan_year: int
    boundary_version: str
    data_version: str
    is_example: bool
    caveats: tuple[str, ...]
    link: str


@dataclass(frozen=True)
class LegendEntry:
    """One line of a legend.

    Attributes
    ----------
    class_number
        Class of ``analysis.classes``, a negative constant for zero, hidden, missing, undecided.
    colour
        ``#rrggbb``.
    pattern
        ``""`` for a plain fill, ``"hatch"`` (hidden), ``"dots"`` (missing), ``"cross"``
        (cannot be decided).
    label
        Swedish text with the limits and unit.
    n
        How many areas have this look.
    """

    class_number: int
    colour: str
    pattern: str
    label: str
    n: int


@dataclass(frozen=True)
class Shown:
    """One view, ready to be drawn on a screen or in a file.

    Attributes
    ----------
    title
        One line that says what is seen.
    publishable
        The gated figures; index area_code.
    names
        Area names by area_code.
    areas
        Borders in EPSG:3006, index area_code, exact.
    class_number
        Class of each area, by area_code.
    legend_title, legend
        Unit and lines; every class that occurs has a line.
    summary
        One sentence for those who do not see the map.
    caption
        Swedish lines that must follow the figures everywhere.
    facts
        What the caption was made from.
    """

    title: str
    publishable: Publishable
    names: pd.Series
    areas: gpd.GeoDataFrame
    class_number: pd.Series
    legend_title: str
    legend: tuple[LegendEntry, ...]
    summary: str
    caption: tuple[str, ...]
    facts: Facts

    @property
    def looks(self) -> Mapping[int, LegendEntry]:
        """The legend line of each class."""
        return {entry.class_number: entry for entry in self.legend}


def compose(
    publishable: Publishable, areas: gpd.GeoDataFrame, facts: Facts, breaks_from: pd.Series | None
) -> Shown:
    """Classify gated figures and write what belongs beside them.

    Parameters
    ----------
    publishable
        What passed the gate.
    areas
        Exact borders with ``name``; index area_code, the same codes.
    facts
        What the figures rest on.
    breaks_from
        Values of another period that share the classes; None for this one's alone.
    """
    classified = _classify(publishable, facts.measure, breaks_from)
    return Shown(
        title=texts.view_title(facts),
        publishable=publishable,
        names=areas["name"],
        areas=areas,
        class_number=classified.class_number,
        legend_title=texts.legend_title(facts.measure),
        legend=_legend(classified, facts.measure, publishable.rule.threshold),
        summary=_summary(publishable, areas["name"], facts),
        caption=texts.caption(facts, _hidden(publishable), publishable.rule.threshold),
        facts=facts,
    )


def _classify(publishable: Publishable, measure: Measure, pooled: pd.Series | None) -> Classified:
    table = publishable.table
    hidden = table["status"] == CellStatus.HIDDEN
    if measure is Measure.CHANGE:
        hidden |= table.get("status_previous", table["status"]) == CellStatus.HIDDEN
        return classes.classify_change(table["percent"], table["verdict"], hidden=hidden)
    column = "count" if measure is Measure.COUNT else "rate"
    values = table[column]
    if measure is Measure.PER_1000:
        # A smoothed rate is never exactly 0; nothing reported must still look like nothing.
        values = values.where(table["count"] != 0, 0.0).where(table["rate"].notna())
    return classes.classify(values, k=CLASS_NUMBER, pooled_with=pooled, hidden=hidden)


def _legend(classified: Classified, measure: Measure, threshold: int) -> tuple[LegendEntry, ...]:
    numbers = classified.class_number
    lines = [
        LegendEntry(number, colour, "", label, int((numbers == number).sum()))
        for number, (colour, label) in enumerate(
            zip(_colours(classified, measure), _labels(classified, measure), strict=True)
        )
    ]
    for special, (colour, pattern) in _SPECIAL.items():
        n = int((numbers == special).sum())
        if n:
            label = texts.special_class(special, threshold)
            lines.append(LegendEntry(special, colour, pattern, label, n))
    return tuple(lines)


_SPECIAL = {
    classes.ZERO: ("#ffffff", ""),
    classes.UNDECIDED: ("#f2efe6", "cross"),
    classes.HIDDEN: ("#e3e6ea", "hatch"),
    classes.MISSING: ("#d5dae0", "dots"),
}


def _colours(classified: Classified, measure: Measure) -> tuple[str, ...]:
    k = len(classified.breaks)
    return classes.ramp("PuOr" if measure is Measure.CHANGE else "YlOrBr", k)


def _labels(classified: Classified, measure: Measure) -> tuple[str, ...]:
    decimals = 0 if measure is Measure.COUNT else 1
    if measure is Measure.CHANGE:
        return texts.change_classes(classified)
    return texts.value_classes(classified, decimals)


def _hidden(publishable: Publishable) -> int:
    return int((publishable.table["status"] == CellStatus.HIDDEN).sum())


def _summary(publishable: Publishable, names: pd.Series, facts: Facts) -> str:
    table = publishable.table
    if publishable.audience is Audience.PUBLIC or facts.measure is Measure.CHANGE:
        verdicts = table.get("verdict", pd.Series(dtype=object))
        rising = names[table.index[verdicts == Verdict.INCREASE]] if len(verdicts) else names[:0]
        falling = names[table.index[verdicts == Verdict.DECREASE]] if len(verdicts) else names[:0]
        return texts.change_summary(facts, sorted(rising), sorted(falling))
    column = "count" if facts.measure is Measure.COUNT else "rate"
    shown = table.loc[table["status"] == CellStatus.SHOWN, column].dropna()
    if shown.empty:
        return texts.empty_summary(facts)
    highest = shown.sort_values(ascending=False, kind="stable").index[:3]
    parts = [
        (names[code], formats.number(shown[code], 0 if column == "count" else 1))
        for code in highest
    ]
    return texts.value_summary(facts, parts)
