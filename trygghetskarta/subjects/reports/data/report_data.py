"""What the page Lägesbild asks: a report, its own texts, and those that are frozen."""

from dataclasses import dataclass, replace

import streamlit as st

from trygghetskarta import formats
from trygghetskarta.analysis.report_facts import ReportPeriod
from trygghetskarta.desk import data, file_data
from trygghetskarta.draw.paper import html_file
from trygghetskarta.draw.paper.document import Document, Section
from trygghetskarta.errors import TrygghetskartaError
from trygghetskarta.gate.public_choice import public_years
from trygghetskarta.intake import status
from trygghetskarta.settings import local_day
from trygghetskarta.store import publications
from trygghetskarta.subjects.reports import edit as reports_edit
from trygghetskarta.subjects.reports.ask import plan_area
from trygghetskarta.subjects.reports.ask.plan_area import PlanArea
from trygghetskarta.subjects.reports.ask.situation_report import ReportGround
from trygghetskarta.subjects.reports.data import report_making
from trygghetskarta.subjects.reports.data.report_choice import ReportChoice
from trygghetskarta.subjects.reports.data.report_making import Report
from trygghetskarta.subjects.reports.edit import Written
from trygghetskarta.subjects.walks.data import walk_data
from trygghetskarta.terms.areas import AreaLevel
from trygghetskarta.terms.audience import Audience
from trygghetskarta.terms.papers import ReportFormat, ReportKind
from trygghetskarta.terms.times import DateBasis
from trygghetskarta.words import (
    action_words,
    error_words,
    finding_words,
    report_page_words,
    report_words,
    situation_words,
    walk_page_words,
)

MEDIA = {
    ReportFormat.DOCX: file_data.DOCX,
    ReportFormat.PDF: file_data.PDF,
    ReportFormat.HTML: html_file.MEDIA,
}
"""Media types of the files."""


MOST_LETTERS = reports_edit.MOST_LETTERS


@dataclass(frozen=True)
class Years:
    """What can be chosen: years newest first, and whether each is whole in the data."""

    years: tuple[int, ...]
    whole: frozenset[int]


@dataclass(frozen=True)
class EditedText:
    """Own text of a section as it stands."""

    text: str
    version: int


def years(audience: Audience = Audience.INTERNAL) -> Years:
    """Years there is data of; for the public those that are whole."""
    first, last = data.world().days(DateBasis.REPORTED)
    every = tuple(range(last.year, first.year - 1, -1))
    whole = set(public_years(data.world()))
    if audience is Audience.PUBLIC and whole:
        every = tuple(year for year in every if year in whole)
    return Years(every, frozenset(whole))


def filled(choice: ReportChoice) -> ReportChoice:
    """The choice with the year and quarter that it leaves open, as its kind wants them."""
    known = years(choice.audience)
    year = choice.year if choice.year in known.years else 0
    if not year:
        year = max(known.whole, default=known.years[0])
        if choice.kind is ReportKind.STEERING:
            year = known.years[0]
    quarter = choice.quarter
    if choice.kind is ReportKind.STEERING and not choice.year:
        quarter = quarter or 1
    if choice.kind is not ReportKind.STEERING and choice.audience is Audience.PUBLIC:
        quarter = 0
    district = choice.district if choice.district in districts() else next(iter(districts()))
    if choice.kind is not ReportKind.PLAN_AREA:
        return replace(choice, year=year, quarter=quarter, district="", corners=())
    return replace(choice, year=year, quarter=quarter, district=district)


@data.kept(8, by_day=True)
def report(choice: ReportChoice) -> Report:
    """The report of a choice, computed from the store as it is now."""
    period = ReportPeriod(choice.year, choice.quarter)
    here = ground()
    return report_making.make(here, choice.kind, period, choice.audience, _area(here, choice))


def _area(here: ReportGround, choice: ReportChoice) -> PlanArea | None:
    if choice.kind is not ReportKind.PLAN_AREA:
        return None
    if choice.file:
        limit = here.place.settings.max_file_megabytes
        return plan_area.read_area(choice.file, choice.content, limit)
    if len(choice.corners) > 2:
        return plan_area.of_corners(here.world, choice.corners, action_words.DRAWN_AREA)
    return plan_area.of_district(here.world, choice.district)


