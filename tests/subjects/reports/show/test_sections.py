"""Every section of the lägesbild stands where its name does, and says what it lacks."""

from dataclasses import replace

import pytest

from trygghetskarta.analysis.report_facts import ReportPeriod
from trygghetskarta.analysis.situation_facts import SituationFacts
from trygghetskarta.draw.paper import document_record
from trygghetskarta.draw.paper.document import Section
from trygghetskarta.errors import DisclosureCause, DisclosureError
from trygghetskarta.subjects.reports.ask import situation_report
from trygghetskarta.subjects.reports.data import report_making
from trygghetskarta.subjects.reports.show.sections import SECTIONS
from trygghetskarta.subjects.reports.show.situation_section import SituationSection, heading_of
from trygghetskarta.terms.audience import Audience
from trygghetskarta.terms.papers import ReportFormat, ReportKind
from trygghetskarta.words import situation_words

YEAR = ReportPeriod(2025)


def _write(facts: SituationFacts) -> list[Section]:
    told = facts.own.get("arstider", situation_words.SITUATION_WHEN_PUBLIC)
    return [Section(heading_of("arstider"), (str(told),), level=2, key="arstider")]


@pytest.fixture
def one_more(monkeypatch):
    """A section beside the others, of figures that nothing else rests on."""
    monkeypatch.setitem(situation_words.SITUATION_SECTIONS, "arstider", "Årstider")
    quarters = [ReportPeriod(2025, quarter) for quarter in (1, 2, 3, 4)]
    section = SituationSection(
        "arstider",
        _write,
        {"walks": lambda facts: "arstider" not in facts.own},
        lambda asked: [asked.figures(one).facts.offences for one in quarters],
    )
    monkeypatch.setitem(SECTIONS, "arstider", section)


@pytest.mark.slow
def test_a_section_is_gathered_written_kept_and_set(twin_worlds, one_more):
    ground = situation_report.load(twin_worlds.places[0])
    report = report_making.make(ground, ReportKind.SITUATION, YEAR, Audience.INTERNAL)
    found = next(one for one in report.document.sections if one.key == "arstider")
    assert found.heading.endswith("Årstider")
    quarters = [int(n) for n in found.paragraphs[0].strip("[]").split(",")]
    whole = situation_report.gather(ground, YEAR, Audience.INTERNAL).overall.facts.offences
    assert sum(quarters) == whole > 0
    kept = document_record.read(document_record.write(report.document))
    assert found in kept.sections
    own = report_making.report_parts.with_own_text(report.document, {"arstider": "Egna ord."})
    assert "Egna ord." in document_record.write(own)
    told = report_making.WRITERS[ReportFormat.HTML](own).decode()
    assert found.paragraphs[0] in told and "Egna ord." in told


@pytest.mark.slow
def test_the_public_is_never_gathered_for_by_a_section(twin_worlds, one_more):
    ground = situation_report.load(twin_worlds.places[0])
    report = report_making.make(ground, ReportKind.SITUATION, YEAR, Audience.PUBLIC)
    found = next(one for one in report.document.sections if one.key == "arstider")
    assert found.paragraphs == (situation_words.SITUATION_WHEN_PUBLIC,)
    assert situation_words.SITUATION_MISSING["walks"] in report.lacks
    facts = situation_report.gather(ground, YEAR, Audience.PUBLIC)
    with pytest.raises(DisclosureError) as refused:
        replace(facts, own={"arstider": [3, 5, 2, 1]})
    assert refused.value.cause is DisclosureCause.NOT_A_TABLE


def test_a_section_that_lacks_what_no_sentence_tells_is_refused():
    with pytest.raises(LookupError, match="snow"):
        SituationSection("arstider", _write, {"snow": lambda facts: True})


def test_sections_stand_where_their_names_do():
    assert list(SECTIONS) == list(situation_words.SITUATION_SECTIONS)
