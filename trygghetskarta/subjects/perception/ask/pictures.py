"""Three pictures of each district: the police's, the city's and the citizens', side by side."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from trygghetskarta.analysis import quadrants
from trygghetskarta.analysis.disclosure import Publishable, as_publishable
from trygghetskarta.analysis.rates import incidence_rate
from trygghetskarta.analysis.show_rules import DEFAULT_RULES
from trygghetskarta.gate.periods import Span
from trygghetskarta.sources.fields.spelling import fold
from trygghetskarta.terms.areas import AreaLevel
from trygghetskarta.terms.audience import Audience, CellStatus
from trygghetskarta.terms.municipality import Theme
from trygghetskarta.terms.perception import Perspective
from trygghetskarta.terms.walks import ObservationCategory


@dataclass(frozen=True, eq=False)
class Pictures:
    """What each picture shows of each district, and whose voice is missing.

    Attributes
    ----------
    findings
        Gated: ``count`` of findings, ``population``, ``crude_rate``, ``crude_lower``,
        ``crude_upper`` per 1 000 inhabitants in the period.
    categories
        The most common kinds of finding of each district, by area_code: ``ObservationCategory``
        values, most first; empty where they may not be told.
    voices
        Index area_code: ``answers`` and ``answers_per_1000`` (missing where not told), ``status``
        of the answers, and ``quiet_answers``, ``quiet_findings``: whether fewer have been heard
        than chance would give.
    sides
        Columns :class:`Perspective`: on which side of the municipality's limit each one lies.
    alone
        The only picture that lies above, where only one does.
    city_limit
        The municipality's findings per 1 000 inhabitants.
    """

    findings: Publishable
    categories: pd.Series
    voices: pd.DataFrame
    sides: pd.DataFrame
    alone: pd.Series
    city_limit: float


def findings_of(
    findings: pd.DataFrame, span: Span, theme: Theme | None, codes: pd.Index
) -> pd.DataFrame:
    """Findings of a period in the districts: no safe places, none that another speaks for.

    A theme that names categories of observations keeps only those.
    """
    days = findings["day"].dt.date
    inside = findings["day"].notna() & (days >= span.start) & (days <= span.end)
    kept = findings[
        inside
        & (findings["category"] != ObservationCategory.SAFE)
        & findings["merged_into"].isna()
        & findings["district_code"].isin(codes)
    ]
    if theme is None or not theme.observation_categories:
        return kept
    wanted = {fold(name) for name in theme.observation_categories}
    return kept[kept["category"].map(fold).isin(wanted)]


def draw(
    gated: Publishable,
    sides: pd.DataFrame,
    findings: pd.DataFrame,
    answers: pd.Series,
    audience: Audience,
) -> Pictures:
    """Set the three pictures beside each other.

    Parameters
    ----------
    gated
        The districts' risk and survey, after the gate.
    sides
        ``risk`` and ``unsafe`` as :func:`trygghetskarta.analysis.quadrants.side_of_limit`.
    findings
        As :func:`findings_of` gives them.
    answers
        Answers to the survey by district, before the gate; only the house sees a small number.
    audience
        Who will see it.
    """
    people = gated.table["population"].astype(float)
    counts = findings["district_code"].value_counts().reindex(people.index).fillna(0).astype(float)
    rates = incidence_rate(counts, people).add_prefix("crude_")
    table = pd.DataFrame({"count": counts, "population": people}).join(rates)
    rule = DEFAULT_RULES[audience]
    seen = as_publishable(table, level=AreaLevel.DISTRICT, audience=audience, rule=rule)
    limit = 1000 * counts.sum() / people.sum() if people.sum() else np.nan
    limit = limit if counts.sum() else np.nan
    if audience is Audience.PUBLIC and np.isnan(seen.totals["count"]):
        limit = np.nan
    city = quadrants.side_of_limit(seen.table["crude_lower"], seen.table["crude_upper"], limit)
    three = pd.DataFrame(
        {
            Perspective.POLICE: sides["risk"],
            Perspective.CITY: city,
            Perspective.CITIZENS: sides["unsafe"],
        }
    )
    return Pictures(
        findings=seen,
        categories=_categories(findings, seen, audience),
        voices=_voices(gated, answers, seen, audience),
        sides=three,
        alone=quadrants.seen_by(three),
        city_limit=float(limit),
    )


def _categories(findings: pd.DataFrame, seen: Publishable, audience: Audience) -> pd.Series:
    """The three most common categories; none in public, where a kind is smaller than the whole."""
    if audience is Audience.PUBLIC:
        return pd.Series([()] * len(seen.table), index=seen.table.index, dtype=object)
    by_code = findings.groupby("district_code")["category"]
    common = {code: tuple(part.value_counts().index[:3]) for code, part in by_code}
    return pd.Series([common.get(code, ()) for code in seen.table.index], index=seen.table.index)


def _voices(
    gated: Publishable, answers: pd.Series, seen: Publishable, audience: Audience
) -> pd.DataFrame:
    people = gated.table["population"].astype(float)
    told, status = gated.table["answers"], gated.table["status_answers"]
    if audience is Audience.INTERNAL:
        told = answers.reindex(people.index).astype(float)
        status = told.notna().map({True: CellStatus.SHOWN, False: CellStatus.MISSING})
    return pd.DataFrame(
        {
            "answers": told,
            "answers_per_1000": 1000 * told / people.where(people > 0),
            "status": status,
            "quiet_answers": quadrants.is_quiet(told, people),
            "quiet_findings": quadrants.is_quiet(seen.table["count"], people),
        }
    )
