"""Two divisions of a municipality into areas: what became of which, and what lies on what."""

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from trygghetskarta.tables import SUCCESSIONS

WHOLE = 0.99
"""Share of an area that lies in another for the two to be one: drawn borders never fit exactly."""
SLIVER = 0.01
"""Share of the smaller of two areas that they may have in common without lying on each other."""

_KEY = ["area_code", "former_code"]


def lying_on_each_other(areas: gpd.GeoDataFrame) -> list[tuple[str, str]]:
    """Names of areas that share more than a sliver, sorted.

    Parameters
    ----------
    areas
        ``name`` and polygons in EPSG:3006, of one level.
    """
    shapes = areas.geometry.to_numpy()
    left, right = shapely.STRtree(shapes).query(shapes, predicate="intersects")
    left, right = left[left < right], right[left < right]
    shared = shapely.area(shapely.intersection(shapes[left], shapes[right]))
    sizes = np.minimum(shapely.area(shapes[left]), shapely.area(shapes[right]))
    names = areas["name"].to_numpy()
    bad = shared > SLIVER * sizes
    return sorted(
        (str(names[a]), str(names[b])) for a, b in zip(left[bad], right[bad], strict=True)
    )


def share_covered(areas: gpd.GeoDataFrame, whole: gpd.GeoDataFrame) -> float:
    """Share of the surface of ``whole`` that ``areas`` cover; 1 where there is nothing to cover."""
    ground = shapely.union_all(whole.geometry.to_numpy())
    if not ground.area:
        return 1.0
    return shapely.union_all(areas.geometry.to_numpy()).intersection(ground).area / ground.area


def are_same(areas: gpd.GeoDataFrame, others: gpd.GeoDataFrame) -> np.ndarray:
    """Whether each area has the borders of the other one in the same row, up to slivers."""
    one, other = areas.geometry.to_numpy(), others.geometry.to_numpy()
    shared = shapely.area(shapely.intersection(one, other))
    return shared >= WHOLE * np.maximum(shapely.area(one), shapely.area(other))


def successions(
    areas: gpd.GeoDataFrame, former: gpd.GeoDataFrame, people: gpd.GeoDataFrame
) -> pd.DataFrame:
    """Tell what became of former areas in the ones of today.

    Parameters
    ----------
    areas, former
        Contract ``AREAS``, of one level.
    people
        Finer areas with ``people``, their inhabitants, who are taken to live evenly over each;
        without rows where there are none.

    Returns
    -------
    DataFrame
        Contract ``SUCCESSIONS``; pairs that share no more than a sliver of both are left out.
    """
    pieces = _overlay(areas, former)
    of_area = shapely.area(areas.geometry.to_numpy())[pieces["row"]]
    of_former = shapely.area(former.geometry.to_numpy())[pieces["other"]]
    shared = pieces["shared"].to_numpy()
    living = _living(pieces["shape"].to_numpy(), people)
    whole = _living(former.geometry.to_numpy(), people)[pieces["other"]]
    with np.errstate(invalid="ignore", divide="ignore"):
        lived = np.where(whole > 0, living / whole, np.nan)
    table = pd.DataFrame(
        {
            "area_level": areas["area_level"].to_numpy()[pieces["row"]],
            "area_code": areas["area_code"].to_numpy()[pieces["row"]],
            "former_code": former["area_code"].to_numpy()[pieces["other"]],
            "area_share": np.minimum(shared / of_former, 1.0),
            "covered": np.minimum(shared / of_area, 1.0),
            "people_share": np.minimum(lived, 1.0),
        }
    )
    seen = (table["area_share"] > SLIVER) | (table["covered"] > SLIVER)
    text = dict.fromkeys(("area_level", "area_code", "former_code"), "str")
    table = table[seen].astype({**text, "people_share": "float64"})
    return table[list(SUCCESSIONS.columns)].sort_values(_KEY, ignore_index=True)


def inhabitants(areas: gpd.GeoDataFrame, people: gpd.GeoDataFrame) -> pd.DataFrame:
    """Sum the inhabitants of finer areas.

    Parameters
    ----------
    areas
        Index area_code.
    people
        Finer areas with ``people``.

    Returns
    -------
    DataFrame
        Index that of ``areas``: ``people``, and ``divided``, those of them who live in a finer area
        that a border cuts and were shared out by surface. Missing for an area that lies beside all
        finer ones: nobody has counted there.
    """
    if people.empty:
        return pd.DataFrame({"people": np.nan, "divided": np.nan}, areas.index)
    pieces = _overlay(areas, people)
    part = pieces["shared"].to_numpy() / shapely.area(people.geometry.to_numpy())[pieces["other"]]
    part = np.where(part >= WHOLE, 1.0, np.where(part <= SLIVER, 0.0, part))
    living = part * people["people"].to_numpy(dtype="float64")[pieces["other"]]
    divided = np.where((part > 0) & (part < 1), living, 0.0)
    counted = pd.DataFrame({"people": living, "divided": divided})
    sums = counted[pieces["shared"] > 0].groupby(pieces.loc[pieces["shared"] > 0, "row"]).sum()
    return sums.reindex(range(len(areas))).set_axis(areas.index)


def same_areas(successions: pd.DataFrame) -> pd.DataFrame:
    """Those of contract ``SUCCESSIONS`` that are a renaming: both areas have the same borders."""
    return successions[(successions["area_share"] >= WHOLE) & (successions["covered"] >= WHOLE)]


def heirs(successions: pd.DataFrame) -> dict[tuple[str, str], str]:
    """The one area in which all of a former one lies, by its level and code."""
    whole = successions[successions["area_share"] >= WHOLE]
    return {
        (row.area_level, row.former_code): row.area_code for row in whole.itertuples(index=False)
    }


def _overlay(areas: gpd.GeoDataFrame, others: gpd.GeoDataFrame) -> pd.DataFrame:
    """Pieces that areas and others share: ``row``, ``other``, ``shape``, ``shared`` (m²)."""
    one, other = areas.geometry.to_numpy(), others.geometry.to_numpy()
    rows, found = shapely.STRtree(other).query(one, predicate="intersects")
    shapes = shapely.intersection(one[rows], other[found])
    return pd.DataFrame(
        {"row": rows, "other": found, "shape": shapes, "shared": shapely.area(shapes)}
    )


def _living(shapes: np.ndarray, people: gpd.GeoDataFrame) -> np.ndarray:
    """How many live in each shape, NaN where no finer areas tell."""
    if people.empty:
        return np.full(len(shapes), np.nan)
    finer = people.geometry.to_numpy()
    rows, found = shapely.STRtree(finer).query(shapes, predicate="intersects")
    shared = shapely.area(shapely.intersection(shapes[rows], finer[found]))
    counts = people["people"].to_numpy(dtype="float64")[found] * shared / shapely.area(finer[found])
    return np.bincount(rows, counts, minlength=len(shapes))
