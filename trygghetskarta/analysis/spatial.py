"""Points into areas: exact, one area per point, and nothing dropped silently."""

from dataclasses import dataclass
from functools import cached_property

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from numpy.typing import ArrayLike, NDArray

from trygghetskarta.analysis.area_borders import AreaBorders, border_edges
from trygghetskarta.analysis.area_cells import NOWHERE, AreaCells, slices_of_points
from trygghetskarta.errors import AnalysisCause, AnalysisError
from trygghetskarta.settings import WORK_CRS

_LARGEST_COORDINATE = 1e9  # metres; no projection of the Earth reaches further


class AreaIndex:
    """Areas prepared for asking, many times, which of them holds a point.

    Two levels of square cells lie over the areas. A cell that no border touches knows its area;
    only a point in one of the small cells along the borders is tested against the border itself.
    That test counts the crossings of a ray to the east (even-odd rule) and computes every sign
    that rounding could turn in whole numbers, so the answer is exact: it equals the lowest code
    among the areas for which ``shapely.intersects`` is true. An index never changes once built,
    and may be asked from several threads at once.

    Parameters
    ----------
    areas
        Polygons or multipolygons in EPSG:3006, one row per area, any index. A row whose geometry
        is missing or empty is an area that holds no point. No row at all is allowed.
    code
        Column with the code of each area; codes are compared as text.

    Attributes
    ----------
    codes
        Code of each area as text, in the order of the rows of ``areas``.

    Raises
    ------
    AnalysisError
        ``WRONG_CRS`` if the areas are not in EPSG:3006; ``CODES_NOT_UNIQUE`` if a code occurs
        twice or is missing; ``GEOMETRY_NOT_AREA`` if a geometry is no polygon or an invalid one,
        such as a bow tie, whose inside is not defined (``rows`` are row numbers from 0);
        ``OUT_OF_RANGE`` if a coordinate is larger than any on Earth.

    Examples
    --------
    Two squares of 100 m that share the border x = 300 100:

    >>> squares = gpd.GeoDataFrame(
    ...     {"area_code": ["B", "A"]},
    ...     geometry=[
    ...         shapely.box(300000, 6400000, 300100, 6400100),
    ...         shapely.box(300100, 6400000, 300200, 6400100),
    ...     ],
    ...     crs=3006,
    ... )
    >>> AreaIndex(squares).locate([300050, 300100, 300150, 300250], [6400050] * 4)
    array([ 0,  1,  1, -1], dtype=int32)
    """

    def __init__(self, areas: gpd.GeoDataFrame, code: str = "area_code") -> None:
        _require_work_crs(areas)
        self.codes = _unique_codes(areas[code])
        # Inside the index areas are numbered by code, so that the lowest number wins.
        order = sorted(range(len(self.codes)), key=self.codes.__getitem__)
        geometry = np.asarray(areas.geometry.array, dtype=object)
        _require_areas(geometry)
        self._row = np.array([*order, NOWHERE], dtype=np.int32)  # [-1] answers for "nowhere"
        self._geometry = geometry[order]
        edges = border_edges(self._geometry)
        self._borders = AreaBorders(edges, len(order))
        self._cells = AreaCells(edges, len(order), self._borders)

    def __len__(self) -> int:
        return len(self.codes)

    def locate(self, x: ArrayLike, y: ArrayLike) -> NDArray[np.int32]:
        """Find the area that holds each point.

        Parameters
        ----------
        x, y
            East and north in metres, EPSG:3006; one-dimensional and equally long. NaN and
            infinity are allowed.

        Returns
        -------
        int32 array
            Row number, from 0, in the ``areas`` the index was built of; -1 where no area holds
            the point or a coordinate is NaN or infinite. A point on the outer border is inside.
            A point on a shared border, or where areas overlap, belongs to the area with the
            lowest code. It does not say how near the next border is: see :meth:`on_border`.

        Raises
        ------
        AnalysisError
            ``LENGTHS_DIFFER`` if ``x`` and ``y`` are not equally long.
        """
        x, y = _coordinates(x, y)
        area = np.full(len(x), NOWHERE, dtype=np.int32)
        for part in slices_of_points(len(x)):
            area[part] = self._cells.lowest_area(x[part], y[part])
        return self._row[area]

    def on_border(self, x: ArrayLike, y: ArrayLike) -> NDArray[np.bool_]:
        """Tell which points lie exactly on the border of at least one area.

        Parameters
        ----------
        x, y
            As in :meth:`locate`.

        Returns
        -------
        boolean array
            True on an outer border, a shared border and the rim of a hole; False for NaN and
            infinity. Every such point is held by an area. A point a nanometre away is not on
            the border.

        Raises
        ------
        AnalysisError
            ``LENGTHS_DIFFER`` if ``x`` and ``y`` are not equally long.
        """
        x, y = _coordinates(x, y)
        on = np.zeros(len(x), dtype=bool)
        for part in slices_of_points(len(x)):
            on[part] = self._cells.on_border(x[part], y[part])
        return on

    @cached_property
    def overlaps(self) -> tuple[tuple[str, str], ...]:
        """Pairs of codes (lower, higher) whose areas share more than border, sorted.

        Computed when first asked for. However thin, an overlap is named; its size is not told.
        """
        present = np.flatnonzero(shapely.get_num_coordinates(self._geometry) > 0)
        geometry = self._geometry[present]
        if len(present) < 2 or shapely.coverage_is_valid(geometry):
            return ()
        # Neighbours whose corners do not match fault the coverage without overlapping, so it only
        # narrows down whom to compare. Of two that overlap, at least one is faulted.
        faulted = np.flatnonzero(~shapely.is_empty(shapely.coverage_invalid_edges(geometry)))
        left, right = shapely.STRtree(geometry).query(geometry[faulted])
        left = faulted[left]
        pairs = np.unique(np.sort(np.stack([left, right])[:, left != right], axis=0), axis=1)
        shared = shapely.relate_pattern(geometry[pairs[0]], geometry[pairs[1]], "T********")
        names = [self.codes[row] for row in self._row[present]]
        return tuple((names[low], names[high]) for low, high in pairs[:, shared].T)


