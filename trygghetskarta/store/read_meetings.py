"""Reading meetings and their pins."""

from typing import Any, NamedTuple

import geopandas as gpd
import pandas as pd
from sqlalchemy import Engine, RowMapping, Select, func, select

from trygghetskarta.store.engine import reading
from trygghetskarta.store.former_rows import renamings
from trygghetskarta.store.read import query_frame, successions, with_places
from trygghetskarta.store.schema import meeting, meeting_pin
from trygghetskarta.terms.areas import AreaLevel
from trygghetskarta.terms.meetings import Meeting, MeetingStatus


class Mark(NamedTuple):
    """Changes whenever the pins of a meeting do, or its status."""

    identity: str
    status: MeetingStatus
    pins: int
    newest: int
    withdrawn: int


def meetings(engine: Engine) -> list[Meeting]:
    """Every meeting, newest first."""
    query = _query().order_by(meeting.c.held_on.desc(), meeting.c.fid.desc())
    with reading(engine) as connection:
        return [_meeting(row) for row in connection.execute(query).mappings()]


def by_code(engine: Engine, code: str) -> Meeting | None:
    """The meeting that people reach by a code, None when there is none."""
    with reading(engine) as connection:
        row = connection.execute(_query().where(meeting.c.code == code)).mappings().one_or_none()
    return None if row is None else _meeting(row)


def mark(engine: Engine, identity: str) -> Mark:
    """Tell two states of a meeting apart without reading its pins."""
    pins = meeting_pin.c
    query = select(
        func.count(pins.fid), func.coalesce(func.max(pins.fid), 0), func.count(pins.withdrawn_after)
    ).where(pins.meeting == identity)
    of_meeting = select(meeting.c.status).where(meeting.c.uuid == identity)
    with reading(engine) as connection:
        status = connection.execute(of_meeting).scalar_one()
        return Mark(identity, MeetingStatus(status), *connection.execute(query).one())


def wall(engine: Engine, identity: str) -> str | None:
    """The wall as it was when the meeting closed, as JSON; None while it is open."""
    with reading(engine) as connection:
        query = select(meeting.c.wall).where(meeting.c.uuid == identity)
        return connection.execute(query).scalar_one_or_none()


def pins(engine: Engine, identity: str | None = None) -> gpd.GeoDataFrame:
    """Pins in the order they came, EPSG:3006.

    Parameters
    ----------
    engine
        The store.
    identity
        Of one meeting, None for all.

    Returns
    -------
    GeoDataFrame
        ``fid, uuid, meeting, district_code, feeling, reason, withdrawn_after, geometry``; the place
        is missing where the district was chosen from the list. A district of a former division is
        told under the code it has today, where its borders are the same.
    """
    table = meeting_pin.c
    names = ("fid", "uuid", "meeting", "district_code", "feeling", "reason", "withdrawn_after")
    query = select(*(table[name] for name in (*names, "geom"))).order_by(table.fid)
    if identity is not None:
        query = query.where(table.meeting == identity)
    found = with_places(query_frame(engine, query))
    now = renamings(successions(engine))
    if not now:
        return found
    level = AreaLevel.DISTRICT.value
    codes = [now.get((level, code), code) for code in found["district_code"]]
    return found.assign(district_code=pd.Series(codes, found.index, dtype="str"))


def _query() -> Select[Any]:
    names = ("code", "name", "place", "district_code", "held_on", "status", "is_example")
    return select(meeting.c.uuid.label("identity"), *(meeting.c[name] for name in names))


def _meeting(row: RowMapping) -> Meeting:
    untold = {name: row[name] or "" for name in ("code", "district_code")}
    return Meeting(**{**row, **untold, "status": MeetingStatus(row["status"])})
