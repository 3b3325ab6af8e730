"""Perceived safety (*trygghet*) beside safety (*säkerhet*): questions, limits, quadrants."""

from dataclasses import dataclass
from enum import StrEnum


class Dimension(StrEnum):
    """What an indicator is about. The two are shown side by side, never blended."""

    SAFETY = "safety"  # säkerhet: the risk of crime and disorder
    PERCEIVED_SAFETY = "perceived_safety"  # trygghet: how people experience it


class SamplingMethod(StrEnum):
    """How a survey chose its respondents; no line is drawn from one method to another."""

    RANDOM = "slumpmassigt_urval"
    WEB_OPEN = "oppen_webb"  # self-selected: synpunkter, never an interval
    PANEL = "panel"
    CENSUS = "totalundersokning"
    UNKNOWN = "okant"


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
