"""The *lägesbild*'s first part: what has been reported, where and when."""

from trygghetskarta.analysis.report_facts import ThemeFigures
from trygghetskarta.analysis.situation_facts import SituationFacts
from trygghetskarta.draw.paper.document import Block, Bullets, Note, Section, Text
from trygghetskarta.draw.shown import compose
from trygghetskarta.subjects.reports.show.report_map import report_map
from trygghetskarta.subjects.reports.show.report_parts import is_internal, two_periods
from trygghetskarta.subjects.reports.show.report_tables import (
    district_sentence,
    district_table,
    hidden_count,
    official_table,
    overview_table,
    theme_name,
    whole_sentences,
)
from trygghetskarta.subjects.reports.show.situation_section import SituationSection, heading_of
from trygghetskarta.subjects.when.show import when_section
from trygghetskarta.words import hotspot_words, report_words, situation_words

FEWEST_PER_DISTRICT = 10
"""Offences per district, on average, below which a theme has no map: chance would colour it."""


FEWEST_MAPPED = 4
"""Districts below which a map tells nothing that the table does not."""


def _begin(_facts: SituationFacts) -> list[Section]:
    told = (situation_words.SITUATION_MAPPING_INTRO,)
    return [Section(heading_of("kartlaggning"), told, key="kartlaggning")]


def _themes(facts: SituationFacts) -> list[Section]:
    """All offences, then each theme."""
    return [_theme(facts, one) for one in (facts.overall, *facts.themes)]


def _when(facts: SituationFacts) -> list[Section]:
    return [when_section(facts.when, is_internal(facts.edition))]


def _overview(facts: SituationFacts) -> list[Section]:
    rows = [facts.overall, *(one for one in facts.themes if one.facts is not None)]
    silent = [theme_name(one) for one in facts.themes if one.facts is None]
    notes = [
        Note(situation_words.SITUATION_OVERVIEW_NOTE),
        Note(situation_words.SITUATION_REPORTING),
    ]
    told = [Text(report_words.not_told_themes(silent))] if silent else []
    blocks = (overview_table(rows), *told, *notes)
    return [Section(heading_of("oversikt"), level=2, blocks=blocks)]


def _theme(facts: SituationFacts, one: ThemeFigures) -> Section:
    key = "alla" if one.theme is None else f"tema_{one.theme.key}"
    return Section(theme_name(one), level=2, key=key, blocks=_theme_blocks(facts, one))


def _theme_blocks(facts: SituationFacts, one: ThemeFigures) -> tuple[Block, ...]:
    if one.facts is None:
        return (Text(_why_silent(facts, one)),)
    period, before = two_periods(facts.edition.period)
    blocks: list[Block] = [Text(line) for line in whole_sentences(one, period, before)]
    if one.districts is None:
        blocks.append(Text(situation_words.SITUATION_MUNICIPALITY_ONLY))
    else:
        blocks += _district_blocks(one, period)
    blocks += _clusters(one)
    caveats = () if one.theme is None else one.theme.caveats
    return (*blocks, *(Note(caveat) for caveat in caveats))


def _district_blocks(one: ThemeFigures, period: str) -> list[Block]:
    blocks: list[Block] = []
    if sentence := district_sentence(one):
        blocks.append(Text(sentence))
    counted = one.districts.table["count"].sum()
    n = len(one.chosen) or len(one.districts.table)
    if n < FEWEST_MAPPED:
        pass
    elif counted >= FEWEST_PER_DISTRICT * n:
        shown = compose(one.districts, one.areas, one.facts, one.chosen)
        blocks.append(report_map(shown, theme_name(one), period))
    else:
        blocks.append(Text(situation_words.SITUATION_FEW_FOR_MAP))
    blocks.append(district_table(one))
    if hidden := hidden_count(one):
        blocks.append(Note(report_words.hidden_line(hidden, one.districts.rule.threshold)))
    if one.theme is None:
        blocks.append(Note(situation_words.SITUATION_DISTRICT_NOTE))
    return blocks


def _clusters(one: ThemeFigures) -> list[Block]:
    if one.clusters is None or one.clusters.empty:
        return []
    lines = [
        report_words.cluster_sentence(
            hotspot_words.cell_place(row.name_of, row.direction), row.count_of, row.share, row.hour
        )
        for row in one.clusters.rename(
            columns={"name": "name_of", "count": "count_of"}
        ).itertuples()
    ]
    return [Text(f"{situation_words.SITUATION_CLUSTERS}:"), Bullets(tuple(lines))]


def _why_silent(facts: SituationFacts, one: ThemeFigures) -> str:
    if one.problem:
        return situation_words.SITUATION_NO_CLASSIFIED
    if one.theme.status:
        return one.theme.status
    if one.theme.classified_areas and not is_internal(facts.edition):
        return situation_words.SITUATION_NOT_TOLD_PUBLIC
    return situation_words.SITUATION_NO_FIGURES


def _official(facts: SituationFacts) -> list[Section]:
    if facts.official.empty:
        return []
    notes = [Note(situation_words.SITUATION_OFFICIAL_NOTE)]
    if facts.official["preliminary"].any():
        notes.append(Note(situation_words.SITUATION_PRELIMINARY))
    blocks = (official_table(facts.official), *notes)
    return [Section(heading_of("bra"), level=2, blocks=blocks)]


def _lacks_official(facts: SituationFacts) -> bool:
    return bool(facts.official.empty)


MAPPING = SituationSection("kartlaggning", _begin)
OVERVIEW = SituationSection("oversikt", _overview)
THEMES = SituationSection("alla", _themes)
WHEN = SituationSection("nar", _when)
OFFICIAL = SituationSection("bra", _official, {"official": _lacks_official})
