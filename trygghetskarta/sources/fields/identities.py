"""Names for rows, so that the same offence is known again in a later, overlapping file."""

import hashlib

import geopandas as gpd
import numpy as np
import pandas as pd

_SEPARATOR = "\x1f"
_LENGTH = 32
_TOLD = (
    "offence",
    "occurred_from",
    "told_end",
    "reported_from",
    "reported_to",
    "given_area_code",
    "given_place",
    "point",
)
"""What a row itself tells; nothing that other rows of the file or our own grouping decide."""

_SUM_KEY = ("place", "reported_from", "reported_to", "occurred_from", "offence")


def identify(
    table: gpd.GeoDataFrame,
    told_end: pd.Series,
    own: pd.Series | None,
    case: pd.Series | None,
    sums: pd.Series,
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

    Returns
    -------
    Series of text
        The own id as it stands. Otherwise a hash, which the order of rows and columns without a
        role do not change: of case number and offence code; of place, period and type for a sum,
        so that a corrected count is a change of the same row; of what the row tells but its count
        for the rest. Among single rows alike, a number is added; two sums alike get the same name.
    """
    offence = table["offence_code"].fillna(table["offence_text"]).fillna(table["offence_type"])
    point = _points(table.geometry)
    place = table["given_area_code"].fillna(table["given_place"]).fillna(point)
    known = table.assign(offence=offence, told_end=told_end, point=point, place=place)
    content = pd.Series(_hashes("row", known[list(_TOLD)]), table.index)
    names = _numbered("rows", content)
    if sums.any():
        names = names.where(~sums, pd.Series(_hashes("sum", known[list(_SUM_KEY)]), table.index))
    if case is not None:
        key = pd.Series(
            _hashes("case", pd.DataFrame({"case": case, "offence": offence})), table.index
        )
        # Alike rows are numbered in the order of their content, not of the file.
        by_case = _numbered("cases", key[content.sort_values().index]).reindex(table.index)
        names = names.where(case.isna(), by_case)
    return (names if own is None else own.where(own.notna(), names)).astype("str")


def same_content(table: gpd.GeoDataFrame) -> pd.Series:
    """Hash everything a row says but its name; two rows with the same hash say the same."""
    plain = pd.DataFrame(table.drop(columns=["source_id", "geometry"]))
    plain["point"] = _points(table.geometry)
    return pd.Series(_hashes("content", plain), table.index)


def _numbered(kind: str, keys: pd.Series) -> pd.Series:
    number = keys.groupby(keys).cumcount()
    return pd.Series(_hashes(kind, pd.DataFrame({"key": keys, "number": number})), keys.index)


def _points(geometry: gpd.GeoSeries) -> pd.Series:
    x, y = geometry.x.round(1), geometry.y.round(1)
    # Adding 0 turns -0.0 into 0.0.
    text = (x + 0).astype("str") + " " + (y + 0).astype("str")
    return text.where(geometry.notna() & np.isfinite(x), None)


def _hashes(kind: str, key: pd.DataFrame) -> list[str]:
    columns = [_as_text(key[name]) for name in key.columns]
    return [
        hashlib.sha256(_SEPARATOR.join((kind, *cells)).encode()).hexdigest()[:_LENGTH]
        for cells in zip(*columns, strict=True)
    ]


def _as_text(values: pd.Series) -> list[str]:
    if pd.api.types.is_datetime64_any_dtype(values.dtype):
        values = values.astype("datetime64[us]" if values.dt.tz is None else values.dtype)
        return values.astype("int64").where(values.notna(), 0).astype("str").tolist()
    return values.astype("str").fillna("").tolist()
