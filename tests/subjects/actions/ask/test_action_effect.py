"""Effects of made actions in made towns where every number can be checked by head."""

import uuid
from datetime import date

import pytest

from trygghetskarta.gate import loaded_world
from trygghetskarta.subjects.actions import edit as actions_edit
from trygghetskarta.subjects.actions.ask import action_effect, action_world
from trygghetskarta.subjects.actions.ask.effect_facts import Window
from trygghetskarta.subjects.actions.edit import ActionForm
from trygghetskarta.terms.actions import ActionStatus, EffectRefusal, EffectVerdict, NoQuotient
from trygghetskarta.terms.imports import TableKind

pytestmark = pytest.mark.slow

START = date(2025, 1, 1)
CORNER = (58.2830, 12.2900)
SQUARE = (CORNER, (58.2830, 12.2930), (58.2850, 12.2930), (58.2850, 12.2900))


def sums(levels: dict[str, tuple[int, int, int]], types: str = "Skadegörelse") -> str:
    """A file of sums: offences a month by district in 2023, 2024 and 2025."""
    rows = [
        f"{name};{2023 + year}-{month:02};{types};{count}"
        for name, years in levels.items()
        for year, count in enumerate(years)
        for month in range(1, 13)
    ]
    return "Stadsdel;Månad;Brottstyp;Antal\n" + "\n".join(rows) + "\n"


TOWN = {
    "Sylte": (20, 20, 10),
    "Centrum": (20, 20, 20),
    "Halvorstorp": (22, 22, 22),
    "Björndalen": (2, 9, 9),
}


@pytest.fixture
def assess(place):
    """Give the effect of an action in the workplace as it is now."""

    def run(**values):
        plain = {"theme": "ska", "start_date": START, "status": ActionStatus.ONGOING}
        identity = str(uuid.uuid4())
        actions_edit.add(place, ActionForm(identity, "Prov", **{**plain, **values}), "samordnare")
        world = loaded_world.load(place.engine, place.municipality)
        return action_effect.assess(world, action_world.load(place), identity)

    return run


def code_of(place, name: str) -> str:
    districts = action_world.load(place).areas["name"]
    return next(code for code, found in districts.items() if found.startswith(name))


def test_a_halving_beside_a_still_town_is_a_clear_decrease(place, bring, assess):
    bring(TableKind.INCIDENTS, "summor.csv", sums(TOWN))
    found = assess(districts=(code_of(place, "Sylte"),))
    assert found.refusal is None and found.months == 12
    assert found.before == Window(date(2024, 1, 1), date(2024, 12, 31))
    assert found.after == Window(date(2025, 1, 1), date(2025, 12, 31))
    assert found.counts.loc["treated", ["before", "after"]].tolist() == [240, 120]
    assert found.effect.estimate == pytest.approx(-120)
    assert found.percent == pytest.approx(-50)
    assert found.verdict is EffectVerdict.CLEAR_DECREASE
    assert found.follows and not found.risen
    # The likest by level and change; a district that rose fourfold is not chosen.
    assert [name.split("–")[0] for name in found.site.control] == ["Centrum", "Halvorstorp"]
    weight = (20 + 22) / 20
    assert found.counts.loc["control", "weight"] == pytest.approx(weight)
    assert found.effect.se**2 == pytest.approx(240 + 120 + 2 * 12 * 42 / weight**2)
    # Sums have no points, so nothing is known of the surroundings.
    assert found.quotient == pytest.approx(0)


def test_the_choice_of_controls_cannot_see_the_outcome(place, bring, assess):
    fallen = {**TOWN, "Centrum": (20, 20, 1), "Halvorstorp": (22, 22, 90)}
    bring(TableKind.INCIDENTS, "summor.csv", sums(fallen))
    found = assess(districts=(code_of(place, "Sylte"),))
    assert [name.split("–")[0] for name in found.site.control] == ["Centrum", "Halvorstorp"]


def test_a_choice_by_hand_after_the_start_is_told(place, bring, assess):
    bring(TableKind.INCIDENTS, "summor.csv", sums(TOWN))
    chosen = (code_of(place, "Björndalen"),)
    found = assess(districts=(code_of(place, "Sylte"),), control_districts=chosen)
    assert found.site.by_hand and found.site.late
    assert found.site.candidates["chosen"].sum() == 1
    # Björndalen rose fourfold while Sylte stood still.
    assert found.follows is False
    assert found.verdict is EffectVerdict.NOT_ASSESSABLE


def test_before_the_start_it_is_told_what_could_be_shown(place, bring, assess):
    bring(TableKind.INCIDENTS, "summor.csv", sums(TOWN))
    found = assess(districts=(code_of(place, "Centrum"),), start_date=date(2026, 3, 1))
    assert found.months == 0 and found.effect is None and found.after is None
    assert 0 < found.detectable < 60
    assert found.needed == 12 and found.needed_all == 12
    assert found.verdict is EffectVerdict.NOT_ASSESSABLE


