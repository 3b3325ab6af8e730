"""Which coordinate system a file uses: told, recognised by where its points lie, or refused."""

from dataclasses import dataclass
from functools import cache

import numpy as np
import pandas as pd
import pyproj

from trygghetskarta.errors import CrsCause, CrsError, Fault
from trygghetskarta.settings import WORK_CRS

CRS_NAMES = {
    3006: "SWEREF 99 TM",
    3007: "SWEREF 99 12 00",
    3008: "SWEREF 99 13 30",
    3009: "SWEREF 99 15 00",
    3010: "SWEREF 99 16 30",
    3011: "SWEREF 99 18 00",
    3012: "SWEREF 99 14 15",
    3013: "SWEREF 99 15 45",
    3014: "SWEREF 99 17 15",
    3015: "SWEREF 99 18 45",
    3016: "SWEREF 99 20 15",
    3017: "SWEREF 99 21 45",
    3018: "SWEREF 99 23 15",
    4326: "WGS 84",
    3019: "RT 90 7,5 gon V",
    3020: "RT 90 5 gon V",
    3021: "RT 90 2,5 gon V",
    3022: "RT 90 0 gon",
    3023: "RT 90 2,5 gon O",
    3024: "RT 90 5 gon O",
}
"""Systems that are read, and what Lantmäteriet calls them."""

WEB_MERCATOR = 3857
"""What maps on the web are drawn in: read where it is told, never taken for granted."""

_SAME = {
    **dict.fromkeys((4619, 4258, 4976, 4979), 4326),
    **dict.fromkeys((900913, 3785, 102100, 102113), WEB_MERCATOR),
}
"""SWEREF 99 and ETRS89 in degrees differ from WGS 84 by less than a metre; the rest are other
numbers of one system."""

_KILOMETRE = 1000.0
_DECIMALS = range(1, 10)
_MOST_SCALED = 0.9

SWEDEN = (180_000.0, 6_090_000.0, 970_000.0, 7_700_000.0)
"""Box round Sweden with its waters in EPSG:3006: west, south, east, north."""

_MARGIN = 20_000.0
"""How far outside the municipality, in metres, a file's points still count as there."""

_MOST = 0.5
_RIVAL = 0.5


@dataclass(frozen=True, eq=False)
class FilePoints:
    """East and north as they stand in the file; NaN where missing or unusable."""

    east: pd.Series
    north: pd.Series
    faults: tuple[Fault, ...]
    crs: int | None
    columns: str


def supported_crs(code: int, file: str) -> int:
    """Give the system that a code is read as.

    Raises
    ------
    CrsError
        ``CRS_UNSUPPORTED``.
    """
    code = _SAME.get(code, code)
    if code not in CRS_NAMES and code != WEB_MERCATOR:
        raise CrsError(CrsCause.CRS_UNSUPPORTED, file=file, crs=f"EPSG:{code}")
    return code


@cache
def _transformer(code: int) -> pyproj.Transformer:
    return pyproj.Transformer.from_crs(code, WORK_CRS, always_xy=True)


def to_work(east: pd.Series, north: pd.Series, code: int) -> tuple[np.ndarray, np.ndarray]:
    """East and north in EPSG:3006, metres, of places in another system; NaN where there is none."""
    if code == WORK_CRS:
        return east.to_numpy(), north.to_numpy()
    x, y = _transformer(code).transform(east.to_numpy(), north.to_numpy())
    nowhere = ~(np.isfinite(x) & np.isfinite(y))
    return np.where(nowhere, np.nan, x), np.where(nowhere, np.nan, y)


def is_within(
    east: np.ndarray, north: np.ndarray, box: tuple[float, float, float, float]
) -> np.ndarray:
    """Mark the points inside a box (west, south, east, north), its border included."""
    west, south, right, top = box
    return (east >= west) & (east <= right) & (north >= south) & (north <= top)


