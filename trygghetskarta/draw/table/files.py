"""What is shown, as the bytes of a CSV file, a workbook and a GeoPackage."""

import csv
import io
import math
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time

import geopandas as gpd
import pandas as pd
import pyogrio
import xlsxwriter

from trygghetskarta import formats
from trygghetskarta.analysis.measures import FIGURES, AreaFigure
from trygghetskarta.draw import palette
from trygghetskarta.draw.shown import Shown, mark_of
from trygghetskarta.terms.audience import CellStatus
from trygghetskarta.words import file_words, hotspot_words, perception_words, texts
from trygghetskarta.words.measure_words import COLUMN_WORDS
from trygghetskarta.words.safe import plain_text, spreadsheet_text

_DECIMALS = {column: one.decimals for one in FIGURES for column in one.columns} | {
    "density": 1,
    "z": 2,
    "p_cell": 4,
    "trend_s": 0,
    "answers": 0,
    "share": 1,
    "share_lower": 1,
    "share_upper": 1,
}
"""Figures and their decimals: a file is no more exact than the page, so it reveals no more."""

_OF_CELLS = ("density", "z", "p_cell", "trend_s")
_OF_ANSWERS = ("answers", "share", "share_lower", "share_upper")
_PER_CENT = frozenset({"share", "share_lower", "share_upper"})
"""Shares from 0 to 1 that are written in per cent."""

_WORDS_OF_CELLS = {
    "significant": texts.YES_NO,
    "hotspot_class": {word.value: text for word, text in hotspot_words.HOTSPOT_CLASSES.items()},
}
"""Columns of cells that hold words of a closed list."""

_WORDS = {CellStatus.HIDDEN: texts.HIDDEN, CellStatus.MISSING: texts.MISSING}
_LONGEST_CELL = 32_767
"""Characters that a workbook's cell may hold."""


@dataclass(frozen=True)
class _Column:
    """One column of the table: numbers, and words where there is no number to tell."""

    key: str
    values: tuple[float | int | str, ...]

    @property
    def heading(self) -> str:
        return _HEADINGS[self.key]


def _figure_headings(figure: AreaFigure) -> dict[str, str]:
    said = COLUMN_WORDS[figure.name]
    return dict(zip(figure.columns, (said.file, said.lower, said.upper), strict=False))


_HEADINGS = (
    file_words.FILE_COLUMNS
    | {column: heading for one in FIGURES for column, heading in _figure_headings(one).items()}
    | {"verdict": COLUMN_WORDS["verdict"].file}
    | file_words.CELL_COLUMNS
    | perception_words.PERCEPTION_FILE_COLUMNS
)
_FIELDS = (
    file_words.LAYER_FIELDS
    | {column: field for one in FIGURES for column, field in one.columns.items()}
    | file_words.LAYER_LAST_FIELDS
    | file_words.CELL_FIELDS
    | perception_words.PERCEPTION_FIELDS
)


def to_csv(shown: Shown) -> bytes:
    """Write the table as CSV that opens right in a Swedish Excel.

    Parameters
    ----------
    shown
        The view.

    Returns
    -------
    bytes
        UTF-8 with byte order mark, semicolons, decimal comma, CRLF. Row 1 holds the headings, then
        comes one row per area, an empty row, and what must follow the figures, as heading and text.
        Invented and internal figures are marked in the first column of every row, which is seen at
        once, keeps the table readable for programs and follows rows that are copied.
    """
    columns = _columns(shown)
    lines = io.StringIO(newline="")
    writer = csv.writer(lines, delimiter=";", lineterminator="\r\n")
    writer.writerow([column.heading for column in columns])
    for row in zip(*(column.values for column in columns), strict=True):
        writer.writerow([_csv_cell(value) for value in row])
    writer.writerow([])
    for heading, text in _about(shown):
        writer.writerow([heading, spreadsheet_text(text)])
    return lines.getvalue().encode("utf-8-sig")


def to_xlsx(shown: Shown) -> bytes:
    """Write the table as a workbook with one sheet of figures and one about them.

    Parameters
    ----------
    shown
        The view.

    Returns
    -------
    bytes
        The same for the same view: the date of creation is the period's last day. Numbers are
        numbers; outside text is typed as text and never a formula.
    """
    target = io.BytesIO()
    with xlsxwriter.Workbook(target, {"in_memory": True}) as book:
        book.set_properties(
            {
                "title": plain_text(shown.title),
                "comments": "\n".join(plain_text(line) for line in shown.caption),
                "author": texts.APP,
                "created": _stamp(shown),
            }
        )
        _write_table_sheet(book, shown)
        _write_about_sheet(book, shown)
    return target.getvalue()


