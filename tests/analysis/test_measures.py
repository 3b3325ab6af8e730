"""Measures: each declared whole, and computed with all that it rests on."""

import pandas as pd
import pytest

from tests.histories import calm
from tests.views import squares
from trygghetskarta.analysis.measures import (
    FIGURES,
    OF_ONE_PERIOD,
    AreaFigure,
    Declaration,
    Measure,
    indicator_table,
)


def test_a_table_never_has_a_rate_without_its_count_denominator_and_interval():
    index = pd.Index(["a", "b", "c"], name="area_code")
    table = indicator_table(
        pd.Series([10, 0, 5], index),
        pd.Series([20, 0, 5], index),
        pd.Series([1000.0, 1000.0], pd.Index(["a", "b"])),
        365,
        365,
    )
    told = table[table["rate"].notna()]
    assert told.index.tolist() == ["a", "b"]
    assert told[["count", "population", "lower", "upper"]].notna().all().all()
    assert table.loc["c", "count"] == 5


@pytest.mark.parametrize("measure", Measure)
def test_a_measure_gives_every_column_that_it_tells(measure):
    index = pd.Index(["1488S001", "1488S002"], name="area_code")
    table = indicator_table(
        pd.Series([10, 20], index),
        pd.Series([5, 5], index),
        pd.Series([1000.0, 2000.0], index),
        365,
        365,
        evidence=calm(index),
        areas=squares(["Sylte", "Lextorp"]),
        chosen=(measure,),
    )
    declared = measure.declared
    told = {column for figure in declared.figures for column in figure.columns}
    assert {*told, *declared.unseen} <= set(table)
    assert ("verdict" in table) or not declared.compares
    assert table.index.equals(index)
    assert table.columns.is_unique


def test_every_column_and_field_belongs_to_one_figure():
    columns = [column for figure in FIGURES for column in figure.columns]
    fields = [field for figure in FIGURES for field in figure.columns.values()]
    assert len(set(columns)) == len(columns)
    assert len(set(fields)) == len(fields)


def test_what_a_measure_is_divided_by_tells_nothing_of_offences():
    share = AreaFigure("part", "andel", 1, "part_lower", "part_upper")
    with pytest.raises(ValueError, match="whole"):
        Declaration(share, lambda _counted: {}, exposure=AreaFigure("whole", "hela"))


def test_no_rate_is_declared_without_its_interval():
    bare = AreaFigure("rate", "per_1000")
    with pytest.raises(ValueError, match="rate"):
        Declaration(bare, lambda _: None)


def test_a_change_colours_no_period_by_itself():
    assert OF_ONE_PERIOD[:2] == (Measure.COUNT, Measure.PER_1000)
    assert Measure.CHANGE not in OF_ONE_PERIOD
