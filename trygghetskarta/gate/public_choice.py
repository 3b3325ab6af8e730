"""One geography and calendar periods: any choice moved to the nearest one the public may see."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from trygghetskarta.analysis.show_rules import rule_for
from trygghetskarta.errors import AnalysisCause, AnalysisError, DisclosureCause, DisclosureError
from trygghetskarta.gate.choice import Choice, PeriodKind
from trygghetskarta.gate.loaded_world import World, covers, labels_on
from trygghetskarta.gate.periods import Span, resolve
from trygghetskarta.terms.areas import AreaLevel
from trygghetskarta.terms.audience import Audience, ShowRule
from trygghetskarta.terms.maps import Comparison
from trygghetskarta.terms.municipality import Theme
from trygghetskarta.terms.offences import OFFENCE_TYPES
from trygghetskarta.terms.times import DateBasis

_MONTHS = (3, 4, 12)
"""Lengths of quarters, tertials (*tertial*, a third of a year) and years."""


@dataclass(frozen=True)
class PublicChoice:
    """A choice as the public may see it.

    Attributes
    ----------
    choice
        Districts or the whole municipality; own periods that are calendar periods; one theme, one
        offence type or all offences; by date of registration. Nothing else is left of what was
        asked, so that equal tables are equal choices.
    rule
        What the public may see of it.
    theme
        The theme that was asked for and whose caveats hold, although ``choice`` may not name it.
    """

    choice: Choice
    rule: ShowRule
    theme: Theme | None


def public_choice(world: World, asked: Choice) -> PublicChoice:
    """Move a choice to the nearest one that may be shown to the public.

    The periods are whole calendar years, and quarters and tertials where the rule allows figures
    by time; only those that the data cover are taken. Several offence types chosen by hand become
    the theme that consists of them, or all offences.

    Raises
    ------
    DisclosureError
        ``NO_WHOLE_PERIOD`` (first, last: the days of the data) when the data cover no such period.
    AnalysisError
        If there is no data, or no area is on the police list that a theme is about.
    """
    plan = world.plan(asked.plan_year)
    theme = next((theme for theme in plan.themes if theme.key == asked.theme), None)
    key, types = _offences(asked, theme, plan.themes)
    is_label = theme is not None and theme.classified_areas
    followed = None if is_label else next((t for t in plan.themes if t.key == key), None)
    rule = rule_for(plan.themes, followed, types, Audience.PUBLIC)
    coarse = AreaLevel.MUNICIPALITY in (asked.level, rule.finest) or rule.finest is None
    level = AreaLevel.MUNICIPALITY if coarse else AreaLevel.DISTRICT
    basis = DateBasis.REPORTED
    span, compared = _periods(world, asked, rule, basis)
    choice = Choice(
        theme="" if is_label else key,
        districts=_districts(world, asked, theme, span) if level is AreaLevel.DISTRICT else (),
        types=types,
        period=PeriodKind.OWN,
        start=span.start,
        end=span.end,
        comparison=Comparison.OWN,
        compare_start=compared.start,
        compare_end=compared.end,
        measure=asked.measure,
        level=level,
        basis=basis,
        plan_year=asked.plan_year,
    )
    return PublicChoice(choice, rule, theme)


def public_years(world: World) -> tuple[int, ...]:
    """The calendar years that may be shown to the public: the data cover all of each."""
    return tuple(span.start.year for span in _covered(world, 12, DateBasis.REPORTED))


def longer(world: World, choice: Choice) -> Iterator[Choice]:
    """A public choice with longer and longer periods of whole years, the nearest first."""
    spans = _covered(world, 12, choice.basis)
    asked = resolve(choice, *world.days(choice.basis))[0]
    years = [span for span in spans if span.end >= asked.start and span.start <= asked.end]
    for length in range(len(years) + 1, len(spans) + 1):
        for at in range(len(spans) - length, -1, -1):
            first, last = spans[at], spans[at + length - 1]
            if first.start <= asked.start and asked.end <= last.end:
                yield _with_periods(choice, Span(first.start, last.end))


def _with_periods(choice: Choice, span: Span) -> Choice:
    compared = _before(span)
    return Choice(
        theme=choice.theme,
        districts=choice.districts,
        types=choice.types,
        period=PeriodKind.OWN,
        start=span.start,
        end=span.end,
        comparison=Comparison.OWN,
        compare_start=compared.start,
        compare_end=compared.end,
        measure=choice.measure,
        level=choice.level,
        plan_year=choice.plan_year,
    )


def _offences(
    asked: Choice, theme: Theme | None, themes: tuple[Theme, ...]
) -> tuple[str, tuple[str, ...]]:
    """Key of the theme and the offence types: a whole theme, one type, or everything."""
    if theme is not None:
        return theme.key, ()
    types = tuple(name for name in OFFENCE_TYPES if name in asked.types)
    if len(types) in (0, 1):
        return "", types
    same = [t.key for t in themes if set(t.offence_types) == set(types) and not t.offence_codes]
    return (same[0] if same else ""), ()


def _districts(world: World, asked: Choice, theme: Theme | None, span: Span) -> tuple[str, ...]:
    """Districts that are kept; those of a theme that is about the police list go by their names."""
    known = set(world.areas[AreaLevel.DISTRICT].index)
    chosen = set(world.of_today(asked.districts)) & known
    if theme is not None and theme.classified_areas:
        listed = set(labels_on(world.classifications, span.end)) & known
        if not listed:
            raise AnalysisError(AnalysisCause.NO_CLASSIFIED_AREA, day=span.end)
        chosen = chosen & listed or listed
    return tuple(sorted(chosen))


def _periods(world: World, asked: Choice, rule: ShowRule, basis: DateBasis) -> tuple[Span, Span]:
    wanted, compared = resolve(asked, *world.days(asked.basis))
    span = _nearest(world, wanted, rule, basis)
    if asked.comparison is not Comparison.OWN:
        # A quarter is compared with the same one a year earlier, years with those before them.
        shorter = span.days < 360 and asked.comparison is Comparison.LAST_YEAR
        return span, _year_earlier(span) if shorter else _before(span)
    same_length = [one for one in _calendar(world, rule, basis, _month_count(span)) if one != span]
    if not same_length:
        return span, _before(span)
    return span, max(same_length, key=lambda one: (_overlap(one, compared), one.end < span.start))


def _nearest(world: World, wanted: Span, rule: ShowRule, basis: DateBasis) -> Span:
    """The calendar period whose ends lie nearest to those wanted, the latest among equals."""
    longest = max(12, 12 * round(wanted.days / 365.25))
    lengths = [length for length in (*_MONTHS, *range(24, longest + 1, 12)) if length <= longest]
    allowed = [one for length in lengths for one in _calendar(world, rule, basis, length)]
    if not allowed:
        first, last = world.days(basis)
        raise DisclosureError(DisclosureCause.NO_WHOLE_PERIOD, first=first, last=last)

    return min(allowed, key=lambda one: (_apart(one, wanted), -one.end.toordinal()))


def _apart(one: Span, wanted: Span) -> int:
    """Days that both ends would have to be moved."""
    return abs((one.start - wanted.start).days) + abs((one.end - wanted.end).days)


def _calendar(world: World, rule: ShowRule, basis: DateBasis, months: int) -> list[Span]:
    """Calendar periods of a length that the rule allows and the data cover, oldest first."""
    if months % 12 and not (rule.by_time and months in _MONTHS):
        return []
    if months < 12:
        return _covered(world, months, basis)
    years, count = _covered(world, 12, basis), months // 12
    return [
        Span(years[at].start, years[at + count - 1].end) for at in range(len(years) - count + 1)
    ]


def _covered(world: World, months: int, basis: DateBasis) -> list[Span]:
    first, last = world.days(basis)
    spans = [
        Span(date(year, month, 1), _end(year, month, months))
        for year in range(first.year, last.year + 1)
        for month in range(1, 13, months)
    ]
    return [span for span in spans if covers(world, basis, span)]


def _end(year: int, month: int, months: int) -> date:
    after = month + months
    return date(year + (after - 1) // 12, (after - 1) % 12 + 1, 1) - timedelta(days=1)


def _month_count(span: Span) -> int:
    after = span.end + timedelta(days=1)
    return (after.year - span.start.year) * 12 + after.month - span.start.month


def _before(span: Span) -> Span:
    """The calendar period of the same length just before."""
    months = _month_count(span)
    ordinal = span.start.year * 12 + span.start.month - 1 - months
    start = date(ordinal // 12, ordinal % 12 + 1, 1)
    return Span(start, span.start - timedelta(days=1))


def _year_earlier(span: Span) -> Span:
    start = span.start.replace(year=span.start.year - 1)
    return Span(start, _end(start.year, start.month, _month_count(span)))


def _overlap(one: Span, other: Span) -> int:
    return max(0, (min(one.end, other.end) - max(one.start, other.start)).days + 1)
