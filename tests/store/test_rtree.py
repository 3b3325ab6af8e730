"""An R-tree that is packed at once is one that SQLite itself searches, checks and goes on with."""

import numpy as np
import pytest
from sqlalchemy import create_engine

from trygghetskarta.store import rtree

FULL = 51
"""Entries that one node has room for with pages of 4 096 bytes."""


@pytest.fixture
def tree(tmp_path):
    """A connection to a file with an empty R-tree."""
    engine = create_engine(f"sqlite:///{tmp_path / 'tree.db'}")
    with engine.begin() as connection:
        connection.exec_driver_sql("CREATE VIRTUAL TABLE t USING rtree(id, minx, maxx, miny, maxy)")
        yield connection
    engine.dispose()


def boxes_of(count: int, seed: int = 1) -> np.ndarray:
    """Points and small areas of a town, some of them in the same place."""
    rng = np.random.default_rng(seed)
    west, south = rng.uniform(330000, 350000, count), rng.uniform(6450000, 6470000, count)
    wide, high = np.where(rng.random((2, count)) < 0.7, 0, rng.uniform(1, 900, (2, count)))
    drawn = np.column_stack([west, west + wide, south, south + high])
    drawn[: count // 10] = drawn[:1]
    return drawn


def inside(boxes: np.ndarray, box: tuple[float, float, float, float]) -> np.ndarray:
    west, east, south, north = boxes.T
    return (east >= box[0]) & (west <= box[1]) & (north >= box[2]) & (south <= box[3])


def search(tree, box) -> set[int]:
    query = "SELECT id FROM t WHERE maxx >= ? AND minx <= ? AND maxy >= ? AND miny <= ?"
    return {row for (row,) in tree.exec_driver_sql(query, box)}


@pytest.mark.parametrize(
    "count", [0, 1, 2, FULL - 1, FULL, FULL + 1, FULL**2, FULL**2 + 1, 7000, FULL**3 // 5]
)
def test_every_box_is_found_and_sqlite_finds_nothing_wrong(tree, count):
    boxes = boxes_of(count)
    ids = np.random.default_rng(2).permutation(count) * 3 + 5
    rtree.fill(tree, "t", ids, boxes)
    assert tree.exec_driver_sql("SELECT rtreecheck('t')").scalar() == "ok"
    assert tree.exec_driver_sql("SELECT count(*) FROM t").scalar() == count
    for west, south in np.random.default_rng(3).uniform(
        (330000, 6450000), (350000, 6470000), (9, 2)
    ):
        box = (west, west + 1500, south, south + 1500)
        # Rounded outwards in 32 bits: what touches the box at its very edge may be found too.
        found = search(tree, box)
        assert found >= set(ids[inside(boxes, box)].tolist())
        near = (west - 1, west + 1501, south - 1, south + 1501)
        assert found <= set(ids[inside(boxes, near)].tolist())


def test_it_holds_what_sqlite_would_have_held(tree):
    """The same 32 bits, rounded the same way."""
    boxes, ids = boxes_of(3000), np.arange(1, 3001)
    rtree.fill(tree, "t", ids, boxes)
    packed_ids, packed = rtree.entries(tree, "t")
    tree.exec_driver_sql("DELETE FROM t")
    rows = [(number, *box) for number, box in zip(ids.tolist(), boxes.tolist(), strict=True)]
    tree.exec_driver_sql("INSERT INTO t VALUES (?, ?, ?, ?, ?)", rows)
    own_ids, own = rtree.entries(tree, "t")
    assert (packed[np.argsort(packed_ids)] == own[np.argsort(own_ids)]).all()


def test_rows_are_changed_added_and_taken_away_afterwards(tree):
    boxes = boxes_of(5000)
    rtree.fill(tree, "t", np.arange(1, 5001), boxes)
    tree.exec_driver_sql("DELETE FROM t WHERE id % 3 = 0")
    tree.exec_driver_sql("UPDATE t SET minx = 1, maxx = 2, miny = 1, maxy = 2 WHERE id = 7")
    more = [(number, 10, 20, 10, 20) for number in range(6000, 7000)]
    tree.exec_driver_sql("INSERT INTO t VALUES (?, ?, ?, ?, ?)", more)
    assert tree.exec_driver_sql("SELECT rtreecheck('t')").scalar() == "ok"
    assert tree.exec_driver_sql("SELECT count(*) FROM t").scalar() == 5000 - 1666 + 1000
    assert search(tree, (0, 3, 0, 3)) == {7}
