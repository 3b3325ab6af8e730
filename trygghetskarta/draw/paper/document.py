"""A paper as its parts, before it is a PDF, a Word file or a page: text, tables and pictures."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time

from trygghetskarta.terms.audience import Audience
from trygghetskarta.words.marking import mark


@dataclass(frozen=True)
class Cell:
    """A cell of a table: a line in bold, if any, and lines below it."""

    lines: tuple[str, ...] = ()
    bold: str = ""


@dataclass(frozen=True)
class Table:
    """A table whose widths are shares of the page's.

    Attributes
    ----------
    headings, widths, rows
        Its content; every row has as many cells as there are headings.
    title
        What it shows, above it; empty where the heading says it.
    numeric
        Whether each column holds numbers, which stand to the right; empty for none.
    """

    headings: tuple[str, ...]
    widths: tuple[float, ...]
    rows: tuple[tuple[Cell, ...], ...]
    title: str = ""
    numeric: tuple[bool, ...] = ()

    def is_numeric(self, column: int) -> bool:
        """Whether a column holds numbers."""
        return bool(self.numeric) and self.numeric[column]


@dataclass(frozen=True)
class Picture:
    """A picture, what it shows in words, its shape (height to width) and the line below it."""

    png: bytes
    told: str
    ratio: float
    caption: str = ""


@dataclass(frozen=True)
class Text:
    """A paragraph."""

    text: str


@dataclass(frozen=True)
class Bullets:
    """A list of sentences."""

    lines: tuple[str, ...]


@dataclass(frozen=True)
class Note:
    """A caveat that belongs to the figures beside it."""

    text: str


@dataclass(frozen=True)
class OwnText:
    """What somebody has written by hand, told apart from what is computed.

    Attributes
    ----------
    label
        Says so.
    paragraphs
        The words, a blank line between two paragraphs.
    """

    label: str
    paragraphs: tuple[str, ...]


Block = Text | Bullets | Note | OwnText | Table | Picture


@dataclass(frozen=True)
class Section:
    """A heading with what stands below it.

    Attributes
    ----------
    heading
        Its words.
    paragraphs, picture, table
        What stands below it, in that order.
    level
        1 for a part of the paper, 2 and 3 for what lies within.
    blocks
        More of its content, in the order given.
    key
        Name by which the section is found again; empty for one that nobody adds anything to.
    """

    heading: str
    paragraphs: tuple[str, ...] = ()
    table: Table | None = None
    picture: Picture | None = None
    level: int = 1
    blocks: tuple[Block, ...] = ()
    key: str = ""

    @property
    def content(self) -> tuple[Block, ...]:
        """Everything below the heading, in order."""
        own = (*(Text(text) for text in self.paragraphs), self.picture, self.table)
        return (*(block for block in own if block is not None), *self.blocks)


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
    contents
        Whether a table of contents stands before the body.
    footer
        Said at the foot of every page beside the title: for whom the paper is.
    audience
        Who may read it; all but public papers are marked.
    """

    title: str
    summary: str
    facts: tuple[tuple[str, str], ...]
    sections: tuple[Section, ...]
    caption: tuple[str, ...]
    mark: str
    day: date
    large: bool = False
    contents: bool = False
    footer: str = ""
    audience: Audience = Audience.INTERNAL

    @property
    def marked(self) -> str:
        """What stands on it: for whom it is, and whether it is invented."""
        return " · ".join(part for part in (mark(self.audience, False), self.mark) if part)

    @property
    def moment(self) -> datetime:
        """The day as a moment, for a file's properties."""
        return datetime.combine(self.day, time(12), tzinfo=UTC)


def cells(values: Sequence[str]) -> tuple[Cell, ...]:
    """A row of plain cells."""
    return tuple(Cell((value,)) for value in values)
