"""The street from source file to page: ``intake`` up to the store, ``view`` from it, and opening."""

from collections.abc import Callable
from datetime import date

from trygghetskarta.pipeline.intake import Workplace, load_base, read_municipality
from trygghetskarta.settings import Settings
from trygghetskarta.store import connect

__all__ = ["open_workplace"]


def open_workplace(settings: Settings, today: Callable[[], date]) -> Workplace:
    """Open the store, make it when it is not there, and see that it has areas.

    Parameters
    ----------
    settings
        Where it is, and for which municipality.
    today
        Gives today's date; asked at every import.
    """
    place = Workplace(connect(settings.store), settings, read_municipality(settings), today)
    load_base(place)
    return place
