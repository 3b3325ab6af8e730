"""The funnel tells who stands outside without a colour, and its lines apart by their dashes."""

from itertools import pairwise

import pandas as pd

from tests.draw.chart.test_time_charts import channels, districts, limits, luminance, rows
from trygghetskarta.draw.chart import funnel_chart
from trygghetskarta.words import time_words


def test_the_funnel_names_only_who_stands_outside():
    made = funnel_chart.funnel(districts(), limits(), 12.0)
    areas = [row for row in rows(made) if "name" in row]
    assert [row["name"] for row in areas] == ["Åby", "</script>`${1}", "Östra", "Sylte"]
    assert [bool(row["label"]) for row in areas] == [False, True, True, False]
    assert areas[2]["told_rate"] == "30,0" and areas[2]["told_population"] == "5\u00a0000"
    shapes = next(c for place, c in channels(made) if place == "shape")["scale"]
    fills = next(c for place, c in channels(made) if place == "fill")["scale"]
    assert shapes["domain"] == fills["domain"] == list(time_words.FUNNEL_CLASSES.values())
    assert len(set(shapes["range"])) == 3
    grey = [luminance(colour) for colour in fills["range"]]
    assert all(light - dark > 0.15 for light, dark in pairwise(grey))


def test_the_funnels_lines_differ_by_dash_and_start_where_there_is_a_rate():
    made = funnel_chart.funnel(districts(), limits(), 12.0)
    lines = pd.DataFrame([row for row in rows(made) if "line" in row])
    assert lines["population"].min() == 1000
    assert lines.groupby("side")["population"].count().tolist() == [3] * 5
    assert (lines.loc[lines["side"] == "rate", "rate"] == 12).all()
    dashes = next(c for place, c in channels(made) if place == "strokeDash")["scale"]["range"]
    assert len({tuple(dash) for dash in dashes}) == 3
