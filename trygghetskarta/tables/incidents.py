"""Reported offences, published totals and the police's news."""

from trygghetskarta.tables.contract import Column, ColumnType, Contract, place, text, whole
from trygghetskarta.terms.areas import PlaceMatch
from trygghetskarta.terms.offences import OFFENCE_TYPES
from trygghetskarta.terms.times import DatePrecision

INCIDENTS = Contract(
    "incidents",
    {
        "source_id": text(True),
        "offence_code": text(),
        "offence_type": text(True, OFFENCE_TYPES),
        "offence_text": text(),
        "occurred_from": Column(ColumnType.MOMENT),
        "occurred_to": Column(ColumnType.MOMENT),
        "occurred_precision": text(True, tuple(DatePrecision)),
        "reported_from": Column(ColumnType.DATE),
        "reported_to": Column(ColumnType.DATE),
        "count": whole(True, 0),
        "preliminary": Column(ColumnType.BOOLEAN, True),
        "given_area_code": text(),
        "given_place": text(free=True),
        "geometry": place("POINT"),
        "final": Column(ColumnType.BOOLEAN, later=True),
    },
    key=("source_id",),
)
"""Reported offences as parsed, before the place is looked up.

One row is one offence, or a sum (``count``) over a period and an area. ``occurred_from`` and
``occurred_to`` bound the time of the offence (equal when it is known to the minute; a day-precise
time spans 00:00 to 00:00 the next day, Swedish time). ``reported_from`` and ``reported_to`` are the
first and last day of registration, equal for single rows. ``geometry`` is a point or missing;
``given_area_code`` and ``given_place`` keep what the file said. ``preliminary`` and ``final`` (True
or missing) say what the publisher calls the row: neither where it says nothing of it.
"""

PLACED_INCIDENTS = Contract(
    "placed_incidents",
    {
        **INCIDENTS.columns,
        "district_code": text(),
        "regso_code": text(),
        "deso_code": text(),
        "place_match": text(True, tuple(PlaceMatch)),
        "on_border": Column(ColumnType.BOOLEAN, True),
        "boundary_version": text(True),
    },
    key=("source_id",),
)
"""Incidents with their areas. A level that the file's own area does not decide is missing: a row
coded to a RegSO that two districts share has ``regso_code`` but no ``district_code``."""

TOTALS = Contract(
    "totals",
    {
        "region": text(True),
        "category": text(True),
        "period_from": Column(ColumnType.DATE, True),
        "period_to": Column(ColumnType.DATE, True),
        "count": whole(minimum=0),
        "per_100000": Column(ColumnType.NUMBER, minimum=0),
        "preliminary": Column(ColumnType.BOOLEAN, True),
        "source": text(True),
    },
    key=("region", "category", "period_from", "period_to"),
)
"""Brå's totals. ``count`` missing means not applicable (``..``), which is not 0."""

EVENTS = Contract(
    "events",
    {
        "event_id": whole(True, 1),
        "published_at": Column(ColumnType.MOMENT, True),
        "occurred_at": Column(ColumnType.MOMENT),
        "event_type": text(True),
        "title": text(True),
        "summary": text(),
        "municipality": text(indexed=True),
        "county": text(),
        "url": text(),
    },
    key=("event_id",),
)
"""The police's published events: news, not statistics, and never a place on the map."""
