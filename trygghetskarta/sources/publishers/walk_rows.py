"""Lists of walks: one row per walk with its hours, its place and how many went."""

import re
from collections.abc import Mapping
from datetime import date

import geopandas as gpd
import numpy as np
import pandas as pd

from trygghetskarta.errors import TableRule
from trygghetskarta.settings import WORK_CRS
from trygghetskarta.sources.fields import area_codes, quarantine, unread_parts
from trygghetskarta.sources.fields.cell_values import told, whole_numbers
from trygghetskarta.sources.fields.clock import to_utc
from trygghetskarta.sources.fields.columns import ColumnMapping
from trygghetskarta.sources.fields.faults import FaultList
from trygghetskarta.sources.fields.observation_words import says_nothing, walk_type_of
from trygghetskarta.sources.fields.spelling import fold
from trygghetskarta.sources.fields.walk_times import read_spans
from trygghetskarta.sources.readers.files import RawTable
from trygghetskarta.sources.readers.parsed import Parsed
from trygghetskarta.sources.readers.recordings import is_uuid, named
from trygghetskarta.tables import WALKS
from trygghetskarta.terms.imports import Aside
from trygghetskarta.terms.walks import WalkType

UNNAMED = "Vandring"
"""Name of a walk whose place is not told."""

_YES = ("1", "ja", "j", "true", "sant", "x", "yes")
_NO = ("0", "nej", "n", "false", "falskt", "no")
_HELD = re.compile(r"status|genomford|genomfort|blevav|installd|installt|utfall")
"""Columns that tell whether a walk was held; they play no other role."""
_CANCELLED = re.compile(
    r"installd|installt|stalldes?in|avbokad|avbokat|utgick|utgar|planerad|planerat|kommande|"
    r"(?:ej|inte)(?:genomford|genomfort|utford|utfort|av)|blevintav"
)
_LETTERS = r"[^\W\d_]{2}"
_NOT_SHOWN = "(visas inte, kan vara ett namn)"
_PEOPLE_LISTED = r"\s*(?:,|;|/|&|\+|\boch\b)\s*"
_MOST_PEOPLE = 500
_KEY = ("source", "walk_type", "started_at", "ended_at", "place", "team")


def walk_id(source: str, own: str) -> str:
    """Identity of a walk that a list names: the name itself when it is a UUID."""
    return own.strip().lower() if is_uuid(own) else named("walk", f"{source}\x1f{own.casefold()}")


def parse(
    raw: RawTable,
    mapping: ColumnMapping,
    *,
    source: str,
    today: date,
    walk_type: WalkType = WalkType.PRESENCE,
) -> Parsed:
    """Parse a list of walks.

    Parameters
    ----------
    raw, mapping
        The file, and which column means what.
    source
        Name of the source, for rows that do not tell their own.
    today
        Later walks are faults: what is planned is not kept.
    walk_type
        Of rows that do not tell.

    Returns
    -------
    Parsed
        ``table`` fulfils ``WALKS``, without tracks and districts, and has ``given_area_code`` and
        ``own_id`` (as the list names the walk, missing when it does not) besides; ``file_name`` is
        the track's file where the row names one, else the list's. ``len(table) + repeated + rows
        with a fault`` is the number of rows. A row needs a start with a clock time, unless it has a
        geometry; one that says that it was not held has the fault ``NOT_HELD``. Where people are
        listed by name, they are counted and their names not kept.
    """
    frame, roles = raw.frame, mapping.roles
    cells = {role: told(frame[column]) for role, column in roles.items()}
    faults = FaultList(raw.faults)
    spans = read_spans(cells, roles, frame.index, today, faults, mapping.orders)
    drawn = np.zeros(len(frame), bool) if raw.geometry is None else raw.geometry.notna().to_numpy()
    blank = pd.Series(None, frame.index, dtype="str")
    timeless = spans.start.isna() & ~drawn
    untold = timeless & cells.get("start", blank).isna() & cells.get("date", blank).isna()
    faults.add(TableRule.TIME_MISSING, untold, blank)
    asked = _cancelled(raw, mapping, faults)
    place = cells.get("place_name", blank)
    code = area_codes.bare(cells.get("area_code", blank))
    table = gpd.GeoDataFrame(
        {
            "walk_type": _types(cells, roles, frame.index, walk_type, faults),
            "name": cells.get("route", blank).fillna(place).fillna(UNNAMED),
            "started_at": to_utc(spans.start, spans.start_later),
            "ended_at": to_utc(spans.end, spans.end_later),
            "participants": _participants(cells, roles, frame.index, faults),
            "team": cells.get("team", blank),
            "given_place": place,
            "district_code": blank,
            "note": cells.get("note", blank),
            "nothing_to_report": _nothing(cells, frame.index),
            "raw_length_m": np.nan,
            "length_m": np.nan,
            "minutes": np.nan,
            "removed": 0,
            "file_name": cells.get("track_file", blank).fillna(raw.file_name),
            "source": cells.get("source", blank).fillna(source),
            "vertex_seconds": blank,
            "given_area_code": code,
            "own_id": cells.get("source_id", blank),
            "place": place.fillna(cells.get("route", blank)).fillna(code),
        },
        geometry=gpd.GeoSeries([None] * len(frame), index=frame.index, crs=WORK_CRS),
    )
    return _identified(raw, roles, table, faults, spans.notes, asked)


