"""What the funnel plot draws: never a hidden count, never an empty plot, always the right level."""

import numpy as np
import pytest

from trygghetskarta.subjects.compare.show import SMALLEST_TOTAL, Funnel, funnel_of
from trygghetskarta.terms.areas import AreaLevel
from trygghetskarta.terms.audience import ShowRule
from trygghetskarta.terms.verdicts import OUTSIDE_998, WITHIN
from trygghetskarta.words import compare_words

OPEN = ShowRule(AreaLevel.DESO, 1)
NAMES = ("Östra", "Ärla", "Åby", "Sylte")
PEOPLE = (1000.0, 2000.0, 3000.0, 4000.0)
ALIKE = tuple(f"Lika {number}" for number in range(10))
"""Ten more areas, of 3 000 inhabitants and 30 offences each."""


@pytest.fixture
def plot(view_of):
    """The funnel of four areas; every part can be replaced."""

    def make(counts, rule=OPEN, population=PEOPLE, **how):
        shown = view_of(names=NAMES, counts=counts, previous=None, population=population, rule=rule,
                        **how)  # fmt: skip
        return funnel_of(shown)

    return make


@pytest.fixture
def among_alike(view_of):
    """The funnel of the four among ten that are alike; one of the four stands out."""

    def make(**how):
        counts = (10.0, 20.0, 9.0, 140.0, *(30.0 for _ in ALIKE))
        people = (*PEOPLE, *(3000.0 for _ in ALIKE))
        shown = view_of(names=(*NAMES, *ALIKE), counts=counts, previous=None, population=people,
                        rule=OPEN, **how)  # fmt: skip
        return funnel_of(shown)

    return make


def test_the_level_is_the_municipalitys_and_each_area_has_its_own_rate(among_alike):
    made = among_alike()
    assert made.rate == pytest.approx(1000 * 479 / 40_000)
    assert made.table["rate"].tolist() == pytest.approx([10.0, 10.0, 3.0, 35.0, *[10.0] * 10])
    assert made.table.loc["1488S004", "funnel"] == OUTSIDE_998
    assert made.limits["population"].agg(["min", "max"]).tolist() == [1000.0, 4000.0]


def test_who_stands_outside_is_named_on_the_right_side_and_no_reason_is_given(among_alike):
    said = among_alike().sentences
    assert "Över gränserna: Sylte." in said[0]
    assert said[0].endswith("Under gränserna: Åby.")
    assert "12,0 anmälda brott per 1 000 invånare" in said[0]
    assert "inte säger varför" in said[1]


def test_areas_that_all_differ_widen_the_lines_and_the_caption_says_by_how_much(plot):
    # Chance alone would put all four outside; nobody stands out among areas that differ this much.
    made = plot((100.0, 50.0, 300.0, 150.0))
    assert set(made.table["funnel"]) == {WITHIN}
    assert "skiljer sig dessutom från början, med ungefär" in made.sentences[1]
    assert "skiljer sig dessutom" not in plot((10.0, 20.0, 30.0, 40.0)).sentences[1]


def test_areas_alike_are_all_within(plot):
    made = plot((10.0, 20.0, 30.0, 40.0))
    assert set(made.table["funnel"]) == {WITHIN}
    assert "Inget område ligger utanför" in made.sentences[0]


def test_a_hidden_count_is_never_drawn_but_counts_in_the_level(plot):
    counts = (3.0, 4.0, 60.0, 80.0)
    made = plot(counts, rule=ShowRule(AreaLevel.DESO, 5))
    assert made.table["name"].tolist() == ["Åby", "Sylte"]
    assert made.table["count"].tolist() == [60.0, 80.0]
    # The level is that of all four, hidden or not: their sum is told in the caption.
    assert made.rate == pytest.approx(1000 * sum(counts) / sum(PEOPLE))
    assert any(line.startswith("2 områden är dolda") for line in made.sentences)


def test_the_plot_follows_from_what_is_published_alone(plot):
    rule = ShowRule(AreaLevel.DESO, 5)
    one, other = plot((3.0, 4.0, 60.0, 80.0), rule), plot((4.0, 3.0, 60.0, 80.0), rule)
    assert one.table.equals(other.table) and one.sentences == other.sentences


@pytest.mark.parametrize("total", [0, SMALLEST_TOTAL - 1])
def test_too_few_offences_give_a_sentence(plot, total):
    said = plot((float(total), 0.0, 0.0, 0.0))
    assert said == compare_words.funnel_too_few(total, SMALLEST_TOTAL)


def test_a_hidden_total_gives_a_sentence_without_it(plot):
    said = plot((2.0, 0.0, 0.0, 1.0), rule=ShowRule(AreaLevel.DESO, 5))
    assert said == compare_words.FUNNEL_HIDDEN


def test_areas_without_inhabitants_give_a_sentence_or_are_left_out(plot):
    assert (
        plot((10.0, 20.0, 30.0, 40.0), population=(np.nan,) * 4) == compare_words.FUNNEL_NO_PEOPLE
    )
    made = plot((10.0, 20.0, 30.0, 40.0), population=(1000.0, 2000.0, 30.0, np.nan))
    assert made.table["name"].tolist() == ["Östra", "Ärla"]
    assert made.rate == pytest.approx(10.0)
    assert any(line.startswith("2 områden har färre än 50") for line in made.sentences)


def test_a_chosen_district_is_set_against_the_whole_municipality(among_alike):
    made = among_alike(chosen=frozenset({"1488S004"}))
    assert isinstance(made, Funnel)
    assert made.table["name"].tolist() == ["Sylte"]
    assert made.rate == pytest.approx(1000 * 479 / 40_000)
    assert made.limits["population"].min() == 1000.0


def test_a_long_list_of_names_is_cut(view_of):
    names = [f"Område {number:03}" for number in range(200)]
    counts = [1000.0] * 19 + [10.0] * 181
    shown = view_of(names=names, counts=counts, previous=None, population=[1000.0] * 200, rule=OPEN)
    said = funnel_of(shown).sentences[0].split("Över gränserna: ")[1]
    assert "Område 011" in said and "Område 018" not in said
    assert "7 till i tabellen" in said
