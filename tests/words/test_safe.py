"""Outside text must neither run nor break what it stands in."""

import html
import re
import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.properties import examples
from trygghetskarta.words.safe import (
    file_name,
    guard,
    html_text,
    plain_text,
    spreadsheet_text,
    unguard,
)

HOSTILE = [
    "<img src=x onerror=alert(1)>",
    "</script><script>alert(1)</script>",
    "`;alert(1);`",
    "${alert(1)}",
    "{{7*7}}",
    "' onmouseover='alert(1)",
    '" autofocus onfocus="alert(1)',
    "\\u003cscript\\u003e",
    "a\u2028alert(1)",
    "&lt;b&gt;",
]
ANY_TEXT = st.text(st.characters())


@pytest.mark.parametrize("text", HOSTILE)
def test_html_text_leaves_nothing_that_html_or_script_can_read(text):
    escaped = html_text(text)
    assert not set(escaped) & set("<>\"'`${}\\\u2028\u2029")
    assert html.unescape(escaped) == plain_text(text)


@given(ANY_TEXT)
def test_html_text_is_reversible_and_holds_only_character_references(text):
    escaped = html_text(text)
    assert html.unescape(escaped) == plain_text(text)
    assert not re.search("[<>\"'`${}\\\\\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]", escaped)
    assert not re.search(r"&(?!(amp|lt|gt|quot|#x27|#\d+);)", escaped)


def test_html_text_keeps_swedish_and_makes_one_line():
    assert html_text("Ås\r\nö\x00&å") == "Ås ö&amp;å"


@given(ANY_TEXT)
def test_plain_text_can_be_written_to_any_file(text):
    plain = plain_text(text)
    plain.encode("utf-8")
    assert plain_text(plain) == plain
    assert len(plain.splitlines()) <= 1


@pytest.mark.parametrize("mark", ["\u202e", "\u2066", "\u200f", "\u061c"])
def test_marks_that_turn_the_direction_are_removed(mark):
    assert spreadsheet_text(f"Syl{mark}te") == html_text(f"Syl{mark}te") == "Sylte"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("=1+1", "'=1+1"),
        ("+46", "'+46"),
        ("-5", "'-5"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("\uff1dcmd", "'\uff1dcmd"),
        ("\t=1", "' =1"),
        ("\tSylte", "' Sylte"),
        ("\rSylte", "' Sylte"),
        ("  =1", "'  =1"),
        ("\x00=1", "'=1"),
        ("\u202e=1", "'=1"),
        ("a,=1+1", "a,'=1+1"),
        ("a;\x00=1+1", "a;'=1+1"),
        ("Karlstorp–Hjortmossen", "Karlstorp–Hjortmossen"),
        ("A-B", "A-B"),
        ("e=mc2", "e=mc2"),
        ("", ""),
    ],
)
def test_spreadsheet_text_guards_every_start_of_a_cell(text, expected):
    assert spreadsheet_text(text) == expected


@given(ANY_TEXT, st.sampled_from(",;|"))
def test_no_way_of_splitting_a_text_gives_a_formula(text, separator):
    for cell in spreadsheet_text(text).split(separator):
        assert not cell.lstrip().startswith(("=", "+", "-", "@"))


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Anmälda brott · Trollhättan · våren 2026", "anmalda-brott-trollhattan-varen-2026"),
        ("../../etc/passwd", "etc-passwd"),
        ("CON", "karta-con"),
        ("😀", "karta"),
        ("", "karta"),
        ("a" * 300, "a" * 80),
    ],
)
def test_file_name(title, expected):
    assert file_name(title) == expected


@given(ANY_TEXT)
def test_file_name_is_plain_and_short(title):
    name = file_name(title)
    assert 0 < len(name) <= 86
    assert set(name) <= set(string.ascii_lowercase + string.digits + "-")
    assert not name.startswith("-")


@examples(200)
@given(st.text() | st.text("=+-@'\t\r\n\uff1d\uff0b\uff0d\uff20x", max_size=4))
def test_guarding_is_undone(cell):
    guarded = guard(cell)
    assert unguard(guarded) == cell
    assert not guarded.startswith(tuple("=+-@\t\r\n\uff1d\uff0b\uff0d\uff20"))