def to_geopackage(shown: Shown) -> bytes:
    """Write the areas with their figures as a GeoPackage in EPSG:3006.

    Parameters
    ----------
    shown
        The view.

    Returns
    -------
    bytes
        The same for the same view. A layer of areas, where a figure that is hidden, missing or not
        computed is NULL and the field ``status`` tells which, and a table with what must follow the
        figures.
    """
    target = io.BytesIO()
    layer = _layer(shown)
    pyogrio.write_dataframe(
        layer,
        target,
        driver="GPKG",
        layer=file_words.LAYER,
        promote_to_multi=True,
        layer_options={
            "IDENTIFIER": plain_text(shown.title),
            "DESCRIPTION": "\n".join(text for _, text in _about(shown)),
        },
    )
    rows = [*_about(shown), *_legend(shown), *_field_meanings(layer)]
    return _with_about_table(target.getvalue(), rows, _stamp(shown))


def _columns(shown: Shown) -> list[_Column]:
    """The table by columns, one value per area, areas in Swedish order of their names."""
    codes = _ordered(shown.names.loc[shown.publishable.table.index])
    table = shown.publishable.table.loc[codes]
    of_figures = statuses(table)
    columns = [
        _Column("area_code", tuple(str(code) for code in codes)),
        _Column("name", tuple(str(name) for name in shown.names.loc[codes])),
    ]
    columns += [
        _Column(key, _figures(_as_written(table[key]), of_figures[key], _DECIMALS[key]))
        for key in _DECIMALS
        if key in table
    ]
    if "verdict" in table:
        words = tuple(
            _WORDS.get(status) or texts.VERDICTS.get(verdict, file_words.NOT_COMPUTED)
            for verdict, status in zip(table["verdict"], of_figures["verdict"], strict=True)
        )
        columns.append(_Column("verdict", words))
    for key, words in _WORDS_OF_CELLS.items():
        if key in table:
            pairs = zip(table[key], of_figures["count"], strict=True)
            told = (
                _WORDS.get(status) or words.get(value, texts.MISSING) for value, status in pairs
            )
            columns.append(_Column(key, tuple(told)))
    if "quadrant" in table:
        pairs = zip(table["quadrant"], of_figures["quadrant"], strict=True)
        told = (
            _WORDS.get(status) or perception_words.QUADRANT_NAMES.get(value, texts.MISSING)
            for value, status in pairs
        )
        columns.append(_Column("quadrant", tuple(told)))
    if mark_of(shown):
        columns.insert(0, _Column("mark", (mark_of(shown),) * len(codes)))
    return columns


def statuses(table: pd.DataFrame) -> dict[str, Sequence[str]]:
    """The status of every figure: a change is as hidden as the more hidden of its two counts."""
    now = table["status"]
    before = table.get("status_previous", now)
    asked = table.get("status_answers", now)
    resting = {
        ("count",): tuple(now),
        ("previous",): tuple(before),
        ("count", "previous"): tuple(_worse(now, before)),
    }
    return {
        **{
            column: resting[one.rests_on] if one.rests_on else _known(table.get(column, now))
            for one in FIGURES
            for column in one.columns
        },
        "verdict": resting["count", "previous"],
        **dict.fromkeys(_OF_CELLS, tuple(now)),
        **dict.fromkeys(_OF_ANSWERS, tuple(asked)),
        "quadrant": tuple(_worse(now, asked)),
    }


def _known(values: pd.Series) -> tuple[str, ...]:
    """Status of what tells nothing of offences."""
    return tuple(values.isna().map({True: CellStatus.MISSING, False: CellStatus.SHOWN}))


def _worse(one: pd.Series, other: pd.Series) -> pd.Series:
    """Status of what rests on two counts: hidden before missing before shown."""
    both = one.where(one != CellStatus.SHOWN, other)
    return both.where(other != CellStatus.HIDDEN, CellStatus.HIDDEN)


def _as_written(values: pd.Series) -> pd.Series:
    return 100 * values if values.name in _PER_CENT else values


def _figures(
    values: pd.Series, statuses: Sequence[str], decimals: int
) -> tuple[float | int | str, ...]:
    return tuple(
        _WORDS.get(status) or _figure(value, decimals)
        for value, status in zip(values, statuses, strict=True)
    )


