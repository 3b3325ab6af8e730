"""Charts of when and of the funnel: readable in greyscale, with Swedish numbers and dates."""

import altair as alt
import numpy as np
import pandas as pd

from trygghetskarta import formats
from trygghetskarta.analysis.daylight import LIGHTS
from trygghetskarta.draw import palette
from trygghetskarta.draw.chart import theme
from trygghetskarta.draw.chart.theme import Specification
from trygghetskarta.words import time_words


def hour_by_weekday(
    table: pd.DataFrame,
    highest: float | None = None,
    measured: str = time_words.WHEN_COLUMNS["offences"],
) -> Specification:
    """Weekdays by hours as a heat map.

    Parameters
    ----------
    table
        As :func:`trygghetskarta.analysis.aoristic.aoristic` gives it: 7 × 24, in offences.
    highest
        Value of the darkest colour; the table's own highest unless told. Give two charts that
        stand side by side the higher of theirs.
    measured
        What is counted.
    """
    weekdays = [formats.weekday_name(row, short=True) for row in range(7)]
    rows = [
        {
            "weekday": weekdays[row],
            "hour": f"{hour:02}",
            "value": float(table.loc[row, hour]),
            "day_name": day_name,
            "span": time_words.hour_span(hour),
            "told": formats.number(float(table.loc[row, hour]), 1),
        }
        for row, day_name in enumerate(map(formats.weekday_name, range(7)))
        for hour in range(24)
    ]
    top = float(table.to_numpy().max()) if highest is None else highest
    chart = (
        alt.Chart(pd.DataFrame(rows))
        .mark_rect(stroke=palette.WHITE, strokeWidth=1)
        .encode(
            x=alt.X(
                "hour:O",
                sort=None,
                title=time_words.WHEN_COLUMNS["hour"],
                axis=theme.axis(values=[f"{hour:02}" for hour in range(0, 24, 3)]),
            ),
            y=alt.Y("weekday:O", sort=weekdays, title=None, axis=theme.axis(labelOverlap=False)),
            color=_shade("value", top, measured),
            tooltip=[
                alt.Tooltip("day_name:N", title=time_words.WHEN_COLUMNS["weekday"]),
                alt.Tooltip("span:N", title=time_words.WHEN_COLUMNS["hour"]),
                alt.Tooltip("told:N", title=measured),
            ],
        )
    )
    return theme.finished(chart, height=270)


def by_light(shares: pd.DataFrame) -> Specification:
    """Share of the offences beside share of the time, with the offences' interval.

    Parameters
    ----------
    shares
        As :func:`trygghetskarta.analysis.daylight.light_shares` gives it.
    """
    offences, time = time_words.WHEN_COLUMNS["share"], time_words.WHEN_COLUMNS["time_share"]
    rows = [
        {
            "light": time_words.LIGHTS[light],
            "kind": kind,
            "value": row[column],
            "end": row[end],
            "label": formats.share(row[column]),
            "lower": row["lower"],
            "upper": row["upper"],
            "told": formats.share(row["share"], 1),
            "interval": _share_interval(row["lower"], row["upper"]),
            "told_time": formats.share(row["time_share"], 1),
        }
        for light, row in ((light, shares.loc[light.value]) for light in LIGHTS)
        for kind, column, end in ((offences, "share", "upper"), (time, "time_share", "time_share"))
    ]
    base = alt.Chart(pd.DataFrame(rows)).encode(
        y=alt.Y("light:N", sort=None, title=None, axis=theme.axis(labelLimit=200)),
        yOffset=alt.YOffset("kind:N", sort=[offences, time]),
        tooltip=[
            alt.Tooltip("light:N", title=time_words.WHEN_COLUMNS["light"]),
            alt.Tooltip("told:N", title=offences),
            alt.Tooltip("interval:N", title=time_words.WHEN_COLUMNS["interval"]),
            alt.Tooltip("told_time:N", title=time),
        ],
    )
    bars = base.mark_bar().encode(
        x=alt.X(
            "value:Q",
            title=None,
            # Room for the figure after the longest bar.
            scale=alt.Scale(domain=[0, 1.15 * max(row["end"] for row in rows)], nice=False),
            axis=theme.number_axis(theme.PERCENT, tickCount=5),
        ),
        color=alt.Color(
            "kind:N",
            scale=alt.Scale(
                domain=[offences, time], range=[palette.CHART_MIDDLE, palette.CHART_PALE]
            ),
            legend=theme.legend(),
        ),
    )
    whiskers = (
        base.transform_filter(alt.datum.kind == offences)
        .mark_rule(color=palette.INK, strokeWidth=1.5)
        .encode(x="lower:Q", x2="upper:Q")
    )
    labels = base.mark_text(align="left", dx=5, color=palette.INK).encode(x="end:Q", text="label:N")
    return theme.layers(bars, whiskers, labels, height=250)


