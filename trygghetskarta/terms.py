"""The words the code keeps: closed lists, in the field's terms, with their Swedish gloss.

The value of a member is what stands in the store, in links and in files. Values that a user
meets (links, configuration) are Swedish in ASCII; the rest is English.
"""

from enum import StrEnum


class AreaLevel(StrEnum):
    """The geographies a figure can be given for, coarse to fine.

    ``DISTRICT`` is the everyday *stadsdel*; ``REGSO`` and ``DESO`` are SCB's regional and
    demographic statistical areas.
    """

    MUNICIPALITY = "kommun"
    DISTRICT = "stadsdel"
    REGSO = "regso"
    DESO = "deso"


class Audience(StrEnum):
    """Who will see a figure. ``PUBLIC`` is the citizen dialogue and every file made from it."""

    INTERNAL = "internal"
    PUBLIC = "public"


class Dimension(StrEnum):
    """What an indicator is about. The two are shown side by side, never blended."""

    SAFETY = "safety"  # säkerhet: the risk of crime and disorder
    PERCEIVED_SAFETY = "perceived_safety"  # trygghet: how people experience it


class WalkType(StrEnum):
    """Two kinds of walk that are never mixed."""

    PRESENCE = "presence"  # trygghetsvandring, närvaropass
    AUDIT = "audit"  # trygghetsrond


class Measure(StrEnum):
    """What the map is coloured by (link parameter ``matt``)."""

    COUNT = "antal"
    PER_1000 = "per_1000"
    CHANGE = "forandring"


class Comparison(StrEnum):
    """Which period the chosen one is compared with (link parameter ``jamfor``)."""

    LAST_YEAR = "forra_aret"
    PREVIOUS = "foregaende"
    OWN = "egen"


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


class PlaceMatch(StrEnum):
    """How an accepted row found its area; ``OUTSIDE`` and ``NONE`` are results, not faults."""

    POINT = "point"
    CODE = "code"
    NAME = "name"
    OUTSIDE = "outside"
    NONE = "none"


class TableKind(StrEnum):
    """The kinds of table that can be imported, as the command line names them."""

    INCIDENTS = "incidents"
    DISTRICTS = "districts"
    POPULATION = "population"
    SURVEY = "survey"
    EVENTS = "events"
    MUNICIPALITY_TOTALS = "totals"


class CellStatus(StrEnum):
    """Why a cell shows what it shows. Zero, hidden and missing never look alike."""

    SHOWN = "shown"
    HIDDEN = "hidden"  # exists, too small to be shown
    MISSING = "missing"  # not known


class SamplingMethod(StrEnum):
    """How a survey chose its respondents; no line is drawn from one method to another."""

    RANDOM = "slumpmassigt_urval"
    WEB_OPEN = "oppen_webb"  # self-selected: synpunkter, never an interval
    PANEL = "panel"
    CENSUS = "totalundersokning"
    UNKNOWN = "okant"


OFFENCE_TYPES = (
    "Våld",
    "Hot och ofredande",
    "Sexualbrott",
    "Rån",
    "Stöld",
    "Inbrott",
    "Fordonsbrott",
    "Skadegörelse",
    "Brand",
    "Sprängning",
    "Narkotika",
    "Vapen",
    "Ordning",
    "Mot tjänsteman/blåljus",
    "Trafik",
    "Nedskräpning",
    "Övriga brott",
)
"""Offence types (*brottstyper*): our grouping of the offence codes, with the rest last."""

OTHER_OFFENCES = OFFENCE_TYPES[-1]
