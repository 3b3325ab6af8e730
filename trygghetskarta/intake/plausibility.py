"""What looks wrong of a file that has been parsed: doubts, each to be confirmed.

The limits stand in :mod:`trygghetskarta.analysis.plausibility`. A file is held against what its own
source has delivered before; the first file of a source only against itself.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import pandas as pd

from trygghetskarta.analysis import coverage
from trygghetskarta.analysis import plausibility as limits
from trygghetskarta.intake import overlaps
from trygghetskarta.intake.accounts import FileSpan
from trygghetskarta.intake.workplace import Workplace
from trygghetskarta.settings import TIME_ZONE
from trygghetskarta.sources.fields.columns import ColumnMapping
from trygghetskarta.sources.fields.offence_codes import OffenceCodes
from trygghetskarta.sources.readers.files import RawTable
from trygghetskarta.store import read_history
from trygghetskarta.terms.areas import PlaceMatch
from trygghetskarta.terms.doubts import Doubt, DoubtKind
from trygghetskarta.terms.times import DatePrecision

_FEW_POINTS = 10
"""Below this many points most of them may lie anywhere."""
_FEW_CODES = 20
_FEW_ROWS = 20
_FEW_SHARE = 0.05
"""Up to this share of a file's rows are odd ones out; more are what the file is about."""
_NO_DAYS = np.array(["1899-12-30", "1900-01-01", "1970-01-01"], "datetime64[D]").astype(np.int64)
_LONG_BEFORE = 730
"""Days before the source's first day that a stray date lies at least."""
_SHOWN = 6
"""Months that one sentence names."""

Days = npt.NDArray[np.int64]


@dataclass(frozen=True)
class Found:
    """What was noticed of a file's rows when they were looked at together."""

    span: FileSpan | None
    doubts: tuple[Doubt, ...]
    notes: Mapping[str, object]


def of_incidents(
    place: Workplace,
    raw: RawTable,
    mapping: ColumnMapping,
    table: gpd.GeoDataFrame,
    source: str,
    offences: OffenceCodes,
) -> Found:
    """Look at the accepted rows of a file of incidents, beside what its source has delivered.

    Parameters
    ----------
    place
        The store.
    raw, mapping
        The file as it stands.
    table
        Contract ``PLACED_INCIDENTS``, index: row as Excel counts.
    source
        Name of the source.
    offences
        The codes that are known.
    """
    before = read_history.delivered(place.engine, source)
    rows = dated(table)
    notes, twice = alike(raw, mapping, table)
    unknown = unknown_codes(table, offences)
    if unknown:
        notes["unknown_code_names"] = unknown
    doubts = (
        *over_time(rows, dated(before)),
        *of_places(table, before, place.municipality.name),
        *of_codes(table, offences),
        *twice,
        *overlaps.of_areas(table),
        *overlaps.of_sources(place, table, source),
        *overlaps.of_stored(place, table, source),
        *(overlaps.of_ids(place, table, source) if "source_id" in mapping.roles else ()),
    )
    return Found(span_of(rows), doubts, notes)


@dataclass(frozen=True, eq=False)
class Dated:
    """Rows by day.

    Attributes
    ----------
    first, last
        Days since 1970-01-01 between which each row is dated, by its report or else by the offence.
    count
        Offences of each row.
    is_wide
        Whether some rows are sums over more than a month, which no month can be told from.
    """

    first: Days
    last: Days
    count: npt.NDArray[np.float64]
    is_wide: bool

    def months(self, start: int, end: int) -> npt.NDArray[np.float64]:
        """Offences of every month from one to another, both included; months since 1970-01."""
        of_month = _month(self.first) - start
        inside = (of_month >= 0) & (of_month <= end - start)
        held = np.bincount(of_month[inside], self.count[inside], end - start + 1)
        return held.astype(np.float64)


def dated(rows: pd.DataFrame) -> Dated:
    """The days of incidents, contract ``INCIDENTS`` or what a source has delivered before."""
    first = rows["reported_from"].fillna(_day(rows["occurred_from"]))
    # A time that is known to the day ends as the next begins.
    told = _day(rows["occurred_to"] - pd.Timedelta(microseconds=1))
    last = rows["reported_to"].fillna(told).fillna(first)
    wide = rows["reported_from"].dt.to_period("M") < rows["reported_to"].dt.to_period("M")
    if "occurred_precision" in rows:
        coarse = rows["occurred_precision"].isin([DatePrecision.QUARTER, DatePrecision.YEAR])
        wide |= coarse & rows["reported_from"].isna()
    begun, ended = (_number(part) for part in (first, last))
    count = rows["count"].to_numpy(np.float64)
    return Dated(begun, np.maximum(begun, ended), count, bool(wide.any()))


