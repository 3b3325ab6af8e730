"""Labels that stand on the first row of their group only, as a pivot table writes them."""

from dataclasses import replace

import pandas as pd

from trygghetskarta.sources.fields.columns import ColumnMapping
from trygghetskarta.sources.readers.files import RawTable
from trygghetskarta.terms.imports import Aside, TableKind

_GROUPS = (
    *("area_code", "place_name", "year", "period"),
    *("offence_code", "offence_type", "offence_text"),
)
_ROWS_OF_THEIR_OWN = {"source_id", "case_id", "reported_date", "occurred_from_date"}


def with_group_labels(raw: RawTable, mapping: ColumnMapping) -> RawTable:
    """Carry labels down to the rows of their group, where a table is surely a pivot.

    It is when it holds counts by period, no row has an id or a day of its own, the first row has
    every label, no label begins two groups, no two rows are then of the same group, and either a
    sum of all rows stood below it, labels are left out under several groups, or groups and what
    stands in them are sorted. Anything else (a place that is not known in some rows) stays as it
    is.

    Returns
    -------
    RawTable
        With the note ``carried_labels`` (rows that got one), or the same.
    """
    roles = mapping.roles
    is_counts = "count" in roles and {"year", "period"} & set(roles)
    if mapping.kind is not TableKind.INCIDENTS or not is_counts or _ROWS_OF_THEIR_OWN & set(roles):
        return raw
    wanted = {roles[role] for role in _GROUPS if role in roles}
    names = [name for name in raw.frame.columns if name in wanted]
    frame = raw.frame[names]
    blank = frame.isna()
    if len(frame) < 2 or not blank.to_numpy().any() or blank.iloc[0].any():
        return raw
    carried = frame.copy()
    several = False
    for place, name in enumerate(names):
        if not blank[name].any():
            continue
        outer = [carried[other] for other in names[:place]]
        begins = frame[name].notna()
        # A label ends where the one before it changes.
        for other in outer:
            if (blank[name] & (other != other.shift())).iloc[1:].any():
                return raw
        begun = pd.concat([*outer, frame[name]], axis=1)[begins]
        if begun.duplicated().any():
            return raw
        group = begins.cumsum()
        several |= group[blank[name]].nunique() > 1
        carried[name] = frame[name].ffill()
    if carried.duplicated().any():
        return raw
    is_sorted = pd.MultiIndex.from_frame(carried).is_monotonic_increasing
    if not (several or is_sorted or len(raw.aside.get(Aside.TOTAL, ()))):
        return raw
    rows = int(blank.any(axis=1).sum())
    return replace(
        raw,
        frame=raw.frame.assign(**{name: carried[name] for name in names}),
        notes={**raw.notes, "carried_labels": rows},
    )