@dataclass(frozen=True)
class JoinReport:
    """What became of every point; ``matched + outside + without_coordinates`` is all of them.

    Attributes
    ----------
    matched
        Number of points that got an area.
    outside
        Number of points that no area holds.
    without_coordinates
        Number of points that are missing, empty, NaN or infinite, or that are no point but
        another kind of geometry.
    on_border
        Number of matched points that lie exactly on a border; those on a shared border were
        given to the area with the lowest code.
    areas_without_points
        Codes, sorted, of the areas that got no point.
    overlaps
        Pairs of codes whose areas overlap; points in both were given to the lower code.
    """

    matched: int
    outside: int
    without_coordinates: int
    on_border: int
    areas_without_points: tuple[str, ...]
    overlaps: tuple[tuple[str, str], ...]


@dataclass(frozen=True, eq=False)
class JoinResult:
    """The area of every point, and the account of the join.

    Attributes
    ----------
    area_code
        Code of the area that holds each point, missing where none does. Index: that of the
        points, in the same order.
    report
        Counts that add up to the number of points.
    """

    area_code: pd.Series
    report: JoinReport


def join_points(
    points: gpd.GeoSeries | gpd.GeoDataFrame,
    areas: gpd.GeoDataFrame | AreaIndex,
    code: str = "area_code",
) -> JoinResult:
    """Give every point the code of the area that holds it.

    Parameters
    ----------
    points
        Points in EPSG:3006. Missing and empty geometries are allowed, and so is a repeated index.
    areas
        Areas as :class:`AreaIndex` takes them, or an index already built of them.
    code
        Column of ``areas`` with the codes; not used with an index already built.

    Returns
    -------
    JoinResult
        One code per point, under the points' index. A border point gets one area, the one with
        the lowest code. Nothing tells how exact the points themselves were: a point placed by
        street name can lie in the wrong area however exact the join.

    Raises
    ------
    AnalysisError
        ``WRONG_CRS`` if the points are not in EPSG:3006, and all that :class:`AreaIndex` raises.
    """
    _require_work_crs(points)
    index = areas if isinstance(areas, AreaIndex) else AreaIndex(areas, code)
    geometry = np.asarray(points.geometry.array, dtype=object)
    x, y = _point_coordinates(geometry)
    row = index.locate(x, y)
    codes = pd.array(index.codes, dtype="str").take(row, allow_fill=True)
    return JoinResult(
        area_code=pd.Series(codes, index=points.index, name="area_code"),
        report=_report(index, x, y, row),
    )


