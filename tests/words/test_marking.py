"""Every file says for whom it is: all writers are found by their names, and each is tried."""

import inspect
import io
import pkgutil
import re
import sqlite3
import zipfile
from contextlib import closing
from datetime import date
from importlib import import_module
from itertools import chain

import pandas as pd
import pypdfium2
import pytest
from PIL import Image

from tests.views import csv_of, xlsx_of
from trygghetskarta import draw, subjects
from trygghetskarta.analysis.disclosure import Publishable
from trygghetskarta.draw.deck import deck_html, deck_pdf, deck_png, deck_pptx
from trygghetskarta.draw.deck.slides import Deck, Layout, Slide
from trygghetskarta.draw.map import maps, static_maps
from trygghetskarta.draw.paper import html_file, pdf_file, word_file
from trygghetskarta.draw.paper.document import Document, Section
from trygghetskarta.draw.table import files, geopackage_file
from trygghetskarta.draw.table.files import ListFile
from trygghetskarta.draw.table.listing import listing, text
from trygghetskarta.errors import DisclosureError
from trygghetskarta.subjects.meeting.show.voices_file import VoicesShown
from trygghetskarta.terms.audience import Audience
from trygghetskarta.words import file_words, texts
from trygghetskarta.words.marking import mark

pytestmark = pytest.mark.slow

DAY = date(2026, 11, 2)
VIEWS = {
    files.to_csv: csv_of,
    files.to_xlsx: xlsx_of,
    geopackage_file.to_geopackage: geopackage_file.to_geopackage,
    static_maps.to_png: lambda shown: static_maps.to_png(shown, width_px=900),
    maps.document: lambda shown: maps.document(shown, 58.28, 12.29, 11).encode(),
}
PAPERS = (pdf_file.to_pdf, word_file.to_docx, html_file.to_html)
DECKS = (deck_html.to_html, deck_pdf.to_pdf, deck_png.to_png, deck_pptx.to_pptx)
WRITERS = (*VIEWS, *PAPERS, *DECKS)


def name_of(writer) -> str:
    return f"{writer.__module__.rpartition('.')[2]}.{writer.__name__}"


def written(writer, view_of, audience: Audience, is_example: bool = False) -> bytes:
    """A small file of one kind."""
    example = texts.EXAMPLE_MARK if is_example else ""
    if writer in VIEWS:
        return VIEWS[writer](view_of(audience=audience, is_example=is_example))
    if writer in PAPERS:
        body = (Section("Rubrik", ("Text.",)),)
        return writer(Document("Titel", "Kort.", (), body, (), example, DAY, audience=audience))
    slide = Slide(Layout.CARDS, "Rubrik", paragraphs=("Text.",))
    return writer(Deck("Titel", "Kort", [slide], "sv", example, DAY, audience=audience))


def text_of(content: bytes) -> str:
    """All that can be read in a file, its properties too."""
    if content.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(content)) as parts:
            return " ".join(
                parts.read(name).decode("utf-8", "replace") for name in parts.namelist()
            )
    if content.startswith(b"%PDF"):
        pages = pypdfium2.PdfDocument(content)
        return " ".join(page.get_textpage().get_text_bounded() for page in pages)
    if content.startswith(b"\x89PNG"):
        return " ".join(str(value) for value in Image.open(io.BytesIO(content)).info.values())
    if content.startswith(b"SQLite"):
        with closing(sqlite3.connect(":memory:")) as store:
            store.deserialize(content)
            return "\n".join(store.iterdump())
    # A script's words are written in ASCII.
    return re.sub(r"\\u([0-9a-f]{4})", lambda at: chr(int(at[1], 16)), content.decode("utf-8-sig"))


def is_internal(content: bytes) -> bool:
    return re.search(rf"\b{texts.INTERNAL_MARK}\b", text_of(content)) is not None


def test_no_writer_is_forgotten():
    found = set()
    for module in chain.from_iterable(
        pkgutil.walk_packages(room.__path__, f"{room.__name__}.") for room in (draw, subjects)
    ):
        for name, one in inspect.getmembers(import_module(module.name), inspect.isfunction):
            writes = name.startswith("to_") and name not in ("to_json", "to_query")
            if one.__module__ == module.name and (writes or one is maps.document):
                found.add(one)
    assert {name_of(one) for one in found} == {name_of(one) for one in WRITERS}


@pytest.mark.parametrize("is_example", [True, False])
@pytest.mark.parametrize("writer", WRITERS, ids=name_of)
def test_a_file_for_internal_use_says_so_and_a_public_one_does_not(view_of, writer, is_example):
    internal, public = (
        written(writer, view_of, audience, is_example)
        for audience in (Audience.INTERNAL, Audience.PUBLIC)
    )
    assert is_internal(internal) and not is_internal(public)
    for content in (internal, public):
        assert (texts.EXAMPLE_MARK in text_of(content)) is is_example


@pytest.mark.parametrize("is_headed", [True, False])
@pytest.mark.parametrize("writer", files.WRITERS.values(), ids=name_of)
def test_a_list_has_the_mark_that_it_was_made_with(writer, is_headed):
    table = listing([text("name", str, heading="Namn")], ["Lampa"])
    for sign in (mark(audience, True) for audience in Audience):
        told = writer(ListFile("Lista", table, sign, DAY, is_headed=is_headed))
        assert sign in text_of(told)
        assert is_internal(told) is (texts.INTERNAL_MARK in sign)


def test_a_file_that_is_only_for_the_public_takes_nothing_else(view_of):
    gated = view_of(audience=Audience.INTERNAL).publishable
    assert isinstance(gated, Publishable)
    with pytest.raises(DisclosureError):
        VoicesShown(gated, "Titel", "", DAY, 1, False)


def test_each_row_and_each_layer_carries_the_mark(view_of):
    shown = view_of(audience=Audience.INTERNAL, is_example=False)
    rows = csv_of(shown).decode("utf-8-sig").split("\r\n")
    assert all(row.startswith(f"{texts.INTERNAL_MARK};") for row in rows[1:6])
    book = pd.read_excel(
        io.BytesIO(xlsx_of(shown)), sheet_name=None, header=None, engine="openpyxl"
    )
    assert [sheet.iloc[0, 0] for sheet in book.values()][0] == texts.INTERNAL_MARK
    with closing(sqlite3.connect(":memory:")) as store:
        store.deserialize(geopackage_file.to_geopackage(shown))
        told = store.execute("SELECT description FROM gpkg_contents WHERE data_type='features'")
        assert texts.INTERNAL_MARK in told.fetchone()[0]
        about = store.execute(f'SELECT * FROM "{file_words.ABOUT_TABLE}"').fetchall()
        assert any(texts.INTERNAL_MARK in row for row in about)


def test_a_picture_shows_its_marks_side_by_side(view_of, monkeypatch):
    drawn = []
    real = static_maps.Sheet.text
    monkeypatch.setattr(
        static_maps.Sheet,
        "text",
        lambda sheet, x, y, text, *more, **how: (
            drawn.append((text, x)), real(sheet, x, y, text, *more, **how)
        )[1],
    )  # fmt: skip
    static_maps.to_png(view_of(audience=Audience.INTERNAL), width_px=900)
    places = dict(drawn)
    assert places[texts.INTERNAL_MARK] < places[texts.EXAMPLE_MARK] - 0.3
