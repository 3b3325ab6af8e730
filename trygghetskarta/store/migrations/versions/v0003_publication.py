"""The register of tables that have left the house."""

from trygghetskarta.store.migrations import make_tables

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Create them."""
    make_tables(
        "publication",
    )
