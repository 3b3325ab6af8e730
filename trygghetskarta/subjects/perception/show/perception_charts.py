"""Charts of risk against feeling unsafe, and of a question through the years."""

from typing import Any

import altair as alt
import numpy as np
import pandas as pd

from trygghetskarta import formats
from trygghetskarta.draw import palette
from trygghetskarta.draw.chart import chart_labels, theme
from trygghetskarta.draw.chart.theme import Specification
from trygghetskarta.subjects.perception.show.perception_shown import PerceptionShown
from trygghetskarta.terms.perception import Quadrant, SamplingMethod
from trygghetskarta.words import perception_words

_FILLS = {
    Quadrant.HIGH_HIGH: palette.RISK_AND_FEELING[2][2],
    Quadrant.LOW_HIGH: palette.RISK_AND_FEELING[2][0],
    Quadrant.HIGH_LOW: palette.RISK_AND_FEELING[0][2],
    Quadrant.LOW_LOW: palette.RISK_AND_FEELING[0][0],
    Quadrant.UNSURE: palette.WHITE,
}
_SHAPES = {
    Quadrant.HIGH_HIGH: "square",
    Quadrant.LOW_HIGH: "triangle-up",
    Quadrant.HIGH_LOW: "diamond",
    Quadrant.LOW_LOW: "circle",
    Quadrant.UNSURE: "cross",
}
_ALIGN = {chart_labels.RIGHT: ("left", 9), chart_labels.LEFT: ("right", -9)}
_ROOM = 0.08


def scatter(view: PerceptionShown) -> Specification | None:
    """Every district with both its intervals, and the limits that part the quadrants.

    Parameters
    ----------
    view
        What is shown. Districts without an interval on either side have no place.

    Returns
    -------
    dict or None
        None when no district has both.
    """
    points = _points(view)
    if points.empty:
        return None
    right = max(points["upper"].max(), view.risk_limit.value) * (1 + _ROOM)
    top = min(1.0, max(points["share_upper"].max(), view.unsafe_limit.value) * (1 + _ROOM))
    x = alt.X(
        "rate:Q",
        title=perception_words.SCATTER_AXES["risk"],
        scale=alt.Scale(domain=[0, right], nice=False),
        axis=theme.number_axis(),
    )
    y = alt.Y(
        "share:Q",
        title=perception_words.SCATTER_AXES["unsafe"],
        scale=alt.Scale(domain=[0, top], nice=False),
        axis=theme.number_axis(theme.PERCENT),
    )
    points["side"] = chart_labels.place(
        points["rate"] / right, points["share"] / top, points["name"], _by_weight(points)
    )
    base = alt.Chart(points).encode(x=x, y=y)
    rule: dict[str, Any] = {"color": palette.LINE_STRONG, "strokeWidth": 1.2}
    layers = [
        *_limits(view, right, top),
        base.mark_rule(**rule).encode(x="lower:Q", x2="upper:Q"),
        base.mark_rule(**rule).encode(y="share_lower:Q", y2="share_upper:Q"),
        _marks(base),
        *(layer for side in _ALIGN for layer in _names(base, side)),
    ]
    return theme.layers(*layers, height=460)


