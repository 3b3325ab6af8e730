"""What a presentation is composed with: a list, a form for a new one, and a row for each slide."""

from dataclasses import dataclass, replace
from typing import Any

import streamlit as st

from trygghetskarta.draw import snippets
from trygghetskarta.gate.public_words import public_text
from trygghetskarta.subjects.dialogue.ask.exit_word import SHORTEST
from trygghetskarta.subjects.dialogue.ask.presentation import (
    LONGEST_TEXT,
    MOST_SLIDES,
    WRITTEN,
    SlideSpec,
    Spec,
)
from trygghetskarta.subjects.dialogue.data.dialogue_data import Draft
from trygghetskarta.subjects.dialogue.show.kinds import KINDS
from trygghetskarta.subjects.dialogue.show.slide_kind import Offers, SlideField
from trygghetskarta.words import dialogue_words

_NEW = ""


def choose(labels: dict[str, str], chosen: str) -> str:
    """Choose a presentation by its identity; empty for a new one."""
    options = [_NEW, *labels]
    return st.selectbox(
        dialogue_words.PRESENTATION,
        options,
        index=options.index(chosen) if chosen in options else 0,
        format_func=lambda one: labels.get(one, dialogue_words.PRESENTATION_NEW),
    )


def new(offers: Offers) -> tuple[str, str, str, str] | None:
    """Ask for a new presentation's name, language, theme and district; None until it is sent."""
    with st.form("dialogue-new", border=True):
        name = st.text_input(
            dialogue_words.PRESENTATION_NAME,
            dialogue_words.PRESENTATION_DEFAULT,
            max_chars=LONGEST_TEXT,
        )
        left, middle, right = st.columns(3)
        theme = left.selectbox(
            dialogue_words.PRESENTATION_THEME, offers.themes, format_func=offers.themes.get
        )
        districts = {"": dialogue_words.PRESENTATION_NO_DISTRICT, **offers.districts}
        district = middle.selectbox(
            dialogue_words.PRESENTATION_DISTRICT, districts, format_func=districts.get
        )
        tag = right.selectbox(
            dialogue_words.PRESENTATION_LANGUAGE, offers.languages, format_func=offers.languages.get
        )
        if st.form_submit_button(dialogue_words.PRESENTATION_CREATE, type="primary"):
            return name.strip() or dialogue_words.PRESENTATION_DEFAULT, tag, theme, district
    return None


def edit(draft: Draft, offers: Offers) -> Draft:
    """Edit name, language and slides; gives the draft as it now is."""
    scope = draft.identity or "new"
    left, right = st.columns([3, 1])
    with left:
        name = _text(dialogue_words.WRITTEN["name"], draft.spec.name, f"name-{scope}")
    tags = list(offers.languages)
    tag = right.selectbox(
        dialogue_words.PRESENTATION_LANGUAGE,
        tags,
        index=tags.index(draft.spec.language) if draft.spec.language in tags else 0,
        format_func=offers.languages.get,
        key=f"language-{scope}",
    )
    spec = Spec(name or draft.spec.name, tag, draft.spec.slides)
    return _slides(replace(draft, spec=spec), offers, scope)


def _slides(draft: Draft, offers: Offers, scope: str) -> Draft:
    slides, keys = list(draft.spec.slides), list(draft.keys)
    move = None
    for at, key in enumerate(keys):
        with st.container(border=True, key=f"slide-row-{scope}-{key}"):
            with st.expander(
                dialogue_words.slide_label(at + 1, KINDS[slides[at].kind].name, slides[at].heading)
            ):
                slides[at] = _slide(slides[at], offers, f"{scope}-{key}")
            move = _buttons(at, len(keys), f"{scope}-{key}") or move
    added = _add(scope, len(slides))
    if added is not None:
        slides.append(SlideSpec(added, year=offers.years[0] if offers.years else 0))
        keys.append(max(keys, default=-1) + 1)
    if move is not None:
        _moved(slides, move)
        _moved(keys, move)
    return replace(draft, spec=replace(draft.spec, slides=tuple(slides)), keys=tuple(keys))


def _moved(items: list, move: tuple[int, int]) -> None:
    """Move an item to a place, or take it away when the place is -1."""
    at, to = move
    item = items.pop(at)
    if to >= 0:
        items.insert(to, item)


