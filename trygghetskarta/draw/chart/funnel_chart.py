"""Chart of areas against what chance would give them, readable in greyscale."""

from collections.abc import Sequence
from typing import Any

import altair as alt
import numpy as np
import pandas as pd

from trygghetskarta import formats
from trygghetskarta.draw import palette
from trygghetskarta.draw.chart import chart_labels, theme
from trygghetskarta.draw.chart.theme import Specification
from trygghetskarta.terms import verdicts
from trygghetskarta.words import map_words, time_words
from trygghetskarta.words.measure_words import COLUMN_WORDS

_MARKS = {
    verdicts.WITHIN: ("circle", palette.CHART_PALE),
    verdicts.OUTSIDE_95: ("diamond", palette.CHART_OUTSIDE),
    verdicts.OUTSIDE_998: ("square", palette.ACCENT),
}
_DASHES = {"rate": [1, 0], "95": [6, 4], "998": [2, 2]}


def funnel(table: pd.DataFrame, limits: pd.DataFrame, rate: float) -> Specification:
    """Areas against what chance would give them at the municipality's rate.

    Parameters
    ----------
    table
        Index area_code; ``name``, ``count``, ``population``, ``rate`` (per 1 000 inhabitants),
        ``funnel`` (:func:`trygghetskarta.analysis.rates.funnel_class`). Areas without rate or
        class are left out.
    limits
        As :func:`trygghetskarta.analysis.rates.funnel_limits` gives it.
    rate
        The municipality's, per 1 000 inhabitants.
    """
    lines = alt.Chart(_lines(limits, rate)).mark_line(color=palette.CHART_GREY, strokeWidth=1.5)
    words = [time_words.FUNNEL_LINES[key] for key in _DASHES]
    drawn = lines.encode(
        x=alt.X("population:Q", title=COLUMN_WORDS["population"].page, axis=theme.number_axis()),
        y=alt.Y(
            "rate:Q",
            title=time_words.WHEN_COLUMNS["rate"],
            scale=alt.Scale(zero=False),
            axis=theme.number_axis(),
        ),
        detail="side:N",
        strokeDash=alt.StrokeDash(
            "line:N",
            sort=words,
            scale=alt.Scale(domain=words, range=list(_DASHES.values())),
            legend=theme.legend(
                symbolType="stroke",
                symbolSize=900,
                symbolStrokeWidth=1.5,
                columns=_COLUMNS,
            ),
        ),
    )
    areas = alt.Chart(_points(table, limits)).encode(x="population:Q", y="rate:Q")
    points = areas.mark_point(
        filled=True, size=90, stroke=palette.INK, strokeWidth=1, opacity=1
    ).encode(
        shape=_look("shape", [shape for shape, _ in _MARKS.values()]),
        fill=_look("fill", [colour for _, colour in _MARKS.values()]),
        tooltip=[
            alt.Tooltip("name:N", title=map_words.AREA),
            alt.Tooltip("told_count:N", title=time_words.WHEN_COLUMNS["offences"]),
            alt.Tooltip("told_population:N", title=COLUMN_WORDS["population"].page),
            alt.Tooltip("told_rate:N", title=time_words.WHEN_COLUMNS["rate"]),
            alt.Tooltip("class:N", title=time_words.WHEN_COLUMNS["funnel"]),
        ],
    )
    names = [layer for side in _ALIGN for layer in _names(areas, side)]
    return theme.layers(drawn, points, *names, height=440)


_COLUMNS = alt.ExprRef("width < 480 ? 1 : 3")
"""Of a legend: below each other on a phone."""
_ALIGN = {chart_labels.RIGHT: ("left", 8), chart_labels.LEFT: ("right", -8)}
"""How a name on either side of its point is aligned, and how far it stands from it."""


def _names(areas: alt.Chart, side: str) -> list[alt.Chart]:
    """The names on one side; a white rim keeps them readable where they cross a line."""
    align, gap = _ALIGN[side]
    # On a phone there is room for the points alone; the table names them.
    wide = alt.ExprRef("width < 480 ? 0 : 1")
    settings: dict[str, Any] = {"align": align, "dx": gap, "dy": -6, "opacity": wide}
    chosen = areas.transform_filter(alt.datum.side == side)
    return [
        chosen.mark_text(**settings, stroke=palette.WHITE, strokeWidth=4).encode(text="label:N"),
        chosen.mark_text(**settings, color=palette.INK).encode(text="label:N"),
    ]


def _lines(limits: pd.DataFrame, rate: float) -> pd.DataFrame:
    known = limits.dropna().sort_values("population")
    parts = [
        pd.DataFrame(
            {
                "population": known["population"].to_numpy(),
                "rate": known[column].to_numpy() if column in known else rate,
                "line": time_words.FUNNEL_LINES[line],
                "side": column,
            }
        )
        for column, line in (
            ("rate", "rate"),
            ("lower_95", "95"),
            ("upper_95", "95"),
            ("lower_998", "998"),
            ("upper_998", "998"),
        )
    ]
    return pd.concat(parts, ignore_index=True)


def _points(table: pd.DataFrame, limits: pd.DataFrame) -> pd.DataFrame:
    known = table[table["rate"].notna() & table["funnel"].notna()]
    outside = known["funnel"] != verdicts.WITHIN
    labels = known["name"].astype(str).where(outside, "").tolist()
    return pd.DataFrame(
        {
            "name": known["name"].astype(str).to_numpy(),
            "label": labels,
            "side": _name_sides(known, labels, limits),
            "population": known["population"].to_numpy(dtype="float64"),
            "rate": known["rate"].to_numpy(dtype="float64"),
            "class": [time_words.FUNNEL_CLASSES[word] for word in known["funnel"]],
            "told_count": [formats.number(n) for n in known["count"]],
            "told_population": [formats.number(n) for n in known["population"]],
            "told_rate": [formats.number(value, 1) for value in known["rate"]],
        }
    )


def _name_sides(known: pd.DataFrame, labels: list[str], limits: pd.DataFrame) -> list[str]:
    """Where the names go, those furthest from the rest first."""
    drawn = limits.dropna()
    lines = drawn.drop(columns="population").to_numpy().ravel()
    x = _across(known["population"].to_numpy(), drawn["population"].to_numpy())
    y = _across(known["rate"].to_numpy(), lines)
    order = np.argsort(-np.abs(known["rate"].to_numpy() - np.median(lines)), kind="stable")
    return chart_labels.place(x.tolist(), y.tolist(), labels, order.tolist())


def _across(values: np.ndarray, others: np.ndarray) -> np.ndarray:
    """Values as shares of the axis that holds them and the others."""
    ends = np.concatenate([values, others])
    low, high = ends.min(), ends.max()
    return (values - low) / ((high - low) or 1.0)


def _look(channel: str, values: Sequence[str]) -> alt.Shape | alt.Fill:
    """One legend for form and shade, in the order of the classes."""
    words = [time_words.FUNNEL_CLASSES[word] for word in _MARKS]
    kind = alt.Shape if channel == "shape" else alt.Fill
    return kind(
        "class:N",
        scale=alt.Scale(domain=words, range=list(values)),
        legend=theme.legend(
            "bottom",
            symbolStrokeColor=palette.INK,
            symbolStrokeWidth=1,
            symbolSize=90,
            columns=_COLUMNS,
        ),
    )
