"""Charts of actions: when they go on, and what happened before and after one of them."""

from datetime import date
from typing import Any

import altair as alt
import pandas as pd

from trygghetskarta import formats
from trygghetskarta.draw import palette
from trygghetskarta.draw.chart import theme
from trygghetskarta.draw.chart.theme import Specification
from trygghetskarta.words import action_words, effect_words

_LOOKS = {
    "planerad": palette.PLANNED,
    "pagar": palette.ACCENT,
    "avslutad": palette.CHART_GREY,
    "avbruten": palette.CHART_PALE,
}
_MOST_LETTERS = 38


def timeline(actions: pd.DataFrame, today: date) -> Specification:
    """One bar an action from start to end.

    Parameters
    ----------
    actions
        Contract ``ACTIONS``; those without a start date are left out, and one without an end is
        drawn to the end of this year, or of its first where that is later.
    today
        Drawn as a line.
    """
    known = actions[actions["start_date"].notna()]
    years = known["start_date"].dt.year.clip(lower=today.year)
    open_end = pd.to_datetime(years.astype(str) + "-12-31")
    end = known["end_date"].fillna(open_end)
    names = [_short(title) for title in known["title"]]
    table = pd.DataFrame(
        {
            "name": _apart(names),
            "whole": known["title"].to_numpy(),
            "start": [_year(day) for day in known["start_date"]],
            "end": [_year(day) for day in end],
            "status": [action_words.ACTION_STATUSES[status] for status in known["status"]],
            "told": [
                action_words.open_end(
                    formats.day(first), "" if pd.isna(last) else formats.day(last)
                )
                for first, last in zip(known["start_date"], known["end_date"], strict=True)
            ],
        }
    )
    statuses = [action_words.ACTION_STATUSES[status] for status in _LOOKS]
    bars = (
        alt.Chart(table)
        .mark_bar(height=14)
        .encode(
            x=alt.X("start:Q", title=None, axis=_axis(format="d", tickMinStep=1), scale=_free()),
            x2="end:Q",
            y=alt.Y(
                "name:N",
                sort=None,
                title=None,
                axis=_axis(labelLimit=270, labelOverlap=False, grid=False),
            ),
            color=alt.Color(
                "status:N",
                scale=alt.Scale(domain=statuses, range=list(_LOOKS.values())),
                legend=theme.legend(),
            ),
            tooltip=[
                alt.Tooltip("whole:N", title=action_words.ACTION_CHOOSE),
                alt.Tooltip("told:N", title=action_words.ACTION_FIELDS["dates"]),
                alt.Tooltip("status:N", title=action_words.ACTION_STATUS),
            ],
        )
    )
    now = pd.DataFrame({"at": [_year(pd.Timestamp(today))], "word": [action_words.TODAY]})
    line = alt.Chart(now).mark_rule(color=palette.CONTRAST, strokeWidth=2).encode(x="at:Q")
    word = (
        alt.Chart(now)
        .mark_text(color=palette.CONTRAST, dy=-8, align="center", baseline="bottom")
        .encode(x="at:Q", y=alt.value(0), text="word:N")
    )
    return theme.layers(bars, line, word, height=28 * len(table) + 10)


def before_and_after(series: pd.DataFrame, start: date | None) -> Specification:
    """Offences by quarter of a place and of what it is compared with, round the start.

    Parameters
    ----------
    series
        ``start, treated, control``.
    start
        First day of the action's first whole month; None before there is one.
    """
    rows = pd.DataFrame(
        [
            {
                "at": _year(row.start),
                "place": effect_words.SERIES_PLACES[name],
                "count": float(getattr(row, name)),
                "told": formats.number(getattr(row, name), 1 if name == "control" else 0),
                "name": formats.month(row.start),
            }
            for row in series.itertuples()
            for name in effect_words.SERIES_PLACES
        ]
    )
    domain = list(effect_words.SERIES_PLACES.values())
    colour = alt.Color(
        "place:N",
        scale=alt.Scale(domain=domain, range=[palette.ACCENT, palette.CONTRAST]),
        legend=theme.legend(columns=1, labelLimit=320),
    )
    base = alt.Chart(rows).encode(
        x=alt.X("at:Q", title=None, axis=_axis(format="d", tickMinStep=1), scale=_free()),
        y=alt.Y("count:Q", title=effect_words.SERIES_OFFENCES, axis=_axis(format="d")),
        color=colour,
    )
    lines = base.mark_line(strokeWidth=2).encode(
        strokeDash=alt.StrokeDash(
            "place:N", scale=alt.Scale(domain=domain, range=[[1, 0], [5, 4]]), legend=None
        )
    )
    points = base.mark_point(filled=True, size=36, opacity=1).encode(
        tooltip=[
            alt.Tooltip("place:N", title=effect_words.EFFECT_COLUMNS["place"]),
            alt.Tooltip("name:N", title=effect_words.SERIES_START),
            alt.Tooltip("told:N", title=effect_words.SERIES_OFFENCES),
        ]
    )
    if start is None:
        return theme.layers(lines, points, height=240)
    begun = pd.DataFrame({"at": [_year(pd.Timestamp(start))], "word": [effect_words.SERIES_START]})
    rule = alt.Chart(begun).mark_rule(color=palette.INK, strokeDash=[3, 3]).encode(x="at:Q")
    word = (
        alt.Chart(begun)
        .mark_text(color=palette.INK, dx=4, align="left", baseline="top")
        .encode(x="at:Q", y=alt.value(0), text="word:N")
    )
    return theme.layers(lines, points, rule, word, height=240)


def _year(day: pd.Timestamp) -> float:
    """A day as a year with decimals: Vega's own dates are English."""
    return day.year + (day.day_of_year - 1) / 366


def _short(title: str) -> str:
    return title if len(title) <= _MOST_LETTERS else title[: _MOST_LETTERS - 1].rstrip() + "…"


def _apart(names: list[str]) -> list[str]:
    """Names that a band axis keeps apart."""
    seen: dict[str, int] = {}
    told = []
    for name in names:
        seen[name] = seen.get(name, 0) + 1
        told.append(name if seen[name] == 1 else f"{name} ({seen[name]})")
    return told


def _axis(**more: Any) -> alt.Axis:
    return theme.axis(**{"gridColor": palette.CHART_GRID, "labelOverlap": alt.Undefined, **more})


def _free() -> alt.Scale:
    return alt.Scale(zero=False, nice=True)
