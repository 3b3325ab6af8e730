"""Placed incidents as parallel arrays, ready to be counted."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from trygghetskarta.settings import TIME_ZONE
from trygghetskarta.terms.areas import AreaLevel, PlaceMatch
from trygghetskarta.terms.offences import OFFENCE_TYPES
from trygghetskarta.terms.times import DateBasis

LEVEL_COLUMNS = {
    AreaLevel.DISTRICT: "district_code",
    AreaLevel.REGSO: "regso_code",
    AreaLevel.DESO: "deso_code",
}
"""Column of a placed incident that holds its area, by level below the municipality."""

NO_DAY = np.iinfo(np.int32).min


@dataclass(frozen=True, eq=False)
class IncidentCube:
    """Incidents as parallel arrays, one element per incident row.

    Attributes
    ----------
    area_codes
        Sorted area codes per level; ``area_row`` refers to them.
    area_row
        Row number of the incident's area per level, -1 where the level is not decided; the
        municipality's is that of every incident inside it.
    offence_type
        Position in ``OFFENCE_TYPES``.
    offence_code, offence_codes
        Position in the sorted tuple of codes that occur, -1 for none; and that tuple.
    first_day, last_day
        Days since 1970-01-01, by basis: the first and last day that the date may be. A row that
        lacks the date of one basis borrows the other; ``-2**31`` where neither is known.
    has_time
        Whether the offence's start is known to the minute.
    inside
        False for incidents that lie outside the municipality.
    preliminary, final
        Whether the publisher calls the row preliminary, or final; neither where it does not say.
    count
        How many offences the row stands for.
    source
        Number of the row's source, 0 for all where none is told.
    x, y
        Where it happened, metres in EPSG:3006; NaN where the row has no point.
    began, ended
        Bounds of the time of the offence, ``datetime64[s]`` in UTC; NaT where no time of day is
        known.
    """

    area_codes: Mapping[AreaLevel, tuple[str, ...]]
    area_row: Mapping[AreaLevel, np.ndarray]
    offence_type: np.ndarray
    offence_code: np.ndarray
    offence_codes: tuple[str, ...]
    first_day: Mapping[DateBasis, np.ndarray]
    last_day: Mapping[DateBasis, np.ndarray]
    has_time: np.ndarray
    inside: np.ndarray
    preliminary: np.ndarray
    final: np.ndarray
    count: np.ndarray
    source: np.ndarray
    x: np.ndarray
    y: np.ndarray
    began: np.ndarray
    ended: np.ndarray

    def __len__(self) -> int:
        return len(self.count)


def build_cube(
    incidents: pd.DataFrame, area_codes: Mapping[AreaLevel, Sequence[str]]
) -> IncidentCube:
    """Turn placed incidents into arrays.

    Parameters
    ----------
    incidents
        Contract ``PLACED_INCIDENTS`` with ``x`` and ``y`` in place of the geometry; without them no
        incident has a point.
    area_codes
        The codes of each level that is shown, in any order.
    """
    codes = {level: tuple(sorted(values)) for level, values in area_codes.items()}
    present = incidents["offence_code"].dropna().unique()
    offence_codes = tuple(sorted(str(code) for code in present))
    reported = _day(incidents["reported_from"]), _day(incidents["reported_to"])
    has_time = (incidents["occurred_precision"] == "minute").to_numpy(dtype=bool)
    inside = (incidents["place_match"] != PlaceMatch.OUTSIDE).to_numpy(dtype=bool)
    occurred = (
        _local_day(incidents["occurred_from"]),
        _local_day(incidents["occurred_to"], end=True),
    )
    return IncidentCube(
        area_codes=codes,
        area_row={
            level: pd.Index(values).get_indexer(incidents[LEVEL_COLUMNS[level]]).astype(np.int32)
            if level in LEVEL_COLUMNS
            else np.where(inside, 0, -1).astype(np.int32)
            for level, values in codes.items()
        },
        offence_type=pd.Index(OFFENCE_TYPES)
        .get_indexer(incidents["offence_type"])
        .astype(np.int16),
        offence_code=pd.Index(offence_codes)
        .get_indexer(incidents["offence_code"])
        .astype(np.int32),
        offence_codes=offence_codes,
        first_day={
            DateBasis.REPORTED: _first_known(reported[0], occurred[0]),
            DateBasis.OCCURRED: _first_known(occurred[0], reported[0]),
        },
        last_day={
            DateBasis.REPORTED: _first_known(reported[1], occurred[0]),
            # An offence belongs to the period in which it began, however long it may have lasted.
            DateBasis.OCCURRED: _first_known(
                np.where(_spans_a_period(incidents), occurred[1], occurred[0]), reported[1]
            ),
        },
        has_time=has_time,
        inside=inside,
        preliminary=incidents["preliminary"].to_numpy(dtype=bool),
        final=_final(incidents),
        count=incidents["count"].to_numpy(dtype=np.int64),
        source=_sources(incidents),
        x=_coordinate(incidents, "x"),
        y=_coordinate(incidents, "y"),
        began=_moment(incidents["occurred_from"], has_time),
        ended=_moment(incidents["occurred_to"], has_time),
    )


def _spans_a_period(incidents: pd.DataFrame) -> np.ndarray:
    return incidents["occurred_precision"].isin(["month", "quarter", "year"]).to_numpy(dtype=bool)


def _first_known(wanted: np.ndarray, other: np.ndarray) -> np.ndarray:
    return np.where(wanted != NO_DAY, wanted, other).astype(np.int32)


def _day(moments: pd.Series) -> np.ndarray:
    days = moments.to_numpy(dtype="datetime64[D]")
    return np.where(np.isnat(days), NO_DAY, days.astype(np.int64)).astype(np.int32)


def _local_day(moments: pd.Series, end: bool = False) -> np.ndarray:
    local = moments.dt.tz_convert(TIME_ZONE).dt.tz_localize(None)
    if end:
        # The end of a day-precise interval is the next midnight, which is not the next day.
        local = local - pd.Timedelta(1, "us")
    return _day(local)


def _final(incidents: pd.DataFrame) -> np.ndarray:
    if "final" not in incidents:
        return np.zeros(len(incidents), dtype=bool)
    return incidents["final"].isin([True]).to_numpy(dtype=bool)


def _sources(incidents: pd.DataFrame) -> np.ndarray:
    if "source" not in incidents:
        return np.zeros(len(incidents), dtype=np.int64)
    return pd.factorize(incidents["source"])[0]


def _coordinate(incidents: pd.DataFrame, name: str) -> np.ndarray:
    if name not in incidents:
        return np.full(len(incidents), np.nan)
    return incidents[name].to_numpy(dtype=np.float64)


def _moment(moments: pd.Series, known: np.ndarray) -> np.ndarray:
    utc = moments.dt.tz_localize(None).to_numpy(dtype="datetime64[s]")
    return np.where(known, utc, np.datetime64("NaT", "s"))
