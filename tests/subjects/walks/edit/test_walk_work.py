"""From the phone to the store and from new to remedied; nothing personal slips in unseen."""

import io
import json
from dataclasses import replace
from datetime import UTC, date, datetime

import pandas as pd
import pytest
from PIL import Image

from tests.workplaces import whole
from trygghetskarta.errors import SourceError, StoreCause, StoreError, TableError, TableRule
from trygghetskarta.intake.place_lookup import place_finder
from trygghetskarta.store import read, read_walks, write
from trygghetskarta.subjects.walks.edit import finding_edits, walk_work
from trygghetskarta.subjects.walks.edit.finding_edits import RowEdition
from trygghetskarta.subjects.walks.edit.walk_work import ObservationForm, WalkForm
from trygghetskarta.tables.findings import FIELDS
from trygghetskarta.terms.imports import PersonalDataKind
from trygghetskarta.terms.walks import AuditFactor, FindingStatus, ObservationCategory, WalkType

pytestmark = pytest.mark.slow

AT = datetime(2026, 10, 30, 20, 15, tzinfo=UTC)
WHO = "samordnare"
FINDING = ObservationForm(
    "7b0c8a52-5b1e-4a61-9d0e-0d5a5a3f1c01",
    AT,
    ObservationCategory.LIGHTING,
    told={"seriousness": 2, "text": " Släckt lykta "},
    position=(58.2837, 12.2886),
)
WALK = WalkForm(
    "7b0c8a52-5b1e-4a61-9d0e-0d5a5a3f1cff",
    WalkType.PRESENCE,
    "Kronogården",
    started_at=AT.replace(hour=19),
    ended_at=AT.replace(hour=21),
    participants=4,
    team="Grupp Norr",
)
WANTED = finding_edits.Handling("Gatu & Park", date(2026, 12, 1), FindingStatus.ONGOING)


def photo() -> bytes:
    target = io.BytesIO()
    Image.new("RGB", (20, 10), "red").save(target, "JPEG", comment=b"HemligtNamn")
    return target.getvalue()


@pytest.fixture
def send(place):
    """Send a form and give the row that is stored."""

    def run(form=FINDING, **values) -> pd.Series:
        told = {name: values.pop(name) for name in FIELDS if name in values}
        sent = replace(form, told={**form.told, **told}, **values)
        walk_work.save(place, "Prov", observations=[sent], despite_warnings=True)
        return stored(place, sent.observation_id)

    return run


def stored(place, identity: str = FINDING.observation_id) -> pd.Series:
    return read_walks.one_observation(place.engine, identity).iloc[0]


def at_version(number: int, identity: str = FINDING.observation_id) -> RowEdition:
    return RowEdition(identity, number)


def test_a_report_is_stored_with_its_district_and_without_blanks(send):
    row = send(factors={AuditFactor.LIGHTING: 1, AuditFactor.FEELING: 2}, stop=3)
    assert (row["text"], row["status"], row["voices"], row["source"]) == (
        "Släckt lykta",
        "ny",
        1,
        "Prov",
    )
    assert json.loads(row["factors"]) == {"ljus": 1, "kansla": 2}
    assert row["district_code"] and row["stop"] == 3
    # The town's hall, from Lantmäteriet's own conversion rounded to metres.
    assert (row["geometry"].x, row["geometry"].y) == pytest.approx((341044, 6463557), abs=1500)
    assert row["observed_at"] == pd.Timestamp(AT)


def test_a_walk_without_a_track_is_a_walk(place):
    saved = walk_work.save(place, "Prov", replace(WALK, nothing_to_report=True))
    assert saved.reports.new == {WALK.walk_id} and not saved.warnings
    row = read_walks.walks(place.engine).iloc[0]
    assert (row["name"], row["participants"], row["nothing_to_report"]) == ("Kronogården", 4, True)
    assert row["geometry"] is None and pd.isna(row["length_m"]) and row["district_code"]


def test_a_drawn_route_has_a_length_but_no_minutes(place):
    route = [(58.2837, 12.2886), (58.2846, 12.2886)]
    walk_work.save(place, "Prov", replace(WALK, route=route))
    row = read_walks.walks(place.engine).iloc[0]
    assert row["length_m"] == row["raw_length_m"] == pytest.approx(100.2, abs=0.5)
    assert pd.isna(row["minutes"]) and pd.isna(row["vertex_seconds"])


