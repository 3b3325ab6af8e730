"""Small pieces of HTML for the pages: banner, caption, key figures. Outside text is escaped."""

from collections.abc import Sequence

import pandas as pd

from trygghetskarta import formats
from trygghetskarta.analysis.measures import AreaFigure, Measure
from trygghetskarta.terms.audience import CellStatus, ShowRule
from trygghetskarta.words import import_words, map_words, texts
from trygghetskarta.words.measure_words import MEASURE_WORDS, MeasureWords
from trygghetskarta.words.safe import html_text


def banner(municipality: str, is_example: bool) -> str:
    """Head of every page: the program's name, the municipality, the example mark."""
    mark = (
        f'<span class="tk-banner-mark">{html_text(texts.EXAMPLE_MARK)}</span>' if is_example else ""
    )
    return (
        f'<div class="tk-banner"><span class="tk-banner-name">{html_text(texts.APP)}</span>'
        f'<span class="tk-banner-place">{html_text(municipality)}</span>{mark}</div>'
    )


def heading(title: str, summary: str) -> str:
    """A view's title and its summary."""
    return (
        f'<h1 class="tk-title">{html_text(title)}</h1>'
        f'<p class="tk-summary">{html_text(summary)}</p>'
    )


def caption(lines: Sequence[str]) -> str:
    """The lines that follow the figures."""
    return f'<div class="tk-caption">{"".join(f"<p>{html_text(line)}</p>" for line in lines)}</div>'


def key_figures(figures: pd.Series, share: float, rule: ShowRule) -> str:
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
        _rate_card(figures, one.declared.value, one.declared.exposure, MEASURE_WORDS[one])
        for one in Measure
        if one.declared.exposure and one.declared.value.name in figures.index
    )
    cards = [_count_card(figures, share, rule), *rates]
    if "verdict" in figures.index:
        cards.append(_change_card(figures))
    return f'<div class="tk-cards">{"".join(cards)}</div>'


def notice(text: str) -> str:
    """A caveat that stands by itself."""
    return f'<p class="tk-notice">{html_text(text)}</p>'


def open_link(address: str, label: str) -> str:
    """A link that looks like a button and opens in the same window."""
    return f'<a class="tk-open" href="{html_text(address)}" target="_self">{html_text(label)}</a>'


def step(number: int, title: str, text: str) -> str:
    """One of a few steps: its number, what is done, and how."""
    return (
        f'<p class="tk-step"><span class="tk-step-number">{number}</span>{html_text(title)}</p>'
        f'<p class="tk-text">{html_text(text)}</p>'
    )


def place_title(name: str, label: str) -> str:
    """An area's name and, internally, its dated place on the police list."""
    told = (
        f'<p class="tk-label-line">{html_text(map_words.LABEL_INTERNAL)}: {html_text(label)}</p>'
        if label
        else ""
    )
    return f'<h2 class="tk-place">{html_text(name)}</h2>{told}'


def _card(label: str, value: str, detail: str) -> str:
    return (
        f'<div class="tk-card"><div class="tk-card-label">{html_text(label)}</div>'
        f'<div class="tk-card-value">{html_text(value)}</div>'
        f'<div class="tk-card-detail">{html_text(detail)}</div></div>'
    )


def one_figure(label: str, count: float, detail: str) -> str:
    """One count with what it is a part of."""
    return f'<div class="tk-cards">{_card(label, formats.number(count), detail)}</div>'


def cards(told: Sequence[tuple[str, str, str]]) -> str:
    """Figures side by side: label, value and what it rests on."""
    return f'<div class="tk-cards">{"".join(_card(*one) for one in told)}</div>'


def _count_card(figures: pd.Series, share: float, rule: ShowRule) -> str:
    if figures["status"] == CellStatus.HIDDEN:
        return _card(map_words.PROFILE_COUNT, texts.HIDDEN, map_words.hidden_reason(rule.threshold))
    if figures["status"] == CellStatus.MISSING:
        return _card(map_words.PROFILE_COUNT, formats.NO_VALUE, texts.MISSING)
    detail = f"{map_words.PROFILE_SHARE}: {formats.share(share, 1)}"
    return _card(map_words.PROFILE_COUNT, formats.number(figures["count"]), detail)


def _rate_card(
    figures: pd.Series, rate: AreaFigure, exposure: AreaFigure, said: MeasureWords
) -> str:
    value = formats.number(figures[rate.name], rate.decimals)
    if value == formats.NO_VALUE:
        return _card(said.card, value, said.card_none)
    between = formats.interval(figures[rate.lower], figures[rate.upper], rate.decimals)
    divided_by = formats.number(figures[exposure.name], exposure.decimals)
    detail = said.card_detail.format(between=between, exposure=divided_by)
    return _card(said.card, value, detail)


def _change_card(figures: pd.Series) -> str:
    verdict = figures["verdict"]
    if not isinstance(verdict, str):
        return _card(map_words.PROFILE_CHANGE, formats.NO_VALUE, texts.MISSING)
    percent = formats.signed(figures["percent"])
    value = percent if percent == formats.NO_VALUE else f"{percent}\u00a0%"
    between = formats.signed_interval(figures["percent_lower"], figures["percent_upper"])
    detail = map_words.change_detail(texts.VERDICTS[verdict], between, figures["previous"])
    return _card(map_words.PROFILE_CHANGE, value, detail)


def side_title(period: str, role: str) -> str:
    """Head of one of two maps: its period, and which of the two it is."""
    return (
        f'<h2 class="tk-place">{html_text(period)} '
        f'<span class="tk-side-role">{html_text(role)}</span></h2>'
    )


def small_heading(text: str) -> str:
    """A heading inside a page."""
    return f'<h3 class="tk-small-heading">{html_text(text)}</h3>'


def series_legend() -> str:
    """What bars and line of the monthly chart mean."""
    return (
        '<div class="tk-series-legend">'
        f'<span><i class="tk-now"></i>{html_text(map_words.SERIES_CURRENT)}</span>'
        f'<span><i class="tk-then"></i>{html_text(map_words.SERIES_PREVIOUS)}</span></div>'
    )


def report(numbers: dict[str, int]) -> str:
    """The numbers of an import, the sum first, as a table."""
    rows = "".join(
        f'<tr class="{"tk-sum" if name in _FIRST_OF_GROUP else ""}">'
        f"<td>{html_text(import_words.REPORT_NUMBERS[name])}</td>"
        f"<td>{formats.number(value)}</td></tr>"
        for name, value in numbers.items()
    )
    return f'<table class="tk-report"><tbody>{rows}</tbody></table>'


_FIRST_OF_GROUP = ("new", "matched_by_point")


def paragraphs(lines: Sequence[str]) -> str:
    """Running text."""
    return "".join(f'<p class="tk-text">{html_text(line)}</p>' for line in lines)


def status(lines: Sequence[tuple[str, str]]) -> str:
    """Labels and values of the store, as a table."""
    rows = "".join(
        f"<tr><td>{html_text(label)}</td><td>{html_text(value)}</td></tr>" for label, value in lines
    )
    return f'<table class="tk-report"><tbody>{rows}</tbody></table>'


def labelled(lines: Sequence[tuple[str, str]]) -> str:
    """Labels with running text: a list of terms, for fields that may be long."""
    rows = "".join(
        f"<dt>{html_text(label)}</dt><dd>{html_text(value)}</dd>" for label, value in lines
    )
    return f'<dl class="tk-fields">{rows}</dl>'
