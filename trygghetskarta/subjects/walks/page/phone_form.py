"""The form for those who walk: filled in and kept in the browser, sent until it is stored."""

from collections.abc import Callable
from functools import cache
from typing import Any

import streamlit as st

from trygghetskarta.desk import sent
from trygghetskarta.draw.browser_files import browser_file
from trygghetskarta.draw.map.maps import MapScript
from trygghetskarta.subjects.walks.data.finding_data import FindingAnswer
from trygghetskarta.tables.findings import FIELDS, FindingField
from trygghetskarta.terms.walks import ObservationCategory, WalkType
from trygghetskarta.words import phone_words, texts, walk_words

_ANSWERS = "report_answers"
_SCRIPTS = (
    "phone_draft.js",
    "phone_fields.js",
    "draw_route.js",
    "phone_photo.js",
    "phone_form.js",
    "phone_page.js",
)
"""In the order they build upon each other."""

_MOST = 50
"""Answers kept for a browser that has not heard them yet."""


@cache
def _component(script: MapScript) -> Callable[..., Any]:
    return st.components.v2.component(
        "phone_form",
        js="\n".join((script.javascript, *(browser_file(__package__, name) for name in _SCRIPTS))),
        css="\n" + script.css + browser_file(__package__, "phone_form.css"),
        isolate_styles=False,
    )


def phone_form(script: MapScript, state: dict) -> list[dict]:
    """Draw the form; gives the reports that were just sent, oldest first.

    Parameters
    ----------
    script
        Map of the districts, on which a place can be pointed out.
    state
        What it shows.
    """
    result = _component(script)(
        key="phone-form",
        data={
            "words": _words(),
            "map": state,
            "answers": {
                key: {"state": one.state, "said": one.said}
                for key, one in st.session_state.get(_ANSWERS, {}).items()
            },
        },
        on_report_change=_nothing,
    )
    return sent.objects(result.report)


def answer(told: dict[str, FindingAnswer]) -> None:
    """Keep what became of reports until the browser has heard it."""
    known = {**st.session_state.get(_ANSWERS, {}), **told}
    st.session_state[_ANSWERS] = dict(list(known.items())[-_MOST:])


def _asked(name: str, field: FindingField) -> dict:
    """How the form asks for a declared field."""
    column, words = field.column, field.words
    return {
        "name": name,
        "group": field.asked.value,
        "kind": "choices" if words.options else "number" if field.is_number else "area",
        "question": words.question,
        "hint": words.hint,
        "untold": words.untold,
        "options": [[value, label] for value, label in words.options.items()],
        "least": column.minimum,
        "most": column.maximum,
        "notFor": sorted(field.not_for),
    }


def _nothing() -> None:
    """A report is read from the result; Streamlit wants a callback to register it at all."""


def _words() -> dict:
    return {
        **phone_words.FORM_WORDS,
        "types": [[value.value, name] for value, name in texts.WALK_TYPES.items()],
        "audit": WalkType.AUDIT.value,
        "categories": [[value.value, name] for value, name in texts.CATEGORIES.items()],
        "safe": ObservationCategory.SAFE.value,
        "fields": [_asked(name, field) for name, field in FIELDS.items()],
        "factors": [[value.value, name] for value, name in walk_words.AUDIT_FACTORS.items()],
    }
