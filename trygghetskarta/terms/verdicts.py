"""What may be said of a change, and of an area beside the others."""

from enum import StrEnum


class Verdict(StrEnum):
    """What may be said of a change. What cannot be told is not ``NO_CLEAR_CHANGE``."""

    INCREASE = "increase"
    DECREASE = "decrease"
    NO_CLEAR_CHANGE = "no_clear_change"
    TOO_FEW = "too_few"
    SHORT_HISTORY = "short_history"
    UNPLACED = "unplaced"


UNDECIDED = frozenset({Verdict.TOO_FEW, Verdict.SHORT_HISTORY, Verdict.UNPLACED})
"""Nothing can be told: too few, too short a history, too many without a place."""


WITHIN = "within"
OUTSIDE_95 = "outside_95"
OUTSIDE_998 = "outside_998"
"""An area's rate within the limits of a funnel, or outside one of them."""
