"""The *lägesbild*'s third part, and its summary: what follows from the figures, and what not."""

from collections.abc import Iterator

import pandas as pd

from trygghetskarta import formats
from trygghetskarta.analysis.report_facts import ThemeFigures
from trygghetskarta.analysis.situation_facts import SituationFacts
from trygghetskarta.draw.paper.document import Block, Bullets, Note, Section, Text
from trygghetskarta.subjects.reports.show.report_parts import CONCLUSION_KEY, SUMMARY_KEY
from trygghetskarta.subjects.reports.show.report_tables import (
    change_words,
    districts_with,
    theme_name,
)
from trygghetskarta.subjects.reports.show.situation_section import SituationSection, heading_of
from trygghetskarta.terms.perception import SamplingMethod
from trygghetskarta.terms.verdicts import UNDECIDED, Verdict
from trygghetskarta.words import report_words, situation_words

_MOST_OF_SUMMARY = 4
"""Statements of each direction that the summary tells."""


def statements(facts: SituationFacts) -> tuple[str, ...]:
    """The report's main statements, for its first page."""
    lines = _directions(facts)
    undecided = _undecided(facts)
    if undecided:
        lines.append(report_words.summary_undecided(len(undecided)))
    if facts.work is not None:
        owners = facts.work.owners
        lines.append(
            report_words.work_line(int(owners["open"].sum()), int(owners["overdue"].sum()))
        )
    if facts.survey.empty:
        lines.append(situation_words.SITUATION_MISSING["survey"])
    return tuple(lines)


def _directions(facts: SituationFacts) -> list[str]:
    if facts.edition.uncovered:
        return [situation_words.SITUATION_NOT_COMPARED]
    rising, falling = (_changes(facts, verdict) for verdict in _DIRECTIONS)
    return [
        *_headed(situation_words.SITUATION_ONE_RISEN, rising),
        *_headed(situation_words.SITUATION_ONE_FALLEN, falling),
    ]


_DIRECTIONS = (Verdict.INCREASE, Verdict.DECREASE)
_UNDECIDED = tuple(verdict for verdict in Verdict if verdict in UNDECIDED)


def _headed(name: str, changes: list[str]) -> list[str]:
    if not changes:
        return [report_words.summary_none(name)]
    lines = [report_words.summary_change(name, line) for line in changes[:_MOST_OF_SUMMARY]]
    rest = len(changes) - len(lines)
    return [*lines, report_words.summary_more(name, rest)] if rest else lines


def _summary(facts: SituationFacts) -> list[Section]:
    told = Bullets(statements(facts))
    return [Section(heading_of(SUMMARY_KEY), key=SUMMARY_KEY, blocks=(told,))]


def _begin(_facts: SituationFacts) -> list[Section]:
    return [
        Section(heading_of("analys"), (situation_words.SITUATION_ANALYSIS_INTRO,), key="analys")
    ]


def _risen(facts: SituationFacts) -> list[Section]:
    lines, nothing = _changes(facts, Verdict.INCREASE), situation_words.SITUATION_NONE_RISEN
    return [_listed("okningar", lines, _unless_uncovered(facts, nothing))]


def _fallen(facts: SituationFacts) -> list[Section]:
    lines, nothing = _changes(facts, Verdict.DECREASE), situation_words.SITUATION_NONE_FALLEN
    notes = (Note(situation_words.SITUATION_REPORTING), Note(report_words.many_tests(facts.tested)))
    return [_listed("minskningar", lines, _unless_uncovered(facts, nothing), notes)]


def _open(facts: SituationFacts) -> list[Section]:
    nothing = _unless_uncovered(facts, situation_words.SITUATION_NONE_OPEN)
    return [_listed("oavgjort", _undecided(facts), nothing)]


def _not_known(facts: SituationFacts) -> list[Section]:
    return [_listed("okant", _unknown(facts), situation_words.SITUATION_NONE_OPEN)]


