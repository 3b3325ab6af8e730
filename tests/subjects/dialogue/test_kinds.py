"""Every kind of slide goes all the way: form, language, store, screen and files."""

import io
import json

import pypdfium2
import pytest
from pptx import Presentation
from streamlit.testing.v1 import AppTest

from trygghetskarta.analysis.measures import OF_ONE_PERIOD
from trygghetskarta.draw.deck import deck_html, deck_pdf, deck_pptx, deck_state
from trygghetskarta.draw.deck.frozen import freeze, thaw
from trygghetskarta.subjects.dialogue import presentation_record
from trygghetskarta.subjects.dialogue.deck_data import make_deck
from trygghetskarta.subjects.dialogue.kinds import KINDS
from trygghetskarta.subjects.dialogue.presentation import SlideSpec, Spec, themes, whole_years
from trygghetskarta.subjects.dialogue.slide_answers import AskedSlide
from trygghetskarta.subjects.dialogue.slide_kind import Offers, SlideField, SlideKind
from trygghetskarta.terms.areas import AreaLevel
from trygghetskarta.words import dialogue_words
from trygghetskarta.words.language import available, language

SENTENCE = "En mening som staden kan visa"


def _offers(world) -> Offers:
    names = world.areas[AreaLevel.DISTRICT]["name"].to_dict()
    return Offers(
        {one.key: one.name for one in themes(world)},
        {one: one.value for one in OF_ONE_PERIOD},
        names,
        whole_years(world)[::-1],
        {},
    )


def _filled(kind: SlideKind, offers: Offers, at: int) -> SlideSpec:
    """A slide with every field set to its first or its last choice, and its texts written."""
    slide = SlideSpec(kind.word, year=offers.years[0])
    for field in kind.fields:
        if field.wanted(slide):
            chosen = SENTENCE if field.choices is None else list(field.choices(offers, slide))[at]
            slide = slide.with_value(field.name, chosen)
    return slide


@pytest.mark.slow
@pytest.mark.parametrize("tag", available())
@pytest.mark.parametrize("word", KINDS)
def test_a_kind_is_composed_kept_shown_and_written(twin_worlds, word, tag):
    place, world = twin_worlds.places[0], twin_worlds.one
    offers = _offers(world)
    slides = tuple(_filled(KINDS[word], offers, at) for at in (0, -1))
    spec = Spec("Prov", tag, slides)
    assert presentation_record.read(presentation_record.write(spec)) == spec
    deck = make_deck(place, world, spec).deck
    assert all(one.title for one in deck.slides)
    frozen = freeze(deck)
    assert freeze(thaw(frozen)) == frozen
    state = json.dumps(deck_state.deck_state(thaw(frozen)), ensure_ascii=False)
    if deck.slides[0].shown is not None:
        return  # Files with maps are looked at in tests/draw/deck.
    page = deck_html.to_html(deck).decode()
    printed = pypdfium2.PdfDocument(deck_pdf.to_pdf(deck, "16:9"))
    shown = Presentation(io.BytesIO(deck_pptx.to_pptx(deck)))
    paper = " ".join(one.get_textpage().get_text_range() for one in printed)
    texts = [
        [shape.text_frame.text for shape in one.shapes if shape.has_text_frame]
        for one in shown.slides
    ]
    wide = " ".join(text for one in texts for text in one)
    title = deck.slides[0].title
    assert (
        title in state and title in wide and title.split()[0] in page and title.split()[0] in paper
    )
    for field in KINDS[word].fields:
        if field.choices is None:
            told = [state, page, " ".join(paper.split()), wide]
            assert all(SENTENCE in one for one in told), field.name


def _own_text() -> SlideKind:
    return SlideKind("prov", lambda asked: None, (SlideField("line", "Mening"),))


def test_own_texts_stand_beside_what_all_have_and_pass_the_gate_for_words(monkeypatch):
    monkeypatch.setitem(KINDS, "prov", _own_text())
    slide = SlideSpec("prov", heading="H").with_value("line", SENTENCE)
    spec = Spec("Prov", "sv", (slide,))
    (told,) = json.loads(presentation_record.write(spec))["slides"]
    assert told["line"] == SENTENCE and "own" not in told
    assert presentation_record.read(presentation_record.write(spec)) == spec
    assert not KINDS["prov"].asks_data and KINDS["karta"].asks_data
    assert AskedSlide(None, slide).text("line") == SENTENCE
    named = slide.with_value("line", "Eva Lundberg, 0703123456")
    assert AskedSlide(None, named).text("line") == ""


def test_what_every_kind_keeps_is_what_earlier_versions_kept():
    (told,) = json.loads(presentation_record.write(Spec("Prov", "sv", (SlideSpec("karta"),))))[
        "slides"
    ]
    kept = "kind theme year before measure by_year district heading question years"
    assert sorted(told) == sorted(kept.split())


FORM = """
import streamlit as st
from trygghetskarta.subjects.dialogue import dialogue_editor
from trygghetskarta.subjects.dialogue.dialogue_data import Draft
from trygghetskarta.analysis.measures import Measure
from trygghetskarta.subjects.dialogue.presentation import SlideSpec, Spec
from trygghetskarta.subjects.dialogue.slide_kind import Offers

draft = Draft(Spec("Prov", "sv", (SlideSpec("prov"), SlideSpec("karta", year=2025))), (0, 1))
offers = Offers({"": "Alla"}, {Measure.COUNT: "Antal"}, {}, (2025, 2024), {"sv": "Svenska"})
for slide in dialogue_editor.edit(draft, offers).spec.slides:
    st.text(repr(slide.own))
"""


def test_the_form_asks_for_the_fields_of_a_kind_and_warns_of_names(monkeypatch):
    monkeypatch.setitem(KINDS, "prov", _own_text())
    monkeypatch.setitem(language("sv").words, "kind.prov", "Prov")
    app = AppTest.from_string(FORM, default_timeout=60).run()
    labels = [box.label for box in app.selectbox]
    asked = [one.heading for one in KINDS["karta"].fields]
    assert labels[1 : 1 + len(asked)] == asked
    (line,) = [one for one in app.text_input if one.label == "Mening"]
    line.set_value(SENTENCE).run()
    assert app.text[0].value == repr((("line", SENTENCE),)) and not app.warning
    line.set_value("Eva Lundberg, 0703123456").run()
    assert [one.value for one in app.warning] == [dialogue_words.SLIDE_TEXT_WITHHELD]
