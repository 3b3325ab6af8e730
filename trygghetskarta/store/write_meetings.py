"""Writing meetings: a pin once however often it is sent, and erasing that leaves nothing behind."""

from collections.abc import Collection, Mapping
from dataclasses import asdict, dataclass
from typing import Any

import shapely
from sqlalchemy import (
    ColumnElement,
    Connection,
    Engine,
    RowMapping,
    delete,
    func,
    insert,
    select,
    update,
)

from trygghetskarta.errors import StoreCause, StoreError
from trygghetskarta.store import geopackage
from trygghetskarta.store.engine import writing
from trygghetskarta.store.geometry import to_blobs
from trygghetskarta.store.log_beside import settle
from trygghetskarta.store.schema import meeting, meeting_pin
from trygghetskarta.store.store_version import touch
from trygghetskarta.store.versioned_rows import insert_once
from trygghetskarta.terms.meetings import Feeling, Meeting, MeetingStatus, PinReason

MOST_PINS = 5000
"""Pins that a meeting can hold: an open address must not fill the disk."""


@dataclass(frozen=True)
class NewPin:
    """A pin to store.

    Attributes
    ----------
    identity
        UUID made by the client.
    district_code
        Where.
    feeling, reason
        What was answered.
    place
        Already coarse, EPSG:3006; None when the district was chosen from the list.
    """

    identity: str
    district_code: str
    feeling: Feeling
    reason: PinReason
    place: shapely.Point | None


def create(engine: Engine, made: Meeting) -> None:
    """Store a new meeting; one that is there already stays as it is."""
    row = {
        **asdict(made),
        "code": made.code or None,
        "district_code": made.district_code or None,
    }
    row["uuid"] = row.pop("identity")
    with writing(engine) as connection:
        insert_once(connection, meeting, row)
        touch(connection, meeting)


def save_pin(engine: Engine, code: str, pin: NewPin) -> bool:
    """Store a pin of the meeting with a code; whether it is new.

    The store's version stays, so that no page counts everything anew for every tap.

    Raises
    ------
    StoreError
        ``MEETING_UNKNOWN``, ``MEETING_CLOSED`` or ``MEETING_FULL``. A pin that is stored already
        is never refused: the one who sent it has not heard that it came. ``MEETING_PIN_TAKEN``
        when another answer is stored by its identity.
    """
    row = {
        "uuid": pin.identity,
        "district_code": pin.district_code,
        "feeling": pin.feeling,
        "reason": pin.reason,
        "geom": None if pin.place is None else to_blobs([pin.place])[0],
    }
    with writing(engine) as connection:
        # The lock gives the pins one order, also where several processes store them.
        held = _locked(connection, meeting.c.code == code)
        known = _stored(connection, pin.identity)
        if known is not None:
            asked = (held["uuid"], pin.district_code, pin.feeling, pin.reason)
            if tuple(known) != asked:
                raise StoreError(StoreCause.MEETING_PIN_TAKEN)
            return False
        if held["status"] != MeetingStatus.OPEN:
            raise StoreError(StoreCause.MEETING_CLOSED)
        if _count(connection, held["uuid"]) >= MOST_PINS:
            raise StoreError(StoreCause.MEETING_FULL)
        connection.execute(insert(meeting_pin), {**row, "meeting": held["uuid"]})
    return True


def withdraw(engine: Engine, code: str, identity: str) -> None:
    """Mark a pin as taken back; nothing happens to one that is not there.

    It is kept until the meeting closes, because what is on the wall already must stay there.

    Raises
    ------
    StoreError
        ``MEETING_UNKNOWN`` or ``MEETING_CLOSED``.
    """
    with writing(engine) as connection:
        held = _locked(connection, meeting.c.code == code)
        if held["status"] != MeetingStatus.OPEN:
            raise StoreError(StoreCause.MEETING_CLOSED)
        newest = select(func.max(meeting_pin.c.fid)).scalar_subquery()
        connection.execute(
            update(meeting_pin)
            .where(
                meeting_pin.c.uuid == identity,
                meeting_pin.c.meeting == held["uuid"],
                meeting_pin.c.withdrawn_after.is_(None),
            )
            .values(withdrawn_after=newest)
        )


def close(engine: Engine, identity: str) -> None:
    """Take no more pins.

    Raises
    ------
    StoreError
        ``MEETING_UNKNOWN``, or ``MEETING_STEP`` when it is not open.
    """
    _step(engine, identity, MeetingStatus.OPEN, {"status": MeetingStatus.CLOSED})


