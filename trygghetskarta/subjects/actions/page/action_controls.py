"""The filters of the page Åtgärder, and which action is open."""

import streamlit as st

from trygghetskarta.desk import filters
from trygghetskarta.gate.choice import RINGS, Choice
from trygghetskarta.subjects.actions.data import action_data
from trygghetskarta.subjects.actions.data.action_data import ActionAnswer
from trygghetskarta.words import action_words, effect_words, map_words


def sidebar(choice: Choice) -> None:
    """Draw the filters: theme, districts, status, approach, responsible."""
    with st.sidebar:
        themes = {"": action_words.THEMES_ALL} | action_data.themes()
        _one_of(map_words.THEME, "theme", choice.theme, themes)
        filters.districts(choice, action_data.districts())
        statuses = {"": action_words.STATUS_ALL} | dict(action_words.ACTION_STATUSES)
        _one_of(action_words.ACTION_STATUS, "planned_status", choice.planned_status, statuses)
        approaches = {"": action_words.APPROACH_ALL} | dict(action_words.APPROACHES)
        _one_of(action_words.APPROACH, "approach", choice.approach, approaches)
        _one_of(action_words.RESPONSIBLE, "responsible", choice.responsible, action_data.owners())
        filters.reset()


def action(choice: Choice, found: ActionAnswer) -> None:
    """Choose the action that is open: the same as a press on the map."""
    names = {"": action_words.ACTION_CLOSED} | action_data.choices(found)
    if choice.planned and choice.planned not in names:
        opened = action_data.opened(choice.planned)
        if opened is not None:
            names[choice.planned] = opened.title
    _one_of(action_words.ACTION_CHOOSE, "planned", choice.planned, names)


def ring(choice: Choice) -> None:
    """Choose how wide the surroundings are."""
    filters.select(effect_words.RING, "ring", choice.ring, {width: str(width) for width in RINGS})


def _one_of(label: str, name: str, current: str, names: dict) -> None:
    words = {str(word): told for word, told in names.items()}
    filters.select(label, name, current if current in words else "", words)
