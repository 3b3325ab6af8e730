"""When: which date counts, how exactly it is known, how light it was, what stands beside."""

import math
from dataclasses import dataclass
from enum import StrEnum


class Beside(StrEnum):
    """What stands beside the choice on the page *När händer det* (link parameter ``bredvid``)."""

    NOTHING = "inget"
    DISTRICT = "stadsdel"
    PERIOD = "period"


class DateBasis(StrEnum):
    """Which date places an incident in a period (link parameter ``datum``).

    ``REPORTED`` is the date of registration, as in Brå's statistics; ``OCCURRED`` is the start of
    the offence interval.
    """

    REPORTED = "anmalt"
    OCCURRED = "begatt"


class DateOrder(StrEnum):
    """What comes first in dates of three numbers, such as 26-02-14 or 3/4/2021.

    After the year come month and day; after the day the month, and after the month the day.
    """

    YEAR_FIRST = "year-first"
    DAY_FIRST = "day-first"
    MONTH_FIRST = "month-first"


class DatePrecision(StrEnum):
    """How exactly the start of an incident is known."""

    MINUTE = "minute"
    DAY = "day"
    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"
    UNKNOWN = "unknown"


class Light(StrEnum):
    """How light it is outdoors under a clear sky."""

    DAYLIGHT = "daylight"
    CIVIL_TWILIGHT = "civil_twilight"
    DARK = "dark"


@dataclass(frozen=True)
class IntervalQuality:
    """How well the times behind an aoristic table are known, in offences.

    Attributes
    ----------
    n
        All offences asked about; ``used`` + ``without_time`` + ``end_before_start``.
    used
        Offences that enter the table.
    without_time
        Start missing, or not known to the minute.
    end_before_start
        The end lies before the start; left out.
    over_24_hours
        Of ``used``: the interval is longer than 24 hours and says little of the hour.
    over_a_week
        Of ``used``: longer than 168 hours and spread evenly over the week; says nothing at all.
    at_midnight
        Of ``used``: an instant at exactly 00:00 Swedish time, often a time nobody knew.
    """

    n: int
    used: int
    without_time: int
    end_before_start: int
    over_24_hours: int
    over_a_week: int
    at_midnight: int

    @property
    def share_over_24_hours(self) -> float:
        """Share of ``used``, 0 to 1; NaN when nothing is used."""
        return self.over_24_hours / self.used if self.used else math.nan

    @property
    def share_at_midnight(self) -> float:
        """Share of ``used``, 0 to 1; NaN when nothing is used."""
        return self.at_midnight / self.used if self.used else math.nan
