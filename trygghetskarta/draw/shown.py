"""What is shown: gated figures with classes, legend and caption, alike for page and file."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

import geopandas as gpd
import numpy as np
import pandas as pd

from trygghetskarta import formats
from trygghetskarta.analysis import classes
from trygghetskarta.analysis.classes import Classified
from trygghetskarta.analysis.disclosure import Publishable, narrow
from trygghetskarta.analysis.facts import Facts
from trygghetskarta.analysis.measures import Measure
from trygghetskarta.draw import palette
from trygghetskarta.draw.absence import why_not_computed
from trygghetskarta.terms import map_classes
from trygghetskarta.terms.audience import Audience, CellStatus
from trygghetskarta.terms.verdicts import Verdict
from trygghetskarta.words import map_words
from trygghetskarta.words.marking import mark

CLASS_NUMBER = 5
"""How many colours a map has at most."""


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
    publishable: Publishable,
    areas: gpd.GeoDataFrame,
    facts: Facts,
    chosen: frozenset[str] = frozenset(),
    beside: Publishable | None = None,
    said: object = map_words,
) -> Shown:
    """Classify gated figures and write what belongs beside them.

    Parameters
    ----------
    publishable
        What passed the gate, for every area of the level.
    areas
        Exact borders with ``name``; index area_code, the same codes.
    facts
        What the figures rest on.
    chosen
        Codes to keep; empty for all. They keep the colours they have among all areas, so that a
        filter never changes what a colour means.
    beside
        The same areas' figures of another period, shown next to these: both get the same limits
        and the same legend, so that a colour means the same on either side.
    said
        Who writes title, legend, summary and caption: the Swedish texts, or the sentences of
        another language (``languages.sentences.Sentences``) with the same functions.
    """
    classified = _classify(publishable, facts.measure, beside)
    codes = areas.index[areas.index.isin(chosen)] if chosen else areas.index
    kept = narrow(publishable, codes) if chosen else publishable
    numbers = classified.class_number.loc[codes]
    names = areas.loc[codes, "name"]
    others = () if beside is None else _classify(beside, facts.measure).class_number.loc[codes]
    return Shown(
        title=said.view_title(facts),
        publishable=kept,
        names=names,
        areas=areas.loc[codes],
        class_number=numbers,
        legend_title=said.legend_title(facts.measure),
        legend=_legend(classified, numbers, _Wanted(facts.measure, publishable, said), others),
        summary=_summary(kept, names, facts, said),
        caption=said.caption(facts, _hidden(kept), kept.rule.threshold),
        facts=facts,
    )


def _classify(
    publishable: Publishable, measure: Measure, beside: Publishable | None = None
) -> Classified:
    table = publishable.table
    hidden = table["status"] == CellStatus.HIDDEN
    declared = measure.declared
    if declared.compares:
        hidden |= table.get("status_previous", table["status"]) == CellStatus.HIDDEN
        change = table[declared.value.name]
        return classes.classify_change(change, table["verdict"], hidden=hidden)
    pooled = None if beside is None else _values(beside, measure)
    values = _values(publishable, measure)
    return classes.classify(values, declared.scheme, CLASS_NUMBER, pooled, hidden)


def _values(publishable: Publishable, measure: Measure) -> pd.Series:
    """What the areas are coloured by; missing where it is hidden."""
    table = publishable.table
    values = table[measure.declared.value.name]
    # A smoothed rate is never exactly 0; nothing reported must still look like nothing.
    return values.where(table["count"] != 0, 0.0).where(values.notna())


@dataclass(frozen=True)
class _Wanted:
    """What a legend is made for."""

    measure: Measure
    publishable: Publishable
    said: object


def _legend(
    classified: Classified,
    numbers: pd.Series,
    wanted: _Wanted,
    others: Iterable[int] = (),
) -> tuple[LegendEntry, ...]:
    lines = [
        LegendEntry(number, colour, "", label, int((numbers == number).sum()))
        for number, (colour, label) in enumerate(
            zip(_colours(classified, wanted), _labels(classified, wanted), strict=True)
        )
    ]
    needed = {*numbers, *others}
    for special, (colour, pattern) in SPECIAL_LOOKS.items():
        if special in needed:
            label = wanted.said.special_class(special, wanted.publishable.rule.threshold)
            if special == map_classes.MISSING:
                label = _missing_label(numbers, wanted) or label
            n = int((numbers == special).sum())
            lines.append(LegendEntry(special, colour, pattern, label, n))
    return tuple(lines)


def _missing_label(numbers: pd.Series, wanted: _Wanted) -> str:
    """What it means that an area has no figure, where some are not computed; else empty."""
    why = why_not_computed(wanted.publishable.table, wanted.measure)
    lacking = numbers.index[numbers == map_classes.MISSING]
    reasons = why[why.index.isin(lacking)]
    if reasons.empty:
        return ""
    return wanted.said.not_computed_class(set(reasons), len(reasons) < len(lacking))


SPECIAL_LOOKS = {
    map_classes.ZERO: (palette.ZERO, ""),
    map_classes.UNDECIDED: (palette.UNDECIDED, "cross"),
    map_classes.HIDDEN: (palette.HIDDEN, "hatch"),
    map_classes.MISSING: (palette.MISSING, "dots"),
}
"""Colour and pattern of what is not a class of values, by class number."""


def _colours(classified: Classified, wanted: _Wanted) -> tuple[str, ...]:
    internal, public = wanted.measure.declared.ramps
    is_public = wanted.publishable.audience is Audience.PUBLIC
    return classes.ramp(public if is_public else internal, len(classified.breaks))


def _labels(classified: Classified, wanted: _Wanted) -> tuple[str, ...]:
    if wanted.measure.declared.compares:
        return wanted.said.change_classes(classified.lower, classified.breaks)
    return wanted.said.value_classes(
        classified.lower, classified.breaks, wanted.measure.declared.value.decimals
    )


def _hidden(publishable: Publishable) -> int:
    return int((publishable.table["status"] == CellStatus.HIDDEN).sum())


def _summary(publishable: Publishable, names: pd.Series, facts: Facts, said: object) -> str:
    table = publishable.table
    facts = _of_shown(publishable, names, facts)
    if publishable.audience is Audience.PUBLIC or facts.measure.declared.compares:
        verdicts = table.get("verdict", pd.Series(dtype=object))
        rising = names[table.index[verdicts == Verdict.INCREASE]] if len(verdicts) else names[:0]
        falling = names[table.index[verdicts == Verdict.DECREASE]] if len(verdicts) else names[:0]
        return said.change_summary(facts, _in_order(rising), _in_order(falling))
    value = facts.measure.declared.value
    if table.loc[table["status"] == CellStatus.SHOWN, value.name].dropna().empty:
        return said.empty_summary(facts)
    highest = _highest(publishable, facts.measure)
    parts = [(names[code], formats.number(one, value.decimals)) for code, one in highest.items()]
    return said.value_summary(facts, parts)


def _of_shown(publishable: Publishable, names: pd.Series, facts: Facts) -> Facts:
    """What a line on some areas tells of: their own count, hidden where one of them is."""
    if publishable.part_of is None or publishable.audience is Audience.PUBLIC:
        return facts
    table = publishable.table
    known = (table["status"] == CellStatus.SHOWN).all()
    where = map_words.some_areas(_in_order(names), facts.municipality)
    return replace(facts, offences=int(table["count"].sum()) if known else None, municipality=where)


_MOST_NAMED = 3


def _highest(publishable: Publishable, measure: Measure) -> pd.Series:
    """The highest figures: none that another equals and is not named beside it, none that is not
    surely above the whole, of a rate."""
    value, exposure = measure.declared.value, measure.declared.exposure
    table = publishable.table[publishable.table["status"] == CellStatus.SHOWN]
    shown = table[value.name].dropna().astype("float64")
    sure = shown > 0
    if exposure is not None:
        whole = publishable.part_of or publishable
        known = whole.table[[value.name, exposure.name]].dropna().astype("float64")
        mean = np.average(known[value.name], weights=known[exposure.name])
        sure &= table.loc[shown.index, value.lower] > mean
    ranked = shown.round(value.decimals).sort_values(ascending=False, kind="stable")
    next_one = ranked.iloc[_MOST_NAMED] if len(ranked) > _MOST_NAMED else -np.inf
    return ranked[(ranked > next_one) & sure[ranked.index]]


def _in_order(names: pd.Series) -> list[str]:
    return sorted(names, key=formats.swedish_order)


def mark_of(shown: Shown) -> str:
    """The marks of a view."""
    return mark(shown.publishable.audience, shown.facts.is_example)
