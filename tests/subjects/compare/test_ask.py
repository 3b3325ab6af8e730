"""Two periods of one choice: each side holds what the file holds, and hides what it must."""

from dataclasses import replace
from datetime import date

import pytest

from trygghetskarta.analysis.measures import Measure
from trygghetskarta.draw.shown import compose
from trygghetskarta.gate import loaded_world
from trygghetskarta.gate import view as views
from trygghetskarta.gate.choice import Choice, PeriodKind
from trygghetskarta.subjects.compare.ask import pair
from trygghetskarta.terms.areas import AreaLevel
from trygghetskarta.terms.audience import Audience
from trygghetskarta.terms.imports import TableKind
from trygghetskarta.terms.maps import Comparison

pytestmark = pytest.mark.slow

HEADER = "Id;Brottskod;Inskrivningsdatum;Områdeskod;Antal\n"
YEAR = {"period": PeriodKind.OWN, "start": date(2025, 1, 1), "end": date(2025, 12, 31)}
BURGLARY, SEXUAL = "9801", "9694"
COUNTS = [
    # code, year, district, offences
    (BURGLARY, 2024, "1488S007", 40),
    (BURGLARY, 2025, "1488S007", 80),
    (BURGLARY, 2024, "1488S012", 7),
    (BURGLARY, 2025, "1488S003", 3),
    (BURGLARY, 2024, "", 9),
    (SEXUAL, 2024, "1488S007", 2),
    (SEXUAL, 2024, "1488S012", 11),
    (SEXUAL, 2025, "1488S007", 12),
    (SEXUAL, 2025, "1488S012", 3),
]


@pytest.fixture
def world(place, bring):
    """A known number of offences in each district and year."""
    lines = [
        f"{code}{area}{year}{n};{code};{year}-{1 + n % 12:02}-{28 if n % 12 else 1:02};{area};1"
        for code, year, area, count in COUNTS
        for n in range(count)
    ]
    bring(TableKind.INCIDENTS, "uttag.csv", HEADER + "\n".join(lines) + "\n")
    return loaded_world.load(place.engine, place.municipality)


def counted(year: int, *codes: str) -> dict[str, float]:
    """Offences by district, added up from the list above."""
    found = {}
    for code, when, area, count in COUNTS:
        if when == year and code in codes and area:
            found[area] = found.get(area, 0.0) + count
    return found


def shown(found, side: str):
    """A side as the page draws it."""
    of, other = (found.earlier, found.later) if side == "earlier" else (found.later, found.earlier)
    return compose(of.gated, of.areas, of.facts, of.chosen, beside=other.gated)


def test_each_side_holds_what_the_file_holds(world):
    found = pair(world, Choice(types=("Inbrott",), **YEAR))
    for answer, year in ((found.earlier, 2024), (found.later, 2025)):
        table = answer.gated.table
        assert table.loc[table["count"] > 0, "count"].to_dict() == counted(year, BURGLARY)
        assert answer.facts.start == date(year, 1, 1) and answer.facts.end == date(year, 12, 31)
    assert (found.earlier.facts.offences, found.later.facts.offences) == (56, 83)
    assert (found.earlier.facts.without_place, found.later.facts.without_place) == (9, 0)
    before = found.change.gated.table["previous"]
    assert before.equals(found.earlier.gated.table["count"].rename("previous"))


@pytest.mark.parametrize("measure", [Measure.COUNT, Measure.PER_1000])
def test_a_colour_means_the_same_on_either_side(world, measure):
    found = pair(world, Choice(types=("Inbrott",), measure=measure, **YEAR))
    left, right = shown(found, "earlier"), shown(found, "later")
    looks = [[(e.class_number, e.colour, e.label) for e in side.legend] for side in (left, right)]
    assert looks[0] == looks[1]
    assert [sum(e.n for e in side.legend) for side in (left, right)] == [15, 15]
    # 80 is the most of either year, so it alone has the darkest colour.
    assert right.class_number["1488S007"] > left.class_number["1488S007"]


