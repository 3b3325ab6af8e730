"""Walks, observations with photos and history, and a street network."""

from trygghetskarta.store.migrations import make_tables

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Create them."""
    make_tables(
        "walk",
        "observation",
        "observation_photo",
        "observation_change",
        "street_network",
    )
