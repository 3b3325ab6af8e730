"""A paper as its parts, before it is a PDF or a Word file: only text, tables and one picture."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time


@dataclass(frozen=True)
class Cell:
    """A cell of a table: a line in bold, if any, and lines below it."""

    lines: tuple[str, ...] = ()
    bold: str = ""


@dataclass(frozen=True)
class Table:
    """A table whose widths are shares of the page's."""

    headings: tuple[str, ...]
    widths: tuple[float, ...]
    rows: tuple[tuple[Cell, ...], ...]


@dataclass(frozen=True)
class Picture:
    """A picture, what it shows in words, and its shape (height to width)."""

    png: bytes
    told: str
    ratio: float


@dataclass(frozen=True)
class Section:
    """A heading with what stands below it."""

    heading: str
    paragraphs: tuple[str, ...] = ()
    table: Table | None = None
    picture: Picture | None = None


@dataclass(frozen=True)
class Document:
    """A whole paper.

    Attributes
    ----------
    title, summary
        Its head.
    facts
        Labels and values below the head.
    sections
        Its body.
    caption
        Lines that must follow.
    mark
        Mark of invented data, empty otherwise.
    day
        A day that belongs to the content and not to the clock, so that the same paper is the same
        file.
    large
        Whether the type is large: for a paper that hangs on a wall.
    """

    title: str
    summary: str
    facts: tuple[tuple[str, str], ...]
    sections: tuple[Section, ...]
    caption: tuple[str, ...]
    mark: str
    day: date
    large: bool = False

    @property
    def moment(self) -> datetime:
        """The day as a moment, for a file's properties."""
        return datetime.combine(self.day, time(12), tzinfo=UTC)


def cells(values: Sequence[str]) -> tuple[Cell, ...]:
    """A row of plain cells."""
    return tuple(Cell((value,)) for value in values)
