"""Text on a picture is measured as it is drawn, and never raises."""

import warnings

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from matplotlib.backends.backend_agg import RendererAgg

from tests.properties import examples
from trygghetskarta.draw.map.lettering import Ruler, drawable, font

RULER = Ruler(RendererAgg(16, 16, 100), 100)
LETTERS = font(8)


@examples(60)
@example("0000A/A00000", 0.375)
@given(st.text(st.characters(), max_size=80), st.floats(0.3, 3.0))
def test_wrapped_lines_fit_and_lose_nothing_that_is_seen(text, width):
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        lines = RULER.wrap(text, LETTERS, width)
        wide = [line for line in lines if RULER.width(line, LETTERS) > 1.03 * width + 0.02]
        assert all(len(line) == 1 for line in wide)
    seen = "".join(drawable(text).split())
    assert "".join("".join(lines).split()) == seen


def test_running_text_keeps_to_its_column():
    text = "Antalet följer hur mycket polisen letar, inte hur många brott som begås. " * 8
    widths = [RULER.width(line, LETTERS) for line in RULER.wrap(text, LETTERS, 3.0)]
    assert max(widths) < 3.06
    assert min(widths[:-1]) > 2.0


def test_signs_without_a_glyph_become_one_box():
    assert drawable("a\u5b57\u5b57b") == "a\u25a1b"


@pytest.mark.parametrize("text", ["", "   ", "\x00"])
def test_nothing_is_one_empty_line(text):
    assert RULER.wrap(text, LETTERS, 1.0) == [""]


def test_words_break_after_dashes_between_letters():
    assert RULER.wrap("Karlstorp–Hjortmossen", LETTERS, 0.9) == ["Karlstorp–", "Hjortmossen"]
    assert RULER.wrap("1–4", LETTERS, 10) == ["1–4"]


def test_dropped_lines_leave_an_ellipsis():
    lines = RULER.shorten(["ett", "två", "tre"], 2, LETTERS)
    assert lines[0] == "ett"
    assert lines[1].endswith("\u2026")
    assert RULER.shorten(["ett"], 2, LETTERS) == ["ett"]


def test_bold_is_wider():
    assert RULER.width("Sylte", font(8, "bold")) > RULER.width("Sylte", LETTERS)
