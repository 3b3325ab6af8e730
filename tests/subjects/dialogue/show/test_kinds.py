"""Every kind of slide goes all the way: form, language, store, screen and files."""

import io
import json
from dataclasses import replace

import pypdfium2
import pytest
from pptx import Presentation
from streamlit.testing.v1 import AppTest

from trygghetskarta.analysis.measures import OF_ONE_PERIOD
from trygghetskarta.draw.deck import deck_html, deck_pdf, deck_pptx, deck_state
from trygghetskarta.draw.deck.frozen import freeze, thaw
from trygghetskarta.draw.deck.slides import Layout, Slide
from trygghetskarta.subjects.dialogue.ask.presentation import (
    WRITTEN,
    SlideSpec,
    Spec,
    themes,
    whole_years,
)
from trygghetskarta.subjects.dialogue.data import dialogue_data, presentation_record
from trygghetskarta.subjects.dialogue.data.deck_data import make_deck
from trygghetskarta.subjects.dialogue.data.dialogue_data import Draft
from trygghetskarta.subjects.dialogue.show import kinds
from trygghetskarta.subjects.dialogue.show.kinds import KINDS
from trygghetskarta.subjects.dialogue.show.slide_answers import AskedSlide
from trygghetskarta.subjects.dialogue.show.slide_kind import Offers, SlideField, SlideKind
from trygghetskarta.terms.areas import AreaLevel
from trygghetskarta.words import dialogue_words
from trygghetskarta.words.language import available, language

SENTENCE = "En mening som staden kan visa"
PERSON = "Eva Lundberg, 0703123456"


def _sentence(name: str) -> str:
    """Words of a field of its own: those of another one in their place are seen."""
    return f"Det här står det i {name}"


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
            own = field.choices is None
            chosen = _sentence(field.name) if own else list(field.choices(offers, slide))[at]
            slide = slide.with_value(field.name, chosen)
    return slide


@pytest.mark.slow
@pytest.mark.parametrize("tag", available())
@pytest.mark.parametrize("word", KINDS)
def test_a_kind_is_composed_kept_shown_and_written(twin_worlds, word, tag):
    _goes_all_the_way(twin_worlds, word, tag)


def _goes_all_the_way(twins, word: str, tag: str) -> None:
    place, world = twins.places[0], twins.one
    offers = _offers(world)
    slides = [_filled(KINDS[word], offers, at) for at in (0, -1)]
    written = {name: _sentence(name) for name in WRITTEN}
    slides.append(replace(slides[0], **written))
    spec = Spec("Prov", tag, tuple(slides))
    assert presentation_record.read(presentation_record.write(spec)) == spec
    deck = make_deck(place, world, spec).deck
    assert all(one.title for one in deck.slides)
    own = deck.slides[2]
    assert (own.title, own.question) == (written["heading"], written["question"])
    frozen = freeze(deck)
    assert freeze(thaw(frozen)) == frozen
    state = json.dumps(deck_state.deck_state(thaw(frozen)), ensure_ascii=False)
    _is_withheld(place, world, spec)
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
    named = [field.name for field in KINDS[word].fields if field.choices is None]
    for told in (state, page, " ".join(paper.split()), wide):
        assert all(sentence in told for sentence in written.values())
        # Each once on a slide, and in the order of the form.
        places = [told.index(_sentence(name)) for name in named]
        assert places == sorted(places), named
        assert all(told.count(_sentence(name)) >= len(slides) for name in named)


def _is_withheld(place, world, spec: Spec) -> None:
    """A person's name in any text of any slide is nowhere in what is shown."""
    slides = [
        replace(
            one,
            **dict.fromkeys(WRITTEN, PERSON),
            own=tuple((name, f"{text} {PERSON}") for name, text in one.own),
        )
        for one in spec.slides
    ]
    deck = make_deck(place, world, Spec(PERSON, spec.language, tuple(slides))).deck
    for told in (freeze(deck).text, json.dumps(deck_state.deck_state(deck), ensure_ascii=False)):
        assert "Lundberg" not in told and "0703123456" not in told
    assert deck.title == language(spec.language).say("title.unnamed")
    assert all(one.title for one in deck.slides)


def _two_texts(*order: str) -> SlideKind:
    def make(asked: AskedSlide) -> Slide:
        lines = tuple(text for text in map(asked.text, order) if text)
        return Slide(Layout.CARDS, asked.name, paragraphs=lines)

    return SlideKind("prov", make, (SlideField("line", "Mening"), SlideField("answer", "Svar")))


