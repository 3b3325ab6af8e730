"""Reported offences: rows with points, rows coded to an area, sums per place and period."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import geopandas as gpd
import numpy as np
import pandas as pd

from trygghetskarta.errors import TableRule
from trygghetskarta.settings import WORK_CRS
from trygghetskarta.sources import pace
from trygghetskarta.sources.fields import (
    area_codes,
    coordinates,
    count_doubts,
    enclosing_rows,
    offence_groups,
    quarantine,
    sum_rows,
    unread_parts,
)
from trygghetskarta.sources.fields.cell_values import told, whole_numbers
from trygghetskarta.sources.fields.clock import to_utc
from trygghetskarta.sources.fields.columns import ColumnMapping
from trygghetskarta.sources.fields.distinct import answered
from trygghetskarta.sources.fields.elsewhere import elsewhere
from trygghetskarta.sources.fields.faults import FaultList
from trygghetskarta.sources.fields.finality import read_finality
from trygghetskarta.sources.fields.identities import identify, same_content
from trygghetskarta.sources.fields.incident_times import IncidentTimes, read_times
from trygghetskarta.sources.fields.offence_codes import OffenceCodes, normalise_all
from trygghetskarta.sources.readers.files import RawTable
from trygghetskarta.sources.readers.parsed import Parsed
from trygghetskarta.tables import INCIDENTS
from trygghetskarta.terms.doubts import Doubt
from trygghetskarta.terms.imports import Aside
from trygghetskarta.terms.offences import OFFENCE_TYPES, OTHER_OFFENCES
from trygghetskarta.terms.times import DatePrecision

_TEXT_AFTER_CODE = re.compile(r"^\d{3,4}\s*[-–—:,]?\s*([^\d\s.].*)$")
_SHOWN = 12
"""Words that one note names."""
_MOST = 2_000_000
"""Offences in one row: more than the whole country has in a year is no count."""
_MUNICIPALITY_WORD = r"\s+kommun$"
_TYPE_BY_WORD = {name.casefold(): name for name in OFFENCE_TYPES}


@dataclass(frozen=True, eq=False)
class _Offence:
    code: pd.Series
    text: pd.Series
    type: pd.Series


def parse(
    raw: RawTable,
    mapping: ColumnMapping,
    *,
    offences: OffenceCodes,
    bounds: tuple[float, float, float, float] | None,
    local_crs: int,
    crs: int | None = None,
    today: date,
    municipality: tuple[str, str] = ("", ""),
) -> Parsed:
    """Parse a file of reported offences.

    Parameters
    ----------
    raw, mapping
        The file, and which column means what (see ``columns.validate``).
    offences
        The list of offence codes.
    bounds
        The municipality in EPSG:3006, to recognise the system of coordinates that do not tell it.
    local_crs, crs
        EPSG codes: the municipality's own, and the one the user has chosen for this file.
    today
        Later dates are faults.
    municipality
        Its code and name, by which a row of counts is known as the sum of its parts.

    Returns
    -------
    Parsed
        ``table`` fulfils ``INCIDENTS``; ``len(table) + repeated + rows with a fault`` is the number
        of rows in the file. What a row must have: an offence (code, text or type) and a date of
        some kind. A place is not needed: without one there is neither geometry nor code nor name.

        An offence dated after its report is accepted as it stands (``occurred_after_reported``).
        Without a column for it, ``count`` is 1. A row whose own id has stood before with the same
        content is ``repeated``, with other content it is a fault (``DUPLICATE_ID``), and so are
        two sums of the same place, period and type (``COUNTED_OTHERWISE``: the first final one
        stands). Sums that only a column without a role tells
        apart are faults too (``UNREAD_SEPARATES``). A row of counts for the whole municipality, for
        all offences, or for a year, whose parts stand in the file too is their total and not
        counted again; where the parts give something else it is a doubt. So are rows that say
        *varav* not counted below their whole. Notes besides those of the file, of the
        times and of the coordinates: ``repeated_rows``, ``sum_rows``, ``unknown_codes`` (rows whose
        code is not in the list), ``unknown_words`` (of offences without a code that are of no
        type), ``running_ids`` (the file's own ids are only row numbers, which
        the next extract may give to other rows).

    Raises
    ------
    CrsError
        If the coordinates of the whole file cannot be trusted.
    """
    frame, roles = raw.frame, mapping.roles
    cells = {role: told(frame[column]) for role, column in roles.items()}
    faults = FaultList(raw.faults)
    times = read_times(cells, roles, frame.index, today, faults, mapping.orders)
    pace.say(0.2)
    offence = _offence(cells, roles, frame.index, offences, faults)
    count = _count(cells, roles, frame.index, faults)
    pace.say(0.3)
    located = coordinates.locate(raw, roles, bounds=bounds, local_crs=local_crs, crs=crs)
    pace.say(0.6)
    faults.extend(located.faults)
    other, area_code, place = _place(cells, frame.index, located.geometry, municipality)
    table = _assemble(times, offence, count, area_code, place, located.geometry)
    pace.say(0.9)
    table = table.join(read_finality(times.preliminary, cells, roles))
    good = faults.good(frame.index)
    table = table[good].copy()
    period = _stand_for_periods(table)
    sums = _sums(table, period, cells, "count" in mapping.values)
    single = ~period & (table["count"] == 1).astype(bool)
    own, case = (cells[role][good] if role in cells else None for role in ("source_id", "case_id"))
    ids = identify(table, times.told_end[good], own, case, sums, single)
    table.insert(0, "source_id", ids)
    column = roles.get("source_id", roles.get("period", roles.get("case_id", "")))
    divided = unread_parts.separating(frame, set(roles.values()), ids.where(sums & ~single))
    for name, rows in divided.groupby(divided):
        told_apart = pd.Series(frame.index.isin(rows.index), frame.index)
        faults.add(TableRule.UNREAD_SEPARATES, told_apart, told(frame[name]).fillna("–"), str(name))
    table = table[divided.isna()]
    repeated = _drop_repeated(table, sums, column, roles.get("count", column), faults)
    table = table[faults.good(table.index) & ~repeated]
    summed, parts, groups = _totals(table, sums[table.index], cells, other, municipality)
    totals = pd.Index(summed["row"])
    table = table.drop(index=totals.union(parts))
    notes = {**raw.notes, **times.notes, **located.notes}
    unknown = _unknown_codes(table["offence_code"], offences)
    if unknown:
        notes["unknown_codes"] = unknown
    others = _unknown_words(table)
    if others:
        notes["unknown_words"] = others
    if repeated.any():
        notes["repeated_rows"] = int(repeated.sum())
    if own is not None and _running(own):
        notes["running_ids"] = True
    if sums.any():
        notes["sum_rows"] = int(sums.sum())
    again = repeated.index[repeated]
    accepted = frame.index.isin(table.index.union(again).union(totals).union(parts))
    return Parsed(
        table[list(INCIDENTS.columns)],
        raw.rows,
        faults.sorted(),
        notes,
        quarantine.resolved(frame, roles, accepted),
        {Aside.TOTAL: totals, Aside.REPEATED: again, Aside.PART: parts},
        doubts=(*sum_rows.differing(summed), *groups, *count_doubts.of_counts(raw, mapping)),
    )


def _totals(
    table: gpd.GeoDataFrame,
    sums: pd.Series,
    cells: Mapping[str, pd.Series],
    other: pd.Series,
    municipality: tuple[str, str],
) -> tuple[pd.DataFrame, pd.Index, tuple[Doubt, ...]]:
    """Counts that are totals of others, those that are parts of one, and what may be either."""
    counts = table[sums]
    blank = pd.Series(None, counts.index, dtype="str")
    code, place, kind, text = (
        cells[role][counts.index] if role in cells else blank
        for role in ("area_code", "place_name", "offence_type", "offence_text")
    )
    said = kind.fillna(text)
    # "Stöld totalt" without a place sums thefts, "Summa Sylte" what was done there.
    of_kind, of_place = sum_rows.summed(said, place.isna() & code.isna()), sum_rows.summed(place)
    for column in ("offence_code", "offence_type", "offence_text"):
        counts = counts.assign(**{column: sum_rows.replaced(counts[column], of_kind)})
    counts = counts.assign(given_place=sum_rows.replaced(counts["given_place"], of_place))
    whole_place = sum_rows.is_municipality(code.fillna(place), *municipality)
    whole_place = (whole_place & of_place.isna()) | of_kind.notna()
    whole_kind = sum_rows.says_sum(said) & counts["offence_code"].isna() & of_kind.isna()
    days = ["reported_from", "reported_to", "occurred_from", "occurred_to"]
    part = enclosing_rows.told_as_parts(
        kind.fillna(text), counts[[*days, "given_area_code", "given_place"]]
    )
    beyond = sum_rows.is_wider(code.fillna(place)) & ~whole_place
    others = ~part & ~beyond & other[counts.index].isna()
    totals = sum_rows.totals_among(counts[others], whole_place[others], whole_kind[others])
    left = counts[others & ~counts.index.isin(totals["row"])]
    groups = offence_groups.beside_members(left, text.fillna(kind)[left.index])
    return totals, counts.index[part], groups


def _offence(
    cells: Mapping[str, pd.Series],
    names: Mapping[str, str],
    index: pd.Index,
    offences: OffenceCodes,
    faults: FaultList,
) -> _Offence:
    blank = pd.Series(None, index, dtype="str")
    told_code = cells.get("offence_code", blank)
    text, kind = cells.get("offence_text", blank), cells.get("offence_type", blank)
    text = text.fillna(answered(told_code, _text_after))
    code = normalise_all(told_code)
    wrong = told_code.notna() & code.isna()
    faults.add(TableRule.OFFENCE_CODE_FORM, wrong, told_code, names.get("offence_code", ""))
    nothing = told_code.isna() & text.isna() & kind.isna()
    faults.add(TableRule.OFFENCE_MISSING, nothing, blank)
    by_word = answered(kind, _type_by_word)
    by_text = answered(text.mask(told_code.notna()), _type_by_word)
    by_word = by_word.where(by_word.notna(), by_text)
    types = offences.types_of(code, text.fillna(kind))
    return _Offence(
        code,
        text.fillna(kind.where(by_word.isna(), None)).astype("str"),
        by_word.where(by_word.notna(), types).astype("str"),
    )


def _text_after(code: str) -> str | None:
    found = _TEXT_AFTER_CODE.search(code)
    return found[1] if found else None


def _type_by_word(text: str) -> str | None:
    return _TYPE_BY_WORD.get(text.casefold())


def _unknown_words(table: pd.DataFrame) -> list[str]:
    """What offences without a code are called that are of no type, the most common first."""
    other = (table["offence_type"] == OTHER_OFFENCES) & table["offence_code"].isna()
    words = table.loc[other, "offence_text"].dropna().value_counts().index.tolist()
    return words if len(words) <= _SHOWN else [*words[:_SHOWN], "…"]


def _unknown_codes(codes: pd.Series, offences: OffenceCodes) -> int:
    found = codes.value_counts()
    return int(sum(rows for code, rows in found.items() if not offences.known(code)))


def _count(
    cells: Mapping[str, pd.Series], names: Mapping[str, str], index: pd.Index, faults: FaultList
) -> pd.Series:
    if "count" not in cells:
        return pd.Series(1, index, dtype="Int64")
    text, name = cells["count"], names["count"]
    values, broken = whole_numbers(text)
    faults.add(TableRule.NOT_A_NUMBER, broken, text, name)
    faults.add(TableRule.NOT_A_WHOLE_NUMBER, (values % 1).fillna(0) != 0, text, name)
    faults.add(TableRule.BELOW_MINIMUM, values < 0, text, name)
    faults.add(TableRule.ABOVE_MAXIMUM, values > _MOST, text, name)
    faults.add(TableRule.VALUE_MISSING, text.isna() & _is_sum_file(cells), text, name)
    whole = values.where((values % 1 == 0) & values.between(0, _MOST), 1.0)
    return whole.fillna(1).astype("int64").astype("Int64")


def _is_sum_file(cells: Mapping[str, pd.Series]) -> bool:
    return bool({"period", "year"} & set(cells)) and not {"source_id", "case_id"} & set(cells)


def _place(
    cells: Mapping[str, pd.Series],
    index: pd.Index,
    geometry: gpd.GeoSeries,
    municipality: tuple[str, str],
) -> tuple[pd.Series, pd.Series, pd.Series]:
    """Another municipality or what is wider, where a row says so; area code and place as told: that
    one, else the row's own, else the municipality."""
    blank = pd.Series(None, index, dtype="str")
    code = cells.get("area_code", blank)
    bare = area_codes.bare(code)
    place = cells.get("place_name", blank)
    town = cells.get("municipality", blank)
    town = town.str.replace(_MUNICIPALITY_WORD, "", case=False, regex=True)
    alone = bare.isna() & place.isna() & geometry.isna()
    digits = town.str.fullmatch(r"\d{3,4}", na=False)
    number = town.where(digits).str.zfill(4)
    other = elsewhere(cells, alone & _is_sum_file(cells), municipality)
    by_code = other.str.fullmatch(r"\d{4}", na=False)
    bare = bare.where(~(alone & digits), number).where(other.isna(), other.where(by_code))
    place = place.where(~(alone & ~digits), town).where(other.isna(), other.where(~by_code))
    return other, bare.astype("str"), place.astype("str")


