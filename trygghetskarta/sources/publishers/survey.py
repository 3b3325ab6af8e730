"""Safety surveys: shares of answers per question, area and group."""

from datetime import date
from pathlib import PurePath

import numpy as np
import pandas as pd

from trygghetskarta.errors import TableRule
from trygghetskarta.sources.fields import people_parts, quarantine
from trygghetskarta.sources.fields.area_codes import AreaList
from trygghetskarta.sources.fields.cell_values import numbers, told, whole_numbers
from trygghetskarta.sources.fields.columns import ColumnMapping
from trygghetskarta.sources.fields.faults import FaultList
from trygghetskarta.sources.fields.spelling import fold
from trygghetskarta.sources.readers.files import RawTable
from trygghetskarta.sources.readers.parsed import Parsed
from trygghetskarta.tables import SURVEY
from trygghetskarta.terms.doubts import Doubt, DoubtKind
from trygghetskarta.terms.imports import Aside
from trygghetskarta.terms.perception import Dimension, SamplingMethod

EVERYBODY = "alla"
_EARLIEST_YEAR = 1990
_PERCENT_NAMES = ("procent", "percent", "andeli")
_MOST_ANSWERS = 10_000_000
_FEW = 0.2
"""Share of a column's values that may be of another unit than the others by a slip of the pen."""
_SMALL_NAMED, _SMALL = 1, 10
"""Per cent that no value of a column exceeds before it is asked whether they are per cent: where
its name says so, and where only the values do."""
_YEARS = r"(?<!\d)(?:19|20)\d{2}(?!\d)"
_SPAN = r"(?:19|20)\d{2}\s*[-–—/]\s*(?:1[3-9]|[2-9]\d)(?!\d)"

_DIMENSIONS = {
    "trygghet": Dimension.PERCEIVED_SAFETY,
    "upplevdtrygghet": Dimension.PERCEIVED_SAFETY,
    "perceivedsafety": Dimension.PERCEIVED_SAFETY,
    "otrygghet": Dimension.PERCEIVED_SAFETY,
    "sakerhet": Dimension.SAFETY,
    "safety": Dimension.SAFETY,
    "utsatthet": Dimension.SAFETY,
}
_METHODS = {
    SamplingMethod.RANDOM: (
        "slumpmassigturval slumpmassigt slumpurval osu obundetslumpmassigturval "
        "sannolikhetsurval random randomsample postenkat"
    ),
    SamplingMethod.WEB_OPEN: (
        "oppenwebb oppenwebbenkat webbenkat webb web sjalvrekrytering sjalvrekryterade sjalvvalt "
        "oppenenkat webbpanelsjalvrekryterad selfselected"
    ),
    SamplingMethod.PANEL: "panel webbpanel sompanel som medborgarpanel medborgarpanelen",
    SamplingMethod.CENSUS: "totalundersokning total totalurval census alla",
    SamplingMethod.UNKNOWN: "okant okand unknown framgarej ejangivet",
}
_METHOD_OF = {word: method.value for method, words in _METHODS.items() for word in words.split()}


