"""A report as a phone sends it: plain JSON, made into a form or refused."""

import base64
import binascii
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from trygghetskarta import tables
from trygghetskarta.errors import Fault, TableError, TableRule
from trygghetskarta.subjects.walks.walk_work import ObservationForm, WalkForm
from trygghetskarta.tables.findings import FIELDS, FindingField
from trygghetskarta.terms.walks import AuditFactor, ObservationCategory, WalkType

MOST_TEXT = 4000
"""Signs that a free text may have."""

MOST_POINTS = 500
"""Points that a drawn route may have."""


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
        Fields as ``subjects/walks/phone_form.js`` writes them.

    Raises
    ------
    TableError
        If a field is not what it should be; a browser can be made to send anything.
    """
    kept = sent.get("kept") is True
    if sent.get("kind") == "walk":
        return Sent(_walk(sent), None, kept)
    return Sent(None, _observation(sent), kept)


def _walk(sent: Mapping[str, object]) -> WalkForm:
    place = _text(sent, "place")
    return WalkForm(
        walk_id=_text(sent, "identity"),
        walk_type=_field(sent, "type", WalkType),
        name=place,
        started_at=_field(sent, "started", _moment),
        ended_at=_field(sent, "ended", _moment),
        participants=_field(sent, "people", _whole),
        team=_text(sent, "team"),
        given_place=place,
        note=_text(sent, "note"),
        nothing_to_report=sent.get("nothing") is True,
        route=_field(sent, "route", _route),
    )


def _observation(sent: Mapping[str, object]) -> ObservationForm:
    return ObservationForm(
        observation_id=_text(sent, "identity"),
        observed_at=_field(sent, "at", _moment),
        category=_field(sent, "category", ObservationCategory),
        told={name: _told(sent, name, field) for name, field in FIELDS.items()},
        given_place=_text(sent, "place"),
        position=_field(sent, "position", _position),
        factors=_field(sent, "factors", _factors),
        walk_id=_text(sent, "walk") or None,
        stop=_field(sent, "stop", _whole),
        photo=_field(sent, "photo", _photo),
    )


def _field(sent: Mapping[str, object], name: str, make: Callable[[Any], Any]) -> Any:
    try:
        return make(sent.get(name))
    except (ValueError, TypeError, AttributeError, OverflowError, binascii.Error) as error:
        fault = Fault(TableRule.UNKNOWN_WORD, name, value=str(sent.get(name))[:80])
        raise TableError(tables.OBSERVATIONS.name, [fault]) from error


def _text(sent: Mapping[str, object], name: str) -> str:
    value = sent.get(name)
    return value[:MOST_TEXT] if isinstance(value, str) else ""


def _told(sent: Mapping[str, object], name: str, field: FindingField) -> int | str | None:
    if field.is_number:
        return _field(sent, name, _whole)
    return _text(sent, name) or None


def _moment(value: object) -> datetime | None:
    if not value:
        return None
    moment = datetime.fromisoformat(str(value))
    if moment.tzinfo is None:
        raise ValueError(value)
    return moment


def _whole(value: object) -> int | None:
    return int(value) if value not in (None, "", 0) else None


def _position(value: object) -> tuple[float, float] | None:
    if value is None:
        return None
    latitude, longitude = value
    return float(latitude), float(longitude)


def _route(value: object) -> tuple[tuple[float, float], ...]:
    points = tuple(_position(point) for point in value or ())
    if None in points or len(points) > MOST_POINTS:
        raise ValueError(len(points))
    return points


def _factors(value: object) -> dict[AuditFactor, int]:
    return {AuditFactor(name): int(mark) for name, mark in (value or {}).items()}


def _photo(value: object) -> bytes | None:
    return base64.b64decode(value, validate=True) if value else None
