"""An action's effect in words, figures and tables, for page and paper alike."""

import math
from dataclasses import dataclass

from trygghetskarta import formats
from trygghetskarta.draw.table.listing import (
    ListCell,
    Listing,
    change,
    headed,
    listing,
    number,
    plain,
    text,
)
from trygghetskarta.subjects.actions.ask.effect_facts import DROP, PLACES, Assessment
from trygghetskarta.terms.actions import EffectVerdict, NoQuotient
from trygghetskarta.words import command_words, effect_words

_ASKED = 12
"""Months that the question *what could be shown?* is answered for before an action begins."""


@dataclass(frozen=True)
class EffectShown:
    """An effect, ready to be read.

    Attributes
    ----------
    refusal
        Why there is none; empty otherwise, and the rest is empty when it is not.
    verdict
        The fixed words; empty before the action has begun.
    figures
        Label, value and what it rests on.
    said
        What is found, and what would help.
    caveats
        What must follow it everywhere.
    counts, candidates
        The figures behind, and the districts that were to choose from.
    method
        How it is counted.
    """

    refusal: str
    verdict: str = ""
    figures: tuple[tuple[str, str, str], ...] = ()
    said: tuple[str, ...] = ()
    caveats: tuple[str, ...] = ()
    counts: Listing | None = None
    candidates: Listing | None = None
    method: tuple[str, ...] = ()


def compose_effect(told: Assessment) -> EffectShown:
    """Write an assessment.

    Parameters
    ----------
    told
        What was found.
    """
    theme = told.theme.caveats if told.theme else ()
    if told.refusal is not None:
        return EffectShown(effect_words.EFFECT_REFUSALS[told.refusal], caveats=tuple(theme))
    begun = told.months > 0
    return EffectShown(
        refusal="",
        verdict=effect_words.EFFECT_VERDICTS[told.verdict] if begun else "",
        figures=_figures(told) if begun else (_detectable_card(told),),
        said=_said(told),
        caveats=(*_caveats(told), *theme),
        counts=_counts(told),
        candidates=_candidates(told),
        method=_method(told),
    )


def _figures(told: Assessment) -> tuple[tuple[str, str, str], ...]:
    effect, treated = told.effect, told.counts.loc["treated"]
    percent = "" if math.isnan(told.percent) else effect_words.effect_percent(told.percent)
    return (
        (effect_words.FIGURE_VERDICT, effect_words.EFFECT_VERDICTS[told.verdict], percent),
        (
            effect_words.FIGURE_DIFFERENCE,
            formats.signed(effect.estimate),
            effect_words.offences_interval(effect.lower, effect.upper),
        ),
        (
            effect_words.FIGURE_COUNTS,
            effect_words.counts_told(treated["before"], treated["after"]),
            effect_words.effect_months(told.months),
        ),
        _detectable_card(told),
    )


def _detectable_card(told: Assessment) -> tuple[str, str, str]:
    percent = told.detectable
    value = effect_words.CANNOT_SHOW if percent > 100 else f"{formats.number(percent)}\u00a0%"
    return (
        effect_words.FIGURE_DETECTABLE,
        value,
        effect_words.effect_months(told.months or _ASKED),
    )


def _said(told: Assessment) -> tuple[str, ...]:
    lines = []
    if told.months:
        effect, total = told.effect, told.total
        lines.append(effect_words.effect_difference(effect.estimate, effect.lower, effect.upper))
        lines.append(effect_words.SPREADS[told.spread])
        lines.append(effect_words.effect_total(total.estimate, total.lower, total.upper))
        quotient = told.quotient
        if isinstance(quotient, NoQuotient):
            lines.append(effect_words.QUOTIENT_REASONS[quotient])
        else:
            lines.append(effect_words.effect_quotient(quotient))
    else:
        lines.append(effect_words.NOT_BEGUN)
    if not told.months or told.verdict is EffectVerdict.NOT_ASSESSABLE:
        lines.append(effect_words.detectable(told.detectable, told.months or _ASKED))
        lines.append(effect_words.what_would_help(DROP, told.needed, told.needed_all))
    return tuple(lines)


def _caveats(told: Assessment) -> tuple[str, ...]:
    follows = {
        True: effect_words.FOLLOWED,
        False: effect_words.NOT_FOLLOWED,
        None: effect_words.FOLLOWED_UNKNOWN,
    }
    site = told.site
    chosen = effect_words.CONTROLS_PROPOSED
    if site.by_hand:
        chosen = effect_words.CONTROLS_LATE if site.late else effect_words.CONTROLS_BY_HAND
    return tuple(
        line
        for line, holds in (
            (effect_words.UNDERREPORTING, told.listed),
            (follows[told.follows], True),
            (chosen, True),
            (effect_words.REGRESSION, True),
            (effect_words.REGRESSION_RISEN, told.risen),
            (effect_words.EFFECT_CAUSE, told.months > 0),
            (effect_words.NARROWED, site.narrowed),
            (effect_words.effect_preliminary(told.preliminary), told.preliminary > 0),
        )
        if holds
    )


def _method(told: Assessment) -> tuple[str, ...]:
    site = told.site
    place = effect_words.effect_place(site.names, site.ring, site.control)
    if told.after is None:
        return (place, effect_words.EFFECT_METHOD)
    periods = effect_words.effect_periods(
        told.months, (told.before.start, told.before.end), (told.after.start, told.after.end)
    )
    return (periods, place, effect_words.EFFECT_METHOD)


_COUNTS = headed(
    effect_words.EFFECT_COLUMNS,
    text("place", lambda row: effect_words.EFFECT_COUNTS[row.Index]),
    number("before"),
    number("after"),
    number("scaled_before", lambda row: row.before / row.weight, 1),
    number("scaled_after", lambda row: row.after / row.weight, 1),
)
_CHOSEN, _OTHER = ListCell(command_words.YES, "0"), ListCell("", "1")
_CANDIDATES = headed(
    effect_words.CANDIDATE_COLUMNS,
    text("name", lambda row: str(row.name)),
    number("level", decimals=1),
    change("change"),
    plain("chosen", lambda row: _CHOSEN if row.chosen else _OTHER),
)


def _counts(told: Assessment) -> Listing:
    begun = [one for one in _COUNTS if told.months or "after" not in one.key]
    return listing(begun, told.counts.loc[list(PLACES)].itertuples())


def _candidates(told: Assessment) -> Listing:
    return listing(_CANDIDATES, told.site.candidates.itertuples())