def _buttons(at: int, count: int, key: str) -> tuple[int, int] | None:
    moves = (
        (dialogue_words.SLIDE_UP, at - 1, at == 0),
        (dialogue_words.SLIDE_DOWN, at + 1, at == count - 1),
        (dialogue_words.SLIDE_REMOVE, -1, False),
    )
    chosen = None
    with st.container(horizontal=True, gap="small"):
        for (sign, label), to, is_off in moves:
            told = label.format(n=at + 1)
            if st.button(sign, key=f"{sign}-{key}", help=told, disabled=is_off):
                chosen = at, to
    return chosen


def _add(scope: str, count: int) -> str | None:
    left, right = st.columns([3, 2], vertical_alignment="bottom")
    kind = left.selectbox(
        dialogue_words.SLIDE_ADD_KIND,
        list(KINDS),
        format_func=lambda word: KINDS[word].name,
        key=f"kind-{scope}",
    )
    is_full = count >= MOST_SLIDES
    if right.button(
        dialogue_words.SLIDE_ADD, key=f"add-{scope}", width="stretch", disabled=is_full
    ):
        return kind
    return None


def _slide(slide: SlideSpec, offers: Offers, key: str) -> SlideSpec:
    for name in WRITTEN:
        told = dialogue_words.WRITTEN[name], slide.value(name), f"{name}-{key}"
        slide = slide.with_value(name, _text(*told, dialogue_words.WRITTEN_HELP[name]))
    for field in KINDS[slide.kind].fields:
        if field.wanted(slide):
            slide = slide.with_value(field.name, _value(field, slide, offers, key))
    return slide


def _text(label: str, text: str, key: str, told: str | None = None) -> str:
    """Ask for words; those that point out a person are not shown, and the form says so."""
    text = st.text_input(label, text, max_chars=LONGEST_TEXT, key=key, help=told).strip()
    if text and not public_text(text):
        st.warning(dialogue_words.SLIDE_TEXT_WITHHELD)
    return text


def _value(field: SlideField, slide: SlideSpec, offers: Offers, key: str) -> Any:
    scope = "-".join([field.name, key, *([str(slide.value(field.after))] if field.after else [])])
    chosen = slide.value(field.name)
    if field.choices is None:
        return _text(field.heading, chosen, scope)
    names = field.choices(offers, slide)
    options = list(names)
    at = options.index(chosen) if chosen in options else 0
    return st.selectbox(field.heading, options, index=at, format_func=names.get, key=scope)


@dataclass(frozen=True)
class Keeping:
    """What somebody wants to do with a draft.

    Attributes
    ----------
    save, update, show
        Which button was pressed.
    word
        The word that ends the dialogue from now on: empty for the usual one, None to leave it.
    is_short
        Whether a word was written that is too short: then nothing is saved.
    """

    save: bool
    update: bool
    show: bool
    word: str | None
    is_short: bool


def keep_form(draft: Draft) -> Keeping:
    """Ask for the word that ends the dialogue, and save or show it together with the draft.

    One form, so that what is written is saved whichever button is pressed, and nothing of it is
    half in force before that.
    """
    scope = f"{draft.identity or 'new'}-{draft.version}"
    with st.form(f"keep-{scope}", border=True):
        st.html(snippets.notice(dialogue_words.leave_rule(bool(draft.identity), draft.has_word)))
        written = st.text_input(
            dialogue_words.LEAVE_WORD_OWN,
            type="password",
            key=f"word-{scope}",
            help=dialogue_words.LEAVE_WORD_HELP.format(
                n=SHORTEST, word=dialogue_words.LEAVE_WORD.upper()
            ),
            placeholder=dialogue_words.LEAVE_WORD_SET if draft.has_word else None,
        ).strip()
        drop = draft.has_word and st.checkbox(
            dialogue_words.LEAVE_WORD_DROP.format(word=dialogue_words.LEAVE_WORD.upper()),
            key=f"drop-{scope}",
        )
        left, right = st.columns(2)
        save = left.form_submit_button(
            dialogue_words.SAVE_PRESENTATION, type="primary", width="stretch"
        )
        update = bool(draft.identity) and right.form_submit_button(
            dialogue_words.UPDATE_FIGURES, width="stretch"
        )
        show = st.form_submit_button(dialogue_words.OPEN_FULL, type="primary", width="stretch")
        st.html(snippets.notice(dialogue_words.OPEN_FULL_HELP))
    is_short = 0 < len(written) < SHORTEST
    return Keeping(save, update, show, written or ("" if drop else None), is_short)


def leave(ask: str) -> str:
    """Ask for the word that ends the dialogue; empty until one is sent."""
    with st.form("dialogue-leave", clear_on_submit=True, border=False):
        word = st.text_input(ask, type="password")
        sent = st.form_submit_button(dialogue_words.LEAVE_BUTTON)
    return word if sent else ""