def test_the_walk_and_its_observations_are_stored_together_and_once(place):
    sent = [replace(FINDING, walk_id=WALK.walk_id)]
    first = walk_work.save(place, "Prov", WALK, sent)
    again = walk_work.save(place, "Prov", replace(WALK, walk_id=WALK.walk_id.upper()), sent)
    assert first.reports.new == again.reports.known == {WALK.walk_id, FINDING.observation_id}
    other = walk_work.save(
        place, "Prov", observations=[replace(FINDING, told={**FINDING.told, "text": "Något annat"})]
    )
    assert other.reports.different == {FINDING.observation_id}
    assert len(read_walks.observations(place.engine)) == 1


def test_a_place_nobody_knows_is_kept_as_written(send):
    row = send(position=None, given_place="bänken bakom kiosken")
    assert row["given_place"] == "bänken bakom kiosken" and pd.isna(row["district_code"])


def test_a_place_name_gives_the_district(send):
    assert send(position=None, given_place="kronogården")["district_code"]


def test_a_safe_place_has_no_seriousness(send):
    assert pd.isna(send(category=ObservationCategory.SAFE, seriousness=3)["seriousness"])


def test_signs_that_no_screen_shows_are_taken_away(send):
    assert send(text="a\x00b\u202ec\n")["text"] == "abc"