def test_too_few_offences_cannot_be_judged_and_other_types_would_help(place, bring, assess):
    small = {name: (1, 1, 1) for name in TOWN}
    bring(TableKind.INCIDENTS, "summor.csv", sums(small))
    bring(TableKind.INCIDENTS, "fler.csv", sums({n: (40, 40, 40) for n in TOWN}, "Våld"))
    found = assess(districts=(code_of(place, "Sylte"),))
    assert found.verdict is EffectVerdict.NOT_ASSESSABLE
    assert found.detectable > 60
    assert found.needed is None and found.needed_all == 12


def test_what_was_unusually_high_is_told(place, bring, assess):
    risen = {**TOWN, "Sylte": (10, 20, 10), "Centrum": (10, 20, 20), "Halvorstorp": (11, 22, 22)}
    bring(TableKind.INCIDENTS, "summor.csv", sums(risen))
    assert assess(districts=(code_of(place, "Sylte"),)).risen


def test_a_place_on_the_police_list_is_told(place, bring, assess):
    bring(TableKind.INCIDENTS, "summor.csv", sums({**TOWN, "Kronogården": (20, 20, 20)}))
    assert assess(districts=(code_of(place, "Kronogården"),)).listed
    assert not assess(districts=(code_of(place, "Centrum"),)).listed


def points(inside: int, near: int) -> str:
    """Offences with points: in the square and 100 m east of it, by year as in TOWN."""
    rows, number = ["Id;Brottskod;Inskrivningsdatum;Latitud;Longitud"], 0
    for year in (2023, 2024, 2025):
        for month in range(1, 13):
            for count, at in ((inside, "12.2915"), (near, "12.2947")):
                for _ in range(count if year < 2025 or at != "12.2915" else count // 2):
                    number += 1
                    rows.append(f"{number};1203;{year}-{month:02}-05;58.2840;{at}")
    return "\n".join(rows) + "\n"


def test_a_drawn_area_counts_its_points_and_a_ring_round_it(place, bring, assess):
    bring(TableKind.INCIDENTS, "punkter.csv", points(8, 4))
    sylte = action_world.load(place).areas.loc[[code_of(place, "Sylte")]].representative_point()
    at = sylte.to_crs(4326).iloc[0]
    far = "\n".join(
        f"F{year}{month}{n};1203;{year}-{month:02}-07;{at.y:.5f};{at.x:.5f}"
        for year in (2023, 2024, 2025)
        for month in range(1, 13)
        for n in range(8)
    )
    header = "Id;Brottskod;Inskrivningsdatum;Latitud;Longitud\n"
    bring(TableKind.INCIDENTS, "annat.csv", header + far + "\n", source="Annat")
    # Sums without points can not be in a drawn area, so they are not beside it either.
    bring(TableKind.INCIDENTS, "summor.csv", sums(TOWN), source="Summor")
    found = assess(area=SQUARE)
    assert found.site.by_points
    assert found.counts.loc["treated", ["before", "after"]].tolist() == [96, 48]
    assert found.counts.loc["ring", ["before", "after"]].tolist() == [48, 48]
    assert found.counts.loc["control", ["before", "after"]].tolist() == [96, 96]
    assert found.verdict is EffectVerdict.CLEAR_DECREASE
    assert found.quotient == pytest.approx(0)


def test_a_drawn_area_of_a_coarse_theme_is_made_to_districts(place, bring, assess):
    bring(TableKind.INCIDENTS, "summor.csv", sums(TOWN, "Sprängning"))
    found = assess(area=SQUARE, theme="grov_brottslighet")
    assert found.site.narrowed and not found.site.by_points and found.site.names


@pytest.mark.parametrize(
    ("values", "refusal"),
    [
        ({"start_date": None}, EffectRefusal.NO_START),
        ({"districts": ()}, EffectRefusal.NO_PLACE),
        ({"theme": ""}, EffectRefusal.NO_THEME),
        ({"theme": "extremism"}, EffectRefusal.NOT_COUNTED),
        ({"theme": "sexualbrott"}, EffectRefusal.TOO_SENSITIVE),
        ({"start_date": date(2023, 6, 1)}, EffectRefusal.NO_DATA_BEFORE),
    ],
)
def test_what_cannot_be_told_has_its_reason(place, bring, assess, values, refusal):
    bring(TableKind.INCIDENTS, "summor.csv", sums(TOWN))
    found = assess(**{"districts": (code_of(place, "Sylte"),), **values})
    assert found.refusal is refusal and found.effect is None


def test_without_another_district_there_is_nothing_to_compare_with(place, bring, assess):
    bring(TableKind.INCIDENTS, "summor.csv", sums({"Sylte": (20, 20, 10)}))
    found = assess(districts=(code_of(place, "Sylte"),))
    assert found.refusal is EffectRefusal.NO_CONTROLS


def test_an_empty_store_refuses_calmly(place, assess):
    found = assess(districts=(code_of(place, "Sylte"),))
    assert found.refusal is EffectRefusal.NO_DATA_BEFORE
    assert found.quotient is NoQuotient.NO_CONTROL
