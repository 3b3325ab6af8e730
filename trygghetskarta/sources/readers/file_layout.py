"""What a layout of rows and columns declares: how it is known, and how it becomes a plain table."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from trygghetskarta.sources.readers.grids import CellGrid, Row


@dataclass(frozen=True)
class FileLayout:
    """A publisher's way of laying out a table that is not one header and one thing per row.

    Attributes
    ----------
    word
        What it is called among the layouts.
    recognises
        Whether rows are laid out so, from every row of the file; sure, or False.
    unstack
        Turns rows, and the file's name for errors, into a plain table whose columns are called
        what ``sources/fields/column_names.py`` knows. Index: the row's number as Excel counts, or
        where a row becomes several the numbers of those, from 2; each stands once. What is left
        out is told of in the notes.
    in_text
        Whether text files are laid out so; workbooks always may be.
    """

    word: str
    recognises: Callable[[Sequence[Row]], bool]
    unstack: Callable[[Sequence[Row], str], CellGrid]
    in_text: bool = True
