"""From the store to a report, for the page and the command line: gathered, written, set."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from trygghetskarta.analysis.report_facts import Edition, ReportPeriod
from trygghetskarta.draw.paper import document_record, html_file, pdf_file, word_file
from trygghetskarta.draw.paper.document import Document
from trygghetskarta.errors import DisclosureError
from trygghetskarta.gate import disclosure_register
from trygghetskarta.gate.public_choice import public_years
from trygghetskarta.gate.publication import Publication
from trygghetskarta.intake.workplace import Workplace
from trygghetskarta.subjects.reports import edit as reports_edit
from trygghetskarta.subjects.reports.ask import (
    plan_area,
    report_figures,
    situation_report,
    steering_report,
)
from trygghetskarta.subjects.reports.ask.gathering import Gathering
from trygghetskarta.subjects.reports.ask.plan_area import PlanArea
from trygghetskarta.subjects.reports.ask.situation_report import ReportGround
from trygghetskarta.subjects.reports.show import (
    plan_area_paper,
    report_parts,
    situation_paper,
    steering_paper,
)
from trygghetskarta.terms.areas import AreaLevel
from trygghetskarta.terms.audience import Audience, Purpose
from trygghetskarta.terms.papers import ReportFormat, ReportKind
from trygghetskarta.words import compare_words, situation_words

WRITERS: dict[ReportFormat, Callable[[Document], bytes]] = {
    ReportFormat.DOCX: word_file.to_docx,
    ReportFormat.PDF: pdf_file.to_pdf,
    ReportFormat.HTML: html_file.to_html,
}
"""What sets a paper as a file."""

QUARTERS = {ReportKind.STEERING: 1}
"""The quarter that a kind is for unless another is chosen; the others are for a whole year."""


@dataclass(frozen=True)
class Report:
    """A report before anybody's own text.

    Attributes
    ----------
    edition
        Which it is.
    document
        What is computed.
    lacks
        What it lacks, one sentence each.
    publications
        Public figures in it, to be registered before any of it leaves; none for staff.
    """

    edition: Edition
    document: Document
    lacks: tuple[str, ...]
    publications: tuple[Publication, ...] = ()


def make(
    ground: ReportGround,
    kind: ReportKind,
    period: ReportPeriod,
    audience: Audience,
    area: PlanArea | None = None,
) -> Report:
    """Gather and write a report.

    Parameters
    ----------
    ground
        What it is gathered from.
    kind, period, audience
        Which report.
    area
        The place of a *SKA-underlag*.

    Raises
    ------
    AnalysisError
        If there is nothing to count.
    DisclosureError
        If it would reveal more than the audience may see.
    """
    if area is not None:
        facts = plan_area.gather(ground, area, period, audience)
        return _report(facts.edition, plan_area_paper.compose_plan_area(facts), ())
    if kind is ReportKind.STEERING:
        facts = steering_report.gather(ground, period, audience)
        document, missing = steering_paper.compose_steering(facts), steering_report.missing_of
    else:
        facts = situation_report.gather(ground, period, audience)
        if audience is Audience.INTERNAL:
            own = situation_paper.own_figures(Gathering(ground.world, period))
            facts = replace(facts, own=own)
        document, missing = situation_paper.compose_situation(facts), situation_paper.missing_of
    registered = _publications_of(ground, facts.edition, document)
    return _report(facts.edition, document, missing(facts), registered)


def _report(
    edition: Edition,
    document: Document,
    missing: tuple[str, ...],
    publications: tuple[Publication, ...] = (),
) -> Report:
    lacks = (
        *(compare_words.period_uncovered(one) for one in edition.uncovered),
        *(situation_words.SITUATION_MISSING[name] for name in missing),
    )
    return Report(edition, document, lacks, publications)


def _publications_of(
    ground: ReportGround, edition: Edition, document: Document
) -> tuple[Publication, ...]:
    """Public figures of a report: of offences, and of the survey in a *lägesbild*."""
    if edition.audience is not Audience.PUBLIC or edition.period.quarter:
        return ()
    themes = ground.world.plan(edition.period.year).themes
    wanted = themes if edition.kind is ReportKind.STEERING else (None, *themes)
    told = report_figures.offence_publications(ground.world, edition.period, wanted, document.title)
    if edition.kind is not ReportKind.SITUATION:
        return told
    shares = situation_report.survey_told(ground, edition.period.year)
    version = ground.world.borders(AreaLevel.DISTRICT)
    survey = Publication(document.title, Purpose.REPORT, version, (), shares=shares)
    return (*told, survey)


def publish(place: Workplace, ground: ReportGround, report: Report) -> None:
    """Register what a public report tells; nothing of it may leave before this has returned.

    Raises
    ------
    DisclosureError
        ``LINKED_TABLES`` when it would tell a hidden figure together with what has left before.
    """
    disclosure_register.publish(place.engine, ground.world, *report.publications)


def refusal(place: Workplace, ground: ReportGround, report: Report) -> DisclosureError | None:
    """Why a report may not leave; None when it may."""
    earlier = disclosure_register.earlier_publications(place.engine)
    return disclosure_register.refusal(ground.world, earlier, *report.publications)


def safe_instead(place: Workplace, ground: ReportGround, report: Report) -> ReportPeriod | None:
    """The nearest whole year of which a refused report may leave; None when there is none."""
    wanted, earlier = (
        report.edition.period,
        disclosure_register.earlier_publications(place.engine),
    )
    others = sorted(
        (year for year in public_years(ground.world) if year != wanted.year),
        key=lambda year: (abs(year - wanted.year), -year),
    )
    for year in others:
        edition = replace(report.edition, period=ReportPeriod(year, 0))
        new = _publications_of(ground, edition, report.document)
        if disclosure_register.is_safe(ground.world, earlier, *new):
            return edition.period
    return None


def with_own_text(place: Workplace, report: Report) -> Document:
    """The report with what staff have written in it."""
    kept = reports_edit.own_texts(place, report.edition)
    return report_parts.with_own_text(report.document, reports_edit.words(kept))


def draft_file(place: Workplace, report: Report, kind: ReportFormat) -> bytes:
    """The report as a file that says it is not frozen."""
    return WRITERS[kind](report_parts.as_draft(with_own_text(place, report)))


def freeze(place: Workplace, report: Report, who: str) -> str:
    """Freeze the report as it is now; gives its identity.

    Parameters
    ----------
    place, report
        The store, and the report.
    who
        Role of whoever freezes it, never a name.
    """
    document = with_own_text(place, report)
    content = document_record.write(document)
    name = document_record.fingerprint(content)
    return reports_edit.freeze(place, report.edition, document.title, content, name, who)


def frozen_file(place: Workplace, identity: str, kind: ReportFormat) -> bytes:
    """A frozen report as a file, with its day and fingerprint.

    Raises
    ------
    StoreError
        ``NOT_FOUND`` when there is no such report; ``DAMAGED`` when its content is not what its
        fingerprint says.
    DisclosureError
        ``NAMES_INSIDE`` for a public one that lists owners, frozen by an earlier version.
    """
    return WRITERS[kind](frozen_document(place, identity))


def frozen_document(place: Workplace, identity: str) -> Document:
    """A frozen report; errors as :func:`frozen_file`."""
    kept = reports_edit.fetch(place, identity)
    reports_edit.check(kept, document_record.fingerprint(kept.content))
    document = document_record.read(kept.content)
    report_parts.require_no_listed_owners(document)
    return report_parts.as_frozen(document, kept.day, kept.fingerprint)
