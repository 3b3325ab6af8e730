"""Actions as tables and lines: the list, one action's facts, its follow-ups and history."""

import csv
import io
from collections.abc import Mapping, Sequence

import pandas as pd
import xlsxwriter

from trygghetskarta import formats
from trygghetskarta.draw.table.listing import Listing, listing, text_of
from trygghetskarta.settings import TIME_ZONE
from trygghetskarta.words import action_words, file_words, texts
from trygghetskarta.words.safe import plain_text, spreadsheet_text

Cell = tuple[str, float | str | None]
"""What a cell shows and what it sorts by."""


def actions_table(
    actions: pd.DataFrame,
    themes: Mapping[str, str],
    places: Sequence[str],
    last: pd.Series,
) -> Listing:
    """Actions, one row each.

    Parameters
    ----------
    actions
        Contract ``MEASURES`` with ``is_example``, index ``measure_id``.
    themes
        Names by key.
    places
        Where each action is, in words.
    last
        Day of the latest follow-up by ``measure_id``; missing where there is none.
    """
    heads = dict(action_words.MEASURE_COLUMNS)
    invented = bool(actions["is_example"].any())
    if not invented:
        heads.pop("mark")
    rows = []
    for row, place in zip(actions.itertuples(), places, strict=True):
        followed = last.get(row.measure_id, pd.NaT)
        cells = [
            _word(row.title),
            _word(themes.get(text_of(row.theme), "")),
            _word(action_words.APPROACHES.get(text_of(row.approach), "")),
            _word(text_of(row.owner)),
            _word(place),
            _day(row.start_date),
            _day(row.end_date),
            _word(action_words.MEASURE_STATUSES[row.status]),
            (action_words.NEVER, None) if pd.isna(followed) else _day(followed),
        ]
        rows.append([*cells, *([_word(_mark(row.is_example))] if invented else [])])
    # Dates are kept on one line, as numbers are.
    kept = [name in ("start", "end", "follow_up") for name in heads]
    return listing(list(heads.values()), kept, rows)


def lacking_table(lacking: pd.DataFrame) -> Listing:
    """Actions that nobody has followed up, by owner.

    Parameters
    ----------
    lacking
        ``owner, title, last``.
    """
    rows = [
        (
            _word(text_of(row.owner) or action_words.NO_OWNER_TOLD),
            _word(row.title),
            (action_words.NEVER, None) if pd.isna(row.last) else _day(row.last),
        )
        for row in lacking.itertuples()
    ]
    return listing(list(action_words.LACKING_COLUMNS.values()), [False] * 3, rows)


def facts(row: pd.Series, theme: str, place: str) -> tuple[tuple[str, str], ...]:
    """The plan's own fields of an action, those that are told.

    Parameters
    ----------
    row
        Contract ``MEASURES``.
    theme, place
        In words.
    """
    ends = [
        "" if pd.isna(row[name]) else formats.day(row[name]) for name in ("start_date", "end_date")
    ]
    told = {
        "theme": theme,
        "approach": action_words.APPROACHES.get(text_of(row["approach"]), ""),
        "status": action_words.MEASURE_STATUSES[row["status"]],
        "place": place,
        "dates": action_words.open_end(*ends),
        **{
            name: text_of(row[name])
            for name in action_words.MEASURE_FIELDS
            if name in row.index and name not in ("theme", "approach", "status")
        },
    }
    return tuple(
        (action_words.MEASURE_FIELDS[name], value) for name, value in told.items() if value
    )


def follow_ups(told: pd.DataFrame) -> list[tuple[str, tuple[str, ...]]]:
    """Follow-ups, newest first: a head, and the questions with their answers."""
    return [
        (
            action_words.follow_up_head(formats.day(row.day), row.by_function),
            tuple(
                f"{question} {text_of(getattr(row, name))}"
                for name, question in action_words.FOLLOW_UP_FIELDS.items()
                if text_of(getattr(row, name))
            ),
        )
        for row in told.iloc[::-1].itertuples()
    ]


def history_lines(history: pd.DataFrame) -> list[str]:
    """What was changed, newest first."""
    names = action_words.MEASURE_CHANGES | {
        name: label.lower() for name, label in action_words.MEASURE_FIELDS.items()
    }
    lines = []
    for row in history.iloc[::-1].itertuples():
        day = formats.day(row.at.tz_convert(TIME_ZONE))
        hidden = row.field in ("finding", "districts", "control_districts")
        before, after = ("", "") if hidden else (_changed(row.before), _changed(row.after))
        what = names.get(row.field, row.field)
        lines.append(action_words.action_change(day, row.who, what, before, after))
    return lines


def to_csv(table: Listing, about: Sequence[str], mark: str = texts.INTERNAL_MARK) -> bytes:
    """Write a listing as CSV that opens right in a Swedish Excel; the mark stands in each row.

    Parameters
    ----------
    table
        What is written.
    about
        Lines that follow it.
    mark
        For whom it is; see :mod:`trygghetskarta.words.marking`.
    """
    lines = io.StringIO(newline="")
    writer = csv.writer(lines, delimiter=";", lineterminator="\r\n")
    table = _marked(table, mark)
    writer.writerow(table.headings)
    writer.writerows([spreadsheet_text(cell) for cell in row] for row in table.rows)
    writer.writerow([])
    writer.writerows([spreadsheet_text(line)] for line in about)
    return lines.getvalue().encode("utf-8-sig")


def to_xlsx(
    table: Listing, about: Sequence[str], title: str, mark: str = texts.INTERNAL_MARK
) -> bytes:
    """Write a listing as a workbook; outside text is typed as text and never a formula.

    The mark stands in each row and above every printed page, as :func:`to_csv` has it.
    """
    table = _marked(table, mark)
    target = io.BytesIO()
    with xlsxwriter.Workbook(target, {"in_memory": True, "strings_to_formulas": False}) as book:
        book.set_properties({"title": plain_text(title), "author": texts.APP})
        sheet = book.add_worksheet(action_words.PAGE_MEASURES)
        bold = book.add_format({"bold": True, "text_wrap": True})
        for column, heading in enumerate(table.headings):
            sheet.write_string(0, column, heading, bold)
        for number, row in enumerate(table.rows, start=1):
            for column, cell in enumerate(row):
                sheet.write_string(number, column, plain_text(cell))
        for number, line in enumerate(about, start=len(table.rows) + 2):
            sheet.write_string(number, 0, plain_text(line))
        sheet.set_column(0, len(table.headings) - 1, 24)
        sheet.freeze_panes(1, 2 if mark else 1)
        if mark:
            sheet.set_header(f'&C&"Calibri,Bold"{mark}')
    return target.getvalue()


def _marked(table: Listing, mark: str) -> Listing:
    """A listing with its mark in a first column; the same without one."""
    if not mark:
        return table
    return Listing(
        [file_words.FILE_COLUMNS["mark"], *table.headings],
        [False, *table.numeric],
        [[mark, *row] for row in table.rows],
        [[None, *keys] for keys in table.keys],
    )


def _changed(value: object) -> str:
    word = text_of(value)
    return action_words.MEASURE_STATUSES.get(word) or action_words.APPROACHES.get(word) or word


def _mark(invented: bool) -> str:
    return action_words.INVENTED_ROW if invented else ""


def _word(text: str) -> Cell:
    return (text or formats.NO_VALUE, formats.swedish_order(text) if text else None)


def _day(value: object) -> Cell:
    if pd.isna(value):
        return (formats.NO_VALUE, None)
    return (formats.day(value), float(pd.Timestamp(value).value))
