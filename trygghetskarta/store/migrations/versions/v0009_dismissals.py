"""Quarantined rows may be dismissed: when, by which role and for what reason."""

from alembic import op
from sqlalchemy import Column, inspect

from trygghetskarta.store.schema import quarantine

revision = "0009"
down_revision = "0008"

_NEW = ("dismissed_at", "dismissed_by", "dismissed_for")


def upgrade() -> None:
    """Add the columns where an earlier program made the table; a new store has them."""
    present = {column["name"] for column in inspect(op.get_bind()).get_columns("quarantine")}
    for name in _NEW:
        if name not in present:
            op.add_column("quarantine", Column(name, quarantine.c[name].type))
