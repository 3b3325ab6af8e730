"""Inhabitants per area and year: SCB's exports, its age × sex tables, and plain CSV."""

from datetime import date

import pandas as pd

from trygghetskarta.errors import TableRule
from trygghetskarta.sources.fields import (
    area_codes,
    area_versions,
    dates,
    people_parts,
    quarantine,
)
from trygghetskarta.sources.fields.area_codes import AreaList
from trygghetskarta.sources.fields.cell_values import told, whole_numbers
from trygghetskarta.sources.fields.columns import ColumnMapping, wide_years, year_in_name
from trygghetskarta.sources.fields.faults import FaultList
from trygghetskarta.sources.fields.sum_rows import says_sum
from trygghetskarta.sources.readers.files import RawTable
from trygghetskarta.sources.readers.parsed import Parsed
from trygghetskarta.tables import POPULATION
from trygghetskarta.terms.areas import AreaLevel, given_code
from trygghetskarta.terms.imports import Aside

SOURCE = "SCB"
_EARLIEST_YEAR = 1968
_LARGEST = 20_000_000
_DAY = pd.Timedelta(days=1)
_DECEMBER, _LAST = 12, 31


def parse(
    raw: RawTable,
    mapping: ColumnMapping,
    *,
    municipality_code: str,
    today: date,
    areas: pd.DataFrame | None = None,
    former: pd.DataFrame | None = None,
    source: str = SOURCE,
) -> Parsed:
    """Parse a file of inhabitants.

    Parameters
    ----------
    raw, mapping
        The file. Either one column of inhabitants and one of years, or columns named by the year
        (``2025``, ``befolkning_2025``, *Folkmängden 2022*); else the year in the file's name.
    municipality_code
        Only areas whose code begins with it are taken; rows of other municipalities are counted in
        the note ``elsewhere`` and are no faults.
    today
        Later years are faults (``DATE_OUT_OF_RANGE``): what is foreseen is not counted.
    areas
        Contract ``AREAS``, to find areas by name or by codes of other forms than SCB's, to know
        which areas there are, and which version of SCB's is in force.
    former
        Contract ``AREAS``: those of divisions that are not in force, to say so of their codes.
    source
        Named under every figure.

    Returns
    -------
    Parsed
        ``table`` fulfils ``POPULATION``; index: first row that a figure comes from. Where there are
        columns of age or sex, the total of an area and year is taken if it has one; otherwise
        its rows are summed, and ``approximate`` is True, since SCB perturbs small cells. Rows are
        only summed when they are both sexes and every age once: others are ``PART_OF_PEOPLE``, as
        are rows that another column divides (where people are born) without a total of it. Bands
        that overlap are not added: the fewest that hold every age are taken. A row with
        a fault is left out with all its years and takes no other with it; but a sum that lacks a
        part is none, so the other parts are faults too (``SUM_INCOMPLETE``; note ``incomplete``:
        how many areas and years). Of two rows that contradict each other the first holds.
        Figures of another version of SCB's areas are not taken (see ``area_versions``): a row with
        no other figure has the fault ``AREA_VERSION``, figures beside others are counted in the
        note ``other_version``; what SCB has not published on a version is counted in
        ``not_published``.
        Faults: ``VALUE_MISSING``, ``NOT_A_NUMBER``, ``NOT_A_WHOLE_NUMBER``, ``BELOW_MINIMUM``,
        ``NOT_A_PERIOD``, ``NOT_YEAR_END`` (a month, quarter or day that does not end the year),
        ``DATE_OUT_OF_RANGE``, ``UNKNOWN_WORD`` (sex, age), ``PART_OF_PEOPLE``, ``AREA_UNKNOWN``,
        ``AREA_FORMER``, ``AREA_VERSION``, ``NOT_UNIQUE``, ``SUM_INCOMPLETE``.
    """
    frame, names = raw.frame, mapping.roles
    faults = FaultList(raw.faults)
    rows = _long(raw, mapping)
    read_columns = frozenset(rows["column"])
    rows["area_code"] = area_codes.bare(rows["area"]).astype("str")
    here = _ours(rows, municipality_code, areas)
    elsewhere = rows.index[~here]
    rows = rows[here].copy()
    partial = _sums_of_some(rows, areas)
    rows = rows[~partial].copy()
    _check_areas(rows, names, faults, areas, former)
    _check_years(rows, names, faults, today)
    told_of = rows.index
    rows, left_out = _of_this_version(rows, names, faults, area_versions.in_force(areas))
    _check(rows, names, faults)
    rows["broken"] = ~faults.good(rows.index)
    group = ["area_level", "area_code", "year"]
    undivided = _undivided(rows, raw, mapping, read_columns, faults)
    kept, parts = _totals_only(undivided, group, names)
    kept = _whole_people(kept, group, parts, names, faults)
    repeated = _repeated(kept, group, parts, names, faults)
    contrary = ~kept["broken"] & ~faults.good(kept.index)
    sound = kept[~repeated & ~contrary & ~kept["broken"]]
    short = _incomplete(sound, kept[kept["broken"]], group, parts)
    faults.add(TableRule.SUM_INCOMPLETE, short, sound["area"], names["area_code"])
    whole = (
        sound[~short]
        .assign(row=sound.index[~short])
        .groupby(group, sort=False, as_index=False)
        .agg(population=("value", "sum"), cells=("value", "size"), row=("row", "min"))
    )
    notes = {**raw.notes, **left_out}
    if len(elsewhere):
        notes["elsewhere"] = elsewhere.nunique()
    if short.any():
        notes["incomplete"] = len(sound[short].drop_duplicates(group))
    approximate = (whole["cells"] > 1) | bool(raw.notes.get("summed_cells"))
    table = pd.DataFrame(
        {
            "area_level": whole["area_level"].astype("str"),
            "area_code": whole["area_code"].astype("str"),
            "year": whole["year"].astype("int64"),
            "population": whole["population"].astype("int64"),
            "approximate": approximate,
            "source": pd.Series(source, whole.index, dtype="str"),
        }
    ).set_axis(whole["row"].astype("int64").to_numpy())
    accepted = faults.good(frame.index)
    return Parsed(
        table[list(POPULATION.columns)],
        raw.rows,
        faults.sorted(),
        notes,
        quarantine.resolved(frame, names, accepted),
        {
            Aside.ELSEWHERE: elsewhere,
            Aside.TOTAL: partial.index[partial].drop_duplicates(),
            Aside.OTHER_AREAS: told_of.difference(rows.index),
            Aside.PART: rows.index.difference(kept.index),
            Aside.REPEATED: kept.index[repeated],
            Aside.SUMMED: sound.index,
        },
        read_columns,
    )


