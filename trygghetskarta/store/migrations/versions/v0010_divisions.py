"""Divisions into areas through time: the areas that are there become the first of each level."""

from collections.abc import Sequence
from datetime import date
from pathlib import PurePath
from typing import Any

import shapely
from alembic import op
from sqlalchemy import Connection, Row, select, update

from trygghetskarta.store.divisions import add_division, name_unnamed
from trygghetskarta.store.migrations import make_tables
from trygghetskarta.store.schema import area, division, import_batch

revision = "0010"
down_revision = "0009"

_SLIVER = 0.01
_WHOLE = 0.95


def upgrade() -> None:
    """Create the tables, and name what is in force."""
    make_tables("division", "area_succession")
    connection = op.get_bind()
    ended = _part_own_areas(connection)
    name_unnamed(connection)
    for level, day in ended.items():
        first = (division.c.area_level == level) & division.c.assigned.is_(True)
        connection.execute(update(division).where(first).values(valid_to=day))


def _part_own_areas(connection: Connection) -> dict[str, date]:
    """Take areas apart that were read in over the ones a store began with.

    Those that cover the municipality are in force from the day they were read in, the others never.
    Gives the day from which the first ones of a level are in force no longer.
    """
    rows = connection.execute(
        select(area, import_batch.c.file_name, import_batch.c.finished_at)
        .join(import_batch, import_batch.c.uuid == area.c.batch)
        .where(area.c.deleted_at.is_(None))
    ).all()
    ended = {}
    for level in sorted({row.area_level for row in rows}):
        here = [row for row in rows if row.area_level == level]
        own = [row for row in here if not row.file_name.startswith("geodata/")]
        first = [row for row in here if row.file_name.startswith("geodata/")]
        if not own or not first or not _lie_on(own, first):
            continue
        whole = shapely.union_all([row.geom for row in first])
        share = shapely.union_all([row.geom for row in own]).intersection(whole).area / whole.area
        latest = max(own, key=lambda row: row.finished_at)
        day, version = latest.finished_at.date(), PurePath(latest.file_name).stem
        connection.execute(
            update(area)
            .where(area.c.fid.in_([row.fid for row in own]))
            .values(boundary_version=version)
        )
        covers = share >= _WHOLE
        ends = None if covers else day
        add_division(connection, level, version, version, day, ends=ends, assigned=not covers)
        if covers:
            ended[level] = day
    return ended


def _lie_on(own: Sequence[Row[Any]], first: Sequence[Row[Any]]) -> bool:
    for one in own:
        for other in first:
            shared = one.geom.intersection(other.geom).area
            if shared > _SLIVER * min(one.geom.area, other.geom.area):
                return True
    return False
