"""A sheet of paper for a picture, measured in inches from its upper left corner."""

import io
from dataclasses import dataclass
from typing import Any

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties
from matplotlib.lines import Line2D
from matplotlib.patches import Patch, Rectangle
from matplotlib.text import Text

from trygghetskarta.draw import palette
from trygghetskarta.draw.map.lettering import drawable

LEADING = 1.38
"""Distance between lines of text, in type sizes."""


@dataclass(frozen=True)
class Frame:
    """A rectangle on the sheet."""

    left: float
    top: float
    width: float
    height: float

    @property
    def right(self) -> float:
        return self.left + self.width

    @property
    def bottom(self) -> float:
        return self.top + self.height


@dataclass(frozen=True)
class Paragraph:
    """Lines of text in one type.

    Attributes
    ----------
    lines
        Already broken.
    letters, colour
        How they look.
    after
        Room below, in inches.
    """

    lines: tuple[str, ...]
    letters: FontProperties
    colour: str = palette.INK
    after: float = 0.0

    @property
    def leading(self) -> float:
        """Height of one line in inches."""
        return self.letters.get_size() / 72 * LEADING

    @property
    def height(self) -> float:
        """Height with the room below, in inches."""
        return len(self.lines) * self.leading + self.after


class Sheet:
    """A figure of its own, without any state that threads would share.

    Parameters
    ----------
    width, height
        Inches.
    dpi
        Pixels per inch.
    """

    def __init__(self, width: float, height: float, dpi: float) -> None:
        self.width, self.height = width, height
        # A figure without a canvas of its own draws nothing until it is saved.
        self.figure = Figure(figsize=(width, height), dpi=dpi, facecolor="white")

    def at(self, x: float, y: float) -> tuple[float, float]:
        """Turn inches from the upper left corner into the figure's own measure."""
        return x / self.width, 1 - y / self.height

    def axes(self, frame: Frame, window: tuple[float, float, float, float]) -> Axes:
        """A panel that shows a window of the ground (least and greatest east and north)."""
        left, bottom = self.at(frame.left, frame.bottom)
        axes = self.figure.add_axes(
            (left, bottom, frame.width / self.width, frame.height / self.height)
        )
        axes.set_xlim(window[0], window[2])
        axes.set_ylim(window[1], window[3])
        axes.set_axis_off()
        return axes

    def text(
        self,
        x: float,
        y: float,
        text: str,
        letters: FontProperties,
        colour: str = palette.INK,
        **look: str,
    ) -> None:
        """Write one line whose base line is at ``y``."""
        across, up = self.at(x, y)
        self.figure.add_artist(
            Text(
                across,
                up,
                drawable(text),
                fontproperties=letters,
                parse_math=False,
                color=colour,
                transform=self.figure.transFigure,
                **look,
            )
        )

    def paragraph(self, x: float, top: float, paragraph: Paragraph) -> float:
        """Write a paragraph from its upper left corner; gives where the next one begins."""
        size = paragraph.letters.get_size() / 72
        for row, line in enumerate(paragraph.lines):
            base = top + row * paragraph.leading + (paragraph.leading + 0.72 * size) / 2
            self.text(x, base, line, paragraph.letters, paragraph.colour)
        return top + paragraph.height

    def rectangle(self, frame: Frame, **look: Any) -> None:
        """Draw a rectangle."""
        left, bottom = self.at(frame.left, frame.bottom)
        self.draw(
            Rectangle((left, bottom), frame.width / self.width, frame.height / self.height, **look)
        )

    def line(self, start: tuple[float, float], end: tuple[float, float], **look: Any) -> None:
        """Draw a straight line between two points."""
        (x0, y0), (x1, y1) = self.at(*start), self.at(*end)
        self.figure.add_artist(
            Line2D((x0, x1), (y0, y1), transform=self.figure.transFigure, **look)
        )

    def draw(self, patch: Patch) -> None:
        """Draw a shape whose points are in the figure's own measure."""
        patch.set_transform(self.figure.transFigure)
        self.figure.add_artist(patch)

    def png(self, metadata: dict[str, str]) -> bytes:
        """The sheet as PNG, with text chunks."""
        target = io.BytesIO()
        self.figure.savefig(target, format="png", dpi=self.figure.dpi, metadata=metadata)
        return target.getvalue()
