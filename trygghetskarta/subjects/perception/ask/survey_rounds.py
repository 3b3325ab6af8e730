"""Rounds of the safety survey: which there are, what each tells of a question, and the limit."""

import numpy as np
import pandas as pd

from trygghetskarta.analysis.disclosure import as_publishable
from trygghetskarta.analysis.shares import hidden_shares, is_small
from trygghetskarta.analysis.show_rules import PUBLIC_SHARES
from trygghetskarta.analysis.survey import (
    FEWEST_ANSWERS,
    SELF_SELECTED,
    series_segments,
    share_interval,
)
from trygghetskarta.intake.perception_rules import normal
from trygghetskarta.sources.publishers.survey import EVERYBODY
from trygghetskarta.subjects.perception.ask.perception_facts import Limit, Round
from trygghetskarta.terms.areas import AreaLevel
from trygghetskarta.terms.audience import Audience, CellStatus, ShowRule
from trygghetskarta.terms.perception import SamplingMethod, SurveyQuestion

_ROUND = ["year", "survey"]
_FIGURES = ["share", "share_lower", "share_upper"]


def asked(survey: pd.DataFrame, question: SurveyQuestion) -> pd.DataFrame:
    """Everybody's shares of a question, turned so that they count the unsafe.

    Parameters
    ----------
    survey
        Contract ``SURVEY``.
    question
        The question.

    Returns
    -------
    DataFrame
        Rows of ``survey`` with ``share``, ``share_lower``, ``share_upper`` (0 to 1): the
        publisher's own limits, else Wilson's on the effective number of answers, or on their plain
        number where none is told; none for self-selected answers. ``untold``: whether the public
        is not told it, see :func:`untold`.
    """
    texts = survey["question"].map(normal)
    chosen = survey[(texts == normal(question.text)) & survey["group"].str.casefold().eq(EVERYBODY)]
    number = chosen["n_effective"].fillna(chosen["answers"].astype(float))
    limits = share_interval(chosen["share"], number)
    own = chosen["lower"].notna() & chosen["upper"].notna()
    given = chosen[["lower", "upper"]].where(own, limits)
    given = given.mask(chosen["sampling_method"].isin(SELF_SELECTED))
    lower, upper, share = given["lower"], given["upper"], chosen["share"]
    if question.counts_safe:
        lower, upper, share = 1 - upper, 1 - lower, 1 - share
    return chosen.drop(columns=["lower", "upper"]).assign(
        share=share,
        share_lower=lower,
        share_upper=upper,
        untold=untold(survey).reindex(chosen.index, fill_value=False),
    )


def untold(survey: pd.DataFrame) -> pd.Series:
    """Tell which of everybody's shares the public is not told: too few stand behind them.

    Parameters
    ----------
    survey
        Contract ``SURVEY``; all its questions, because alternatives of one tell each other.

    Returns
    -------
    Series
        Boolean, by the rows of ``survey`` that are everybody's.
    """
    of_all = survey[survey["group"].str.casefold().eq(EVERYBODY)]
    few = of_all["answers"] < FEWEST_ANSWERS
    found = few | is_small(of_all["share"], of_all["answers"], PUBLIC_SHARES)
    for _, rows in of_all.groupby([*_ROUND, "area_level"], sort=True):
        if rows["area_level"].iloc[0] == AreaLevel.MUNICIPALITY:
            continue
        cells = rows.set_index(["area_code", rows["question"].map(normal)])
        hidden = hidden_shares(
            cells["share"].unstack().astype("float64"),
            cells["answers"].unstack().astype("float64"),
            PUBLIC_SHARES,
        ).stack()
        found[rows.index] = hidden.reindex(cells.index).to_numpy(dtype=bool)
    return found


def rounds_of(shares: pd.DataFrame) -> list[Round]:
    """The rounds that asked a question, newest first; of one year, the largest sample first.

    Parameters
    ----------
    shares
        As :func:`asked` gives them.
    """
    found = []
    for (year, survey), rows in shares.groupby(_ROUND, sort=True):
        whole = _municipality(rows)
        method = SamplingMethod(rows["sampling_method"].iloc[0])
        answers = int(whole["answers"])
        found.append(Round(int(year), str(survey), method, answers, str(rows["source"].iloc[0])))
    return sorted(found, key=lambda one: (-one.year, one.is_self_selected, -one.answers))


def choose_round(rounds: list[Round], year: int) -> Round | None:
    """The round of a year; the newest that people did not choose themselves when 0 or unknown."""
    of_year = [one for one in rounds if one.year == year]
    sampled = [one for one in rounds if not one.is_self_selected]
    return next(iter((*of_year, *sampled, *rounds)), None)


