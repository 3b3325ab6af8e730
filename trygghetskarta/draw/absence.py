"""What stands in the way of an area's figure: it is hidden, missing, or not computed, and why."""

from collections.abc import Sequence

import pandas as pd

from trygghetskarta.analysis.measures import FIGURES, Measure
from trygghetskarta.draw.table.listing import ABSENT
from trygghetskarta.terms.audience import CellStatus
from trygghetskarta.words import file_words
from trygghetskarta.words.measure_words import MEASURE_WORDS

_OF_CELLS = ("density", "z", "p_cell", "trend_s", "significant", "hotspot_class")
_OF_ANSWERS = ("answers", "share", "share_lower", "share_upper")


def why_not_computed(table: pd.DataFrame, measure: Measure) -> pd.Series:
    """Why a measure is not computed, though what it is computed from may be told.

    Parameters
    ----------
    table
        Gated figures of areas; index area_code.
    measure
        One that the table has figures of.

    Returns
    -------
    Series
        The reason in words, of the areas without a figure that are neither hidden nor missing.
    """
    declared, said = measure.declared, MEASURE_WORDS[measure]
    status = pd.Series(statuses(table)[declared.value.name], table.index, dtype=object)
    lacking = table[(status == CellStatus.SHOWN) & table[declared.value.name].isna()]
    why = pd.Series(file_words.NOT_ENOUGH, lacking.index, dtype=object)
    if declared.earlier is not None:
        why[lacking[declared.earlier.name] == 0] = file_words.NOTHING_BEFORE
    if declared.exposure is not None:
        exposure = lacking[declared.exposure.name].astype("float64")
        why[exposure < declared.smallest] = said.too_small
        why[exposure.isna()] = said.not_known
    return why


def why_absent(figures: pd.Series, measure: Measure) -> str:
    """Why an area has no figure of a measure, in words; ``figures`` is its row of a table."""
    table = figures.to_frame().T
    status = CellStatus(statuses(table)[measure.declared.value.name][0])
    if status in ABSENT:
        return ABSENT[status]
    return str(why_not_computed(table, measure).iloc[0])


def statuses(table: pd.DataFrame) -> dict[str, Sequence[str]]:
    """The status of every figure: a change is as hidden as the more hidden of its two counts."""
    now = table["status"]
    before = table.get("status_previous", now)
    asked = table.get("status_answers", now)
    resting = {
        ("count",): tuple(now),
        ("previous",): tuple(before),
        ("count", "previous"): tuple(_worse(now, before)),
    }
    return {
        **{
            column: resting[one.rests_on] if one.rests_on else _known(table.get(column, now))
            for one in FIGURES
            for column in one.columns
        },
        "verdict": resting["count", "previous"],
        **dict.fromkeys(_OF_CELLS, tuple(now)),
        **dict.fromkeys(_OF_ANSWERS, tuple(asked)),
        "quadrant": tuple(_worse(now, asked)),
    }


def _known(values: pd.Series) -> tuple[str, ...]:
    """Status of what tells nothing of offences."""
    return tuple(values.isna().map({True: CellStatus.MISSING, False: CellStatus.SHOWN}))


def _worse(one: pd.Series, other: pd.Series) -> pd.Series:
    """Status of what rests on two counts: hidden before missing before shown."""
    both = one.where(one != CellStatus.SHOWN, other)
    return both.where(other != CellStatus.HIDDEN, CellStatus.HIDDEN)
