"""A short code: into text and back, without a table, and never into another view."""

import json
from datetime import date
from pathlib import Path
from urllib.parse import parse_qs, urlencode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.gate.test_links import choices, plain, values
from tests.properties import examples
from trygghetskarta.analysis.measures import Measure
from trygghetskarta.errors import AccessCause, AccessError
from trygghetskarta.gate import view_code
from trygghetskarta.gate.choice import Choice, PeriodKind
from trygghetskarta.gate.links import PARTS, from_query, to_query
from trygghetskarta.gate.view_code import decode, encode
from trygghetskarta.terms.maps import MapPage

SIGNS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
COMMON = [
    Choice(),
    Choice(theme="narkotika"),
    Choice(theme="narkotika", period=PeriodKind.DAYS_90, measure=Measure.CHANGE),
    Choice(theme="narkotika", districts=("1488S007", "1488S008", "1488S012")),
    Choice(
        theme="ska", period=PeriodKind.OWN, start=date(2025, 1, 1), end=date(2025, 12, 31),
        measure=Measure.PER_1000,
    ),
]  # fmt: skip


@examples(60)
@given(st.sampled_from(MapPage), choices())
def test_a_code_gives_back_page_and_choice(page, choice):
    coded = decode(encode(page, choice))
    assert coded.page is page
    assert coded.choice == choice
    link = parse_qs(urlencode(to_query(coded.choice), doseq=True))
    assert from_query(link) == from_query(parse_qs(urlencode(to_query(choice), doseq=True)))


@pytest.mark.parametrize("choice", COMMON)
def test_common_choices_are_short_enough_to_type(choice):
    assert len(encode(MapPage.COMPARE, choice).replace("-", "")) <= 30


@pytest.mark.parametrize("choice", COMMON)
def test_one_wrong_sign_or_two_that_changed_places_are_refused(choice):
    code = encode(MapPage.MAP, choice).replace("-", "")
    for at, sign in enumerate(code):
        for wrong in set(SIGNS) - {sign}:
            _refused(code[:at] + wrong + code[at + 1 :])
    for at in range(len(code) - 1):
        turned = code[:at] + code[at + 1] + code[at] + code[at + 2 :]
        if turned != code:
            _refused(turned)


def test_small_letters_spaces_and_letters_like_digits_are_understood():
    code = encode(MapPage.WHEN, COMMON[3])
    typed = code.lower().replace("-", " ").replace("0", "o").replace("1", "l")
    assert decode(f" {typed} ") == decode(code)


@pytest.mark.parametrize("text", ["", "-", "A", "hej", "U" * 10, "å" * 8, "0" * 10_000])
def test_what_is_no_code_is_refused(text):
    _refused(text)


def test_codes_that_were_written_once_open_for_ever():
    assert decode("000Z-FD").choice == Choice(theme="narkotika")
    assert decode("318").choice == Choice()
    record = Path(__file__).parent.parent / "data" / "record" / "views.json"
    for row in json.loads(record.read_text("utf-8")):
        if row["code"]:
            coded = decode(row["code"])
            assert (coded.page.value, plain(coded.choice)) == (row["page"], row["choice"])


@pytest.mark.parametrize("part", PARTS, ids=lambda part: part.name)
@examples(10)
@given(data=st.data())
def test_a_code_holds_every_field_alone_and_with_the_last(part, data):
    if part.own:
        choice = Choice(**{part.chooser: part.own, part.name: date(2019, 5, 17)})
    else:
        choice = Choice(**{part.name: data.draw(values(part)), "ring": 200})
    assert decode(encode(MapPage.WHEN, choice)).choice == choice


@pytest.mark.parametrize("width", [3, 5])
@pytest.mark.parametrize("at", [0, 6, 7, 8, 30, 31, 32, 400])
def test_a_list_may_grow_beyond_what_its_place_holds(width, at):
    assert view_code._read_place(view_code._Bits(view_code._place(at, width)), width) == at
    assert view_code._read_field(view_code._Bits(view_code._field(at))) == at


def test_the_group_of_the_user_is_left_out():
    assert decode(encode(MapPage.WALKS, Choice(team="Nord"))).choice.team == ""


def _refused(text):
    with pytest.raises(AccessError) as caught:
        decode(text)
    assert caught.value.cause is AccessCause.WRONG_CODE
