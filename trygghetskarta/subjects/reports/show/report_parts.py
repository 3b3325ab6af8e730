"""What every report has: its head and foot, numbered headings, and staff's own text."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from trygghetskarta import formats
from trygghetskarta.analysis.report_facts import Edition, ReportPeriod
from trygghetskarta.draw.paper.document import Document, OwnText, Section, Table
from trygghetskarta.errors import DisclosureCause, DisclosureError
from trygghetskarta.terms.audience import Audience
from trygghetskarta.words import compare_words, report_words, situation_words, texts

SUMMARY_KEY, CONCLUSION_KEY = "sammanfattning", "slutsatser"
"""Sections that every report begins and ends with; what the last holds gives way to own text."""


def assemble(
    edition: Edition,
    summary: str,
    sections: Sequence[Section],
    *,
    title: str = "",
    contents: bool = True,
) -> Document:
    """Put a report together.

    Parameters
    ----------
    edition
        Which report it is.
    summary
        It in one or two sentences.
    sections
        Its body; parts (level 1) and what lies within (level 2) are numbered here.
    title
        Its name where kind, period and municipality do not tell it.
    contents
        Whether a table of contents stands before the body.
    """
    period = edition.period
    name = title or report_words.report_title(
        edition.kind, edition.municipality, period.start, period.end
    )
    mark = texts.EXAMPLE_MARK if edition.is_example else ""
    lines = [source_line(edition)]
    if mark:
        lines.insert(0, f"{mark}. {texts.EXAMPLE_SENTENCE}")
    return Document(
        title=name,
        summary=" ".join(
            (summary, *(compare_words.period_uncovered(one) for one in edition.uncovered))
        ),
        facts=_facts(edition),
        sections=_numbered(sections),
        caption=tuple(lines),
        mark=mark,
        day=edition.as_of,
        contents=contents,
        footer=situation_words.SITUATION_FOOTERS[edition.audience],
        audience=edition.audience,
    )


def two_periods(period: ReportPeriod) -> tuple[str, str]:
    """The period and the one before it, in words."""
    told = [report_words.report_period(one.start, one.end) for one in (period, period.before)]
    return told[0], told[1]


def source_line(edition: Edition) -> str:
    """Where the report comes from."""
    return report_words.report_source(edition.sources, edition.data_version, edition.municipality)


def _facts(edition: Edition) -> tuple[tuple[str, str], ...]:
    period, before = two_periods(edition.period)
    return (
        (situation_words.SITUATION_FACT_PERIOD, period),
        (situation_words.SITUATION_FACT_BEFORE, before),
        (situation_words.SITUATION_FACT_FOR, situation_words.SITUATION_FOR[edition.audience]),
        (situation_words.SITUATION_FACT_PLAN, edition.plan_title),
        (situation_words.SITUATION_FACT_AS_OF, formats.day(edition.as_of)),
    )


def _numbered(sections: Sequence[Section]) -> tuple[Section, ...]:
    part, inner, numbered = 0, 0, []
    for section in sections:
        if section.key == SUMMARY_KEY:
            heading = section.heading
        elif section.level == 1:
            part, inner = part + 1, 0
            heading = f"{part}. {section.heading}"
        elif section.level == 2:
            inner += 1
            heading = f"{part}.{inner} {section.heading}"
        else:
            heading = section.heading
        numbered.append(replace(section, heading=heading))
    return tuple(numbered)


def with_own_text(document: Document, own: Mapping[str, str]) -> Document:
    """Put what staff have written into a report, each text last in its section.

    Parameters
    ----------
    document
        The report as it is computed.
    own
        Text by the section's key; a key that no section has is left out.
    """
    sections = [_with_own(section, own.get(section.key, "")) for section in document.sections]
    return replace(document, sections=tuple(sections))


def _with_own(section: Section, text: str) -> Section:
    if not section.key or not text.strip():
        return section
    told = OwnText(situation_words.OWN_TEXT, _paragraphs(text))
    if section.key == CONCLUSION_KEY:
        return replace(section, paragraphs=(), blocks=(told,))
    return replace(section, blocks=(*section.blocks, told))


def _paragraphs(text: str) -> tuple[str, ...]:
    parts = text.replace("\r\n", "\n").split("\n\n")
    return tuple(part.strip() for part in parts if part.strip())


def as_draft(document: Document) -> Document:
    """Say on a report that it is not frozen."""
    return replace(document, caption=(*document.caption, situation_words.SITUATION_DRAFT))


def as_frozen(document: Document, day: date, fingerprint: str) -> Document:
    """Say on a report that it is frozen, and how its content is recognised."""
    return replace(
        document, caption=(*document.caption, report_words.report_frozen(day, fingerprint))
    )


def require_no_listed_owners(document: Document) -> None:
    """Refuse a public paper that lists findings by owner, as earlier versions froze them.

    Raises
    ------
    DisclosureError
        ``NAMES_INSIDE``.
    """
    names = {situation_words.SITUATION_OWNER_COLUMNS, situation_words.SITUATION_OVERDUE_COLUMNS}
    listed = (
        block.headings in names
        for section in document.sections
        for block in section.content
        if isinstance(block, Table)
    )
    if document.footer == situation_words.SITUATION_FOOTERS[Audience.PUBLIC] and any(listed):
        raise DisclosureError(DisclosureCause.NAMES_INSIDE)


def is_internal(edition: Edition) -> bool:
    """Whether the report is for police and staff only."""
    return edition.audience is Audience.INTERNAL
