"""Who sees a figure, what they may see of it, and how a cell says that they may not."""

from dataclasses import dataclass
from enum import StrEnum

from trygghetskarta.terms.areas import AreaLevel


class Audience(StrEnum):
    """Who will see a figure. ``PUBLIC`` is the citizen dialogue and every file made from it."""

    INTERNAL = "internal"
    PUBLIC = "public"


class Purpose(StrEnum):
    """What a published table left the house in."""

    SLIDE = "bild"
    FILE = "fil"
    REPORT = "rapport"


class CellStatus(StrEnum):
    """Why a cell shows what it shows. Zero, hidden and missing never look alike."""

    SHOWN = "shown"
    HIDDEN = "hidden"  # exists, too small to be shown
    MISSING = "missing"  # not known


@dataclass(frozen=True)
class ShowRule:
    """What one audience may see of a theme.

    Attributes
    ----------
    finest
        Finest level a figure may be given for; None when the theme is not mapped at all.
    threshold
        Counts from 1 to ``threshold - 1`` are hidden.
    by_time
        Whether hour, weekday and month may be shown below the municipality.
    points
        Whether single incidents may be shown as points.
    """

    finest: AreaLevel | None
    threshold: int
    by_time: bool = True
    points: bool = False
