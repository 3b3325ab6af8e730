"""What the page När händer det asks, cached like everything pages ask."""

from dataclasses import dataclass, replace
from typing import Any

import streamlit as st

from trygghetskarta.pipeline import status, times
from trygghetskarta.pipeline.choice import Choice
from trygghetskarta.pipeline.times import Times
from trygghetskarta.render import page_decks, texts
from trygghetskarta.terms import Beside, MapPage
from trygghetskarta.ui import data, file_data

_NOT_ASKED: dict[str, Any] = {
    "area": "",
    "spot": "",
    "chance": False,
    "beside": Beside.NOTHING,
    "other": "",
}
"""What never changes an answer on this page."""


@dataclass(frozen=True, eq=False)
class TimeAnswer:
    """The answer to a choice with its title and caption."""

    found: Times
    title: str
    caption: tuple[str, ...]


def answers(choice: Choice) -> list[TimeAnswer]:
    """The answer to a choice, and to what stands beside it."""
    other = times.beside(data.world(), choice)
    return [answer(one) for one in (choice, other) if one is not None]


def answer(choice: Choice) -> TimeAnswer:
    """The answer to a choice."""
    return _answer(*status.fingerprint(data.workplace()), replace(choice, **_NOT_ASKED))


def highest(found: list[TimeAnswer]) -> tuple[float | None, float | None]:
    """The values of the darkest colour that tables side by side share: of hours, of days."""
    hours = [one.found.hours.to_numpy().max() for one in found if one.found.hours is not None]
    days = [one.found.daily.max() for one in found if one.found.daily is not None]
    # A year without any data has no highest day.
    return max(hours, default=None), max((day for day in days if day == day), default=None)


def deck_file(shown: TimeAnswer, kind: str) -> bytes:
    """What is shown, as a file made of a presentation."""
    found = shown.found
    parts = page_decks.WhenParts(
        found.hours,
        found.light,
        found.season,
        "" if found.quality is None else texts.hours_caption(found.quality),
    )
    stamp = file_data.stamp(MapPage.WHEN, replace(found.answer.choice, **_NOT_ASKED))
    deck = page_decks.when_deck(found.facts, shown.title, shown.caption, parts, stamp)
    return file_data.deck_file(deck, kind)


@st.cache_resource(max_entries=32, show_spinner=False)
def _answer(identity: str, version: int, choice: Choice) -> TimeAnswer:
    found = times.find(data.world(), choice)
    if found.facts is None:
        return TimeAnswer(found, "", ())
    threshold = found.answer.rule.threshold
    return TimeAnswer(
        found, texts.when_title(found.facts), texts.caption(found.facts, 0, threshold, is_map=False)
    )
