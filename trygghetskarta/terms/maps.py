"""What a map is of: its page, and the period it is compared with."""

from enum import StrEnum


class MapPage(StrEnum):
    """A page with a map or charts that a link or a code opens; its address."""

    MAP = "karta"
    HOTSPOTS = "hotspots"
    WHEN = "nar"
    COMPARE = "jamfor"
    WALKS = "vandringar"


class Comparison(StrEnum):
    """Which period the chosen one is compared with (link parameter ``jamfor``)."""

    LAST_YEAR = "forra_aret"
    PREVIOUS = "foregaende"
    OWN = "egen"