def _cancelled(raw: RawTable, mapping: ColumnMapping, faults: FaultList) -> frozenset[str]:
    """Note walks that were not held, and say which columns told."""
    asked = [name for name in mapping.unused if _HELD.fullmatch(fold(name))]
    for name in asked:
        text = raw.frame[name]
        said = text.map(fold, na_action="ignore").astype("str")
        is_off = said.str.fullmatch(_CANCELLED, na=False)
        if fold(name).startswith("install"):
            is_off |= said.isin(_YES)
        else:
            is_off |= said.isin(_NO)
        faults.add(TableRule.NOT_HELD, is_off, text, name)
    return frozenset(asked)


def _identified(
    raw: RawTable,
    roles: Mapping[str, str],
    table: gpd.GeoDataFrame,
    faults: FaultList,
    notes: Mapping[str, object],
    asked: frozenset[str],
) -> Parsed:
    """Name the good rows, and set aside those that stand twice."""
    table = table[faults.good(table.index)].copy()
    rest = unread_parts.unread(raw.frame, {*roles.values(), *asked}, table.index)
    own = table["own_id"].notna()
    table.insert(0, "walk_id", unread_parts.told_apart(_identities(table), rest, own))
    again = table["walk_id"].duplicated()
    plain = pd.DataFrame(table.drop(columns="geometry")).astype("str")
    same = plain.duplicated()
    column = roles.get("source_id", "")
    shown = table["own_id"].fillna(table["name"])
    faults.add(TableRule.DUPLICATE_ID, again & ~same, shown, column)
    repeated = again & same
    table = table[~again]
    accepted = faults.good(raw.frame.index)
    twice = {"repeated_rows": int(repeated.sum())} if repeated.any() else {}
    notes = {**raw.notes, **notes, **twice}
    return Parsed(
        _typed(table[[*WALKS.columns, "given_area_code", "own_id"]]),
        raw.rows,
        faults.sorted(),
        notes,
        quarantine.resolved(raw.frame, roles, accepted),
        {Aside.REPEATED: repeated.index[repeated]},
        asked,
    )


def _identities(table: gpd.GeoDataFrame) -> pd.Series:
    cells = pd.DataFrame(table[list(_KEY)]).astype("str").fillna("")
    key = ["\x1f".join(row) for row in cells.itertuples(index=False)]
    names = [
        named("walk row", content) if pd.isna(own) else walk_id(source, own)
        for own, source, content in zip(table["own_id"], table["source"], key, strict=True)
    ]
    return pd.Series(names, table.index, dtype="str")


def _types(
    cells: Mapping[str, pd.Series],
    names: Mapping[str, str],
    index: pd.Index,
    default: WalkType,
    faults: FaultList,
) -> pd.Series:
    if "walk_type" not in cells:
        return pd.Series(default.value, index, dtype="str")
    text = cells["walk_type"]
    found = text.map(walk_type_of, na_action="ignore").astype("str")
    faults.add(TableRule.UNKNOWN_WORD, text.notna() & found.isna(), text, names["walk_type"])
    return found.fillna(default.value)


def _participants(
    cells: Mapping[str, pd.Series], names: Mapping[str, str], index: pd.Index, faults: FaultList
) -> pd.Series:
    if "participants" not in cells:
        return pd.Series(pd.NA, index, dtype="Int64")
    text, name = cells["participants"], names["participants"]
    bare = text.str.replace(r"\s*(?:st|personer|vuxna|pers)\.?$", "", regex=True)
    values, broken = whole_numbers(bare)
    listed = broken & ~text.str.contains(r"\d", regex=True, na=False)
    listed &= text.str.contains(_PEOPLE_LISTED, regex=True, na=False)
    people = (
        text[listed]
        .str.split(_PEOPLE_LISTED, regex=True)
        .map(lambda who: len(list(filter(None, who))))
    )
    values = values.where(~listed, people.reindex(index).astype("float64"))
    # What is no number may be a name, and is not repeated.
    hidden = text.mask(broken & text.str.contains(_LETTERS, regex=True, na=False), _NOT_SHOWN)
    faults.add(TableRule.NOT_A_NUMBER, broken & ~listed, hidden, name)
    faults.add(TableRule.NOT_A_WHOLE_NUMBER, (values % 1).fillna(0) != 0, text, name)
    faults.add(TableRule.BELOW_MINIMUM, values < 1, text, name)
    faults.add(TableRule.ABOVE_MAXIMUM, values > _MOST_PEOPLE, text, name)
    good = values.where((values % 1 == 0) & (values <= _MOST_PEOPLE))
    return good.astype("Int64")


def _nothing(cells: Mapping[str, pd.Series], index: pd.Index) -> pd.Series:
    said = pd.Series(False, index)
    if "nothing_to_report" in cells:
        said |= cells["nothing_to_report"].str.casefold().isin(_YES)
    if "note" in cells:
        said |= cells["note"].map(says_nothing, na_action="ignore").eq(True)
    return said


def _typed(table: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    texts = ["walk_id", "walk_type", "name", "team", "given_place", "district_code", "note"]
    texts += ["file_name", "source", "vertex_seconds", "given_area_code", "own_id"]
    types = dict.fromkeys(texts, "str") | {"nothing_to_report": "bool", "removed": "int64"}
    typed = table.astype(types)
    for name in ("started_at", "ended_at"):
        typed[name] = typed[name].astype("datetime64[us, UTC]")
    return typed
