"""When: which date counts, how exactly it is known, how light it was, what stands beside."""

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
