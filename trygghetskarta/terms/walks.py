"""Safety walks (*trygghetsvandring*, *trygghetsrond*) and the findings made on them."""

from enum import StrEnum


class WalkType(StrEnum):
    """Two kinds of walk that are never mixed."""

    PRESENCE = "presence"  # trygghetsvandring, närvaropass
    AUDIT = "audit"  # trygghetsrond


class ObservationCategory(StrEnum):
    """What an observation made on a walk is about; ``SAFE`` is praise and has no seriousness."""

    LIGHTING = "belysning"
    SIGHT = "insyn_och_sikt"
    VEGETATION = "vaxtlighet"
    LITTER = "nedskrapning"
    GRAFFITI = "klotter_och_skadegorelse"
    DISORDER = "ordningsstorning"
    NEEDLES = "nalar"
    TRAFFIC = "trafik"
    ABANDONED = "overgiven_plats"
    SAFE = "trygg_plats"


class FindingStatus(StrEnum):
    """How far the work with an observation has come."""

    NEW = "ny"
    ASSIGNED = "tilldelad"
    ONGOING = "pagar"
    DONE = "atgardad"
    CLOSED = "avslutad_utan_atgard"  # with a reason
    REOPENED = "ateroppnad"


class WalkFilter(StrEnum):
    """Which walks are shown (link parameter ``typ``)."""

    ALL = "alla"
    PRESENCE = "narvaropass"
    AUDIT = "trygghetsrond"


class WalkLayer(StrEnum):
    """What the page *Vandringar* draws (link parameter ``vag``)."""

    ROUTES = "vagar"
    SPEED = "fart"
    PRESENCE = "narvaro"
    FINDINGS = "fynd"


class FindingFilter(StrEnum):
    """Which findings are listed (link parameter ``status``)."""

    OPEN = "oppna"
    ALL = "alla"
    NEW = "ny"
    ASSIGNED = "tilldelad"
    ONGOING = "pagar"
    DONE = "atgardad"
    CLOSED = "avslutad_utan_atgard"
    REOPENED = "ateroppnad"


class AuditFactor(StrEnum):
    """The eight environmental factors of a safety audit, and the feeling: each 1 (bad) to 5."""

    LIGHTING = "ljus"
    SIGHTLINES = "sikt"
    OVERVIEW = "overblick"
    CONCEALMENT = "gomstallen"
    ISOLATION = "odslighet"
    ESCAPE = "flyktvagar"
    MAINTENANCE = "skotsel"
    ORIENTATION = "orienterbarhet"
    FEELING = "kansla"
