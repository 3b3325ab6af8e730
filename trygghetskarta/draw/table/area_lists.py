"""A view as lists: the page's table of areas, and the columns that files have."""

import math
from collections.abc import Mapping, Sequence
from types import SimpleNamespace
from typing import Any

import pandas as pd

from trygghetskarta import formats
from trygghetskarta.analysis.measures import FIGURES, AreaFigure, Measure
from trygghetskarta.draw.absence import statuses, why_not_computed
from trygghetskarta.draw.shown import Shown, mark_of
from trygghetskarta.draw.table.files import ListFile
from trygghetskarta.draw.table.listing import (
    Absent,
    ListCell,
    ListColumn,
    Listing,
    ReadRow,
    change,
    headed,
    interval,
    listing,
    number,
    seen,
    text,
)
from trygghetskarta.words import file_words, hotspot_words, map_words, perception_words, texts
from trygghetskarta.words.measure_words import COLUMN_WORDS
from trygghetskarta.words.safe import plain_text

_NOT_COMPUTED, _UNLIMITED = Absent(file_words.NOT_COMPUTED), Absent(file_words.UNLIMITED)


def area_table(shown: Shown) -> Listing:
    """The content of the map as the page's table, one row per area.

    Hidden figures read *dold* and missing ones *uppgift saknas*; neither is ever 0.
    """
    table = shown.publishable.table
    columns = [text("name", heading=map_words.AREA)]
    for figure in FIGURES:
        if figure.name in table:
            columns += _page_columns(figure)
    if "verdict" in table:
        heading = COLUMN_WORDS["verdict"].page
        columns.append(_word("verdict", texts.VERDICTS, heading=heading))
    return listing(columns, area_rows(shown, table.index))


def _page_columns(figure: AreaFigure) -> list[ListColumn]:
    said = COLUMN_WORDS[figure.name]
    if figure.is_change:
        columns = [change(figure.name, heading=said.page)]
    else:
        columns = [number(figure.name, decimals=figure.decimals, heading=said.page)]
    if figure.lower:
        write = formats.signed_interval if figure.is_change else formats.interval
        between = ends(figure.lower, figure.upper)
        told = interval(figure.lower, between, figure.decimals, write=write, heading=said.interval)
        columns.append(told)
    return columns


def ends(lower: str, upper: str, times: float = 1) -> ReadRow:
    """Reads an interval from two columns."""

    def of(row: Any) -> Any:
        low, high = getattr(row, lower), getattr(row, upper)
        return low if isinstance(low, Absent) else (times * low, times * high)

    return of


def _word(key: str, words: Mapping[Any, str], otherwise: str = "", **how: Any) -> ListColumn:
    """A column of words of a closed list."""

    def of(row: Any) -> str:
        value = getattr(row, key)
        return value if isinstance(value, Absent) else words.get(value, otherwise)

    return text(key, of, **how)


def _figure(key: str, decimals: int, times: float = 1, **how: Any) -> ListColumn:
    """A figure as files have it: what cannot be computed is told in words."""

    def tell(row: Any) -> ListCell:
        value = getattr(row, key)
        if not isinstance(value, Absent):
            if math.isfinite(value):
                return ListCell(str(value), times * float(value))
            value = _NOT_COMPUTED if math.isnan(value) else _UNLIMITED
        return ListCell(str(value), None)

    return ListColumn(key, tell, is_number=True, decimals=decimals, **{"width": 15, **how})


def _file_columns(figure: AreaFigure) -> list[ListColumn]:
    said = COLUMN_WORDS[figure.name]
    named = zip(figure.columns.items(), (said.file, said.lower, said.upper), strict=False)
    return [
        _figure(
            column,
            figure.decimals,
            heading=heading,
            field=field,
            is_change=figure.is_change,
            width={"count": 11, "population": 10}.get(column, 15),
        )
        for (column, field), heading in named
    ]


OF_AREAS = (
    *headed(
        file_words.FILE_COLUMNS,
        text("area_code", width=12, field="kod"),
        text("name", width=30, field="namn"),
    ),
    *(column for figure in FIGURES for column in _file_columns(figure)),
    *headed(
        {"verdict": COLUMN_WORDS["verdict"].file},
        _word("verdict", texts.VERDICTS, _NOT_COMPUTED, width=30, field="bedomning"),
    ),
)
"""What files tell of areas, in order; each view has those that it has figures for."""

