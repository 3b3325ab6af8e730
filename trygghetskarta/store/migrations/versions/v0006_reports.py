"""Reports that are frozen, and what staff have written in them."""

from trygghetskarta.store.migrations import make_tables

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    """Create them."""
    make_tables("report_text", "report")
