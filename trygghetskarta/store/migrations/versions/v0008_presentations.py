"""Presentations of the citizen dialogue, and the borders they are drawn with."""

from trygghetskarta.store.migrations import make_tables

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    """Create them."""
    make_tables("frozen_borders", "presentation")
