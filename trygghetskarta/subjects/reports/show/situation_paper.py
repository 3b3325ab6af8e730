"""The *lägesbild* as a paper: the law's three parts, from what was gathered."""

from collections.abc import Mapping

from trygghetskarta.analysis.situation_facts import SituationFacts
from trygghetskarta.draw.paper.document import Document
from trygghetskarta.subjects.reports.ask.gathering import Gathering
from trygghetskarta.subjects.reports.show.report_parts import assemble, two_periods
from trygghetskarta.subjects.reports.show.report_tables import changed_sentence
from trygghetskarta.subjects.reports.show.sections import SECTIONS
from trygghetskarta.words import report_words, situation_words


def own_figures(asked: Gathering) -> Mapping[str, object]:
    """What only one section rests on, by its word; a paper for the public has none."""
    return {
        word: section.gather(asked)
        for word, section in SECTIONS.items()
        if section.gather is not None
    }


def missing_of(facts: SituationFacts) -> tuple[str, ...]:
    """What a *lägesbild* lacks, as keys of ``SITUATION_MISSING``, in the report's order."""
    return tuple(
        name
        for section in SECTIONS.values()
        for name, lacks in section.lacks.items()
        if lacks(facts)
    )


def compose_situation(facts: SituationFacts) -> Document:
    """Write a *lägesbild*, without anybody's own text.

    Parameters
    ----------
    facts
        What it rests on, gated for its audience.

    Returns
    -------
    Document
        The same for the same facts. Sections with a key take staff's own text.
    """
    sections = [part for section in SECTIONS.values() for part in section.write(facts)]
    return assemble(facts.edition, _summary(facts), sections)


def _summary(facts: SituationFacts) -> str:
    period, before = two_periods(facts.edition.period)
    row = facts.overall.figures
    if row is None:
        return situation_words.SITUATION_WHOLE_HIDDEN
    count = report_words.counted_offences(float(row["count"]), period)
    return report_words.report_summary(count, changed_sentence(row, before))