def span_of(rows: Dated) -> FileSpan | None:
    """First and last day, and the months between; None for a file without a row."""
    if not len(rows.first):
        return None
    days = (rows.first.min(), rows.last.max())
    first, last = (pd.Timestamp(int(day), unit="D").date() for day in days)
    if rows.is_wide:
        return FileSpan(first, last)
    start, end = int(_month(rows.first).min()), int(_month(rows.first).max())
    held = rows.months(start, end)
    told = tuple((_named(start + n).date(), int(round(number))) for n, number in enumerate(held))
    return FileSpan(first, last, told)


def over_time(rows: Dated, before: Dated) -> tuple[Doubt, ...]:
    """Doubt months that are empty, that hold far too much or little, and stray dates.

    Parameters
    ----------
    rows
        Of the file.
    before
        What its source has delivered before.
    """
    if not len(rows.first):
        return ()
    far = _far_before(rows, before)
    others = Dated(rows.first[~far], rows.last[~far], rows.count[~far], rows.is_wide)
    return (*_stray(rows, far), *_empty(others, before), *_unusual(others, before))


def _empty(rows: Dated, before: Dated) -> tuple[Doubt, ...]:
    """Months without a row: in the middle of the file, or between it and what was there."""
    found = set(_silent(rows))
    if len(before.first):
        start = int(_month(rows.first).min())
        earlier = before.first < rows.first.min()
        both = Dated(
            np.concatenate([before.first[earlier], rows.first]),
            np.concatenate([before.last[earlier], rows.last]),
            np.concatenate([before.count[earlier], rows.count]),
            False,
        )
        known = int(_month(before.last[earlier]).max()) if earlier.any() else start
        found |= {one for one in _silent(both) if known < one[0] and one[1] < start}
    if not found:
        return ()
    silent = tuple((_named(a), (_named(b + 1) - pd.Timedelta(days=1))) for a, b in sorted(found))
    return (Doubt(DoubtKind.EMPTY_MONTHS, {"months": silent}),)


def _silent(rows: Dated) -> tuple[tuple[int, int], ...]:
    alone = np.zeros(len(rows.first), dtype=np.int64)
    months, count = _month(rows.first), rows.count.copy()
    start = int(months.min())
    held = rows.months(start, int(months.max()))
    # One month that is out of all proportion would make every silence look like chance.
    for place, middle in limits.jumps(held):
        count[months == start + place] *= middle / held[place]
    return coverage.silences(rows.first, rows.last, count, alone)


def _unusual(rows: Dated, before: Dated) -> tuple[Doubt, ...]:
    if rows.is_wide:
        return ()
    months = _month(rows.first)
    start, end = int(months.min()), int(months.max())
    held = rows.months(start, end)
    earlier = np.array([])
    if len(before.first) and not before.is_wide:
        oldest = int(_month(before.first).min())
        newest = min(start - 1, int(_month(before.first).max()))
        if newest >= oldest:
            earlier = before.months(oldest, newest)
    usual = limits.usual(earlier, len(held))
    if usual is None:
        odd = limits.jumps(held)
        if not odd:
            return ()
        told = [(_named(start + place), int(held[place])) for place, _ in odd]
        return (Doubt(DoubtKind.JUMP, {"held": told, "middle": odd[0][1]}),)
    # The first and the last month may be parts of one: they are not asked for too little.
    inside = np.zeros(len(held), dtype=bool)
    inside[1:-1] = True
    strange = (held > usual.high) | (inside & (held < usual.low) & (held > 0))
    told = [(_named(start + int(n)), int(held[n])) for n in np.flatnonzero(strange)]
    if not told:
        return ()
    facts = {"held": told, "low": int(np.ceil(usual.low)), "high": int(usual.high)}
    return (Doubt(DoubtKind.UNUSUAL_MONTHS, {**facts, "mean": usual.mean}),)


def _far_before(rows: Dated, before: Dated) -> npt.NDArray[np.bool_]:
    """The few rows that are dated long before everything else of their source.

    Days that programs write where there is none are so in a file of any size.
    """
    oldest = int(np.quantile(rows.first, _FEW_SHARE, method="lower"))
    if len(before.first):
        oldest = min(oldest, int(before.first.min()))
    far = rows.first < oldest - _LONG_BEFORE
    empty = np.isin(rows.first, _NO_DAYS)
    others = rows.first[~empty]
    empty &= bool(len(others)) and bool(others.min() - rows.first.min() > _LONG_BEFORE)
    return empty | (far & (len(far) >= _FEW_ROWS))


def _stray(rows: Dated, far: npt.NDArray[np.bool_]) -> tuple[Doubt, ...]:
    if not far.any():
        return ()
    days = (rows.first[far].min(), rows.first[~far].min())
    oldest, first = (pd.Timestamp(int(day), unit="D").date() for day in days)
    return (Doubt(DoubtKind.STRAY_DATES, {"n": int(far.sum()), "day": oldest, "first": first}),)


