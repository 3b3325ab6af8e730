"""Säkerhet och trygghet: risk and feeling unsafe per district, beside each other, never blended."""

from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

import numpy as np
import pandas as pd

from trygghetskarta.analysis import indicators, quadrants
from trygghetskarta.analysis.disclosure import Publishable, as_publishable, narrow
from trygghetskarta.analysis.facts import Facts
from trygghetskarta.analysis.measures import Measure, indicator_table
from trygghetskarta.analysis.show_rules import rule_for
from trygghetskarta.gate import loaded_world
from trygghetskarta.gate import view as views
from trygghetskarta.gate.choice import Choice
from trygghetskarta.gate.loaded_world import World
from trygghetskarta.gate.periods import Span, whole_months
from trygghetskarta.gate.public_choice import public_choice
from trygghetskarta.gate.view import View
from trygghetskarta.intake.perception_rules import question_for
from trygghetskarta.intake.workplace import Workplace
from trygghetskarta.settings import TIME_ZONE
from trygghetskarta.store import read, read_walks
from trygghetskarta.subjects.perception.ask import pictures, survey_rounds
from trygghetskarta.subjects.perception.ask.perception_facts import Limit, PerceptionFacts, Round
from trygghetskarta.subjects.perception.ask.pictures import Pictures
from trygghetskarta.terms.areas import AreaLevel
from trygghetskarta.terms.audience import Audience
from trygghetskarta.terms.imports import TableKind
from trygghetskarta.terms.perception import Quadrant, SurveyQuestion
from trygghetskarta.terms.times import DateBasis

_PER_YEAR = ["rate", "lower", "upper", "crude_rate", "crude_lower", "crude_upper"]
_DAYS_OF_YEAR = 365.25


class Refusal(StrEnum):
    """Why risk and perceived safety cannot be set beside each other."""

    NOT_MAPPED = "not_mapped"  # the theme counts no offences
    TOO_FINE = "too_fine"  # the theme may not be shown per district
    NO_QUESTION = "no_question"  # none is configured
    NO_SURVEY = "no_survey"  # no round has asked the question
    NO_LIMIT = "no_limit"  # nothing to set the districts against


@dataclass(frozen=True, eq=False)
class PerceptionWorld:
    """What the page counts with beside the incidents, read once for each version of the store.

    Attributes
    ----------
    survey
        Contract ``SURVEY``.
    findings
        Contract ``OBSERVATIONS`` with ``day`` (Swedish date, NaT when not known).
    is_example
        Whether any of it is invented.
    """

    survey: pd.DataFrame
    findings: pd.DataFrame
    is_example: bool


@dataclass(frozen=True, eq=False)
class SafetyAndPerception:
    """One answer to a choice.

    Attributes
    ----------
    view
        The choice as it was followed, and what may be shown; its own figures are not filled in.
    audience
        Who will see it.
    refused
        Why nothing can be shown; None when it can. The fields below are then None.
    question, rounds
        What was asked, and all rounds that asked it.
    gated
        Every district after the gate: ``count``, ``population``, ``rate``, ``lower``, ``upper``
        (offences per 1 000 inhabitants and year, empirical Bayes), ``answers``, ``share``,
        ``share_lower``, ``share_upper`` (the unsafe, 0 to 1) and ``quadrant``.
    class_number
        :func:`trygghetskarta.analysis.quadrants.map_class` of every district.
    pictures
        The three pictures.
    facts, told
        What the offences rest on, and what the survey's side does.
    """

    view: View
    audience: Audience
    refused: Refusal | None
    question: SurveyQuestion | None = None
    rounds: tuple[Round, ...] = ()
    gated: Publishable | None = None
    class_number: pd.Series | None = None
    pictures: Pictures | None = None
    facts: Facts | None = None
    told: PerceptionFacts | None = None

    @property
    def shown(self) -> Publishable:
        """The districts that the filter keeps, with the totals of all."""
        return narrow(self.gated, self.codes) if self.view.chosen else self.gated

    @property
    def codes(self) -> pd.Index:
        """Codes of the districts that the filter keeps."""
        areas = self.view.areas.index
        return areas[areas.isin(self.view.chosen)] if self.view.chosen else areas


def load(place: Workplace) -> PerceptionWorld:
    """Read the survey and the findings of walks."""
    seen = read_walks.observations(place.engine)
    walks = read_walks.walks(place.engine).drop_duplicates("walk_id").set_index("walk_id")
    started = walks["started_at"].reindex(seen["walk_id"]).set_axis(seen.index)
    moments = seen["observed_at"].fillna(started)
    days = moments.dt.tz_convert(TIME_ZONE).dt.tz_localize(None).dt.normalize()
    overview = read.overview(place.engine)
    return PerceptionWorld(
        survey=read.survey(place.engine),
        findings=pd.DataFrame(seen.drop(columns="geometry")).assign(day=days),
        is_example=any(
            overview.is_example(kind) for kind in (TableKind.SURVEY, TableKind.OBSERVATIONS)
        ),
    )


