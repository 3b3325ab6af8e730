"""The words the code keeps: closed lists, in the field's terms, with their Swedish gloss.

The value of a member is what stands in the store, in links and in files. Values that a user
meets (links, configuration) are Swedish in ASCII; the rest is English.
"""

from dataclasses import dataclass
from datetime import date
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
    CELL = "ruta"  # squares or hexagons of the page Hotspots, finer than any statistical area


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


class MapPage(StrEnum):
    """A page with a map or charts that a link or a code opens; its address."""

    MAP = "karta"
    HOTSPOTS = "hotspots"
    WHEN = "nar"
    COMPARE = "jamfor"
    WALKS = "vandringar"


class SlideKind(StrEnum):
    """What a slide of a presentation shows."""

    MAP = "karta"
    COMPARISON = "jamforelse"
    CHART = "diagram"
    HOW_TO_READ = "sa_laser_du_kartan"
    UNKNOWN = "det_har_vet_vi_inte"
    YOU_SAID = "ni_sa_vi_gjorde"


class ReportKind(StrEnum):
    """What a report is for; the value is what the command line and links call it."""

    SITUATION = "lagesbild"  # lag (2023:196): kartläggning, annan information, analys
    STEERING = "styrgruppsrapport"  # the plan's three questions per theme, for a quarter
    PLAN_AREA = "ska-underlag"  # a place that is planned or built, and 300 m around it


class BundleSystem(StrEnum):
    """Systems that wheels are fetched for, so that a computer without a network can install."""

    WINDOWS = "windows"  # 64 bit
    LINUX = "linux"  # x86-64 with glibc 2.28 or newer


class ReportFormat(StrEnum):
    """The files a report can be; the value is the file's suffix."""

    DOCX = "docx"
    PDF = "pdf"
    HTML = "html"


class Feeling(StrEnum):
    """What somebody at a meeting says of a place; experience, never risk."""

    SAFE = "trygg"
    UNSAFE = "otrygg"


class PinReason(StrEnum):
    """Why a place feels as it does; a closed list, so that nothing personal can be written."""

    LIGHTING = "belysning"
    PEOPLE = "folk_i_rorelse"
    SIGHT = "insyn_och_sikt"
    UPKEEP = "skotsel"
    LITTER = "nedskrapning"
    TRAFFIC = "trafik"
    DISORDER = "stokigt_eller_lugnt"
    ADULTS = "vuxna_i_narheten"
    OTHER = "annat"


class Lean(StrEnum):
    """What most of the answers of an area say."""

    UNSAFE = "mest_otrygg"
    SPLIT = "delat"
    SAFE = "mest_trygg"


class MeetingStatus(StrEnum):
    """How far a meeting has come."""

    OPEN = "oppet"
    CLOSED = "stangt"
    KEPT = "behallet"  # reviewed: the pins are *synpunkter*
    ERASED = "raderat"  # only the fact that there was a meeting remains


@dataclass(frozen=True)
class Meeting:
    """A meeting where people tell where they feel safe and unsafe.

    Attributes
    ----------
    identity
        UUID.
    code
        Secret part of the addresses people open; empty when erased.
    name, place
        As staff wrote them; empty when erased.
    district_code
        Where it is held, empty when not told.
    held_on
        Day of the meeting.
    status
        How far it has come.
    is_example
        Whether it is invented.
    """

    identity: str
    code: str
    name: str
    place: str
    district_code: str
    held_on: date
    status: MeetingStatus
    is_example: bool


class Purpose(StrEnum):
    """What a published table left the house in."""

    SLIDE = "bild"
    FILE = "fil"
    REPORT = "rapport"


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


class MeasureStatus(StrEnum):
    """How far a measure (*åtgärd*) of the plan has come."""

    PLANNED = "planerad"
    ONGOING = "pagar"
    DONE = "avslutad"
    STOPPED = "avbruten"


class MeasureApproach(StrEnum):
    """Whether a measure works on people's conditions or on the place."""

    SOCIAL = "social"
    SITUATIONAL = "situationell"


class EffectVerdict(StrEnum):
    """The only words for what a measure did to the recorded offences; never *lyckad*."""

    CLEAR_DECREASE = "tydlig_minskning"
    SIGNS_OF_DECREASE = "tecken_pa_minskning"
    NO_CHANGE = "ingen_pavisbar_forandring"
    SIGNS_OF_INCREASE = "tecken_pa_okning"
    CLEAR_INCREASE = "tydlig_okning"
    NOT_ASSESSABLE = "gar_inte_att_bedoma"


