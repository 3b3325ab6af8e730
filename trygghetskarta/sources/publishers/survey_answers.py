"""Single answers of a safety survey, one respondent a row: read to be summed, never kept."""

import re
from datetime import date
from pathlib import PurePath

import pandas as pd

from trygghetskarta.errors import SourceCause, SourceError, TableRule
from trygghetskarta.sources.fields.answer_words import answers, is_question
from trygghetskarta.sources.fields.cell_values import numbers, told
from trygghetskarta.sources.fields.columns import ColumnMapping, year_in_name
from trygghetskarta.sources.fields.faults import FaultList
from trygghetskarta.sources.fields.quarantine import COLUMNS as QUARANTINE_COLUMNS
from trygghetskarta.sources.fields.spelling import fold
from trygghetskarta.sources.publishers.survey import EVERYBODY, methods, or_default, places, years
from trygghetskarta.sources.readers.files import RawTable
from trygghetskarta.sources.readers.parsed import Parsed
from trygghetskarta.terms.imports import Aside

_ABOUT_ONE = 0.5, 2.0
"""Mean of weights that say how much more or less than usual a respondent counts."""
_WEIGHT = re.compile(r"vikt(?:er|ning)?$|^weight|weight$")


def parse(raw: RawTable, mapping: ColumnMapping, *, areas: pd.DataFrame, today: date) -> Parsed:
    """Parse a file of answers, wide (a column for each question) or long (question and answer).

    Parameters
    ----------
    raw, mapping
        The file. Wide: every column without a role is a question when more than half of its
        filled cells are answers that are known; the others, free text among them, are left out.
        A row without an area is the municipality's, one without a weight weighs 1 where weights
        are about 1 (else it is a fault). A column that is called a weight is no question.
    areas
        Contract ``AREAS``, every level there is.
    today
        Later years are faults.

    Returns
    -------
    Parsed
        ``table`` fulfils ``SURVEY_ANSWERS``; index: row number as Excel counts, once for each
        question answered. Notes ``respondents``, ``answers_unknown`` (*vet ej*) and
        ``columns_left_out``. A row with any fault is left out whole: ``VALUE_MISSING``,
        ``UNKNOWN_WORD`` (answer, sampling method), ``NOT_A_NUMBER``, ``BELOW_MINIMUM``,
        ``NOT_A_PERIOD``, ``AREA_UNKNOWN``, ``PLACE_UNKNOWN``.

    Raises
    ------
    SourceError
        ``COLUMN_MISSING`` when no column is a question.
    """
    frame, names = raw.frame, mapping.roles
    cells = {role: told(frame[column]) for role, column in names.items()}
    faults = FaultList(raw.faults)
    about = _respondents(raw, mapping, cells, areas, today, faults)
    wide, left_out = _questions(raw, mapping)
    parts, silent = [], 0
    for column, question in wide:
        found, broken = answers(frame[column])
        faults.add(TableRule.UNKNOWN_WORD, broken, frame[column], column)
        silent += int((found.isna() & ~broken).sum())
        parts.append(about.assign(question=question, answer=found))
    good = frame.index[faults.good(frame.index)]
    table = pd.concat(parts)
    table = table[table.index.isin(good) & table["answer"].notna() & table["question"].notna()]
    notes = {
        **raw.notes,
        "respondents": len(good),
        "answers_unknown": silent,
        "columns_left_out": ", ".join(left_out),
    }
    asked = frozenset(column for column, _question in wide)
    return Parsed(
        table,
        raw.rows,
        faults.sorted(),
        notes,
        aside={Aside.SILENT: good},
        read_columns=asked,
    )


def _questions(
    raw: RawTable, mapping: ColumnMapping
) -> tuple[list[tuple[str, str | pd.Series]], list[str]]:
    """Columns of answers, each with its question, and the columns left out."""
    names = mapping.roles
    if {"question", "answer"} <= set(names):
        return [(names["answer"], told(raw.frame[names["question"]]))], []
    free = [name for name in mapping.unused if name not in QUARANTINE_COLUMNS]
    # Of a half-named pair, the column is a question like any other.
    free += [names[role] for role in ("question", "answer") if role in names]
    weights = [name for name in free if _WEIGHT.search(fold(name))]
    wide = [name for name in free if name not in weights and is_question(raw.frame[name])]
    if not wide:
        raise SourceError(
            SourceCause.COLUMN_MISSING,
            file=raw.file_name,
            column="Fråga",
            found=list(raw.frame.columns),
        )
    return [(name, name) for name in wide], [name for name in free if name not in wide]


def _respondents(
    raw: RawTable,
    mapping: ColumnMapping,
    cells: dict[str, pd.Series],
    areas: pd.DataFrame,
    today: date,
    faults: FaultList,
) -> pd.DataFrame:
    """What is known of each row beside its answers."""
    frame, names = raw.frame, mapping.roles
    title = PurePath(raw.file_name).stem
    year = year_in_name(raw.file_name)
    level, code = places(cells, names, areas, faults)
    return pd.DataFrame(
        {
            "survey": or_default(cells, "survey", frame.index, title),
            "year": (
                years(cells["year"], names["year"], faults, today) if "year" in names else year
            ),
            "area_level": level,
            "area_code": code,
            "group": or_default(cells, "group", frame.index, EVERYBODY),
            "weight": _weights(cells, names, frame.index, faults),
            "sampling_method": methods(
                frame[names["sampling_method"]], names["sampling_method"], faults
            ),
            "method_key": cells.get("method_key", pd.Series(None, frame.index, dtype="str")),
            "source": or_default(cells, "source", frame.index, title),
        }
    )


def _weights(
    cells: dict[str, pd.Series], names: dict[str, str], index: pd.Index, faults: FaultList
) -> pd.Series:
    if "weight" not in names:
        return pd.Series(1.0, index)
    values, broken = numbers(cells["weight"])
    # A respondent who stands for forty others weighs not 1 because nobody wrote it down.
    is_relative = _ABOUT_ONE[0] <= values.mean() <= _ABOUT_ONE[1]
    blank = cells["weight"].isna() & (values.notna().any() and not is_relative)
    faults.add(TableRule.VALUE_MISSING, blank, cells["weight"], names["weight"])
    faults.add(TableRule.NOT_A_NUMBER, broken, cells["weight"], names["weight"])
    faults.add(TableRule.BELOW_MINIMUM, values < 0, cells["weight"], names["weight"])
    return values.fillna(1.0)
