"""Actions: made and changed by people, followed up, and what is missing told by owner."""

import uuid
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from trygghetskarta.errors import StoreCause, StoreError, TableError, TableRule
from trygghetskarta.store.versioned_rows import RowEdition
from trygghetskarta.subjects.actions import edit as actions_edit
from trygghetskarta.subjects.actions.ask import action_world
from trygghetskarta.subjects.actions.edit import ActionForm, FollowUpForm
from trygghetskarta.subjects.walks.edit import walk_work
from trygghetskarta.subjects.walks.edit.walk_work import ObservationForm
from trygghetskarta.terms.actions import ActionApproach, ActionStatus
from trygghetskarta.terms.walks import ObservationCategory

pytestmark = pytest.mark.slow

SQUARE = ((58.283, 12.29), (58.283, 12.30), (58.288, 12.30), (58.288, 12.29))
WHO = "samordnare"


def name(number: int) -> str:
    return str(uuid.UUID(int=number))


def form(number: int = 1, **values) -> ActionForm:
    plain = {
        "title": "Ny belysning",
        "theme": "ska",
        "approach": ActionApproach.SITUATIONAL,
        "owner": "Stadsbyggnadsförvaltningen",
        "start_date": date(2026, 1, 1),
        "status": ActionStatus.ONGOING,
    }
    return ActionForm(name(number), **{**plain, **values})


def test_a_measure_is_stored_once_with_its_drawn_area(place):
    assert actions_edit.add(place, form(area=SQUARE), WHO).version == 1
    actions_edit.add(place, form(area=SQUARE), WHO)
    world = action_world.load(place)
    assert list(world.actions["title"]) == ["Ny belysning"]
    # 0.01° by 0.005° at 58.3° north: 586 m by 557 m.
    assert world.actions.geometry.area.iloc[0] == pytest.approx(586 * 557, rel=0.01)
    assert not world.is_example
    assert world.owners() == ["Stadsbyggnadsförvaltningen"]
    assert world.theme_name("ska").startswith("Stärkt")


def test_the_second_of_two_editors_is_told_and_nothing_is_overwritten(place):
    actions_edit.add(place, form(), WHO)
    read = RowEdition(name(1), 1)
    assert actions_edit.change(place, read, form(goal="Färre mörka stråk"), WHO).version == 2
    with pytest.raises(StoreError) as refused:
        actions_edit.change(place, read, form(goal="Något annat"), WHO)
    assert refused.value.cause is StoreCause.CHANGED_MEANWHILE
    row = action_world.load(place).actions.iloc[0]
    assert row["goal"] == "Färre mörka stråk" and row["version"] == 2
    again = actions_edit.form_of(row)
    assert again == form(goal="Färre mörka stråk")
    assert actions_edit.change(place, RowEdition(name(1), 2), again, WHO).version == 2


def test_history_tells_facts_and_forgets_words(place):
    actions_edit.add(place, form(), WHO)
    changed = form(status=ActionStatus.DONE, goal="Hemligt mål")
    actions_edit.change(place, RowEdition(name(1), 1), changed, WHO)
    told = actions_edit.history(place, name(1)).set_index("field")
    assert told.loc["status", ["before", "after"]].tolist() == ["pagar", "avslutad"]
    assert told.loc["goal", ["before", "after"]].isna().all()


def test_a_removed_measure_is_gone_from_the_lists(place):
    actions_edit.add(place, form(), WHO)
    actions_edit.remove(place, RowEdition(name(1), 1), WHO)
    assert action_world.load(place).actions.empty
    with pytest.raises(StoreError) as refused:
        actions_edit.change(place, RowEdition(name(1), 2), form(), WHO)
    assert refused.value.cause is StoreCause.NOT_FOUND


