"""Measure the hotspot measures against the libraries that compute the same, in the same run.

Run from the project's folder: ``python -m benchmarks.hotspots``. Each line: what is computed, our
seconds, the peer's seconds, how many times faster ours is, and how far the answers differ. Where
the peer is too slow to do it all, it does a part and its time is scaled up; the line says so. Exit
code 1 if an answer differs.
"""

import sys
import time
import warnings
from collections.abc import Callable
from typing import TypeVar

import libpysal
import numpy as np
import pymannkendall
from esda.getisord import G_Local
from pointpats import Knox
from sklearn.neighbors import KernelDensity

from trygghetskarta.analysis.cells import Cells, square_cells
from trygghetskarta.analysis.density import Grid, kernel_density
from trygghetskarta.analysis.hotspots import emerging_hotspots, getis_ord_g_star
from trygghetskarta.analysis.near_repeat import knox

EVENTS = 100_000
SIDE = 20_000.0  # metres: 400 x 400 cells of 50 m
PEER_CELLS = 4_000
PEER_PERMUTATIONS = 49
PERIODS = 36

T = TypeVar("T")


def main() -> int:
    """Print the table; give the exit code."""
    print(f"{'':82}{'ours':>9}{'peer':>9}{'ratio':>8}  difference")
    good = [
        density(300.0, 1e-6),
        density(600.0, 0.01),
        g_star(),
        emerging(),
        near_repeat(),
    ]
    return 0 if all(good) else 1


def density(bandwidth: float, tolerance: float) -> bool:
    """Quartic kernel against scikit-learn's Epanechnikov kernel, whose square it is."""
    rng = np.random.default_rng(0)
    x, y = rng.normal(SIDE / 2, SIDE / 8, (2, EVENTS)).clip(0, SIDE - 1)
    bounds = (0.0, 0.0, SIDE, SIDE)
    kernel_density(x[:10], y[:10], bounds=bounds)  # first use of scipy is not what is measured
    grid, ours = timed(lambda: kernel_density(x, y, bandwidth=bandwidth, bounds=bounds))
    chosen = rng.choice(grid.values.size, PEER_CELLS, replace=False)
    row, column = np.divmod(chosen, grid.values.shape[1])
    east, north = grid.centres()
    places = np.column_stack([east[column], north[row]])
    events = np.column_stack([x, y])
    peer = KernelDensity(kernel="epanechnikov", bandwidth=bandwidth, rtol=1e-4)
    with np.errstate(divide="ignore"):
        _, part = timed(lambda: peer.fit(events).score_samples(places))
    nearest = summed(x, y, bandwidth, grid, row[:200], column[:200])
    worst = np.abs(grid.values[row[:200], column[:200]] - nearest).max() / grid.values.max()
    line(
        f"density, {EVENTS} events, 400 x 400, h {bandwidth:.0f} m; sklearn on "
        f"{PEER_CELLS} cells, scaled",
        ours,
        part * grid.values.size / PEER_CELLS,
        f"{worst:.1e} of the maximum from the formula in 200 cells",
    )
    return worst <= tolerance


def summed(
    x: np.ndarray, y: np.ndarray, h: float, grid: Grid, row: np.ndarray, column: np.ndarray
) -> np.ndarray:
    """Sum the formula event by event at some of the cells."""
    east, north = grid.centres()
    square = (east[column, None] - x) ** 2 + (north[row, None] - y) ** 2
    height = np.maximum(1 - square / h**2, 0.0) ** 2
    return height.sum(axis=1) * 3e6 / (np.pi * h**2)


def g_star() -> bool:
    """Gi* against esda's, both with the neighbours given."""
    cells = square_cells((0.0, 0.0, 25_000.0, 25_000.0))
    values = np.random.default_rng(1).poisson(2, len(cells)).astype(float)
    weights = contiguity(cells)
    G_Local(values, weights, transform="B", star=True, permutations=0)
    found, ours = timed(lambda: getis_ord_g_star(values, cells.neighbours))
    # Counted without permutations, as ours; the weights keep what esda computes at first use.
    peer, theirs = timed(lambda: G_Local(values, weights, transform="B", star=True, permutations=0))
    worst = np.abs(found["z"] - peer.Zs).max()
    line(f"Gi*, {len(cells)} cells; esda.G_Local", ours, theirs, f"{worst:.1e} of z")
    return worst < 1e-9


def emerging() -> bool:
    """Emerging hot spots against Gi* of ours and a loop over pymannkendall."""
    cells = square_cells((0.0, 0.0, 21_000.0, 21_000.0))
    counts = np.random.default_rng(2).poisson(2, (len(cells), PERIODS))
    found, ours = timed(lambda: emerging_hotspots(counts, cells.neighbours))
    z = np.column_stack([getis_ord_g_star(part, cells.neighbours)["z"] for part in counts.T])
    rows = range(0, len(cells), 10)
    tests, part = timed(lambda: [pymannkendall.original_test(z[row].round(9)) for row in rows])
    s = np.array([test.s for test in tests])
    differing = int((found["trend_s"].to_numpy()[::10] != s).sum())
    line(
        f"emerging, {len(cells)} cells, {PERIODS} periods; pymannkendall on a tenth, scaled",
        ours,
        part * len(cells) / len(rows),
        f"{differing} of {len(rows)} trends",
    )
    return differing == 0


def near_repeat() -> bool:
    """Knox's test against pointpats, which has one band where we have twelve."""
    rng = np.random.default_rng(3)
    x, y = rng.normal(0.0, 3000.0, (2, 5000))
    day = rng.integers(0, 730, 5000)
    bands = ([100, 200, 400], [7, 14, 28])
    found, ours = timed(lambda: knox(x, y, day, *bands, permutations=999, seed=1))
    points, days = np.column_stack([x, y]), day[:, None].astype(float)
    bare, once = timed(lambda: Knox(points, days, 400, 27.5, permutations=0))
    _, some = timed(lambda: Knox(points, days, 400, 27.5, permutations=PEER_PERMUTATIONS))
    theirs = once + max(some - once, 0.0) * 999 / PEER_PERMUTATIONS
    difference = int(found["observed"].sum() - bare.nst)
    line(
        f"Knox, 5000 events, 999 permutations; pointpats from {PEER_PERMUTATIONS}, scaled",
        ours,
        theirs,
        f"{difference} of {bare.nst:.0f} pairs",
    )
    return difference == 0


def contiguity(cells: Cells) -> libpysal.weights.W:
    """Give libpysal the same neighbours."""
    return libpysal.weights.W(dict(enumerate(cells.neighbours.tolil().rows)), silence_warnings=True)


def timed(function: Callable[[], T]) -> tuple[T, float]:
    """Call once; give the answer and the seconds it took."""
    start = time.perf_counter()
    answer = function()
    return answer, time.perf_counter() - start


def line(name: str, ours: float, theirs: float, difference: str) -> None:
    """Print one line of the table."""
    print(f"{name:<82}{ours:9.3f}{theirs:9.2f}{theirs / ours:7.0f} x  {difference}")


if __name__ == "__main__":
    warnings.simplefilter("ignore")
    sys.exit(main())
