"""What a steering group's report rests on: the plan's themes and what its actions did."""

from dataclasses import dataclass
from datetime import date

import pandas as pd

from trygghetskarta.analysis.report_facts import (
    Edition,
    ThemeFigures,
    Work,
    require_nothing_internal,
)
from trygghetskarta.analysis.walk_facts import Season


@dataclass(frozen=True)
class FollowUp:
    """One follow-up of an action: when, by which function, and the plan's three questions."""

    day: date
    by_function: str
    done: str
    partners: str
    effects: str


@dataclass(frozen=True)
class EffectFacts:
    """What may be said of what an action did to the recorded offences.

    Attributes
    ----------
    verdict
        Value of ``EffectVerdict``.
    months
        Whole months after the start that are compared.
    estimate, lower, upper
        Offences more (or fewer) than the control would have it, with 95 % limits.
    needed
        Months until a drop could be shown; None when five years would not do.
    listed
        Whether the place is in an area where people report less.
    """

    verdict: str
    months: int
    estimate: float
    lower: float
    upper: float
    needed: int | None
    listed: bool


@dataclass(frozen=True)
class ActionLine:
    """An action of the plan as anyone may read of it.

    Attributes
    ----------
    title
        In the plan's own words; empty where these may not be told.
    owner
        Who has it; empty when nobody has, or where it may not be told.
    is_named
        Whether ``owner`` may be told.
    status
        Value of ``ActionStatus``.
    start, end
        First and last day, None when not told.
    """

    title: str
    owner: str
    is_named: bool
    status: str
    start: date | None
    end: date | None


@dataclass(frozen=True)
class ActionFacts(ActionLine):
    """An action of the plan with everything that is written of it; internal.

    Attributes
    ----------
    partners
        In the plan's own words; empty when not told.
    follow_ups
        Those of the period, oldest first.
    effect
        None where no effect can be computed.
    """

    partners: str
    follow_ups: tuple[FollowUp, ...]
    effect: EffectFacts | None = None


@dataclass(frozen=True, eq=False)
class SteeringTheme:
    """A theme of the plan with what was to be done.

    Attributes
    ----------
    name
        The theme's; empty for actions of no theme.
    key
        The theme's, empty for none.
    figures
        Its offences; None where the reader may not be told them.
    actions
        Its actions of the period.
    facts
        The same with everything that is written of them; None for the public.
    """

    name: str
    key: str
    figures: ThemeFigures | None
    actions: tuple[ActionLine, ...]
    facts: tuple[ActionFacts, ...] | None


@dataclass(frozen=True, eq=False)
class SteeringFacts:
    """What a *styrgruppsrapport* rests on.

    Attributes
    ----------
    edition
        Which report it is.
    themes
        In the plan's order, actions of no theme last.
    missing
        Actions that nobody has followed up in the period: ``owner, title, last`` (day of the
        latest follow-up, NaT when there is none), by owner.
    season, work
        As in :class:`SituationFacts`.

    Raises
    ------
    DisclosureError
        As :class:`SituationFacts`.
    """

    edition: Edition
    themes: tuple[SteeringTheme, ...]
    missing: pd.DataFrame
    season: Season | None
    work: Work | None

    def __post_init__(self) -> None:
        told = [one for theme in self.themes for one in theme.actions]
        require_nothing_internal(
            self.edition,
            self.season,
            self.work is None,
            self.missing.empty,
            all(theme.facts is None for theme in self.themes),
            not any(isinstance(one, ActionFacts) for one in told),
        )