def through_the_years(series: pd.DataFrame, limit: float) -> Specification | None:
    """A question's share by year: lines within a method only, breaks marked between them.

    Parameters
    ----------
    series
        As :func:`trygghetskarta.subjects.perception.ask.survey_rounds.series` gives it.
    limit
        Share from 0 to 1.
    """
    known = series[series["share"].notna()].reset_index(drop=True)
    if known.empty:
        return None
    table = _rounds(known)
    years = [int(series["year"].min()), int(series["year"].max())]
    top = min(1.0, 1.15 * max(table["share_upper"].max(), table["share"].max(), limit))
    x = alt.X(
        "year:Q",
        title=None,
        scale=alt.Scale(domain=[years[0] - 0.5, years[1] + 0.5], nice=False),
        axis=theme.number_axis(
            "format(datum.value, 'd')", values=list(range(years[0], years[1] + 1))
        ),
    )
    y = alt.Y(
        "share:Q",
        title=None,
        scale=alt.Scale(domain=[0, top], nice=False),
        axis=theme.number_axis(theme.PERCENT),
    )
    base = alt.Chart(table).encode(x=x, y=y)
    dots = base.mark_point(size=90, strokeWidth=2, opacity=1, color=palette.CITIZENS_DARK).encode(
        fill=alt.Fill(
            "sampled:N",
            scale=alt.Scale(domain=[True, False], range=[palette.CITIZENS, palette.WHITE]),
            legend=None,
        ),
        tooltip=theme.tips(
            year=perception_words.PERCEPTION_COLUMNS["year"],
            told=perception_words.PERCEPTION_COLUMNS["share"],
            between=perception_words.PERCEPTION_COLUMNS["share_interval"],
            n=perception_words.PERCEPTION_COLUMNS["answers"],
            way=perception_words.PERCEPTION_COLUMNS["method"],
        ),
    )
    layers = [
        alt.Chart(pd.DataFrame({"share": [limit]}))
        .mark_rule(color=palette.INK_CAPTION, strokeDash=[5, 4])
        .encode(y=y),
        *_breaks(series, x, y, top),
        base.mark_rule(color=palette.LINE_STRONG, strokeWidth=1.5).encode(
            y="share_lower:Q", y2="share_upper:Q"
        ),
        base.mark_line(color=palette.CITIZENS, strokeWidth=2).encode(detail="segment:N"),
        dots,
        base.mark_text(dx=9, align="left", dy=-9, color=palette.INK).encode(text="told:N"),
    ]
    return theme.layers(*layers, height=240)


def _points(view: PerceptionShown) -> pd.DataFrame:
    table = view.shown.publishable.table
    known = table.dropna(subset=["lower", "upper", "share_lower", "share_upper"])
    known = known[known["quadrant"].notna()]
    ends = ["rate", "lower", "upper", "share", "share_lower", "share_upper"]
    points = known[ends].astype(float).reset_index(drop=True)
    words = [Quadrant(word) for word in known["quadrant"]]
    return points.assign(
        name=view.shown.names.loc[known.index].astype(str).to_numpy(),
        quadrant=[perception_words.QUADRANT_NAMES[word] for word in words],
        told_rate=[
            _with_interval(formats.number(row.rate, 1), formats.interval(row.lower, row.upper, 1))
            for row in points.itertuples()
        ],
        told_share=[
            _with_interval(formats.share(row.share), _share_interval(row))
            for row in points.itertuples()
        ],
        told_count=[formats.number(n) for n in known["count"]],
        told_answers=[formats.number(n) for n in known["answers"]],
    )


def _with_interval(value: str, between: str) -> str:
    return f"{value} ({between})"


def _share_interval(row: Any) -> str:
    low, high = 100 * row.share_lower, 100 * row.share_upper
    return f"{formats.interval(low, high)}\u00a0%" if not np.isnan(low) else formats.NO_VALUE


def _by_weight(points: pd.DataFrame) -> list[int]:
    """Names are written for those placed in a quadrant first, those furthest out before others."""
    unsure = points["quadrant"] == perception_words.QUADRANT_NAMES[Quadrant.UNSURE]
    return (
        points.assign(unsure=unsure)
        .sort_values(["unsure", "share"], ascending=[True, False], kind="stable")
        .index.tolist()
    )


def _marks(base: alt.Chart) -> alt.Chart:
    names = [perception_words.QUADRANT_NAMES[quadrant] for quadrant in Quadrant]
    legend = theme.legend(
        symbolSize=130,
        symbolStrokeWidth=1.2,
        columns=alt.ExprRef("width < 480 ? 2 : 5"),
    )
    columns = perception_words.PERCEPTION_COLUMNS
    return base.mark_point(
        filled=True, size=130, stroke=palette.INK, strokeWidth=1.2, opacity=1
    ).encode(
        shape=alt.Shape(
            "quadrant:N",
            scale=alt.Scale(domain=names, range=list(_SHAPES.values())),
            legend=legend,
        ),
        fill=alt.Fill(
            "quadrant:N",
            scale=alt.Scale(domain=names, range=list(_FILLS.values())),
            legend=legend,
        ),
        tooltip=theme.tips(
            name=columns["name"],
            quadrant=columns["quadrant"],
            told_rate=columns["rate"],
            told_count=columns["count"],
            told_share=columns["share"],
            told_answers=columns["answers"],
        ),
    )