@pytest.mark.parametrize(
    ("values", "rule"),
    [
        ({"seriousness": 5}, TableRule.ABOVE_MAXIMUM),
        ({"seriousness": None}, TableRule.VALUE_MISSING),
        ({"stop": 0}, TableRule.BELOW_MINIMUM),
        ({"factors": {AuditFactor.ESCAPE: 6}}, TableRule.ABOVE_MAXIMUM),
        ({"observation_id": "1"}, TableRule.NOT_AN_IDENTITY),
        ({"position": (12.2886, 58.2837)}, TableRule.COORDINATE_OUTSIDE_SWEDEN),
        ({"observed_at": datetime(2026, 11, 3, 12, tzinfo=UTC)}, TableRule.DATE_OUT_OF_RANGE),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_stored(place, send, values, rule):
    with pytest.raises(TableError) as refused:
        send(**values)
    assert [fault.rule for fault in refused.value.faults] == [rule]
    assert read_walks.observations(place.engine).empty


def test_a_walk_that_ends_before_it_starts_is_refused(place):
    with pytest.raises(TableError) as refused:
        walk_work.save(place, "Prov", replace(WALK, ended_at=AT.replace(hour=18), participants=0))
    assert {fault.rule for fault in refused.value.faults} == {
        TableRule.END_BEFORE_START,
        TableRule.BELOW_MINIMUM,
    }


def test_the_writer_is_warned_before_anything_is_stored(place):
    walk = replace(WALK, team="Anna Lundberg", note="Ring 070-174 06 05")
    form = replace(
        FINDING,
        told={**FINDING.told, "text": "Bilen ABC 123"},
        given_place="hos a@exempel.se",
    )
    held = walk_work.save(place, "Prov", walk, [form])
    assert held.reports is None
    assert [(one.column, one.found.kind) for one in held.warnings] == [
        ("team", PersonalDataKind.NAME),
        ("note", PersonalDataKind.PHONE),
        ("text", PersonalDataKind.PLATE),
        ("given_place", PersonalDataKind.EMAIL),
    ]
    assert read_walks.walks(place.engine).empty and read_walks.observations(place.engine).empty
    kept = walk_work.save(place, "Prov", walk, [form], despite_warnings=True)
    assert len(kept.reports.new) == 2 and kept.warnings == held.warnings


def test_a_photo_is_stored_bare_and_a_broken_one_stops_the_report(place, send):
    assert send(photo=photo())["has_photo"]
    kept = walk_work.photo(place, FINDING.observation_id)
    assert kept.startswith(b"\xff\xd8") and b"HemligtNamn" not in kept
    other = write.new_identity()
    with pytest.raises(SourceError):
        send(observation_id=other, photo=b"nonsense")
    assert len(read_walks.observations(place.engine)) == 1
    assert finding_edits.remove_photo(place, at_version(1), WHO).version == 2
    assert walk_work.photo(place, FINDING.observation_id) is None


def test_a_finding_goes_from_new_to_remedied_and_its_history_tells(place, send):
    send()
    finding_edits.assign(place, at_version(1), "Gatu & Park", WHO, due_date=date(2026, 12, 1))
    finding_edits.set_status(place, at_version(2), FindingStatus.ONGOING, "tekniker")
    finding_edits.set_status(place, at_version(3), FindingStatus.DONE, "tekniker", at=AT)
    row = stored(place)
    assert (row["status"], row["owner"], row["due_date"], row["version"]) == (
        "atgardad",
        "Gatu & Park",
        pd.Timestamp("2026-12-01"),
        4,
    )
    lines = walk_work.history(place, FINDING.observation_id)
    assert list(zip(lines["who"], lines["field"], lines["after"], strict=True)) == [
        (WHO, "owner", "Gatu & Park"),
        (WHO, "status", "tilldelad"),
        (WHO, "due_date", "2026-12-01"),
        ("tekniker", "status", "pagar"),
        ("tekniker", "status", "atgardad"),
    ]
    assert walk_work.owners(place) == ["Gatu & Park"]


def test_an_ended_finding_can_only_be_reopened(place, send):
    send()
    with pytest.raises(StoreError) as refused:
        finding_edits.set_status(place, at_version(1), FindingStatus.CLOSED, WHO, reason="  ")
    assert refused.value.cause is StoreCause.REASON_MISSING
    finding_edits.set_status(place, at_version(1), FindingStatus.CLOSED, WHO, reason="Privat mark")
    assert stored(place)["status_reason"] == "Privat mark"
    for status in (FindingStatus.DONE, FindingStatus.ONGOING, FindingStatus.CLOSED):
        with pytest.raises(StoreError) as refused:
            finding_edits.set_status(place, at_version(2), status, WHO, reason="x")
        assert refused.value.cause is StoreCause.STATUS_STEP
    with pytest.raises(StoreError):
        finding_edits.assign(place, at_version(2), "Gatu & Park", WHO)
    finding_edits.set_status(place, at_version(2), FindingStatus.REOPENED, WHO)
    assert stored(place)["status"] == "ateroppnad" and pd.isna(stored(place)["status_reason"])


def test_nothing_is_assigned_to_nobody_or_to_a_person(place, send):
    send()
    for act in (
        lambda: finding_edits.assign(place, at_version(1), " ", WHO),
        lambda: finding_edits.set_status(place, at_version(1), FindingStatus.ASSIGNED, WHO),
    ):
        with pytest.raises(StoreError) as refused:
            act()
        assert refused.value.cause is StoreCause.OWNER_MISSING
    held = finding_edits.assign(place, at_version(1), "Anna Lundberg", WHO)
    assert held.version is None and held.warnings[0].found.kind is PersonalDataKind.NAME
    assert pd.isna(stored(place)["owner"])


def test_the_second_editor_is_told_whatever_he_does(place, send):
    send()
    finding_edits.assign(place, at_version(1), "Gatu & Park", WHO)
    before, version = stored(place), read.version(place.engine)
    old = at_version(1)
    for act in (
        lambda: finding_edits.assign(place, old, "Eidar AB", WHO),
        lambda: finding_edits.set_status(place, old, FindingStatus.DONE, WHO),
        lambda: finding_edits.handle(place, old, replace(WANTED, owner="Eidar AB"), WHO),
        lambda: finding_edits.handle(place, old, replace(WANTED, text="Annat"), WHO),
        lambda: finding_edits.remove_photo(place, old, WHO),
    ):
        with pytest.raises(StoreError) as refused:
            act()
        assert refused.value.cause is StoreCause.CHANGED_MEANWHILE
    assert stored(place).equals(before) and read.version(place.engine) == version


def test_everything_about_a_finding_changes_in_one_step(place, send):
    send()
    assert finding_edits.handle(place, at_version(1), WANTED, WHO).version == 2
    row = stored(place)
    assert (row["owner"], row["status"]) == ("Gatu & Park", "pagar")
    assert row["due_date"] == pd.Timestamp("2026-12-01")
    lines = walk_work.history(place, FINDING.observation_id)
    assert lines[["field", "before", "after"]].fillna("").values.tolist() == [
        ["owner", "", "Gatu & Park"],
        ["due_date", "", "2026-12-01"],
        ["status", "ny", "pagar"],
    ]
    assert finding_edits.handle(place, at_version(2), WANTED, WHO).version == 2
    bare = replace(WANTED, due_date=None, status=FindingStatus.CLOSED, reason="Privat mark")
    assert finding_edits.handle(place, at_version(2), bare, WHO).version == 3
    assert walk_work.history(place)["field"].tolist()[3:] == ["due_date", "status", "status_reason"]
    assert pd.isna(stored(place)["due_date"])
    again = replace(bare, status=FindingStatus.REOPENED, reason="", owner="Eidar")
    assert finding_edits.handle(place, at_version(3), again, WHO).version == 4
    row = stored(place)
    assert (row["status"], row["owner"]) == ("ateroppnad", "Eidar")


def test_an_owner_makes_a_waiting_finding_assigned(place, send):
    send()
    given = finding_edits.Handling("Gatu & Park", None, FindingStatus.NEW)
    finding_edits.handle(place, at_version(1), given, WHO)
    assert stored(place)["status"] == "tilldelad"


@pytest.mark.parametrize(
    ("values", "cause"),
    [
        ({"owner": "", "status": FindingStatus.ASSIGNED}, StoreCause.OWNER_MISSING),
        ({"status": FindingStatus.CLOSED, "reason": " "}, StoreCause.REASON_MISSING),
        ({"status": FindingStatus.REOPENED}, StoreCause.STATUS_STEP),
    ],
    ids=["assigned", "reason", "step"],
)
def test_a_step_that_is_refused_changes_nothing_at_all(place, send, values, cause):
    send()
    wanted = replace(WANTED, **values)
    with pytest.raises(StoreError) as refused:
        finding_edits.handle(place, at_version(1), wanted, WHO)
    assert refused.value.cause is cause and stored(place)["version"] == 1


def test_an_owner_is_not_taken_away_and_an_ended_finding_gets_no_new_one(place, send):
    send()
    finding_edits.handle(place, at_version(1), replace(WANTED, status=FindingStatus.DONE), WHO)
    for values, cause in (
        ({"owner": ""}, StoreCause.OWNER_MISSING),
        ({"owner": "Eidar"}, StoreCause.STATUS_STEP),
    ):
        wanted = replace(WANTED, status=FindingStatus.DONE, **values)
        with pytest.raises(StoreError) as refused:
            finding_edits.handle(place, at_version(2), wanted, WHO)
        assert refused.value.cause is cause


def test_only_new_words_are_warned_of(place, send):
    send()
    named = replace(WANTED, owner="Anna Lundberg")
    assert finding_edits.handle(place, at_version(1), named, WHO).version is None
    finding_edits.handle(place, at_version(1), named, WHO, despite_warnings=True)
    later = replace(named, due_date=date(2026, 12, 24))
    assert finding_edits.handle(place, at_version(2), later, WHO).version == 3


def test_places_are_looked_up_anew_only_when_they_have_changed(place, send):
    finder = place_finder(place)
    send()
    assert place_finder(place) is finder
    alias = pd.DataFrame(
        {"alias": ["Glasbruket"], "area_level": ["stadsdel"], "area_code": [stored_code(place)]}
    )
    before = send(observation_id=write.new_identity(), position=None, given_place="Glasbruket")
    assert pd.isna(before["district_code"])
    write.write_aliases(place.engine, alias, whole(alias))
    after = send(observation_id=write.new_identity(), position=None, given_place="Glasbruket")
    assert after["district_code"] == stored_code(place)


def stored_code(place) -> str:
    return stored(place)["district_code"]


def test_a_double_is_suggested_merged_and_parted_again(place, send):
    other = write.new_identity()
    send()
    send(observation_id=other, observed_at=AT.replace(hour=22), position=(58.28375, 12.2887))
    (pair,) = walk_work.suggestions(place).to_dict("records")
    assert (pair["kept"], pair["absorbed"]) == (FINDING.observation_id, other)
    finding_edits.merge(place, at_version(1), at_version(1, other), WHO)
    assert stored(place)["voices"] == 2 and walk_work.suggestions(place).empty
    finding_edits.unmerge(place, at_version(2, other), WHO)
    assert stored(place)["voices"] == 1 and len(walk_work.suggestions(place)) == 1


def test_a_corrected_text_leaves_no_trace_of_the_old_one(place, send):
    send(text="Ring 070-174 06 05")
    kept = finding_edits.Handling("", None, FindingStatus.NEW)
    assert finding_edits.handle(place, at_version(1), kept, WHO).version == 1
    # Words that are not changed are not looked through again.
    same = replace(kept, text="Ring 070-174 06 05")
    assert finding_edits.handle(place, at_version(1), same, WHO).version == 1
    held = finding_edits.handle(place, at_version(1), replace(kept, text="Ring 0701740605"), WHO)
    assert held.version is None and held.warnings[0].found.kind is PersonalDataKind.PHONE
    assert (
        finding_edits.handle(place, at_version(1), replace(kept, text="Ring oss"), WHO).version == 2
    )
    assert stored(place)["text"] == "Ring oss"
    assert walk_work.history(place)[["before", "after"]].isna().all(axis=None)


def test_next_statuses_are_those_that_are_let_through():
    assert finding_edits.next_statuses(FindingStatus.DONE) == (FindingStatus.REOPENED,)
    assert FindingStatus.NEW not in finding_edits.next_statuses(FindingStatus.ONGOING)
    assert FindingStatus.DONE in finding_edits.next_statuses(FindingStatus.REOPENED)
