"""What became of every row of a file: counted when it was read, balanced before it is stored."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

import numpy as np
import pandas as pd

from trygghetskarta.errors import StoreCause, StoreError
from trygghetskarta.terms.imports import Aside

Rows: TypeAlias = pd.Index | Collection[int]


@dataclass(frozen=True, eq=False)
class FileRows:
    """The rows of a file below its header, as counted before anything is interpreted.

    Attributes
    ----------
    file
        Its name.
    numbers
        Every row that holds something, numbered as the faults of its parser number them.
    aside
        Rows among them that the reader itself knows to be none of the table's.
    """

    file: str
    numbers: Rows
    aside: Mapping[Aside, Rows] = field(default_factory=dict)

    def only(self, chosen: Rows) -> "FileRows":
        """Some of the rows, for what is stored apart."""
        return FileRows(self.file, _index(self.numbers).intersection(_index(chosen)))

    def without(self, others: Rows) -> "FileRows":
        """All rows but some, for what is stored apart."""
        return FileRows(self.file, _index(self.numbers).difference(_index(others)), self.aside)


@dataclass(frozen=True, eq=False)
class RowAccount:
    """What became of every row of a file; one that does not balance cannot be made.

    Attributes
    ----------
    rows
        The file's own rows.
    accepted
        Numbers of the rows that gave something to store, also those of which several became one.
    quarantined
        Numbers of the rows with a fault.
    aside
        Numbers of the other rows, by the reason why nothing is stored of them. What the reader set
        aside is added; a row that is also accepted or quarantined is only that.

    Raises
    ------
    StoreError
        ``ROWS_LOST`` for a row that nothing is told of, ``ROWS_UNKNOWN`` for one that the file does
        not have or that is both stored and quarantined.
    """

    rows: FileRows
    accepted: Rows
    quarantined: Rows = ()
    aside: Mapping[Aside, Rows] = field(default_factory=dict)

    def __post_init__(self) -> None:
        read = _index(self.rows.numbers)
        accepted, held = _index(self.accepted), _index(self.quarantined)
        left = read.difference(accepted).difference(held)
        told: dict[Aside, pd.Index] = {}
        for reason in Aside:
            meant = [each[reason] for each in (self.rows.aside, self.aside) if reason in each]
            if meant:
                told[reason] = left.intersection(_index(np.concatenate(list(map(_index, meant)))))
                left = left.difference(told[reason])
        if len(left):
            raise StoreError(
                StoreCause.ROWS_LOST,
                file=self.rows.file,
                read=len(read),
                lost=len(left),
                row=int(left[0]),
            )
        strange = accepted.union(held).difference(read).union(accepted.intersection(held))
        if len(strange):
            raise StoreError(
                StoreCause.ROWS_UNKNOWN, file=self.rows.file, read=len(read), row=int(strange[0])
            )
        for name, value in (("accepted", accepted), ("quarantined", held)):
            object.__setattr__(self, name, value)
        object.__setattr__(self, "aside", {why: rows for why, rows in told.items() if len(rows)})

    @property
    def read(self) -> int:
        """How many rows the file has."""
        return len(_index(self.rows.numbers))

    def numbers(self) -> dict[str, int]:
        """How many rows were read, accepted, quarantined, and set aside for each reason."""
        counts = {"read": self.read, "accepted": len(self.accepted)}
        counts["quarantined"] = len(self.quarantined)
        return counts | {why.value: len(rows) for why, rows in self.aside.items()}


def _index(rows: Rows | Iterable[int]) -> pd.Index:
    """Different numbers, rising."""
    if not isinstance(rows, pd.Index | np.ndarray):
        rows = np.fromiter(rows, dtype=np.int64)
    return pd.Index(np.unique(np.asarray(rows, dtype=np.int64)))
