"""Tables of risk, perceived safety and the three pictures, as the page shows them."""

import math
from collections.abc import Sequence
from typing import Any

import pandas as pd

from trygghetskarta import formats
from trygghetskarta.analysis.disclosure import Publishable
from trygghetskarta.analysis.survey import FLAGGED_BELOW
from trygghetskarta.draw.table.listing import Listing
from trygghetskarta.draw.table.view_columns import statuses
from trygghetskarta.subjects.perception.perception_shown import PerceptionShown
from trygghetskarta.terms.audience import CellStatus
from trygghetskarta.terms.perception import Perspective, Quadrant, SamplingMethod
from trygghetskarta.words import perception_words, texts

_WORDS = {CellStatus.HIDDEN: texts.HIDDEN, CellStatus.MISSING: texts.MISSING}
_Column = tuple[str, bool, list[str], list]


def perception_table(view: PerceptionShown) -> Listing:
    """Both measures of every district, each with its interval and what it rests on."""
    table = view.shown.publishable.table
    status = statuses(table)
    names = [str(name) for name in view.shown.names.loc[table.index]]
    count, answers = status["count"], status["answers"]
    shares = 100 * table[["share", "share_lower", "share_upper"]]
    columns = [
        _column("name", names, names, numeric=False),
        _figures("rate", table["rate"], count, 1),
        _intervals("interval", table["lower"], table["upper"], count, 1, ""),
        _figures("count", table["count"], count, 0),
        _figures("population", table["population"], status["population"], 0),
        _figures("share", shares["share"], answers, 0, "\u00a0%"),
        _intervals(
            "share_interval", shares["share_lower"], shares["share_upper"], answers, 0, "\u00a0%"
        ),
        _answers(table["answers"], answers),
        _column("quadrant", *_quadrants(table, status["quadrant"]), numeric=False),
    ]
    return _listing(columns)


def pictures_table(
    names: pd.Series,
    sides: pd.DataFrame,
    alone: pd.Series,
    voices: pd.DataFrame,
    findings: Publishable,
) -> Listing:
    """What each picture shows of every district, and whose voice is missing."""
    codes = names.index
    seen = findings.table.loc[codes]
    told = voices.loc[codes]
    shown = [str(name) for name in names]
    columns = [_column("name", shown, shown, numeric=False)]
    for picture, key in zip(Perspective, ("police", "city", "citizens"), strict=True):
        words = [_side(side) for side in sides.loc[codes, picture]]
        columns.append(_column(key, words, words, numeric=False))
    only = [
        perception_words.PICTURES[word] if word else formats.NO_VALUE for word in alone.loc[codes]
    ]
    columns.append(_column("alone", only, only, numeric=False))
    rate = told["answers_per_1000"]
    columns.append(_with_count("answers_per_1000", rate, told["answers"], told["status"]))
    columns.append(
        _with_count("findings_per_1000", seen["crude_rate"], seen["count"], seen["status"])
    )
    quiet = [
        _quiet(answers, findings)
        for answers, findings in zip(told["quiet_answers"], told["quiet_findings"], strict=True)
    ]
    columns.append(_column("quiet", quiet, quiet, numeric=False))
    return _listing(columns)


def series_table(series: pd.DataFrame) -> pd.DataFrame:
    """A question through the years."""
    words = perception_words.PERCEPTION_COLUMNS
    return pd.DataFrame(
        {
            words["year"]: series["year"].astype(str),
            words["share"]: [
                _WORDS.get(status) or formats.share(value)
                for value, status in zip(series["share"], series["status"], strict=True)
            ],
            words["share_interval"]: [
                _series_interval(row) for row in series.itertuples(index=False)
            ],
            words["answers"]: [
                _WORDS.get(status) or formats.number(value)
                for value, status in zip(series["answers"], series["status"], strict=True)
            ],
            words["method"]: [
                perception_words.SAMPLING_METHODS[SamplingMethod(word)]
                for word in series["sampling_method"]
            ],
        }
    )


def _series_interval(row: Any) -> str:
    if row.status in _WORDS:
        return _WORDS[row.status]
    if math.isnan(row.share_lower):
        return perception_words.NO_INTERVAL
    return f"{formats.interval(100 * row.share_lower, 100 * row.share_upper)}\u00a0%"


def _column(key: str, told: list[str], keys: Sequence, *, numeric: bool) -> _Column:
    return perception_words.PERCEPTION_COLUMNS[key], numeric, told, list(keys)


def _figures(
    key: str, values: pd.Series, status: Sequence[str], decimals: int, unit: str = ""
) -> _Column:
    told = [
        _WORDS.get(reason) or _with_unit(formats.number(value, decimals), unit)
        for value, reason in zip(values, status, strict=True)
    ]
    return _column(key, told, _keys(values, status), numeric=True)


def _intervals(
    key: str, low: pd.Series, high: pd.Series, status: Sequence[str], decimals: int, unit: str
) -> _Column:
    told = [
        _WORDS.get(reason) or _with_unit(formats.interval(one, other, decimals), unit)
        for one, other, reason in zip(low, high, status, strict=True)
    ]
    return _column(key, told, _keys(low, status), numeric=True)


def _answers(values: pd.Series, status: Sequence[str]) -> _Column:
    """Numbers of answers, flagged where they are few."""
    told = [
        _WORDS.get(reason)
        or formats.number(value)
        + (f" ({perception_words.FEW_ANSWERS_MARK})" if value < FLAGGED_BELOW else "")
        for value, reason in zip(values, status, strict=True)
    ]
    return _column("answers", told, _keys(values, status), numeric=True)


def _with_count(key: str, rate: pd.Series, n: pd.Series, status: Sequence[str]) -> _Column:
    told = [
        _WORDS.get(reason) or f"{formats.number(value, 1)} (n = {formats.number(count)})"
        for value, count, reason in zip(rate, n, status, strict=True)
    ]
    return _column(key, told, _keys(rate, status), numeric=True)


def _quadrants(table: pd.DataFrame, status: Sequence[str]) -> tuple[list[str], list]:
    order = {quadrant.value: place for place, quadrant in enumerate(Quadrant)}
    told = [
        _WORDS.get(reason) or perception_words.QUADRANT_NAMES.get(word, texts.MISSING)
        for word, reason in zip(table["quadrant"], status, strict=True)
    ]
    return told, [order.get(word) for word in table["quadrant"]]


def _side(side: str | None) -> str:
    return perception_words.SIDES.get(side, perception_words.SIDE_UNKNOWN)


def _quiet(answers: bool, findings: bool) -> str:
    words = [
        word
        for word, quiet in (
            (perception_words.QUIET_ANSWERS, answers),
            (perception_words.QUIET_FINDINGS, findings),
        )
        if quiet
    ]
    return ", ".join(words) or perception_words.QUIET_NONE


def _with_unit(number: str, unit: str) -> str:
    return number if number == formats.NO_VALUE else number + unit


def _keys(values: pd.Series, status: Sequence[str]) -> list[float | None]:
    return [
        None if reason in _WORDS or pd.isna(value) else float(value)
        for value, reason in zip(values, status, strict=True)
    ]


def _listing(columns: list[_Column]) -> Listing:
    headings, numeric, told, keys = zip(*columns, strict=True)
    return Listing(
        list(headings),
        list(numeric),
        [list(row) for row in zip(*told, strict=True)],
        [list(row) for row in zip(*keys, strict=True)],
    )
