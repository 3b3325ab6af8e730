"""Risk and perceived safety as they are shown: classes in two hues, words, and what follows."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

import geopandas as gpd
import pandas as pd

from trygghetskarta import formats
from trygghetskarta.analysis.disclosure import Publishable
from trygghetskarta.analysis.facts import Facts
from trygghetskarta.analysis.quadrants import breaks_round
from trygghetskarta.analysis.survey import FLAGGED_BELOW
from trygghetskarta.draw import palette
from trygghetskarta.draw.map import painting
from trygghetskarta.draw.shown import LegendEntry, Shown
from trygghetskarta.subjects.perception.ask.perception_facts import Limit, PerceptionFacts
from trygghetskarta.terms import map_classes
from trygghetskarta.terms.audience import Audience, CellStatus
from trygghetskarta.terms.perception import Quadrant
from trygghetskarta.words import map_words, perception_words, texts

_SPECIAL = {
    map_classes.UNDECIDED: (palette.UNDECIDED, "cross"),
    map_classes.HIDDEN: (palette.HIDDEN, "hatch"),
    map_classes.MISSING: (palette.MISSING, "dots"),
}


@dataclass(frozen=True)
class LimitTold:
    """A limit as it is printed.

    Attributes
    ----------
    value
        Per 1 000 inhabitants and year, or a share from 0 to 1.
    sentence
        It, and where it comes from.
    breaks, unit
        The two limits of the three classes round it, as they are written, and their unit.
    """

    value: float
    sentence: str
    breaks: tuple[str, str]
    unit: str


@dataclass(frozen=True, eq=False)
class PerceptionShown:
    """One view of both measures.

    Attributes
    ----------
    shown
        What map and files are made from.
    told
        What the survey's side rests on.
    risk_limit, unsafe_limit
        As they are printed.
    groups
        Names of the districts in each quadrant, in Swedish order.
    """

    shown: Shown
    told: PerceptionFacts
    risk_limit: LimitTold
    unsafe_limit: LimitTold
    groups: Mapping[Quadrant, tuple[str, ...]]


def _risk(limit: Limit, band: float) -> LimitTold:
    written = f"{formats.number(limit.value, 1)} {perception_words.RISK_UNIT}"
    low, high = (formats.number(end) for end in breaks_round(limit.value, band))
    return LimitTold(limit.value, _sentence(written, limit), (low, high), "")


def _share(limit: Limit, band: float) -> LimitTold:
    low, high = (formats.number(100 * end) for end in breaks_round(limit.value, band))
    sentence = _sentence(formats.share(limit.value, 1), limit)
    return LimitTold(limit.value, sentence, (low, high), "\u00a0%")


def _sentence(written: str, limit: Limit) -> str:
    return perception_words.limit_sentence(
        written, limit.first_year, limit.last_year, limit.source, limit.is_substitute
    )


def compose_perception(
    publishable: Publishable,
    areas: gpd.GeoDataFrame,
    facts: Facts,
    class_number: pd.Series,
    told: PerceptionFacts,
) -> PerceptionShown:
    """Write what belongs beside gated districts.

    Parameters
    ----------
    publishable
        The districts the filter keeps, after the gate: risk, survey and ``quadrant``.
    areas
        Their borders with ``name``, EPSG:3006, index area_code.
    facts
        What the offences rest on.
    class_number
        Class of each district (:func:`trygghetskarta.analysis.quadrants.map_class`).
    told
        What the survey's side rests on.
    """
    limits = _risk(told.risk_limit, told.band), _share(told.unsafe_limit, told.band)
    table = publishable.table
    names = areas["name"].loc[table.index]
    groups = {quadrant: _in_order(names[table["quadrant"] == quadrant]) for quadrant in Quadrant}
    numbers = class_number.loc[table.index]
    shown = Shown(
        title=perception_words.perception_title(facts, told.question, told.round.year),
        publishable=publishable,
        names=names,
        areas=areas.loc[table.index],
        class_number=numbers,
        legend_title=perception_words.BIVARIATE_LEGEND,
        legend=_legend(numbers),
        summary=perception_words.perception_summary(
            groups, len(table), publishable.audience is Audience.INTERNAL
        ),
        caption=_caption(publishable, names, facts, told, limits),
        facts=replace(facts, is_example=facts.is_example or told.is_example),
    )
    return PerceptionShown(shown, told, *limits, groups)


def map_state(view: PerceptionShown, codes: pd.Index, selected: str) -> dict:
    """What changes on the map; its nine colours are told by the square legend beside it."""
    told = painting.state(view.shown, codes, selected, _lines(view, codes))
    looks = [{**look, "quiet": look["class"] >= 0} for look in told["looks"]]
    return {**told, "looks": looks}


def _lines(view: PerceptionShown, codes: pd.Index) -> list[dict]:
    """The tooltip's lines: both measures with their limits, each with its count."""
    table = view.shown.publishable.table.reindex(codes)
    words = perception_words.PERCEPTION_COLUMNS
    share = painting.tooltip_line(
        words["share"],
        0,
        100 * table["share"],
        100 * table["share_lower"],
        100 * table["share_upper"],
    )
    quadrants = {quadrant.value: perception_words.QUADRANT_NAMES[quadrant] for quadrant in Quadrant}
    return [
        painting.word_line(words["quadrant"], table["quadrant"], quadrants),
        painting.tooltip_line(words["rate"], 1, table["rate"], table["lower"], table["upper"]),
        painting.tooltip_line(words["count"], 0, table["count"]),
        {**share, "suffix": "\u00a0%"},
        painting.tooltip_line(words["answers"], 0, table["answers"]),
    ]


def _legend(numbers: pd.Series) -> tuple[LegendEntry, ...]:
    lines = [
        LegendEntry(
            3 * row + column,
            palette.RISK_AND_FEELING[row][column],
            "",
            perception_words.bivariate_class_label(column, row),
            int((numbers == 3 * row + column).sum()),
        )
        for row in (2, 1, 0)
        for column in (2, 1, 0)
    ]
    for special, (colour, pattern) in _SPECIAL.items():
        n = int((numbers == special).sum())
        if n:
            label = perception_words.BIVARIATE_SPECIAL[special]
            lines.append(LegendEntry(special, colour, pattern, label, n))
    return tuple(lines)


def _caption(
    publishable: Publishable,
    names: pd.Series,
    facts: Facts,
    told: PerceptionFacts,
    limits: tuple[LimitTold, LimitTold],
) -> tuple[str, ...]:
    table = publishable.table
    few = _in_order(names[table["answers"] < FLAGGED_BELOW])
    about = perception_words.perception_caption(
        told.question,
        told.round.survey,
        told.round.year,
        told.round.sampling_method,
        texts.told(told.answers),
        told.round.source,
        (limits[0].sentence, limits[1].sentence),
        few,
    )
    hidden = int((table["status"] == CellStatus.HIDDEN).sum())
    if told.is_example:
        about = (perception_words.example_survey(), *about)
    return (*about, *map_words.caption(facts, hidden, publishable.rule.threshold))


def _in_order(names: pd.Series) -> tuple[str, ...]:
    return tuple(sorted(map(str, names), key=formats.swedish_order))
