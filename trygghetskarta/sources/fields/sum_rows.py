"""Rows that sum other rows up: *Summa*, *Totalt*, the municipality above its parts."""

import re
from collections.abc import Sequence
from dataclasses import replace

import pandas as pd

from trygghetskarta.errors import Fault, TableRule
from trygghetskarta.sources.fields import enclosing_rows
from trygghetskarta.sources.fields.cell_values import numbers
from trygghetskarta.sources.fields.columns import ColumnMapping
from trygghetskarta.sources.readers.files import RawTable
from trygghetskarta.terms.areas import COUNTRY_OR_COUNTY, SOME_MUNICIPALITY
from trygghetskarta.terms.doubts import Doubt, DoubtKind
from trygghetskarta.terms.imports import Aside

_SAYS_SUM = (
    r"(?:del|total)?summa(?:\s+.*)?|total(?:t|summa|er)?(?:\s+.*)?|grand total|"
    r".+\s(?:summa|totalt)|samtliga(?:\s+brott)?|alla\s+brott"
)
_SUM_WORD = r"(?:(?:del|total)?summa|total(?:t|en)?|antal(?:et)?|tot\.?)"
_SUM_OF = rf"^{_SUM_WORD}[\s,:–-]+(\S.*)$|^(\S.*?)[\s,:–-]+{_SUM_WORD}$"
_COUNTED = ("count", "population", "answers")
"""Roles whose numbers a sum row adds up."""

_WIDER = rf"{COUNTRY_OR_COUNTY}|{SOME_MUNICIPALITY}"
_WHOLE_PLACE = r"(?:hela\s+)?kommun(?:en)?(?:\s+totalt)?"


def without_sum_rows(raw: RawTable, mapping: ColumnMapping) -> RawTable:
    """Take rows that only sum others up out of a table, before anything of it is parsed.

    Such a row begins with a word for a sum, holds nothing but numbers besides, and leaves half of
    the columns empty or more. Where a column of counts is known, its number must be the sum of the
    rows above it, or of those since the last such row; else the row has the fault ``TOTAL_DIFFERS``
    (the value is both). Where nothing can be summed, the row is set aside all the same.

    Returns
    -------
    RawTable
        The same when there is none; else without those rows, which it tells of in ``aside``.
    """
    frame = raw.frame
    width = len(frame.columns)
    filled = frame.notna().sum(axis=1)
    few = (filled > 1) & (filled < width) & ((filled <= 2) | (filled * 2 <= width))
    if not few.any():
        return raw
    chosen = frame[few]
    first = chosen.iloc[:, 0]
    for name in frame.columns[1:]:
        first = first.fillna(chosen[name])
    says = first.str.fullmatch(_SAYS_SUM, case=False, na=False)
    found = [row for row in chosen.index[says] if _only_numbers(chosen.loc[row])]
    if not found:
        return raw
    counted = next((mapping.roles[role] for role in _COUNTED if role in mapping.roles), None)
    wrong = {} if counted is None else _differing(frame[counted], found)
    faults = tuple(
        Fault(TableRule.TOTAL_DIFFERS, str(counted), row, f"{frame[counted][row]} mot {sums}")
        for row, sums in wrong.items()
    )
    no_sums = found if counted is None else [r for r in found if pd.isna(frame[counted][r])]
    sums = [row for row in found if row not in wrong and row not in no_sums]
    kept = frame.drop(index=[*sums, *no_sums])
    return replace(
        raw,
        frame=kept,
        geometry=None if raw.geometry is None else raw.geometry[kept.index],
        faults=(*raw.faults, *faults),
        counted=tuple(frame.index) if raw.counted is None else raw.counted,
        aside={**raw.aside, Aside.TOTAL: sums, Aside.SUM_LINE: no_sums},
    )


def _only_numbers(cells: pd.Series) -> bool:
    """Whether all but the first filled cell are numbers."""
    _values, broken = numbers(cells.dropna().iloc[1:])
    return not broken.any()


def _differing(column: pd.Series, rows: Sequence[int]) -> dict[int, int]:
    """Sum rows whose number is another than the rows give, and what they give."""
    values = numbers(column)[0]
    parts = values.drop(index=list(rows)).fillna(0)
    wrong = {}
    last = parts.index[0] - 1 if len(parts) else 0
    for row in rows:
        told = values[row]
        since = parts[(parts.index > last) & (parts.index < row)].sum()
        if pd.notna(told) and told not in (since, parts.sum()):
            wrong[row] = int(parts.sum())
        last = row
    return wrong


