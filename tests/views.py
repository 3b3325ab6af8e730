"""Views built in code: squares of 100 m, figures that went through the real gate."""

from collections.abc import Callable, Sequence
from datetime import date

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely

from tests.histories import calm
from trygghetskarta.analysis.disclosure import as_publishable
from trygghetskarta.analysis.facts import Facts
from trygghetskarta.analysis.measures import Measure, indicator_table
from trygghetskarta.draw.shown import Shown, compose
from trygghetskarta.draw.table import files
from trygghetskarta.draw.table.area_lists import area_file
from trygghetskarta.terms.areas import AreaLevel
from trygghetskarta.terms.audience import Audience, ShowRule
from trygghetskarta.terms.times import DateBasis

NAMES = ("Östra", "Ärla", "Åby", "Sylte", "Kronogården", "Lextorp")
COUNTS = (0.0, 7919.0, np.nan, 20_000.0, 8171.0, 12_345.0)
PREVIOUS = (0.0, 9500.0, np.nan, 19_000.0, 9100.0, 15_000.0)
POPULATION = (1000.0, 5003.0, 4000.0, 30.0, 6007.0, np.nan)
RULE = ShowRule(AreaLevel.DESO, 9000)
"""Hides 1 to 8 999, so that hidden figures are long numbers that can be searched for."""

CAVEAT = "Antalet följer hur mycket polisen letar."


def squares(names: Sequence[str]) -> gpd.GeoDataFrame:
    """Squares of 100 m side by side, three in a row, at a round corner in SWEREF 99 TM."""
    place = np.arange(len(names))
    x, y = 340_000 + 100 * (place % 3), 6_460_000 + 100 * (place // 3)
    codes = [f"1488S{number:03}" for number in place + 1]
    return gpd.GeoDataFrame(
        {"name": list(names)},
        geometry=shapely.box(x, y, x + 100, y + 100),
        index=pd.Index(codes, name="area_code"),
        crs=3006,
    )


def facts_of(measure: Measure, is_example: bool, level: AreaLevel, compared: bool) -> Facts:
    """What the captions tell."""
    return Facts(
        has_listed_area=False,
        municipality="Trollhättan",
        level=level,
        measure=measure,
        theme="Narkotika",
        types=(),
        areas=(),
        start=date(2025, 1, 1),
        end=date(2025, 12, 31),
        previous_start=date(2024, 1, 1) if compared else None,
        previous_end=date(2024, 12, 31) if compared else None,
        basis=DateBasis.REPORTED,
        offences=48_435,
        without_place=212,
        outside=18,
        straddling=0,
        undated=3,
        preliminary=0,
        population_years=(2025,),
        sources=("Polismyndigheten, utdrag", "SCB"),
        plan_year=2021,
        boundary_version="RegSO 2025",
        data_version="17",
        is_example=is_example,
        caveats=(CAVEAT,),
        link="tema=narkotika&matt=antal",
    )


@pytest.fixture
def view_of() -> Callable[..., Shown]:
    """Build a view; every part can be replaced."""

    def build(
        measure: Measure = Measure.COUNT,
        *,
        names: Sequence[str] = NAMES,
        areas: gpd.GeoDataFrame | None = None,
        counts: Sequence[float] = COUNTS,
        previous: Sequence[float] | None = PREVIOUS,
        population: Sequence[float] = POPULATION,
        rule: ShowRule = RULE,
        level: AreaLevel = AreaLevel.DISTRICT,
        is_example: bool = True,
        chosen: frozenset[str] = frozenset(),
        audience: Audience = Audience.PUBLIC,
    ) -> Shown:
        areas = squares(names) if areas is None else areas
        index = areas.index
        before = None if previous is None else pd.Series(previous, index)
        table = indicator_table(
            pd.Series(counts, index),
            before,
            pd.Series(population, index),
            365,
            366,
            evidence=calm(index),
            areas=areas,
            chosen=(measure,),
        )
        gated = as_publishable(table, level=level, audience=audience, rule=rule)
        facts = facts_of(measure, is_example, level, previous is not None)
        return compose(gated, areas, facts, chosen)

    return build


def csv_of(shown: Shown) -> bytes:
    """A view as a CSV file."""
    return files.to_csv(area_file(shown))


def xlsx_of(shown: Shown) -> bytes:
    """A view as a workbook."""
    return files.to_xlsx(area_file(shown))
