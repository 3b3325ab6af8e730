"""What the page Vandringar asks: walks, findings, their map, figures and papers."""

from dataclasses import dataclass, replace
from datetime import date

import pandas as pd
import streamlit as st

from trygghetskarta import formats
from trygghetskarta.desk import data, file_data
from trygghetskarta.draw import snippets
from trygghetskarta.draw.chart import time_charts
from trygghetskarta.draw.chart.theme import Specification
from trygghetskarta.draw.deck import page_decks
from trygghetskarta.draw.map import maps
from trygghetskarta.draw.map.maps import MapScript
from trygghetskarta.draw.paper import pdf_file, word_file
from trygghetskarta.draw.table.listing import Listing
from trygghetskarta.gate import loaded_world
from trygghetskarta.gate.choice import AnswerKind, Choice
from trygghetskarta.gate.periods import Span
from trygghetskarta.subjects.walks.ask import walk_papers, walk_view
from trygghetskarta.subjects.walks.ask.walk_view import NO_OWNER, Chosen, Told, WalkWorld, names_of
from trygghetskarta.subjects.walks.edit import walk_work
from trygghetskarta.subjects.walks.show import protocol, season, walk_listing, walk_maps
from trygghetskarta.terms.audience import Audience
from trygghetskarta.terms.maps import MapPage
from trygghetskarta.terms.walks import WalkType
from trygghetskarta.words import finding_words, marking, texts, walk_page_words, walk_words


@dataclass(frozen=True, eq=False)
class WalkAnswer:
    """The answer to a choice of walks.

    Attributes
    ----------
    chosen, told
        What it keeps, and what is computed of that.
    title, summary
        Head of the page.
    """

    chosen: Chosen
    told: Told
    title: str
    summary: str


@dataclass(frozen=True, eq=False)
class WalkOptions:
    """What the filters of the page can be set to: names by link word."""

    districts: dict[str, str]
    owners: dict[str, str]
    teams: dict[str, str]
    days: tuple[date, date]


@data.kept(2, by_day=True)
def world() -> WalkWorld:
    """All walks and findings of the store as it is now."""
    return walk_view.load(data.workplace())


@data.kept(16, reads=AnswerKind.FINDINGS, by_day=True)
def answer(choice: Choice) -> WalkAnswer:
    """The answer to a choice."""
    here = world()
    chosen = walk_view.choose(here, choice)
    told = walk_view.tell(here, chosen)
    names = names_of(here, choice.districts)
    types = chosen.walks["walk_type"]
    open_now = ~chosen.problems["status"].isin(walk_view.CLOSED)
    return WalkAnswer(
        chosen,
        told,
        walk_page_words.walks_title(names, here.municipality, chosen.span.start, chosen.span.end),
        walk_page_words.walks_summary(
            int(types.eq(WalkType.PRESENCE).sum()),
            int(types.eq(WalkType.AUDIT).sum()),
            told.presence.person_minutes / 60,
            len(chosen.problems),
            int(open_now.sum()),
        ),
    )


def options() -> WalkOptions:
    """What the filters can be set to now."""
    here = world()
    names = here.areas["name"]
    ordered = sorted(names.items(), key=lambda pair: formats.swedish_order(pair[1]))
    owners = {"": finding_words.OWNER_ALL, NO_OWNER: finding_words.OWNER_NONE}
    return WalkOptions(
        districts=dict(ordered),
        owners=owners | {name: name for name in here.owners()},
        teams={"": walk_page_words.TEAM_NONE} | {name: name for name in here.teams()},
        days=here.days(),
    )


def map_name() -> str:
    """Name of the map, new when the districts change."""
    return f"walks-{loaded_world.hash_of(world().areas)}"


def map_script() -> MapScript:
    """The districts without figures."""
    return _map_script(map_name())


@st.cache_resource(max_entries=2, show_spinner=False)
def _map_script(name: str) -> MapScript:
    return data.script_of(world().areas)


def map_state(found: WalkAnswer, choice: Choice) -> dict:
    """What the map of an answer shows."""
    return walk_maps.with_findings(_ground(choice), found.chosen.listed, choice.finding)


@data.kept(16, reads=AnswerKind.ROUTES, by_day=True)
def _ground(choice: Choice) -> dict:
    here, found = world(), answer(choice)
    return walk_maps.ground_state(
        len(here.areas),
        found.chosen.shown,
        choice.walk_layer,
        found.told.drawn,
        texts.EXAMPLE_MARK if here.is_example else "",
    )


def map_file(choice: Choice) -> bytes:
    """The map of a choice as one HTML page: whoever opens it is in no group."""
    asked = replace(choice, team="")
    found = answer(asked)
    caption = walk_page_words.walks_caption(found.chosen.within_zone)
    page = maps.page(
        map_script(),
        {**map_state(found, asked), "mark": marking.mark(Audience.INTERNAL, world().is_example)},
        found.title,
        snippets.heading(found.title, found.summary),
        snippets.caption(caption),
    )
    return page.encode()


