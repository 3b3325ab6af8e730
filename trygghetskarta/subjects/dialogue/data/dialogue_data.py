"""What Medborgardialog asks: presentations, drafts, and decks from cached public answers."""

import math
import threading
import time
from dataclasses import dataclass, field, replace
from typing import Any

import streamlit as st

from trygghetskarta import formats
from trygghetskarta.analysis.measures import OF_ONE_PERIOD
from trygghetskarta.desk import data
from trygghetskarta.draw.deck import deck_state
from trygghetskarta.draw.deck.frozen import Frozen, freeze, thaw
from trygghetskarta.draw.deck.slides import Deck
from trygghetskarta.draw.map.maps import MapScript
from trygghetskarta.gate.loaded_world import World
from trygghetskarta.intake import status
from trygghetskarta.store import presentations as kept
from trygghetskarta.store.presentations import Content, Entry
from trygghetskarta.subjects.dialogue.ask import exit_word, presentation
from trygghetskarta.subjects.dialogue.ask.presentation import SlideSpec, Spec
from trygghetskarta.subjects.dialogue.data import deck_data, presentation_record, template
from trygghetskarta.subjects.dialogue.data.deck_data import Composed, Saved
from trygghetskarta.subjects.dialogue.show.kinds import KINDS
from trygghetskarta.subjects.dialogue.show.kinds.maps import MAP
from trygghetskarta.subjects.dialogue.show.slide_kind import Offers
from trygghetskarta.terms.areas import AreaLevel
from trygghetskarta.words import dialogue_words, map_words
from trygghetskarta.words.language import available, language
from trygghetskarta.words.measure_words import MEASURE_NAMES

_TRIES = 5
_PAUSE, _LONGEST = 30.0, 900.0
_wrong: dict[str, tuple[int, float]] = {}
"""How many wrong words in a row, and when the latest, by presentation."""
_counting = threading.Lock()


@dataclass(frozen=True)
class Draft:
    """A presentation that somebody is working on.

    Attributes
    ----------
    spec
        As it is composed now.
    keys
        A number for each slide that follows it when it is moved.
    identity, version
        Of the presentation in the store as it was read; empty and 0 for a new one.
    has_word
        Whether a word of its own ends the dialogue.
    saved
        What was saved when it was read, None for a new one.
    """

    spec: Spec
    keys: tuple[int, ...]
    identity: str = ""
    version: int = 0
    has_word: bool = False
    saved: Saved | None = field(default=None, compare=False)


@dataclass(frozen=True, eq=False)
class Presented:
    """A deck, ready for the presenter."""

    deck: Deck
    name: str
    script: MapScript | None
    state: dict


def offers() -> Offers:
    """What a slide can be set to now."""
    here = data.world()
    names = here.areas[AreaLevel.DISTRICT]["name"]
    return Offers(
        themes={
            "": map_words.THEME_ALL,
            **{one.key: one.name for one in presentation.themes(here)},
        },
        measures={one: MEASURE_NAMES[one] for one in OF_ONE_PERIOD},
        districts=dict(sorted(names.items(), key=lambda pair: formats.swedish_order(pair[1]))),
        years=tuple(reversed(presentation.whole_years(here))),
        languages={tag: language(tag).name for tag in available()},
    )


def withheld(draft: Draft) -> list[tuple[int, str]]:
    """What of a draft's words is not shown: number of the slide (0 for none), and the field."""
    spec = draft.spec
    return [(at, _called(spec, at, name)) for at, name in presentation.withheld(spec)]


def _called(spec: Spec, at: int, name: str) -> str:
    if name in dialogue_words.WRITTEN:
        return dialogue_words.WRITTEN[name]
    return next(one.heading for one in KINDS[spec.slides[at - 1].kind].fields if one.name == name)


def entries() -> tuple[Entry, ...]:
    """Presentations in the store, the one saved last first."""
    return kept.presentations(data.workplace().engine)


def new_draft(name: str, tag: str, theme: str, district: str) -> Draft:
    """Begin a presentation from the template."""
    spec = template.template(data.world(), name, tag, theme, district)
    return Draft(spec, tuple(range(len(spec.slides))))


def open_draft(identity: str) -> Draft:
    """Read a presentation to work on it."""
    version, content = kept.content(data.workplace().engine, identity)
    saved = _saved(content)
    keys = tuple(range(len(saved.spec.slides)))
    return Draft(saved.spec, keys, identity, version, content.exit_hash is not None, saved)


def preview(draft: Draft) -> Presented:
    """What saving the draft would show: saved figures where a slide asks what it did then."""
    here = status.fingerprint(data.workplace())
    return _preview(
        *here, presentation_record.write(draft.spec), (draft.identity, draft.version), draft.saved
    )


@st.cache_resource(max_entries=24, show_spinner=False)
def _preview(
    identity: str, version: int, spec: str, edition: tuple[str, int], _before: Saved | None
) -> Presented:
    return _presented(_composed(presentation_record.read(spec), _before).deck)


def _composed(spec: Spec, before: Saved | None) -> Composed:
    return deck_data.make_deck(data.workplace(), data.world(), spec, before, _Cached)


def presented(identity: str) -> Presented:
    """A saved presentation as it was frozen; nothing else of the store is read."""
    version, _ = kept.content(data.workplace().engine, identity)
    return _frozen(status.fingerprint(data.workplace())[0], identity, version)


@st.cache_resource(max_entries=16, show_spinner=False)
def _frozen(store: str, identity: str, version: int) -> Presented:
    return _presented(_saved(kept.content(data.workplace().engine, identity)[1]).deck)