class EffectRefusal(StrEnum):
    """Why no effect of a measure can be computed at all."""

    NO_START = "no_start"
    NO_PLACE = "no_place"
    NO_THEME = "no_theme"
    NOT_COUNTED = "not_counted"  # the theme counts no offences
    TOO_SENSITIVE = "too_sensitive"  # the theme's rule forbids what the computing would show
    NO_DATA_BEFORE = "no_data_before"
    NO_CONTROLS = "no_controls"


class PersonalDataKind(StrEnum):
    """What in a free text points out a person."""

    IDENTITY_NUMBER = "identity_number"  # personnummer, samordningsnummer
    PHONE = "phone"
    EMAIL = "email"
    PLATE = "plate"
    NAME = "name"


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


class Comparison(StrEnum):
    """Which period the chosen one is compared with (link parameter ``jamfor``)."""

    LAST_YEAR = "forra_aret"
    PREVIOUS = "foregaende"
    OWN = "egen"


class HotspotLayer(StrEnum):
    """What the page Hotspots draws (link parameter ``lager``)."""

    COUNT = "rutor"
    DENSITY = "tathet"
    SIGNIFICANT = "hopning"
    EMERGING = "utveckling"
    POINTS = "punkter"


class Direction(StrEnum):
    """Which part of a district a place lies in."""

    MIDDLE = "middle"
    NORTH = "north"
    NORTH_EAST = "north_east"
    EAST = "east"
    SOUTH_EAST = "south_east"
    SOUTH = "south"
    SOUTH_WEST = "south_west"
    WEST = "west"
    NORTH_WEST = "north_west"


class HotspotRefusal(StrEnum):
    """Why a choice may not be shown on the page Hotspots."""

    NOT_MAPPED = "not_mapped"
    TOO_FINE = "too_fine"  # the theme may not be shown finer than a district
    NO_POINTS = "no_points"


class CellShape(StrEnum):
    """Shape of the cells that points are counted in (link parameter ``form``)."""

    SQUARE = "kvadrat"
    HEXAGON = "sexhorning"


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
    WALKS = "walks"
    OBSERVATIONS = "observations"
    MEASURES = "measures"
    SURVEY_ANSWERS = "answers"  # one respondent a row; only shares of them are kept


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


@dataclass(frozen=True)
class ShowRule:
    """What one audience may see of a theme.

    Attributes
    ----------
    finest
        Finest level a figure may be given for; None when the theme is not mapped at all.
    threshold
        Counts from 1 to ``threshold - 1`` are hidden.
    by_time
        Whether hour, weekday and month may be shown below the municipality.
    points
        Whether single incidents may be shown as points.
    """

    finest: AreaLevel | None
    threshold: int
    by_time: bool = True
    points: bool = False


@dataclass(frozen=True)
class Theme:
    """A *prioriterat område* of one plan year: a rule over what is recorded, not a place.

    Attributes
    ----------
    key
        ASCII word in links.
    name
        The plan's own Swedish name.
    offence_types, offence_codes
        An incident belongs to the theme when its type is listed or its four-character code starts
        with one of ``offence_codes``. Both empty: every offence with ``classified_areas``, else
        none.
    observation_categories, walk_types
        What of the walks belongs to the theme.
    classified_areas
        True when the theme is about areas on the police list: the map is limited to the districts
        classified at the end of the chosen period.
    internal, public
        What each audience may see.
    caveats
        Swedish sentences that follow every figure of the theme, into every export.
    status
        Swedish text for a theme that is listed but not mapped; empty otherwise.
    """

    key: str
    name: str
    offence_types: tuple[str, ...]
    offence_codes: tuple[str, ...]
    observation_categories: tuple[str, ...]
    walk_types: tuple[WalkType, ...]
    classified_areas: bool
    internal: ShowRule
    public: ShowRule
    caveats: tuple[str, ...] = ()
    status: str = ""

    @property
    def counts_offences(self) -> bool:
        """Whether offences are counted for the theme: a rule over them, or over areas."""
        return bool(self.offence_types or self.offence_codes or self.classified_areas)


@dataclass(frozen=True)
class Plan:
    """The municipality's plan of one year, with its themes in the plan's order."""

    year: int
    title: str
    source: str
    themes: tuple[Theme, ...]


class Quadrant(StrEnum):
    """Where a district stands: risk of crime first, then how many feel unsafe; never blended."""

    HIGH_HIGH = "hog_risk_hog_oro"
    LOW_HIGH = "lag_risk_hog_oro"
    HIGH_LOW = "hog_risk_lag_oro"
    LOW_LOW = "lag_risk_lag_oro"
    UNSURE = "osakert"  # an interval holds its limit