def parse(raw: RawTable, mapping: ColumnMapping, *, areas: pd.DataFrame, today: date) -> Parsed:
    """Parse a file of survey shares.

    Parameters
    ----------
    raw, mapping
        The file. The name of the survey, when no column tells it, is the file's name; the group
        is then ``alla`` and the dimension perceived safety.
    areas
        Contract ``AREAS``, every level there is. A row without an area is the municipality's.
    today
        Later years are faults (``DATE_OUT_OF_RANGE``).

    Returns
    -------
    Parsed
        ``table`` fulfils ``SURVEY``. ``share`` is 0 to 1: a column is in per cent when its name
        says so, when a cell has a per cent sign, or when more than half of the values exceed 1;
        never cell by cell. A value of the other unit is a fault: one between 0 and 1 without a sign
        among signs or among values above 1, and where neither unit prevails, both. Whether values
        that are all small are per cent is asked (``SMALL_SHARES``). A share of some of those asked,
        told by a column that plays no role, is ``PART_OF_PEOPLE``. Note ``share_unit``:
        ``percent`` or ``share``. Faults besides: ``VALUE_MISSING``, ``NOT_A_NUMBER``,
        ``NOT_A_WHOLE_NUMBER``, ``BELOW_MINIMUM``, ``NOT_A_PERIOD``, ``SHARE_OUT_OF_RANGE``,
        ``AREA_UNKNOWN``, ``PLACE_UNKNOWN``, ``UNKNOWN_WORD`` (sampling method or dimension),
        ``NOT_UNIQUE`` (same key, other figures; alike rows are ``repeated``).
    """
    frame, names = raw.frame, mapping.roles
    cells = {role: told(frame[column]) for role, column in names.items()}
    faults = FaultList(raw.faults)
    share, unit, doubts = _shares(frame[names["share"]], names["share"], faults)
    limits = _limits(cells, names, share, unit, faults)
    level, code = places(cells, names, areas, faults)
    title = PurePath(raw.file_name).stem
    table = pd.DataFrame(
        {
            "survey": or_default(cells, "survey", frame.index, title),
            "year": years(cells["year"], names["year"], faults, today),
            "question": cells["question"],
            "dimension": _dimensions(cells, names, frame.index, faults),
            "area_level": level,
            "area_code": code,
            "group": or_default(cells, "group", frame.index, EVERYBODY),
            "share": share,
            **limits,
            "answers": _answers(cells["answers"], names["answers"], faults),
            "n_effective": measured(cells, names, "n_effective", frame.index, faults),
            "weight_sum": pd.Series(None, frame.index, dtype="float64"),
            "sampling_method": methods(
                frame[names["sampling_method"]], names["sampling_method"], faults
            ),
            "method_key": cells.get("method_key", pd.Series(None, frame.index, dtype="str")),
            "source": or_default(cells, "source", frame.index, title),
        }
    )
    faults.add(
        TableRule.VALUE_MISSING, cells["question"].isna(), cells["question"], names["question"]
    )
    table, divided = _of_everybody(table[faults.good(frame.index)], raw, mapping, faults)
    again = table.duplicated(list(SURVEY.key))
    same = table.duplicated()
    faults.add(TableRule.NOT_UNIQUE, again & ~same, table["question"], names["question"])
    repeated = again & same
    table = table[~again]
    notes = {**raw.notes, "share_unit": unit}
    if repeated.any():
        notes["repeated_rows"] = int(repeated.sum())
    accepted = faults.good(frame.index)
    return Parsed(
        table,
        raw.rows,
        faults.sorted(),
        notes,
        quarantine.resolved(frame, names, accepted),
        {Aside.REPEATED: repeated.index[repeated], Aside.PART: divided},
        doubts=doubts,
    )


def _of_everybody(
    table: pd.DataFrame, raw: RawTable, mapping: ColumnMapping, faults: FaultList
) -> tuple[pd.DataFrame, pd.Index]:
    """Leave the rows of everybody where a column that plays no role divides those asked."""
    key, parts = list(SURVEY.key), table.index[:0]
    free = [name for name in mapping.unused if name not in quarantine.COLUMNS]
    group = table.groupby(key, dropna=False).ngroup()
    for name in people_parts.dividing(raw.frame.loc[table.index], free, group, table["share"]):
        text = told(raw.frame[name])[table.index]
        whole = people_parts.is_total(text) | text.isna()
        has_total = whole.groupby(group[table.index]).transform("any")
        faults.add(TableRule.PART_OF_PEOPLE, ~whole & ~has_total, text, name)
        parts = parts.union(table.index[~whole & has_total])
        table = table[whole]
    return table, parts


def _limits(
    cells: dict[str, pd.Series],
    names: dict[str, str],
    share: pd.Series,
    unit: str,
    faults: FaultList,
) -> dict[str, pd.Series]:
    """The publisher's own limits, in the share's unit; each on its side of the share."""
    found = {}
    for role, wrong_side in (("lower", pd.Series.gt), ("upper", pd.Series.lt)):
        value = measured(cells, names, role, share.index, faults)
        found[role] = value / 100 if unit == "percent" else value
        if role in names:
            broken = wrong_side(found[role], share) | (found[role] > 1)
            faults.add(TableRule.SHARE_OUT_OF_RANGE, broken, cells[role], names[role])
    return found


def measured(
    cells: dict[str, pd.Series],
    names: dict[str, str],
    role: str,
    index: pd.Index,
    faults: FaultList,
) -> pd.Series:
    """Numbers of 0 or more in a column that need not be there."""
    if role not in names:
        return pd.Series(None, index, dtype="float64")
    text = cells[role].str.replace(r"\s*%$", "", regex=True)
    values, broken = numbers(text)
    faults.add(TableRule.NOT_A_NUMBER, broken, text, names[role])
    faults.add(TableRule.BELOW_MINIMUM, values < 0, text, names[role])
    return values


def or_default(cells: dict[str, pd.Series], role: str, index: pd.Index, default: str) -> pd.Series:
    """The cells of a role, and where they are empty or the column is not there, a default."""
    blank = pd.Series(None, index, dtype="str")
    return cells.get(role, blank).fillna(default).astype("str")


