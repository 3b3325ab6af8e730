"""Every measure has its words, and is drawn on map, slide and in files, with nothing left out."""

import csv
import io

import pytest

from tests.views import csv_of
from trygghetskarta.analysis.measures import OF_ONE_PERIOD, Measure
from trygghetskarta.draw.deck import deck_state, page_decks
from trygghetskarta.draw.deck.page_decks import Stamp
from trygghetskarta.draw.map import painting
from trygghetskarta.draw.snippets import key_figures
from trygghetskarta.draw.table import area_lists, geopackage_file
from trygghetskarta.terms.areas import AreaLevel
from trygghetskarta.terms.audience import ShowRule
from trygghetskarta.words.language import available, language
from trygghetskarta.words.measure_words import MEASURE_WORDS

OPEN = ShowRule(AreaLevel.DESO, 1)


@pytest.mark.parametrize("measure", Measure)
def test_staff_are_told_of_every_figure(measure):
    said, declared = MEASURE_WORDS[measure], measure.declared
    assert said.name and said.legend
    for figure in declared.figures:
        column = said.columns[figure.name]
        assert bool(figure.lower) == bool(column.interval and column.lower and column.upper)
        assert column.tooltip or figure is declared.exposure
    assert ("verdict" in said.columns) == declared.compares
    if not declared.compares:
        assert said.unit and said.highest
    assert bool(said.method) == (measure is not Measure.COUNT)
    is_rate = bool(declared.exposure)
    assert is_rate == bool(said.card and said.card_detail and said.too_small and said.not_known)


def test_no_words_are_left_of_a_measure_that_is_gone():
    assert list(MEASURE_WORDS) == [measure.value for measure in Measure]


@pytest.mark.parametrize("tag", available())
@pytest.mark.parametrize("measure", Measure)
def test_a_presentation_tells_it_in_every_language(measure, tag):
    said = language(tag).words
    keys = {"legend"}
    if measure in OF_ONE_PERIOD:
        keys |= {"unit", "chart", "shade"}
    if measure.declared.exposure:
        keys |= {"method", "unknown"}
    assert all(said[f"measure.{measure}.{key}"] for key in keys)


@pytest.mark.parametrize("measure", Measure)
def test_it_is_drawn_everywhere_with_its_figures(view_of, measure):
    shown, declared = view_of(measure, rule=OPEN), measure.declared
    said = MEASURE_WORDS[measure]
    assert shown.legend_title == said.legend
    assert [entry for entry in shown.legend if entry.class_number >= 0]
    told = painting.state(shown, shown.areas.index)["lines"]
    last = told[-2 if declared.compares else -1]
    assert last["label"] == said.columns[declared.value.name].tooltip
    columns = [said.columns[figure.name] for figure in declared.figures]
    assert {one.page for one in columns} <= set(area_lists.area_table(shown).headings)
    rows = list(csv.reader(io.StringIO(csv_of(shown).decode("utf-8-sig")), delimiter=";"))
    assert {one.file for one in columns} <= set(rows[0])
    fields = {field for figure in declared.figures for field in figure.columns.values()}
    assert fields <= set(geopackage_file._layer(shown, area_lists.area_file(shown))[0])
    deck = page_decks.area_deck(shown, Stamp("Trollhättan", "318", "abc"))
    assert len(deck.slides) == (1 if declared.compares else 2)
    slide = deck_state.deck_state(deck)["slides"][0]
    assert slide["legend"]["title"] == said.legend
    assert slide["maps"][0]["state"]["lines"]
    if declared.exposure:
        figures = shown.publishable.table.iloc[1]
        assert said.card in key_figures(figures, 0.5, shown.publishable.rule)