def _figure(value: float, decimals: int) -> float | int | str:
    if math.isnan(value):
        return file_words.NOT_COMPUTED
    if math.isinf(value):
        return file_words.UNLIMITED
    return round(float(value), decimals) + 0.0 if decimals else round(float(value))


def _ordered(names: pd.Series) -> list:
    keys = [formats.swedish_order(name) for name in names]
    return [code for _, code in sorted(zip(keys, names.index, strict=True))]


def _about(shown: Shown) -> list[tuple[str, str]]:
    """What must follow the figures, as heading and one line of text."""
    facts = shown.facts
    rows = [(file_words.ABOUT_TITLE, shown.title)]
    if mark_of(shown):
        rows.append((file_words.FILE_COLUMNS["mark"], mark_of(shown)))
    rows.append((file_words.ABOUT_SUMMARY, shown.summary))
    lines = [*shown.caption, *(line for line in facts.caveats if line not in shown.caption)]
    rows += [(file_words.ABOUT_LINE, line) for line in lines]
    written = {value for column in _columns(shown) for value in column.values}
    rows += [(word, meaning) for word, meaning in file_words.ABOUT_WORDS.items() if word in written]
    rows.append((file_words.ABOUT_LINK, file_words.view_path(facts.link, facts.page)))
    return [(heading, plain_text(text)) for heading, text in rows]


def _legend(shown: Shown) -> list[tuple[str, str]]:
    lines = [file_words.legend_count(entry.label, entry.n) for entry in shown.legend]
    return [(file_words.ABOUT_LEGEND, plain_text(line)) for line in (shown.legend_title, *lines)]


def _stamp(shown: Shown) -> datetime:
    """A moment that belongs to the figures and not to the clock."""
    return datetime.combine(shown.facts.end, time(), tzinfo=UTC)


def _csv_cell(value: float | int | str) -> str:
    if isinstance(value, str):
        return spreadsheet_text(value)
    return str(value).replace(".", ",")


_HEAD = {
    "bold": True,
    "text_wrap": True,
    "valign": "vcenter",
    "bg_color": palette.GROUND_TABLE_HEAD,
    "bottom": 1,
    "bottom_color": palette.EDGE,
}
_MARK = {"bold": True, "bg_color": palette.MARK_GROUND, "font_color": palette.MARK_INK}
_WORD = {"italic": True, "font_color": palette.INK_ABSENT_WORKBOOK, "align": "right"}
_NUMBERS = {column: "+0;-0;0" for one in FIGURES if one.is_change for column in one.columns}
_WIDTHS = {"mark": 26, "area_code": 12, "name": 30, "count": 11, "population": 10, "verdict": 30}
_WIDTH = 15


def _write_table_sheet(book: xlsxwriter.Workbook, shown: Shown) -> None:
    sheet = book.add_worksheet(file_words.SHEET_TABLE)
    columns = [column for column in _columns(shown) if column.key != "mark"]
    mark = mark_of(shown)
    head = 1 if mark else 0
    if head:
        _write_mark(book, sheet, mark, len(columns))
    head_format = book.add_format(_HEAD)
    word_format = book.add_format(_WORD)
    sheet.set_row(head, 48)
    for at, column in enumerate(columns):
        sheet.set_column(at, at, _WIDTHS.get(column.key, _WIDTH))
        sheet.write_string(head, at, column.heading, head_format)
        number_format = book.add_format({"num_format": _number_format(column.key)})
        for row, value in enumerate(column.values, head + 1):
            if not isinstance(value, str):
                sheet.write_number(row, at, value, number_format)
            elif column.key in _DECIMALS:
                sheet.write_string(row, at, value, word_format)
            else:
                sheet.write_string(row, at, _cell_text(value))
    last = head + len(columns[0].values)
    sheet.freeze_panes(head + 1, 2)
    sheet.autofilter(head, 0, max(last, head + 1), len(columns) - 1)
    _set_print(sheet, head, mark)


def _write_mark(
    book: xlsxwriter.Workbook, sheet: xlsxwriter.worksheet.Worksheet, mark: str, width: int
) -> None:
    marked = book.add_format(_MARK)
    sheet.write_string(0, 0, mark, marked)
    for at in range(1, width):
        sheet.write_blank(0, at, None, marked)


def _number_format(key: str) -> str:
    return _NUMBERS.get(key) or ("#,##0.0" if _DECIMALS.get(key) else "#,##0")


