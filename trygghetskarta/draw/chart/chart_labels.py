"""Where names may stand beside the points of a chart without covering each other."""

from collections.abc import Sequence

import numpy as np

WIDTH, HEIGHT = 760.0, 360.0
"""Pixels of the plot that the places are found for; in a wider one there is more room."""

LETTER, LINE = 6.0, 13.0
"""Pixels of a letter's width and of a line's height."""

GAP = 8.0
RIGHT, LEFT, NOWHERE = "right", "left", ""

_Box = tuple[float, float, float, float]


def place(
    x: Sequence[float], y: Sequence[float], names: Sequence[str], order: Sequence[int]
) -> list[str]:
    """Choose a side of its point for each name, or none.

    Parameters
    ----------
    x, y
        Places of the points, each from 0 to 1 across the plot, y upward.
    names
        What is to be written; an empty one needs no room.
    order
        Positions of the names, those that matter most first; another order is followed where it
        finds room for more of them.

    Returns
    -------
    list of str
        ``right``, ``left`` or empty for each name.
    """
    points = np.column_stack([np.asarray(x) * WIDTH, (1 - np.asarray(y)) * HEIGHT])
    from_left = sorted(order, key=lambda at: points[at, 0])
    orders = (list(order), from_left, from_left[::-1])
    tries = [
        _try(points, names, one, sides)
        for sides in ((RIGHT, LEFT), (LEFT, RIGHT))
        for one in orders
    ]
    # The first of the best: with as many names written, those that matter most are among them.
    return max(tries, key=lambda sides: sum(map(bool, sides)))


def _try(
    points: np.ndarray, names: Sequence[str], order: Sequence[int], preferred: tuple[str, str]
) -> list[str]:
    """Give each name in turn the first side that is free."""
    taken: list[_Box] = [(px - 5, py - 5, px + 5, py + 5) for px, py in points]
    sides = [NOWHERE] * len(names)
    for at in order:
        if not names[at]:
            continue
        for side in preferred:
            box = _box(*points[at], len(names[at]), side)
            inside = box[0] >= 0 and box[2] <= WIDTH
            others = (other for number, other in enumerate(taken) if number != at)
            if inside and not any(_meet(box, other) for other in others):
                taken.append(box)
                sides[at] = side
                break
    return sides


def _box(x: float, y: float, letters: int, side: str) -> _Box:
    width = letters * LETTER
    left = x + GAP if side == RIGHT else x - GAP - width
    return left, y - LINE, left + width, y + 2


def _meet(one: _Box, other: _Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]
