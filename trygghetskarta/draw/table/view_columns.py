"""Columns of a view as files have them: their order, their figures, and what is said of them."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time

import pandas as pd

from trygghetskarta import formats
from trygghetskarta.analysis.measures import FIGURES, AreaFigure
from trygghetskarta.draw.shown import Shown, mark_of
from trygghetskarta.terms.audience import CellStatus
from trygghetskarta.words import file_words, hotspot_words, perception_words, texts
from trygghetskarta.words.measure_words import COLUMN_WORDS
from trygghetskarta.words.safe import plain_text

DECIMALS = {column: one.decimals for one in FIGURES for column in one.columns} | {
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
_WORDS_OF_CELLS: dict[str, dict] = {
    "significant": texts.YES_NO,
    "hotspot_class": {word.value: text for word, text in hotspot_words.HOTSPOT_CLASSES.items()},
}
"""Columns of cells that hold words of a closed list."""
WORDS: dict[str, str] = {CellStatus.HIDDEN: texts.HIDDEN, CellStatus.MISSING: texts.MISSING}


@dataclass(frozen=True)
class ViewColumn:
    """One column of the table: numbers, and words where there is no number to tell."""

    key: str
    values: tuple[float | int | str, ...]

    @property
    def heading(self) -> str:
        return HEADINGS[self.key]


def _figure_headings(figure: AreaFigure) -> dict[str, str]:
    said = COLUMN_WORDS[figure.name]
    return dict(zip(figure.columns, (said.file, said.lower, said.upper), strict=False))


HEADINGS = (
    file_words.FILE_COLUMNS
    | {column: heading for one in FIGURES for column, heading in _figure_headings(one).items()}
    | {"verdict": COLUMN_WORDS["verdict"].file}
    | file_words.CELL_COLUMNS
    | perception_words.PERCEPTION_FILE_COLUMNS
)
FIELDS = (
    file_words.LAYER_FIELDS
    | {column: field for one in FIGURES for column, field in one.columns.items()}
    | file_words.LAYER_LAST_FIELDS
    | file_words.CELL_FIELDS
    | perception_words.PERCEPTION_FIELDS
)


def columns_of(shown: Shown) -> list[ViewColumn]:
    """The table by columns, one value per area, areas in Swedish order of their names."""
    codes = ordered(shown.names.loc[shown.publishable.table.index])
    table = shown.publishable.table.loc[codes]
    of_figures = statuses(table)
    columns = [
        ViewColumn("area_code", tuple(str(code) for code in codes)),
        ViewColumn("name", tuple(str(name) for name in shown.names.loc[codes])),
    ]
    columns += [
        ViewColumn(key, _figures(_as_written(table[key]), of_figures[key], DECIMALS[key]))
        for key in DECIMALS
        if key in table
    ]
    if "verdict" in table:
        verdicts = tuple(
            WORDS.get(status) or texts.VERDICTS.get(verdict, file_words.NOT_COMPUTED)
            for verdict, status in zip(table["verdict"], of_figures["verdict"], strict=True)
        )
        columns.append(ViewColumn("verdict", verdicts))
    for key, words in _WORDS_OF_CELLS.items():
        if key in table:
            pairs = zip(table[key], of_figures["count"], strict=True)
            told = (WORDS.get(status) or words.get(value, texts.MISSING) for value, status in pairs)
            columns.append(ViewColumn(key, tuple(told)))
    if "quadrant" in table:
        pairs = zip(table["quadrant"], of_figures["quadrant"], strict=True)
        told = (
            WORDS.get(status) or perception_words.QUADRANT_NAMES.get(value, texts.MISSING)
            for value, status in pairs
        )
        columns.append(ViewColumn("quadrant", tuple(told)))
    if mark_of(shown):
        columns.insert(0, ViewColumn("mark", (mark_of(shown),) * len(codes)))
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
        WORDS.get(status) or _figure(value, decimals)
        for value, status in zip(values, statuses, strict=True)
    )


def _figure(value: float, decimals: int) -> float | int | str:
    if math.isnan(value):
        return file_words.NOT_COMPUTED
    if math.isinf(value):
        return file_words.UNLIMITED
    return round(float(value), decimals) + 0.0 if decimals else round(float(value))


def ordered(names: pd.Series) -> list:
    """The codes of areas in Swedish order of their names."""
    keys = [formats.swedish_order(name) for name in names]
    return [code for _, code in sorted(zip(keys, names.index, strict=True))]


def about(shown: Shown) -> list[tuple[str, str]]:
    """What must follow the figures, as heading and one line of text."""
    facts = shown.facts
    rows = [(file_words.ABOUT_TITLE, shown.title)]
    if mark_of(shown):
        rows.append((file_words.FILE_COLUMNS["mark"], mark_of(shown)))
    rows.append((file_words.ABOUT_SUMMARY, shown.summary))
    lines = [*shown.caption, *(line for line in facts.caveats if line not in shown.caption)]
    rows += [(file_words.ABOUT_LINE, line) for line in lines]
    written = {value for column in columns_of(shown) for value in column.values}
    rows += [(word, meaning) for word, meaning in file_words.ABOUT_WORDS.items() if word in written]
    rows.append((file_words.ABOUT_LINK, file_words.view_path(facts.link, facts.page)))
    return [(heading, plain_text(text)) for heading, text in rows]


def legend(shown: Shown) -> list[tuple[str, str]]:
    """The classes of the map, as heading and one line of text."""
    lines = [file_words.legend_count(entry.label, entry.n) for entry in shown.legend]
    return [(file_words.ABOUT_LEGEND, plain_text(line)) for line in (shown.legend_title, *lines)]


def stamp(shown: Shown) -> datetime:
    """A moment that belongs to the figures and not to the clock."""
    return datetime.combine(shown.facts.end, time(), tzinfo=UTC)