def _set_print(sheet: xlsxwriter.worksheet.Worksheet, head: int, mark: str) -> None:
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0, head)
    if mark:
        sheet.set_header(f'&C&"Calibri,Bold"{mark}')
    sheet.set_footer(f"&L{texts.APP}&R{file_words.SHEET_PAGE} &P")


def _write_about_sheet(book: xlsxwriter.Workbook, shown: Shown) -> None:
    sheet = book.add_worksheet(file_words.SHEET_ABOUT)
    heading = book.add_format({"bold": True, "valign": "top"})
    text_format = book.add_format({"text_wrap": True, "valign": "top"})
    marked = book.add_format({**_MARK, "text_wrap": True})
    sheet.set_column(0, 0, 18)
    sheet.set_column(1, 1, 100)
    for row, (name, text) in enumerate([*_about(shown), *_legend(shown)]):
        is_mark = name == file_words.FILE_COLUMNS["mark"] or texts.EXAMPLE_MARK in text
        sheet.write_string(row, 0, name, heading)
        sheet.write_string(row, 1, _cell_text(text), marked if is_mark else text_format)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)


def _cell_text(text: str) -> str:
    return plain_text(text)[:_LONGEST_CELL]


def _layer(shown: Shown) -> gpd.GeoDataFrame:
    """The areas with figures under field names that every program accepts."""
    columns = {column.key: column.values for column in _columns(shown)}
    codes = _ordered(shown.names.loc[shown.publishable.table.index])
    table = shown.publishable.table.loc[codes]
    looks = [shown.looks.get(number) for number in shown.class_number.loc[codes]]
    columns |= {
        "status": tuple(_WORDS.get(status, file_words.SHOWN_STATUS) for status in table["status"]),
        "class": tuple(look.label if look else texts.MISSING for look in looks),
        "colour": tuple(look.colour if look else "" for look in looks),
    }
    if "status_previous" in table:
        previous = table["status_previous"]
        columns["status_previous"] = tuple(
            _WORDS.get(status, file_words.SHOWN_STATUS) for status in previous
        )
    fields = {name: _field(key, columns[key]) for key, name in _FIELDS.items() if key in columns}
    borders = shown.areas.geometry.loc[codes].reset_index(drop=True)
    return gpd.GeoDataFrame(fields, geometry=borders, crs=shown.areas.crs)


def _field(key: str, values: Sequence[float | int | str]) -> pd.Series:
    if key not in _DECIMALS:
        return pd.Series([plain_text(str(value)) for value in values], dtype="str")
    numbers = [None if isinstance(value, str) else value for value in values]
    return pd.Series(numbers, dtype="float64" if _DECIMALS[key] else "Int64")


def _field_meanings(layer: gpd.GeoDataFrame) -> list[tuple[str, str]]:
    meanings = _HEADINGS | file_words.LAYER_FIELD_MEANINGS
    return [
        (file_words.ABOUT_FIELD.format(field=name), meanings[key])
        for key, name in _FIELDS.items()
        if name in layer
    ]


def _with_about_table(
    geopackage: bytes, rows: Sequence[tuple[str, str]], moment: datetime
) -> bytes:
    """Add a table without geometry, and put the figures' own date in place of the clock's.

    pyogrio cannot add a second layer to a file that exists only in memory; a GeoPackage is an
    SQLite database, and a table of attributes needs no more than one row in its contents.
    """
    heading, text = file_words.ABOUT_FIELDS
    name = file_words.ABOUT_TABLE
    database = sqlite3.connect(":memory:")
    try:
        database.deserialize(geopackage)
        database.execute(
            f'CREATE TABLE "{name}" (fid INTEGER PRIMARY KEY, "{heading}" TEXT, "{text}" TEXT)'
        )
        database.executemany(f'INSERT INTO "{name}" ("{heading}", "{text}") VALUES (?, ?)', rows)
        database.execute(
            "INSERT INTO gpkg_contents (table_name, data_type, identifier) "
            "VALUES (?, 'attributes', ?)",
            (name, file_words.SHEET_ABOUT),
        )
        database.execute(
            "UPDATE gpkg_contents SET last_change = ?", (moment.strftime("%Y-%m-%dT%H:%M:%S.000Z"),)
        )
        database.commit()
        return _with_fixed_counters(database.serialize())
    finally:
        database.close()


def _with_fixed_counters(database: bytes) -> bytes:
    """Set the number of changes, which varies from run to run, where SQLite's header holds it."""
    fixed = bytearray(database)
    fixed[24:28] = fixed[92:96] = (1).to_bytes(4)
    return bytes(fixed)
