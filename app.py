"""Tells how the map is started: ``python -m trygghetskarta start``."""

from trygghetskarta.app import how_to_start

how_to_start.show()