def _sample(points: FilePoints) -> FilePoints:
    """The points that can tell a system; at most a thousand, evenly picked, without 0, 0."""
    real = points.east.notna() & ~((points.east.abs() < 1) & (points.north.abs() < 1))
    step = max(1, int(real.sum()) // 1000)
    return FilePoints(points.east[real][::step], points.north[real][::step], (), None, "")


def _swapped(points: FilePoints) -> FilePoints:
    return FilePoints(points.north, points.east, (), points.crs, points.columns)


def _share(points: FilePoints, code: int, box: tuple[float, float, float, float]) -> float:
    if not len(points.east):
        return 0.0
    return float(is_within(*to_work(points.east, points.north, code), box).mean())


def plausible_systems(points: FilePoints, order: list[int]) -> list[int]:
    """Systems that put most points in Sweden."""
    sample = _sample(points)
    return [code for code in order if _share(sample, code, SWEDEN) > _MOST]


def system_names(codes: list[int]) -> list[str]:
    """What Lantmäteriet calls the systems of EPSG codes."""
    return [CRS_NAMES[code] for code in codes]


def recognised_crs(
    points: FilePoints,
    bounds: tuple[float, float, float, float] | None,
    order: list[int],
    file: str,
) -> int:
    """The only system that fits, or an error that says which might, or what is wrong."""
    sample = _sample(points)
    if not len(sample.east):
        return WORK_CRS
    plausible = plausible_systems(points, order)
    fitting = _fitting(sample, plausible, bounds)
    if len(fitting) == 1:
        return fitting[0]
    if fitting:
        raise CrsError(CrsCause.AMBIGUOUS, file=file, candidates=system_names(fitting))
    refuse_web_mercator(sample, bounds if plausible else SWEDEN, file)
    _refuse_scaled(sample, bounds, order, file)
    turned = plausible_systems(_swapped(sample), order)
    if turned and not plausible:
        near = _fitting(_swapped(sample), turned, bounds) or turned
        raise CrsError(CrsCause.SWAPPED, file=file, looks_like=system_names(near))
    if not plausible:
        raise CrsError(CrsCause.CRS_UNKNOWN, file=file)
    raise CrsError(CrsCause.CRS_MISSING, file=file, looks_like=system_names(plausible))


def refuse_web_mercator(
    points: FilePoints, bounds: tuple[float, float, float, float] | None, file: str
) -> None:
    """Refuse points that are Web Mercator and lie in or near a box.

    Raises
    ------
    CrsError
        ``WEB_MERCATOR``.
    """
    if _fitting(_sample(points), [WEB_MERCATOR], bounds):
        raise CrsError(CrsCause.WEB_MERCATOR, file=file)


def _refuse_scaled(
    points: FilePoints,
    bounds: tuple[float, float, float, float] | None,
    order: list[int],
    file: str,
) -> None:
    """Refuse points that lie near the municipality when they are multiplied or divided."""
    factors = (_KILOMETRE, *(10.0**-decimals for decimals in _DECIMALS))
    found = []
    for factor in factors:
        scaled = FilePoints(points.east * factor, points.north * factor, (), None, "")
        found += [(factor, code) for code in _fitting(scaled, order, bounds, _MOST_SCALED)]
    if len(found) != 1:
        return
    ((factor, code),) = found
    looks_like = system_names([code])
    if factor == _KILOMETRE:
        raise CrsError(CrsCause.IN_KILOMETRES, file=file, looks_like=looks_like)
    times = round(1 / factor)
    raise CrsError(CrsCause.WITHOUT_DECIMALS, file=file, looks_like=looks_like, times=times)


def _fitting(
    points: FilePoints,
    codes: list[int],
    bounds: tuple[float, float, float, float] | None,
    least: float = _MOST,
) -> list[int]:
    """Systems that put at least half of the points near the municipality, without poor rivals."""
    if bounds is None:
        return []
    west, south, east, north = bounds
    near = (west - _MARGIN, south - _MARGIN, east + _MARGIN, north + _MARGIN)
    shares = {code: _share(points, code, near) for code in codes}
    best = max(shares.values(), default=0.0)
    return [code for code, share in shares.items() if share >= max(least, best * _RIVAL)]


def refuse_whole_file(
    points: FilePoints,
    outside: np.ndarray,
    zero: np.ndarray,
    code: int,
    order: list[int],
    file: str,
) -> None:
    """Refuse a file of which more than half lies outside Sweden, and say what it looks like.

    Raises
    ------
    CrsError
        ``SWAPPED``, ``WEB_MERCATOR``, ``OUTSIDE_SWEDEN``, or ``OUTSIDE_ALL`` when they look like
        nothing.
    """
    real = int((points.east.notna().to_numpy() & ~zero).sum())
    if not real or outside.sum() <= real * _MOST:
        return
    wrong = FilePoints(points.east[outside], points.north[outside], (), None, "")
    if _share(_swapped(wrong), code, SWEDEN) > _MOST:
        raise CrsError(CrsCause.SWAPPED, file=file, looks_like=system_names([code]))
    looks_like = system_names(plausible_systems(wrong, order))
    if not looks_like:
        refuse_web_mercator(wrong, SWEDEN, file)
        turned = plausible_systems(_swapped(wrong), order)
        if turned:
            raise CrsError(CrsCause.SWAPPED, file=file, looks_like=system_names(turned))
    share = round(100 * float(outside.sum()) / real)
    if not looks_like:
        raise CrsError(CrsCause.OUTSIDE_ALL, file=file, share=share)
    raise CrsError(CrsCause.OUTSIDE_SWEDEN, file=file, share=share, looks_like=looks_like)
