"""What all charts share: axes, legends, Swedish numbers, and how a chart is finished.

A finished chart is a Vega-Lite specification with its rows in it. Altair compares it with the
schema while its debug mode is on, as it is wherever tests run; the server turns it off.
"""

from typing import Any, Literal

import altair as alt
from altair.utils import schemapi

from trygghetskarta.draw import palette

Specification = dict[str, Any]

NUMBER = "replace(replace(format(datum.value, ',~f'), /,/g, '\u00a0'), '.', ',')"
"""Label of an axis: Vega's own number formats are English."""

PERCENT = "replace(format(datum.value * 100, '.0f'), '.', ',') + '\u00a0%'"


@alt.theme.register("trygghetskarta", enable=True)
def _theme() -> alt.theme.ThemeConfig:
    return {"config": {"view": {"strokeWidth": 0}}}


# A year of days and a country's districts are small; Altair's limit knows neither.
alt.data_transformers.disable_max_rows()


def finished(chart: alt.Chart | alt.LayerChart | alt.FacetChart, height: int) -> Specification:
    """The specification of a chart.

    Parameters
    ----------
    chart
        Whole but for its height.
    height
        Pixels.

    Raises
    ------
    altair.utils.schemapi.SchemaValidationError
        In debug mode, if it is no Vega-Lite.
    """
    return {**chart.to_dict(validate=schemapi.DEBUG_MODE), "height": height}


def layers(*charts: alt.Chart, height: int) -> Specification:
    """The specification of charts that lie on each other, the first below."""
    return finished(alt.layer(*charts), height)


def axis(**more: Any) -> alt.Axis:
    """A quiet axis: level labels, no ticks and no line."""
    settings = {"labelAngle": 0, "labelOverlap": "greedy", "ticks": False, "domain": False}
    return alt.Axis(**{**settings, "labelColor": palette.INK, "titleColor": palette.INK, **more})


def number_axis(label: str = NUMBER, **more: Any) -> alt.Axis:
    """An axis of numbers, with lines across the chart."""
    return axis(labelExpr=label, gridColor=palette.CHART_GRID, **more)


def legend(orient: Literal["top", "bottom"] = "top", **more: Any) -> alt.Legend:
    """A legend without title."""
    settings = {"title": None, "labelColor": palette.INK, "labelLimit": 260}
    return alt.Legend(orient=orient, **{**settings, **more})


def tips(**columns: str) -> list[alt.Tooltip]:
    """Lines of a tooltip: what a column of words is called, by the column's name."""
    return [alt.Tooltip(f"{name}:N", title=title) for name, title in columns.items()]
