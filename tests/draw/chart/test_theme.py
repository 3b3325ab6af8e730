import altair as alt
import pandas as pd
import pytest
from altair.utils import schemapi

from trygghetskarta.draw.chart import theme

ROWS = pd.DataFrame({"hour": ["00", "01"], "told": ["1,0", "2,0"], "count": [1.0, 2.0]})


def chart(**axis) -> alt.Chart:
    y = alt.Y("count:Q", axis=theme.number_axis(**axis))
    return alt.Chart(ROWS).mark_bar().encode(x="hour:N", y=y, tooltip=theme.tips(told="Antal"))


def test_a_finished_chart_is_a_specification_with_its_rows():
    made = theme.finished(chart(), height=130)
    assert made["height"] == 130
    assert made["config"] == {"view": {"strokeWidth": 0}}
    assert list(made["datasets"].values()) == [ROWS.to_dict("records")]
    assert made["encoding"]["tooltip"] == [{"field": "told", "title": "Antal", "type": "nominal"}]
    alt.Chart.from_dict(made, validate=True)


def test_charts_lie_on_each_other_in_order():
    made = theme.layers(chart(), alt.Chart(ROWS).mark_rule(), height=10)
    assert [part["mark"]["type"] for part in made["layer"]] == ["bar", "rule"]


def test_what_is_no_chart_is_refused_while_tests_run_only():
    with pytest.raises(schemapi.SchemaValidationError):
        theme.finished(chart(ticks="many"), height=1)
    with schemapi.debug_mode(False):
        made = theme.finished(chart(ticks="many"), height=1)
    assert made["encoding"]["y"]["axis"]["ticks"] == "many"


def test_a_years_days_for_many_years_are_not_too_many():
    many = pd.DataFrame({"hour": ["00"] * 6000, "count": 1.0})
    assert theme.finished(alt.Chart(many).mark_bar().encode(x="hour:N"), height=1)


def test_what_is_told_of_an_axis_or_legend_wins():
    assert theme.axis(labelAngle=30).to_dict()["labelAngle"] == 30
    assert theme.legend("bottom", labelLimit=320).to_dict()["labelLimit"] == 320
