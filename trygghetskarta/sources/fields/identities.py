"""Names for rows, so that the same offence is known again in a later, overlapping file."""

import hashlib

import geopandas as gpd
import numpy as np
import pandas as pd

from trygghetskarta.settings import TIME_ZONE

_SEPARATOR = "\x1f"
_LENGTH = 32
_TOLD = [
    "offence",
    "occurred_from",
    "told_end",
    "reported_from",
    "reported_to",
    "given_area_code",
    "given_place",
    "point",
]
"""What a row itself tells; nothing that other rows of the file or our own grouping decide."""

_MONTH = pd.Timedelta(days=31)
"""A sum of more days that are told is another than one that begins on the same day."""
_SUM_KEY = ["place", "reported_from", "reported_to", "occurred_from", "offence"]


def identify(
    table: gpd.GeoDataFrame,
    told_end: pd.Series,
    own: pd.Series | None,
    case: pd.Series | None,
    sums: pd.Series,
    single: pd.Series,
) -> pd.Series:
    """Name every row.

    Parameters
    ----------
    table
        Rows of contract ``INCIDENTS`` but for ``source_id``; points count to a tenth of a metre.
    told_end
        End of the offence as the row itself tells it.
    own
        The file's own id, missing where it has none; None when the file has no such column.
    case
        The file's case number (*diarienummer*), likewise.
    sums
        True for rows that are a sum over a place, a period and a type.
    single
        True for rows of one offence on a day: alike ones of a file of sums are several.

    Returns
    -------
    Series of text
        The own id as it stands. Otherwise a hash, which the order of rows and columns without a
        role do not change: of case number and offence code; of place, period and type for a sum,
        so that a corrected count is a change of the same row; of what the row tells but its count
        for the rest. Among single rows alike, a number is added; two sums alike get the same name.
    """
    offence = table["offence_code"].fillna(table["offence_text"]).fillna(table["offence_type"])
    known = table.assign(offence=offence, told_end=told_end)
    names = pd.Series(None, table.index, dtype="str") if own is None else own.astype("str")
    if case is not None and names.isna().any():
        names = names.fillna(_by_case(known, case))
    left = known[names.isna()]
    if len(left):
        # The number of a row counts all that are like it, also those that have a name.
        content = _contents(known)
        names = names.fillna(_numbered("rows", content).mask(sums, _sum_names(left, single)))
    return names.astype("str")


def _by_case(known: gpd.GeoDataFrame, case: pd.Series) -> pd.Series:
    """Names by case number and offence, missing where there is no case number."""
    key = _named("case", pd.DataFrame({"case": case, "offence": known["offence"]}))
    alike = key.duplicated(keep=False)
    # Alike rows are numbered in the order of their content, not of the file.
    ordered = _contents(known[alike]).sort_values(kind="stable").index
    names = _numbered("cases", pd.concat([key[~alike], key[ordered]]))
    return names.reindex(known.index).where(case.notna())


def same_content(table: gpd.GeoDataFrame) -> pd.Series:
    """Hash everything a row says but its name; two rows with the same hash say the same."""
    plain = pd.DataFrame(table.drop(columns=["source_id", "geometry"]))
    plain["point"] = _points(table.geometry)
    return _named("content", plain)


def _contents(known: gpd.GeoDataFrame) -> pd.Series:
    return _named("row", known.assign(point=_points(known.geometry))[_TOLD])


def _sum_names(known: gpd.GeoDataFrame, single: pd.Series) -> pd.Series:
    """Names by place, time and offence; the second and later single ones alike get a number."""
    place = known["given_area_code"].fillna(known["given_place"])
    told = known.assign(place=place.fillna(_points(known.geometry)))
    begun = known["occurred_from"].dt.tz_convert(TIME_ZONE).dt.tz_localize(None)
    is_long = known["told_end"] - begun > _MONTH
    names = _named("sum", told[_SUM_KEY])
    if is_long.any():
        names[is_long] = _named("sum", told.loc[is_long, [*_SUM_KEY, "told_end"]])
    ones = names[single[names.index]]
    number = ones.groupby(ones).cumcount()
    more = pd.DataFrame({"key": ones, "number": number})[number > 0]
    names[more.index] = _named("again", more)
    return names


def _numbered(kind: str, keys: pd.Series) -> pd.Series:
    number = keys.groupby(keys).cumcount()
    return _named(kind, pd.DataFrame({"key": keys, "number": number}))


def _points(geometry: gpd.GeoSeries) -> pd.Series:
    x, y = geometry.x.round(1), geometry.y.round(1)
    # Adding 0 turns -0.0 into 0.0.
    text = (x + 0).astype("str") + " " + (y + 0).astype("str")
    return text.where(geometry.notna() & np.isfinite(x), None)


def _named(kind: str, key: pd.DataFrame) -> pd.Series:
    columns = [_as_text(key[name]) for name in key.columns]
    hashes = [
        hashlib.sha256(_SEPARATOR.join((kind, *cells)).encode()).hexdigest()[:_LENGTH]
        for cells in zip(*columns, strict=True)
    ]
    return pd.Series(hashes, key.index, dtype="str")


def _as_text(values: pd.Series) -> list[str]:
    if pd.api.types.is_datetime64_any_dtype(values.dtype):
        values = values.astype("datetime64[us]" if values.dt.tz is None else values.dtype)
        return values.astype("int64").where(values.notna(), 0).astype("str").tolist()
    return values.astype("str").fillna("").tolist()
