"""The *lägesbild*'s second part: the survey, the walks and the police's news, each by itself."""

from typing import Any

import pandas as pd

from trygghetskarta import formats
from trygghetskarta.analysis.report_facts import Work
from trygghetskarta.analysis.situation_facts import SituationFacts
from trygghetskarta.analysis.walk_facts import Season
from trygghetskarta.draw.paper.document import Block, Cell, Note, Section, Table, Text, cells
from trygghetskarta.subjects.reports.show.report_parts import is_internal
from trygghetskarta.subjects.reports.show.situation_section import SituationSection, heading_of
from trygghetskarta.terms.audience import Audience
from trygghetskarta.terms.perception import SamplingMethod
from trygghetskarta.words import (
    finding_words,
    map_words,
    report_words,
    situation_words,
    texts,
    walk_words,
)

MOST_EVENTS = 12
"""Events that are listed."""


def _begin(_facts: SituationFacts) -> list[Section]:
    told = (situation_words.SITUATION_OTHER_INTRO,)
    return [Section(heading_of("annan_information"), told, key="annan_information")]


def _survey_sections(facts: SituationFacts) -> list[Section]:
    return _survey(facts.survey, is_internal(facts.edition))


def _walks(facts: SituationFacts) -> list[Section]:
    return [walks_section(facts.season)]


def _work(facts: SituationFacts) -> list[Section]:
    return [work_section(facts.work) if is_internal(facts.edition) else _work_withheld()]


def _event_sections(facts: SituationFacts) -> list[Section]:
    return [_events(facts.events)]


def _survey(survey: pd.DataFrame, internal: bool) -> list[Section]:
    if survey.empty:
        missing = (situation_words.SITUATION_MISSING["survey"],)
        return [Section(heading_of("undersokning"), missing, level=2, key="undersokning")]
    sections = [Section(heading_of("undersokning"), level=2, key="undersokning")]
    for dimension, heading in situation_words.SITUATION_DIMENSIONS.items():
        part = survey[survey["dimension"] == dimension]
        if len(part):
            sections.append(Section(heading, level=3, blocks=tuple(_questions(part, internal))))
    return sections


def _questions(part: pd.DataFrame, internal: bool) -> list[Block]:
    blocks: list[Block] = [
        _answers(answers, report_words.survey_title(survey, int(year)))
        for (survey, year), answers in part.groupby(["survey", "year"], sort=True)
    ]
    hidden = int(part.groupby("question")["share"].apply(lambda one: one.isna().sum()).max())
    if hidden:
        told = report_words.survey_area_count if internal else report_words.survey_areas_hidden
        blocks.append(Note(told(hidden)))
    methods = set(part["sampling_method"])
    if SamplingMethod.WEB_OPEN.value in methods:
        blocks.append(Note(situation_words.SITUATION_SELF_SELECTED))
    if SamplingMethod.RANDOM.value in methods:
        blocks.append(Note(situation_words.SITUATION_SURVEY_RANDOM))
    return blocks


def _answers(answers: pd.DataFrame, title: str) -> Table:
    """Districts in alphabetical order, a column for each question."""
    questions = sorted(answers["question"].unique(), key=formats.swedish_order)
    told = {(row.area, row.question): _share(row) for row in answers.itertuples()}
    areas = sorted(answers["area"].unique(), key=formats.swedish_order)
    rows = tuple(
        cells((area, *(told.get((area, one), texts.MISSING) for one in questions)))
        for area in areas
    )
    width = 0.72 / len(questions)
    return Table(
        (map_words.DISTRICTS, *questions),
        (0.28, *[min(width, 0.36)] * len(questions)),
        rows,
        title,
        (False, *[True] * len(questions)),
    )


def _share(row: Any) -> str:
    if pd.isna(row.share):
        return texts.HIDDEN
    return report_words.answered(row.share, row.lower, row.upper, int(row.answers))


def walks_section(season: Season | None) -> Section:
    """What the walks of a period came to."""
    if season is None:
        missing = (situation_words.SITUATION_MISSING["walks"],)
        return Section(heading_of("vandringar"), missing, level=2, key="vandringar")
    told = walk_words.season_summary(
        season.walks, season.audits, season.person_hours, season.kilometres
    )
    blocks: list[Block] = [Text(told)]
    if season.quiet:
        blocks.append(Text(walk_words.season_quiet(season.quiet, season.walks + season.audits)))
    blocks.append(Text(walk_words.season_done(season.done, season.open, season.closed)))
    if season.median_days is not None:
        blocks.append(Text(walk_words.median_days(season.median_days)))
    blocks += _season_tables(season)
    if season.untimed:
        blocks.append(Note(walk_words.season_untimed(season.untimed)))
    if season.audience is Audience.PUBLIC:
        blocks.append(Note(situation_words.SITUATION_WALK_FEW))
    blocks.append(Note(situation_words.SITUATION_WALK_NOTE))
    return Section(heading_of("vandringar"), level=2, blocks=tuple(blocks), key="vandringar")