class Perspective(StrEnum):
    """Three pictures of a district, each from its own source."""

    POLICE = "polisen"  # reported offences
    CITY = "staden"  # findings of walks
    CITIZENS = "medborgarna"  # the safety survey


@dataclass(frozen=True)
class SurveyQuestion:
    """A question of the safety survey, and how its share is to be read.

    Attributes
    ----------
    key
        ASCII word in links.
    text
        The question as the survey words it; rows are recognised by it.
    label
        Swedish name of what is shown: the share that is *unsafe* or worried.
    dimension
        What it is about.
    counts_safe
        True when the survey's share counts those who feel safe, so that what is shown is the rest.
    themes
        Keys of the themes it belongs to; empty for all offences.
    reference_year
        The municipality's own share of this year's survey is the limit; 0 with a given limit.
    limit
        A given limit, share from 0 to 1; missing (NaN) with a reference year.
    limit_source
        Where a given limit comes from.
    """

    key: str
    text: str
    label: str
    dimension: Dimension
    counts_safe: bool
    themes: tuple[str, ...] = ()
    reference_year: int = 0
    limit: float = float("nan")
    limit_source: str = ""


@dataclass(frozen=True)
class PerceptionRules:
    """How risk and perceived safety are set beside each other, the same every year.

    Attributes
    ----------
    band
        Part of a limit on either side of it that counts as near it.
    risk_years
        First and last year whose rate in the municipality is the limit of risk.
    questions
        Those that are shown, the usual one first.
    """

    band: float = 0.2
    risk_years: tuple[int, int] = (0, 0)
    questions: tuple[SurveyQuestion, ...] = ()


@dataclass(frozen=True)
class Municipality:
    """Everything that makes one municipality another: read from its folder in ``geodata``.

    Attributes
    ----------
    code, name, county
        ``1488``, ``Trollhättan``, ``Västra Götalands län``.
    local_crs
        EPSG code the city itself works in.
    latitude, longitude, zoom
        First view of the map.
    boundary_version
        Version of the area boundaries, stored with every assignment.
    plans
        Newest first.
    perception
        Limits of risk and of perceived safety, and the survey's questions.
    """

    code: str
    name: str
    county: str
    local_crs: int
    latitude: float
    longitude: float
    zoom: int
    boundary_version: str
    plans: tuple[Plan, ...]
    perception: PerceptionRules = PerceptionRules()


class Verdict(StrEnum):
    """What may be said of a change. ``TOO_FEW`` is not ``NO_CLEAR_CHANGE``."""

    INCREASE = "increase"
    DECREASE = "decrease"
    NO_CLEAR_CHANGE = "no_clear_change"
    TOO_FEW = "too_few"


class NoQuotient(StrEnum):
    """Why a displacement quotient cannot be given."""

    NO_CONTROL = "no_control"  # nothing happened in the control area in one of the periods
    NO_SUCCESS = "no_success"  # the treated area did not fall compared with the control


class Spread(StrEnum):
    """What happened round a treated place."""

    DISPLACEMENT = "displacement"
    DIFFUSION = "diffusion"  # of benefit
    NONE_SHOWN = "none_shown"
    NOT_ASSESSABLE = "not_assessable"


class HotspotClass(StrEnum):
    """What a cell has been over the periods; the first that fits.

    After Esri's *emerging hot spot analysis* (ArcGIS Pro, "How Emerging Hot Spot Analysis works"),
    with its eight kinds of hot spot put together into four. *Hot* means significant after
    Benjamini–Hochberg with z > 0. A trend is significant when the Mann–Kendall test of the cell's
    z gives p < 0.05, two-sided.
    """

    NEW = "new"
    """Hot in the last period and never before."""
    DIMINISHING = "diminishing"
    """Hot in at least 90 % of the periods, and z falls significantly."""
    PERSISTENT = "persistent"
    """Hot in at least 90 % of the periods, the last among them, and z does not fall significantly
    (Esri's persistent and intensifying)."""
    SPORADIC = "sporadic"
    """Hot in two or more periods, but neither of the above (Esri's consecutive, sporadic,
    oscillating and historical, and hot spots that come and go)."""
    NONE = "none"
    """Never hot, or only once before the last period."""


class Light(StrEnum):
    """How light it is outdoors under a clear sky."""

    DAYLIGHT = "daylight"
    CIVIL_TWILIGHT = "civil_twilight"
    DARK = "dark"
