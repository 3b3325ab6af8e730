"""The search for the fewest cells to hide."""

import numpy as np
import pytest

from trygghetskarta.analysis.cell_network import CellNetwork

NEED = 3


def network(values, in_table=None):
    wide = np.column_stack([values, np.sum(values, axis=1)])
    full = np.vstack([wide, wide.sum(axis=0)])
    in_table = np.ones(full.shape, dtype=bool) if in_table is None else in_table
    return CellNetwork(full, in_table, NEED), in_table & (full > 0) & (full < 5)


def test_a_small_cell_hides_the_cheapest_rectangle():
    net, small = network([[3, 20, 90], [40, 10, 50], [70, 80, 60]])
    assert np.argwhere(net.hide(small)).tolist() == [[0, 0], [0, 1], [1, 0], [1, 1]]


def test_an_empty_cell_is_never_hidden():
    net, small = network([[3, 0, 20], [0, 30, 0], [40, 0, 50]])
    hidden = net.hide(small)
    assert np.argwhere(hidden).tolist() == [[0, 0], [0, 2], [2, 0], [2, 2]]


def test_totals_go_where_nothing_else_is_left():
    net, small = network([[3, 0], [0, 20]])
    hidden = net.hide(small)
    assert small[:, 2].tolist() == [True, False, False]
    assert np.argwhere(hidden).tolist() == [[0, 0], [0, 2], [2, 0], [2, 2]]


def test_a_total_that_nobody_sees_is_not_hidden():
    in_table = np.ones((4, 4), dtype=bool)
    in_table[:, 3] = False
    net, small = network([[3, 20, 90], [40, 10, 50], [70, 80, 60]], in_table)
    hidden = net.hide(small)
    assert np.argwhere(hidden).tolist() == [[0, 0], [1, 0]]


@pytest.mark.parametrize("seed", range(4))
def test_above_the_size_searched_exactly_few_more_are_hidden(seed, monkeypatch):
    values = np.random.default_rng(seed).negative_binomial(1, 1 / 9, (7, 7))
    net, small = network(values)
    fewest = net.hide(small).sum()
    monkeypatch.setattr("trygghetskarta.analysis.cell_network._LARGEST_EXACT", 0)
    quick = net.hide(small).sum()
    assert small.sum() < fewest <= quick <= 1.5 * fewest


@pytest.mark.parametrize(
    ("values", "fewest"),
    [
        ([[14, 0], [2, 3]], [[1, 0], [1, 1], [2, 0], [2, 1]]),
        ([[3, 2], [12, 10], [3, 14]], [[0, 0], [0, 1], [2, 0], [2, 1]]),
    ],
)
def test_small_cells_that_move_in_both_directions_need_no_more(values, fewest):
    """Neither direction is enough alone here; the exact search sees that both together are."""
    net, small = network(values)
    assert np.argwhere(net.hide(small)).tolist() == fewest
