"""When, where and how each kind of offence happens in the example town, as plain weights."""

from dataclasses import dataclass

import numpy as np

BURGLARY, THEFT, PERSON, VANDALISM, DRUGS, OTHER = (
    "burglary",
    "theft",
    "person",
    "vandalism",
    "drugs_weapons",
    "other",
)
CATEGORIES = (BURGLARY, THEFT, PERSON, VANDALISM, DRUGS, OTHER)
"""Brå's categories made disjoint: ``theft`` here is theft other than burglary."""


def _hours(*peaks: tuple[float, float, float], floor: float = 0.15) -> np.ndarray:
    """Weights of the 24 hours: a floor and bells round peaks (hour, width, height)."""
    hours = np.arange(24) + 0.5
    weights = np.full(24, floor)
    for at, width, height in peaks:
        distance = np.abs(hours - at)
        distance = np.minimum(distance, 24 - distance)
        weights += height * np.exp(-0.5 * (distance / width) ** 2)
    return weights / weights.sum()


@dataclass(frozen=True)
class Profile:
    """How one category behaves.

    Attributes
    ----------
    codes
        Offence codes and their weights.
    hours
        Weights of the hours.
    weekdays
        Weights from Monday to Sunday.
    months
        Weights from January to December.
    interval_share, interval_hours
        Part of the offences known only as an interval, and its median length.
    centre, vulnerable
        How much likelier in the centre and in classified districts than people alone would say.
    late
        Part reported more than a year late.
    """

    codes: dict[str, float]
    hours: np.ndarray
    weekdays: tuple[float, ...]
    months: tuple[float, ...]
    interval_share: float
    interval_hours: float
    centre: float
    vulnerable: float
    late: float = 0.0


_EVEN = (1.0,) * 12
_SUMMER = (0.8, 0.8, 0.9, 1.0, 1.2, 1.2, 1.15, 1.15, 1.05, 1.0, 0.9, 0.85)
_WINTER = (1.2, 1.1, 1.0, 0.9, 0.85, 0.8, 0.85, 0.9, 1.0, 1.1, 1.2, 1.3)
_WEEKEND = (0.8, 0.8, 0.85, 0.9, 1.3, 1.5, 1.1)
_WEEKDAYS = (1.1, 1.1, 1.1, 1.1, 1.15, 0.85, 0.6)

PROFILES = {
    BURGLARY: Profile(
        {
            "9801": 5,
            "9802": 3,
            "0825": 7,
            "0857": 1.5,
            "0874": 1,
            "0818": 2,
            "0820": 1.2,
            "0811": 1.5,
            "0821": 1,
            "0822": 1.5,
            "0826": 1,
            "0823": 0.8,
            "0816": 0.7,
            "9831": 0.8,
        },
        _hours((2, 3, 1.0), (13, 4, 0.7)),
        (1.0, 1.0, 1.0, 1.0, 1.1, 1.1, 1.0),
        _WINTER,
        0.85,
        14,
        1.2,
        1.2,
    ),
    THEFT: Profile(
        {
            "0853": 9,
            "0880": 7,
            "9830": 7,
            "9827": 3,
            "9828": 3,
            "9826": 2,
            "9817": 2,
            "0802": 1.5,
            "0801": 0.4,
            "0804": 1,
            "0846": 1,
            "0847": 0.8,
            "0860": 1.2,
            "0841": 0.8,
            "9829": 0.7,
            "9833": 0.6,
            "9810": 0.7,
            "9806": 0.5,
            "0870": 0.15,
            "9823": 0.4,
            "0888": 0.6,
        },
        _hours((15.5, 3.5, 1.0), (23, 3, 0.25)),
        _WEEKDAYS,
        _SUMMER,
        0.35,
        9,
        3.0,
        1.0,
    ),
    PERSON: Profile(
        {
            "0407": 5,
            "0408": 6,
            "0355": 2.2,
            "0357": 3.2,
            "0365": 1.4,
            "0367": 1.6,
            "9373": 5,
            "9374": 1.6,
            "9378": 1.4,
            "9319": 1.4,
            "9320": 1,
            "9317": 0.6,
            "9311": 1,
            "9312": 1.2,
            "0377": 0.5,
            "0375": 0.2,
            "0401": 1.2,
            "0451": 0.9,
            "0453": 1.1,
            "0428": 1.2,
            "0429": 1,
            "9694": 1.8,
            "9698": 0.3,
            "0329": 0.1,
        },
        _hours((22.5, 3, 1.0), (15, 3, 0.6)),
        _WEEKEND,
        _SUMMER,
        0.06,
        30,
        2.0,
        1.5,
        0.012,
    ),
    VANDALISM: Profile(
        {
            "1201": 5,
            "1203": 5,
            "1205": 2,
            "1209": 3,
            "1208": 0.4,
            "1212": 2,
            "1211": 0.5,
            "1210": 1,
        },
        _hours((0.5, 3.5, 1.0), (18, 4, 0.3)),
        _WEEKEND,
        _SUMMER,
        0.5,
        10,
        1.6,
        1.5,
    ),
    DRUGS: Profile(
        {"5011": 9, "5010": 6, "5005": 1.2, "4023": 2.2, "4081": 0.6, "4127": 0.3, "4128": 0.15},
        _hours((21, 4, 1.0), (14, 4, 0.5)),
        (0.8, 0.9, 1.0, 1.1, 1.4, 1.2, 0.7),
        _EVEN,
        0.0,
        0,
        2.2,
        2.2,
    ),
    OTHER: Profile(
        {
            "0950": 4,
            "3002": 6,
            "3005": 3,
            "3070": 3.5,
            "3001": 0.5,
            "3007": 1.5,
            "3008": 4,
            "1706": 1.2,
            "1705": 1.2,
            "1704": 0.8,
            "1701": 0.2,
            "1603": 0.4,
            "1604": 0.3,
            "1301": 0.4,
            "1302": 0.6,
            "4145": 0.8,
            "8008": 1.5,
            "5047": 0.4,
            "1709": 0.4,
            "1311": 0.05,
        },
        _hours((16, 5, 1.0), (23, 3, 0.3)),
        (1.0, 1.0, 1.0, 1.0, 1.15, 1.05, 0.8),
        _EVEN,
        0.12,
        24,
        1.5,
        1.2,
    ),
}
"""One profile for each category; every code belongs to the category it stands under."""

EXTRA_NAMES = {
    "0950": (
        "Befogenhetsbedrägeri, bedrägeri genom social manipulation, internationell anknytning, "
        "mot äldre/funktionsnedsatt"
    )
}
"""Names of codes that the project's list of codes does not hold."""
