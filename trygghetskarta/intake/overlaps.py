"""What would be counted twice: areas beside their own parts, and what another source has told."""

from collections.abc import Sequence
from dataclasses import dataclass

import geopandas as gpd
import numpy as np
import pandas as pd

from trygghetskarta.analysis.incident_cube import LEVEL_COLUMNS
from trygghetskarta.intake.workplace import Workplace
from trygghetskarta.settings import TIME_ZONE
from trygghetskarta.store import read_history
from trygghetskarta.terms.areas import PlaceMatch
from trygghetskarta.terms.doubts import Doubt, DoubtKind

_LEVELS = tuple(LEVEL_COLUMNS.values())
_TIMES = ("reported_from", "reported_to", "occurred_from", "occurred_to")
_DAYS = 40
"""Days of a file that another source is held against."""
_FEWEST = 5
_IDS, _FEWEST_IDS = 400, 3
"""Ids that are looked up of a file, and as few as are compared."""
_SUMS = 2000
"""Sums of a file that are held against the stored ones."""
_HALF = 0.5
_MOSTLY = 0.9
_SHOWN = 3


def of_areas(placed: gpd.GeoDataFrame) -> tuple[Doubt, ...]:
    """Doubt counts of areas whose own parts, or which themselves, are counted in other rows.

    Only where the wider area has at least what its parts have together: else its rows are those
    whose part is not known.

    Parameters
    ----------
    placed
        Contract ``PLACED_INCIDENTS``, index: row as Excel counts.
    """
    period = (placed["reported_from"] < placed["reported_to"]) & placed["geometry"].isna()
    sums = placed[period & placed[list(_LEVELS)].notna().any(axis=1)]
    if len(sums) < 2:
        return ()
    rows = pd.DataFrame(sums.drop(columns="geometry")).assign(offence=_offence(sums))
    depth = rows[list(_LEVELS)].notna().sum(axis=1)
    same = [*_TIMES, "offence"]
    found = []
    for told in {tuple(row) for row in rows[list(_LEVELS)].notna().to_numpy()}:
        pattern = rows[list(_LEVELS)].notna().eq(list(told)).all(axis=1)
        key = [*same, *(name for name, is_told in zip(_LEVELS, told, strict=True) if is_told)]
        wider = rows[pattern].reset_index(names="row")
        again = wider[wider.duplicated(key)][["row", "count"]]
        found.append(again.assign(parts=again["count"]))
        finer = rows[(depth > sum(told)) & rows[key[len(same) :]].notna().all(axis=1)]
        parts = finer.groupby(key, dropna=False)["count"].sum().rename("parts").reset_index()
        found.append(wider[["row", *key, "count"]].merge(parts, on=key)[["row", "count", "parts"]])
    found.append(_of_all(rows, placed[period & placed[list(_LEVELS)].isna().all(axis=1)], same))
    beside = pd.concat(found)
    if beside.empty or (beside["count"] >= beside["parts"]).mean() < _MOSTLY:
        return ()
    first = sorted(beside["row"].unique())[:_SHOWN]
    facts = {"n": beside["row"].nunique(), "rows": [int(row) for row in first]}
    return (Doubt(DoubtKind.NESTED_AREAS, facts),)


def _of_all(sums: pd.DataFrame, unplaced: gpd.GeoDataFrame, same: Sequence[str]) -> pd.DataFrame:
    """Sums without a place, when each is to the number that of two places or more."""
    whole = pd.DataFrame(unplaced.drop(columns="geometry")).assign(offence=_offence(unplaced))
    whole = whole[whole["place_match"] == PlaceMatch.NONE.value].reset_index(names="row")
    parts = sums.groupby(list(same), dropna=False)["count"].agg(["sum", "size"]).reset_index()
    both = whole.merge(parts, on=list(same)).rename(columns={"sum": "parts"})
    is_sum = bool(len(both)) and bool(((both["count"] == both["parts"]) & (both["size"] > 1)).all())
    return both.loc[both.index if is_sum else [], ["row", "count", "parts"]]


@dataclass(frozen=True)
class SameFile:
    """Rows of an earlier reading of the same file that the file no longer gives: their ids."""

    replaces: tuple[str, ...] = ()
    doubts: tuple[Doubt, ...] = ()

    @property
    def notes(self) -> dict[str, object]:
        """``replaced_rows``: how many they are, where there are any."""
        return {"replaced_rows": len(self.replaces)} if self.replaces else {}


def of_same_file(place: Workplace, placed: gpd.GeoDataFrame, source: str, sha256: str) -> SameFile:
    """Doubt a file that was read before in another way: what it gave then is to be replaced.

    Parameters
    ----------
    place, placed, source
        As in :func:`of_sources`.
    sha256
        Of the file.
    """
    if placed.empty:
        return SameFile()
    left = read_history.left_of(place.engine, source, sha256)
    left = left[~left["source_id"].isin(placed["source_id"])]
    if left.empty:
        return SameFile()
    facts = {"n": len(left), "day": left["started_at"].max()}
    return SameFile(tuple(left["source_id"]), (Doubt(DoubtKind.SAME_FILE, facts),))


def of_ids(place: Workplace, placed: gpd.GeoDataFrame, source: str) -> tuple[Doubt, ...]:
    """Doubt ids under which the source has told of offences on other days, for most of the file.

    Parameters
    ----------
    place
        The store.
    placed
        Contract ``PLACED_INCIDENTS``, whose rows have ids of their own.
    source
        The file's source.
    """
    if len(placed) < _FEWEST_IDS:
        return ()
    some = placed.iloc[np.unique(np.linspace(0, len(placed) - 1, _IDS).astype(int))]
    some = some.set_index("source_id")
    stored = read_history.of_ids(place.engine, source, [*some.index])
    if len(stored) < _FEWEST_IDS:
        return ()
    moved = _first_day(some.loc[stored.index]) != _first_day(stored)
    if not moved.mean() > _HALF:
        return ()
    facts = {"n": int(moved.sum()), "rows": len(some), "id": str(moved.index[moved][0])}
    return (Doubt(DoubtKind.SAME_ID, facts),)


