"""A choice becomes a view: the rule of the theme holds, and the facts tell what is behind it."""

from datetime import date

import pytest

from trygghetskarta.analysis.measures import Measure
from trygghetskarta.draw.shown import compose
from trygghetskarta.gate import area_profile, loaded_world
from trygghetskarta.gate import view as views
from trygghetskarta.gate.choice import Choice, PeriodKind
from trygghetskarta.terms.areas import AreaLevel
from trygghetskarta.terms.audience import Audience
from trygghetskarta.terms.imports import TableKind
from trygghetskarta.terms.maps import Comparison
from trygghetskarta.words.texts import caption_count

pytestmark = pytest.mark.slow

HEADER = "Id;Brottskod;Inskrivningsdatum;Områdeskod;Antal\n"
YEAR = {"period": PeriodKind.OWN, "start": date(2025, 1, 1), "end": date(2025, 12, 31)}


@pytest.fixture
def world(place, bring):
    """12 sexual offences in one district, 2 in another, 3 nowhere; 7 burglaries, 6 nowhere."""
    rows = [("9694", "1488S007", 12), ("9694", "1488S012", 2), ("9694", "", 3), ("9801", "", 6)]
    rows += [("9801", "1488S007", 7)]
    lines = [
        f"{code}{area}{n};{code};2025-05-{1 + n:02};{area};1"
        for code, area, count in rows
        for n in range(count)
    ]
    bring(TableKind.INCIDENTS, "uttag.csv", HEADER + "\n".join(lines) + "\n")
    return loaded_world.load(place.engine, place.municipality)


def test_a_theme_is_never_shown_finer_than_its_rule_allows(world):
    found = views.view(world, Choice(theme="sexualbrott", level=AreaLevel.DESO, **YEAR))
    assert found.limited
    assert found.choice.level is not AreaLevel.DESO
    assert found.gated.level is found.choice.level
    free = views.view(world, Choice(level=AreaLevel.DESO, **YEAR))
    assert not free.limited


def test_a_small_count_is_absent_and_so_is_what_would_tell_it(world):
    table = views.view(world, Choice(theme="sexualbrott", **YEAR)).gated.table
    assert table.loc["1488S012"].drop("status").filter(like="count").isna().all()
    hidden = table["status"] == "hidden"
    # One hidden cell alone could be found from the total.
    assert hidden.sum() >= 2
    assert 2.0 not in table["count"].tolist()


def test_the_facts_tell_what_lacks_a_place(world):
    facts = views.view(world, Choice(types=("Inbrott",), **YEAR)).facts
    assert (facts.offences, facts.without_place) == (13, 6)
    assert facts.start == date(2025, 1, 1) and facts.end == date(2025, 12, 31)
    assert not facts.is_example


def test_a_small_number_without_a_place_is_not_told_either(world):
    assert views.view(world, Choice(theme="sexualbrott", **YEAR)).facts.without_place is None


def test_the_chosen_districts_alone_have_figures(world):
    found = views.view(world, Choice(districts=("1488S007",), types=("Inbrott",), **YEAR))
    assert found.chosen == {"1488S007"}
    shown = compose(found.gated, found.areas, found.facts, found.chosen)
    assert shown.publishable.table["count"].to_dict() == {"1488S007": 7.0}


def test_a_profile_is_of_one_area_and_an_unknown_one_has_none(world):
    answer = views.view(world, Choice(**YEAR))
    found = area_profile.profile(world, answer, "1488S007")
    assert found.name == "Kronogården"
    assert found.series["count"].sum() == 19
    assert area_profile.profile(world, answer, "1488S999") is None
    assert area_profile.profile(world, answer, "") is None


