"""Why there is no figure: the true reason of each area, in every place that tells it."""

import io
import sqlite3

import numpy as np
import openpyxl
import pytest

from tests.views import csv_of, xlsx_of
from trygghetskarta.analysis.measures import Measure
from trygghetskarta.analysis.rates import SMALLEST_POPULATION
from trygghetskarta.draw import absence, snippets
from trygghetskarta.draw.deck import page_decks
from trygghetskarta.draw.table import area_lists
from trygghetskarta.draw.table.geopackage_file import to_geopackage
from trygghetskarta.terms import map_classes
from trygghetskarta.terms.areas import AreaLevel
from trygghetskarta.terms.audience import ShowRule
from trygghetskarta.words import file_words
from trygghetskarta.words.language import available, language
from trygghetskarta.words.measure_words import MEASURE_WORDS
from trygghetskarta.words.sentences import Sentences

OPEN = ShowRule(AreaLevel.DESO, 1)
RATE, CHANGE = MEASURE_WORDS[Measure.PER_1000], MEASURE_WORDS[Measure.CHANGE]
FEW, UNKNOWN = "färre än 50 invånare", "antalet invånare är inte känt"
NOTHING = "inget anmält i jämförelseperioden"
LINES = [
    f"{RATE.columns['rate'].file}: {UNKNOWN} (Lextorp)",
    f"{RATE.columns['rate'].file}: {FEW} (Sylte)",
    f"{CHANGE.columns['percent'].file}: {NOTHING} (Östra)",
]


def why(shown, measure):
    told = absence.why_not_computed(shown.publishable.table, measure)
    return {shown.names[code]: reason for code, reason in told.items()}


def test_every_area_has_its_own_reason(view_of):
    shown = view_of(rule=OPEN)
    assert why(shown, Measure.PER_1000) == {"Sylte": FEW, "Lextorp": UNKNOWN}
    assert why(shown, Measure.CHANGE) == {"Östra": NOTHING}
    assert why(shown, Measure.COUNT) == {}
    assert MEASURE_WORDS[Measure.PER_1000].too_small == f"färre än {SMALLEST_POPULATION} invånare"


def test_what_is_hidden_or_missing_is_not_said_to_be_not_computed(view_of):
    """Ärla and Kronogården are hidden, and what is not known of Åby is its count."""
    few = view_of(population=(1000.0, 30.0, np.nan, 30.0, np.nan, 5000.0))
    assert why(few, Measure.PER_1000) == {"Sylte": FEW}
    assert "Ärla" not in " ".join(area_lists.area_file(few).reasons)


def test_a_figure_that_lacks_for_another_reason_is_not_given_a_wrong_one(view_of):
    table = view_of(rule=OPEN).publishable.table.copy()
    table.loc["1488S005", ["rate", "percent"]] = np.nan
    assert absence.why_not_computed(table, Measure.PER_1000)["1488S005"] == file_words.NOT_ENOUGH
    assert absence.why_not_computed(table, Measure.CHANGE)["1488S005"] == file_words.NOT_ENOUGH


def test_files_tell_each_reason_with_its_areas(view_of):
    shown = view_of(rule=OPEN)
    reasons = [text for head, text in area_lists.area_file(shown).about if head == "beräknas inte"]
    assert reasons == LINES
    book = openpyxl.load_workbook(io.BytesIO(xlsx_of(shown)))
    about = [tuple(row) for row in book[file_words.SHEET_ABOUT].iter_rows(values_only=True)]
    layer = sqlite3.connect(":memory:")
    layer.deserialize(to_geopackage(shown))
    kept = layer.execute(f"SELECT rubrik, text FROM {file_words.ABOUT_TABLE}").fetchall()
    layer.close()
    for line in LINES:
        assert f"beräknas inte;{line}" in csv_of(shown).decode("utf-8-sig")
        assert ("beräknas inte", line) in about and ("beräknas inte", line) in kept


def test_a_file_where_all_is_computed_says_nothing_of_it(view_of):
    full = {"population": (1000.0,) * 6, "counts": (9.0,) * 6, "previous": (9.0,) * 6}
    shown = view_of(rule=OPEN, **full)
    assert area_lists.area_file(shown).reasons == []
    assert "beräknas inte" not in csv_of(shown).decode("utf-8-sig")


def test_many_areas_are_counted_and_not_named():
    told = file_words.why_not_computed("Per 1 000", FEW, ["Ärla"] * 31)
    assert told == f"Per 1 000: {FEW} (31 områden)"


def legend(shown):
    return shown.looks[map_classes.MISSING].label


def test_the_legend_of_maps_pictures_and_papers_tells_it_too(view_of):
    counts = (10.0,) * 6
    few = {"counts": counts, "population": (1000.0, 900.0, 4000.0, 30.0, 800.0, 20.0)}
    assert legend(view_of(Measure.PER_1000, rule=OPEN, **few)) == f"beräknas inte ({FEW})"
    unknown = {"counts": counts, "population": (1000.0, 900.0, 4000.0, 30.0, 800.0, np.nan)}
    assert legend(view_of(Measure.PER_1000, rule=OPEN, **unknown)) == (
        f"beräknas inte ({UNKNOWN} eller {FEW})"
    )
    assert legend(view_of(Measure.PER_1000, rule=OPEN)) == (
        f"uppgift saknas, eller beräknas inte ({UNKNOWN} eller {FEW})"
    )
    assert legend(view_of(Measure.COUNT, rule=OPEN)) == "uppgift saknas"


@pytest.mark.parametrize("tag", available())
def test_every_language_tells_what_is_not_computed_from_what_is_missing(tag):
    said = Sentences(language(tag), None)
    told = {
        said.special_class(map_classes.MISSING, 5),
        said.not_computed_class({FEW}, False),
        said.not_computed_class({FEW}, True),
    }
    assert len(told) == 3


def test_a_chart_tells_it_beside_each_bar(view_of):
    chart = page_decks.area_chart(view_of(Measure.PER_1000, rule=OPEN))
    told = dict(zip(chart.categories, chart.told, strict=True))
    assert (told["Sylte"], told["Lextorp"], told["Åby"]) == (FEW, UNKNOWN, "uppgift saknas")
    assert told["Kronogården"] == ""


@pytest.mark.parametrize(
    ("name", "rule", "reason"),
    [
        ("Sylte", OPEN, FEW),
        ("Lextorp", OPEN, UNKNOWN),
        ("Åby", OPEN, "uppgift saknas"),
        ("Ärla", ShowRule(AreaLevel.DESO, 9000), "dold"),
    ],
)
def test_the_profile_of_an_area_tells_why_it_has_no_rate(view_of, name, rule, reason):
    shown = view_of(rule=rule)
    figures = shown.publishable.table.loc[shown.names.index[shown.names == name][0]]
    assert absence.why_absent(figures, Measure.PER_1000) == reason
    cards = str(snippets.key_figures(figures, 0.5, rule))
    assert reason in cards and ("eller dolt" not in cards)