def of_places(placed: gpd.GeoDataFrame, before: pd.DataFrame, town: str) -> tuple[Doubt, ...]:
    """Doubt points that mostly lie elsewhere, and a share without place that has clearly risen.

    Parameters
    ----------
    placed
        Contract ``PLACED_INCIDENTS``.
    before
        What the source has delivered before.
    town
        Name of the municipality.
    """
    found = []
    points = placed[placed.geometry.notna()]
    outside = int((points["place_match"] == PlaceMatch.OUTSIDE).sum())
    if len(points) >= _FEW_POINTS and outside * 2 > len(points):
        facts = {"outside": outside, "points": len(points), "municipality": town}
        found.append(Doubt(DoubtKind.ELSEWHERE, facts))
    now = (int((placed["place_match"] == PlaceMatch.NONE).sum()), len(placed))
    earlier = (int(before["unplaced"].sum()), int(before["rows"].sum()))
    if limits.share_rose(now, earlier):
        shares = {"share": 100 * now[0] / now[1], "earlier": 100 * earlier[0] / earlier[1]}
        found.append(Doubt(DoubtKind.WITHOUT_PLACE, {"n": now[0], **shares}))
    return tuple(found)


def of_conflicts(conflicts: int, told_twice: int) -> tuple[Doubt, ...]:
    """Doubt points of which most lie in another area than their rows tell of."""
    if told_twice < _FEW_POINTS or conflicts * 2 <= told_twice:
        return ()
    return (Doubt(DoubtKind.PLACES_DISAGREE, {"n": conflicts, "rows": told_twice}),)


def of_codes(table: pd.DataFrame, offences: OffenceCodes) -> tuple[Doubt, ...]:
    """Doubt a column of codes of which most are in no list."""
    found = table["offence_code"].value_counts()
    strange = found[[not offences.known(code) for code in found.index]]
    coded, unknown = int(found.sum()), int(strange.sum())
    if coded < _FEW_CODES or unknown * 2 <= coded:
        return ()
    first = strange.index[:_SHOWN].tolist()
    return (Doubt(DoubtKind.UNKNOWN_CODES, {"n": unknown, "rows": coded, "codes": first}),)


def unknown_codes(table: pd.DataFrame, offences: OffenceCodes) -> list[str]:
    """The codes that are in no list, the most common first, with the file's own words for them."""
    coded = table[table["offence_code"].notna()]
    found = coded["offence_code"].value_counts()
    names = coded.groupby("offence_code")["offence_text"].first()
    unknown = [code for code in found.index if not offences.known(code)]
    told = [
        f"{code} {names[code]}" if isinstance(names[code], str) else code
        for code in unknown[:_SHOWN]
    ]
    return told if len(unknown) <= _SHOWN else [*told, "…"]


def alike(raw: RawTable, mapping: ColumnMapping, table: pd.DataFrame) -> tuple[dict, list[Doubt]]:
    """Rows that are the same in every column that is read, by case number or not.

    Returns
    -------
    dict and list
        A note where a few rows of a case are alike (both are counted: a case may hold two offences
        of a kind), and a doubt where the whole file seems to stand twice.
    """
    roles = mapping.roles
    are_sums = "count" in roles and "case_id" not in roles and bool((table["count"] != 1).any())
    if "source_id" in roles or are_sums:
        return {}, []
    kept = raw.frame.loc[table.index, list(dict.fromkeys(roles.values()))]
    again = kept.duplicated()
    if not again.any():
        return {}, []
    times = kept.fillna("").groupby(list(kept.columns))[kept.columns[0]].transform("size")
    if len(kept) >= _FEW_ROWS and (times % 2 == 0).all():
        return {}, [Doubt(DoubtKind.TWICE, {"n": int(again.sum()), "rows": len(kept)})]
    if "case_id" not in roles:
        return {}, []
    cased = kept[roles["case_id"]].notna()
    twice = kept.index[kept.duplicated(keep=False) & cased]
    if not len(twice):
        return {}, []
    more = [] if len(twice) <= _SHOWN else ["…"]
    return {"alike_in_case": [*map(str, twice[:_SHOWN]), *more]}, []


def _day(moments: pd.Series) -> pd.Series:
    local = moments.dt.tz_convert(TIME_ZONE).dt.tz_localize(None)
    return local.dt.normalize()


def _number(days: pd.Series) -> Days:
    return days.to_numpy("datetime64[D]").astype(np.int64)


def _month(days: Days) -> Days:
    return days.astype("datetime64[D]").astype("datetime64[M]").astype(np.int64)


def _named(month: int) -> pd.Timestamp:
    """First day of a month, months since 1970-01."""
    return pd.Timestamp(np.datetime64(int(month), "M").astype("datetime64[D]"))