def _conclusion(_facts: SituationFacts) -> list[Section]:
    told = (situation_words.SITUATION_NO_CONCLUSION,)
    return [Section(heading_of(CONCLUSION_KEY), told, level=2, key=CONCLUSION_KEY)]


def _unless_uncovered(facts: SituationFacts, nothing: str) -> str:
    """What is said of no change: another thing where nothing could be compared."""
    return situation_words.SITUATION_NOT_COMPARED if facts.edition.uncovered else nothing


def _listed(word: str, lines: list[str], nothing: str, notes: tuple[Block, ...] = ()) -> Section:
    body: Block = Bullets(tuple(lines)) if lines else Text(nothing)
    return Section(heading_of(word), level=2, blocks=(body, *notes))


def _counted(facts: SituationFacts) -> Iterator[ThemeFigures]:
    """Everything that is compared, all offences first."""
    yield from (one for one in (facts.overall, *facts.themes) if one.facts is not None)


def _changes(facts: SituationFacts, verdict: Verdict) -> list[str]:
    """One line for every sure change: the municipality first, then its districts."""
    lines = []
    for one in _counted(facts):
        row = one.figures
        if row is not None and row.get("verdict") == verdict.value:
            lines.append(_line(theme_name(one), "", row))
        lines += [_line(theme_name(one), *found) for found in districts_with(one, verdict)]
    return lines


def _line(theme: str, place: str, row: pd.Series) -> str:
    percent, between = change_words(row)
    count = float(row["count"])
    if percent == formats.NO_VALUE:
        return report_words.verdict_line_new(theme, place, count)
    return report_words.verdict_line(theme, place, percent, between, count)


def _undecided(facts: SituationFacts) -> list[str]:
    lines, unchanged = [], []
    for one in _counted(facts):
        row = one.figures
        verdict = None if row is None else row.get("verdict")
        if verdict in UNDECIDED:
            lines.append(report_words.undecided_whole(theme_name(one), Verdict(verdict)))
        elif verdict == Verdict.NO_CLEAR_CHANGE.value:
            unchanged.append(theme_name(one))
        for why in _UNDECIDED:
            untold = len(districts_with(one, why))
            if untold and verdict != why.value:
                n = len(one.chosen) or len(one.districts.table)
                lines.append(report_words.undecided_line(theme_name(one), why, untold, n))
    return [*lines, *([report_words.unchanged_line(unchanged)] if unchanged else [])]


def _unknown(facts: SituationFacts) -> list[str]:
    lines = []
    told = facts.overall.facts
    if told is not None:
        if told.without_place and told.offences:
            lines.append(
                report_words.unplaced_line(told.without_place / told.offences, told.without_place)
            )
        if told.undated:
            lines.append(report_words.undated_line(told.undated))
        if told.preliminary:
            lines.append(report_words.preliminary_line(told.preliminary))
        if told.unsaid:
            lines.append(report_words.unsaid_line(told.unsaid == told.offences))
    if facts.survey.empty:
        lines.append(situation_words.SITUATION_MISSING["survey"])
    elif SamplingMethod.WEB_OPEN.value in set(facts.survey["sampling_method"]):
        lines.append(report_words.UNKNOWN_SURVEY)
    lines += (
        [situation_words.SITUATION_MISSING["walks"]]
        if facts.season is None
        else [report_words.UNKNOWN_WALKS]
    )
    silent = [theme_name(one) for one in facts.themes if one.facts is None]
    if silent:
        lines.append(report_words.not_told_themes(silent))
    lines.append(report_words.UNKNOWN_REPORTING)
    return lines


SUMMARY = SituationSection(SUMMARY_KEY, _summary)
ANALYSIS = SituationSection("analys", _begin)
RISEN = SituationSection("okningar", _risen)
FALLEN = SituationSection("minskningar", _fallen)
OPEN = SituationSection("oavgjort", _open)
UNKNOWN = SituationSection("okant", _not_known)
CONCLUSION = SituationSection(CONCLUSION_KEY, _conclusion)