def _limits(view: PerceptionShown, right: float, top: float) -> list[alt.Chart]:
    """The two limits as lines, and the quadrants' names in their corners."""
    risk, unsafe = view.risk_limit.value, view.unsafe_limit.value
    line: dict[str, Any] = {"color": palette.INK_CAPTION, "strokeDash": [6, 4], "strokeWidth": 1.5}
    corners = [
        (0.0, top, "left", "top", Quadrant.LOW_HIGH),
        (right, top, "right", "top", Quadrant.HIGH_HIGH),
        (0.0, 0.0, "left", "bottom", Quadrant.LOW_LOW),
        (right, 0.0, "right", "bottom", Quadrant.HIGH_LOW),
    ]
    made = [
        alt.Chart(pd.DataFrame({"rate": [risk]})).mark_rule(**line).encode(x="rate:Q"),
        alt.Chart(pd.DataFrame({"share": [unsafe]})).mark_rule(**line).encode(y="share:Q"),
    ]
    for x, y, align, baseline, quadrant in corners:
        place = pd.DataFrame(
            {"rate": [x], "share": [y], "word": [perception_words.QUADRANT_NAMES[quadrant]]}
        )
        gap = 6 if align == "left" else -6
        lift = 6 if baseline == "top" else -6
        made.append(
            alt.Chart(place)
            .mark_text(
                align=align,
                baseline=baseline,
                dx=gap,
                dy=lift,
                color=palette.INK_CAPTION,
                fontStyle="italic",
            )
            .encode(x="rate:Q", y="share:Q", text="word:N")
        )
    return made


def _names(base: alt.Chart, side: str) -> list[alt.Chart]:
    """Names on one side of their points; on a phone the table has them."""
    align, gap = _ALIGN[side]
    wide = alt.ExprRef("width < 480 ? 0 : 1")
    settings: dict[str, Any] = {"align": align, "dx": gap, "dy": -7, "opacity": wide}
    chosen = base.transform_filter(alt.datum.side == side)
    return [
        chosen.mark_text(**settings, stroke=palette.WHITE, strokeWidth=4).encode(text="name:N"),
        chosen.mark_text(**settings, color=palette.INK).encode(text="name:N"),
    ]


def _rounds(known: pd.DataFrame) -> pd.DataFrame:
    ends = known[["share", "share_lower", "share_upper"]].astype(float)
    return known[["year", "segment"]].assign(
        year=known["year"].astype(int),
        **{name: ends[name] for name in ends},
        told=[formats.share(value) for value in ends["share"]],
        between=[_share_interval(row) for row in ends.itertuples()],
        n=[formats.number(n) for n in known["answers"]],
        way=[
            perception_words.SAMPLING_METHODS[SamplingMethod(word)]
            for word in known["sampling_method"]
        ],
        sampled=ends["share_lower"].notna(),
    )


def _breaks(series: pd.DataFrame, x: alt.X, y: alt.Y, top: float) -> list[alt.Chart]:
    """A dotted line with its word halfway between two rounds made in different ways."""
    changed = series["segment"].diff().fillna(0) > 0
    middles = (series["year"].shift() + series["year"])[changed] / 2
    if middles.empty:
        return []
    table = pd.DataFrame(
        {"year": middles.astype(float), "share": top, "word": perception_words.SERIES_BREAK}
    )
    base = alt.Chart(table)
    return [
        base.mark_rule(color=palette.CONTRAST, strokeDash=[2, 3], strokeWidth=1.5).encode(x=x),
        base.mark_text(
            color=palette.CONTRAST_INK, dy=4, baseline="top", dx=-5, align="right"
        ).encode(x=x, y=y, text="word:N"),
    ]
