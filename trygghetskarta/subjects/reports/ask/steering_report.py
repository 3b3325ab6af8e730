"""The *styrgruppsrapport*: actions and their follow-ups per theme, and what lacks one."""

from datetime import date

import pandas as pd

from trygghetskarta.analysis.report_facts import ReportPeriod, ThemeFigures
from trygghetskarta.analysis.steering_facts import (
    ActionFacts,
    ActionLine,
    EffectFacts,
    FollowUp,
    SteeringFacts,
    SteeringTheme,
)
from trygghetskarta.gate.loaded_world import World
from trygghetskarta.gate.public_words import public_owner, public_text
from trygghetskarta.subjects.actions.ask import action_world
from trygghetskarta.subjects.actions.ask.action_effect import assess
from trygghetskarta.subjects.actions.ask.action_world import ActionWorld
from trygghetskarta.subjects.reports.ask.report_figures import figures
from trygghetskarta.subjects.reports.ask.situation_report import (
    ReportGround,
    edition,
    season_of,
    work_of,
)
from trygghetskarta.terms.audience import Audience
from trygghetskarta.terms.papers import ReportKind


def gather(ground: ReportGround, period: ReportPeriod, audience: Audience) -> SteeringFacts:
    """Gather a *styrgruppsrapport*.

    Parameters
    ----------
    ground
        What it is gathered from.
    period
        The quarter, or the year.
    audience
        Who will read it. The public is told neither what is written in follow-ups nor whose are
        missing, and offences of whole years only.
    """
    world = action_world.load(ground.place)
    internal = audience is Audience.INTERNAL
    asked = action_world.active(world, period.start, period.end)
    themes = ground.world.plan(period.year).themes
    counted = internal or not period.quarter

    def of_theme(
        name: str, key: str, counts: ThemeFigures | None, rows: pd.DataFrame, offences: World | None
    ) -> SteeringTheme:
        if not internal:
            return SteeringTheme(name, key, counts, public_actions(rows), None)
        facts = action_facts(world, rows, period, offences)
        return SteeringTheme(name, key, counts, facts, facts)

    told = [
        of_theme(
            theme.name,
            theme.key,
            figures(ground.world, None, period, theme, audience) if counted else None,
            asked[asked["theme"] == theme.key],
            ground.world,
        )
        for theme in themes
    ]
    rest = asked[~asked["theme"].isin([theme.key for theme in themes])]
    if len(rest):
        told.append(of_theme("", "", None, rest, None))
    missing = action_world.missing_follow_ups(world, period.start, period.end)
    return SteeringFacts(
        edition=edition(ground, ReportKind.STEERING, period, audience),
        themes=tuple(told),
        missing=missing if internal else missing.iloc[:0],
        season=season_of(ground, period, audience),
        work=work_of(ground, audience),
    )


def missing_of(facts: SteeringFacts) -> tuple[str, ...]:
    """What the report lacks, as keys of ``SITUATION_MISSING``."""
    any_action = any(theme.actions for theme in facts.themes)
    lacking = {
        "actions": not any_action,
        "follow_ups": len(facts.missing) > 0,
        "walks": facts.season is None,
    }
    return tuple(name for name, lacks in lacking.items() if lacks)


def action_facts(
    world: ActionWorld,
    rows: pd.DataFrame,
    period: ReportPeriod,
    offences: World | None = None,
) -> tuple[ActionFacts, ...]:
    """Actions as an internal report tells them.

    Parameters
    ----------
    world
        What was loaded.
    rows
        Rows of its actions.
    period
        Whose follow-ups are told.
    offences
        The incidents, from which effects are computed; None to compute none.
    """
    return tuple(
        ActionFacts(
            title=row["title"],
            owner=_text(row["owner"]),
            is_named=True,
            partners=_text(row["partners"]),
            status=row["status"],
            start=_day(row["start_date"]),
            end=_day(row["end_date"]),
            follow_ups=_follow_ups(world, identity, period),
            effect=_effect(offences, world, identity) if offences else None,
        )
        for identity, row in rows.iterrows()
    )


def public_actions(rows: pd.DataFrame) -> tuple[ActionLine, ...]:
    """Actions as anyone may read of them: a title that names nobody, an owner that is none."""
    lines = []
    for _, row in rows.iterrows():
        owner, is_named = public_owner(row["owner"])
        lines.append(
            ActionLine(
                title=public_text(row["title"]),
                owner=owner,
                is_named=is_named,
                status=row["status"],
                start=_day(row["start_date"]),
                end=_day(row["end_date"]),
            )
        )
    return tuple(lines)


def _effect(offences: World, world: ActionWorld, identity: str) -> EffectFacts | None:
    told = assess(offences, world, identity)
    if told.refusal is not None or told.effect is None:
        return None
    return EffectFacts(
        verdict=told.verdict.value,
        months=told.months,
        estimate=float(told.effect.estimate),
        lower=float(told.effect.lower),
        upper=float(told.effect.upper),
        needed=told.needed,
        listed=told.listed,
    )


def _follow_ups(world: ActionWorld, identity: str, period: ReportPeriod) -> tuple[FollowUp, ...]:
    found = world.follow_ups
    within = found["day"].between(pd.Timestamp(period.start), pd.Timestamp(period.end))
    return tuple(
        FollowUp(
            _day(row.day),
            row.by_function,
            _text(row.done),
            _text(row.partners),
            _text(row.effects),
        )
        for row in found[within & (found["measure_id"] == identity)].itertuples()
    )


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""


def _day(value: object) -> date | None:
    return None if pd.isna(value) else pd.Timestamp(value).date()