def _long(raw: RawTable, mapping: ColumnMapping) -> pd.DataFrame:
    """One row per figure; index: row number, repeated when a row has several years."""
    frame, names = raw.frame, mapping.roles
    area = told(frame[names["area_code"]])
    blank = pd.Series(None, frame.index, dtype="str")
    shared = {
        "area": area,
        "version": area_codes.versions(area),
        "age": _part(frame[names["age"]]) if "age" in names else blank,
        "sex": _part(frame[names["sex"]]) if "sex" in names else blank,
    }
    wide = wide_years(frame.columns)
    if "year" in names:
        parts = [(names["population"], told(frame[names["year"]]))]
    elif wide:
        parts = [(name, blank.fillna(str(year))) for name, year in wide.items()]
    else:
        parts = [(names["population"], blank.fillna(str(year_in_name(raw.file_name))))]
    pieces = [
        pd.DataFrame({**shared, "year_text": year, "text": told(frame[name]), "column": name})
        for name, year in parts
    ]
    return pd.concat(pieces).sort_index(kind="stable")


def _part(cells: pd.Series) -> pd.Series:
    """Cells of sex or age; *okänt* is a part of the people, where nothing or a dash is all."""
    return told(cells).fillna(cells.where(cells.str.contains(r"[^\W\d_]{2}", na=False)))


def _ours(rows: pd.DataFrame, municipality: str, areas: pd.DataFrame | None) -> pd.Series:
    """Find the level of each area; tell the rows of this municipality."""
    level = area_codes.levels(rows["area_code"])
    foreign = level.notna() & ~rows["area_code"].str.startswith(municipality, na=False)
    foreign |= area_codes.beyond(rows["area"])
    if areas is not None:
        found_level, found_code = AreaList(areas).find(rows["area"])
        known = found_code.notna() & rows["area"].notna()
        level = level.where(~known, found_level)
        rows["area_code"] = rows["area_code"].where(~known, found_code)
        foreign &= ~known
    rows["area_level"] = level
    return ~foreign


def _sums_of_some(rows: pd.DataFrame, areas: pd.DataFrame | None) -> pd.Series:
    """Rows called *Totalt* in a file that has areas of a level or more, but all of none."""
    level = rows["area_level"]
    sums = says_sum(rows["area"]) & (level.isna() | (level == AreaLevel.MUNICIPALITY))
    if areas is None or not sums.any():
        return sums & False
    told = rows[~sums & (level != AreaLevel.MUNICIPALITY)]
    found = told.groupby("area_level")["area_code"].agg(set)
    known = areas.groupby("area_level")["area_code"].agg(set)
    whole = any(codes >= known.get(level, set()) for level, codes in found.items())
    return sums & (len(found) > 0) & (not whole)