def districts() -> dict[str, str]:
    """Names of the districts by code, in alphabetical order."""
    names = data.world().areas[AreaLevel.DISTRICT]["name"]
    return dict(sorted(names.items(), key=lambda pair: formats.swedish_order(pair[1])))


def ground() -> ReportGround:
    """What reports are gathered from: the pages' own worlds."""
    return ReportGround(data.workplace(), data.world(), walk_data.world())


def document(found: Report) -> Document:
    """The report with what staff have written."""
    return report_making.with_own_text(data.workplace(), found)


def head(found: Document) -> str:
    """Title, summary and facts, as HTML."""
    return html_file.head(found)


def section(one: Section) -> str:
    """A section, as HTML."""
    return html_file.section(one)


def foot(found: Document) -> str:
    """The lines that follow, as HTML."""
    return html_file.foot(found)


def own_texts(found: Report) -> dict[str, EditedText]:
    """What staff have written, by section."""
    kept = reports_edit.own_texts(data.workplace(), found.edition)
    return {key: EditedText(one.text, one.version) for key, one in kept.items()}


def save_text(found: Report, key: str, text: str, version: int, despite_warnings: bool) -> Written:
    """Keep what somebody has written; see :func:`report_work.save_text`."""
    return reports_edit.save_text(
        data.workplace(),
        found.edition,
        key,
        text,
        version,
        walk_page_words.ROLE,
        despite_warnings=despite_warnings,
    )


def warning(result: Written) -> str:
    """What was found in a text that was not kept, in words."""
    return finding_words.personal_warning([(one.kind, one.text) for one in result.warnings])


@dataclass(frozen=True)
class ReportRefusal:
    """Why a report may not leave, and which may: in words, and its year (0 when none may)."""

    reason: str
    told: str
    year: int


def refusal(found: Report) -> ReportRefusal | None:
    """Why the report may not leave; None when it may."""
    if not found.publications:
        return None
    place = data.workplace()
    return _refusal(*status.fingerprint(place), publications.count(place.engine), found)


@st.cache_resource(
    max_entries=8, show_spinner=False, hash_funcs={Report: lambda found: str(found.edition)}
)
def _refusal(identity: str, version: int, registered: int, found: Report) -> ReportRefusal | None:
    place, here = data.workplace(), ground()
    error = report_making.refusal(place, here, found)
    if error is None:
        return None
    other = report_making.safe_instead(place, here, found)
    told = (
        ""
        if other is None
        else report_words.safe_report(found.edition.kind, other.start, other.end)
    )
    return ReportRefusal(error_words.linked_tables(error), told, 0 if other is None else other.year)


def draft_file(found: Report, kind: ReportFormat) -> bytes:
    """The report as it is now, as a file; what is public is registered first."""
    report_making.publish(data.workplace(), ground(), found)
    return report_making.draft_file(data.workplace(), found, kind)


def freeze(found: Report) -> str:
    """Freeze the report; gives its identity. What is public is registered first."""
    report_making.publish(data.workplace(), ground(), found)
    return report_making.freeze(data.workplace(), found, walk_page_words.ROLE)


def frozen() -> dict[str, str]:
    """Names of the frozen reports by identity, the newest first."""
    return {
        row.report_id: report_page_words.frozen_name(
            row.title,
            situation_words.SITUATION_AUDIENCES[Audience(row.audience)],
            formats.day(local_day(row.frozen_at)),
            row.fingerprint,
        )
        for row in reports_edit.frozen(data.workplace()).itertuples()
    }


def withheld(identity: str) -> str:
    """Why a frozen report is not given out, empty when it is."""
    try:
        report_making.frozen_document(data.workplace(), identity)
    except TrygghetskartaError as error:
        return error_words.error_sentence(error)
    return ""


def frozen_file(identity: str, kind: ReportFormat) -> bytes:
    """A frozen report as a file."""
    return report_making.frozen_file(data.workplace(), identity, kind)


def data_version(found: Report) -> str:
    """What the figures rest on, in words."""
    return report_page_words.figures_of(
        found.edition.data_version, formats.day(found.edition.as_of)
    )