def _season_tables(season: Season) -> list[Block]:
    tables: list[Block] = []
    if len(season.districts):
        names = sorted(season.districts.index, key=formats.swedish_order)
        rows = tuple(
            cells((name or walk_words.DISTRICT_UNKNOWN, formats.number(season.districts[name], 1)))
            for name in names
        )
        tables.append(
            _two_columns(
                walk_words.SEASON_HOURS_COLUMNS, rows, situation_words.SITUATION_WALK_HOURS
            )
        )
    if len(season.found):
        rows = tuple(
            cells((texts.CATEGORIES[category], formats.number(n)))
            for category, n in season.found.items()
        )
        tables.append(
            _two_columns(
                walk_words.SEASON_FOUND_COLUMNS, rows, situation_words.SITUATION_WALK_FOUND
            )
        )
    return tables


def _two_columns(
    headings: tuple[str, ...], rows: tuple[tuple[Cell, ...], ...], title: str
) -> Table:
    return Table(headings, (0.5, 0.2), rows, title, (False, True))


def _work_withheld() -> Section:
    """What the public version says in the place of findings and their owners."""
    told = (situation_words.SITUATION_WORK_WITHHELD,)
    return Section(situation_words.SITUATION_WORK_PUBLIC, told, level=2, key="fynd")


def work_section(work: Work | None) -> Section:
    """Open findings by who is to remedy them, and those that are late."""
    if work is None:
        return Section(heading_of("fynd"), (situation_words.SITUATION_NO_WORK,), level=2)
    rows = tuple(
        cells(
            (
                row.owner or finding_words.OWNER_NONE,
                formats.number(row.open),
                formats.number(row.overdue),
                formats.number(row.oldest),
            )
        )
        for row in work.owners.itertuples()
    )
    owners = Table(
        situation_words.SITUATION_OWNER_COLUMNS,
        (0.46, 0.16, 0.18, 0.2),
        rows,
        numeric=(False, True, True, True),
    )
    blocks: list[Block] = [Text(_work_told(work)), owners]
    if work.overdue.empty:
        blocks.append(Text(situation_words.SITUATION_NO_OVERDUE))
    else:
        blocks.append(_overdue(work.overdue))
    return Section(heading_of("fynd"), level=2, blocks=tuple(blocks), key="fynd")


def _work_told(work: Work) -> str:
    return report_words.work_line(int(work.owners["open"].sum()), int(work.owners["overdue"].sum()))


def _overdue(overdue: pd.DataFrame) -> Table:
    rows = tuple(
        cells(
            (
                row.owner or finding_words.OWNER_NONE,
                texts.CATEGORIES[row.category],
                row.district or walk_words.DISTRICT_UNKNOWN,
                formats.day(row.due_date),
            )
        )
        for row in overdue.itertuples()
    )
    widths = (0.3, 0.2, 0.3, 0.2)
    return Table(
        situation_words.SITUATION_OVERDUE_COLUMNS, widths, rows, situation_words.SITUATION_OVERDUE
    )


def _events(events: pd.DataFrame) -> Section:
    if events.empty:
        missing = (situation_words.SITUATION_MISSING["events"],)
        return Section(heading_of("handelser"), missing, level=2)
    newest = events.tail(MOST_EVENTS)
    rows = tuple(cells((formats.day(row.day), row.title)) for row in newest.itertuples())
    blocks: list[Block] = [
        Text(report_words.events_told(len(events))),
        Table(situation_words.SITUATION_EVENT_COLUMNS, (0.22, 0.78), rows),
    ]
    if len(events) > len(newest):
        blocks.append(Text(report_words.events_left_out(len(events) - len(newest))))
    return Section(heading_of("handelser"), level=2, blocks=tuple(blocks))


def _lacks_survey(facts: SituationFacts) -> bool:
    return bool(facts.survey.empty)


def _has_old_survey(facts: SituationFacts) -> bool:
    oldest = facts.edition.period.year - 1
    return not facts.survey.empty and int(facts.survey["year"].max()) < oldest


def _lacks_walks(facts: SituationFacts) -> bool:
    return facts.season is None


def _lacks_events(facts: SituationFacts) -> bool:
    return bool(facts.events.empty)


OTHER = SituationSection("annan_information", _begin)
SURVEY = SituationSection(
    "undersokning", _survey_sections, {"survey": _lacks_survey, "survey_old": _has_old_survey}
)
WALKS = SituationSection("vandringar", _walks, {"walks": _lacks_walks})
WORK = SituationSection("fynd", _work)
EVENTS = SituationSection("handelser", _event_sections, {"events": _lacks_events})
