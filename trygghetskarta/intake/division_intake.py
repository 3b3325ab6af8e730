"""Areas that are read in: in the place of those in force, or beside them, and never on them."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import PurePath
from typing import Any

import geopandas as gpd
import pandas as pd

from trygghetskarta.analysis import divisions as borders
from trygghetskarta.errors import SourceCause, SourceError
from trygghetskarta.intake.division_settling import Settled, settle
from trygghetskarta.intake.workplace import Workplace
from trygghetskarta.store import divisions, read
from trygghetskarta.tables import AREAS
from trygghetskarta.terms.areas import AreaLevel, DivisionTold, NewAreas, given_code

_COVERS = 0.95
"""Share of the municipality that areas must cover to take the place of others unasked."""
_TOLD = 5


@dataclass(frozen=True)
class Wish:
    """What somebody has said of the areas of a file.

    Attributes
    ----------
    how
        Whether they replace those in force or join them; None to replace where they cover the
        municipality, and to be asked elsewhere.
    name
        Name of the division, empty for the file's.
    valid_from
        First day it is in force, None for today.
    """

    how: NewAreas | None = None
    name: str = ""
    valid_from: date | None = None


@dataclass(frozen=True, eq=False)
class DivisionPlan:
    """Areas as they are to be stored.

    Attributes
    ----------
    table
        Contract ``AREAS``.
    begin
        Lets their division begin, within the transaction they are written in; None where they
        belong to the one in force.
    notes
        What is told of it.
    replaced
        Levels whose division makes way, though nobody has said so.
    chosen
        Levels whose division makes way because somebody has said so.
    """

    table: gpd.GeoDataFrame
    begin: Callable[..., None] | None
    notes: dict[str, object]
    replaced: tuple[AreaLevel, ...] = ()
    chosen: tuple[AreaLevel, ...] = ()


def covers(place: Workplace, table: gpd.GeoDataFrame) -> bool:
    """Whether areas of a file cover the municipality, so that they replace others unasked."""
    whole = read.areas(place.engine, AreaLevel.MUNICIPALITY)
    return borders.share_covered(table, whole) >= _COVERS


def plan(place: Workplace, table: gpd.GeoDataFrame, wish: Wish, file: str) -> DivisionPlan:
    """Decide which division areas of a file belong to.

    Parameters
    ----------
    place
        Where they are going.
    table
        Contract ``AREAS``; its versions are written anew.
    wish
        What somebody has said.
    file
        The file's name.

    Raises
    ------
    SourceError
        ``AREAS_OVERLAP`` when two of them, or one and another in force that they are to join, lie
        on each other; ``DIVISION_UNCLEAR`` when they do not cover the municipality and nobody has
        said what they are; ``DIVISION_NAME_TAKEN``, ``DIVISION_AHEAD``, ``DIVISION_TOO_EARLY``.
    """
    parts, begins = [table.iloc[:0]], []
    notes: dict[str, object] = {}
    replaced: list[AreaLevel] = []
    chosen: list[AreaLevel] = []
    for word, rows in table.groupby("area_level", sort=False):
        level = AreaLevel(word)
        _refuse_overlaps(rows, file)
        now = read.areas(place.engine, level).reset_index()
        known = _known(rows, now)
        is_whole = len(known) == len(now)
        if len(now) and known.notna().all() and (is_whole or wish.how is not NewAreas.REPLACE):
            codes, version = known, now["boundary_version"].iloc[0]
            kept = known.map(now.set_index("area_code")["name"])
            names = rows["name"].where(rows["name"] != rows["area_code"], kept).astype("str")
            same = {"area_code": codes.astype("str"), "boundary_version": version}
            parts.append(rows.assign(**same, name=names))
            if is_whole:
                begins += _told_anew(place, level, wish, file, notes)
            continue
        how = wish.how or _by_cover(place, rows, now, file)
        if how is NewAreas.JOIN:
            fresh = _joined(place, rows, now, known, file)
            parts.append(fresh)
            new = fresh.loc[known.isna(), "area_code"]
            notes["joined"] = len(new)
            notes["joined_areas"] = [[level.value, code] for code in new]
            begins.append(partial(divisions.await_settling, level=level))
            continue
        name = (wish.name or PurePath(file).stem).strip()
        starts = _first_day(place, level, name, wish.valid_from, file)
        fresh = _named_apart(place, rows, name, starts)
        parts.append(fresh)
        codes = set(fresh["area_code"])
        begins.append(partial(divisions.begin, level=level, name=name, starts=starts, codes=codes))
        notes["division_begun"] = name
        (replaced if wish.how is None else chosen).append(level)
    whole = gpd.GeoDataFrame(pd.concat(parts), geometry="geometry", crs=table.crs)

    def begin(connection: Any) -> None:
        for one in begins:
            one(connection)

    begun = begin if begins else None
    return DivisionPlan(whole[list(AREAS.columns)], begun, notes, tuple(replaced), tuple(chosen))


def _told_anew(
    place: Workplace, level: AreaLevel, wish: Wish, file: str, notes: dict[str, object]
) -> list[Callable[..., None]]:
    """Give the division in force another name or first day, where somebody has said one."""
    told = read.divisions(place.engine)
    here = told[told["area_level"] == level]
    ((name, first),) = here.loc[here["valid_to"].isna(), ["name", "valid_from"]].to_numpy()
    others = here[here["valid_to"].notna()]
    before = _held(others)
    before = before[before["valid_to"] == first]
    told_name, day = wish.name or name, wish.valid_from or first.date()
    if (told_name, day) == (name, first.date()):
        return []
    if told_name != name:
        _refuse_name(others, told_name, file)
        notes["division_renamed"] = told_name
    if day != first.date():
        _refuse_day(place, before, day, file)
        notes["division_from"] = day
    return [partial(divisions.tell_anew, level=level, name=told_name, starts=day)]


def restore(place: Workplace, level: AreaLevel) -> tuple[str, Settled]:
    """Let the division before the one in force be in force again; gives its name.

    Raises
    ------
    StoreError
        ``NO_FORMER_DIVISION``.
    """
    name = divisions.withdraw(place.engine, level)
    return name, settle(place)


def divisions_of(place: Workplace) -> list[DivisionTold]:
    """Every division that was not withdrawn, by level from coarse to fine, the latest first."""
    told = read.divisions(place.engine)
    starts = {
        (row.area_level, row.valid_from)
        for row in told[told["valid_to"].isna()].itertuples(index=False)
    }
    rows = [
        DivisionTold(
            AreaLevel(row["area_level"]),
            row["name"],
            row["valid_from"].date(),
            None if pd.isna(row["valid_to"]) else row["valid_to"].date(),
            (row["area_level"], row["valid_to"]) in starts,
        )
        for row in told.to_dict("records")
    ]
    order = list(AreaLevel)
    return sorted(rows[::-1], key=lambda one: order.index(one.level))


def _known(rows: gpd.GeoDataFrame, now: gpd.GeoDataFrame) -> pd.Series:
    """Code in force of each area that has the same code and borders there, missing elsewhere."""
    codes = {given_code(code): code for code in now["area_code"]}
    found = rows["area_code"].map(codes).astype("object")
    have = found.dropna()
    shapes = now.set_index("area_code").loc[have]
    alike = borders.are_same(rows.loc[have.index], shapes)
    return found.where(found.index.isin(have.index[alike]))


def _by_cover(
    place: Workplace, rows: gpd.GeoDataFrame, now: gpd.GeoDataFrame, file: str
) -> NewAreas:
    if now.empty or covers(place, rows):
        return NewAreas.REPLACE
    whole = read.areas(place.engine, AreaLevel.MUNICIPALITY)
    share = round(100 * borders.share_covered(rows, whole))
    raise SourceError(SourceCause.DIVISION_UNCLEAR, file=file, percent=share)


def _refuse_overlaps(rows: gpd.GeoDataFrame, file: str) -> None:
    pairs = borders.lying_on_each_other(rows)
    if pairs:
        names = tuple(f"{one} – {other}" for one, other in pairs[:_TOLD])
        raise SourceError(SourceCause.AREAS_OVERLAP, file=file, areas=names, number=len(pairs))


def _joined(
    place: Workplace, rows: gpd.GeoDataFrame, now: gpd.GeoDataFrame, known: pd.Series, file: str
) -> gpd.GeoDataFrame:
    """Areas beside those in force, as part of the same division."""
    version = now["boundary_version"].iloc[0] if len(now) else PurePath(file).stem
    codes = known.fillna(rows["area_code"]).astype("str")
    fresh = rows.assign(area_code=codes, boundary_version=version)
    others = now[~now["area_code"].isin(known.dropna())]
    _refuse_overlaps(pd.concat([others, fresh], ignore_index=True), file)
    taken = set(others["area_code"]) & set(codes)
    if taken:
        raise SourceError(SourceCause.DIVISION_CODES_TAKEN, file=file, codes=tuple(sorted(taken)))
    apart = _named_apart(place, fresh, version, place.today())
    return apart.assign(area_code=codes.where(known.notna(), apart["area_code"]).astype("str"))


def _first_day(
    place: Workplace, level: AreaLevel, name: str, wanted: date | None, file: str
) -> date:
    told = read.divisions(place.engine)
    here = told[told["area_level"] == level]
    day = wanted or place.today()
    _refuse_name(here, name, file)
    before = here[here["valid_to"].isna()]
    # With nothing before it, the one in force gives way for all its time.
    _refuse_day(place, before if len(_held(here)) > len(before) else before.iloc[:0], day, file)
    return day


def _held(told: pd.DataFrame) -> pd.DataFrame:
    """Divisions that some day has, or had, and no later one took all their time from."""
    return told[told["valid_to"].isna() | (told["valid_to"] > told["valid_from"])]


def _refuse_name(told: pd.DataFrame, name: str, file: str) -> None:
    if name in {*told["name"], *told["boundary_version"]}:
        raise SourceError(SourceCause.DIVISION_NAME_TAKEN, file=file, name=name)


def _refuse_day(place: Workplace, before: pd.DataFrame, day: date, file: str) -> None:
    """Refuse a first day that has not come, or on which the division before had not begun."""
    if day > place.today():
        raise SourceError(SourceCause.DIVISION_AHEAD, file=file, day=day)
    for row in before.itertuples(index=False):
        if pd.Timestamp(day) <= row.valid_from:
            first = row.valid_from.date()
            raise SourceError(SourceCause.DIVISION_TOO_EARLY, file=file, name=row.name, day=first)


def _named_apart(
    place: Workplace, rows: gpd.GeoDataFrame, name: str, starts: date
) -> gpd.GeoDataFrame:
    """Areas under codes that no area of another division has: a code names one border."""
    level = rows["area_level"].iloc[0]
    every = pd.concat(
        [read.areas(place.engine).reset_index(), read.former_areas(place.engine)],
        ignore_index=True,
    )
    other = every[(every["area_level"] == level) & (every["boundary_version"] != name)]
    taken = set(other["area_code"])
    codes = []
    for code in rows["area_code"]:
        free, number = code, 1
        while free in taken:
            free = f"{code}@{starts.year}" if number == 1 else f"{code}@{starts.year}.{number}"
            number += 1
        codes.append(free)
    return rows.assign(
        area_code=pd.Series(codes, rows.index, dtype="str"),
        boundary_version=pd.Series(name, rows.index, dtype="str"),
    )
