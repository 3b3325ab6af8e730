"""Where on a picture the names of areas stand: inside their own area, never on each other."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import shapely
from matplotlib.font_manager import FontProperties

from trygghetskarta.draw.map.lettering import Ruler

LINE_HEIGHT = 1.22
"""Of a label, in its type size."""

_WIDTHS = (1.6, 1.0, 0.72)
"""Inches a label may be wide, tried from one line to several."""
_MOST_LINES = 3
_STEPS = np.arange(-4, 5) / 4.0
_MARGIN = 0.03
"""Inches kept free round a label."""
_INSIDE = 0.45
"""Share of a label that must lie in its own area; below it a line leads to the area."""
_DISTANCE_COST = 0.5
"""What an inch from the area's middle costs, as a share of the label outside its area."""
_LEAST_PART = 0.05
"""Square inches of an area that must be in the picture for it to be named there."""


@dataclass(frozen=True)
class Label:
    """A placed name; lengths in inches from the lower left corner of the panel.

    Attributes
    ----------
    lines
        The name as it is broken.
    box
        What it covers.
    leader
        Point inside the area that a line leads to, None when the label stands in its area.
    """

    lines: tuple[str, ...]
    box: shapely.Geometry
    leader: tuple[float, float] | None

    @property
    def middle(self) -> tuple[float, float]:
        """Middle of the box."""
        left, bottom, right, top = self.box.bounds
        return (left + right) / 2, (bottom + top) / 2


@dataclass(frozen=True)
class _Candidates:
    lines: tuple[str, ...]
    boxes: np.ndarray
    score: np.ndarray


def place(
    names: Mapping[str, str],
    shapes: Mapping[str, shapely.Geometry],
    size: tuple[float, float],
    taken: Sequence[shapely.Geometry],
    ruler: Ruler,
    letters: FontProperties,
    leaders: bool = True,
) -> list[Label]:
    """Find a place for each name, smallest area first; one that finds none is left out.

    Parameters
    ----------
    names
        Names by area.
    shapes
        The areas in inches of the panel, by the same keys.
    size
        Width and height of the panel in inches.
    taken
        What no label may cover.
    ruler, letters
        How the names will be drawn.
    leaders
        Whether a name may stand off its area, with a line to it.
    """
    panel = shapely.box(0, 0, *size)
    visible = {key: _largest_part(shapely.intersection(shapes[key], panel)) for key in names}
    order = sorted(names, key=lambda key: (visible[key].area, names[key]))
    occupied = list(taken)
    placed = []
    for key in order:
        if visible[key].area < _LEAST_PART:
            continue
        label = _best(names[key], visible[key], size, occupied, ruler, letters)
        if label is not None and (leaders or label.leader is None):
            placed.append(label)
            occupied.append(label.box)
    return placed


def _best(
    name: str,
    shape: shapely.Geometry,
    size: tuple[float, float],
    occupied: Sequence[shapely.Geometry],
    ruler: Ruler,
    letters: FontProperties,
) -> Label | None:
    middle = _middle(shape)
    best: tuple[float, tuple[str, ...], shapely.Geometry] | None = None
    blocked = shapely.union_all(occupied) if occupied else shapely.Point()
    for lines in _breaks(name, ruler, letters):
        options = _candidates(lines, shape, middle, size, ruler, letters)
        free = ~shapely.intersects(options.boxes, blocked)
        if not free.any():
            continue
        at = int(np.argmax(np.where(free, options.score, -np.inf)))
        if best is None or options.score[at] > best[0] + 1e-9:
            best = float(options.score[at]), lines, options.boxes[at]
    if best is None:
        return None
    _, lines, box = best
    inside = shapely.area(shapely.intersection(box, shape)) / box.area
    leads = inside < _INSIDE and not box.contains(middle)
    return Label(lines, box, (middle.x, middle.y) if leads else None)


def _breaks(name: str, ruler: Ruler, letters: FontProperties) -> list[tuple[str, ...]]:
    """The ways to break a name, without repeats."""
    least = min(ruler.widest_word(name, letters), _WIDTHS[0])
    ways = [
        tuple(ruler.shorten(ruler.wrap(name, letters, max(width, least)), _MOST_LINES, letters))
        for width in _WIDTHS
    ]
    return list(dict.fromkeys(ways))


def _candidates(
    lines: tuple[str, ...],
    shape: shapely.Geometry,
    middle: shapely.Point,
    size: tuple[float, float],
    ruler: Ruler,
    letters: FontProperties,
) -> _Candidates:
    """Boxes round the middle of an area, better the more of them lies inside and the nearer."""
    width = max(ruler.width(line, letters) for line in lines) + 2 * _MARGIN
    height = len(lines) * letters.get_size() / 72 * LINE_HEIGHT + 2 * _MARGIN
    x, y = (grid.ravel() for grid in np.meshgrid(_STEPS * 1.5 * width, _STEPS * 3.0 * height))
    x, y = middle.x + x, middle.y + y
    fits = np.abs(x - size[0] / 2) <= (size[0] - width) / 2 - _MARGIN
    fits &= np.abs(y - size[1] / 2) <= (size[1] - height) / 2 - _MARGIN
    x, y = x[fits], y[fits]
    boxes = shapely.box(x - width / 2, y - height / 2, x + width / 2, y + height / 2)
    inside = shapely.area(shapely.intersection(boxes, shape)) / (width * height)
    far = np.hypot(x - middle.x, y - middle.y)
    return _Candidates(lines, boxes, inside - _DISTANCE_COST * far - 0.02 * len(lines))


def _largest_part(shape: shapely.Geometry) -> shapely.Geometry:
    parts = [part for part in shapely.get_parts(shape) if part.geom_type == "Polygon"]
    return max(parts, key=lambda part: part.area, default=shapely.Polygon())


def _middle(shape: shapely.Geometry) -> shapely.Point:
    """The point of an area farthest from its border."""
    return shapely.get_point(shapely.maximum_inscribed_circle(shape, tolerance=0.01), 0)
