"""What follows when another division of areas comes into force: inhabitants and incidents."""

from dataclasses import dataclass

import geopandas as gpd
import pandas as pd

from trygghetskarta.analysis import divisions as borders
from trygghetskarta.intake.place_lookup import Reassigned, reassign
from trygghetskarta.intake.workplace import Workplace
from trygghetskarta.store import divisions, read
from trygghetskarta.tables import POPULATION
from trygghetskarta.terms.areas import AreaLevel


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
        found = borders.inhabitants(rest, living.reset_index(drop=True)).dropna()
        here = rest.loc[found.index]
        divided = round(float(found["divided"].sum()))
        pieces.append(
            pd.DataFrame(
                {
                    "area_level": here["area_level"].astype("str"),
                    "area_code": here.index.astype("str"),
                    "year": int(year),
                    "population": found["people"].round().astype("int64"),
                    "approximate": found["divided"] > 0,
                    "source": living["source"].iloc[0],
                }
            )
        )
    rows = pd.concat(pieces, ignore_index=True)
    return rows.drop_duplicates(list(POPULATION.key), ignore_index=True), divided