def by_month(season: pd.DataFrame) -> Specification:
    """Mean of each calendar month, with its interval as a whisker.

    Parameters
    ----------
    season
        As :func:`trygghetskarta.analysis.temporal.season` gives it; a month without a mean is left
        empty.
    """
    known = season[season["mean"].notna()]
    names = [formats.month_name(month)[:3] for month in range(1, 13)]
    table = pd.DataFrame(
        {
            "month": [names[month - 1] for month in known.index],
            "name": [formats.month_name(month) for month in known.index],
            "mean": known["mean"].to_numpy(),
            "lower": known["lower"].to_numpy(),
            "upper": known["upper"].to_numpy(),
            "told": [formats.number(value, 1) for value in known["mean"]],
            "interval": _intervals(known),
        }
    )
    base = alt.Chart(table).encode(
        x=alt.X("month:O", scale=alt.Scale(domain=names), title=None, axis=theme.axis()),
        tooltip=[
            alt.Tooltip("name:N", title=time_words.WHEN_COLUMNS["month"]),
            alt.Tooltip("told:N", title=time_words.WHEN_COLUMNS["mean"]),
            alt.Tooltip("interval:N", title=time_words.WHEN_COLUMNS["interval"]),
        ],
    )
    bars = base.mark_bar(color=palette.CHART_PALE).encode(
        y=alt.Y("mean:Q", title=time_words.WHEN_COLUMNS["mean"], axis=theme.number_axis())
    )
    whiskers = base.mark_rule(color=palette.INK, strokeWidth=1.5).encode(y="lower:Q", y2="upper:Q")
    middle = base.mark_point(color=palette.ACCENT, filled=True, size=40, opacity=1).encode(
        y="mean:Q"
    )
    return theme.layers(bars, whiskers, middle, height=260)


def month_trend(monthly_counts: pd.Series, level: pd.DataFrame | None = None) -> Specification:
    """Offences per month as points, the level without season as a line in its band.

    Parameters
    ----------
    monthly_counts
        Index the first day of the month; missing months are left out.
    level
        ``Trend.level`` of the same series; None draws no line.
    """
    known = monthly_counts.dropna()
    table = pd.DataFrame(
        {
            "time": _years(known.index),
            "name": [formats.month(day) for day in known.index],
            "count": known.to_numpy(dtype="float64"),
            "told": [formats.number(n) for n in known],
        }
    )
    base = alt.Chart(table).encode(
        x=_time_axis(known.index),
        y=alt.Y("count:Q", title=time_words.WHEN_COLUMNS["offences"], axis=theme.number_axis()),
    )
    thread = base.mark_line(color=palette.CHART_PALE, strokeWidth=1)
    points = base.mark_point(color=palette.CHART_GREY, filled=True, size=26, opacity=1).encode(
        tooltip=[
            alt.Tooltip("name:N", title=time_words.WHEN_COLUMNS["month"]),
            alt.Tooltip("told:N", title=time_words.WHEN_COLUMNS["offences"]),
        ]
    )
    if level is None:
        return theme.layers(thread, points, height=260)
    lines = alt.Chart(
        pd.DataFrame(
            {
                "time": _years(level.index),
                "level": level["level"].to_numpy(),
                "lower": level["lower"].to_numpy(),
                "upper": level["upper"].to_numpy(),
            }
        )
    ).encode(x="time:Q")
    band = lines.mark_area(color=palette.ACCENT, opacity=0.18).encode(y="lower:Q", y2="upper:Q")
    line = lines.mark_line(color=palette.ACCENT, strokeWidth=2.5).encode(y="level:Q")
    return theme.layers(band, thread, points, line, height=260)


