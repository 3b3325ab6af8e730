"""Actions of the plan and their follow-ups."""

from trygghetskarta.tables.contract import Column, ColumnType, Contract, place, text
from trygghetskarta.terms.actions import ActionApproach, ActionStatus

ACTIONS = Contract(
    "measures",
    {
        "measure_id": text(True),
        "title": text(True),
        "theme": text(),
        "approach": text(words=tuple(ActionApproach)),
        "goal": text(free=True),
        "direction": text(free=True),
        "owner": text(),
        "partners": text(free=True),
        "activities": text(free=True),
        "schedule": text(free=True),
        "evaluation": text(free=True),
        "districts": text(),
        "start_date": Column(ColumnType.DATE),
        "end_date": Column(ColumnType.DATE),
        "status": text(True, tuple(ActionStatus)),
        "control_districts": text(),
        "control_day": Column(ColumnType.DATE),
        "source": text(True),
        "geometry": place("MULTIPOLYGON"),
    },
    key=("measure_id",),
)
"""Actions of the plan, with the plan's own fields: ``goal`` (*mål*), ``direction``
(*inriktning*), ``owner`` (*ansvarig*, an administration or organisation, never a person),
``partners`` (*medverkande*), ``activities``, ``schedule`` (*tidsplan*) and ``evaluation`` (how it
is to be followed up).

``theme`` is the key of a theme of the plan. The place is ``districts`` (codes with blanks between),
or ``geometry`` (a drawn area, Polygon or MultiPolygon), or neither. ``end_date`` is the last day.
``control_districts`` are those somebody has chosen to compare with, and ``control_day`` when.
"""

FOLLOW_UPS = Contract(
    "follow_ups",
    {
        "follow_up_id": text(True),
        "measure_id": text(True, indexed=True),
        "day": Column(ColumnType.DATE, True),
        "by_function": text(True),
        "done": text(),
        "partners": text(free=True),
        "effects": text(),
    },
    key=("follow_up_id",),
)
"""Follow-ups of actions: the plan's three questions (*vad har genomförts, vilka har samverkat,
vilka effekter*), when and by which function, never by whom."""