def of_stored(place: Workplace, placed: gpd.GeoDataFrame, source: str) -> tuple[Doubt, ...]:
    """Doubt sums that the source has told before under other names, or in other parts.

    Two sums tell of the same where their offence is the same, and one's area and time lie in the
    other's. As in :func:`of_areas` the wider must have at least what its parts have together.

    Parameters
    ----------
    place, placed, source
        As in :func:`of_sources`.
    """
    sums = placed[(placed["reported_from"] < placed["reported_to"]) & placed["geometry"].isna()]
    if sums.empty:
        return ()
    reach = (sums["reported_from"].min(), sums["reported_to"].max())
    stored = read_history.sums(place.engine, source, *reach)
    new = sums[~sums["source_id"].isin(stored["source_id"])]
    stored = stored[~stored["source_id"].isin(sums["source_id"])]
    if stored.empty or new.empty:
        return ()
    some = np.unique(np.linspace(0, len(new) - 1, _SUMS).astype(int))
    here, there = _sums_told(new.iloc[some]), _sums_told(stored)
    found: set[int] = set()
    for name in ("offence", "type"):
        pairs = here.merge(there, on=name, suffixes=("", "_there"))
        if name == "type":
            pairs = pairs[pairs["is_coded"] != pairs["is_coded_there"]]
        for wide, part in (("", "_there"), ("_there", "")):
            inside = (pairs[f"first{wide}"] <= pairs[f"first{part}"]) & (
                pairs[f"last{wide}"] >= pairs[f"last{part}"]
            )
            for level in _LEVELS:
                told = pairs[f"{level}{wide}"]
                inside &= (told == "") | (told == pairs[f"{level}{part}"])
            among = pairs[inside]
            total = among.groupby(f"row{wide}")[f"count{part}"].transform("sum")
            found |= set(among.loc[among[f"count{wide}"] >= total, "row"])
    if not found:
        return ()
    facts = {"n": len(found), "rows": sorted(int(row) for row in found)[:_SHOWN]}
    return (Doubt(DoubtKind.STORED_ALREADY, facts),)


def _sums_told(rows: pd.DataFrame) -> pd.DataFrame:
    """Offence in lower case, its type, first and last day, areas, number and row of each sum."""
    return pd.DataFrame(
        {
            "row": rows.index,
            "offence": _offence(rows).str.casefold().to_numpy(),
            "type": rows["offence_type"].to_numpy(),
            "is_coded": rows["offence_code"].notna().to_numpy(),
            "first": rows["reported_from"].to_numpy(),
            "last": rows["reported_to"].to_numpy(),
            "count": rows["count"].to_numpy(),
            **{name: rows[name].astype("str").fillna("").to_numpy() for name in _LEVELS},
        }
    )


def of_sources(place: Workplace, placed: gpd.GeoDataFrame, source: str) -> tuple[Doubt, ...]:
    """Doubt a file of which at least half is new, and stored from a source of another name.

    Compared are offence, day or period, and area, on some days from the file's whole length.

    Parameters
    ----------
    place
        The store.
    placed
        Contract ``PLACED_INCIDENTS``.
    source
        The file's own source.
    """
    first = _first_day(placed)
    days = np.sort(first.dropna().unique())
    if not len(days):
        return ()
    some = days[np.unique(np.linspace(0, len(days) - 1, _DAYS).astype(int))]
    stored = _compared(read_history.of_days(place.engine, list(pd.DatetimeIndex(some))))
    here = _compared(placed[first.isin(some)])
    key = ["offence", "first", "last", *_LEVELS]
    told = stored.groupby(["source", *key], dropna=False)["rows"].sum().unstack("source")
    new = here.groupby(key, dropna=False).size()
    told = told.reindex(new.index).fillna(0)
    if source in told:
        new = (new - told.pop(source)).clip(lower=0)
    found = []
    for name in told.columns:
        both = np.minimum(new, told[name])
        shared = int(both.sum())
        alike = both[both > 0].reset_index()
        periods = bool((alike["first"] < alike["last"]).all())
        if shared >= _HALF * len(here) and (shared >= _FEWEST or periods) and shared:
            found.append((shared, str(name)))
    if not found:
        return ()
    shared, name = max(found)
    return (Doubt(DoubtKind.OTHER_SOURCE, {"n": shared, "rows": len(here), "source": name}),)


def _compared(rows: pd.DataFrame) -> pd.DataFrame:
    """Offence, first and last day, and areas of each row."""
    first = _first_day(rows)
    last = rows["reported_to"].where(rows["occurred_from"].isna(), first)
    table = pd.DataFrame(
        {
            "offence": _offence(rows),
            "first": first,
            "last": last.astype("datetime64[us]"),
            **{name: rows[name].astype("str").fillna("") for name in _LEVELS},
        }
    )
    return table.assign(**{name: rows[name] for name in ("source", "rows") if name in rows})


def _first_day(rows: pd.DataFrame) -> pd.Series:
    """Day of the offence in Swedish time or, where none is told, first day of the report."""
    occurred = rows["occurred_from"].dt.tz_convert(TIME_ZONE).dt.tz_localize(None).dt.normalize()
    return occurred.fillna(rows["reported_from"]).astype("datetime64[us]")


def _offence(rows: pd.DataFrame) -> pd.Series:
    return rows["offence_code"].fillna(rows["offence_text"]).fillna(rows["offence_type"])