def calendar_year(daily: pd.Series, highest: float | None = None) -> Specification:
    """The days of one year: a column for each week from Monday to Sunday.

    Parameters
    ----------
    daily
        As :func:`trygghetskarta.analysis.temporal.daily_counts` gives it; a missing value leaves
        its day blank.
    highest
        As in :func:`hour_by_weekday`.
    """
    weekdays = [formats.weekday_name(row, short=True) for row in range(7)]
    before = int(daily.index[0].weekday())
    column = (np.arange(len(daily)) + before) // 7
    table = pd.DataFrame(
        {
            "column": column,
            "weekday": [weekdays[day] for day in daily.index.day_of_week],
            "value": daily.to_numpy(dtype="float64"),
            "day": [formats.day(day) for day in daily.index],
            "week": [time_words.iso_week(day.isocalendar().week) for day in daily.index],
            "told": [formats.number(n) for n in daily],
        }
    )
    top = float(daily.max()) if highest is None else highest
    chart = (
        alt.Chart(table[table["value"].notna()])
        .mark_rect(stroke=palette.WHITE, strokeWidth=1.5)
        .encode(
            x=alt.X(
                "column:O",
                scale=alt.Scale(domain=list(range(int(column[-1]) + 1))),
                title=None,
                axis=_month_axis(daily.index, column),
            ),
            y=alt.Y(
                "weekday:O",
                scale=alt.Scale(domain=weekdays),
                title=None,
                axis=theme.axis(labelOverlap=False),
            ),
            color=_shade("value", top),
            tooltip=[
                alt.Tooltip("weekday:N", title=time_words.WHEN_COLUMNS["weekday"]),
                alt.Tooltip("day:N", title=time_words.WHEN_COLUMNS["day"]),
                alt.Tooltip("week:N", title=time_words.WHEN_COLUMNS["week"]),
                alt.Tooltip("told:N", title=time_words.WHEN_COLUMNS["offences"]),
            ],
        )
    )
    return theme.finished(chart, height=190)


def _shade(
    field: str, highest: float, measured: str = time_words.WHEN_COLUMNS["offences"]
) -> alt.Color:
    # A chart of nothing but zeros is all light.
    top = highest if highest > 0 else 1.0
    return alt.Color(
        f"{field}:Q",
        scale=alt.Scale(domain=[0, top], range=palette.HOURS, clamp=True),
        legend=alt.Legend(
            title=measured,
            labelExpr=theme.NUMBER,
            tickCount=4,
            orient="right",
            labelColor=palette.INK,
            titleColor=palette.INK,
        ),
    )


def _month_axis(days: pd.DatetimeIndex, column: np.ndarray) -> alt.Axis:
    """Names of the months under the week that holds their first day."""
    names = [""] * (int(column[-1]) + 1)
    for place, day in zip(column, days, strict=True):
        if day.day == 1:
            names[place] = formats.month_name(day.month)[:3]
    written = ", ".join(f"'{name}'" for name in names)
    return theme.axis(
        values=[place for place, name in enumerate(names) if name],
        labelExpr=f"[{written}][datum.value]",
        labelOverlap=False,
        labelAlign="left",
    )


def _time_axis(months: pd.DatetimeIndex) -> alt.X:
    years = _years(months)
    return alt.X(
        "time:Q",
        title=None,
        scale=alt.Scale(zero=False, nice=False),
        axis=alt.Axis(
            values=list(range(int(years.min()), int(years.max()) + 1)),
            format="d",
            grid=False,
            labelColor=palette.INK,
        ),
    )


def _years(months: pd.Index) -> np.ndarray:
    """Time in years, so that the axis can be written with whole years and no English month."""
    when = pd.DatetimeIndex(months)
    return when.year.to_numpy() + (when.month.to_numpy() - 1) / 12


def _share_interval(lower: float, upper: float) -> str:
    return formats.interval(100 * lower, 100 * upper) + "\u00a0%"


def _intervals(table: pd.DataFrame) -> list[str]:
    return [
        formats.interval(low, high, 1)
        for low, high in zip(table["lower"], table["upper"], strict=True)
    ]