def freeze_wall(engine: Engine, identity: str, wall: str) -> bool:
    """Keep the last wall of a closed meeting, and drop what was taken back.

    Returns
    -------
    bool
        Whether nothing of them is left, see :func:`~trygghetskarta.store.log_beside.settle`.

    Raises
    ------
    StoreError
        ``MEETING_UNKNOWN``, or ``MEETING_STEP`` when it is not closed.
    """
    return _drop(engine, identity, meeting_pin.c.withdrawn_after.is_not(None), wall)


def remove_pins(engine: Engine, identity: str, pins: Collection[str], wall: str) -> bool:
    """Erase single pins of a closed meeting, and keep what the wall may still say.

    Returns
    -------
    bool
        Whether nothing of them is left, see :func:`~trygghetskarta.store.log_beside.settle`.

    Raises
    ------
    StoreError
        ``MEETING_UNKNOWN``, or ``MEETING_STEP`` when it is not closed.
    """
    return _drop(engine, identity, meeting_pin.c.uuid.in_(list(pins)), wall)


def keep(engine: Engine, identity: str) -> None:
    """Let the pins of a reviewed meeting count as *synpunkter*.

    Raises
    ------
    StoreError
        ``MEETING_UNKNOWN``, or ``MEETING_STEP`` when it is not closed.
    """
    _step(engine, identity, MeetingStatus.CLOSED, {"status": MeetingStatus.KEPT})


def erase(engine: Engine, identity: str) -> bool:
    """Delete a meeting's pins and everything it says of itself but its day.

    Returns
    -------
    bool
        Whether nothing of them is left, see :func:`~trygghetskarta.store.log_beside.settle`.

    Raises
    ------
    StoreError
        ``MEETING_UNKNOWN``, or ``MEETING_STEP`` when it is open or erased.
    """
    with writing(engine) as connection:
        _expect(connection, identity, MeetingStatus.CLOSED, MeetingStatus.KEPT)
        connection.execute(delete(meeting_pin).where(meeting_pin.c.meeting == identity))
        connection.execute(
            update(meeting)
            .where(meeting.c.uuid == identity)
            .values(
                status=MeetingStatus.ERASED,
                code=None,
                name="",
                place="",
                district_code=None,
                wall=None,
            )
        )
        _forget_places(connection)
        touch(connection, meeting_pin)
        touch(connection, meeting)
    return settle(engine, meeting_pin, meeting)


def _drop(engine: Engine, identity: str, pins: ColumnElement[bool], wall: str) -> bool:
    """Erase some pins of a closed meeting, and keep its wall without them."""
    with writing(engine) as connection:
        _expect(connection, identity, MeetingStatus.CLOSED)
        connection.execute(update(meeting).where(meeting.c.uuid == identity).values(wall=wall))
        connection.execute(delete(meeting_pin).where(meeting_pin.c.meeting == identity, pins))
        _forget_places(connection)
        touch(connection, meeting_pin)
    return settle(engine, meeting_pin)


def _forget_places(connection: Connection) -> None:
    """Leave nothing in the index of where the deleted pins were."""
    if connection.dialect.name == "sqlite":
        geopackage.rebuild_index(connection, meeting_pin)


def _step(
    engine: Engine, identity: str, before: MeetingStatus, values: Mapping[str, object]
) -> None:
    with writing(engine) as connection:
        _expect(connection, identity, before)
        connection.execute(update(meeting).where(meeting.c.uuid == identity).values(**values))
        touch(connection, meeting)


def _expect(connection: Connection, identity: str, *statuses: MeetingStatus) -> RowMapping:
    held = _locked(connection, meeting.c.uuid == identity)
    if held["status"] not in statuses:
        raise StoreError(StoreCause.MEETING_STEP)
    return held


def _locked(connection: Connection, where: ColumnElement[bool]) -> RowMapping:
    query = select(meeting.c.uuid, meeting.c.status).where(where).with_for_update()
    held = connection.execute(query).mappings().one_or_none()
    if held is None:
        raise StoreError(StoreCause.MEETING_UNKNOWN)
    return held


def _stored(connection: Connection, identity: str) -> Any:
    pin = meeting_pin.c
    query = select(pin.meeting, pin.district_code, pin.feeling, pin.reason)
    return connection.execute(query.where(pin.uuid == identity)).first()


def _count(connection: Connection, held: str) -> int:
    query = select(func.count()).select_from(meeting_pin).where(meeting_pin.c.meeting == held)
    return connection.execute(query).scalar_one()
