"""Meetings, and the pins that people put at them."""

from trygghetskarta.store.migrations import make_tables

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Create them."""
    make_tables("meeting", "meeting_pin")
