"""Areas that a file joined to the division in force, and how they are taken out of it again."""

from trygghetskarta.errors import StoreCause, StoreError
from trygghetskarta.intake.division_settling import Settled, settle
from trygghetskarta.intake.workplace import Workplace
from trygghetskarta.store import divisions
from trygghetskarta.terms.areas import AreaLevel, Joined


def joins_of(place: Workplace) -> list[Joined]:
    """What was joined to divisions in force and is still there, the latest first."""
    return divisions.joined(place.engine)


def undo(place: Workplace, level: AreaLevel) -> tuple[Joined, Settled]:
    """Take the areas that were joined last out again; the rest of the division stays.

    Raises
    ------
    StoreError
        ``NO_JOINED_AREAS``.
    """
    latest = next((one for one in joins_of(place) if one.level is level), None)
    if latest is None:
        raise StoreError(StoreCause.NO_JOINED_AREAS, level=level.value)
    divisions.take_away(place.engine, latest)
    return latest, settle(place)
