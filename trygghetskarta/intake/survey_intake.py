"""From single answers to shares: what is stored of a survey, and that no respondent is."""

from collections.abc import Mapping

import pandas as pd

from trygghetskarta import tables
from trygghetskarta.analysis.survey import SELF_SELECTED, weighted_share
from trygghetskarta.errors import Fault
from trygghetskarta.intake.perception_rules import normal
from trygghetskarta.sources.publishers.survey import EVERYBODY
from trygghetskarta.store.write_quarantine import QuarantinedRow
from trygghetskarta.tables import SURVEY
from trygghetskarta.terms.areas import AreaLevel
from trygghetskarta.terms.perception import Dimension, SurveyQuestion

_ROUND = ["survey", "year", "question", "sampling_method", "method_key", "source"]
_PLACE = ["area_level", "area_code"]


def summarise(
    answers: pd.DataFrame, questions: tuple[SurveyQuestion, ...], municipality: str
) -> pd.DataFrame:
    """Sum answers to shares: per area, and for the whole municipality per group.

    Parameters
    ----------
    answers
        Contract ``SURVEY_ANSWERS``.
    questions
        Those that are known; their dimension is taken over, others are about perceived safety.
    municipality
        Its code.

    Returns
    -------
    DataFrame
        Contract ``SURVEY``. Fewer than ``FEWEST_ANSWERS`` answers leave no share, only their
        number: a share of few answers would tell what somebody answered.
    """
    whole = {"area_level": AreaLevel.MUNICIPALITY.value, "area_code": municipality}
    everybody = answers.assign(group=EVERYBODY)
    by_area = everybody[everybody["area_level"] != AreaLevel.MUNICIPALITY]
    parts = [by_area, everybody.assign(**whole)]
    parts += [answers[answers["group"].str.casefold() != EVERYBODY].assign(**whole)]
    # An empty part would take the types of the columns away.
    made = [_shares(part) for part in parts if len(part)]
    rows = pd.concat(made, ignore_index=True) if made else tables.empty(SURVEY)
    dimension = {normal(question.text): question.dimension.value for question in questions}
    rows["dimension"] = [
        dimension.get(normal(text), Dimension.PERCEIVED_SAFETY.value) for text in rows["question"]
    ]
    rows.index += 2
    return rows[list(SURVEY.columns)]


def _shares(answers: pd.DataFrame) -> pd.DataFrame:
    """One row for each round, question, area and group."""
    names = [*_ROUND, *_PLACE, "group"]
    columns = [*names, "share", "lower", "upper", "answers", "n_effective", "weight_sum"]
    made = []
    for method, part in answers.groupby("sampling_method", sort=True):
        number = part.groupby(names, sort=True, dropna=False).ngroup()
        found = weighted_share(part["answer"], part["weight"], number, method in SELF_SELECTED)
        keys = part.assign(number=number).drop_duplicates("number").set_index("number")[names]
        sums = part["weight"].groupby(number).sum().rename("weight_sum")
        made.append(keys.join(found.rename(columns={"n": "answers"})).join(sums))
    return pd.concat(made, ignore_index=True)[columns].astype({"answers": "int64"})


def rejected(faults: tuple[Fault, ...]) -> list[QuarantinedRow]:
    """Rows that were not summed, with nothing of them but the cells that are wrong.

    A row of answers is one respondent's and is not kept; it is put right in the file, and the
    whole file read in again.
    """
    by_row: dict[int, list[Fault]] = {}
    for fault in faults:
        by_row.setdefault(fault.row, []).append(fault)
    return [
        QuarantinedRow(row, _wrong_cells(found), tuple(found))
        for row, found in sorted(by_row.items())
    ]


def _wrong_cells(found: list[Fault]) -> Mapping[str, str]:
    return {fault.column: fault.value for fault in found if fault.column}
