"""The table behind each chart of when and of the funnel, with Swedish headings and numbers."""

import pandas as pd

from trygghetskarta import formats
from trygghetskarta.analysis.daylight import LIGHTS
from trygghetskarta.words import map_words, time_words
from trygghetskarta.words.measure_words import COLUMN_WORDS


def hours_table(table: pd.DataFrame) -> pd.DataFrame:
    """The hours of the week: a row for each hour, a column for each weekday.

    Parameters
    ----------
    table
        As :func:`trygghetskarta.analysis.aoristic.aoristic` gives it.
    """
    columns = {
        time_words.WHEN_COLUMNS["hour"]: [time_words.hour_span(hour) for hour in table.columns]
    }
    for row in table.index:
        columns[formats.weekday_name(row)] = _numbers(table.loc[row], 1)
    columns[time_words.WHEN_COLUMNS["whole_week"]] = _numbers(table.sum(), 1)
    return pd.DataFrame(columns)


def light_table(shares: pd.DataFrame) -> pd.DataFrame:
    """Offences and time by light.

    Parameters
    ----------
    shares
        As :func:`trygghetskarta.analysis.daylight.light_shares` gives it.
    """
    rows = shares.loc[[light.value for light in LIGHTS]]
    return pd.DataFrame(
        {
            time_words.WHEN_COLUMNS["light"]: [time_words.LIGHTS[light] for light in LIGHTS],
            time_words.WHEN_COLUMNS["offences"]: _numbers(rows["count"], 1),
            time_words.WHEN_COLUMNS["share"]: [formats.share(value, 1) for value in rows["share"]],
            time_words.WHEN_COLUMNS["interval"]: [
                formats.interval(100 * low, 100 * high, 1) + "\u00a0%"
                for low, high in zip(rows["lower"], rows["upper"], strict=True)
            ],
            time_words.WHEN_COLUMNS["time_share"]: [
                formats.share(value, 1) for value in rows["time_share"]
            ],
        }
    )


def season_table(season: pd.DataFrame) -> pd.DataFrame:
    """Mean of each calendar month.

    Parameters
    ----------
    season
        As :func:`trygghetskarta.analysis.temporal.season` gives it.
    """
    return pd.DataFrame(
        {
            time_words.WHEN_COLUMNS["month"]: [formats.month_name(month) for month in season.index],
            time_words.WHEN_COLUMNS["mean"]: _numbers(season["mean"], 1),
            time_words.WHEN_COLUMNS["interval"]: _intervals(season),
            time_words.WHEN_COLUMNS["years"]: _numbers(season["years"]),
        }
    )


def trend_table(monthly_counts: pd.Series, level: pd.DataFrame | None = None) -> pd.DataFrame:
    """The months, and the level without season where there is one.

    Parameters
    ----------
    monthly_counts, level
        As in :func:`trygghetskarta.draw.chart.time_charts.month_trend`.
    """
    table = pd.DataFrame(
        {
            time_words.WHEN_COLUMNS["month"]: [formats.month(day) for day in monthly_counts.index],
            time_words.WHEN_COLUMNS["offences"]: _numbers(monthly_counts),
        }
    )
    if level is None:
        return table
    known = level.reindex(monthly_counts.index)
    return table.assign(
        **{
            time_words.WHEN_COLUMNS["level"]: _numbers(known["level"], 1),
            time_words.WHEN_COLUMNS["interval"]: _intervals(known),
        }
    )


def calendar_table(daily: pd.Series) -> pd.DataFrame:
    """The days of a year.

    Parameters
    ----------
    daily
        As :func:`trygghetskarta.analysis.temporal.daily_counts` gives it.
    """
    return pd.DataFrame(
        {
            time_words.WHEN_COLUMNS["day"]: [formats.day(day) for day in daily.index],
            time_words.WHEN_COLUMNS["weekday"]: [
                formats.weekday_name(day.weekday()) for day in daily.index
            ],
            time_words.WHEN_COLUMNS["week"]: [
                time_words.iso_week(day.isocalendar().week) for day in daily.index
            ],
            time_words.WHEN_COLUMNS["offences"]: _numbers(daily),
        }
    )


def funnel_table(table: pd.DataFrame) -> pd.DataFrame:
    """The areas of a funnel plot in the order of their names: it is no ranking.

    Parameters
    ----------
    table
        As in :func:`trygghetskarta.draw.chart.funnel_chart.funnel`.
    """
    rows = table.sort_values(
        "name", key=lambda names: names.map(formats.swedish_order), kind="stable"
    )
    return pd.DataFrame(
        {
            map_words.AREA: rows["name"].astype(str).to_numpy(),
            time_words.WHEN_COLUMNS["offences"]: _numbers(rows["count"]),
            COLUMN_WORDS["population"].page: _numbers(rows["population"]),
            time_words.WHEN_COLUMNS["rate"]: _numbers(rows["rate"], 1),
            time_words.WHEN_COLUMNS["funnel"]: [
                time_words.FUNNEL_CLASSES[word] if isinstance(word, str) else formats.NO_VALUE
                for word in rows["funnel"]
            ],
        }
    )


def _numbers(values: pd.Series, decimals: int = 0) -> list[str]:
    return [formats.number(value, decimals) for value in values]


def _intervals(table: pd.DataFrame) -> list[str]:
    return [
        formats.interval(low, high, 1)
        for low, high in zip(table["lower"], table["upper"], strict=True)
    ]
