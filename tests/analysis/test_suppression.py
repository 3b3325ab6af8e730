"""What is hidden, what is not, and whether anything hidden can be computed."""

import doctest
import itertools

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.properties import examples
from trygghetskarta.analysis import suppression
from trygghetskarta.analysis.suppression import Exposed, Suppressed, audit, protection, suppress
from trygghetskarta.errors import AnalysisCause, AnalysisError

pytestmark = pytest.mark.slow

COUNTS = st.one_of(st.integers(0, 6), st.integers(0, 60))
THRESHOLDS = st.sampled_from([2, 3, 5, 10])


@st.composite
def tables(draw, most_rows=5, most_columns=5, counts=COUNTS):
    rows, columns = draw(st.integers(1, most_rows)), draw(st.integers(1, most_columns))
    values = draw(st.lists(counts, min_size=rows * columns, max_size=rows * columns))
    return pd.DataFrame(np.array(values).reshape(rows, columns))


def extended(suppressed):
    """The published table with its totals in the last row and column."""
    wide = suppressed.table.assign(total=suppressed.row_totals)
    last = [*suppressed.column_totals, suppressed.grand_total]
    return np.vstack([wide.to_numpy(dtype=float), last])


def as_published(full, hidden, threshold):
    """A table with any pattern of hidden cells, totals last."""
    shown = np.where(hidden, np.nan, full)
    return Suppressed(
        pd.DataFrame(shown[:-1, :-1]),
        pd.Series(shown[:-1, -1]),
        pd.Series(shown[-1, :-1]),
        float(shown[-1, -1]),
        threshold,
    )


def with_totals(values):
    wide = np.column_stack([values, values.sum(axis=1)])
    return np.vstack([wide, wide.sum(axis=0)])


def column(*counts, total=True, threshold=5):
    return suppress(pd.Series(counts), threshold, column_totals=total, grand_total=False)


def hidden_places(suppressed):
    return np.flatnonzero(suppressed.table[0].isna()).tolist()


def test_examples_in_the_docstrings_hold():
    assert doctest.testmod(suppression).failed == 0


# --- one column: districts and their sum ---


@pytest.mark.parametrize(
    ("counts", "places", "total_shown"),
    [
        ((0, 7, 12), [], True),  # nothing small
        ((3, 0, 6, 20), [0, 2], True),  # the least other count goes with it; 0 is shown
        ((3, 4, 20), [0, 1], True),  # two small ones protect each other: 1 to 6
        ((1, 1, 20, 30), [0, 1, 2], True),  # 1 + 1 = 2 could be nothing else
        ((1, 3, 20, 30), [0, 1, 2], True),  # 1 to 3 is narrower than "1 to 4"
        ((1, 4, 20, 30), [0, 1], True),  # 1 to 4
        ((0, 3, 0), [1], False),  # the total is small itself
        ((1, 1, 1, 1, 1), [0, 1, 2, 3, 4], False),  # five areas, sum 5: only the total can go
        ((4, 4, 0), [0, 1], True),
        ((8, 8, 2), [0, 2], True),  # among equals the first
    ],
)
def test_one_column(counts, places, total_shown):
    safe = column(*counts)
    assert hidden_places(safe) == places
    assert np.isfinite(safe.column_totals.iloc[0]) == total_shown
    assert audit(safe) == []


def test_without_a_total_only_small_counts_are_hidden():
    safe = column(3, 0, 6, 20, total=False)
    assert hidden_places(safe) == [0]
    assert safe.column_totals is None
    assert audit(safe) == []


def test_one_row_is_treated_as_one_column():
    safe = suppress(pd.DataFrame([[3, 0, 6, 20]]))
    assert safe.table.isna().to_numpy().tolist() == [[True, False, True, False]]
    assert safe.row_totals.tolist() == [29.0]
    assert safe.column_totals is None and safe.grand_total is None
    assert safe.n_hidden == 2


def test_threshold_one_hides_nothing():
    safe = column(1, 0, 2, threshold=1)
    assert safe.n_hidden == 0
    assert audit(safe) == []


def test_labels_are_kept():
    table = pd.DataFrame([[3, 20], [30, 0]], index=["a", "b"], columns=["x", "y"])
    safe = suppress(table)
    assert safe.table.index.tolist() == ["a", "b"]
    assert safe.table.columns.tolist() == ["x", "y"]
    assert safe.row_totals.index.tolist() == ["a", "b"]
    assert safe.column_totals.index.tolist() == ["x", "y"]