def _assemble(
    times: IncidentTimes,
    offence: _Offence,
    count: pd.Series,
    area_code: pd.Series,
    place: pd.Series,
    geometry: gpd.GeoSeries,
) -> gpd.GeoDataFrame:
    return gpd.GeoDataFrame(
        {
            "offence_code": offence.code,
            "offence_type": offence.type,
            "offence_text": offence.text,
            "occurred_from": to_utc(times.occurred_from, times.from_later),
            "occurred_to": to_utc(times.occurred_to, times.to_later),
            "occurred_precision": times.occurred_precision,
            "reported_from": times.reported_from,
            "reported_to": times.reported_to,
            "count": count,
            "given_area_code": area_code,
            "given_place": place,
        },
        geometry=geometry,
        crs=WORK_CRS,
    )


def _stand_for_periods(table: gpd.GeoDataFrame) -> pd.Series:
    """Rows that are dated by a month or more."""
    coarse = (DatePrecision.MONTH, DatePrecision.QUARTER, DatePrecision.YEAR)
    return (table["reported_from"] < table["reported_to"]) | (
        table["reported_from"].isna() & table["occurred_precision"].isin(coarse)
    )


def _sums(
    table: gpd.GeoDataFrame, period: pd.Series, cells: Mapping[str, pd.Series], is_given: bool
) -> pd.Series:
    """Rows that stand for a period, or all rows of a file that counts without naming any.

    Without a column of counts every row is one offence, however little its time is known.
    """
    if is_given or "count" not in cells or {"source_id", "case_id"} & set(cells):
        return pd.Series(False, table.index)
    return period | bool((table["count"] != 1).any())


