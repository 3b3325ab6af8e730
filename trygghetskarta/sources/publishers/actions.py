"""Actions of a plan: the plan's own fields, one row an action."""

import uuid
from collections.abc import Mapping, Sequence
from datetime import date

import geopandas as gpd
import pandas as pd

from trygghetskarta.errors import TableRule
from trygghetskarta.settings import WORK_CRS
from trygghetskarta.sources.fields import date_witnesses, dates, quarantine, unread_parts
from trygghetskarta.sources.fields.area_codes import AreaList
from trygghetskarta.sources.fields.cell_values import told
from trygghetskarta.sources.fields.columns import ColumnMapping
from trygghetskarta.sources.fields.faults import FaultList
from trygghetskarta.sources.fields.personal_data import screen, screen_label
from trygghetskarta.sources.fields.spelling import fold
from trygghetskarta.sources.fields.sum_rows import says_sum
from trygghetskarta.sources.readers.files import RawTable
from trygghetskarta.sources.readers.parsed import Parsed
from trygghetskarta.terms.actions import ActionApproach, ActionStatus
from trygghetskarta.terms.areas import AreaLevel
from trygghetskarta.terms.doubts import Doubt, DoubtKind
from trygghetskarta.terms.imports import Aside
from trygghetskarta.terms.municipality import Theme

_WORDS = ("goal", "direction", "owner", "partners", "activities", "schedule", "evaluation")
_NAMESPACE = uuid.UUID("5f0c9a3e-2d0b-4f43-9a55-6a0a4c1d1488")
_STATUSES = {
    **dict.fromkeys(("planerad", "planeras", "planerat", "ejpaborjad", "planned"),
                    ActionStatus.PLANNED),
    **dict.fromkeys(("pagar", "pagaende", "lopande", "startad", "ongoing"), ActionStatus.ONGOING),
    **dict.fromkeys(("avslutad", "klar", "genomford", "slutford", "done"), ActionStatus.DONE),
    **dict.fromkeys(("avbruten", "installd", "nedlagd", "stopped"), ActionStatus.STOPPED),
}  # fmt: skip
_APPROACHES = {
    **dict.fromkeys(("social", "socialt", "s"), ActionApproach.SOCIAL),
    **dict.fromkeys(("situationell", "situationellt", "situational"), ActionApproach.SITUATIONAL),
}


_OPEN_ENDED = (
    r"(?:gäller\s+)?till\s*s\s*vidare|tv|löpande|pågående|pågår|öppet|inget slut(?:datum)?"
)
"""Words that stand where a last day would, of an action that has none."""


def parse(
    raw: RawTable,
    mapping: ColumnMapping,
    *,
    areas: pd.DataFrame,
    aliases: pd.DataFrame,
    themes: Sequence[Theme],
    source: str,
    today: date,
) -> Parsed:
    """Parse a file of actions.

    Parameters
    ----------
    raw, mapping
        The file. Districts stand in one cell with commas between; without a status an action is
        planned. The action is known again by its id, or by its title where there is none.
    areas
        Contract ``AREAS``.
    aliases
        Contract ``ALIASES``: everyday names of places.
    themes
        Themes of the plan; a cell may hold their key or their name.
    source
        Name of the source, part of the identity.
    today
        What is said to go on, or to be done, but begins later is asked about (``NOT_BEGUN``).

    Returns
    -------
    Parsed
        ``table`` fulfils ``ACTIONS``. Faults: ``VALUE_MISSING`` (title), ``UNKNOWN_WORD`` (theme,
        approach, status), ``PLACE_UNKNOWN``, ``NOT_A_DATE``, ``END_BEFORE_START``, ``NOT_UNIQUE``.
        An end such as *tills vidare* is none (note ``open_ended``: rows).
        Note ``personal_data``: rows whose words seem to point out a person.
    """
    frame, names = raw.frame, mapping.roles
    cells = {role: told(frame[column]) for role, column in names.items()}
    faults = FaultList(raw.faults)
    open_ended = _open_ended(cells, frame.index)
    if "valid_to" in cells:
        cells["valid_to"] = cells["valid_to"].mask(open_ended)
    blank = pd.Series(None, frame.index, dtype="str")
    title = cells["title"]
    faults.add(TableRule.VALUE_MISSING, title.isna(), title, names["title"])
    known_themes = {fold(word): one.key for one in themes for word in (one.key, one.name)}
    start, end, noted = _days(cells, mapping, faults, frame.index)
    table = pd.DataFrame(
        {
            "measure_id": _identities(cells.get("source_id", blank).fillna(title), source),
            "title": title,
            "theme": _word(cells, names, "theme", known_themes, faults, frame.index),
            "approach": _word(cells, names, "approach", _APPROACHES, faults, frame.index),
            **{name: cells.get(name, blank) for name in _WORDS},
            "districts": _districts(cells, names, _known(areas, aliases), faults, frame.index),
            "start_date": start,
            "end_date": end,
            "status": _word(cells, names, "status", _STATUSES, faults, frame.index).fillna(
                ActionStatus.PLANNED.value
            ),
            "control_districts": blank,
            "control_day": pd.Series(pd.NaT, frame.index, dtype="datetime64[us]"),
            "source": source,
        }
    )
    # A row with a fault takes no other with it: only the sound ones are compared.
    lines = _sum_lines(cells, frame.index)
    sound = table[faults.good(frame.index) & ~lines]
    again = sound.duplicated("measure_id")
    rest = unread_parts.unread(frame, set(names.values()), sound.index)
    same = again & sound.assign(rest=rest).duplicated()
    faults.add(TableRule.NOT_UNIQUE, again & ~same, sound["title"], names["title"])
    good = sound[~again]
    accepted = frame.index.isin(good.index)
    made = gpd.GeoDataFrame(good, geometry=gpd.array.from_shapely([None] * len(good)), crs=WORK_CRS)
    pointed = sum(_points_out(row) for row in good.to_dict("records"))
    told_of = {"personal_data": pointed, "open_ended": int(open_ended[good.index].sum())}
    notes = {**raw.notes, **noted, **{name: rows for name, rows in told_of.items() if rows}}
    return Parsed(
        made,
        raw.rows,
        faults.sorted(),
        notes,
        quarantine.resolved(frame, names, accepted),
        {Aside.REPEATED: sound.index[same], Aside.SUM_LINE: frame.index[lines]},
        doubts=_not_begun(good, today),
    )


