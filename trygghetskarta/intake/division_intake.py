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
from trygghetskarta.intake.place_lookup import Reassigned, reassign
from trygghetskarta.intake.workplace import Workplace
from trygghetskarta.store import divisions, read
from trygghetskarta.tables import AREAS, POPULATION
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


@dataclass(frozen=True)
class Settled:
    """What followed when another division came into force.

    Attributes
    ----------
    incidents
        What became of stored incidents.
    counted
        Areas that were given inhabitants.
    divided
        Inhabitants who were shared out by surface, and may be in the wrong area.
    """

    incidents: Reassigned
    counted: int = 0
    divided: int = 0

    def notes(self) -> dict[str, object]:
        """Told with the import, by the names of its sentences."""
        return {
            "reassigned": self.incidents.moved,
            "told_before_followed": self.incidents.carried,
            "told_before_divided": self.incidents.divided,
            "people_followed": self.counted,
            "people_divided": self.divided,
        }


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
    """

    table: gpd.GeoDataFrame
    begin: Callable[..., None] | None
    notes: dict[str, object]


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
    parts, begins = [], []
    notes: dict[str, object] = {}
    for word, rows in table.groupby("area_level", sort=False):
        level = AreaLevel(word)
        _refuse_overlaps(rows, file)
        now = read.areas(place.engine, level).reset_index()
        known = _known(rows, now)
        if len(now) and known.notna().all():
            codes, version = known, now["boundary_version"].iloc[0]
            parts.append(rows.assign(area_code=codes.astype("str"), boundary_version=version))
            continue
        how = wish.how or _by_cover(place, rows, now, file)
        if how is NewAreas.JOIN:
            parts.append(_joined(rows, now, known, file))
            notes["joined"] = len(rows)
            continue
        name = (wish.name or PurePath(file).stem).strip()
        starts = _first_day(place, level, name, wish.valid_from, file)
        fresh = _named_apart(place, rows, name, starts)
        parts.append(fresh)
        codes = set(fresh["area_code"])
        begins.append(partial(divisions.begin, level=level, name=name, starts=starts, codes=codes))
        notes["division_begun"] = name
    whole = gpd.GeoDataFrame(pd.concat(parts), geometry="geometry", crs=table.crs)

    def begin(connection: Any) -> None:
        for one in begins:
            one(connection)

    return DivisionPlan(whole[list(AREAS.columns)], begin if begins else None, notes)


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


def settle(place: Workplace) -> Settled:
    """Let everything follow the division in force, where it does not yet.

    Done when one has begun; and when a store is opened, since what begins it may have been stopped
    on the way.
    """
    told = read.divisions(place.engine)
    waiting = told[~told["assigned"]]
    counted = divided = 0
    for word in waiting["area_level"].unique():
        here, more = _settle_level(place, AreaLevel(word))
        counted, divided = counted + here, divided + more
    moved = reassign(place) if len(waiting) else Reassigned(0, 0, 0)
    if len(waiting):
        divisions.mark_assigned(place.engine)
    return Settled(moved, counted, divided)


def _settle_level(place: Workplace, level: AreaLevel) -> tuple[int, int]:
    now = read.areas(place.engine, level).reset_index()
    gone = read.former_areas(place.engine)
    former = gone[gone["area_level"] == level].reset_index(drop=True)
    people = _people(place, level)
    newest = people[people["year"] == people["year"].max()] if len(people) else people
    became = borders.successions(now, former, newest)
    divisions.write_successions(place.engine, level, became)
    known = read.population(place.engine, level)
    lacking = now[~now["area_code"].isin(known["area_code"])].set_index("area_code")
    if lacking.empty:
        return 0, 0
    rows, divided = _followed_people(place, lacking, became, people)
    if len(rows):
        divisions.write_inhabitants(place.engine, rows)
    return int(rows["area_code"].nunique()), divided


def _people(place: Workplace, level: AreaLevel) -> gpd.GeoDataFrame:
    """Inhabitants by year of the areas that others are summed from; no rows where those change."""
    finer = read.areas(place.engine, AreaLevel.DESO).reset_index()
    counts = read.population(place.engine, AreaLevel.DESO)
    if level is AreaLevel.DESO:
        counts = counts.iloc[:0]
    joined = finer.merge(
        counts[["area_code", "year", "population", "source"]].rename(
            columns={"population": "people"}
        ),
        on="area_code",
    )
    return gpd.GeoDataFrame(joined, geometry="geometry", crs=finer.crs)


def _followed_people(
    place: Workplace,
    areas: gpd.GeoDataFrame,
    became: pd.DataFrame,
    people: gpd.GeoDataFrame,
) -> tuple[pd.DataFrame, int]:
    """Inhabitants of areas without any: the same area's, else summed from finer ones.

    Gives contract ``POPULATION``, and how many of the newest year were shared out by surface.
    """
    before = read.former_population(place.engine)
    same = borders.same_areas(became)[["area_level", "area_code", "former_code"]]
    told = before.rename(columns={"area_code": "former_code"}).merge(
        same, on=["area_level", "former_code"]
    )
    told = told[told["area_code"].isin(areas.index)]
    pieces = [told[list(POPULATION.columns)]]
    rest = areas[~areas.index.isin(told["area_code"])]
    divided = 0
    for year, living in people.groupby("year") if len(rest) else ():
        found = borders.inhabitants(rest, living.reset_index(drop=True))
        divided = round(float(found["divided"].sum()))
        pieces.append(
            pd.DataFrame(
                {
                    "area_level": rest["area_level"].astype("str"),
                    "area_code": rest.index.astype("str"),
                    "year": int(year),
                    "population": found["people"].round().astype("int64"),
                    "approximate": found["divided"] > 0,
                    "source": living["source"].iloc[0],
                }
            )
        )
    rows = pd.concat(pieces, ignore_index=True)
    return rows.drop_duplicates(list(POPULATION.key), ignore_index=True), divided


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
    rows: gpd.GeoDataFrame, now: gpd.GeoDataFrame, known: pd.Series, file: str
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
    return fresh


def _first_day(
    place: Workplace, level: AreaLevel, name: str, wanted: date | None, file: str
) -> date:
    told = read.divisions(place.engine)
    here = told[told["area_level"] == level]
    day = wanted or place.today()
    if day > place.today():
        raise SourceError(SourceCause.DIVISION_AHEAD, file=file, day=day)
    if name in {*here["name"], *here["boundary_version"]}:
        raise SourceError(SourceCause.DIVISION_NAME_TAKEN, file=file, name=name)
    latest = here[here["valid_to"].isna()]
    if len(latest) and pd.Timestamp(day) <= latest["valid_from"].iloc[0]:
        first = latest["valid_from"].iloc[0].date()
        raise SourceError(
            SourceCause.DIVISION_TOO_EARLY, file=file, name=latest["name"].iloc[0], day=first
        )
    return day


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
