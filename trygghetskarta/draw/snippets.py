"""Small pieces of HTML for the pages: banner, caption, key figures. Outside text is escaped."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any, NamedTuple

import pandas as pd
from markupsafe import Markup

from trygghetskarta import formats
from trygghetskarta.analysis.measures import AreaFigure, Measure
from trygghetskarta.draw.absence import why_absent
from trygghetskarta.draw.templates import template
from trygghetskarta.terms.audience import CellStatus, ShowRule
from trygghetskarta.words import import_words, map_words, texts
from trygghetskarta.words.measure_words import MEASURE_WORDS

_HTML: Any = template(__package__, "snippets.html.jinja", texts=texts, words=map_words).module

# Each is a macro there, which says what it is for.
banner: Callable[[str, bool], Markup] = _HTML.banner
heading: Callable[[str, str], Markup] = _HTML.heading
caption: Callable[[Sequence[str]], Markup] = _HTML.caption
notice: Callable[[str], Markup] = _HTML.notice
open_link: Callable[[str, str], Markup] = _HTML.open_link
step: Callable[[int, str, str], Markup] = _HTML.step
place_title: Callable[[str, str], Markup] = _HTML.place_title
cards: Callable[[Sequence[tuple[str, str, str]]], Markup] = _HTML.cards
side_title: Callable[[str, str], Markup] = _HTML.side_title
small_heading: Callable[[str], Markup] = _HTML.small_heading
series_legend: Callable[[], Markup] = _HTML.series_legend
paragraphs: Callable[[Sequence[str]], Markup] = _HTML.paragraphs
status: Callable[[Sequence[tuple[str, str]]], Markup] = _HTML.status
labelled: Callable[[Sequence[tuple[str, str]]], Markup] = _HTML.labelled


class _Month(NamedTuple):
    text: str
    share: str  # of the fullest month
    empty: bool


_Card = tuple[str, str, str]
_FIRST_OF_GROUP = ("new", "matched_by_point")


def key_figures(figures: pd.Series, share: float, rule: ShowRule) -> Markup:
    """The figures of an area, each with its interval or verdict: count, rates, change.

    Parameters
    ----------
    figures
        A row of a gated table.
    share
        The area's part of the municipality's offences.
    rule
        What may be shown; its threshold explains a hidden figure.
    """
    rates = (
        _rate_card(figures, one, one.declared.exposure)
        for one in Measure
        if one.declared.exposure and one.declared.value.name in figures.index
    )
    told = [_count_card(figures, share, rule), *rates]
    if "verdict" in figures.index:
        told.append(_change_card(figures))
    return cards(told)


def one_figure(label: str, count: float, detail: str) -> Markup:
    """One count with what it is a part of."""
    return cards([(label, formats.number(count), detail)])


def report(numbers: dict[str, int]) -> Markup:
    """The numbers of an import, the sum first, as a table."""
    said = import_words.REPORT_NUMBERS
    lines = [(said[name], formats.number(value)) for name, value in numbers.items()]
    return _HTML.status(lines, [said[name] for name in _FIRST_OF_GROUP])


def months(held: Sequence[tuple[date, int]]) -> Markup:
    """Offences of each month, a row for each year; nothing for months outside those told of."""
    most = max(number for _, number in held)
    told: dict[int, list[_Month | None]] = {}
    for month, number in held:
        row = told.setdefault(month.year, [None] * 12)
        share = round(number / most, 3) if most else 0
        row[month.month - 1] = _Month(formats.number(number), f"{share:.3f}", number == 0)
    names = [formats.month_name(number)[:3] for number in range(1, 13)]
    caption, year = import_words.MONTHS_CAPTION, import_words.YEAR
    return _HTML.months(caption, year, names, list(told.items()))


class FaultyRow(NamedTuple):
    """A row that waits to be put right, or would: its number, what is wrong, and lines below."""

    number: int
    why: str
    more: tuple[str, ...] = ()


def faulty(rows: Sequence[FaultyRow]) -> Markup:
    """Rows of a file and what is wrong with each, in a box of its own that scrolls."""
    label, row, why = import_words.QUARANTINE, import_words.FAULTY_ROW, import_words.FAULTY_WHY
    return _HTML.faulty(label, row, why, rows)


def _count_card(figures: pd.Series, share: float, rule: ShowRule) -> _Card:
    if figures["status"] == CellStatus.HIDDEN:
        return map_words.PROFILE_COUNT, texts.HIDDEN, map_words.hidden_reason(rule.threshold)
    if figures["status"] == CellStatus.MISSING:
        return map_words.PROFILE_COUNT, formats.NO_VALUE, texts.MISSING
    detail = f"{map_words.PROFILE_SHARE}: {formats.share(share, 1)}"
    return map_words.PROFILE_COUNT, formats.number(figures["count"]), detail


def _rate_card(figures: pd.Series, measure: Measure, exposure: AreaFigure) -> _Card:
    rate, said = measure.declared.value, MEASURE_WORDS[measure]
    value = formats.number(figures[rate.name], rate.decimals)
    if value == formats.NO_VALUE:
        return said.card, value, why_absent(figures, measure)
    between = formats.interval(figures[rate.lower], figures[rate.upper], rate.decimals)
    divided_by = formats.number(figures[exposure.name], exposure.decimals)
    detail = said.card_detail.format(between=between, exposure=divided_by)
    return said.card, value, detail


def _change_card(figures: pd.Series) -> _Card:
    verdict = figures["verdict"]
    if not isinstance(verdict, str):
        return map_words.PROFILE_CHANGE, formats.NO_VALUE, texts.MISSING
    percent = formats.signed(figures["percent"])
    value = percent if percent == formats.NO_VALUE else f"{percent}\u00a0%"
    between = formats.signed_interval(figures["percent_lower"], figures["percent_upper"])
    detail = map_words.change_detail(texts.VERDICTS[verdict], between, figures["previous"])
    return map_words.PROFILE_CHANGE, value, detail