def _check_areas(
    rows: pd.DataFrame,
    names: dict[str, str],
    faults: FaultList,
    areas: pd.DataFrame | None,
    former: pd.DataFrame | None,
) -> None:
    area = names["area_code"]
    once = ~rows.index.duplicated()
    faults.add(TableRule.VALUE_MISSING, rows["area"].isna() & once, rows["area"], area)
    unknown = rows["area"].notna() & (rows["area_level"].isna() | _nowhere(rows, areas))
    hints = _of_the_same_name(rows["area"], areas, former)
    past = unknown & hints.notna()
    faults.add(TableRule.AREA_UNKNOWN, unknown & ~past & once, rows["area"], area)
    faults.add(TableRule.AREA_FORMER, past & once, rows["area"], area, hints[once])


def _check_years(rows: pd.DataFrame, names: dict[str, str], faults: FaultList, today: date) -> None:
    """Find the year that each figure ends: a year, its last day, month or quarter."""
    text, column = rows["year_text"], names.get("year", "")
    found = dates.parse(text, periods=True)
    last = found.end.where(found.end > found.start, found.start.dt.normalize() + _DAY) - _DAY
    year = last.dt.year
    is_end = (last.dt.month == _DECEMBER) & (last.dt.day == _LAST)
    is_known = found.start.notna()
    faults.add(TableRule.NOT_A_PERIOD, ~is_known, text, column)
    faults.add(TableRule.NOT_YEAR_END, is_known & ~is_end, text, column)
    faults.add(TableRule.BELOW_MINIMUM, year < _EARLIEST_YEAR, text, column)
    faults.add(TableRule.DATE_OUT_OF_RANGE, year > today.year, text, column)
    rows["year"] = year.fillna(0).astype("int64")


def _of_the_same_name(
    text: pd.Series, areas: pd.DataFrame | None, former: pd.DataFrame | None
) -> pd.Series:
    """Area in force that is called as the former one that a text names, empty where none is.

    Missing where the text names no former area.
    """
    if areas is None or former is None or former.empty:
        return pd.Series(None, text.index, dtype="object")
    level, code = AreaList(former).find(text)
    names = {(row.area_level, row.area_code): row.name for row in former.itertuples(index=False)}
    now = {
        (row.area_level, row.name): f"{given_code(row.area_code)} ({row.name})"
        for row in areas.itertuples(index=False)
    }
    found = [
        None if pd.isna(one) else now.get((str(at), names.get((str(at), one), "")), "")
        for at, one in zip(level, code, strict=True)
    ]
    return pd.Series(found, text.index, dtype="object")


def _nowhere(rows: pd.DataFrame, areas: pd.DataFrame | None) -> pd.Series:
    """Codes that no area has, of levels whose areas are known; the municipality is always there."""
    if areas is None:
        return pd.Series(False, rows.index)
    key = ["area_level", "area_code"]
    there = pd.MultiIndex.from_frame(rows[key]).isin(pd.MultiIndex.from_frame(areas[key]))
    levels = set(areas["area_level"]) - {AreaLevel.MUNICIPALITY.value}
    return rows["area_level"].isin(levels) & ~there


def _of_this_version(
    rows: pd.DataFrame, names: dict[str, str], faults: FaultList, now: dict[str, int]
) -> tuple[pd.DataFrame, dict[str, int]]:
    """Leave out figures of other versions of SCB's areas; the notes say how many."""
    version = area_versions.of_figures(rows, now)
    other, never = version["other"], version["never"]
    whole = other.groupby(level=0).transform("all") & faults.good(rows.index)
    once = ~rows.index.duplicated()
    area, meant = names["area_code"], version["meant"][once]
    faults.add(TableRule.AREA_VERSION, whole & once, rows["area"], area, meant)
    beside = other & rows["text"].notna() & faults.good(rows.index)
    notes = {"other_version": int(beside.sum()), "not_published": int(never.sum())}
    return rows[~(other | never)].copy(), {name: n for name, n in notes.items() if n}


def _check(rows: pd.DataFrame, names: dict[str, str], faults: FaultList) -> None:
    rows["value"] = 0
    for column, cells in rows.groupby("column", sort=False):
        value, broken = whole_numbers(cells["text"])
        faults.add(TableRule.VALUE_MISSING, cells["text"].isna(), cells["text"], column)
        faults.add(TableRule.NOT_A_NUMBER, broken | (value > _LARGEST), cells["text"], column)
        odd = (value % 1).fillna(0) != 0
        faults.add(TableRule.NOT_A_WHOLE_NUMBER, odd, cells["text"], column)
        faults.add(TableRule.BELOW_MINIMUM, value < 0, cells["text"], column)
        whole = value.where((value % 1 == 0) & value.between(0, _LARGEST), 0)
        rows.loc[rows["column"] == column, "value"] = whole.astype("int64").to_numpy()


