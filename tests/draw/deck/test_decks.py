"""Presentations as files: what each carries, what none reveals, the same bytes every time."""

import base64
import hashlib
import io
import re
import zipfile
from dataclasses import replace
from datetime import date

import numpy as np
import openpyxl
import pypdfium2
import pytest
from PIL import Image
from pptx import Presentation

from tests.draw.test_templates import Seen
from tests.views import COUNTS, RULE
from tests.words import test_safe
from trygghetskarta.draw.deck import page_decks
from trygghetskarta.draw.deck.deck_bars import bars
from trygghetskarta.draw.deck.deck_html import to_html
from trygghetskarta.draw.deck.deck_pages import ROWS, Body, pages
from trygghetskarta.draw.deck.deck_pdf import to_pdf
from trygghetskarta.draw.deck.deck_png import to_png
from trygghetskarta.draw.deck.deck_pptx import to_pptx
from trygghetskarta.draw.deck.page_decks import Stamp
from trygghetskarta.draw.deck.slides import Chart, Deck, Layout, Slide
from trygghetskarta.draw.paper.document import Table, cells
from trygghetskarta.terms.audience import Audience
from trygghetskarta.words import file_words, texts
from trygghetskarta.words.deck_words import words
from trygghetskarta.words.safe import plain_text

pytestmark = pytest.mark.slow

STAMP = Stamp("Trollhättan", "000Z-FD", "a1b2c3d4")
HOSTILE = "<script>alert(1)</script>`${x}`</style>"


@pytest.fixture
def deck_of(view_of):
    """The deck of the page Karta, for the public as the fixture's figures are."""

    def build(**how) -> Deck:
        deck = page_decks.area_deck(view_of(**how), STAMP)
        return replace(deck, audience=Audience.PUBLIC)

    return build


_WRITTEN: dict[str, bytes] = {}
"""Files of the same deck, made once: maps take a second to draw."""


@pytest.fixture
def written(deck_of):
    """Give a file of the default deck."""

    def give(write) -> bytes:
        if write.__name__ not in _WRITTEN:
            _WRITTEN[write.__name__] = write(deck_of())
        return _WRITTEN[write.__name__]

    return give


def slide_texts(content: bytes) -> list[str]:
    file = Presentation(io.BytesIO(content))
    return [
        "\n".join(shape.text_frame.text for shape in slide.shapes if shape.has_text_frame)
        for slide in file.slides
    ]


def pdf_text(content: bytes) -> str:
    document = pypdfium2.PdfDocument(content)
    try:
        return "\n".join(page.get_textpage().get_text_range() for page in document)
    finally:
        document.close()


def test_every_kind_carries_title_caption_mark_code_and_fingerprint(deck_of, written):
    deck = deck_of()
    told = {
        "html": written(to_html).decode(),
        "pdf": " ".join(pdf_text(written(to_pdf)).split()),
        "pptx": "\n".join(slide_texts(written(to_pptx))),
    }
    for kind, text in told.items():
        for wanted in (deck.title, texts.EXAMPLE_MARK, STAMP.code, STAMP.fingerprint, "n ="):
            assert wanted in text.replace("\xa0", " "), (kind, wanted)


def test_two_worlds_that_differ_in_hidden_figures_alone_are_the_same_files(deck_of):
    # The pictures are drawn from the PDF.
    # Two hidden areas, whose sum is told: neither may be found in any file.
    one = list(COUNTS)
    other = [*COUNTS[:1], COUNTS[1] + 400, *COUNTS[2:4], COUNTS[4] - 400, COUNTS[5]]
    assert all(0 < count < RULE.threshold for count in (*one[1:2], *other[1:2], one[4], other[4]))
    first, second = deck_of(counts=one, previous=None), deck_of(counts=other, previous=None)
    for write in (to_html, to_pdf, to_pptx):
        assert write(first) == write(second), write.__name__


def test_no_hidden_figure_is_in_any_part_of_the_slides(written):
    needle = re.compile(rb"7[\s\xa0.,]?919|8[\s\xa0.,]?171")
    with zipfile.ZipFile(io.BytesIO(written(to_pptx))) as packed:
        for name in packed.namelist():
            content = packed.read(name)
            if name.endswith(".xlsx"):
                with zipfile.ZipFile(io.BytesIO(content)) as inner:
                    content = b"".join(inner.read(part) for part in inner.namelist())
            if not name.endswith((".png", ".jpeg")):
                assert not needle.search(content), name


def test_the_chart_in_slides_is_real_and_empty_where_hidden(written):
    file = Presentation(io.BytesIO(written(to_pptx)))
    charts = [shape.chart for slide in file.slides for shape in slide.shapes if shape.has_chart]
    assert len(charts) == 1
    plot = charts[0].plots[0]
    values = dict(zip(plot.categories, plot.series[0].values, strict=True))
    assert values["Sylte"] == 20_000
    assert values[f"Ärla ({texts.HIDDEN})"] is None
    assert values[f"Åby ({texts.MISSING})"] is None
    assert values["Östra"] == 0
    book = openpyxl.load_workbook(io.BytesIO(charts[0].part.chart_workbook.xlsx_part.blob))
    assert book.sheetnames == ["Sheet1"]
    column = [row[1].value for row in book["Sheet1"].iter_rows(min_row=2)]
    assert column == list(plot.series[0].values)


