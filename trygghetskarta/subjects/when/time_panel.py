"""When it happens, as charts with a table behind each, or the sentence that says why not."""

import altair
import streamlit as st

from trygghetskarta.desk import filters, panel
from trygghetskarta.draw import snippets
from trygghetskarta.draw.chart import time_charts
from trygghetskarta.draw.table import time_listing
from trygghetskarta.gate.choice import Choice
from trygghetskarta.subjects.when import time_data
from trygghetskarta.subjects.when.time_data import TimeAnswer
from trygghetskarta.subjects.when.times import TimePart, Times
from trygghetskarta.terms import Beside
from trygghetskarta.words import error_words, time_words


def beside(choice: Choice, districts: dict[str, str]) -> None:
    """Choose what stands beside."""
    first, second = st.columns([5, 4], vertical_alignment="bottom")
    with first:
        filters.segments(time_words.BESIDE, "beside", choice.beside, time_words.BESIDES)
    if choice.beside is Beside.DISTRICT:
        with second:
            names = {"": time_words.BESIDE_DISTRICT_NONE} | districts
            current = choice.other if choice.other in names else ""
            filters.select(time_words.BESIDE_DISTRICT, "other", current, names)


def show(answer: TimeAnswer, highest: tuple[float | None, float | None], place: str) -> None:
    """Draw every part of one answer.

    Parameters
    ----------
    answer
        The answer; not a refused one.
    highest
        Values of the darkest colours, shared with what stands beside.
    place
        Tells the widgets of two answers apart.
    """
    found = answer.found
    st.html(snippets.heading(answer.title, time_words.when_summary(found.facts)))
    hours, days = highest
    _part(found, TimePart.HOURS)
    if found.hours is not None:
        chart = time_charts.hour_by_weekday(found.hours, hours)
        _chart(chart, time_listing.hours_table(found.hours), f"{place}-hours")
        st.html(snippets.notice(time_words.hours_caption(found.quality)))
    _part(found, TimePart.LIGHT)
    if found.light is not None:
        chart = time_charts.by_light(found.light)
        _chart(chart, time_listing.light_table(found.light), f"{place}-light")
        st.html(snippets.notice(time_words.light_caption()))
    _part(found, TimePart.SEASON)
    if found.season is not None:
        chart = time_charts.by_month(found.season)
        _chart(chart, time_listing.season_table(found.season), f"{place}-season")
        st.html(snippets.notice(time_words.season_caption()))
    _part(found, TimePart.TREND)
    if found.trend is not None:
        level = found.trend.level
        chart = time_charts.month_trend(found.monthly, level)
        _chart(chart, time_listing.trend_table(found.monthly, level), f"{place}-trend")
        st.html(snippets.notice(time_words.trend_caption(found.trend)))
    _part(found, TimePart.CALENDAR)
    if found.daily is None:
        st.html(snippets.notice(time_words.WHEN_DAYS_HIDDEN))
    else:
        chart = time_charts.calendar_year(found.daily, days)
        _chart(chart, time_listing.calendar_table(found.daily), f"{place}-calendar")
    st.html(snippets.caption(answer.caption))


def files(answer: TimeAnswer, place: str) -> None:
    """One answer as files."""
    panel.deck_buttons(answer.title, lambda kind: time_data.deck_file(answer, kind), place)


def _part(found: Times, part: TimePart) -> None:
    st.html(snippets.small_heading(time_words.when_part(part.value, found.answer.span.end)))
    if part in found.problems:
        st.html(snippets.notice(error_words.error_sentence(found.problems[part])))


def _chart(chart: altair.TopLevelMixin, table: object, key: str) -> None:
    st.altair_chart(chart, width="stretch", key=key)
    with st.expander(time_words.CHART_TABLE):
        st.dataframe(table, hide_index=True, width="stretch", key=f"{key}-table")
