"""Charts that stand in greyscale too, with Swedish numbers and months, drawn by Altair."""

import altair as alt
import pandas as pd

from trygghetskarta import formats
from trygghetskarta.draw import palette
from trygghetskarta.draw.chart import theme
from trygghetskarta.draw.chart.theme import Specification
from trygghetskarta.words import hotspot_words, map_words


def monthly_series(series: pd.DataFrame) -> Specification:
    """Offences per month, the period as bars and the period compared with as a dashed line.

    Parameters
    ----------
    series
        Columns ``count`` and ``previous``, index first day of the month.
    """
    table = pd.DataFrame(
        {
            "order": range(len(series)),
            "month": [formats.short_month(day) for day in series.index],
            "name": [formats.month(day) for day in series.index],
            "count": series["count"].to_numpy(),
            "previous": series["previous"].to_numpy(),
        }
    )
    base = alt.Chart(table).encode(
        x=alt.X(
            "month:N",
            sort=None,
            title=None,
            axis=alt.Axis(labelAngle=0, labelOverlap="greedy", ticks=False),
        )
    )
    tooltip = [
        alt.Tooltip("name:N", title=map_words.MONTH),
        alt.Tooltip("count:Q", title=map_words.SERIES_CURRENT),
        alt.Tooltip("previous:Q", title=map_words.SERIES_PREVIOUS),
    ]
    bars = base.mark_bar(color=palette.ACCENT, cornerRadiusEnd=2).encode(
        y=alt.Y(
            "count:Q",
            title=None,
            axis=alt.Axis(tickMinStep=1, format="d", gridColor=palette.CHART_GRID),
        ),
        tooltip=tooltip,
    )
    line = base.mark_line(
        color=palette.CONTRAST,
        strokeDash=[5, 4],
        strokeWidth=2,
        point={"size": 28, "color": palette.CONTRAST},
    ).encode(y="previous:Q", tooltip=tooltip)
    return theme.layers(bars, line, height=190)


def hours_of_day(hours: pd.Series) -> Specification:
    """Offences per hour of the day as bars.

    Parameters
    ----------
    hours
        Offences per hour, index 0 to 23; not whole numbers where an interval is shared out.
    """
    table = pd.DataFrame(
        {
            "hour": [f"{hour:02}" for hour in hours.index],
            "count": hours.to_numpy(),
            "told": [formats.number(value, 1) for value in hours],
        }
    )
    chart = (
        alt.Chart(table)
        .mark_bar(color=palette.ACCENT, cornerRadiusEnd=2)
        .encode(
            x=alt.X(
                "hour:N",
                sort=None,
                title=None,
                axis=alt.Axis(labelAngle=0, ticks=False, values=["00", "06", "12", "18", "23"]),
            ),
            y=alt.Y("count:Q", title=None, axis=alt.Axis(gridColor=palette.CHART_GRID, format="d")),
            tooltip=[
                alt.Tooltip("hour:N", title=hotspot_words.HOUR),
                alt.Tooltip("told:N", title=map_words.SERIES_CURRENT),
            ],
        )
    )
    return theme.finished(chart, height=130)


def offence_types(types: pd.Series, most: int = 8) -> Specification:
    """The most common offence types as bars with their numbers written out."""
    top = types.head(most)
    table = pd.DataFrame(
        {
            "type": top.index,
            "count": top.to_numpy(),
            "label": [formats.number(value) for value in top],
        }
    )
    base = alt.Chart(table).encode(
        y=alt.Y("type:N", sort=None, title=None, axis=alt.Axis(labelLimit=180, ticks=False)),
        x=alt.X("count:Q", title=None, axis=None),
    )
    bars = base.mark_bar(color=palette.CHART_BEFORE, cornerRadiusEnd=2)
    labels = base.mark_text(align="left", dx=4, color=palette.INK).encode(text="label:N")
    return theme.layers(bars, labels, height=24 * len(table) + 8)
