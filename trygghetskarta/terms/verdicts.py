"""What may be said of a change, and of an area beside the others."""

from enum import StrEnum


class Verdict(StrEnum):
    """What may be said of a change. ``TOO_FEW`` is not ``NO_CLEAR_CHANGE``."""

    INCREASE = "increase"
    DECREASE = "decrease"
    NO_CLEAR_CHANGE = "no_clear_change"
    TOO_FEW = "too_few"


WITHIN = "within"
OUTSIDE_95 = "outside_95"
OUTSIDE_998 = "outside_998"
"""An area's rate within the limits of a funnel, or outside one of them."""
