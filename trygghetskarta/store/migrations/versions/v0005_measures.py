"""Measures of the plan, with follow-ups, what led to them, and history."""

from trygghetskarta.store.migrations import make_tables

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    """Create them."""
    make_tables("measure", "measure_follow_up", "measure_link", "measure_change")
