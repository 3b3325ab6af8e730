"""What a phone sends becomes a form, and what a browser is made to send is refused."""

import base64

import pytest

from trygghetskarta.errors import TableError, TableRule
from trygghetskarta.subjects.walks.edit import walk_sent
from trygghetskarta.tables.findings import FIELDS
from trygghetskarta.terms.walks import AuditFactor, ObservationCategory, WalkType
from trygghetskarta.words import phone_words

FINDING = {
    "kind": "finding",
    "identity": "00000000-0000-4000-8000-000000000001",
    "walk": "00000000-0000-4000-8000-000000000002",
    "at": "2026-10-30T20:15:00.000Z",
    "type": "audit",
    "category": "belysning",
    "seriousness": 3,
    "text": "Mörkt",
    "place": "Torget",
    "position": [58.27, 12.31],
    "factors": {"ljus": 2},
    "stop": 4,
    "photo": base64.b64encode(b"picture").decode(),
}
WALK = {
    "kind": "walk",
    "identity": "00000000-0000-4000-8000-000000000002",
    "type": "presence",
    "place": "Sylte",
    "people": "4",
    "team": "Grupp Norr",
    "started": "2026-10-30T19:00:00.000Z",
    "ended": "2026-10-30T21:00:00.000Z",
    "note": "",
    "nothing": True,
}


def test_a_finding_is_read_whole():
    form = walk_sent.read(FINDING).observation
    assert form.category is ObservationCategory.LIGHTING
    assert form.factors == {AuditFactor.LIGHTING: 2}
    assert (form.told["seriousness"], form.stop, form.position) == (3, 4, (58.27, 12.31))
    assert form.photo == b"picture" and form.observed_at.utcoffset().total_seconds() == 0


def test_a_walk_is_read_whole():
    form = walk_sent.read(WALK).walk
    assert (form.walk_type, form.participants) == (WalkType.PRESENCE, 4)
    assert form.nothing_to_report and form.name == form.given_place == "Sylte"
    assert form.route == ()


def test_a_drawn_route_is_read_in_order():
    sent = {**WALK, "route": [[58.27, 12.31], [58.28, 12.3], [58.27, 12.31]]}
    assert walk_sent.read(sent).walk.route == ((58.27, 12.31), (58.28, 12.3), (58.27, 12.31))


DEEP: list = []
for _ in range(500):
    DEEP = [DEEP]


@pytest.mark.parametrize(
    "route",
    [
        [[58.27]],
        [None, [58.27, 12.31]],
        "58",
        [["x", 1]],
        [[58.27, 12.31]] * 501,
        [{"58": 1, "12": 2}],
        [["58.27", "12.31"]],
        [[58.27, True]],
        [[58.27, float("nan")]],
        {"0": [58.27, 12.31]},
        DEEP,
        False,
    ],
)
def test_a_route_that_is_none_is_refused(route):
    with pytest.raises(TableError) as refused:
        walk_sent.read({**WALK, "route": route})
    assert refused.value.faults[0].column == "route"


@pytest.mark.parametrize(
    ("field", "value", "rule"),
    [
        ("kind", "pass", TableRule.UNKNOWN_WORD),
        ("category", "vapen", TableRule.UNKNOWN_WORD),
        ("category", None, TableRule.UNKNOWN_WORD),
        ("category", ["belysning"], TableRule.UNKNOWN_WORD),
        ("identity", 17, TableRule.UNKNOWN_WORD),
        ("at", "yesterday", TableRule.NOT_A_DATE),
        ("at", "2026-10-30T20:15:00", TableRule.NOT_A_DATE),
        ("at", 1793390000000, TableRule.NOT_A_DATE),
        ("at", False, TableRule.NOT_A_DATE),
        ("at", "0026-10-30T20:15:00.000Z", TableRule.DATE_OUT_OF_RANGE),
        ("at", "9999-12-31T23:59:00-12:00", TableRule.DATE_OUT_OF_RANGE),
        ("seriousness", "much", TableRule.NOT_A_WHOLE_NUMBER),
        ("seriousness", True, TableRule.NOT_A_WHOLE_NUMBER),
        ("seriousness", False, TableRule.NOT_A_WHOLE_NUMBER),
        ("seriousness", 2.7, TableRule.NOT_A_WHOLE_NUMBER),
        ("seriousness", 2.0, TableRule.NOT_A_WHOLE_NUMBER),
        ("seriousness", [2], TableRule.NOT_A_WHOLE_NUMBER),
        ("seriousness", "2.7", TableRule.NOT_A_WHOLE_NUMBER),
        ("seriousness", "1_0", TableRule.NOT_A_WHOLE_NUMBER),
        ("seriousness", "\u0664", TableRule.NOT_A_WHOLE_NUMBER),
        ("position", [1], TableRule.NOT_A_NUMBER),
        ("position", "58,12", TableRule.NOT_A_NUMBER),
        ("position", "58", TableRule.NOT_A_NUMBER),
        ("position", ["a", "b"], TableRule.NOT_A_NUMBER),
        ("position", ["58.27", "12.31"], TableRule.NOT_A_NUMBER),
        ("position", {"58.27": 1, "12.31": 2}, TableRule.NOT_A_NUMBER),
        ("position", [True, 12.31], TableRule.NOT_A_NUMBER),
        ("position", [58.27, float("nan")], TableRule.NOT_A_NUMBER),
        ("position", [float("-inf"), 12.31], TableRule.NOT_A_NUMBER),
        ("position", [10**400, 12.31], TableRule.ABOVE_MAXIMUM),
        ("position", DEEP, TableRule.NOT_A_NUMBER),
        ("factors", [1], TableRule.UNKNOWN_WORD),
        ("factors", False, TableRule.UNKNOWN_WORD),
        ("factors", {"ljus": "bright"}, TableRule.UNKNOWN_WORD),
        ("factors", {"ljus": True}, TableRule.UNKNOWN_WORD),
        ("factors", {"ljus": 2.7}, TableRule.UNKNOWN_WORD),
        ("factors", {"ljus": None}, TableRule.UNKNOWN_WORD),
        ("factors", {"vapen": 1}, TableRule.UNKNOWN_WORD),
        ("photo", "not base64!", TableRule.UNKNOWN_WORD),
        ("photo", 17, TableRule.UNKNOWN_WORD),
        ("photo", False, TableRule.UNKNOWN_WORD),
        ("stop", float("inf"), TableRule.NOT_A_WHOLE_NUMBER),
        ("stop", float("nan"), TableRule.NOT_A_WHOLE_NUMBER),
        ("stop", True, TableRule.NOT_A_WHOLE_NUMBER),
        ("stop", 2**31, TableRule.ABOVE_MAXIMUM),
        ("stop", 10**30, TableRule.ABOVE_MAXIMUM),
        ("stop", "9" * 40, TableRule.ABOVE_MAXIMUM),
        ("text", {"a": 1}, TableRule.UNKNOWN_WORD),
        ("place", 17, TableRule.UNKNOWN_WORD),
        ("walk", True, TableRule.UNKNOWN_WORD),
    ],
)
def test_a_field_that_is_something_else_is_refused(field, value, rule):
    with pytest.raises(TableError) as refused:
        walk_sent.read({**FINDING, field: value})
    (fault,) = refused.value.faults
    assert (fault.column, fault.rule) == (field, rule) and len(fault.value) <= 80


