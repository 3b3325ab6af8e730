"""*Synpunkter* per district as a CSV file and a workbook, with what must be said of them."""

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time

import pandas as pd
import xlsxwriter

from trygghetskarta import formats
from trygghetskarta.analysis.disclosure import Publishable
from trygghetskarta.errors import DisclosureCause, DisclosureError
from trygghetskarta.terms.audience import Audience, CellStatus
from trygghetskarta.words import meeting_words, texts
from trygghetskarta.words.marking import marks
from trygghetskarta.words.safe import plain_text, spreadsheet_text


@dataclass(frozen=True, eq=False)
class VoicesShown:
    """What a file of *synpunkter* tells.

    Attributes
    ----------
    gated
        Index area_code: ``count``, ``name`` and ``status``, for the public.
    title, source
        What it is and where it is from.
    day
        Day of the meeting, also the file's.
    meetings
        How many meetings the counts are from.
    is_example
        Whether they are invented.

    Raises
    ------
    DisclosureError
        ``NOT_A_TABLE`` when the figures are not for the public.
    """

    gated: Publishable
    title: str
    source: str
    day: date
    meetings: int
    is_example: bool

    def __post_init__(self) -> None:
        if self.gated.audience is not Audience.PUBLIC:
            raise DisclosureError(DisclosureCause.NOT_A_TABLE)

    @property
    def marks(self) -> tuple[str, ...]:
        """What stands on the file."""
        return marks(self.gated.audience, self.is_example)

    @property
    def about(self) -> tuple[str, ...]:
        """The lines that follow the figures."""
        hidden = int((self.gated.table["status"] == CellStatus.HIDDEN).sum())
        return (*self.marks, self.source, *meeting_words.voices_caption(hidden, self.meetings))


def to_csv(shown: VoicesShown) -> bytes:
    """Write the counts as CSV that opens right in a Swedish Excel; the mark stands in each row."""
    lines = io.StringIO(newline="")
    writer = csv.writer(lines, delimiter=";", lineterminator="\r\n")
    mark = shown.marks
    writer.writerow([*mark, *_headings()])
    for name, count in _rows(shown.gated.table):
        writer.writerow([*mark, spreadsheet_text(name), count])
    writer.writerow([])
    for line in (shown.title, *shown.about):
        writer.writerow([spreadsheet_text(line)])
    return lines.getvalue().encode("utf-8-sig")


def to_xlsx(shown: VoicesShown) -> bytes:
    """Write the counts as a workbook; the same bytes for the same figures."""
    target = io.BytesIO()
    with xlsxwriter.Workbook(target, {"in_memory": True}) as book:
        made = datetime.combine(shown.day, time())
        book.set_properties(
            {"title": plain_text(shown.title), "author": texts.APP, "created": made}
        )
        sheet = book.add_worksheet(meeting_words.MEETING_FILE_SHEET)
        sheet.set_column(0, 0, 32)
        sheet.set_column(1, 1, 20)
        sheet.write_row(0, 0, _headings(), book.add_format({"bold": True}))
        for at, (name, count) in enumerate(_rows(shown.gated.table), 1):
            sheet.write_string(at, 0, plain_text(name))
            (sheet.write_string if isinstance(count, str) else sheet.write_number)(at, 1, count)
        for at, mark in enumerate(shown.marks):
            sheet.write_string(at, 3, mark)
        about = book.add_worksheet(meeting_words.MEETING_FILE_ABOUT)
        about.set_column(0, 0, 100)
        for at, line in enumerate((shown.title, *shown.about)):
            about.write_string(at, 0, plain_text(line))
    return target.getvalue()


def _headings() -> list[str]:
    return [meeting_words.MEETING_COLUMNS["district"], meeting_words.MEETING_COLUMNS["count"]]


def _rows(table: pd.DataFrame) -> Iterator[tuple[str, int | str]]:
    """Districts in alphabetical order; what is hidden in words."""
    for code in sorted(table.index, key=lambda code: formats.swedish_order(table.at[code, "name"])):
        row = table.loc[code]
        is_hidden = row["status"] == CellStatus.HIDDEN
        yield str(row["name"]), texts.HIDDEN if is_hidden else int(row["count"])