@given(st.lists(COUNTS, min_size=1, max_size=40), THRESHOLDS)
def test_one_column_is_always_safe_and_hides_the_fewest(counts, threshold):
    safe = column(*counts, threshold=threshold)
    assert audit(safe) == []
    values = np.array(counts)
    small = int(((values > 0) & (values < threshold)).sum())
    beside = safe.n_hidden - small - (0 < values.sum() < threshold)
    assert beside in (0, 1)
    if beside:
        bare = values.astype(float)
        bare[(values > 0) & (values < threshold)] = np.nan
        left = Suppressed(
            pd.DataFrame({0: bare}), None, pd.Series([float(values.sum())]), None, threshold
        )
        assert audit(left)


@given(
    st.lists(st.integers(0, 12), min_size=1, max_size=7),
    st.lists(st.booleans(), min_size=8, max_size=8),
    THRESHOLDS,
)
@examples(60)
def test_closed_form_agrees_with_linear_programming(counts, pattern, threshold):
    values = np.array(counts)
    hidden = np.array(pattern[: len(values)]) & (values > 0)
    shown = np.where(hidden, np.nan, values)
    total = np.nan if pattern[-1] and values.sum() else float(values.sum())
    line = Suppressed(pd.DataFrame({0: shown}), None, pd.Series([total]), None, threshold)
    # A second column of zeros and a grand total say nothing new, but link the lines.
    linked = Suppressed(
        pd.DataFrame({0: shown, 1: 0.0}), None, pd.Series([total, 0.0]), total, threshold
    )
    by_form = {(row, column) for row, column, *_ in audit(line)}
    by_programming = {
        (row, column) for row, column, *_ in audit(linked) if (row, column) != (None, None)
    }
    assert by_form == by_programming


# --- two directions of totals ---


def test_bounds_agree_with_a_published_example():
    """Fischetti & Salazar (2001), figure 1: the four hidden cells leave 5 to 30 for II/C.

    There a hidden count may be 0; here it is at least 1, which takes one off each end.
    """
    table = pd.DataFrame(
        [[20, 50, 10], [np.nan, 19, np.nan], [np.nan, 32, np.nan]],
        index=["I", "II", "III"],
        columns=["A", "B", "C"],
    )
    rows = pd.Series([80.0, 49.0, 61.0], table.index)
    columns = pd.Series([45.0, 101.0, 44.0], table.columns)
    # A threshold that asks for more than there is makes the audit tell the bounds.
    found = {cell[:2]: cell for cell in audit(Suppressed(table, rows, columns, 190.0, 40))}
    assert found["II", "C"] == Exposed("II", "C", 6.0, 29.0)


def test_a_single_small_cell_needs_a_rectangle():
    safe = suppress(pd.DataFrame([[3, 20, 30], [40, 50, 60], [70, 80, 90]]))
    assert safe.n_hidden == 4
    assert audit(safe) == []


def test_rectangle_without_the_means_to_move_is_exposed():
    full = with_totals(np.array([[1, 1, 9], [1, 1, 9], [9, 9, 9]]))
    hidden = np.zeros(full.shape, dtype=bool)
    hidden[:2, :2] = True
    found = audit(as_published(full, hidden, 5))
    assert [cell[:2] for cell in found] == [(0, 0), (0, 1), (1, 0), (1, 1)]
    assert all((cell.lower, cell.upper) == (1.0, 1.0) for cell in found)


def test_shown_small_cells_and_totals_are_exposed():
    full = with_totals(np.array([[3, 0], [0, 20]]))
    found = audit(as_published(full, np.zeros(full.shape, dtype=bool), 5))
    assert [cell[:2] for cell in found] == [(0, 0), (0, None), (None, 0)]
    assert found[0] == Exposed(0, 0, 3.0, 3.0)


def test_totals_that_contradict_the_cells_expose_every_hidden_cell():
    safe = suppress(pd.DataFrame([[3, 20, 30], [40, 50, 60], [70, 80, 90]]))
    broken = Suppressed(
        safe.table, safe.row_totals - 1, safe.column_totals, safe.grand_total, safe.threshold
    )
    found = audit(broken)
    assert len(found) == 4
    assert all(np.isnan(cell.lower) and np.isnan(cell.upper) for cell in found)


