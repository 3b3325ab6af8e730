"""A report as a phone sends it: plain JSON, made into a form or refused."""

import base64
import reprlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from trygghetskarta import tables
from trygghetskarta.errors import Fault, TableError, TableRule
from trygghetskarta.sources.fields import json_values
from trygghetskarta.subjects.walks.edit.walk_work import ObservationForm, WalkForm
from trygghetskarta.tables.findings import FIELDS, FindingField
from trygghetskarta.terms.walks import AuditFactor, ObservationCategory, WalkType

MOST_TEXT = 4000
"""Signs that a free text may have."""

MOST_POINTS = 500
"""Points that a drawn route may have."""


class Kind(StrEnum):
    """What is reported."""

    FINDING = "finding"
    WALK = "walk"


@dataclass(frozen=True)
class Sent:
    """A report that can be stored.

    Attributes
    ----------
    walk, observation
        One of them.
    kept
        Whether the writer has seen the warnings and keeps the words.
    """

    walk: WalkForm | None
    observation: ObservationForm | None
    kept: bool


def read(sent: Mapping[str, object]) -> Sent:
    """Make a form of what a phone has sent.

    Parameters
    ----------
    sent
        Fields as ``subjects/walks/page/phone_form.js`` writes them.

    Raises
    ------
    TableError
        If a field is not what it should be; a browser can be made to send anything.
    """
    kept = sent.get("kept") is True
    if _field(sent, "kind", Kind) is Kind.WALK:
        return Sent(_walk(sent), None, kept)
    return Sent(None, _observation(sent), kept)


def _walk(sent: Mapping[str, object]) -> WalkForm:
    place = _text(sent, "place")
    return WalkForm(
        walk_id=_text(sent, "identity"),
        walk_type=_field(sent, "type", WalkType),
        name=place,
        started_at=_moment(sent, "started"),
        ended_at=_moment(sent, "ended"),
        participants=_whole(sent, "people"),
        team=_text(sent, "team"),
        given_place=place,
        note=_text(sent, "note"),
        nothing_to_report=_field(sent, "nothing", _yes_or_no),
        route=_field(sent, "route", _route, TableRule.NOT_A_NUMBER),
    )


def _observation(sent: Mapping[str, object]) -> ObservationForm:
    return ObservationForm(
        observation_id=_text(sent, "identity"),
        observed_at=_moment(sent, "at"),
        category=_field(sent, "category", ObservationCategory),
        told={name: _told(sent, name, field) for name, field in FIELDS.items()},
        given_place=_text(sent, "place"),
        position=_field(sent, "position", _position, TableRule.NOT_A_NUMBER),
        factors=_field(sent, "factors", _factors),
        walk_id=_text(sent, "walk") or None,
        stop=_whole(sent, "stop"),
        photo=_field(sent, "photo", _photo),
    )


def _field(
    sent: Mapping[str, object],
    name: str,
    make: Callable[[Any], Any],
    rule: TableRule = TableRule.UNKNOWN_WORD,
    beyond: TableRule = TableRule.ABOVE_MAXIMUM,
) -> Any:
    """A field as what it is meant to be; ``rule`` is broken by what it is not."""
    value = sent.get(name)
    try:
        return make(value)
    except OverflowError as error:
        broken, cause = beyond, error
    except ValueError as error:
        broken, cause = rule, error
    shown = value if isinstance(value, str) else reprlib.repr(value)
    fault = Fault(broken, name, value=shown[:80])
    raise TableError(tables.OBSERVATIONS.name, [fault]) from cause


def _text(sent: Mapping[str, object], name: str) -> str:
    return _field(sent, name, json_values.text)[:MOST_TEXT]


def _whole(sent: Mapping[str, object], name: str) -> int | None:
    return _field(sent, name, json_values.whole, TableRule.NOT_A_WHOLE_NUMBER)


def _moment(sent: Mapping[str, object], name: str) -> datetime | None:
    beyond = TableRule.DATE_OUT_OF_RANGE
    return _field(sent, name, json_values.moment, TableRule.NOT_A_DATE, beyond)


def _told(sent: Mapping[str, object], name: str, field: FindingField) -> int | str | None:
    return _whole(sent, name) if field.is_number else _text(sent, name) or None


def _yes_or_no(value: object) -> bool:
    if value is not None and not isinstance(value, bool):
        raise ValueError(value)
    return value is True


def _position(value: object) -> tuple[float, float] | None:
    return None if value is None else json_values.degrees(value)


def _route(value: object) -> tuple[tuple[float, float], ...]:
    if value is None:
        return ()
    if not isinstance(value, list) or len(value) > MOST_POINTS:
        raise ValueError(value)
    return tuple(json_values.degrees(point) for point in value)


def _factors(value: object) -> dict[AuditFactor, int]:
    if value is None:
        return {}
    if not isinstance(value, dict):
        raise ValueError(value)
    marks = {AuditFactor(name): json_values.whole(mark) for name, mark in value.items()}
    if None in marks.values():
        raise ValueError(value)
    return marks


def _photo(value: object) -> bytes | None:
    return base64.b64decode(json_values.text(value), validate=True) or None