def _shares(
    column: pd.Series, name: str, faults: FaultList
) -> tuple[pd.Series, str, tuple[Doubt, ...]]:
    text = told(column)
    signed = text.str.contains("%", regex=False, na=False)
    values, broken = numbers(text.str.replace(r"\s*%$", "", regex=True))
    faults.add(TableRule.VALUE_MISSING, text.isna(), text, name)
    faults.add(TableRule.NOT_A_NUMBER, broken, text, name)
    known = values.dropna()
    by_name = "%" in name or any(word in fold(name) for word in _PERCENT_NAMES)
    by_sign = bool(signed.any())
    percent = by_name or by_sign or bool(len(known) and (known > 1).mean() > 0.5)
    share = values / 100 if percent else values
    wrong = (share < 0) | (share > 1)
    large, small = values > 1, ~signed & (values > 0) & (values < 1)
    is_mixed = bool(large.any() and small.any()) and not by_name
    mostly = percent or float(large.sum()) > _FEW * len(known)
    if by_sign or (is_mixed and mostly):
        meant = (values * 100).map(lambda value: f"{value:g} %".replace(".", ","))
        faults.add(TableRule.SHARE_OUT_OF_RANGE, small, text, name, meant)
    faults.add(TableRule.SHARE_OUT_OF_RANGE, wrong, text, name)
    doubts: tuple[Doubt, ...] = ()
    most = _SMALL_NAMED if by_name else _SMALL
    if percent and not by_sign and (known > 0).any() and known.max() <= most:
        facts = {"column": name, "most": float(known.max())}
        doubts = (Doubt(DoubtKind.SMALL_SHARES, facts),)
    return share, "percent" if percent else "share", doubts


def years(text: pd.Series, name: str, faults: FaultList, today: date) -> pd.Series:
    """The one year that each cell tells; a span of years is no period of an answer."""
    found = text.str.findall(_YEARS).map(
        lambda one: one[0] if isinstance(one, list) and len(set(one)) == 1 else np.nan
    )
    year = found.astype("float64").mask(text.str.contains(_SPAN, na=False))
    faults.add(TableRule.NOT_A_PERIOD, year.isna(), text, name)
    faults.add(TableRule.BELOW_MINIMUM, year < _EARLIEST_YEAR, text, name)
    faults.add(TableRule.DATE_OUT_OF_RANGE, year > today.year, text, name)
    return year.fillna(0).astype("int64")


def _answers(text: pd.Series, name: str, faults: FaultList) -> pd.Series:
    values, broken = whole_numbers(text)
    faults.add(TableRule.VALUE_MISSING, text.isna(), text, name)
    faults.add(TableRule.NOT_A_NUMBER, broken | (values > _MOST_ANSWERS), text, name)
    faults.add(TableRule.NOT_A_WHOLE_NUMBER, (values % 1).fillna(0) != 0, text, name)
    # Nobody's answers have no share.
    faults.add(TableRule.BELOW_MINIMUM, values < 1, text, name)
    return values.where((values % 1 == 0) & (values <= _MOST_ANSWERS), 0).astype("int64")


def places(
    cells: dict[str, pd.Series], names: dict[str, str], areas: pd.DataFrame, faults: FaultList
) -> tuple[pd.Series, pd.Series]:
    """Level and code of each row's area; the municipality's where none is told."""
    index = next(iter(cells.values())).index
    blank = pd.Series(None, index, dtype="str")
    code_text, place_text = cells.get("area_code", blank), cells.get("place_name", blank)
    known = AreaList(areas)
    level, code = known.find(code_text.fillna(place_text))
    unknown = code.isna()
    by_code = unknown & code_text.notna()
    faults.add(TableRule.AREA_UNKNOWN, by_code, code_text, names.get("area_code", ""))
    by_name = unknown & code_text.isna()
    faults.add(TableRule.PLACE_UNKNOWN, by_name, place_text, names.get("place_name", ""))
    return level, code


def _dimensions(
    cells: dict[str, pd.Series], names: dict[str, str], index: pd.Index, faults: FaultList
) -> pd.Series:
    default = Dimension.PERCEIVED_SAFETY.value
    if "dimension" not in cells:
        return pd.Series(default, index, dtype="str")
    text = cells["dimension"]
    found = text.map(lambda word: _DIMENSIONS.get(fold(word)), na_action="ignore")
    faults.add(TableRule.UNKNOWN_WORD, text.notna() & found.isna(), text, names["dimension"])
    return found.fillna(default).astype("str")


def methods(column: pd.Series, name: str, faults: FaultList) -> pd.Series:
    """Sampling methods by the words that publishers use; each row must tell its own."""
    # "okänt" is an answer here, so the cells are taken as they stand.
    found = column.map(lambda word: _METHOD_OF.get(fold(word)), na_action="ignore")
    faults.add(TableRule.VALUE_MISSING, column.isna(), column, name)
    faults.add(TableRule.UNKNOWN_WORD, column.notna() & found.isna(), column, name)
    return found.astype("str")
