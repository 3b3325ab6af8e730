"""What is seen on walks: the fields of a finding."""

from trygghetskarta.tables.contract import Column, ColumnType, Contract, place, text, whole
from trygghetskarta.terms import FindingStatus, ObservationCategory

OBSERVATIONS = Contract(
    "observations",
    {
        "observation_id": text(True),
        "walk_id": text(indexed=True),
        "stop": whole(minimum=1),
        "observed_at": Column(ColumnType.MOMENT),
        "category": text(True, tuple(ObservationCategory)),
        "seriousness": whole(minimum=1, maximum=4),
        "text": text(),
        "given_place": text(),
        "district_code": text(),
        "geometry": place("POINT"),
        "factors": text(),
        "voices": whole(True, 1),
        "status": text(True, tuple(FindingStatus)),
        "status_reason": text(),
        "owner": text(),
        "due_date": Column(ColumnType.DATE),
        "merged_into": text(indexed=True),
        "has_photo": Column(ColumnType.BOOLEAN, True),
        "source": text(True),
    },
    key=("observation_id",),
)
"""Observations made on walks, or reported without one (``walk_id`` missing).

``stop`` is the order of the stops of a *rond*. ``seriousness`` runs from 1 to 4 and is missing for
a safe place. ``geometry`` is a point or missing. ``factors`` is JSON, ``{AuditFactor: 1 to 5}``.
``voices`` is how many observations the row stands for after merges, and ``merged_into`` the
observation that speaks for it. ``owner`` is an administration or a company, never a person.
"""
