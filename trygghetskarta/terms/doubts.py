"""What an import finds odd but cannot decide: somebody confirms it, or nothing is saved."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class DoubtKind(StrEnum):
    """Each with the facts that its sentence in ``words/doubt_words.py`` tells."""

    ELSEWHERE = "elsewhere"  # outside, points, municipality
    WALK_LONG = "walk_long"  # walks, hours
    WALK_SHORT = "walk_short"  # walks, seconds
    TOTAL_DIFFERS = "total_differs"  # rows, row, count, parts (of the first)


@dataclass(frozen=True)
class Doubt:
    """One thing of a file that is asked about before the file is saved.

    Attributes
    ----------
    kind
        What is odd; confirmed by this.
    facts
        The values that its sentence tells, by name.
    """

    kind: DoubtKind
    facts: Mapping[str, object] = field(default_factory=dict)
