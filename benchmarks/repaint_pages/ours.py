"""The project's own map: mounted once, repainted by numbers."""

from datetime import date

import pandas as pd
import streamlit as st

from benchmarks.repaint_pages import ground
from trygghetskarta.analysis.disclosure import as_publishable
from trygghetskarta.analysis.facts import Facts
from trygghetskarta.analysis.measures import Measure, indicator_table
from trygghetskarta.desk.map_bridge import show_map
from trygghetskarta.draw.map import maps, painting
from trygghetskarta.draw.shown import Shown, compose
from trygghetskarta.terms.areas import AreaLevel
from trygghetskarta.terms.audience import Audience, ShowRule
from trygghetskarta.terms.times import DateBasis

LEVEL = AreaLevel.REGSO


@st.cache_resource
def script() -> maps.MapScript:
    middle = ground.areas().to_crs(4326).total_bounds
    longitude, latitude = (middle[0] + middle[2]) / 2, (middle[1] + middle[3]) / 2
    return maps.script(ground.areas(), latitude, longitude, 9 if len(ground.areas()) < 100 else 5)


def shown(choice: int) -> Shown:
    areas = ground.areas()
    people = pd.Series(2000.0, areas.index)
    table = indicator_table(ground.counts(choice), None, people, 365, 365)
    gated = as_publishable(table, level=LEVEL, audience=Audience.INTERNAL, rule=ShowRule(LEVEL, 1))
    day = date(2025, 1, 1)
    facts = Facts(
        municipality="Mätning", level=LEVEL, measure=Measure.COUNT, theme="", types=(), areas=(),
        start=day, end=day, previous_start=None, previous_end=None, basis=DateBasis.REPORTED,
        offences=0, without_place=0, outside=0, straddling=0, undated=0, preliminary=0,
        population_years=(), sources=(), plan_year=2021, boundary_version="", data_version="",
        is_example=True, has_listed_area=False, caveats=(), link="",
    )  # fmt: skip
    return compose(gated, areas, facts, frozenset())


chosen = st.radio("Val", range(ground.CHOICES), horizontal=True)
show_map("repaint", script(), painting.state(shown(chosen), ground.areas().index))
