"""Answers of a survey, single and summed."""

from trygghetskarta.tables.contract import Column, ColumnType, Contract, measured, text, whole
from trygghetskarta.tables.places import LEVELS
from trygghetskarta.terms.perception import Dimension, SamplingMethod

SURVEY = Contract(
    "survey",
    {
        "survey": text(True),
        "year": whole(True, 1990),
        "question": text(True),
        "dimension": text(True, tuple(Dimension)),
        "area_level": text(True, LEVELS),
        "area_code": text(True),
        "group": text(True),
        "share": Column(ColumnType.NUMBER, minimum=0, maximum=1),
        "answers": whole(True, 0),
        "sampling_method": text(True, tuple(SamplingMethod)),
        "source": text(True),
        "lower": Column(ColumnType.NUMBER, minimum=0, maximum=1),
        "upper": Column(ColumnType.NUMBER, minimum=0, maximum=1),
        "n_effective": measured(),
        "weight_sum": measured(),
        "method_key": text(),
    },
    key=("survey", "year", "question", "area_level", "area_code", "group"),
)
"""Shares of answers, 0 to 1, with the number of answers behind each.

``share`` is missing where single answers were too few to be told. ``lower`` and ``upper`` are the
publisher's own 95 % limits, ``n_effective`` and ``weight_sum`` Kish's effective number of answers
and the sum of the weights; each missing where the publisher does not tell. ``method_key`` names the
way a round was made where the sampling method alone does not: another key is a break in the series.
"""

SURVEY_ANSWERS = Contract(
    "survey_answers",
    {
        "survey": text(True),
        "year": whole(True, 1990),
        "question": text(True),
        "area_level": text(True, LEVELS),
        "area_code": text(True),
        "group": text(True),
        "answer": Column(ColumnType.NUMBER, True, minimum=0, maximum=1),
        "weight": Column(ColumnType.NUMBER, True, minimum=0),
        "sampling_method": text(True, tuple(SamplingMethod)),
        "method_key": text(),
        "source": text(True),
    },
    key=(),
)
"""Single answers on their way to being summed: 1 yes, 0 no. Never stored."""
