"""Inhabitants per area and year: SCB's exports, its age × sex tables, and plain CSV."""

import pandas as pd

from trygghetskarta.errors import TableRule
from trygghetskarta.sources.fields import area_codes, area_versions, quarantine
from trygghetskarta.sources.fields.area_codes import AreaList
from trygghetskarta.sources.fields.cell_values import numbers, told
from trygghetskarta.sources.fields.columns import ColumnMapping, wide_years, year_in_name
from trygghetskarta.sources.fields.faults import FaultList
from trygghetskarta.sources.readers.files import RawTable
from trygghetskarta.sources.readers.parsed import Parsed
from trygghetskarta.tables import POPULATION
from trygghetskarta.terms.areas import AreaLevel
from trygghetskarta.terms.imports import Aside

SOURCE = "SCB"
_TOTAL = (
    r"(?:1\+2\s+)?(?:1\+2|tot|totsa|(?:totalt?|samtliga|alla)(?:\s+(?:totalt|ålder|åldrar|kön))?|"
    r"båda könen|män\s*(?:och|\+)\s*kvinnor|kvinnor\s*(?:och|\+)\s*män)"
)
_EARLIEST_YEAR = 1968
_LARGEST = 20_000_000


def parse(
    raw: RawTable,
    mapping: ColumnMapping,
    *,
    municipality_code: str,
    areas: pd.DataFrame | None = None,
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
    areas
        Contract ``AREAS``, to find areas by name or by codes of other forms than SCB's, to know
        which areas there are, and which version of SCB's is in force.
    source
        Named under every figure.

    Returns
    -------
    Parsed
        ``table`` fulfils ``POPULATION``; index: first row that a figure comes from. Where there are
        columns of age or sex, the total of an area and year is taken if it has one; otherwise
        its rows are summed, and ``approximate`` is True, since SCB perturbs small cells. A row with
        a fault is left out with all its years and takes no other with it; but a sum that lacks a
        part is none, so the other parts are faults too (``SUM_INCOMPLETE``; note ``incomplete``:
        how many areas and years). Of two rows that contradict each other the first holds.
        Figures of another version of SCB's areas are not taken (see ``area_versions``): a row with
        no other figure has the fault ``AREA_VERSION``, figures beside others are counted in the
        note ``other_version``; what SCB has not published on a version is counted in
        ``not_published``.
        Faults: ``VALUE_MISSING``, ``NOT_A_NUMBER``, ``NOT_A_WHOLE_NUMBER``, ``BELOW_MINIMUM``,
        ``NOT_A_PERIOD``, ``AREA_UNKNOWN``, ``AREA_VERSION``, ``NOT_UNIQUE``, ``SUM_INCOMPLETE``.
    """
    frame, names = raw.frame, mapping.roles
    faults = FaultList(raw.faults)
    rows = _long(raw, mapping)
    read_columns = frozenset(rows["column"])
    rows["area_code"] = area_codes.bare(rows["area"]).astype("str")
    here = _ours(rows, municipality_code, areas)
    elsewhere = rows.index[~here]
    rows = rows[here].copy()
    _check_areas(rows, names, faults, areas)
    told_of = rows.index
    rows, left_out = _of_this_version(rows, names, faults, area_versions.in_force(areas))
    _check(rows, names, faults)
    faulty = ~faults.good(rows.index)
    rows["broken"] = faulty
    group = ["area_level", "area_code", "year"]
    kept, parts = _totals_only(rows, group, names)
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
        "age": told(frame[names["age"]]) if "age" in names else blank,
        "sex": told(frame[names["sex"]]) if "sex" in names else blank,
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


def _check_areas(
    rows: pd.DataFrame, names: dict[str, str], faults: FaultList, areas: pd.DataFrame | None
) -> None:
    area = names["area_code"]
    once = ~rows.index.duplicated()
    faults.add(TableRule.VALUE_MISSING, rows["area"].isna() & once, rows["area"], area)
    unknown = rows["area"].notna() & (rows["area_level"].isna() | _nowhere(rows, areas))
    faults.add(TableRule.AREA_UNKNOWN, unknown & once, rows["area"], area)
    year = rows["year_text"].str.extract(r"((?:19|20)\d{2})")[0].astype("float64")
    year_column = names.get("year", "")
    faults.add(TableRule.NOT_A_PERIOD, year.isna(), rows["year_text"], year_column)
    faults.add(TableRule.BELOW_MINIMUM, year < _EARLIEST_YEAR, rows["year_text"], year_column)
    rows["year"] = year.fillna(0).astype("int64")


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
        value, broken = numbers(cells["text"])
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
        total = rows[role].str.fullmatch(_TOTAL, case=False, na=False) | rows[role].isna()
        rows = rows.assign(**{role: rows[role].mask(total, ""), "total": total})
        has_total = rows.groupby(group, dropna=False)["total"].transform("any")
        if not has_total.all():
            parts.append(role)
        rows = rows[rows["total"] | ~has_total].drop(columns="total")
    return rows, parts


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
