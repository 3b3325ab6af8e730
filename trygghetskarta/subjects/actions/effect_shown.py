"""A measure's effect in words, figures and tables, for page and paper alike."""

import math
from dataclasses import dataclass

from trygghetskarta import formats
from trygghetskarta.draw.table.listing import Listing, listing
from trygghetskarta.subjects.actions.effect_facts import DROP, PLACES, Assessment
from trygghetskarta.terms import EffectVerdict, NoQuotient
from trygghetskarta.words import texts

_ASKED = 12
"""Months that the question *what could be shown?* is answered for before a measure begins."""


@dataclass(frozen=True)
class EffectShown:
    """An effect, ready to be read.

    Attributes
    ----------
    refusal
        Why there is none; empty otherwise, and the rest is empty when it is not.
    verdict
        The fixed words; empty before the measure has begun.
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
        return EffectShown(texts.EFFECT_REFUSALS[told.refusal], caveats=tuple(theme))
    begun = told.months > 0
    return EffectShown(
        refusal="",
        verdict=texts.EFFECT_VERDICTS[told.verdict] if begun else "",
        figures=_figures(told) if begun else (_detectable_card(told),),
        said=_said(told),
        caveats=(*_caveats(told), *theme),
        counts=_counts(told),
        candidates=_candidates(told),
        method=_method(told),
    )


def _figures(told: Assessment) -> tuple[tuple[str, str, str], ...]:
    effect, treated = told.effect, told.counts.loc["treated"]
    percent = "" if math.isnan(told.percent) else texts.effect_percent(told.percent)
    return (
        (texts.FIGURE_VERDICT, texts.EFFECT_VERDICTS[told.verdict], percent),
        (
            texts.FIGURE_DIFFERENCE,
            formats.signed(effect.estimate),
            texts.offences_interval(effect.lower, effect.upper),
        ),
        (
            texts.FIGURE_COUNTS,
            texts.counts_told(treated["before"], treated["after"]),
            texts.effect_months(told.months),
        ),
        _detectable_card(told),
    )


def _detectable_card(told: Assessment) -> tuple[str, str, str]:
    percent = told.detectable
    value = texts.CANNOT_SHOW if percent > 100 else f"{formats.number(percent)}\u00a0%"
    return (texts.FIGURE_DETECTABLE, value, texts.effect_months(told.months or _ASKED))


def _said(told: Assessment) -> tuple[str, ...]:
    lines = []
    if told.months:
        effect, total = told.effect, told.total
        lines.append(texts.effect_difference(effect.estimate, effect.lower, effect.upper))
        lines.append(texts.SPREADS[told.spread])
        lines.append(texts.effect_total(total.estimate, total.lower, total.upper))
        quotient = told.quotient
        if isinstance(quotient, NoQuotient):
            lines.append(texts.QUOTIENT_REASONS[quotient])
        else:
            lines.append(texts.effect_quotient(quotient))
    else:
        lines.append(texts.NOT_BEGUN)
    if not told.months or told.verdict is EffectVerdict.NOT_ASSESSABLE:
        lines.append(texts.detectable(told.detectable, told.months or _ASKED))
        lines.append(texts.what_would_help(DROP, told.needed, told.needed_all))
    return tuple(lines)


def _caveats(told: Assessment) -> tuple[str, ...]:
    follows = {
        True: texts.FOLLOWED,
        False: texts.NOT_FOLLOWED,
        None: texts.FOLLOWED_UNKNOWN,
    }
    site = told.site
    chosen = texts.CONTROLS_PROPOSED
    if site.by_hand:
        chosen = texts.CONTROLS_LATE if site.late else texts.CONTROLS_BY_HAND
    return tuple(
        line
        for line, holds in (
            (texts.UNDERREPORTING, told.listed),
            (follows[told.follows], True),
            (chosen, True),
            (texts.REGRESSION, True),
            (texts.REGRESSION_RISEN, told.risen),
            (texts.EFFECT_CAUSE, told.months > 0),
            (texts.NARROWED, site.narrowed),
            (texts.effect_preliminary(told.preliminary), told.preliminary > 0),
        )
        if holds
    )


def _method(told: Assessment) -> tuple[str, ...]:
    site = told.site
    place = texts.effect_place(site.names, site.ring, site.control)
    if told.after is None:
        return (place, texts.EFFECT_METHOD)
    periods = texts.effect_periods(
        told.months, (told.before.start, told.before.end), (told.after.start, told.after.end)
    )
    return (periods, place, texts.EFFECT_METHOD)


def _counts(told: Assessment) -> Listing:
    heads = dict(texts.EFFECT_COLUMNS)
    if not told.months:
        heads = {name: heads[name] for name in ("place", "before", "scaled_before")}
    rows = []
    for place in PLACES:
        row = told.counts.loc[place]
        values = {
            "before": (row["before"], 0),
            "after": (row["after"], 0),
            "scaled_before": (row["before"] / row["weight"], 1),
            "scaled_after": (row["after"] / row["weight"], 1),
        }
        name = texts.EFFECT_COUNTS[place]
        cells = [
            (formats.number(value, decimals), float(value))
            for key, (value, decimals) in values.items()
            if key in heads
        ]
        rows.append([(name, name), *cells])
    return listing(list(heads.values()), [name != "place" for name in heads], rows)


def _candidates(told: Assessment) -> Listing:
    rows = [
        (
            (str(row.name_), str(row.name_)),
            (formats.number(row.level, 1), float(row.level)),
            (_percent(row.change), None if math.isnan(row.change) else float(row.change)),
            (texts.YES if row.chosen else "", "0" if row.chosen else "1"),
        )
        for row in told.site.candidates.rename(columns={"name": "name_"}).itertuples()
    ]
    heads = texts.CANDIDATE_COLUMNS
    return listing(list(heads.values()), [name in ("level", "change") for name in heads], rows)


def _percent(value: float) -> str:
    return formats.NO_VALUE if math.isnan(value) else f"{formats.signed(value)}\u00a0%"
