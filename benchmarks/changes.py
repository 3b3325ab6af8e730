"""How often a change is called clear where nothing has changed, beside the test that counts alone.

The peer is the E-test of two Poisson counts (Krishnamoorthy & Thomson 2004, as statsmodels has
it), which every area is given by itself. Counts are invented: fifteen districts, a season, what
lasts from month to month, and rows that lose their place. Run from the project's folder:
``python -m benchmarks.changes``.
"""

import numpy as np
import pandas as pd

from trygghetskarta.analysis.changes import Evidence, judge
from trygghetskarta.analysis.comparison import compare_counts
from trygghetskarta.terms.verdicts import Verdict

AREAS = 15
CASES = (
    # months of history, offences a month and area, dispersion, autocorrelation, months compared
    (24, 10, 2.0, 0.3, 12),
    (36, 10, 2.0, 0.3, 12),
    (60, 3, 2.0, 0.0, 12),
    (60, 10, 1.0, 0.0, 12),
    (60, 10, 2.0, 0.6, 12),
    (60, 40, 2.0, 0.3, 12),
    (60, 40, 4.0, 0.6, 12),
    (60, 40, 2.0, 0.3, 3),
    (96, 40, 2.0, 0.6, 12),
)
DRAWS = 300
CHANGES = (1.0, 0.7, 1.5)
"""What the later period is multiplied by: nothing, and what one would want to see."""


def counts(
    rng: np.random.Generator, months: int, mean: float, size: float, alike: float
) -> np.ndarray:
    """Months × areas, the last months last."""
    level = mean * (1 + 0.25 * np.sin(np.arange(months) / 12 * 2 * np.pi))
    latent = np.empty((months, AREAS))
    latent[0] = rng.normal(size=AREAS)
    for month in range(1, months):
        latent[month] = alike * latent[month - 1]
        latent[month] += np.sqrt(1 - alike**2) * rng.normal(size=AREAS)
    spread = np.log1p((size - 1) / level)[:, None]
    return level[:, None] * np.exp(np.sqrt(spread) * latent - spread / 2)


def shares(case: tuple[int, float, float, float, int], change: float) -> tuple[float, ...]:
    """Share of areas called changed, and of reports that name any: by judge, and by the E-test."""
    months, mean, size, alike, length = case
    rng = np.random.default_rng([*map(int, case[:2]), int(10 * size), int(10 * alike), length])
    index = pd.date_range("2016-01-01", periods=months, freq="MS")
    told, alone = [], []
    for _ in range(DRAWS):
        rate = counts(rng, months, mean, size, alike)
        rate[-length:] *= change
        drawn = pd.DataFrame(rng.poisson(rate).astype("float64"), index)
        new, old = drawn.iloc[-length:].sum(), drawn.iloc[-12 - length : -12].sum()
        history = drawn.iloc[:-length] if months >= 48 else drawn
        days = (round(30.4 * length),) * 2
        whole = float(old.sum()), float(new.sum())
        judged = judge(old, new, days, Evidence(history, length, 12, whole))["verdict"]
        told.append(judged.isin([Verdict.INCREASE, Verdict.DECREASE]).to_numpy())
        plain = compare_counts(old, new, *days)["verdict"]
        alone.append(plain.isin([Verdict.INCREASE, Verdict.DECREASE]).to_numpy())
    both = np.array(told), np.array(alone)
    return tuple(float(one) for table in both for one in (table.mean(), table.any(axis=1).mean()))


def lost(draws: int = 1000) -> tuple[int, int, float, float]:
    """Reversals and verdicts where rows lose their place, unevenly: with bounds, and without."""
    rng = np.random.default_rng(2631)
    index = pd.date_range("2020-01-01", periods=60, freq="MS")
    reversals, false, alone, unchanged = 0, 0, [0, 0], 0
    for _ in range(draws):
        mean, true = rng.uniform(60, 400, AREAS), rng.choice([0.75, 1.0, 1.0, 1.3], AREAS)
        drawn = [rng.poisson(one) for one in (mean, mean * true)]
        share = (rng.uniform(0.02, 0.10), rng.uniform(0.02, 0.18))
        gone = [
            rng.binomial(whole, part * rng.uniform(2 / 3, 1.5, AREAS))
            for whole, part in zip(drawn, share, strict=True)
        ]
        old, new = (
            pd.Series(whole - lack).astype("float64")
            for whole, lack in zip(drawn, gone, strict=True)
        )
        history = pd.DataFrame(rng.poisson(mean / 12, (60, AREAS)).astype("float64"), index)
        located = float(old.sum()), float(new.sum())
        unplaced = float(gone[0].sum()), float(gone[1].sum())
        told = judge(old, new, (365, 365), Evidence(history, 12, 12, located, unplaced))
        plain = compare_counts(old, new, 365, 365)
        for at, table in enumerate((told, plain)):
            verdict = table["verdict"].to_numpy()
            up, down = verdict == Verdict.INCREASE, verdict == Verdict.DECREASE
            wrong = int((up & (true < 1)).sum() + (down & (true > 1)).sum())
            named = int(((up | down) & (true == 1)).sum())
            if at:
                alone[0] += wrong
                alone[1] += named
            else:
                reversals += wrong
                false += named
        unchanged += int((true == 1).sum())
    return reversals, alone[0], false / unchanged, alone[1] / unchanged


def main() -> None:
    """Print a line for each case, then what lost places do."""
    print(f"{DRAWS} draws of {AREAS} districts; share of districts (of reports that name any)")
    print("months mean  phi  rho length change    judged          E-test alone   ratio")
    for case in CASES:
        for change in CHANGES:
            found = shares(case, change)
            months, mean, size, alike, length = case
            line = f"{months:6} {mean:4} {size:4} {alike:4} {length:6} {change:6}"
            ratio = found[2] / max(found[0], 1e-4)
            print(
                f"{line}  {found[0]:.3f} ({found[1]:.3f})   {found[2]:.3f} ({found[3]:.3f})  ",
                end="",
            )
            print(f"{ratio:5.1f}")
    told = lost()
    print(f"rows without a place, 1 000 draws: reversals {told[0]}, with the E-test {told[1]};")
    print(f"false verdicts a district {told[2]:.4f}, with the E-test {told[3]:.4f}")


if __name__ == "__main__":
    main()
