"""What the page När händer det asks, cached like everything pages ask."""

from dataclasses import dataclass

import streamlit as st

from trygghetskarta.desk import data, file_data
from trygghetskarta.draw.chart import time_charts
from trygghetskarta.draw.chart.theme import Specification
from trygghetskarta.draw.deck import page_decks
from trygghetskarta.draw.table import time_listing
from trygghetskarta.draw.table.listing import Listing
from trygghetskarta.gate.choice import AnswerKind, Choice
from trygghetskarta.intake import status
from trygghetskarta.subjects.when import ask as when_ask
from trygghetskarta.subjects.when.ask import TimePart, Times
from trygghetskarta.terms.maps import MapPage
from trygghetskarta.words import map_words, time_words


@dataclass(frozen=True, eq=False)
class TimeAnswer:
    """The answer to a choice with its title and caption."""

    found: Times
    title: str
    caption: tuple[str, ...]


def answers(choice: Choice) -> list[TimeAnswer]:
    """The answer to a choice, and to what stands beside it."""
    other = when_ask.beside(data.world(), choice)
    return [answer(one) for one in (choice, other) if one is not None]


@data.kept(32, reads=AnswerKind.OFFENCES)
def answer(choice: Choice) -> TimeAnswer:
    """The answer to a choice."""
    found = when_ask.find(data.world(), choice)
    if found.facts is None:
        return TimeAnswer(found, "", ())
    threshold = found.answer.rule.threshold
    return TimeAnswer(
        found,
        time_words.when_title(found.facts),
        map_words.caption(found.facts, 0, threshold, is_map=False),
    )


def highest(found: list[TimeAnswer]) -> tuple[float | None, float | None]:
    """The values of the darkest colour that tables side by side share: of hours, of days."""
    hours = [one.found.hours.to_numpy().max() for one in found if one.found.hours is not None]
    days = [one.found.daily.max() for one in found if one.found.daily is not None]
    # A year without any data has no highest day.
    return max(hours, default=None), max((day for day in days if day == day), default=None)


@dataclass(frozen=True, eq=False)
class DrawnPart:
    """A chart, the table behind it, and what must be said of both (may be empty)."""

    chart: Specification
    table: Listing
    caption: str = ""


def drawn(
    shown: TimeAnswer, highest: tuple[float | None, float | None]
) -> dict[TimePart, DrawnPart]:
    """The parts that can be drawn; ``highest`` are the values of the darkest colours."""
    identity, version = status.fingerprint(data.workplace())
    choice = shown.found.answer.choice.deciding(AnswerKind.OFFENCES)
    return _drawn(identity, version, choice, highest, shown.found)


def deck_file(shown: TimeAnswer, kind: str) -> bytes:
    """What is shown, as a file made of a presentation."""
    found = shown.found
    parts = page_decks.WhenParts(
        found.hours,
        found.light,
        found.season,
        "" if found.quality is None else time_words.hours_caption(found.quality),
    )
    stamp = file_data.stamp(MapPage.WHEN, found.answer.choice)
    deck = page_decks.when_deck(found.facts, shown.title, shown.caption, parts, stamp)
    return file_data.deck_file(deck, kind)


@st.cache_resource(max_entries=32, show_spinner=False)
def _drawn(
    identity: str,
    version: int,
    choice: Choice,
    highest: tuple[float | None, float | None],
    _found: Times,
) -> dict[TimePart, DrawnPart]:
    found, (hours, days) = _found, highest
    made = {}
    if found.hours is not None:
        made[TimePart.HOURS] = DrawnPart(
            time_charts.hour_by_weekday(found.hours, hours),
            time_listing.hours_table(found.hours),
            time_words.hours_caption(found.quality),
        )
    if found.light is not None:
        made[TimePart.LIGHT] = DrawnPart(
            time_charts.by_light(found.light),
            time_listing.light_table(found.light),
            time_words.light_caption(),
        )
    if found.season is not None:
        made[TimePart.SEASON] = DrawnPart(
            time_charts.by_month(found.season),
            time_listing.season_table(found.season),
            time_words.season_caption(),
        )
    if found.trend is not None:
        made[TimePart.TREND] = DrawnPart(
            time_charts.month_trend(found.monthly, found.trend.level),
            time_listing.trend_table(found.monthly, found.trend.level),
            time_words.trend_caption(
                found.trend.verdict,
                found.trend.percent,
                (found.trend.lower, found.trend.upper),
                found.trend.months,
                found.trend.events,
            ),
        )
    if found.daily is not None:
        made[TimePart.CALENDAR] = DrawnPart(
            time_charts.calendar_year(found.daily, days), time_listing.calendar_table(found.daily)
        )
    return made