def _report(index: AreaIndex, x: NDArray, y: NDArray, row: NDArray) -> JoinReport:
    known = np.isfinite(x) & np.isfinite(y)
    matched = row != NOWHERE
    got = np.bincount(row[matched], minlength=len(index))
    return JoinReport(
        matched=int(matched.sum()),
        outside=int((known & ~matched).sum()),
        without_coordinates=int((~known).sum()),
        on_border=int(index.on_border(x, y).sum()),
        areas_without_points=tuple(sorted(index.codes[i] for i in np.flatnonzero(got == 0))),
        overlaps=index.overlaps,
    )


def _coordinates(x: ArrayLike, y: ArrayLike) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    x, y = np.asarray(x, dtype=np.float64), np.asarray(y, dtype=np.float64)
    if x.shape != y.shape:
        raise AnalysisError(AnalysisCause.LENGTHS_DIFFER, left=x.size, right=y.size)
    return x, y


def _point_coordinates(geometry: NDArray) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Give east and north of each point; NaN for what is missing, empty or no point."""
    coordinates = np.full((len(geometry), 2), np.nan)
    # shapely.get_x raises on an empty point.
    filled = shapely.get_type_id(geometry) == shapely.GeometryType.POINT
    filled &= shapely.get_num_coordinates(geometry) == 1
    coordinates[filled] = shapely.get_coordinates(geometry[filled])
    return coordinates[:, 0], coordinates[:, 1]


def _unique_codes(codes: pd.Series) -> tuple[str, ...]:
    missing = codes.isna().to_numpy()
    names = np.array(["" if gone else str(code) for code, gone in zip(codes, missing, strict=True)])
    name, number = np.unique(names, return_counts=True)
    wrong = name[(number > 1) | (name == "")]
    if len(wrong):
        raise AnalysisError(AnalysisCause.CODES_NOT_UNIQUE, codes=tuple(wrong.tolist()))
    return tuple(names.tolist())


def _require_work_crs(table: gpd.GeoSeries | gpd.GeoDataFrame) -> None:
    if table.crs is None or table.crs.to_epsg() != WORK_CRS:
        name = "" if table.crs is None else table.crs.name
        raise AnalysisError(AnalysisCause.WRONG_CRS, crs=name)


def _require_areas(geometry: NDArray) -> None:
    kind = shapely.get_type_id(geometry)
    polygonal = np.isin(kind, (shapely.GeometryType.POLYGON, shapely.GeometryType.MULTIPOLYGON))
    fits = (
        shapely.is_missing(geometry)
        | shapely.is_empty(geometry)
        | polygonal & shapely.is_valid(geometry)
    )
    if not fits.all():
        rows = tuple(int(row) for row in np.flatnonzero(~fits))
        raise AnalysisError(AnalysisCause.GEOMETRY_NOT_AREA, rows=rows)
    largest = np.abs(shapely.get_coordinates(geometry)).max(initial=0.0)
    if largest > _LARGEST_COORDINATE:
        raise AnalysisError(AnalysisCause.OUT_OF_RANGE, name="x", value=float(largest))
