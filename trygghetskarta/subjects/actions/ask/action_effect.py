"""What an action did: periods, places to compare with, difference, and a word with its reasons.

Everything that decides what is compared (surroundings, controls, their weights) is taken from the
time before the action, so that the outcome cannot have chosen it. Figures are internal: they are
finer than what the public may see.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta

import numpy as np
import pandas as pd

from trygghetskarta.analysis import evaluation, indicators
from trygghetskarta.analysis.evaluation import Effect
from trygghetskarta.gate.loaded_world import World
from trygghetskarta.subjects.actions.ask.action_site import (
    BASIS,
    Periods,
    count,
    find_periods,
    find_site,
    month,
    months_from,
)
from trygghetskarta.subjects.actions.ask.action_world import ActionWorld, codes_of
from trygghetskarta.subjects.actions.ask.effect_facts import DROP, PLACES, Assessment
from trygghetskarta.terms.actions import EffectRefusal
from trygghetskarta.terms.areas import AreaLevel
from trygghetskarta.terms.municipality import Theme


def assess(world: World, actions: ActionWorld, identity: str, ring: int = 300) -> Assessment:
    """Tell what an action did, or what could be told of it once it has begun.

    Parameters
    ----------
    world
        The incidents.
    actions
        The actions.
    identity
        ``measure_id``.
    ring
        Width in metres of the surroundings, one of ``RINGS``.
    """
    row = actions.actions.loc[identity]
    theme = next((one for one in actions.themes if one.key == row["theme"]), None)
    refusal = _refusal(row, theme)
    if refusal is None and not len(world.cube):
        refusal = EffectRefusal.NO_DATA_BEFORE
    if refusal is not None:
        return Assessment(refusal, theme)
    periods = find_periods(world, row)
    if periods is None:
        return Assessment(EffectRefusal.NO_DATA_BEFORE, theme)
    offences = indicators.of_theme(world.cube, theme)
    site = find_site(world, row, theme, offences, periods, ring)
    if site is None:
        return Assessment(EffectRefusal.NO_CONTROLS, theme)
    told = Assessment(
        None,
        theme,
        periods.months,
        periods.before,
        periods.after,
        site,
        listed=_is_listed(world, row, periods.start),
    )
    return _judged(world, told, offences, periods)


def _refusal(row: pd.Series, theme: Theme | None) -> EffectRefusal | None:
    if pd.isna(row["start_date"]):
        return EffectRefusal.NO_START
    if row.geometry is None and not codes_of(row["districts"]):
        return EffectRefusal.NO_PLACE
    if theme is None:
        return EffectRefusal.NO_THEME
    if not theme.counts_offences:
        return EffectRefusal.NOT_COUNTED
    rule = theme.internal
    fine = rule.finest in (AreaLevel.CELL, AreaLevel.DISTRICT, AreaLevel.REGSO, AreaLevel.DESO)
    # Counts that the rule would hide could be worked out from a difference.
    return None if fine and rule.threshold <= 1 else EffectRefusal.TOO_SENSITIVE


def _judged(world: World, told: Assessment, offences: np.ndarray, periods: Periods) -> Assessment:
    masks = {name: offences & mask for name, mask in told.site.masks.items()}
    counts = _counted(world, masks, periods)
    weight = counts["weight"]
    treated, control = counts.loc["treated"], counts.loc["control"]
    placebo = _placebo(world, masks, periods, weight["control"])
    told = replace(
        told,
        counts=counts,
        detectable=evaluation.minimum_detectable_change(
            (treated["before"], control["before"] / control["weight"] ** 2)
        ),
        needed=_needed(world, masks, periods),
        needed_all=_needed(world, told.site.masks, periods),
        follows=None if placebo is None else not abs(placebo.z) > _CLEAR,
        risen=_risen(world, masks["treated"], periods),
        listed=told.listed,
        series=_series(world, masks, periods, weight["control"])
        if told.theme.internal.by_time
        else None,
    )
    return _with_outcome(world, told, masks) if told.months else told


_CLEAR = 1.96
"""Standard errors beyond which the places did not follow each other."""


def _with_outcome(world: World, told: Assessment, masks: Mapping[str, np.ndarray]) -> Assessment:
    """The same with what happened after the start."""
    counts = told.counts
    rows = {place: tuple(counts.loc[place, ["before", "after"]]) for place in PLACES}
    _, one, _, other = counts["weight"]
    difference = evaluation.weighted_displacement_difference
    effect = difference(rows["treated"], rows["control"], area_weights=(1, one, 1, 1))
    surroundings = difference(rows["ring"], rows["ring_control"], area_weights=(1, other, 1, 1))
    total = difference(*rows.values(), area_weights=(1, one, 1, other))
    expected = rows["treated"][1] - effect.estimate
    fewest = min(sum(rows["treated"]), sum(rows["control"]))
    marked = (masks["treated"] | masks["control"]) & world.cube.preliminary
    return replace(
        told,
        effect=effect,
        surroundings=surroundings,
        total=total,
        percent=100 * effect.estimate / expected if expected > 0 else float("nan"),
        verdict=evaluation.verdict(effect, fewest, told.detectable, told.follows is not False),
        spread=evaluation.spread(surroundings, min(sum(rows["ring"]), sum(rows["ring_control"]))),
        quotient=evaluation.weighted_displacement_quotient(
            rows["treated"], rows["ring"], rows["control"]
        ),
        preliminary=count(world, marked, told.after),
    )


def _counted(world: World, masks: Mapping[str, np.ndarray], periods: Periods) -> pd.DataFrame:
    """Counts before and after, and the weights of the controls."""
    after = periods.after
    rows = {
        name: {
            "before": count(world, masks[name], periods.before),
            "after": count(world, masks[name], after) if after else 0,
            "weight": 1.0,
        }
        for name in PLACES
    }
    for control, place in (("control", "treated"), ("ring_control", "ring")):
        rows[control]["weight"] = _weight(world, masks[control], masks[place], periods)
    return pd.DataFrame.from_dict(rows, orient="index")


def _weight(world: World, control: np.ndarray, place: np.ndarray, periods: Periods) -> float:
    """A control's level before over its place's, so that both are asked to change by one share."""
    months = 12 * min(2, periods.years)
    span = months_from(month(periods.start, -months), months)
    levels = count(world, control, span), count(world, place, span)
    return levels[0] / levels[1] if min(levels) else 1.0


def _placebo(
    world: World, masks: Mapping[str, np.ndarray], periods: Periods, weight: float
) -> Effect | None:
    """The same difference a year too early, when nothing had been done; None without data."""
    if periods.years < 2:
        return None
    pairs = [_two_years(world, masks[name], periods) for name in ("treated", "control")]
    return evaluation.weighted_displacement_difference(*pairs, area_weights=(1, weight, 1, 1))


def _two_years(world: World, mask: np.ndarray, periods: Periods) -> tuple[int, int]:
    """Offences in the last year but one before the start, and in the last."""
    earlier, later = (
        count(world, mask, months_from(month(periods.start, -months), 12)) for months in (24, 12)
    )
    return earlier, later


def _risen(world: World, mask: np.ndarray, periods: Periods) -> bool:
    """Whether the last year before was clearly above the one before that."""
    if periods.years < 2:
        return False
    earlier, later = _two_years(world, mask, periods)
    return later - earlier > _CLEAR * (earlier + later) ** 0.5


def _needed(world: World, masks: Mapping[str, np.ndarray], periods: Periods) -> int | None:
    """Months until a drop of ``DROP`` per cent could be shown, at the last year's level."""
    last = months_from(month(periods.start, -12), 12)
    treated, control = (count(world, masks[name], last) / 12 for name in ("treated", "control"))
    weight = _weight(world, masks["control"], masks["treated"], periods)
    return evaluation.months_needed(treated, control / weight**2, DROP)


