"""What may be said of a change."""

from enum import StrEnum


class Verdict(StrEnum):
    """What may be said of a change. ``TOO_FEW`` is not ``NO_CLEAR_CHANGE``."""

    INCREASE = "increase"
    DECREASE = "decrease"
    NO_CLEAR_CHANGE = "no_clear_change"
    TOO_FEW = "too_few"