def test_a_profile_names_no_type_that_may_not_be_told_there(world):
    """Sexual offences may be told per district from five on, and never per DeSO."""

    def types(level: AreaLevel, code: str) -> dict[str, int]:
        answer = views.view(world, Choice(level=level, **YEAR))
        return area_profile.profile(world, answer, code).types.to_dict()

    assert types(AreaLevel.DISTRICT, "1488S007") == {"Sexualbrott": 12, "Inbrott": 7}
    assert types(AreaLevel.DISTRICT, "1488S012") == {"Övriga brott": 2}
    assert types(AreaLevel.REGSO, world.areas[AreaLevel.REGSO].index[0]) == {}


def test_police_labels_are_for_internal_eyes(world):
    inside = views.view(world, Choice(**YEAR))
    assert "1488S007" in inside.labels
    public = views.view(world, Choice(**YEAR), Audience.PUBLIC)
    assert public.labels == {}


def test_every_theme_of_the_plan_gives_a_view_or_says_that_it_is_not_mapped(world):
    plan = world.plan(0)
    for theme in plan.themes:
        found = views.view(world, Choice(theme=theme.key, **YEAR))
        assert (found.gated is None) == (found.facts is None)
        assert found.theme.key == theme.key


@pytest.mark.parametrize(
    ("cells", "told", "said"),
    [
        (("", "", ""), (0, 18), "; källan säger inte om uppgifterna är slutliga."),
        (("nej", "nej", "nej"), (0, 0), "; slutliga uppgifter."),
        (("ja", "nej", "nej"), (6, 0), "; preliminära uppgifter (6)."),
        (
            ("ja", "nej", ""),
            (6, 6),
            "; preliminära uppgifter (6); om en del säger källan inte om uppgifterna är slutliga.",
        ),
    ],
)
def test_what_a_file_does_not_say_is_neither_final_nor_preliminary(place, bring, cells, told, said):
    rows = [f"{row};9801;2025-0{row + 1}-01;1488S007;6;{cell}" for row, cell in enumerate(cells)]
    head = HEADER.strip() + ";Preliminär\n"
    bring(TableKind.INCIDENTS, "uttag.csv", head + "\n".join(rows) + "\n")
    world = loaded_world.load(place.engine, place.municipality)
    facts = views.view(world, Choice(**YEAR)).facts
    assert (facts.preliminary, facts.unsaid) == told
    assert caption_count(facts).endswith(said)


def test_the_facts_tell_of_a_listed_area_only_while_it_is_listed_and_shown(world):
    listed = world.classifications["area_code"].unique()
    assert len(listed)
    assert views.view(world, Choice(**YEAR)).facts.has_listed_area
    assert views.view(world, Choice(districts=(listed[0],), **YEAR)).facts.has_listed_area
    other = next(c for c in world.areas[AreaLevel.DISTRICT].index if c not in listed)
    assert not views.view(world, Choice(districts=(other,), **YEAR)).facts.has_listed_area
    early = {"period": PeriodKind.OWN, "start": date(2010, 1, 1), "end": date(2010, 12, 31)}
    assert not views.view(world, Choice(**early)).facts.has_listed_area


def test_a_period_beyond_the_data_gives_no_change(place, bring):
    rows = [f"{day};9801;2025-{day:02}-01;1488S007;1" for day in range(1, 13)]
    rows.append("last;9801;2025-12-31;1488S007;1")
    bring(TableKind.INCIDENTS, "uttag.csv", HEADER + "\n".join(rows) + "\n")
    world = loaded_world.load(place.engine, place.municipality)
    found = views.view(world, Choice(measure=Measure.CHANGE, **YEAR))
    assert [span.start.year for span in found.uncovered] == [2024]
    assert not {"previous", "verdict", "percent"} & set(found.gated.table)
    assert found.choice.measure is Measure.COUNT
    assert found.facts.previous_start is None
    assert area_profile.profile(world, found, "1488S007").series["previous"].isna().all()
    half = {"start": date(2025, 7, 1), "end": date(2025, 12, 31), "period": PeriodKind.OWN}
    covered = views.view(
        world, Choice(measure=Measure.CHANGE, comparison=Comparison.PREVIOUS, **half)
    )
    assert covered.uncovered == () and "verdict" in covered.gated.table
