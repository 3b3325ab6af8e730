"""What a phone sends becomes a form, and what a browser is made to send is refused."""

import base64

import pytest

from trygghetskarta.errors import TableError
from trygghetskarta.subjects.walks import walk_sent
from trygghetskarta.terms.walks import AuditFactor, ObservationCategory, WalkType

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


@pytest.mark.parametrize(
    "route",
    [[[58.27]], [None, [58.27, 12.31]], "58", [["x", 1]], [[58.27, 12.31]] * 501],
    ids=["half", "nothing", "text", "word", "many"],
)
def test_a_route_that_is_none_is_refused(route):
    with pytest.raises(TableError) as refused:
        walk_sent.read({**WALK, "route": route})
    assert refused.value.faults[0].column == "route"


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("category", "vapen"),
        ("category", None),
        ("at", "yesterday"),
        ("at", "2026-10-30T20:15:00"),
        ("seriousness", "much"),
        ("position", [1]),
        ("position", "58,12"),
        ("position", ["a", "b"]),
        ("factors", [1]),
        ("factors", {"ljus": "bright"}),
        ("factors", {"vapen": 1}),
        ("photo", "not base64!"),
        ("photo", 17),
        ("stop", float("inf")),
    ],
)
def test_a_field_that_is_something_else_is_refused(field, value):
    with pytest.raises(TableError):
        walk_sent.read({**FINDING, field: value})


def test_a_text_without_end_is_cut_and_other_types_are_nothing():
    form = walk_sent.read({**FINDING, "text": "a" * 10**6, "place": {"a": 1}}).observation
    assert len(form.told["text"]) == walk_sent.MOST_TEXT and form.given_place == ""


def test_words_are_kept_only_by_a_plain_yes():
    assert walk_sent.read({**FINDING, "kept": True}).kept
    assert not walk_sent.read({**FINDING, "kept": "yes"}).kept