@pytest.mark.slow
@pytest.mark.parametrize(
    ("order", "is_right"),
    [(("line", "answer"), True), (("answer", "line"), False), (("line", "line"), False)],
)
def test_fields_in_each_other_s_place_are_seen(twin_worlds, monkeypatch, order, is_right):
    monkeypatch.setitem(KINDS, "prov", _two_texts(*order))
    monkeypatch.setitem(language("sv").words, "kind.prov", "Prov")
    if is_right:
        _goes_all_the_way(twin_worlds, "prov", "sv")
    else:
        with pytest.raises((AssertionError, ValueError)):
            _goes_all_the_way(twin_worlds, "prov", "sv")


def _own_text() -> SlideKind:
    return SlideKind("prov", lambda asked: None, (SlideField("line", "Mening"),))


@pytest.mark.parametrize("tag", available())
@pytest.mark.parametrize("lacks", ["kind.prov", "field.line"])
def test_a_kind_without_a_word_in_some_language_is_refused_with_key_and_language(
    monkeypatch, tag, lacks
):
    kind = SlideKind("prov", lambda asked: None, (SlideField("line"),))
    for one in [language(one) for one in available()]:
        for key in kind.keys:
            monkeypatch.setitem(one.words, key, "Prov")
    kinds.check([kind])
    monkeypatch.delitem(language(tag).words, lacks)
    with pytest.raises(LookupError, match=f"^{tag}.toml says nothing for: {lacks}$"):
        kinds.check([kind])


def test_own_texts_stand_beside_what_all_have_and_pass_the_gate_for_words(monkeypatch):
    monkeypatch.setitem(KINDS, "prov", _own_text())
    slide = SlideSpec("prov", heading="H").with_value("line", SENTENCE)
    spec = Spec("Prov", "sv", (slide,))
    (told,) = json.loads(presentation_record.write(spec))["slides"]
    assert told["line"] == SENTENCE and "own" not in told
    assert presentation_record.read(presentation_record.write(spec)) == spec
    assert not KINDS["prov"].asks_data and KINDS["karta"].asks_data
    assert AskedSlide(None, slide).text("line") == SENTENCE
    named = slide.with_value("line", PERSON)
    assert AskedSlide(None, named).text("line") == ""


def test_what_every_kind_keeps_is_what_earlier_versions_kept():
    (told,) = json.loads(presentation_record.write(Spec("Prov", "sv", (SlideSpec("karta"),))))[
        "slides"
    ]
    kept = "kind theme year before measure by_year district heading question years"
    assert sorted(told) == sorted(kept.split())


FORM = """
import streamlit as st
from trygghetskarta.subjects.dialogue.page import dialogue_editor
from trygghetskarta.subjects.dialogue.data.dialogue_data import Draft
from trygghetskarta.analysis.measures import Measure
from trygghetskarta.subjects.dialogue.ask.presentation import SlideSpec, Spec
from trygghetskarta.subjects.dialogue.show.slide_kind import Offers

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
    line.set_value(PERSON).run()
    assert [one.value for one in app.warning] == [dialogue_words.SLIDE_TEXT_WITHHELD]
    line.set_value("").run()
    for label in dialogue_words.WRITTEN.values():
        written = next(one for one in app.text_input if one.label == label)
        before = written.value
        written.set_value(PERSON).run()
        assert [one.value for one in app.warning] == [dialogue_words.SLIDE_TEXT_WITHHELD], label
        next(one for one in app.text_input if one.label == label).set_value(before).run()
        assert not app.warning


def test_what_is_not_shown_is_named_with_its_place_and_what_to_do(monkeypatch):
    monkeypatch.setitem(KINDS, "prov", _own_text())
    slides = (
        SlideSpec("karta", heading="Ljus i parken"),
        SlideSpec("prov", question=PERSON).with_value("line", PERSON),
    )
    found = dialogue_data.withheld(Draft(Spec(PERSON, "sv", slides), (0, 1)))
    assert found == [(0, "Namn"), (2, "Fråga till rummet"), (2, "Mening")]
    told = dialogue_words.words_withheld(found)
    assert "presentationens namn, fråga till rummet på bild 2 och mening på bild 2" in told
    assert "Lundberg" not in told and "Skriv om det" in told
    assert dialogue_data.withheld(Draft(Spec("Prov 114 14", "sv", slides[:1]), (0,))) == []
