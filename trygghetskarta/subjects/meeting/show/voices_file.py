"""*Synpunkter* per district as a list to take home, with what must be said of them."""

from dataclasses import dataclass
from datetime import date

from trygghetskarta import formats
from trygghetskarta.analysis.disclosure import Publishable
from trygghetskarta.draw.table.files import ListFile
from trygghetskarta.draw.table.listing import headed, listing, number, seen, text
from trygghetskarta.errors import DisclosureCause, DisclosureError
from trygghetskarta.terms.audience import Audience, CellStatus
from trygghetskarta.words import meeting_words
from trygghetskarta.words.marking import mark


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


_COLUMNS = headed(
    meeting_words.MEETING_COLUMNS,
    text("district", lambda row: str(row.name), width=32),
    number("count", lambda row: seen(row.count, row.status), width=20),
)


def voices_file(shown: VoicesShown) -> ListFile:
    """The counts as a list to take home, districts in alphabetical order."""
    table = shown.gated.table
    rows = table.sort_values(
        "name", key=lambda names: names.map(formats.swedish_order), kind="stable"
    )
    hidden = int((table["status"] == CellStatus.HIDDEN).sum())
    return ListFile(
        shown.title,
        listing(_COLUMNS, rows.itertuples()),
        mark(shown.gated.audience, shown.is_example),
        shown.day,
        lines=(shown.source, *meeting_words.voices_caption(hidden, shown.meetings)),
        sheet=meeting_words.MEETING_FILE_SHEET,
    )
