"""A chart's bars as shares of its width, alike for web file and PDF."""

from collections.abc import Iterable
from dataclasses import dataclass

from trygghetskarta.draw.deck.slides import Chart
from trygghetskarta.words.deck_words import Words


@dataclass(frozen=True)
class Bar:
    """One bar.

    Attributes
    ----------
    category
        Name along the axis, empty for a category's further series.
    series
        Number of its series.
    start, end
        From the base line to the value, as shares of the width; None where there is no value.
    lower, upper
        Limits as shares; None where there is none.
    told
        The value in words: a number with its limits, or why there is none.
    """

    category: str
    series: int
    start: float | None
    end: float | None
    lower: float | None
    upper: float | None
    told: str


def decimals(chart: Chart) -> int:
    """Give the decimals of a chart: none where every value is whole."""
    values = [value for _, line in chart.series for value in line if value is not None]
    return 0 if all(float(value).is_integer() for value in values) else 1


def bars(chart: Chart, said: Words) -> tuple[Bar, ...]:
    """Lay out every bar of a chart, category by category.

    Parameters
    ----------
    chart
        The chart.
    said
        Writes the numbers.
    """
    low, high = _extent(chart)
    width = (high - low) or 1.0

    def share(value: float | None) -> float | None:
        return None if value is None else (value - low) / width

    found = []
    for at, category in enumerate(chart.categories):
        for number, (_, values) in enumerate(chart.series):
            value = values[at]
            limits = _limits(chart, number, at)
            found.append(
                Bar(
                    category if number == 0 else "",
                    number,
                    None if value is None else share(0.0),
                    share(value),
                    share(limits[0]),
                    share(limits[1]),
                    _told(chart, value, at, limits, said),
                )
            )
    return tuple(found)


def _limits(chart: Chart, series: int, at: int) -> tuple[float | None, float | None]:
    if series or not chart.lower or chart.series[0][1][at] is None:
        return None, None
    return chart.lower[at], chart.upper[at]


def _told(
    chart: Chart,
    value: float | None,
    at: int,
    limits: tuple[float | None, float | None],
    said: Words,
) -> str:
    digits = decimals(chart)
    if value is None:
        return (chart.told[at] if chart.told else "") or said.number(None)
    if None in limits:
        return said.number(value, digits)
    low, high = (said.number(limit, max(digits, 1)) for limit in limits)
    return f"{said.number(value, digits)} ({low}–{high})"


def _extent(chart: Chart) -> tuple[float, float]:
    lines: list[Iterable[float | None]] = [line for _, line in chart.series]
    values = [
        value for line in (*lines, chart.lower, chart.upper) for value in line if value is not None
    ]
    return min([0.0, *values]), max([0.0, *values])
