"""An R-tree of SQLite packed at once: what the triggers of a GeoPackage do row by row, in one go.

Its nodes stand in three plain tables beside it, as https://www.sqlite.org/rtree.html ("Shadow
tables") and the source of SQLite (``ext/rtree/rtree.c``) tell. Packed by Leutenegger, Lopez and
Edgington (1997), *STR: a simple and efficient algorithm for R-tree packing*. ``rtreecheck`` of
SQLite finds nothing wrong with what is written here.
"""

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Connection

_ROOT = 1
_HEAD = 4
"""Bytes before the cells of a node: depth of the tree (in the root), and how many cells it has."""
_CELL = np.dtype([("id", ">i8"), ("box", ">f4", (4,))])
_STORED = np.dtype([("id", "i8"), ("a", "f8"), ("b", "f8"), ("c", "f8"), ("d", "f8")])
_STEP = 1 / 8388608
"""What a 32-bit float is moved by, in parts of itself, when it lies on the wrong side."""

Ids = NDArray[np.int64]
Boxes = NDArray[np.float64]
"""Shape (n, 4): min x, max x, min y, max y."""


def entries(connection: Connection, name: str) -> tuple[Ids, Boxes]:
    """Everything that an R-tree holds."""
    found = connection.exec_driver_sql(f'SELECT id, minx, maxx, miny, maxy FROM "{name}"')
    rows = np.fromiter(map(tuple, found), dtype=_STORED)
    return rows["id"], np.column_stack([rows[side] for side in "abcd"])


def fill(connection: Connection, name: str, ids: Ids, boxes: Boxes) -> None:
    """Fill an R-tree that has just been made.

    Parameters
    ----------
    connection
        Of a writer, on SQLite.
    name
        Of the virtual table, whose columns are those of a GeoPackage.
    ids, boxes
        Row ids, each once, and what they cover, without missing values. Kept in 32 bits, rounded
        outwards as SQLite does.
    """
    size = connection.exec_driver_sql(
        f'SELECT length(data) FROM "{name}_node" WHERE nodeno = {_ROOT}'
    ).scalar_one()
    most = (size - _HEAD) // _CELL.itemsize
    order = _tiled(boxes, most)
    cells = np.empty(len(ids), dtype=_CELL)
    cells["id"], cells["box"] = ids[order], _outwards(boxes[order])
    depth, number = 0, _ROOT
    while len(cells) > most:
        starts = np.arange(0, len(cells), most)
        numbers = number + 1 + np.arange(len(starts))
        number = int(numbers[-1])
        parents = np.repeat(numbers, most)[: len(cells)]
        _put_parents(connection, name, cells["id"], parents, depth)
        _put_nodes(connection, name, numbers, cells, most, size)
        above = np.empty(len(starts), dtype=_CELL)
        above["id"] = numbers
        for side, extreme in enumerate((np.minimum, np.maximum, np.minimum, np.maximum)):
            sides = cells["box"][:, side].astype(np.float32)
            above["box"][:, side] = extreme.reduceat(sides, starts)
        cells, depth = above, depth + 1
    _put_parents(connection, name, cells["id"], np.full(len(cells), _ROOT), depth)
    _put_nodes(connection, name, np.array([_ROOT]), cells, most, size, depth)


def _put_parents(connection: Connection, name: str, ids: Ids, parents: Ids, depth: int) -> None:
    """Note in which node each row, or each node, stands."""
    table = f"{name}_parent" if depth else f"{name}_rowid"
    order = np.argsort(ids)
    rows = list(zip(ids[order].tolist(), parents[order].tolist(), strict=True))
    if rows:
        connection.exec_driver_sql(f'INSERT INTO "{table}" VALUES (?, ?)', rows)


def _put_nodes(
    connection: Connection,
    name: str,
    numbers: Ids,
    cells: NDArray[np.void],
    most: int,
    size: int,
    depth: int = 0,
) -> None:
    """Write nodes, each full of cells but the last."""
    held = np.full(len(numbers), most)
    held[-1] = len(cells) - most * (len(numbers) - 1)
    padded = np.zeros(len(numbers) * most, dtype=_CELL)
    padded[: len(cells)] = cells
    nodes = np.zeros((len(numbers), size), dtype=np.uint8)
    nodes[:, :_HEAD].view(">u2")[:] = np.column_stack([np.full(len(numbers), depth), held])
    body = padded.view(np.uint8).reshape(len(numbers), most * _CELL.itemsize)
    nodes[:, _HEAD : _HEAD + body.shape[1]] = body
    rows = [(int(number), node.tobytes()) for number, node in zip(numbers, nodes, strict=True)]
    connection.exec_driver_sql(f'INSERT OR REPLACE INTO "{name}_node" VALUES (?, ?)', rows)


def _tiled(boxes: Boxes, most: int) -> Ids:
    """The order in which boxes that lie close stand close: in stripes by x, within them by y."""
    x, y = boxes[:, 0] + boxes[:, 1], boxes[:, 2] + boxes[:, 3]
    leaves = -(-len(boxes) // most)
    each = most * max(1, int(np.ceil(np.sqrt(leaves))))
    stripe = np.empty(len(boxes), dtype=np.int64)
    stripe[np.argsort(x, kind="stable")] = np.arange(len(boxes)) // each
    return np.lexsort((y, stripe))


def _outwards(boxes: Boxes) -> NDArray[np.float32]:
    """In 32 bits, as SQLite rounds: lower sides down, upper sides up."""
    rounded = boxes.astype(np.float32)
    for side, strays, sign in (
        (slice(0, None, 2), np.greater, -1),
        (slice(1, None, 2), np.less, 1),
    ):
        exact, near = boxes[:, side], rounded[:, side]
        moved = exact * (1 + sign * np.sign(exact) * _STEP)
        rounded[:, side] = np.where(strays(near, exact), moved.astype(np.float32), near)
    return rounded
