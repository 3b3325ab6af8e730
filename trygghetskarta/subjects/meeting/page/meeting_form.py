"""The form for those who come to a meeting: a place, a feeling, a reason, thank you."""

from collections.abc import Callable
from functools import cache
from typing import Any

import streamlit as st

from trygghetskarta.desk import sent
from trygghetskarta.draw.browser_files import browser_file
from trygghetskarta.draw.map.maps import MapScript
from trygghetskarta.subjects.meeting import data as meeting_data
from trygghetskarta.subjects.meeting.data import MeetingGround, PinAnswer
from trygghetskarta.terms.meetings import Feeling, Meeting, PinReason
from trygghetskarta.words import meeting_words, texts

_ANSWERS = "room_answers"
_MOST = 50
"""Answers kept for a browser that has not heard them yet."""


@cache
def _component(script: MapScript) -> Callable[..., Any]:
    return st.components.v2.component(
        "meeting_form",
        js=script.javascript + "\n" + browser_file(__package__, "meeting_form.js"),
        css="\n" + script.css + browser_file(__package__, "meeting_form.css"),
        isolate_styles=False,
    )


def meeting_form(ground: MeetingGround, held: Meeting) -> list[dict]:
    """Draw the form; gives what was just sent, oldest first."""
    known = st.session_state.get(_ANSWERS, {})
    result = _component(ground.script)(
        key="meeting-form",
        data={
            "meeting": held.code,
            "name": held.name,
            "where": meeting_words.meeting_where(held.place, held.held_on),
            "mark": texts.EXAMPLE_MARK if held.is_example else "",
            "open": meeting_data.is_open(held),
            "closed": meeting_words.ROOM_CLOSED,
            "words": meeting_words.ROOM_WORDS,
            "map": ground.empty_map,
            "districts": list(ground.names.items()),
            "feelings": [[one.value, meeting_words.FEELINGS[one]] for one in Feeling],
            "reasons": [[one.value, meeting_words.PIN_REASONS[one]] for one in PinReason],
            "answers": {key: {"state": one.state, "said": one.said} for key, one in known.items()},
        },
        on_report_change=_nothing,
    )
    return sent.objects(result.report)


def answer(told: dict[str, PinAnswer]) -> None:
    """Keep what became of pins until the browser has heard it."""
    known = {**st.session_state.get(_ANSWERS, {}), **told}
    st.session_state[_ANSWERS] = dict(list(known.items())[-_MOST:])


def _nothing() -> None:
    """A report is read from the result; Streamlit wants a callback to register it at all."""
