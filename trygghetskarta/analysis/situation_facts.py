"""What a *lägesbild* rests on, before a word of it is written."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import pandas as pd

from trygghetskarta.analysis.report_facts import (
    Edition,
    ThemeFigures,
    Work,
    require_nothing_internal,
)
from trygghetskarta.analysis.temporal import Trend
from trygghetskarta.analysis.walk_facts import Season
from trygghetskarta.terms.times import IntervalQuality


@dataclass(frozen=True, eq=False)
class WhenFacts:
    """When the offences of the whole municipality happen.

    Attributes
    ----------
    quality
        How well the times are known.
    hours
        Weekdays (Monday first) by hours, aoristic; None with too few.
    light
        As :func:`trygghetskarta.analysis.daylight.light_shares`; None with too few.
    trend
        Direction over the years; None with too few months.
    """

    quality: IntervalQuality | None
    hours: pd.DataFrame | None
    light: pd.DataFrame | None
    trend: Trend | None


@dataclass(frozen=True, eq=False)
class SituationFacts:
    """What a *lägesbild* rests on.

    Attributes
    ----------
    edition
        Which report it is.
    overall, themes
        All offences, and each theme's.
    official
        Brå's totals: ``category, count, before, per_100000, preliminary``; empty without any.
    when
        None where hours may not be shown.
    survey
        Shares of answers: ``survey, year, question, dimension, area, share, lower, upper, answers,
        sampling_method``; ``share`` missing below the fewest answers. Empty without any.
    season
        The walks, gated for the reader; None without any in the period.
    work
        The open findings; None when none is open, and always for the public.
    events
        The police's published events: ``day, event_type, title``.
    tested
        How many changes were tested together.
    own
        What only one section rests on, by its word; nothing for the public.

    Raises
    ------
    DisclosureError
        ``NOT_A_TABLE`` when a public one holds words or findings that only the house may see.
    """

    edition: Edition
    overall: ThemeFigures
    themes: tuple[ThemeFigures, ...]
    official: pd.DataFrame
    when: WhenFacts | None
    survey: pd.DataFrame
    season: Season | None
    work: Work | None
    events: pd.DataFrame
    tested: int = 0
    own: Mapping[str, object] = field(default_factory=dict)

    def __post_init__(self) -> None:
        require_nothing_internal(self.edition, self.season, self.work is None, not self.own)
