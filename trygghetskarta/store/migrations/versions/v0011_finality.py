"""Whether offences are final is said apart from whether they are preliminary."""

import json

from alembic import op
from sqlalchemy import select, update

from trygghetskarta.store.growth import add_columns
from trygghetskarta.store.schema import column_mapping, import_batch, incident
from trygghetskarta.terms.imports import TableKind

revision = "0011"
down_revision = "0010"


def upgrade() -> None:
    """Call final what was stored as not preliminary by files that can be seen to have said so.

    Invented files say it. So did every file where every way of reading files of offences that the
    store remembers has a column for it; where some lack it, the store cannot tell which file was
    which, and nothing is called final.
    """
    connection = op.get_bind()
    add_columns(connection)
    offences = TableKind.INCIDENTS.value
    kept = select(column_mapping.c.mapping).where(column_mapping.c.kind == offences)
    roles = [json.loads(one).get("roles", {}) for one in connection.execute(kept).scalars()]
    said = select(import_batch.c.uuid).where(import_batch.c.kind == offences)
    if not roles or not all("preliminary" in one for one in roles):
        said = said.where(import_batch.c.is_example.is_(True))
    rows = incident.c.preliminary.is_(False) & incident.c.batch.in_(said)
    connection.execute(update(incident).where(rows).values(final=True))
