"""What an import finds odd but cannot decide: somebody confirms it, or nothing is saved."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class DoubtKind(StrEnum):
    """Each with the facts that its sentence in ``words/doubt_words.py`` tells."""

    REMEMBERED_VALUE = "remembered_value"  # role, value, file
    ELSEWHERE = "elsewhere"  # outside, points, municipality
    PLACES_DISAGREE = "places_disagree"  # n, rows
    WALK_LONG = "walk_long"  # walks, hours
    WALK_SHORT = "walk_short"  # walks, seconds
    WALK_OLD = "walk_old"  # walks, day
    WALK_TWICE = "walk_twice"  # walks, day, walk (of the first)
    TOTAL_DIFFERS = "total_differs"  # rows, row, count, parts (of the first)
    WITHOUT_PLACE = "without_place"  # n, share, earlier (percent)
    EMPTY_MONTHS = "empty_months"  # months (pairs of days)
    UNUSUAL_MONTHS = "unusual_months"  # held (pairs of month and number), mean, low, high
    JUMP = "jump"  # held (pairs of month and number), middle
    STRAY_DATES = "stray_dates"  # n, day, first
    UNKNOWN_CODES = "unknown_codes"  # n, rows, codes
    TWICE = "twice"  # n, rows
    NOT_BEGUN = "not_begun"  # n, action, day (of the first)
    SMALL_SHARES = "small_shares"  # column, most (per cent)
    OTHER_SOURCE = "other_source"  # n, rows, source
    SAME_FILE = "same_file"  # n, day
    SAME_ID = "same_id"  # n, rows, id (of the first)
    STORED_ALREADY = "stored_already"  # n, rows (numbers of the first)
    NESTED_AREAS = "nested_areas"  # n, rows (numbers of the first)
    NESTED_OFFENCES = "nested_offences"  # n, whole, part (what they are called)
    COUNT_UNREAD = "count_unread"  # column, read (empty for one offence a row)
    AREAS_LEFT_OUT = "areas_left_out"  # n, areas (names)
    RATE_IN_TITLE = "rate_in_title"  # title, column


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