def _series(
    world: World, masks: Mapping[str, np.ndarray], periods: Periods, weight: float
) -> pd.DataFrame:
    """Quarters counted from the start, two years back where there is data; whole ones only."""
    back = min(24, 12 * periods.years)
    quarters = back // 3 + periods.months // 3
    span = months_from(month(periods.start, -back), 3 * quarters)
    sums = {
        name: indicators.monthly_counts(world.cube, masks[name], span.start, span.end, BASIS)
        .to_numpy()
        .reshape(-1, 3)
        .sum(axis=1)
        for name in ("treated", "control")
    }
    starts = [pd.Timestamp(month(span.start, 3 * number)) for number in range(quarters)]
    return pd.DataFrame(
        {
            "start": starts,
            "treated": sums["treated"].astype(float),
            "control": sums["control"] / weight,
        }
    )


def _is_listed(world: World, row: pd.Series, day: date) -> bool:
    """Whether the place touches a district that is on the police list that day."""
    districts = world.areas[AreaLevel.DISTRICT]
    codes = set(codes_of(row["districts"]))
    if row.geometry is not None:
        codes |= set(districts.index[districts.geometry.intersects(row.geometry)])
    listed = world.classifications
    moment = pd.Timestamp(day)
    ends = listed["valid_to"].fillna(moment + timedelta(days=1))
    valid = listed[(listed["valid_from"] <= moment) & (ends > moment)]
    return bool(codes & set(valid["area_code"]))
