"""The table behind each chart of when and of the funnel, with Swedish headings and numbers."""

from collections.abc import Callable
from operator import itemgetter
from typing import Any

import pandas as pd

from trygghetskarta import formats
from trygghetskarta.analysis.daylight import LIGHTS
from trygghetskarta.draw.table.listing import (
    ListColumn,
    Listing,
    headed,
    interval,
    listing,
    number,
    share,
    text,
)
from trygghetskarta.words import map_words, time_words
from trygghetskarta.words.measure_words import COLUMN_WORDS


def _ends(times: float = 1) -> Callable[[Any], tuple[float, float]]:
    return lambda row: (times * row.lower, times * row.upper)


_HOUR = text("hour", lambda row: time_words.hour_span(row["hour"]))
_WEEK = number("whole_week", itemgetter("whole_week"), 1)
_LIGHT = headed(
    time_words.WHEN_COLUMNS,
    text("light", lambda row: time_words.LIGHTS[row.Index]),
    number("offences", lambda row: row.count, 1),
    share("share", decimals=1),
    interval("interval", _ends(100), 1, unit="\u00a0%"),
    share("time_share", decimals=1),
)
_SEASON = headed(
    time_words.WHEN_COLUMNS,
    text("month", lambda row: formats.month_name(row.Index)),
    number("mean", decimals=1),
    interval("interval", _ends(), 1),
    number("years"),
)
_MONTHS = headed(
    time_words.WHEN_COLUMNS,
    text("month", lambda row: formats.month(row.Index)),
    number("offences"),
)
_LEVEL = headed(
    time_words.WHEN_COLUMNS, number("level", decimals=1), interval("interval", _ends(), 1)
)
_DAYS = headed(
    time_words.WHEN_COLUMNS,
    text("day", lambda row: formats.day(row.Index)),
    text("weekday", lambda row: formats.weekday_name(row.Index.weekday())),
    text("week", lambda row: time_words.iso_week(row.Index.isocalendar().week)),
    number("offences"),
)
_FUNNEL = headed(
    {
        **time_words.WHEN_COLUMNS,
        "area": map_words.AREA,
        "population": COLUMN_WORDS["population"].page,
    },
    text("area", lambda row: str(row.name)),
    number("offences", lambda row: row.count),
    number("population"),
    number("rate", decimals=1),
    text("funnel", lambda row: time_words.FUNNEL_CLASSES.get(row.funnel, "")),
)


def hours_table(table: pd.DataFrame) -> Listing:
    """The hours of the week: a row for each hour, a column for each weekday.

    Parameters
    ----------
    table
        As :func:`trygghetskarta.analysis.aoristic.aoristic` gives it.
    """
    days = [
        number(str(day), itemgetter(day), 1, heading=formats.weekday_name(day))
        for day in table.index
    ]
    columns: list[ListColumn] = [
        *headed(time_words.WHEN_COLUMNS, _HOUR),
        *days,
        *headed(time_words.WHEN_COLUMNS, _WEEK),
    ]
    rows = [
        {"hour": hour, **of_hour, "whole_week": sum(of_hour.values())}
        for hour, of_hour in table.to_dict().items()
    ]
    return listing(columns, rows)


def light_table(shares: pd.DataFrame) -> Listing:
    """Offences and time by light.

    Parameters
    ----------
    shares
        As :func:`trygghetskarta.analysis.daylight.light_shares` gives it.
    """
    rows = shares.loc[[light.value for light in LIGHTS]]
    return listing(_LIGHT, rows.itertuples())


def season_table(season: pd.DataFrame) -> Listing:
    """Mean of each calendar month.

    Parameters
    ----------
    season
        As :func:`trygghetskarta.analysis.temporal.season` gives it.
    """
    return listing(_SEASON, season.itertuples())


def trend_table(monthly_counts: pd.Series, level: pd.DataFrame | None = None) -> Listing:
    """The months, and the level without season where there is one.

    Parameters
    ----------
    monthly_counts, level
        As in :func:`trygghetskarta.draw.chart.time_charts.month_trend`.
    """
    table = pd.DataFrame({"offences": monthly_counts})
    if level is None:
        return listing(_MONTHS, table.itertuples())
    known = table.join(level[["level", "lower", "upper"]])
    return listing((*_MONTHS, *_LEVEL), known.itertuples())


def calendar_table(daily: pd.Series) -> Listing:
    """The days of a year.

    Parameters
    ----------
    daily
        As :func:`trygghetskarta.analysis.temporal.daily_counts` gives it.
    """
    return listing(_DAYS, pd.DataFrame({"offences": daily}).itertuples())


def funnel_table(table: pd.DataFrame) -> Listing:
    """The areas of a funnel plot in the order of their names: it is no ranking.

    Parameters
    ----------
    table
        As in :func:`trygghetskarta.draw.chart.funnel_chart.funnel`.
    """
    rows = table.sort_values(
        "name", key=lambda names: names.map(formats.swedish_order), kind="stable"
    )
    return listing(_FUNNEL, rows.itertuples())
