"""Recurring places, and the time to remedy against published numbers."""

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats
from scipy.cluster.hierarchy import fcluster, linkage

from tests.properties import examples
from trygghetskarta.analysis.findings import finding_rate, recurring, time_to_remedy
from trygghetskarta.errors import AnalysisCause, AnalysisError

UNTIL = pd.Timestamp("2030-01-01", tz="UTC")
START = pd.Timestamp("2026-01-01", tz="UTC")

# Gehan (1965), as printed by Kalbfleisch & Prentice (2002) p. 2: weeks of remission of leukaemia.
# Medians and limits as R's survfit(conf.type = "log-log") prints them.
SIX_MP = [6, 6, 6, 6, 7, 9, 10, 10, 11, 13, 16, 17, 19, 20, 22, 23, 25, 32, 32, 34, 35]
SIX_MP_EVENT = [1, 1, 1, 0, 1, 0, 1, 0, 0, 1, 1, 0, 0, 0, 1, 1, 0, 0, 0, 0, 0]
PLACEBO = [1, 1, 2, 2, 3, 4, 4, 5, 5, 8, 8, 8, 8, 11, 11, 12, 12, 15, 17, 22, 23]


def findings(points, category="belysning", **columns):
    x, y = np.array(points, dtype=float).reshape(-1, 2).T
    names = [category] * len(x) if isinstance(category, str) else category
    return gpd.GeoDataFrame(
        {"category": names, **columns}, geometry=gpd.points_from_xy(x, y), crs=3006
    )


def days(numbers):
    return pd.Series(START + pd.to_timedelta(numbers, unit="D"))


# --- recurring ---


@given(st.integers(0, 10_000))
@examples(30)
def test_places_are_those_of_single_linkage(seed):
    rng = np.random.default_rng(seed)
    points = rng.uniform(0, 200, (int(rng.integers(2, 60)), 2))
    ours = {frozenset(members) for members in recurring(findings(points))["members"]}
    label = fcluster(linkage(points, "single"), 20.0, "distance")
    theirs = pd.Series(range(len(points))).groupby(label).apply(frozenset)
    assert ours == {members for members in theirs if len(members) > 1}


def test_other_categories_are_other_places():
    found = recurring(findings([(0, 0), (5, 0), (9, 0)], ["belysning", "nalar", "belysning"]))
    assert found["members"].tolist() == [(0, 2)]


def test_twenty_metres_are_within():
    assert len(recurring(findings([(0, 0), (20, 0)]))) == 1
    assert len(recurring(findings([(0, 0), (20.01, 0)]))) == 0


def test_days_voices_and_times_are_told():
    seen = findings(
        [(0, 0), (10, 0), (20, 0), (500, 0)],
        observed_at=pd.to_datetime(
            ["2026-02-13 20:00", "2026-02-13 22:30", "2026-02-13 23:30", None], utc=True
        ),
        voices=[1, 2, 4, 1],
    )
    (place,) = recurring(seen).to_dict("records")
    assert (place["observations"], place["voices"], place["days"]) == (3, 7, 2)
    assert place["last"] == pd.Timestamp("2026-02-13 23:30", tz="UTC")
    assert (place["geometry"].x, place["extent_m"]) == (10, 10)


def test_the_most_often_seen_comes_first_and_placeless_rows_are_left_out():
    points = [(0, 0), (1, 0), (500, 0), (501, 0), (502, 0)]
    seen = findings(points)
    seen.loc[5] = ["belysning", None]
    assert recurring(seen)["observations"].tolist() == [3, 2]


def test_nothing_recurs_in_nothing():
    assert recurring(findings([])).empty
    with pytest.raises(AnalysisError):
        recurring(findings([(0, 0)]), distance=0)
    with pytest.raises(AnalysisError) as raised:
        recurring(findings([(12, 58)]).set_crs(4326, allow_override=True))
    assert raised.value.cause is AnalysisCause.WRONG_CRS


# --- time to remedy ---


def test_medians_are_gehans():
    open_since = [
        np.nan if not event else week for week, event in zip(SIX_MP, SIX_MP_EVENT, strict=True)
    ]
    closed = days(
        [week if not event else np.nan for week, event in zip(SIX_MP, SIX_MP_EVENT, strict=True)]
    )
    seen = days([0] * 21)
    treated = time_to_remedy(seen, days(open_since), UNTIL, closed)
    assert (treated.median, treated.lower) == (23, 13)
    assert np.isnan(treated.upper)
    assert (treated.remedied, treated.open) == (9, 12)
    placebo = time_to_remedy(seen, days(PLACEBO), UNTIL)
    assert (placebo.median, placebo.lower, placebo.upper) == (8, 4, 11)


def test_open_findings_make_the_median_longer_than_that_of_the_remedied():
    done = [10.0, 20.0, 30.0, np.nan, np.nan]
    found = time_to_remedy(days([0] * 5), days(done), START + pd.Timedelta(days=100))
    assert found.median == 30 and np.nanmedian(done) == 20


def test_fewer_than_half_remedied_has_no_median():
    found = time_to_remedy(days([0] * 5), days([10, 20, None, None, None]), UNTIL)
    assert np.isnan(found.median) and (found.remedied, found.open) == (2, 3)


def test_what_happened_after_the_count_is_not_known_yet():
    until = START + pd.Timedelta(days=15)
    found = time_to_remedy(days([0, 0, 16]), days([10, 20, 30]), until)
    assert (found.remedied, found.open, found.left_out) == (1, 1, 1)


def test_nothing_remedied_and_nothing_at_all():
    for seen in (days([0, 0]), days([])):
        found = time_to_remedy(seen, days([None] * len(seen)), UNTIL)
        assert np.isnan([found.median, found.lower, found.upper]).all()


def test_rows_without_a_date_are_said():
    found = time_to_remedy(days([0, None, 9]), days([5, 5, 5]), UNTIL)
    assert (found.left_out, found.median) == (2, 5)
    with pytest.raises(AnalysisError):
        time_to_remedy(days([0]), days([1, 2]), UNTIL)


# --- findings per hour ---


@pytest.mark.parametrize("count", [0, 1, 7, 120])
def test_limits_are_garwoods(count):
    found = finding_rate(count, 600.0)
    lower = stats.chi2.ppf(0.025, 2 * count) / 2 if count else 0.0
    upper = stats.chi2.ppf(0.975, 2 * count + 2) / 2
    assert found.rate == count / 10
    assert (found.lower, found.upper) == (pytest.approx(lower / 10), pytest.approx(upper / 10))


def test_without_hours_there_is_no_rate():
    assert np.isnan(finding_rate(3, 0.0).rate)
    with pytest.raises(AnalysisError):
        finding_rate(-1, 60.0)