def finding_choices(found: WalkAnswer) -> dict[str, str]:
    """The listed findings as a select box offers them."""
    listed = found.chosen.listed
    return walk_listing.finding_choices(listed, names_of(world(), listed["district_code"]))


def findings_table(found: WalkAnswer) -> Listing:
    """The listed findings."""
    listed = found.chosen.listed
    here = world()
    return walk_listing.findings_table(listed, names_of(here, listed["district_code"]), here.today)


def walks_table(found: WalkAnswer) -> Listing:
    """The chosen walks."""
    seen = found.chosen.problems["walk_id"].value_counts().to_dict()
    return walk_listing.walks_table(found.chosen.walks, seen)


@data.kept(2)
def suggestions() -> pd.DataFrame:
    """Every pair of findings that may be the same; see :func:`walk_work.suggestions`."""
    return walk_work.suggestions(data.workplace())


def duplicates(found: WalkAnswer) -> Listing:
    """Pairs of findings that may be the same."""
    pairs = suggestions()
    known = found.chosen.reported
    here = known["observation_id"]
    chosen = pairs[pairs["kept"].isin(here) & pairs["absorbed"].isin(here)]
    return walk_listing.duplicates_table(chosen, known)


def recurring_table(found: WalkAnswer) -> Listing:
    """Places where the same is seen again."""
    places = found.told.recurring
    return walk_listing.recurring_table(places, names_of(world(), places["district_code"]))


def gaps(found: WalkAnswer) -> list[str]:
    """The gaps in words."""
    return walk_listing.gap_sentences(found.told.gaps, world().areas["name"].to_dict())


def hours_chart(found: WalkAnswer) -> Specification:
    """Person-minutes by weekday and hour."""
    return time_charts.hour_by_weekday(
        found.told.presence.by_hour, measured=walk_page_words.PRESENCE_MEASURE
    )


def hours_table(found: WalkAnswer) -> pd.DataFrame:
    """The same as a table."""
    return walk_listing.hours_table(found.told.presence.by_hour)


def near(found: WalkAnswer) -> tuple[Listing, str]:
    """Offences near the routes, and which hours they are counted in."""
    told = walk_view.near_routes(data.world(), found.chosen, world())
    return walk_listing.near_table(told), walk_page_words.near_sentence(
        told.hours, told.without_hour
    )


def has_network() -> bool:
    """Whether a street network is imported."""
    return not world().network.empty


def walk_choices(found: WalkAnswer) -> dict[str, str]:
    """The chosen walks as a select box offers them."""
    return walk_listing.walk_choices(found.chosen.walks)


def minutes_file(walk_id: str, kind: str) -> bytes:
    """The minutes of a walk as a PDF or a Word file."""
    document = protocol.compose_minutes(walk_papers.minutes(world(), walk_id))
    return pdf_file.to_pdf(document) if kind == "pdf" else word_file.to_docx(document)


def season_span(found: WalkAnswer) -> Span:
    """The period of the season's sheet: the sheet hangs on a wall, so anyone may read it."""
    return walk_papers.public_span(found.chosen.span, world().today)


def season_file(span: Span) -> bytes:
    """The season's sheet of a period as PDF."""
    facts = walk_papers.public_season(world(), span)
    return pdf_file.to_pdf(season.compose_season(facts))


def deck_file(choice: Choice, kind: str) -> bytes:
    """What is shown, as a file made of a presentation: whoever opens it is in no group."""
    asked = replace(choice.deciding(AnswerKind.FINDINGS), team="")
    found, here = answer(asked), world()
    told = page_decks.WalkFacts(
        found.title,
        found.summary,
        walk_page_words.walks_caption(found.chosen.within_zone),
        figures(found),
        here.areas,
        found.chosen.shown,
        found.chosen.listed,
        findings_table(found),
        here.is_example,
        found.chosen.span.end,
    )
    stamp = file_data.stamp(MapPage.WALKS, asked)
    return file_data.deck_file(page_decks.walk_deck(told, stamp), kind)


def season_name(span: Span) -> str:
    """Title of the season's sheet."""
    return walk_words.season_title(span.start, span.end)


def figures(found: WalkAnswer) -> list[tuple[str, str, str]]:
    """The figures of an answer: label, value, and what it rests on."""
    told, problems = found.told, found.chosen.problems
    open_now = int((~problems["status"].isin(walk_view.CLOSED)).sum())
    remedy, rate, presence = told.remedy, told.rate, told.presence
    return [
        (
            walk_page_words.FIGURE_OPEN,
            formats.number(open_now),
            finding_words.of_findings(len(problems)),
        ),
        (
            walk_page_words.FIGURE_HOURS,
            formats.number(presence.person_minutes / 60, 1),
            walk_page_words.hours_detail(presence.one_assumed, presence.without_time),
        ),
        (
            walk_page_words.FIGURE_REMEDY,
            walk_page_words.days_median(remedy.median),
            walk_page_words.remedy_detail(remedy.lower, remedy.upper, remedy.remedied, remedy.open),
        ),
        (
            walk_page_words.FIGURE_RATE,
            formats.number(rate.rate, 2),
            walk_page_words.rate_interval(rate.lower, rate.upper),
        ),
    ]