def find(
    world: World, felt: PerceptionWorld, asked: Choice, audience: Audience = Audience.INTERNAL
) -> SafetyAndPerception:
    """Answer a choice: risk and perceived safety of every district, after the gate.

    Parameters
    ----------
    world, felt
        What was loaded.
    asked
        What the user has chosen; the level is always districts.
    audience
        Who will see it. In public the period is moved to a calendar period, and every table passes
        the gate with its sums, so that what is hidden does not follow from the municipality's
        figures. Whoever publishes it registers ``view``'s choice with ``gate.disclosure_register``.

    Raises
    ------
    AnalysisError
        If there is nothing to count.
    DisclosureError
        ``NO_WHOLE_PERIOD`` in public, when the data cover no calendar period.
    """
    wanted = replace(asked, level=AreaLevel.DISTRICT, measure=Measure.PER_1000)
    refused = _refused(world, wanted, audience)
    # What is refused still has a period, which the page's filters show.
    told = wanted if refused is None else replace(wanted, theme="", types=())
    if audience is Audience.PUBLIC:
        told = replace(public_choice(world, told).choice, measure=Measure.PER_1000)
    frame = views.frame(world, told, audience)
    rules = world.municipality.perception
    question = question_for(rules, asked.question, asked.theme)
    if refused is None and question is None:
        refused = Refusal.NO_QUESTION
    if refused is not None:
        return SafetyAndPerception(frame, audience, refused)
    shares = survey_rounds.asked(felt.survey, question)
    rounds = survey_rounds.rounds_of(shares)
    one = survey_rounds.choose_round(rounds, asked.survey_year)
    if one is None:
        return SafetyAndPerception(frame, audience, Refusal.NO_SURVEY, question)
    limits = (
        _risk_limit(world, frame, rules.risk_years),
        survey_rounds.limit_of(shares, question, one, audience),
    )
    if not all(limit.value > 0 for limit in limits):
        return SafetyAndPerception(frame, audience, Refusal.NO_LIMIT, question, tuple(rounds))
    return _answer(world, felt, frame, audience, question, shares, one, rounds, limits)


def series(
    world: World,
    felt: PerceptionWorld,
    question: SurveyQuestion,
    district: str,
    audience: Audience = Audience.INTERNAL,
) -> pd.DataFrame:
    """A question through the years; see :func:`survey_rounds.series`."""
    shares = survey_rounds.asked(felt.survey, question)
    codes = world.areas[AreaLevel.DISTRICT].index
    known = district if district in codes else ""
    return survey_rounds.series(shares, known, audience, codes)


def _refused(world: World, asked: Choice, audience: Audience) -> Refusal | None:
    themes = world.plan(asked.plan_year).themes
    theme = next((theme for theme in themes if theme.key == asked.theme), None)
    rule = rule_for(themes, theme, asked.types, audience)
    if rule.finest is None or (theme and not theme.counts_offences):
        return Refusal.NOT_MAPPED
    return Refusal.TOO_FINE if rule.finest is AreaLevel.MUNICIPALITY else None


def _answer(
    world: World,
    felt: PerceptionWorld,
    frame: View,
    audience: Audience,
    question: SurveyQuestion,
    shares: pd.DataFrame,
    one: Round,
    rounds: list[Round],
    limits: tuple[Limit, Limit],
) -> SafetyAndPerception:
    survey = survey_rounds.by_district(shares, one)
    gated = _gate(world, frame, survey, audience)
    sides = _sides(gated.table, limits)
    gated = _with_quadrant(gated, sides, one)
    band = world.municipality.perception.band
    breaks = [quadrants.breaks_round(limit.value, band) for limit in limits]
    codes = gated.table.index
    findings = pictures.findings_of(felt.findings, frame.span, frame.theme, codes)
    return SafetyAndPerception(
        view=frame,
        audience=audience,
        refused=None,
        question=question,
        rounds=tuple(rounds),
        gated=gated,
        class_number=quadrants.map_class(gated.table, *breaks),
        pictures=pictures.draw(gated, sides, findings, survey["answers"], audience),
        facts=_facts(world, frame, gated),
        told=PerceptionFacts(
            question, one, _answers_told(gated, one), *limits, band, felt.is_example
        ),
    )