def _saved(content: Content) -> Saved:
    spec = presentation_record.read(content.spec)
    return Saved(spec, deck_data.reopened(spec, thaw(Frozen(content.frozen, content.borders))))


def _presented(deck: Deck) -> Presented:
    name = "-".join(sorted(freeze(deck).borders)) or "none"
    return Presented(deck, name[:16], deck_state.map_script(deck), deck_state.deck_state(deck))


def save(draft: Draft, word: str | None) -> Draft:
    """Save a draft: what it shows is frozen.

    Parameters
    ----------
    draft
        What to save.
    word
        The word that ends the dialogue from now on, empty for the usual one, None to leave it.

    Raises
    ------
    StoreError
        ``CHANGED_MEANWHILE`` when somebody else has saved it since it was read.
    """
    return _save(draft, _composed(draft.spec, draft.saved), word)


def save_copy(draft: Draft, word: str | None) -> Draft:
    """Save a draft as a presentation of its own, whatever has happened to the one it came from.

    ``word`` is as in :func:`save`; what it leaves is the word of the one it came from.
    """
    spec = replace(draft.spec, name=dialogue_words.copy_name(draft.spec.name))
    return _save(replace(draft, spec=spec, saved=None), _composed(spec, None), word, is_copy=True)


def updated(draft: Draft, word: str | None) -> tuple[Draft, list[tuple[int, int, int]]]:
    """Save a draft with today's figures everywhere; tells which slides changed, and by how much.

    ``word`` is as in :func:`save`.
    """
    before, after = preview(draft).deck, _composed(draft.spec, None)
    return _save(draft, after, word), deck_data.changes(before, after.deck)


def _save(draft: Draft, composed: Composed, word: str | None, *, is_copy: bool = False) -> Draft:
    engine, deck = data.workplace().engine, composed.deck
    deck_data.publish_deck(data.workplace(), data.world(), composed)
    made = deck_data.content_of(draft.spec, deck, data.world())
    if word:
        made = replace(made, exit_hash=exit_word.hash_of(word))
    elif word is None and draft.identity:
        made = replace(made, exit_hash=kept.exit_hash(engine, draft.identity))
    if draft.identity and not is_copy:
        version = kept.save(engine, draft.identity, draft.version, made)
        identity = draft.identity
    else:
        identity, version = kept.add(engine, made), 1
    has_word = made.exit_hash is not None
    saved = Saved(draft.spec, deck)
    return Draft(draft.spec, draft.keys, identity, version, has_word, saved)


def instead(draft: Draft, at: int) -> tuple[Draft, str] | None:
    """The draft with a refused slide changed to the nearest one that may be shown, in words."""
    place, world = data.workplace(), data.world()
    found = deck_data.safe_instead(place, world, draft.spec, _composed(draft.spec, None), at)
    if found is None:
        return None
    # A new key, so that the slide's controls show what it has become.
    keys = (*draft.keys[:at], max(draft.keys) + 1, *draft.keys[at + 1 :])
    return replace(draft, spec=found.spec, keys=keys), found.told


def delete(draft: Draft) -> None:
    """Take a presentation out of the list."""
    kept.delete(data.workplace().engine, draft.identity, draft.version)


@dataclass(frozen=True)
class Tried:
    """What became of a word: whether it opens, and else the seconds until one is looked at."""

    is_right: bool
    wait: int = 0


def try_word(identity: str, word: str) -> Tried:
    """Try to end the dialogue that a browser is locked with.

    Every fifth wrong word shuts the door for a while, each time twice as long: for a presentation,
    not for a browser, so that a reload or another tab brings no new tries.

    Raises
    ------
    StoreError
        If the word cannot be looked up; nothing is opened.
    """
    hashed = kept.exit_hash(data.workplace().engine, identity)
    now = time.monotonic()
    with _counting:
        count, last = _wrong.get(identity, (0, now))
        wait = _pause(count) - (now - last)
        if wait > 0:
            return Tried(False, math.ceil(wait))
        # Counted before it is looked at: of many at once, no more than five are.
        _wrong[identity] = count + 1, now
    if not exit_word.opens(word, hashed, dialogue_words.LEAVE_WORD):
        return Tried(False)
    with _counting:
        _wrong.pop(identity, None)
    return Tried(True)


def _pause(count: int) -> float:
    """Seconds without a look after this many wrong words."""
    return min(_PAUSE * 2 ** (count // _TRIES - 1), _LONGEST) if count and not count % _TRIES else 0


def has_word(identity: str) -> bool:
    """Whether a presentation, also a deleted one, has a word of its own that ends the dialogue.

    Raises
    ------
    StoreError
        ``NOT_FOUND`` when there has never been such a presentation.
    """
    return kept.exit_hash(data.workplace().engine, identity) is not None


class _Cached:
    """Answers slides from a cache that headings and questions do not touch."""

    @staticmethod
    def answer(_world: World, slide: SlideSpec) -> Any:
        return _ask("answer", *_key(replace(slide, before=0)))

    @staticmethod
    def compared(_world: World, slide: SlideSpec) -> Any:
        return _ask("compared", *_key(slide))

    @staticmethod
    def by_year(_world: World, slide: SlideSpec) -> Any:
        return _ask("by_year", *_key(replace(slide, year=0, before=0, years=1)))


def _key(slide: SlideSpec) -> tuple[str, int, SlideSpec]:
    plain = SlideSpec(
        MAP.word, slide.theme, slide.year, slide.before, slide.measure, years=slide.years
    )
    return *status.fingerprint(data.workplace()), plain


@st.cache_resource(max_entries=64, show_spinner=False)
def _ask(how: str, identity: str, version: int, slide: SlideSpec) -> Any:
    return getattr(presentation, how)(data.world(), slide)