def totals_among(
    table: pd.DataFrame, is_whole_place: pd.Series, is_whole_kind: pd.Series
) -> pd.DataFrame:
    """Find rows of counts that are the sums of other rows of the same file.

    Parameters
    ----------
    table
        Counts of contract ``INCIDENTS`` with ``given_area_code`` and ``given_place``.
    is_whole_place, is_whole_kind
        Whether a row's place is the whole municipality, its offence all offences; index as
        ``table``.

    Returns
    -------
    DataFrame
        ``row``, ``count`` and ``parts`` of each sum, and what its parts give: rows of the same
        period (and offence, or place). A row without parts is none, whatever it is called. A year
        is the sum of its months, if they stand there too.
    """
    period = ["reported_from", "reported_to", "occurred_from", "occurred_to"]
    place = ["given_area_code", "given_place"]
    kind = ["offence_code", "offence_type", "offence_text"]
    found = [enclosing_rows.over_periods(table, [*place, *kind])]
    table = table.drop(index=found[0]["row"])
    is_whole_place, is_whole_kind = is_whole_place[table.index], is_whole_kind[table.index]
    parts = table[~is_whole_place & ~is_whole_kind]
    for by_place, by_kind in ((True, False), (False, True), (True, True)):
        whole = table[(is_whole_place == by_place) & (is_whole_kind == by_kind)]
        same = [*([] if by_place else place), *([] if by_kind else kind)]
        keys = [*period, *same]
        if whole.empty or parts.empty:
            continue
        sums = parts.groupby(keys, dropna=False)["count"].sum().rename("parts").reset_index()
        joined = whole[[*keys, "count"]].rename_axis("row").reset_index().merge(sums, on=keys)
        found.append(joined[["row", "count", "parts"]])
        longer = whole.index.difference(joined["row"])
        both = pd.concat([parts, whole.loc[longer]])
        found.append(enclosing_rows.over_periods(both, same, longer))
    return pd.concat(found).astype("int64")


def differing(totals: pd.DataFrame) -> tuple[Doubt, ...]:
    """A doubt where sums are others than their parts give (``row``, ``count``, ``parts``)."""
    wrong = totals[totals["count"] != totals["parts"]].sort_values("row")
    if wrong.empty:
        return ()
    first = wrong.iloc[0]
    facts = {name: int(first[name]) for name in ("row", "count", "parts")}
    return (Doubt(DoubtKind.TOTAL_DIFFERS, {"rows": len(wrong), **facts}),)


def is_municipality(text: pd.Series, code: str, name: str) -> pd.Series:
    """Whether each cell means the whole municipality, by its code, its name or a word for it."""
    own = rf"(?:{re.escape(code)}\s+)?{re.escape(name)}s?(?:\s+(?:kommun|stad))?|{re.escape(code)}"
    pattern = rf"{own}|{_WHOLE_PLACE}|{_SAYS_SUM}" if name else rf"{_WHOLE_PLACE}|{_SAYS_SUM}"
    return text.str.strip().str.fullmatch(pattern, case=False, na=False)


def is_wider(text: pd.Series) -> pd.Series:
    """Whether each cell means the country, a county or a municipality: what is no part of one."""
    return text.str.strip().str.fullmatch(_WIDER, case=False, na=False)


def summed(text: pd.Series, among: pd.Series | None = None) -> pd.Series:
    """The row that says what each sum is of: *Stöld totalt* of the first *Stöld*.

    Parameters
    ----------
    text
        What rows are called.
    among
        Those that may be sums; None for all.

    Returns
    -------
    Series
        Index of ``text``: a label of it, missing for what is no sum of another row's.
    """
    folded = text.str.casefold().str.strip()
    first = folded.drop_duplicates().dropna()
    row_of = pd.Series(first.index, first.to_numpy())
    rest = folded.str.extract(_SUM_OF, expand=True).bfill(axis="columns").iloc[:, 0]
    found = rest.map(row_of)
    return found if among is None else found.where(among)


def replaced(values: pd.Series, rows: pd.Series) -> pd.Series:
    """Values with those of other rows, where :func:`summed` gives one."""
    told = rows.dropna()
    changed = values.copy()
    changed[told.index] = values[told].to_numpy()
    return changed


def says_sum(text: pd.Series) -> pd.Series:
    """Whether each cell is a word for a sum."""
    return text.str.strip().str.fullmatch(_SAYS_SUM, case=False, na=False)