def by_district(shares: pd.DataFrame, one: Round) -> pd.DataFrame:
    """What a round tells of each district: index area_code, ``answers`` and the three figures.

    ``untold`` as in :func:`asked`.
    """
    rows = _of_round(shares, one)
    rows = rows[rows["area_level"] == AreaLevel.DISTRICT]
    return rows.set_index("area_code")[["answers", *_FIGURES, "untold"]]


def limit_of(
    shares: pd.DataFrame, question: SurveyQuestion, shown: Round, audience: Audience
) -> Limit:
    """The limit of a question: given, or the municipality's share in its reference year.

    Missing for the public where too few stand behind that share.
    """
    if not np.isnan(question.limit):
        return Limit(question.limit, source=question.limit_source)
    sampled = [one for one in rounds_of(shares) if not one.is_self_selected]
    reference = [one for one in sampled if one.year == question.reference_year]
    one = reference[0] if reference else shown
    whole = _municipality(_of_round(shares, one))
    is_told = audience is Audience.INTERNAL or not whole["untold"]
    share = float(whole["share"]) if is_told else float("nan")
    return Limit(share, one.year, one.year, is_substitute=not reference)


def series(
    shares: pd.DataFrame, district: str, audience: Audience, codes: pd.Index
) -> pd.DataFrame:
    """A question through the years, with the stretches that may be compared.

    Parameters
    ----------
    shares
        As :func:`asked` gives them.
    district
        District code; empty for the whole municipality.
    audience
        Who will see it: each round passes the gate by itself.
    codes
        Every district.

    Returns
    -------
    DataFrame
        One row per round, oldest first: ``year``, ``survey``, ``sampling_method``, ``answers``,
        the three figures, ``status`` (``CellStatus``) and ``segment``
        (:func:`trygghetskarta.analysis.survey.series_segments`).
    """
    rows = []
    for one in reversed(rounds_of(shares)):
        part = _of_round(shares, one)
        told = _gated(part, district, audience, codes)
        about = part.iloc[0][["year", "survey", "sampling_method", "method_key"]]
        rows.append({**about.to_dict(), **told})
    names = ["year", "survey", "sampling_method", "method_key", "answers", *_FIGURES, "status"]
    table = pd.DataFrame(rows, columns=names)
    return table.assign(segment=series_segments(table))


def _gated(part: pd.DataFrame, district: str, audience: Audience, codes: pd.Index) -> dict:
    """A round's figures of one district, or of the whole municipality, after the gate."""
    if district:
        rows = part[part["area_level"] == AreaLevel.DISTRICT].set_index("area_code")
        rows = rows.reindex(codes)
    else:
        rows = _municipality(part).to_frame().T.set_index("area_code")
    figures = rows[["answers", *_FIGURES]].astype(float).rename(columns={"answers": "count"})
    gated = as_publishable(
        figures,
        level=AreaLevel.DISTRICT,
        audience=audience,
        rule=ShowRule(AreaLevel.DISTRICT, FEWEST_ANSWERS),
        shows_total=bool(district) and audience is Audience.PUBLIC,
    ).table
    row = gated.loc[district] if district else gated.iloc[0]
    told = row.rename({"count": "answers"}).to_dict()
    few = rows["untold"].eq(True)
    is_untold = few.loc[district] if district else few.iloc[0]
    if audience is Audience.PUBLIC and is_untold and told["status"] == CellStatus.SHOWN:
        told |= {name: np.nan for name in ("answers", *_FIGURES)} | {"status": CellStatus.HIDDEN}
    if told["status"] == CellStatus.SHOWN and np.isnan(told["share"]):
        told["status"] = CellStatus.MISSING
    return told


def _of_round(shares: pd.DataFrame, one: Round) -> pd.DataFrame:
    return shares[(shares["year"] == one.year) & (shares["survey"] == one.survey)]


def _municipality(rows: pd.DataFrame) -> pd.Series:
    """The municipality's own row; else its districts' together, weighted as their answers were."""
    whole = rows[rows["area_level"] == AreaLevel.MUNICIPALITY]
    if len(whole):
        return whole.iloc[0]
    parts = rows[rows["area_level"] == AreaLevel.DISTRICT]
    told = parts[parts["share"].notna()]
    weight = told["weight_sum"].fillna(told["answers"].astype(float))
    share = (told["share"] * weight).sum() / weight.sum() if weight.sum() else np.nan
    answers = int(parts["answers"].sum())
    few = is_small(pd.Series([share]), pd.Series([answers]), PUBLIC_SHARES).iloc[0]
    row = {"area_code": "", "answers": answers, "share": share, "untold": bool(few)}
    limits = share_interval(pd.Series([share]), pd.Series([float(answers)])).iloc[0]
    if rows["sampling_method"].isin(SELF_SELECTED).any():
        limits[:] = np.nan
    return pd.Series({**row, "share_lower": limits["lower"], "share_upper": limits["upper"]})