def test_a_rate_of_the_earlier_period_is_of_its_own_counts(world):
    asked = Choice(types=("Inbrott",), measure=Measure.PER_1000, **YEAR)
    alone = replace(asked, start=date(2024, 1, 1), end=date(2024, 12, 31))
    earlier, expected = pair(world, asked).earlier, views.view(world, alone)
    for column in ("count", "rate", "lower", "upper"):
        assert earlier.gated.table[column].equals(expected.gated.table[column])


def test_what_is_hidden_is_hidden_on_both_sides(world):
    found = pair(world, Choice(theme="sexualbrott", **YEAR))
    for answer, area in ((found.earlier, "1488S007"), (found.later, "1488S012")):
        table = answer.gated.table
        assert table.at[area, "status"] == "hidden"
        # One hidden cell alone could be found from the total.
        assert (table["status"] == "hidden").sum() >= 2
        assert not table["count"].between(1, 4).any()
        assert table.loc[table["status"] == "hidden", ["rate", "crude_rate"]].isna().all().all()
    change = found.change.gated.table
    assert change.loc[["1488S007", "1488S012"], ["percent", "verdict"]].isna().all().all()
    sides = [shown(found, side) for side in ("earlier", "later")]
    assert all(any("dold" in entry.label for entry in side.legend) for side in sides)


def test_the_public_sees_no_small_count_of_either_period(world):
    found = pair(world, Choice(types=("Inbrott",), **YEAR), Audience.PUBLIC)
    assert found.later.gated.table.at["1488S003", "status"] == "hidden"
    assert found.earlier.gated.audience is Audience.PUBLIC
    assert found.earlier.labels == {}


def test_the_sides_have_no_colour_for_a_change(world):
    found = pair(world, Choice(measure=Measure.CHANGE, **YEAR))
    assert found.earlier.facts.measure is found.later.facts.measure is Measure.COUNT
    assert found.change.facts.measure is Measure.CHANGE
    assert found.earlier.facts.previous_start is None


def test_a_theme_too_sensitive_for_the_level_is_coarser_on_every_map(world):
    found = pair(world, Choice(theme="sexualbrott", level=AreaLevel.DESO, **YEAR))
    views_of_it = (found.earlier, found.later, found.change)
    assert {view.gated.level for view in views_of_it} == {AreaLevel.DISTRICT}
    assert all(view.limited for view in views_of_it)


def test_every_theme_of_the_plan_gives_two_sides_or_none(world):
    for theme in world.plan(0).themes:
        found = pair(world, Choice(theme=theme.key, **YEAR))
        assert (found.earlier.gated is None) == (found.later.gated is None)
        assert (found.earlier.gated is None) == (found.change.gated is None)


def test_the_chosen_districts_are_the_same_on_both_sides(world):
    found = pair(world, Choice(theme="utsatt_omrade", **YEAR))
    assert found.earlier.chosen == found.later.chosen != frozenset()
    assert list(shown(found, "earlier").names) == list(shown(found, "later").names)


def test_no_change_is_told_where_a_period_reaches_beyond_the_data(world):
    assert pair(world, Choice(**YEAR)).uncovered == ()
    own = {"comparison": Comparison.OWN, "compare_end": date(2024, 6, 30)}
    found = pair(world, Choice(compare_start=date(2023, 7, 1), **own, **YEAR))
    (told,) = found.uncovered
    assert (told.start, told.end) == (date(2023, 7, 1), date(2024, 6, 30))
    assert found.change.gated is None
    assert not {"previous", "percent", "verdict"} & set(found.later.gated.table)
    assert found.earlier.gated is not None and not found.outside
    own["compare_end"] = date(2023, 12, 31)
    assert pair(world, Choice(compare_start=date(2023, 7, 1), **own, **YEAR)).outside


def test_periods_of_other_lengths_or_that_overlap_are_known(world):
    year = pair(world, Choice(**YEAR))
    assert not year.unequal and not year.overlapping
    own = {"comparison": Comparison.OWN, "compare_start": date(2024, 7, 1)}
    assert pair(world, Choice(compare_end=date(2024, 12, 31), **own, **YEAR)).unequal
    assert pair(world, Choice(compare_end=date(2025, 1, 31), **own, **YEAR)).overlapping
