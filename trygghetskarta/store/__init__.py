"""The town square: everything that has been imported, in a GeoPackage or PostGIS."""

from sqlalchemy import Engine

from trygghetskarta.store.engine import connect, display_address, rehearsed, together

__all__ = ["Engine", "connect", "display_address", "rehearsed", "together"]
