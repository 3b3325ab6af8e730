"""Dispersion: residuals as statsmodels has them, and false verdicts where nothing has changed."""

import numpy as np
import pandas as pd
import pytest
import statsmodels.api as sm
from scipy import stats

from trygghetskarta.analysis import dispersion as dispersions
from trygghetskarta.analysis.dispersion import dispersion


def months(n: int) -> pd.DatetimeIndex:
    return pd.date_range("2019-01-01", periods=n, freq="MS")


def counts(rng, n, areas, mean, size, correlation) -> pd.DataFrame:
    """Monthly counts with a season, overdispersed by what lasts from month to month."""
    level = mean * (1 + 0.25 * np.sin(np.arange(n) / 12 * 2 * np.pi))
    latent = np.empty((n, areas))
    latent[0] = rng.normal(size=areas)
    for month in range(1, n):
        moved = np.sqrt(1 - correlation**2) * rng.normal(size=areas)
        latent[month] = correlation * latent[month - 1] + moved
    spread = np.log1p((size - 1) / level)[:, None]
    rate = level[:, None] * np.exp(np.sqrt(spread) * latent - spread / 2)
    return pd.DataFrame(rng.poisson(rate).astype("float64"), months(n))


@pytest.mark.parametrize("n", [36, 60, 61, 96])
def test_the_residuals_are_those_of_statsmodels(n):
    table = counts(np.random.default_rng(n), n, 4, 12, 2, 0.3)
    table.iloc[::12, 2] = 0  # an area that never has any in January
    number = dispersions._months(table.index)
    design = dispersions._design(number)
    found, projectors, degrees = dispersions._residuals(table.to_numpy(), design)
    for area in (0, 1, 3):
        fit = sm.GLM(table[area], design, family=sm.families.Poisson()).fit()
        assert found[:, area] == pytest.approx(fit.resid_pearson.to_numpy(), abs=1e-5)
        hat = 1 - np.diag(projectors[area])
        assert hat == pytest.approx(fit.get_influence().hat_matrix_diag, abs=1e-5)
        assert degrees[area] == pytest.approx(fit.df_resid)
    some = number % 12 != 0
    kept = design[some][:, [column for column in range(design.shape[1]) if column != 0]]
    fit = sm.GLM(table[2][some], kept, family=sm.families.Poisson()).fit()
    assert found[some, 2] == pytest.approx(fit.resid_pearson.to_numpy(), abs=1e-5)
    assert (found[~some, 2] == 0).all()
    assert degrees[2] == pytest.approx(fit.df_resid)


@pytest.mark.parametrize(
    ("n", "mean", "size", "correlation"),
    [(24, 10, 2, 0.3), (36, 40, 4, 0.6), (60, 3, 2, 0.0), (60, 40, 2, 0.6), (60, 10, 1, 0.0)],
)
def test_where_nothing_has_changed_few_changes_are_called_clear(n, mean, size, correlation):
    rng = np.random.default_rng([2611, n, mean, size])
    false, poisson = [], []
    for _ in range(40):
        table = counts(rng, n, 15, mean, size, correlation)
        new, old = table.iloc[n - 12 :].sum(), table.iloc[n - 24 : n - 12].sum()
        told = dispersion(table if n < 48 else table.iloc[: n - 12], 12, 12)
        z = ((new - old) / np.sqrt(old + new)).abs()
        false += (2 * stats.t.sf(z / np.sqrt(told["dispersion"]), told["degrees"]) < 0.05).tolist()
        poisson += (2 * stats.norm.sf(z) < 0.05).tolist()
    assert np.mean(false) < 0.075
    if size > 1:
        assert np.mean(poisson) > 2 * np.mean(false)


def test_what_has_changed_is_still_seen():
    rng = np.random.default_rng(99)
    found = []
    for _ in range(20):
        table = counts(rng, 60, 15, 40, 2, 0.0)
        new, old = table.iloc[48:].sum() * 0.7, table.iloc[36:48].sum()
        told = dispersion(table.iloc[:48], 12, 12)
        z = (new - old) / np.sqrt(told["dispersion"] * (old + new))
        found += (2 * stats.t.sf(z.abs(), told["degrees"]) < 0.05).tolist()
    assert np.mean(found) > 0.85


def test_the_share_that_remains_is_that_of_the_two_sums():
    """Var(after − before) by its definition, month by month."""
    for correlation, length, gap in ((0.0, 12, 12), (0.4, 3, 12), (0.7, 12, 24)):
        at = np.concatenate([np.arange(length), gap + np.arange(length)])
        sign = np.repeat([-1.0, 1.0], length)
        # 0 to the power 0 is 1: without autocorrelation a month is alike only to itself.
        alike = correlation ** np.abs(at[:, None] - at[None, :]).astype("float64")
        told = dispersions._share(correlation, length, gap)
        assert told == pytest.approx(sign @ alike @ sign / (2 * length))


def test_too_short_or_too_empty_a_history_tells_nothing():
    table = counts(np.random.default_rng(1), 60, 6, 20, 2, 0.0)
    assert dispersion(table.iloc[:23], 12, 12)["dispersion"].isna().all()
    assert dispersion(table.iloc[:24], 12, 12)["dispersion"].notna().all()
    # Fewer areas than five tell less of each other: two and a half years are needed.
    assert dispersion(table.iloc[:29, :2], 12, 12)["dispersion"].isna().all()
    assert dispersion(table.iloc[:30, :2], 12, 12)["dispersion"].notna().all()
    # Months that were not delivered are no zeros.
    gone = table.copy()
    gone.iloc[5:42] = np.nan
    assert dispersion(gone, 12, 12)["dispersion"].isna().all()
    assert dispersion(table * 0, 12, 12)["dispersion"].isna().all()
    assert dispersion(table.iloc[:, :0], 12, 12).empty
    once = table * 0
    once.iloc[::30] = 40
    assert dispersion(once, 12, 12)["dispersion"].isna().all()


def test_an_area_that_has_hardly_any_takes_the_others_dispersion():
    table = counts(np.random.default_rng(5), 60, 6, 30, 3, 0.3).assign(tom=0.0)
    table.loc[table.index[7], "tom"] = 2
    told = dispersion(table, 12, 12)
    assert told.index.tolist() == [0, 1, 2, 3, 4, 5, "tom"]
    assert told.loc["tom", "dispersion"] == told["dispersion"].min() > 1