def _running(own: pd.Series) -> bool:
    """Whether the ids are the numbers 0, 1, 2 … or 1, 2, 3 … in order."""
    number = pd.to_numeric(own, errors="coerce").to_numpy()
    return len(own) > 2 and number[0] in (0, 1) and bool((np.diff(number) == 1).all())


def _drop_repeated(
    table: gpd.GeoDataFrame, sums: pd.Series, column: str, counted: str, faults: FaultList
) -> pd.Series:
    """Mark rows that repeat an earlier one; those that contradict it become faults."""
    repeated = pd.Series(False, table.index)
    shared = table["source_id"].duplicated(keep=False)
    if not shared.any():
        return repeated
    # Final figures stand before preliminary ones of the same, whatever the file's order.
    group = table[shared].sort_values("preliminary", kind="stable")
    content = same_content(group)
    first = content.groupby(group["source_id"]).transform("first")
    later = group["source_id"].duplicated()
    repeated[group.index] = later & (content == first)
    contrary = (later & (content != first)).sort_index()
    is_sum = sums[contrary.index]
    counts = group["count"].sort_index().astype("str")
    faults.add(TableRule.COUNTED_OTHERWISE, contrary & is_sum, counts, counted)
    named = group["source_id"].sort_index()
    faults.add(TableRule.DUPLICATE_ID, contrary & ~is_sum, named, column)
    return repeated