def every_fitting_table(published, most):
    """All tables of whole numbers up to ``most`` that fit what is published, by trying each."""
    inner = published[:-1, :-1]
    free = np.argwhere(np.isnan(inner))
    tried = np.array(list(itertools.product(range(1, most + 1), repeat=len(free))))
    filled = np.repeat(inner[None], len(tried), axis=0)
    filled[:, free[:, 0], free[:, 1]] = tried
    rows, columns = filled.sum(axis=2), filled.sum(axis=1)
    full = np.empty((len(filled), *published.shape))
    full[:, :-1, :-1], full[:, :-1, -1], full[:, -1, :-1] = filled, rows, columns
    full[:, -1, -1] = rows.sum(axis=1)
    fits = np.isnan(published) | (full == published)
    return full[fits.all(axis=(1, 2))]


@given(
    tables(2, 3, st.integers(0, 4)),
    st.lists(st.booleans(), min_size=12, max_size=12),
    st.sampled_from([2, 3, 5]),
)
@examples(60)
def test_audit_agrees_with_trying_every_table(table, pattern, threshold):
    if 1 in table.shape:
        return
    full = with_totals(table.to_numpy())
    hidden = np.array(pattern[: full.size]).reshape(full.shape) & (full > 0)
    if hidden[:-1, :-1].sum() > 5:
        return
    published = np.where(hidden, np.nan, full)
    # 4 is the greatest count, so 8 leaves every cell room for the widest demand, 3.
    possible = every_fitting_table(published, 8)
    width = possible.max(axis=0) - possible.min(axis=0)
    small = (full > 0) & (full < threshold)
    expected = np.where(hidden, width < protection(threshold), small)
    labels = [*range(table.shape[0]), None], [*range(table.shape[1]), None]
    found = audit(as_published(full, hidden, threshold))
    assert [cell[:2] for cell in found] == [
        (labels[0][i], labels[1][j]) for i, j in np.argwhere(expected)
    ]


@given(tables(4, 4), THRESHOLDS, st.tuples(st.booleans(), st.booleans(), st.booleans()))
@examples(100)
def test_whatever_is_suppressed_is_safe(table, threshold, totals):
    rows, columns, grand = totals
    safe = suppress(table, threshold, row_totals=rows, column_totals=columns, grand_total=grand)
    assert audit(safe) == []
    shown = safe.table.notna()
    assert (safe.table[shown] == table[shown]).sum().sum() == shown.sum().sum()
    assert not ((table > 0) & (table < threshold) & shown).to_numpy().any()
    assert shown[table == 0].sum().sum() == (table == 0).sum().sum()


def is_safe(full, hidden, threshold):
    return not audit(as_published(full, hidden, threshold))


@given(tables(3, 3), THRESHOLDS)
@examples(30)
def test_at_most_half_again_as_many_as_the_fewest(table, threshold):
    """Brute force: no set of fewer than two thirds as many cells is safe."""
    if 1 in table.shape:
        return
    full = with_totals(table.to_numpy())
    small = (full > 0) & (full < threshold)
    used = int(np.isnan(extended(suppress(table, threshold))).sum())
    free = np.argwhere((full > 0) & ~small)
    for number in range(small.sum(), used):
        if used <= 1.5 * number:
            return
        for extra in itertools.combinations(free, number - small.sum()):
            hidden = small.copy()
            for i, j in extra:
                hidden[i, j] = True
            assert not is_safe(full, hidden, threshold)


@pytest.mark.parametrize("seed", [0, 1])
def test_a_large_table_is_safe(seed):
    generator = np.random.default_rng(seed)
    table = pd.DataFrame(generator.negative_binomial(1, 1 / 9, (30, 20)))
    safe = suppress(table)
    assert 0 < safe.n_hidden < 600
    assert audit(safe) == []


# --- what is refused ---


@pytest.mark.parametrize(
    ("table", "cause"),
    [
        (pd.Series([1.0, -1.0]), AnalysisCause.NEGATIVE_COUNT),
        (pd.Series([1.0, np.nan]), AnalysisCause.OUT_OF_RANGE),
        (pd.Series([1.5]), AnalysisCause.OUT_OF_RANGE),
    ],
)
def test_what_is_no_count_is_refused(table, cause):
    with pytest.raises(AnalysisError) as caught:
        suppress(table)
    assert caught.value.cause is cause


def test_threshold_below_one_is_refused():
    with pytest.raises(AnalysisError) as caught:
        column(1, 2, threshold=0)
    assert caught.value.facts == {"name": "threshold", "value": 0}
