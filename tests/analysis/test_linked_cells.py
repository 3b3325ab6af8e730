"""What several tables tell together, checked against trying every answer."""

import itertools

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.sparse import csr_array

from tests.properties import examples
from trygghetskarta.analysis import linked_cells
from trygghetskarta.analysis.linked_cells import narrow_cells

pytestmark = pytest.mark.slow


def asked(rows, atoms, shown, hidden, need):
    return narrow_cells(
        csr_array(np.array(rows, dtype=float)),
        np.array(atoms, dtype=float),
        np.array(shown, dtype=bool),
        np.array(hidden, dtype=bool),
        np.array(need),
    )


def test_a_year_and_three_quarters_tell_the_fourth():
    """10 + 10 + 10 + 3 = 33: whoever has the year and three quarters has the small one too."""
    rows = [[1, 1, 1, 1], [1, 0, 0, 0], [0, 1, 0, 0], [0, 0, 1, 0], [0, 0, 0, 1]]
    found = asked(rows, [10, 10, 10, 3], [1, 1, 1, 1, 0], [0] * 5, [0, 0, 0, 0, 3])
    assert [(one.cell, one.lower, one.upper) for one in found] == [(4, 3.0, 3.0)]
    assert asked(rows, [10, 10, 10, 3], [1, 1, 1, 0, 0], [0] * 5, [0, 0, 0, 0, 3]) == []


def test_nothing_published_tells_nothing():
    assert asked([[1, 0], [0, 1]], [3, 1], [0, 0], [0, 0], [3, 3]) == []


def test_a_cell_shown_as_hidden_is_at_least_one():
    """3 + 1 = 4, both hidden: 1 to 3 each. A hidden 0 would make it 0 to 4, wide enough."""
    rows = [[1, 1], [1, 0], [0, 1]]
    assert asked(rows, [3, 1], [1, 0, 0], [0, 1, 1], [0, 3, 0])
    assert asked(rows, [3, 1], [1, 0, 0], [0, 0, 0], [0, 3, 0]) == []


def test_whole_numbers_are_kept_whole():
    """x+y, y+z and x+z of 3, 3 and 4 leave halves to a linear programme and nothing to counts."""
    rows = [[1, 1, 0], [0, 1, 1], [1, 0, 1], [1, 0, 0]]
    found = asked(rows, [2, 1, 2], [1, 1, 1, 0], [0] * 4, [0, 0, 0, 1])
    assert (found[0].lower, found[0].upper) == (2.0, 2.0)


@st.composite
def systems(draw):
    atoms = draw(st.lists(st.integers(0, 3), min_size=2, max_size=4))
    bits = st.lists(st.booleans(), min_size=len(atoms), max_size=len(atoms))
    rows = draw(st.lists(bits.filter(any), min_size=1, max_size=6))
    kinds = draw(st.lists(st.sampled_from("shn"), min_size=len(rows), max_size=len(rows)))
    return np.array(rows, dtype=float), np.array(atoms, dtype=float), kinds


@given(systems(), st.integers(1, 4))
@examples(80)
def test_it_agrees_with_trying_every_answer(system, need):
    rows, atoms, kinds = system
    truth = rows @ atoms
    shown = np.array([kind == "s" for kind in kinds])
    hidden = np.array([kind == "h" for kind in kinds]) & (truth >= 1)
    wanted = np.where(shown, 0, need)
    # Greatest count 3 and greatest need 4: 8 leaves every atom room for both.
    tried = np.array(list(itertools.product(range(9), repeat=len(atoms))), dtype=float)
    sums = tried @ rows.T
    fits = (sums[:, shown] == truth[shown]).all(axis=1) & (sums[:, hidden] >= 1).all(axis=1)
    width = sums[fits].max(axis=0) - sums[fits].min(axis=0)
    expected = [int(cell) for cell in np.flatnonzero((wanted > 0) & (width < wanted))]
    found = asked(rows, atoms, shown, hidden, wanted)
    assert [one.cell for one in found] == expected
    for one in found:
        assert (one.lower, one.upper) == (sums[fits][:, one.cell].min(),
                                          sums[fits][:, one.cell].max())  # fmt: skip


@pytest.mark.parametrize("seed", range(3))
def test_a_hard_system_is_answered_in_time_and_never_too_kindly(seed, monkeypatch):
    """Sums without any order are hard in whole numbers; whatever is not decided counts as told."""
    monkeypatch.setattr(linked_cells, "_MOST_WHOLE", 2)
    generator = np.random.default_rng(seed)
    atoms = generator.negative_binomial(1, 0.2, 60).astype(float)
    rows = (generator.random((50, 60)) < 0.3).astype(float)
    shown = generator.random(50) < 0.5
    # Two rows alike: one is shown, so that the other is known and must be listed.
    rows[0], shown[:2] = rows[1], (True, False)
    found = asked(rows, atoms, shown, np.zeros(50), np.where(shown, 0, 3))
    assert 1 in [one.cell for one in found]
    for one in found:
        assert one.lower <= rows[one.cell] @ atoms <= one.upper < one.lower + 3
