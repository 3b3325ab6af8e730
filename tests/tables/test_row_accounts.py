"""An account that does not balance cannot be made."""

import pandas as pd
import pytest

from trygghetskarta.errors import StoreCause, StoreError
from trygghetskarta.tables.row_accounts import FileRows, RowAccount
from trygghetskarta.terms.imports import Aside

FILE = FileRows("f.csv", range(2, 8), {Aside.REPEATED_HEADER: [4]})


def test_every_row_is_told_once():
    account = RowAccount(FILE, [2, 3], {5}, {Aside.TOTAL: pd.Index([7]), Aside.REPEATED: [6, 7, 2]})
    assert account.numbers() == {
        "read": 6,
        "accepted": 2,
        "quarantined": 1,
        "repeated_header": 1,
        "total": 1,
        "repeated": 1,
    }
    assert list(account.aside[Aside.REPEATED]) == [6]  # the first reason holds


@pytest.mark.parametrize(
    ("accepted", "quarantined", "cause", "row"),
    [
        ([2, 3, 5, 6], (), StoreCause.ROWS_LOST, 7),
        ([2, 3, 5, 6, 7, 8], (), StoreCause.ROWS_UNKNOWN, 8),
        ([2, 3, 5, 6, 7], [7], StoreCause.ROWS_UNKNOWN, 7),
        ((), (), StoreCause.ROWS_LOST, 2),
    ],
)
def test_a_row_that_is_lost_foreign_or_told_twice_stops_it(accepted, quarantined, cause, row):
    with pytest.raises(StoreError) as caught:
        RowAccount(FILE, accepted, quarantined)
    assert (caught.value.cause, caught.value.facts["row"]) == (cause, row)


def test_rows_stored_apart_are_the_files_all_the_same():
    apart, rest = FILE.only([3, 9]), FILE.without([3])
    assert list(apart.numbers) == [3] and list(rest.numbers) == [2, 4, 5, 6, 7]
    assert RowAccount(rest, [2, 5, 6, 7]).read + RowAccount(apart, [3]).read == 6