def _totals_only(
    rows: pd.DataFrame, group: list[str], names: dict[str, str]
) -> tuple[pd.DataFrame, list[str]]:
    """Rows to add up, and the variables they are divided by.

    Asked of each area and year: one that has a total takes no other's parts away.
    """
    parts = []
    for role in ("age", "sex"):
        if role not in names:
            continue
        total = people_parts.is_total(rows[role]) | rows[role].isna()
        rows = rows.assign(**{role: rows[role].mask(total, ""), "total": total})
        has_total = rows.groupby(group, dropna=False)["total"].transform("any")
        if not has_total.all():
            parts.append(role)
        rows = rows[rows["total"] | ~has_total].drop(columns="total")
    return rows, parts


def _undivided(
    rows: pd.DataFrame,
    raw: RawTable,
    mapping: ColumnMapping,
    read_columns: frozenset[str],
    faults: FaultList,
) -> pd.DataFrame:
    """Leave the rows of everybody where a column that plays no role divides the people."""
    key = ["area_level", "area_code", "year"]
    free = [name for name in mapping.unused if name not in read_columns]
    sound = rows[~rows["broken"]]
    told_by = sound[[*key, "age", "sex"]].groupby([*key, "age", "sex"], dropna=False).ngroup()
    cells = raw.frame.loc[sound.index, free].set_axis(range(len(sound)))
    value = sound["value"].set_axis(cells.index)
    for name in people_parts.dividing(cells, free, told_by.set_axis(cells.index), value):
        text = told(raw.frame[name])[rows.index]
        whole = pd.Series(people_parts.is_total(text) | text.isna(), rows.index)
        has_total = whole.groupby([rows[part] for part in key], dropna=False).transform("any")
        part = ~whole & ~has_total
        faults.add(TableRule.PART_OF_PEOPLE, part & ~rows.index.duplicated(), text, name)
        rows = rows[whole | part].assign(broken=rows["broken"] | part)
    return rows


def _whole_people(
    rows: pd.DataFrame,
    group: list[str],
    parts: list[str],
    names: dict[str, str],
    faults: FaultList,
) -> pd.DataFrame:
    """Leave the bands that hold every age once; parts that make up no whole are faults."""
    if "age" in parts:
        is_part = rows["age"] != ""
        text = rows["age"].where(is_part)
        unknown = is_part & text.map(people_parts.band, na_action="ignore").isna()
        faults.add(TableRule.UNKNOWN_WORD, unknown, text, names["age"])
        numbered = rows.reset_index()
        of = numbered.groupby([*group, *(one for one in parts if one == "sex")]).ngroup()
        bands = numbered["age"][(is_part & ~unknown).to_numpy()]
        taken, short = people_parts.whole_ages(bands, of[bands.index])
        short = short.reindex(numbered.index, fill_value=False).set_axis(rows.index)
        taken = taken.reindex(numbered.index, fill_value=False).set_axis(rows.index)
        faults.add(TableRule.PART_OF_PEOPLE, short, text, names["age"])
        rows = rows.assign(broken=rows["broken"] | unknown | short)
        rows = rows[~is_part | unknown | short | taken]
    if "sex" in parts:
        is_part = rows["sex"] != ""
        text = rows["sex"].where(is_part)
        found = people_parts.sexes(text)
        faults.add(TableRule.UNKNOWN_WORD, is_part & found.isna(), text, names["sex"])
        both = found.groupby([rows[part] for part in group]).transform(people_parts.is_both)
        alone = is_part & found.notna() & ~both.astype("bool")
        faults.add(TableRule.PART_OF_PEOPLE, alone, text, names["sex"])
        rows = rows.assign(broken=rows["broken"] | alone | (is_part & found.isna()))
        rows["sex"] = found.where(is_part, "")
    return rows


def _repeated(
    rows: pd.DataFrame,
    group: list[str],
    parts: list[str],
    names: dict[str, str],
    faults: FaultList,
) -> pd.Series:
    """Mark rows that say again what was said; contradictions become faults."""
    key = [*group, *parts]
    sound = rows[~rows["broken"]]
    again = sound.duplicated(key)
    same = sound.duplicated([*key, "value"])
    contrary = (again & ~same).to_numpy()
    faults.add(TableRule.NOT_UNIQUE, contrary, sound["area"], names["area_code"])
    mark = pd.Series(False, rows.index)
    mark[(~rows["broken"]).to_numpy()] = (again & same).to_numpy()
    return mark


def _incomplete(
    sound: pd.DataFrame, broken: pd.DataFrame, group: list[str], parts: list[str]
) -> pd.Series:
    """Mark parts of a sum that lacks another part: one with a fault, told soundly nowhere else."""
    key = pd.MultiIndex.from_frame
    lacking = broken[~key(broken[[*group, *parts]]).isin(key(sound[[*group, *parts]]))]
    return pd.Series(key(sound[group]).isin(key(lacking[group])), sound.index)
