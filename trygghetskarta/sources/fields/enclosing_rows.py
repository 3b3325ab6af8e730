"""Counts that other rows of the file divide: a year above its months, *varav* below its whole."""

import pandas as pd

from trygghetskarta.settings import TIME_ZONE

_LENGTHS = (1, 3, 4, 6, 12)
"""Months of a period, the shorter ones first; 0 is a day or a few."""
_PART = r"(?:var|där)av\b.*"


def over_periods(
    counts: pd.DataFrame, same: list[str], wholes: pd.Index | None = None
) -> pd.DataFrame:
    """Find counts of periods whose own parts are counted too: a year beside its months.

    Parameters
    ----------
    counts
        Rows of contract ``INCIDENTS`` that are sums, index: row of the file.
    same
        Columns that a whole and its parts share, besides the time.
    wholes
        Rows that alone can be wholes, and are parts of none; all can be either where not given.

    Returns
    -------
    DataFrame
        A row for each such whole: ``row``, ``count`` and ``parts``, which is the sum of what lies
        in its period and has no parts itself. Only whole months, quarters, thirds, halves and years
        are wholes.
    """
    found = [pd.DataFrame({"row": [], "count": [], "parts": []}).astype("int64")]
    spans = _spans(counts)
    rows = counts[same].assign(count=counts["count"].astype("int64"), row=counts.index)
    rows = rows.join(spans, how="inner")
    alone = rows["row"].isin(rows["row"][:0] if wholes is None else wholes)
    leaves = rows[:0]
    for length in sorted(set(rows["months"])):
        equal = rows["months"] == length
        joined = found[0]
        if length and len(leaves):
            able = rows[equal & (alone | (wholes is None))]
            joined = _joined(able, leaves, same, length)
            found.append(joined)
        leaves = pd.concat([leaves, rows[equal & ~alone & ~rows["row"].isin(joined["row"])]])
    return pd.concat(found, ignore_index=True)


def _joined(
    wholes: pd.DataFrame, leaves: pd.DataFrame, same: list[str], length: int
) -> pd.DataFrame:
    """Wholes of a length in months, each beside the sum of the leaves in its period."""
    inside = leaves.assign(place=leaves["first"] // length)
    inside = inside[inside["last"] // length == inside["place"]]
    sums = inside.groupby([*same, "place"], dropna=False)["count"].sum().rename("parts")
    told = wholes.assign(place=wholes["first"] // length)
    return told.merge(sums.reset_index(), on=[*same, "place"])[["row", "count", "parts"]]


def _spans(counts: pd.DataFrame) -> pd.DataFrame:
    """First and last month of each row since year 0, and how many months it is; rows with dates."""
    local = [
        counts[name].dt.tz_convert(TIME_ZONE).dt.tz_localize(None)
        for name in ("occurred_from", "occurred_to")
    ]
    first = counts["reported_from"].fillna(local[0].dt.normalize())
    last = counts["reported_to"].fillna((local[1] - pd.Timedelta(1, "us")).dt.normalize())
    told = first.notna() & last.notna() & (first <= last)
    first, last = first[told], last[told]
    start, end = (day.dt.year * 12 + day.dt.month - 1 for day in (first, last))
    months = end - start + 1
    whole = first.dt.is_month_start & last.dt.is_month_end
    whole &= months.isin(_LENGTHS) & (start % months == 0)
    months = months.where(whole, 0)
    spans = pd.DataFrame({"first": start, "last": end, "months": months})
    return spans[whole | (start == end)].astype("int64")


def told_as_parts(text: pd.Series, same: pd.DataFrame) -> pd.Series:
    """Whether each row says *varav* or *därav*, and stands below a row that it is a part of.

    Parameters
    ----------
    text
        What the offence is called.
    same
        What a part and its whole share: place and time; index as ``text``, in the file's order.
    """
    part = text.str.strip().str.fullmatch(_PART, case=False, na=False)
    if not part.any():
        return part
    whole_above = (~part).groupby([same[name] for name in same], dropna=False).cummax()
    return part & whole_above
