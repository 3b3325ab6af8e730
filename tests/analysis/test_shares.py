"""The count behind a share: what two per cent tell, alone and beside the rest."""

from itertools import product

import numpy as np
import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from tests.properties import examples
from trygghetskarta.analysis.shares import hidden_shares, is_small
from trygghetskarta.analysis.suppression import protection


def shares_of(counts: dict[str, list[int]], answers: list[int]):
    """Shares of counts, and the answers of the same shape."""
    n = pd.Series(answers, index=[f"a{at}" for at in range(len(answers))], dtype="float64")
    table = pd.DataFrame({name: pd.Series(one, n.index) / n for name, one in counts.items()})
    return table, pd.DataFrame({name: n for name in counts})


def test_two_and_six_per_cent_tell_one_and_two_and_so_do_their_complements():
    share = pd.Series([0.02, 0.06, 0.98, 0.94, 0.5, 0.0, 1.0, np.nan])
    n = pd.Series([47, 34, 47, 34, 47, 47, 47, 47])
    expected = [True, True, True, True, False, False, False, False]
    assert is_small(share, n, 5).tolist() == expected


def test_a_share_that_was_rounded_may_hide_a_small_count():
    # 2 % of 266 may be four (1,5 %), and 1 % of 401 four: both are told as two and one per cent.
    assert is_small(pd.Series([0.02, 0.01]), pd.Series([266, 401]), 5).all()
    # Five of 47 and of 300 are told as eleven and two per cent, which four of them are not.
    assert not is_small(pd.Series([5 / 47, 5 / 300]), pd.Series([47, 300]), 5).any()


def test_no_shown_per_cent_leaves_only_small_counts_possible():
    """Every count of every number of answers: what is told in whole per cent begins at five."""
    n = np.arange(30, 400)
    for number in n[::7]:
        count = np.arange(number + 1)
        share = pd.Series(count / number)
        told = ~is_small(share, pd.Series(number, share.index), 5).to_numpy()
        shown = share.round(2).to_numpy()
        near = np.abs(share.to_numpy()[None, :] - shown[:, None]) < 0.005 - 1e-9
        least = np.where(near, count, number).min(axis=1)
        most = np.where(near, count, 0).max(axis=1)
        inner = told & (count > 0) & (count < number)
        assert (least[inner] >= 5).all() and (most[inner] <= number - 5).all(), number


def test_one_small_share_takes_the_area_with_the_fewest_answers_along():
    table, n = shares_of({"q": [1, 20, 30, 25]}, [47, 60, 90, 50])
    assert hidden_shares(table, n, 5)["q"].tolist() == [True, False, False, True]


def test_an_area_of_fewer_than_thirty_is_not_told_by_the_rest():
    table, n = shares_of({"q": [12, 20, 30]}, [29, 60, 90])
    assert hidden_shares(table, n, 5)["q"].tolist() == [True, True, False]


def test_alternatives_of_one_question_are_hidden_together():
    table, n = shares_of(
        {"mycket": [1, 20, 30], "ganska": [23, 20, 30], "inte": [23, 20, 30], "annat": [15, 9, 9]},
        [47, 60, 90],
    )
    hidden = hidden_shares(table, n, 5)
    for name in ("mycket", "ganska", "inte"):
        assert hidden[name].tolist() == [True, True, False], name
    assert not hidden["annat"].any()


def test_alternatives_are_known_also_when_their_shares_were_rounded():
    table, n = shares_of({"a": [1, 20], "b": [22, 20], "c": [24, 21]}, [47, 61])
    assert hidden_shares(table.round(2), n, 5).all(axis=None)


def test_nothing_is_hidden_where_nothing_is_small():
    table, n = shares_of({"q": [20, 0, 45], "w": [30, 31, 32]}, [45, 60, 45])
    assert not hidden_shares(table, n, 5).any(axis=None)


@examples(60)
@given(
    st.lists(
        st.tuples(st.integers(0, 12), st.integers(0, 12), st.integers(30, 36)),
        min_size=2,
        max_size=4,
    )
)
def test_no_small_count_of_alternatives_follows_from_the_municipalitys(rows):
    """Against every table of whole numbers that has the same sums, searched by brute force."""
    counts = np.array(rows)
    n = counts.sum(axis=1)
    table, answers = shares_of(dict(zip("abc", counts.T.tolist(), strict=True)), n.tolist())
    hidden = hidden_shares(table, answers, 5)["a"].to_numpy()
    assert all(not 1 <= count < 5 for row in counts[~hidden] for count in row)
    if hidden.all() or not hidden.any():
        return
    assert hidden.sum() > 1
    if hidden.sum() > 2:
        return
    (first, second), columns = np.flatnonzero(hidden), counts[hidden].sum(axis=0)
    # With two areas, the first one's table decides the other's.
    possible = np.array(
        [
            (a, b, n[first] - a - b)
            for a, b in product(range(columns[0] + 1), range(columns[1] + 1))
            if 0 <= n[first] - a - b <= columns[2]
        ]
    )
    spans = np.ptp(possible, axis=0)
    for at in (first, second):
        for alternative, count in enumerate(counts[at]):
            assert not 1 <= count < 5 or spans[alternative] >= protection(5)