def _sum_lines(cells: Mapping[str, pd.Series], index: pd.Index) -> pd.Series:
    """Rows that hold a word for a sum and nothing else."""
    others = [text.notna() for role, text in cells.items() if role != "title"]
    return says_sum(cells["title"]) & ~pd.DataFrame(others, columns=index).any()


def _not_begun(table: pd.DataFrame, today: date) -> tuple[Doubt, ...]:
    begun = table["status"].isin([ActionStatus.ONGOING.value, ActionStatus.DONE.value])
    late = table[begun & (table["start_date"] > pd.Timestamp(today))]
    if late.empty:
        return ()
    first = late.iloc[0]
    facts = {"n": len(late), "action": first["title"], "day": first["start_date"].date()}
    return (Doubt(DoubtKind.NOT_BEGUN, facts),)


def _identities(keys: pd.Series, source: str) -> pd.Series:
    """The same row of the same source has the same name in every file."""
    named = [str(uuid.uuid5(_NAMESPACE, f"{source}/{key}")) for key in keys.fillna("")]
    return pd.Series(named, keys.index, dtype="str")


def _word(
    cells: Mapping[str, pd.Series],
    names: Mapping[str, str],
    role: str,
    known: Mapping[str, str],
    faults: FaultList,
    index: pd.Index,
) -> pd.Series:
    """The word that a cell stands for; unknown ones are faults, empty ones missing."""
    if role not in cells:
        return pd.Series(None, index, dtype="str")
    text = cells[role]
    found = pd.Series(
        [None if pd.isna(cell) else known.get(fold(cell)) for cell in text], index, dtype="object"
    )
    faults.add(TableRule.UNKNOWN_WORD, text.notna() & found.isna(), text, names[role])
    return found.map(str, na_action="ignore").astype("str")


def _known(areas: pd.DataFrame, aliases: pd.DataFrame) -> pd.DataFrame:
    """Districts by their names and by their everyday names."""
    named = pd.concat([areas, aliases.rename(columns={"alias": "name"})], ignore_index=True)
    columns = ["area_level", "area_code", "name"]
    return named.loc[named["area_level"] == AreaLevel.DISTRICT.value, columns]


def _districts(
    cells: Mapping[str, pd.Series],
    names: Mapping[str, str],
    districts: pd.DataFrame,
    faults: FaultList,
    index: pd.Index,
) -> pd.Series:
    """Codes with blanks between, of every place a cell names."""
    if "place_name" not in cells:
        return pd.Series(None, index, dtype="str")
    text = cells["place_name"]
    places = text.str.split(r"[,;/]|\boch\b", regex=True).explode().astype("str").str.strip()
    places = places[places.notna() & (places != "")]
    _level, code = AreaList(districts).find(places)
    whole = ~code.isin(list(districts["area_code"]))
    unknown = places[whole].groupby(level=0).first().reindex(index)
    faults.add(TableRule.PLACE_UNKNOWN, unknown.notna(), unknown, names["place_name"])
    joined = code[~whole].groupby(level=0).agg(lambda found: " ".join(sorted(set(found))))
    return joined.reindex(index).astype("str")


def _days(
    cells: Mapping[str, pd.Series], mapping: ColumnMapping, faults: FaultList, index: pd.Index
) -> tuple[pd.Series, pd.Series, dict[str, object]]:
    """First and last day, and notes; a month or a year is its first day, or its last."""
    found = []
    names, roles = mapping.roles, ("valid_from", "valid_to")
    told = {role: cells[role] for role in roles if role in cells}
    orders = date_witnesses.settle(
        told, names, dates.FAR, given=mapping.orders, pairs=[roles], ahead=roles
    )
    for role, is_end in (("valid_from", False), ("valid_to", True)):
        if role not in cells:
            found.append(pd.Series(pd.NaT, index, dtype="datetime64[us]"))
            continue
        read = dates.parse(cells[role], orders=orders.of(role), periods=True)
        faults.add(TableRule.NOT_A_DATE, read.broken, cells[role], names[role])
        last = (read.end - pd.Timedelta(1, "s")).where(read.end > read.start, read.start)
        day = last if is_end else read.start
        found.append(day.dt.normalize().astype("datetime64[us]"))
    start, end = found
    if "valid_to" in cells:
        late = (end < start).fillna(False)
        faults.add(TableRule.END_BEFORE_START, late, cells["valid_to"], names["valid_to"])
    return start, end, orders.notes()


def _open_ended(cells: Mapping[str, pd.Series], index: pd.Index) -> pd.Series:
    """Whether a row says, where a last day would stand, that it has none yet."""
    if "valid_to" not in cells:
        return pd.Series(False, index)
    return cells["valid_to"].str.fullmatch(_OPEN_ENDED, case=False, na=False)


def _points_out(row: dict) -> bool:
    words = [row[name] for name in ("title", *_WORDS) if isinstance(row[name], str)]
    named = screen_label(row["owner"]) if isinstance(row["owner"], str) else ()
    return bool(named) or any(screen(text) for text in words)
