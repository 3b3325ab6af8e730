"""The first tables."""

import uuid

from alembic import op

from trygghetskarta.store.migrations import make_tables
from trygghetskarta.store.schema import store_state

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Create them."""
    make_tables(
        "import_batch",
        "area",
        "area_alias",
        "classification",
        "population",
        "incident",
        "municipality_total",
        "police_event",
        "survey_share",
        "quarantine",
        "column_mapping",
        "audit",
        "store_state",
        is_first=True,
    )
    op.get_bind().execute(store_state.insert().values(identity=str(uuid.uuid4()), version=1))