def test_slides_have_titles_words_for_pictures_and_their_language(written):
    content = written(to_pptx)
    file = Presentation(io.BytesIO(content))
    assert file.slide_width / file.slide_height == pytest.approx(16 / 9, rel=1e-3)
    for slide in file.slides:
        assert slide.shapes.title.text_frame.text
        runs = slide._element.findall(".//{*}r/{*}rPr")
        assert runs and all(run.get("lang") == "sv-SE" for run in runs)
        for shape in slide.shapes:
            if shape.shape_type == 13:
                assert len(shape._element.nvPicPr.cNvPr.get("descr")) > 40
    assert any(shape.has_table for slide in file.slides for shape in slide.shapes)


def test_a_picture_is_twice_a_projectors(written, plain_deck):
    with Image.open(io.BytesIO(written(to_png))) as picture:
        assert picture.size == (3840, 2160)
        assert STAMP.code in picture.text["Description"]
    with pytest.raises(IndexError):
        to_png(plain_deck, 99)


def test_a_deck_with_internal_figures_says_so_whatever_it_is_called(view_of):
    internal = page_decks.area_deck(view_of(), STAMP)
    assert internal.is_internal
    word = words("sv").say("internal")
    assert word in to_html(internal).decode()
    assert word in slide_texts(to_pptx(internal))[0]
    assert word in pdf_text(to_pdf(internal))


def test_public_files_do_not_say_internal(written):
    word = words("sv").say("internal")
    assert word not in written(to_html).decode()
    assert word not in pdf_text(written(to_pdf))


def deck_that_says(told: str) -> Deck:
    """A deck of text, a table too long for one page, and a chart, with one text everywhere."""
    rows = tuple(cells((f"{told} {row}", "1")) for row in range(ROWS + 1))
    chart = Chart(
        told,
        "antal",
        ("A", "B"),
        (("S", (10.0, None)),),
        (8.0, None),
        (14.0, None),
        ("", "dolt"),
    )
    return Deck(
        told,
        "Trollhättan",
        (
            Slide(Layout.CARDS, told, told, paragraphs=(told,), notes="Säg detta."),
            Slide(Layout.TABLE, "Tabell", table=Table(("Namn", "n"), (0.7, 0.3), rows)),
            Slide(Layout.CHART, "Diagram", chart=chart),
        ),
        "ar",
        "",
        date(2026, 1, 1),
    )


@pytest.fixture
def plain_deck():
    """Such a deck with hostile names."""
    return deck_that_says(HOSTILE)


@pytest.mark.parametrize("told", [HOSTILE, *test_safe.HOSTILE])
def test_no_text_adds_a_tag_or_an_attribute_to_the_web_file(told):
    plain, hostile = (Seen(to_html(deck_that_says(one)).decode()) for one in ("x", told))
    assert hostile.tags == plain.tags
    assert hostile.said.count(plain_text(told)) > ROWS


def test_hostile_text_is_text(plain_deck):
    told = to_html(plain_deck).decode()
    assert told.count("<script>") == 1
    assert told.count("</style>") == 1
    assert "alert(1)" in pdf_text(to_pdf(plain_deck))
    assert "<script>alert(1)" in slide_texts(to_pptx(plain_deck))[0]


def test_a_long_table_goes_on_on_the_next_page(plain_deck):
    bodies = [page.body for page in pages(plain_deck)]
    assert bodies == [Body.TEXT, Body.TABLE, Body.TABLE, Body.CHART]
    assert len(slide_texts(to_pptx(plain_deck))) == 4


def test_the_direction_follows_the_language(plain_deck):
    assert b'lang="ar" dir="rtl"' in to_html(plain_deck)
    slides = Presentation(io.BytesIO(to_pptx(plain_deck))).slides
    assert slides[0].shapes.title.text_frame.paragraphs[0]._p.pPr.get("rtl") == "1"


def test_the_speakers_words_are_in_the_notes_alone(plain_deck):
    content = to_pptx(plain_deck)
    assert Presentation(io.BytesIO(content)).slides[0].notes_slide.notes_text_frame.text
    assert b"detta." not in to_html(plain_deck)
    assert "detta." not in pdf_text(to_pdf(plain_deck))


def test_bars_are_shares_of_the_widest_limit(plain_deck):
    first, second = bars(plain_deck.slides[2].chart, words("sv"))
    assert (first.start, first.end) == (0.0, pytest.approx(10 / 14))
    assert (first.lower, first.upper) == (pytest.approx(8 / 14), 1.0)
    assert first.told == "10 (8,0–14,0)"
    assert (second.end, second.told) == (None, "dolt")


def test_the_web_file_forbids_itself_to_ask_for_anything(written):
    told = written(to_html).decode()
    policy = re.search(r'Content-Security-Policy" content="([^"]+)"', told).group(1)
    assert policy.startswith("default-src 'none'") and "unsafe" not in policy
    for kind in ("script", "style"):
        (inner,) = re.findall(f"<{kind}>(.*?)</{kind}>", told, re.DOTALL)
        digest = base64.b64encode(hashlib.sha256(inner.encode()).digest()).decode()
        assert f"{kind}-src 'sha256-{digest}'" in policy
    # Leaflet's own line of credit, which is turned off, is the only address in its script.
    assert not re.search(r'(?:src|href)="(?!data:|#|https://leafletjs\.com)', told)


def test_every_language_says_every_word():
    keys = {language: set(said) for language, said in file_words.DECK_WORDS.items()}
    assert keys["sv"] == keys["en"]
    assert np.all([value for said in file_words.DECK_WORDS.values() for value in said.values()])
