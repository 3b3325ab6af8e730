"""The tables of the page Hotspots hold the figures they were given, in Swedish."""

import numpy as np
import pandas as pd
import pytest

from trygghetskarta.analysis.near_repeat import knox
from trygghetskarta.subjects.hotspots.show import hotspot_listing
from trygghetskarta.terms.areas import Direction
from trygghetskarta.words import hotspot_words

HOSTILE = "<img src=x onerror=alert(1)>"


def bands(**columns) -> pd.DataFrame:
    """The twenty bands of the page with nothing to tell, but for what is given by row."""
    x, day = 1000.0 * np.arange(40), 90.0 * np.arange(40)
    table = knox(x, x, day, (100, 200, 300, 400), (7, 14, 21, 28), permutations=9, seed=1)
    table = table.assign(observed=10, expected=10.0, ratio=1.0, p_value=0.5)
    for column, values in columns.items():
        for row, value in values.items():
            table.loc[row, column] = value
    return table


@pytest.fixture
def clusters() -> pd.DataFrame:
    return pd.DataFrame(
        {
            "name": ["Åby", HOSTILE, ""],
            "direction": [Direction.NORTH_EAST, Direction.MIDDLE, Direction.MIDDLE],
            "count": [1234, 60, 7],
            "share": [0.4567, 0.021, 0.0026],
            "hour": [21, np.nan, 0],
            "cells": [13, 2, 1],
            "code": ["250E340500N6462500", "b", "c"],
        }
    )


# --- clusters ---


def test_the_clusters_have_swedish_headings_and_figures(clusters):
    made = hotspot_listing.clusters_table(clusters)
    assert made.headings == ["Plats", "Antal", "Andel av alla", "Vanligaste tid", "Rutor"]
    assert made.numeric == [False, True, True, True, True]
    assert made.rows[0] == [
        "Åby, nordöstra delen",
        "1\u00a0234",
        "45,7\u00a0%",
        "kl. 21–00",
        "13",
    ]
    assert made.rows[1][3] == "–"
    assert made.rows[2][0] == "vid kommungränsen"
    assert made.rows[2][3] == "kl. 00–03"


def test_the_clusters_sort_by_their_numbers_and_an_unknown_hour_by_none(clusters):
    keys = hotspot_listing.clusters_table(clusters).keys
    assert keys[0][1:] == [1234.0, 0.4567, 21.0, 13.0]
    assert keys[1][3] is None
    assert keys[2][3] == 0.0


def test_a_hostile_name_is_kept_as_text(clusters):
    made = hotspot_listing.clusters_table(clusters)
    assert made.rows[1][0] == f"{HOSTILE}, mitten"
    assert hotspot_listing.cluster_choices(clusters)["b"] == f"{HOSTILE}, mitten (60)"


def test_no_cluster_is_an_empty_table(clusters):
    made = hotspot_listing.clusters_table(clusters.iloc[:0])
    assert (made.rows, made.keys) == ([], [])
    assert len(made.headings) == 5
    assert hotspot_listing.cluster_choices(clusters.iloc[:0]) == {}
    assert hotspot_listing.cluster_choices(None) == {}


def test_the_clusters_are_offered_by_the_code_of_their_cell(clusters):
    choices = hotspot_listing.cluster_choices(clusters)
    assert list(choices) == clusters["code"].tolist()
    assert choices["250E340500N6462500"] == "Åby, nordöstra delen (1\u00a0234)"


# --- hours ---


def test_the_hours_of_a_cell_go_round_the_clock():
    hours = pd.Series(np.arange(24) / 4)
    table = hotspot_listing.hours_table(hours).frame
    assert table.columns.tolist() == ["Timme", "Antal"]
    assert table["Timme"].tolist()[:2] == ["00–01", "01–02"]
    assert table["Timme"].tolist()[-1] == "23–00"
    assert table["Antal"].tolist()[2] == "0,5"
    assert len(table) == 24


# --- near repeats ---


def test_the_bands_are_named_and_their_figures_written_in_swedish():
    table = hotspot_listing.near_repeat_table(
        bands(expected={0: 1234.56}, p_value={0: 0.001})
    ).frame
    assert table.columns.tolist() == [
        "Avstånd", "Tid emellan", "Antal par", "Väntat", "Kvot", "p-värde",
    ]  # fmt: skip
    assert len(table) == 20
    assert table.iloc[0].tolist() == [
        "samma plats", "0–7 dagar", "10", "1\u00a0234,6", "1,00", "0,001",
    ]  # fmt: skip
    assert table["Avstånd"].unique().tolist() == [
        "samma plats", "0–100 m", "100–200 m", "200–300 m", "300–400 m",
    ]  # fmt: skip
    assert table["Tid emellan"].unique().tolist() == [
        "0–7 dagar", "7–14 dagar", "14–21 dagar", "21–28 dagar",
    ]  # fmt: skip


def test_a_band_in_which_nothing_is_expected_has_no_ratio():
    table = hotspot_listing.near_repeat_table(bands(ratio={3: np.nan})).frame
    assert table.loc[3, "Kvot"] == "–"


def test_a_clear_near_repeat_is_told_with_its_band_and_surplus():
    found = bands(
        observed={0: 30, 4: 25},
        expected={0: 12.5, 4: 20.0},
        ratio={0: 2.4, 4: 1.25},
        p_value={0: 0.001, 4: 0.001},
    )
    sentence = hotspot_listing.near_repeat_sentence(found)
    assert "samma plats och 0–7 dagar" in sentence
    assert "140 % fler par än väntat" in sentence
    assert "30 mot 12,5 väntade" in sentence
    assert "p = 0,001" in sentence


NOTHING = hotspot_words.near_repeat_answer(None)


@pytest.mark.parametrize(
    "columns",
    [
        {},
        # One of twenty tests falls below 5 % by chance alone.
        {"p_value": {7: 0.04}, "ratio": {7: 3.0}},
        {"p_value": {7: 0.003}, "ratio": {7: 3.0}},
        # Fewer than expected is no near repeat, however sure it is.
        {"p_value": {7: 0.001}, "ratio": {7: 0.5}},
        {"p_value": {7: 0.001}, "ratio": {7: np.nan}},
    ],
)
def test_what_chance_may_give_is_no_near_repeat(columns):
    assert hotspot_listing.near_repeat_sentence(bands(**columns)) == NOTHING
    assert "Inget tyder på närupprepning" in NOTHING


def test_a_ratio_is_told_only_if_it_is_sure():
    found = bands(p_value={2: 0.03, 9: 0.002}, ratio={2: 9.0, 9: 1.5})
    sentence = hotspot_listing.near_repeat_sentence(found)
    assert "100–200 m och 7–14 dagar" in sentence
    assert "50 % fler" in sentence


@pytest.mark.slow
def test_events_anywhere_at_any_time_are_no_near_repeats():
    """A limit of 5 % in each of the twenty bands would find some in every third such world."""
    called = 0
    for seed in range(20):
        chance = np.random.default_rng(seed)
        x, y = chance.uniform(0, 3000, (2, 80))
        day = chance.integers(0, 365, 80)
        found = knox(x, y, day, (100, 200, 300, 400), (7, 14, 21, 28), 499, seed)
        called += hotspot_listing.near_repeat_sentence(found) != NOTHING
    assert called <= 2