_HOTSPOTS, _QUADRANTS = hotspot_words.HOTSPOT_CLASSES, perception_words.QUADRANT_NAMES
OF_CELLS_AND_SURVEYS = (
    *headed(
        file_words.CELL_COLUMNS,
        _figure("density", 1, field="per_km2_och_ar"),
        _figure("z", 2, field="z_varde"),
        _figure("p_cell", 4, field="p_varde"),
        _figure("trend_s", 0, field="trend"),
        _word("significant", texts.YES_NO, texts.MISSING, width=15, field="hopning"),
        _word("hotspot_class", _HOTSPOTS, texts.MISSING, width=15, field="utveckling"),
    ),
    *headed(
        perception_words.PERCEPTION_FILE_COLUMNS,
        _figure("answers", 0, field="antal_svar"),
        _figure("share", 1, 100, field="otrygga_procent"),
        _figure("share_lower", 1, 100, field="otrygga_undre"),
        _figure("share_upper", 1, 100, field="otrygga_ovre"),
        _word("quadrant", _QUADRANTS, texts.MISSING, width=15, field="lage"),
    ),
)
"""What files tell besides of cells of a grid, and of answers to a survey."""


def area_file(shown: Shown) -> ListFile:
    """A view as a list to take home: areas in Swedish order of their names.

    A file is no more exact than the page, so it reveals no more.
    """
    facts, codes = shown.facts, ordered(shown)
    rows = area_rows(shown, codes)
    there = {"area_code", "name", *shown.publishable.table}
    columns = [one for one in (*OF_AREAS, *OF_CELLS_AND_SURVEYS) if one.key in there]
    legend = [file_words.legend_count(entry.label, entry.n) for entry in shown.legend]
    return ListFile(
        shown.title,
        listing(columns, rows),
        mark_of(shown),
        facts.end,
        shown.summary,
        [*shown.caption, *(line for line in facts.caveats if line not in shown.caption)],
        file_words.view_path(facts.link, facts.page),
        [(file_words.ABOUT_LEGEND, plain_text(line)) for line in (shown.legend_title, *legend)],
        frozen=2,
        reasons=_reasons(shown, columns, rows),
    )


def _reasons(
    shown: Shown, columns: Sequence[ListColumn], rows: Sequence[SimpleNamespace]
) -> list[str]:
    """Why figures are not computed: a line for each column and reason, with the areas."""
    lines = []
    for column in columns:
        lacking = [row for row in rows if column.tell(row).told == file_words.NOT_COMPUTED]
        measure = _COLOURED_BY.get(column.key)
        if not lacking or column.key in _LIMITS:
            continue
        known = {} if measure is None else dict(why_not_computed(shown.publishable.table, measure))
        told: dict[str, list[str]] = {}
        for row in lacking:
            why = known.get(row.area_code, file_words.NOT_ENOUGH)
            told.setdefault(why, []).append(row.name)
        lines += [
            file_words.why_not_computed(column.heading, why, names) for why, names in told.items()
        ]
    return lines


_COLOURED_BY = {measure.declared.value.name: measure for measure in Measure}
_LIMITS = frozenset(name for one in FIGURES for name in (one.lower, one.upper) if name)


def ordered(shown: Shown) -> list[Any]:
    """The codes of areas in Swedish order of their names."""
    names = shown.names.loc[shown.publishable.table.index]
    keys = [formats.swedish_order(name) for name in names]
    return [code for _, code in sorted(zip(keys, names.index, strict=True))]


def area_rows(shown: Shown, codes: Sequence[Any] | pd.Index) -> list[SimpleNamespace]:
    """What is known of areas, under the names of columns: the value, or the word that hides it."""
    table = shown.publishable.table.loc[codes]
    told = {
        key: [seen(*pair) for pair in zip(table[key], status, strict=True)]
        for key, status in statuses(table).items()
        if key in table
    }
    told["area_code"] = [str(code) for code in codes]
    told["name"] = [str(name) for name in shown.names.reindex(codes)]
    return [
        SimpleNamespace(**dict(zip(told, row, strict=True)))
        for row in zip(*told.values(), strict=True)
    ]
