"""A meeting while it is open: a tap becomes a pin, and pins become what the room may see."""

import reprlib
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeVar

import numpy as np
import pandas as pd
import shapely
from pyproj import Transformer

from trygghetskarta.analysis.disclosure import Publishable
from trygghetskarta.analysis.show_rules import DEFAULT_RULES
from trygghetskarta.analysis.spatial import AreaIndex
from trygghetskarta.errors import Fault, StoreCause, StoreError, TableError, TableRule
from trygghetskarta.intake.workplace import Workplace
from trygghetskarta.settings import SHOW_CRS, WORK_CRS
from trygghetskarta.sources.fields import json_values
from trygghetskarta.store import read, read_meetings, write_meetings
from trygghetskarta.store.read_meetings import Mark
from trygghetskarta.store.write_meetings import NewPin
from trygghetskarta.subjects.meeting.ask import wall_replay
from trygghetskarta.subjects.meeting.ask.meeting_wall_kept import from_json
from trygghetskarta.subjects.meeting.ask.wall_replay import AreaSeen, Wall
from trygghetskarta.terms.areas import AreaLevel
from trygghetskarta.terms.audience import Audience, CellStatus
from trygghetskarta.terms.meetings import Feeling, Meeting, MeetingStatus, PinReason

CELL = 100.0
"""Side in metres of the squares a pin's place is rounded to before it is stored."""


@dataclass(frozen=True, eq=False)
class Districts:
    """Where pins can be put.

    Attributes
    ----------
    names
        By code.
    index
        Finds the district of a place.
    """

    names: pd.Series
    index: AreaIndex


@dataclass(frozen=True, eq=False)
class Seen:
    """What the room may see.

    Attributes
    ----------
    areas
        Index area_code, every district: ``count`` in whole fives, hidden below five, and ``lean``.
    total
        Pins in whole fives; 0 means fewer than five.
    reasons
        Given by at least five each.
    """

    areas: Publishable
    total: int
    reasons: tuple[PinReason, ...]


def districts(place: Workplace) -> Districts:
    """The districts, ready to be asked."""
    areas = read.areas(place.engine, AreaLevel.DISTRICT)
    return Districts(areas["name"], AreaIndex(areas.reset_index()))


def open_meeting_of(place: Workplace, code: str) -> Meeting:
    """The meeting people reach by a code.

    Raises
    ------
    StoreError
        ``MEETING_UNKNOWN``.
    """
    found = read_meetings.by_code(place.engine, code) if code else None
    if found is None or found.status is MeetingStatus.ERASED:
        raise StoreError(StoreCause.MEETING_UNKNOWN)
    return found


def receive(place: Workplace, known: Districts, code: str, sent: Mapping[str, object]) -> None:
    """Store or take back what a phone has sent, once however often it is sent.

    Parameters
    ----------
    place
        The store.
    known
        The districts.
    code
        Of the meeting.
    sent
        Fields as ``subjects/meeting/page/meeting_form.js`` writes them.

    Raises
    ------
    TableError
        If a field is not what it should be, or the place lies outside the districts.
    StoreError
        If there is no such meeting, or it takes no more pins.
    """
    identity = _identity(sent.get("identity"))
    if sent.get("kind") == "undo":
        write_meetings.withdraw(place.engine, code, identity)
        return
    district, point = _where(known, sent)
    pin = NewPin(
        identity,
        district,
        _word(sent, "feeling", Feeling),
        _word(sent, "reason", PinReason),
        point,
    )
    write_meetings.save_pin(place.engine, code, pin)


def mark(place: Workplace, meeting: Meeting) -> Mark:
    """Changes whenever the wall may have."""
    return read_meetings.mark(place.engine, meeting.identity)


def wall(place: Workplace, identity: str) -> Wall:
    """What has been told so far: of an open meeting its pins, else what was frozen."""
    frozen = read_meetings.wall(place.engine, identity)
    if frozen is not None:
        return from_json(frozen)
    pins = read_meetings.pins(place.engine, identity)
    return wall_replay.replay(
        wall_replay.Pin(
            int(pin.fid),
            pin.district_code,
            Feeling(pin.feeling),
            PinReason(pin.reason),
            None if pd.isna(pin.withdrawn_after) else int(pin.withdrawn_after),
        )
        for pin in pins.itertuples()
    )


def seen(told: Wall, known: Districts) -> Seen:
    """A wall as figures that have passed the gate.

    Raises
    ------
    DisclosureError
        If the wall told of fewer than five.
    """
    codes = known.names.index
    areas = [told.areas.get(code, AreaSeen(0, None)) for code in codes]
    table = pd.DataFrame(
        {
            "count": [float(area.count) if area.count else np.nan for area in areas],
            "lean": pd.Series(
                [area.lean.value if area.lean else None for area in areas], codes, dtype=object
            ).to_numpy(),
            "status": [CellStatus.SHOWN if area.count else CellStatus.HIDDEN for area in areas],
        },
        index=codes,
    )
    rule = DEFAULT_RULES[Audience.PUBLIC]
    gated = Publishable(table, Audience.PUBLIC, AreaLevel.DISTRICT, rule, ("count", "lean"))
    return Seen(gated, told.total, told.reasons)


def _where(known: Districts, sent: Mapping[str, object]) -> tuple[str, shapely.Point | None]:
    """District and coarse place of a pin; the exact place goes no further than here."""
    if sent.get("position") is None:
        district = sent.get("district")
        if not isinstance(district, str) or district not in known.names.index:
            raise _fault(TableRule.AREA_UNKNOWN, "district", district)
        return district, None
    try:
        latitude, longitude = json_values.degrees(sent["position"])
    except (ValueError, OverflowError) as error:
        raise _fault(TableRule.NOT_A_NUMBER, "position", sent["position"]) from error
    to_metres = Transformer.from_crs(SHOW_CRS, WORK_CRS, always_xy=True)
    x, y = to_metres.transform(longitude, latitude)
    row = int(known.index.locate(np.array([x]), np.array([y]))[0])
    if row < 0:
        raise _fault(TableRule.AREA_UNKNOWN, "position", "")
    centre = [(number // CELL + 0.5) * CELL for number in (x, y)]
    return str(known.names.index[row]), shapely.Point(centre)


def _identity(value: object) -> str:
    try:
        return str(uuid.UUID(json_values.text(value)))
    except ValueError as error:
        raise _fault(TableRule.NOT_AN_IDENTITY, "identity", value) from error


_Choice = TypeVar("_Choice", bound=StrEnum)


def _word(sent: Mapping[str, object], name: str, words: type[_Choice]) -> _Choice:
    value = sent.get(name)
    if not isinstance(value, str) or value not in set(words):
        raise _fault(TableRule.UNKNOWN_WORD, name, value)
    return words(value)


def _fault(rule: TableRule, column: str, value: object) -> TableError:
    shown = value if isinstance(value, str) else reprlib.repr(value)
    return TableError("meeting_pin", [Fault(rule, column, value=shown[:40])])