def _gate(world: World, frame: View, survey: pd.DataFrame, audience: Audience) -> Publishable:
    """Risk and survey of every district after the gate, rates per year."""
    counted = views.select(world, frame).counted
    counts = indicators.count_by_area(world.cube, counted, AreaLevel.DISTRICT)
    people, _ = world.population[AreaLevel.DISTRICT]
    table = indicator_table(counts, None, people, frame.span.days)
    table = table.join(survey.drop(columns="untold").astype(float))
    is_public = audience is Audience.PUBLIC
    # Within the house no sum of answers is told, so that no further district need be hidden.
    untold = () if is_public else ("answers",)
    gated = as_publishable(
        table,
        level=AreaLevel.DISTRICT,
        audience=audience,
        rule=frame.rule,
        untold_totals=untold,
        untold_answers=survey.index[survey["untold"]] if is_public else (),
    )
    years = years_of(frame.span)
    return _changed(gated, gated.table[_PER_YEAR] / years)


def _sides(table: pd.DataFrame, limits: tuple[Limit, Limit]) -> pd.DataFrame:
    risk, unsafe = limits
    return pd.DataFrame(
        {
            "risk": quadrants.side_of_limit(table["lower"], table["upper"], risk.value),
            "unsafe": quadrants.side_of_limit(
                table["share_lower"], table["share_upper"], unsafe.value
            ),
        }
    )


def _with_quadrant(gated: Publishable, sides: pd.DataFrame, one: Round) -> Publishable:
    found = quadrants.quadrant(sides["risk"], sides["unsafe"])
    if one.is_self_selected:
        # Without an interval nothing can be told of the limit.
        known = gated.table["rate"].notna() & gated.table["share"].notna()
        found = found.where(~known, Quadrant.UNSURE)
    return _changed(gated, found.to_frame("quadrant"))


def _changed(gated: Publishable, columns: pd.DataFrame) -> Publishable:
    """The same table with columns put in place or added, checked by the gate anew."""
    table = gated.table.assign(**{str(name): columns[name] for name in columns})
    figures = tuple(dict.fromkeys((*gated.figures, *map(str, columns))))
    return Publishable(table, gated.audience, gated.level, gated.rule, figures, gated.totals)


def years_of(span: Span) -> float:
    """Length of a period in years; whole months are twelfths, whatever their days.

    Examples
    --------
    >>> years_of(Span(date(2025, 1, 1), date(2025, 12, 31)))
    1.0
    """
    months = whole_months(span)
    return months / 12 if months else span.days / _DAYS_OF_YEAR


def _risk_limit(world: World, frame: View, years: tuple[int, int]) -> Limit:
    """The municipality's rate in the reference years, of the same offences in its districts."""
    whole = [
        year
        for year in range(years[0], years[1] + 1)
        if years[0]
        and loaded_world.covers(
            world, frame.choice.basis, Span(date(year, 1, 1), date(year, 12, 31))
        )
    ]
    if whole:
        span = Span(date(whole[0], 1, 1), date(whole[-1], 12, 31))
        value = _rate(world, frame, span)
        return Limit(value, whole[0], whole[-1])
    shown = frame.span
    value = _rate(world, frame, shown)
    return Limit(value, shown.start.year, shown.end.year, is_substitute=True)


def _rate(world: World, frame: View, span: Span) -> float:
    basis: DateBasis = frame.choice.basis
    inside, _ = indicators.in_period(world.cube, span.start, span.end, basis)
    offences = views.select(world, frame).offences & inside
    counts = indicators.count_by_area(world.cube, offences, AreaLevel.DISTRICT)
    people, _ = world.population[AreaLevel.DISTRICT]
    inhabitants = people.reindex(counts.index)
    known = inhabitants.notna()
    total, exposure = counts[known].sum(), inhabitants[known].sum() * years_of(span)
    if total < frame.rule.threshold or not exposure:
        return float(np.nan)
    return float(1000 * total / exposure)


def _answers_told(gated: Publishable, one: Round) -> int | None:
    """Answers in the municipality; in public only where the gate lets the districts' sum out."""
    is_public = gated.audience is Audience.PUBLIC
    return None if is_public and np.isnan(gated.totals["answers"]) else one.answers


def _facts(world: World, frame: View, gated: Publishable) -> Facts:
    whole = not np.isnan(gated.totals["count"])
    unplaced = world.cube.area_row[AreaLevel.DISTRICT] < 0
    _, year = world.population[AreaLevel.DISTRICT]
    chosen = views.select(world, frame)
    told = views.facts(world, frame, chosen, unplaced if whole else None, year)
    # Nothing is compared with another period here.
    return replace(told, previous_start=None, previous_end=None)
