"""When it happens: the incidents of a choice by hour, light, season, year and day."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from enum import StrEnum

import numpy as np
import pandas as pd

from trygghetskarta.analysis import aoristic, daylight, temporal
from trygghetskarta.analysis.facts import Facts
from trygghetskarta.analysis.temporal import Trend
from trygghetskarta.errors import AnalysisCause, AnalysisError
from trygghetskarta.gate import loaded_world
from trygghetskarta.gate import view as views
from trygghetskarta.gate.choice import Choice, PeriodKind
from trygghetskarta.gate.links import link_of
from trygghetskarta.gate.loaded_world import World
from trygghetskarta.gate.periods import Span
from trygghetskarta.gate.view import View
from trygghetskarta.terms.areas import AreaLevel
from trygghetskarta.terms.maps import Comparison, MapPage
from trygghetskarta.terms.times import Beside, IntervalQuality

FEWEST_TIMED = 30
"""Fewer offences with a known time than this give no table of hours."""


class TimePart(StrEnum):
    """The parts of the page, each of which can lack the data it needs."""

    HOURS = "hours"
    LIGHT = "light"
    SEASON = "season"
    TREND = "trend"
    CALENDAR = "calendar"


@dataclass(frozen=True, eq=False)
class Times:
    """One answer to when.

    Attributes
    ----------
    answer
        The choice as it was followed, its periods and rule.
    refused
        Whether the theme may not be shown by time for this choice; the rest is then empty.
    facts
        What the caption tells; None when refused.
    quality
        How well the times are known.
    hours
        Weekdays by hours (aoristic).
    light
        Shares of offences and of time by light.
    season
        Mean of each calendar month, of all data up to the end of the period.
    monthly
        Offences per month of the same data; whole months only, missing where too few to be told
        and in months that were never delivered. Season and trend are those of the months after
        the last such one.
    trend
        Its direction.
    daily
        Offences on each day of the year in which the period ends; missing on days without data.
        None where small counts are hidden: most days have one.
    problems
        Why a part is not there.
    """

    answer: View
    refused: bool = False
    facts: Facts | None = None
    quality: IntervalQuality | None = None
    hours: pd.DataFrame | None = None
    light: pd.DataFrame | None = None
    season: pd.DataFrame | None = None
    monthly: pd.Series | None = None
    trend: Trend | None = None
    daily: pd.Series | None = None
    problems: dict[TimePart, AnalysisError] = field(default_factory=dict)


def find(world: World, asked: Choice) -> Times:
    """Answer when the offences of a choice happen.

    Raises
    ------
    AnalysisError
        If there is nothing to count.
    """
    answer = views.frame(world, replace(asked, level=AreaLevel.DISTRICT))
    if not _may_be_shown(answer):
        return Times(answer, refused=True)
    chosen = views.select(world, answer)
    here = _in_districts(world, answer)
    told = views.facts(
        world, answer, _narrowed(world, chosen, here), np.zeros(len(here), dtype=bool)
    )
    found = Times(answer, facts=replace(told, link=link_of(asked), page=MapPage.WHEN))
    return _with_series(world, _with_hours(world, found, chosen.counted & here), chosen, here)


def beside(world: World, asked: Choice) -> Choice | None:
    """The choice that stands beside another: another district, or the period compared with."""
    answer = views.frame(world, replace(asked, level=AreaLevel.DISTRICT))
    match asked.beside:
        case Beside.DISTRICT:
            codes = world.areas[AreaLevel.DISTRICT].index
            return replace(asked, districts=(asked.other,)) if asked.other in codes else None
        case Beside.PERIOD:
            return replace(
                asked,
                period=PeriodKind.OWN,
                start=answer.compared.start,
                end=answer.compared.end,
                comparison=Comparison.LAST_YEAR,
            )
        case _:
            return None


def _may_be_shown(answer: View) -> bool:
    rule, theme = answer.rule, answer.theme
    if rule.finest is None or (theme is not None and not theme.counts_offences):
        return False
    return rule.by_time or not answer.chosen


def _in_districts(world: World, answer: View) -> np.ndarray:
    cube = world.cube
    if not answer.chosen:
        return cube.inside
    rows = cube.area_row[AreaLevel.DISTRICT]
    wanted = [code in answer.chosen for code in cube.area_codes[AreaLevel.DISTRICT]]
    return cube.inside & np.array([*wanted, False])[rows]


def _narrowed(world: World, chosen: views.Selection, here: np.ndarray) -> views.Selection:
    """The selection within the districts; what lies outside the municipality is still told."""
    told = here | ~world.cube.inside
    return views.Selection(chosen.offences & told, chosen.counted & told, chosen.partly & told)


def _with_hours(world: World, found: Times, counted: np.ndarray) -> Times:
    cube, town = world.cube, world.municipality
    began, ended = (
        pd.Series(moments[counted]).dt.tz_localize("UTC") for moments in (cube.began, cube.ended)
    )
    weight = pd.Series(cube.count[counted])
    quality = aoristic.interval_quality(began, ended, weights=weight)
    if quality.used < FEWEST_TIMED:
        few = AnalysisError(AnalysisCause.TOO_FEW, found=quality.used, needed=FEWEST_TIMED)
        return replace(found, quality=quality, problems={TimePart.HOURS: few, TimePart.LIGHT: few})
    span = found.answer.span
    by_light = daylight.aoristic_light(began, ended, town.latitude, town.longitude, weight)
    time = daylight.light_hours(span.start, span.end, town.latitude, town.longitude)
    return replace(
        found,
        quality=quality,
        hours=aoristic.aoristic(began, ended, weight),
        light=daylight.light_shares(by_light, time),
    )


def _with_series(world: World, found: Times, chosen: views.Selection, here: np.ndarray) -> Times:
    basis = found.answer.choice.basis
    offences = chosen.offences & here
    start, end = _whole_months(world, found.answer)
    threshold = found.answer.rule.threshold
    problems = dict(found.problems)

    def tried(part: TimePart, measure: Callable[[pd.Series], object]) -> object | None:
        try:
            return measure(unbroken)
        except AnalysisError as error:
            missing = world.silent(basis, start, end) if len(silent) else ()
            problems[part] = (
                AnalysisError(AnalysisCause.SILENT_MONTHS, months=missing) if missing else error
            )
            return None

    monthly = (
        loaded_world.monthly_counts(world, offences, Span(start, end), basis)
        if start < end
        else pd.Series(dtype=np.int64, index=pd.DatetimeIndex([]))
    )
    silent = np.flatnonzero(monthly.isna())
    unbroken = monthly.iloc[silent[-1] + 1 :] if len(silent) else monthly
    return replace(
        found,
        monthly=monthly.where((monthly == 0) | (monthly >= threshold)),
        season=tried(TimePart.SEASON, temporal.season),
        trend=tried(TimePart.TREND, temporal.trend),
        daily=_daily(world, found.answer, offences) if threshold <= 1 else None,
        problems=problems,
    )


def _whole_months(world: World, answer: View) -> tuple[date, date]:
    """First and last day of the whole months of data up to the end of the period."""
    oldest, newest = world.days(answer.choice.basis)
    end = min(answer.span.end, newest)
    after = end + timedelta(days=1)
    last = after.replace(day=1) - timedelta(days=1)
    first = (
        oldest if oldest.day == 1 else (oldest.replace(day=1) + timedelta(days=32)).replace(day=1)
    )
    return first, last


def _daily(world: World, answer: View, offences: np.ndarray) -> pd.Series:
    basis, cube = answer.choice.basis, world.cube
    exact = offences & (cube.first_day[basis] == cube.last_day[basis])
    year = answer.span.end.year
    daily = temporal.daily_counts(cube.first_day[basis][exact], year, cube.count[exact])
    oldest, newest = (pd.Timestamp(day) for day in world.days(basis))
    known = (daily.index >= oldest) & (daily.index <= newest)
    return daily.where(known & ~loaded_world.silent_at(world, basis, daily.index))