@pytest.mark.parametrize(
    ("field", "value", "rule"),
    [
        ("people", True, TableRule.NOT_A_WHOLE_NUMBER),
        ("people", "4.5", TableRule.NOT_A_WHOLE_NUMBER),
        ("people", 10**30, TableRule.ABOVE_MAXIMUM),
        ("nothing", "yes", TableRule.UNKNOWN_WORD),
        ("nothing", 1, TableRule.UNKNOWN_WORD),
        ("type", "vapen", TableRule.UNKNOWN_WORD),
        ("started", "0202-01-01T10:00:00.000Z", TableRule.DATE_OUT_OF_RANGE),
        ("note", ["x"], TableRule.UNKNOWN_WORD),
    ],
)
def test_a_walk_that_is_something_else_is_refused(field, value, rule):
    with pytest.raises(TableError) as refused:
        walk_sent.read({**WALK, field: value})
    assert [(one.column, one.rule) for one in refused.value.faults] == [(field, rule)]


def test_what_a_phone_leaves_out_or_empty_is_nothing():
    """As the form writes it now, and as it wrote what may still wait in a browser."""
    now = {"photo": "", "position": None, "factors": {}, "seriousness": "", "accuracy": 0}
    form = walk_sent.read({**FINDING, **now, "stop": None, "kept": False, "key": "k"}).observation
    assert (form.photo, form.position, form.factors, form.stop) == (None, None, {}, None)
    assert form.told["seriousness"] is None
    earlier = {name: FINDING[name] for name in ("kind", "identity", "at", "category")}
    form = walk_sent.read({**earlier, "seriousness": 0, "text": "", "state": "waiting"}).observation
    assert (form.told, form.walk_id) == (dict.fromkeys(FIELDS), None)
    bare = {"people": "", "ended": "", "team": "", "route": [], "stops": 0, "nothing": False}
    form = walk_sent.read({**WALK, **bare}).walk
    assert (form.participants, form.ended_at, form.route) == (None, None, ())
    assert (
        not form.nothing_to_report and walk_sent.read({**WALK, "people": 4}).walk.participants == 4
    )


def test_a_text_without_end_is_cut():
    form = walk_sent.read({**FINDING, "text": "a" * 10**6}).observation
    assert len(form.told["text"]) == walk_sent.MOST_TEXT


def test_words_are_kept_only_by_a_plain_yes():
    assert walk_sent.read({**FINDING, "kept": True}).kept
    assert not walk_sent.read({**FINDING, "kept": "yes"}).kept


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({**WALK, "people": "4.5"}, "Antal vuxna: ”4.5” är inte ett heltal"),
        ({**FINDING, "seriousness": True}, "Allvar: ”True” är inte ett heltal"),
        (
            {**WALK, "started": "0202-01-01T10:00:00.000Z"},
            "Började: ”0202-01-01T10",
        ),
    ],
)
def test_a_refusal_names_the_field_as_the_form_does(sent, said):
    with pytest.raises(TableError) as refused:
        walk_sent.read(sent)
    assert phone_words.report_refused(refused.value).startswith(
        f"Rapporten kunde inte sparas. {said}"
    )
