"""How often the intervals of smoothed rates hold the true rate, beside empirical Bayes as it was.

The peer is the gamma posterior with Marshall's moments put in as if they were known (Clayton &
Kaldor 1987), which is what packages for smoothing give. Run from the project's folder:
``python -m benchmarks.rates``.
"""

from collections.abc import Callable

import numpy as np
import pandas as pd
from scipy import stats

from trygghetskarta.analysis.rates import empirical_bayes_interval

SIZES = (9000, 8200, 7600, 7000, 6400, 5900, 5300, 4700, 4100, 3600, 3100, 2700, 2200, 1800, 1500)
"""Inhabitants of fifteen districts as large as Trollhättan's."""
PER_1000 = (1, 3, 10, 30, 100)
VARIATIONS = (0.0, 0.1, 0.2, 0.3, 0.45, 0.6, 1.0)
"""Coefficients of variation of the true rates."""
DRAWS = 200


def with_known_prior(count: pd.Series, population: pd.Series) -> pd.DataFrame:
    """Limits of the posterior whose prior is Marshall's moments."""
    exposure = population / 1000
    total = exposure.sum()
    mean = count.sum() / total
    spread = (exposure * (count / exposure - mean) ** 2).sum() / total
    variance = spread - mean / exposure.mean()
    if variance <= 0:
        low, high = (stats.gamma.ppf(p, count.sum() + up) for p, up in ((0.025, 0), (0.975, 1)))
        return pd.DataFrame({"lower": low / total, "upper": high / total}, index=count.index)
    posterior = stats.gamma(mean**2 / variance + count, scale=1 / (mean / variance + exposure))
    return pd.DataFrame({"lower": posterior.ppf(0.025), "upper": posterior.ppf(0.975)})


def coverage(
    interval: Callable[[pd.Series, pd.Series], pd.DataFrame], per_1000: float, variation: float
) -> tuple[float, float]:
    """Share of intervals that hold the true rate: of all, and of the district that has it worst."""
    rng = np.random.default_rng([int(per_1000), int(100 * variation)])
    people, held = pd.Series(SIZES), []
    for _ in range(DRAWS):
        true = np.full(len(SIZES), float(per_1000))
        if variation:
            true = rng.gamma(variation**-2, per_1000 * variation**2, len(SIZES))
        count = pd.Series(rng.poisson(true * people / 1000))
        if count.any():
            found = interval(count, people)
            held.append((found["lower"] <= true) & (true <= found["upper"]))
    table = np.array(held)
    return float(table.mean()), float(table.mean(axis=0).min())


def main() -> None:
    """Print a line for each level and spread of the true rates."""
    print(f"{DRAWS} draws each; share of all (of the worst district)")
    print("per 1 000  variation  prior integrated   prior as if known")
    for per_1000 in PER_1000:
        for variation in VARIATIONS:
            ours, theirs = (
                coverage(one, per_1000, variation)
                for one in (empirical_bayes_interval, with_known_prior)
            )
            print(
                f"{per_1000:>9}  {variation:>9}  {ours[0]:.3f} ({ours[1]:.3f})     "
                f"{theirs[0]:.3f} ({theirs[1]:.3f})",
                flush=True,
            )


if __name__ == "__main__":
    main()