@pytest.mark.parametrize(
    ("values", "rule"),
    [
        ({"title": " "}, TableRule.VALUE_MISSING),
        ({"theme": "finns_inte"}, TableRule.UNKNOWN_WORD),
        ({"districts": ("X",)}, TableRule.AREA_UNKNOWN),
        ({"end_date": date(2025, 1, 1)}, TableRule.END_BEFORE_START),
        ({"area": SQUARE[:2]}, TableRule.GEOMETRY_TYPE),
        ({"area": (*SQUARE[:2], SQUARE[3], SQUARE[2])}, TableRule.GEOMETRY_INVALID),
        ({"area": ((0.0, 0.0), (0.0, 1.0), (1.0, 1.0))}, TableRule.COORDINATE_OUTSIDE_SWEDEN),
    ],
)
def test_bad_values_are_refused_with_their_rule(place, values, rule):
    with pytest.raises(TableError) as refused:
        actions_edit.add(place, form(**values), WHO)
    assert rule in [fault.rule for fault in refused.value.faults]
    assert action_world.load(place).actions.empty


def test_a_person_as_owner_is_warned_of_until_the_writer_insists(place):
    person = form(owner="Anna Lundberg", goal="Ring 070-174 06 05")
    warned = actions_edit.add(place, person, WHO)
    assert warned.version is None
    assert [one.column for one in warned.warnings] == ["goal", "owner"]
    assert action_world.load(place).actions.empty
    assert actions_edit.add(place, person, WHO, despite_warnings=True).version == 1
    # Words that stay as they were are not asked about again.
    assert actions_edit.change(
        place, RowEdition(name(1), 1), replace(person, title="Lampor"), WHO
    ).version


def told(number: int, day: date, action: int = 1) -> FollowUpForm:
    return FollowUpForm(name(number), name(action), day, "Samordnare", done="Tolv nya lyktor")


def test_missing_follow_ups_are_told_by_owner(place):
    actions_edit.add(place, form(1), WHO)
    actions_edit.add(place, form(2, title="Bygga om torget", owner="Park"), WHO)
    actions_edit.add(place, form(3, title="Planerad", status=ActionStatus.PLANNED), WHO)
    actions_edit.add(place, form(4, title="Förra planen", end_date=date(2026, 1, 31)), WHO)
    actions_edit.follow_up(place, told(11, date(2026, 3, 1)), WHO)
    actions_edit.follow_up(place, told(11, date(2026, 3, 1)), WHO)
    world = action_world.load(place)
    assert len(world.follow_ups) == 1
    missing = action_world.missing_follow_ups(world)
    assert missing["title"].tolist() == ["Bygga om torget", "Förra planen"]
    assert missing["last"].isna().all()
    spring = action_world.missing_follow_ups(world, date(2026, 4, 1), date(2026, 6, 30))
    assert spring["title"].tolist() == ["Bygga om torget", "Ny belysning"]
    assert spring["last"].max() == datetime(2026, 3, 1)


@pytest.mark.parametrize(
    "wrong",
    [{"day": date(2027, 1, 1)}, {"by_function": ""}, {"done": ""}],
    ids=["to come", "by nobody", "says nothing"],
)
def test_a_follow_up_without_substance_is_refused(place, wrong):
    actions_edit.add(place, form(), WHO)
    with pytest.raises(TableError):
        actions_edit.follow_up(place, replace(told(11, date(2026, 3, 1)), **wrong), WHO)
    assert action_world.load(place).follow_ups.empty


def test_findings_and_problems_lead_to_a_measure(place):
    seen = ObservationForm(
        name(21),
        datetime(2026, 2, 1, 18, tzinfo=UTC),
        ObservationCategory.LIGHTING,
        {"seriousness": 2, "text": "Mörkt"},
    )
    walk_work.save(place, "Prov", observations=[seen])
    actions_edit.add(place, form(), WHO)
    assert actions_edit.link_finding(place, name(1), name(21), WHO)
    assert not actions_edit.link_finding(place, name(1), name(21), WHO)
    assert actions_edit.link_problem(place, name(1), "Få går här efter mörkret", WHO).version
    world = action_world.load(place)
    assert action_world.findings_of(world, name(1))["text"].tolist() == ["Mörkt"]
    assert action_world.problems_of(world, name(1)) == ("Få går här efter mörkret",)
    assert actions_edit.unlink(place, name(1), WHO, observation_id=name(21))
    assert action_world.findings_of(action_world.load(place), name(1)).empty
    with pytest.raises(StoreError):
        actions_edit.link_finding(place, name(1), name(99), WHO)
