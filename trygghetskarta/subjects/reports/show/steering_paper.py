"""The *styrgruppsrapport* as a paper: the plan's three questions per theme."""

from collections.abc import Iterable

import pandas as pd

from trygghetskarta import formats
from trygghetskarta.analysis.report_facts import ThemeFigures
from trygghetskarta.analysis.steering_facts import (
    ActionFacts,
    ActionLine,
    EffectFacts,
    SteeringFacts,
    SteeringTheme,
)
from trygghetskarta.draw.paper.document import Block, Bullets, Document, Note, Section, Table, Text
from trygghetskarta.draw.paper.document import cells as row_of
from trygghetskarta.subjects.reports.show.report_parts import (
    CONCLUSION_KEY,
    SUMMARY_KEY,
    assemble,
    is_internal,
)
from trygghetskarta.subjects.reports.show.report_tables import whole_sentences
from trygghetskarta.subjects.reports.show.sections.voices import walks_section, work_section
from trygghetskarta.terms.actions import EffectVerdict
from trygghetskarta.words import finding_words, report_words, situation_words, steering_words

_WIDTHS = (0.36, 0.24, 0.14, 0.26)


def compose_steering(facts: SteeringFacts) -> Document:
    """Write a *styrgruppsrapport*, without anybody's own text.

    Parameters
    ----------
    facts
        What it rests on, gated for its audience.
    """
    internal = is_internal(facts.edition)
    sections = [
        Section(
            situation_words.SITUATION_SECTIONS["sammanfattning"],
            key=SUMMARY_KEY,
            blocks=(Bullets(_statements(facts)),),
        ),
        Section(steering_words.STEERING_THEMES, (steering_words.STEERING_THEMES_INTRO,)),
        *(part for theme in facts.themes for part in _theme(facts, theme)),
    ]
    if internal:
        sections += [_missing(facts.missing)]
    sections.append(Section(steering_words.STEERING_WALKS))
    sections.append(walks_section(facts.season))
    if internal:
        sections.append(work_section(facts.work))
    sections.append(
        Section(
            situation_words.SITUATION_SECTIONS["slutsatser"],
            (situation_words.SITUATION_NO_CONCLUSION,),
            key=CONCLUSION_KEY,
        )
    )
    return assemble(facts.edition, _summary(facts), sections)


def _summary(facts: SteeringFacts) -> str:
    n = sum(len(theme.actions) for theme in facts.themes)
    if not is_internal(facts.edition):
        return steering_words.steering_public_summary(n)
    followed = [one.follow_ups for theme in facts.themes for one in theme.facts or ()]
    told = sum(map(len, followed))
    return steering_words.steering_summary(n, sum(map(bool, followed)), told)


def _statements(facts: SteeringFacts) -> tuple[str, ...]:
    lines = [_summary(facts)]
    if len(facts.missing):
        lines.append(
            steering_words.missing_told(len(facts.missing), facts.missing["owner"].nunique())
        )
    silent = [theme.name for theme in facts.themes if theme.name and not theme.actions]
    if silent:
        lines.append(steering_words.without_actions(silent))
    if facts.work is not None:
        owners = facts.work.owners
        lines.append(
            report_words.work_line(int(owners["open"].sum()), int(owners["overdue"].sum()))
        )
    return tuple(lines)


def _theme(facts: SteeringFacts, theme: SteeringTheme) -> list[Section]:
    name = theme.name or steering_words.STEERING_NO_THEME
    blocks: list[Block] = []
    if theme.actions:
        blocks.append(actions_table(theme.actions))
    else:
        blocks.append(Text(steering_words.STEERING_NO_ACTIONS))
    sections = [Section(name, level=2, blocks=tuple(blocks), key=f"tema_{theme.key}")]
    if theme.facts:
        sections += [
            _question(steering_words.STEERING_DONE, _done(theme.facts)),
            _question(steering_words.STEERING_PARTNERS, _partners(theme.facts)),
        ]
    if effects := _effects(facts, theme):
        sections.append(Section(steering_words.STEERING_EFFECTS, level=3, blocks=effects))
    return sections


def actions_table(actions: Iterable[ActionLine]) -> Table:
    """What is to be done, by whom, how far it has come, and when."""
    rows = tuple(
        row_of(
            (
                one.title or steering_words.STEERING_TITLE_WITHHELD,
                one.owner
                or (finding_words.OWNER_NONE if one.is_named else steering_words.STEERING_WITHHELD),
                steering_words.STEERING_STATUSES[one.status],
                steering_words.action_time(one.start, one.end),
            )
        )
        for one in actions
    )
    return Table(steering_words.STEERING_COLUMNS, _WIDTHS, rows)


def _question(heading: str, lines: list[str]) -> Section:
    body: Block = Bullets(tuple(lines)) if lines else Text(steering_words.STEERING_NOT_TOLD)
    return Section(heading, level=3, blocks=(body,))


def _done(actions: Iterable[ActionFacts]) -> list[str]:
    return [
        steering_words.follow_up_line(one.title, told.done, told.by_function, told.day)
        for one in actions
        for told in one.follow_ups
        if told.done
    ]


def _partners(actions: Iterable[ActionFacts]) -> list[str]:
    lines = []
    for one in actions:
        followed = [told.partners for told in one.follow_ups if told.partners]
        named = "; ".join(dict.fromkeys(followed or ([one.partners] if one.partners else [])))
        if named:
            lines.append(steering_words.partners_line(one.title, named, planned=not followed))
    return lines


def _effects(facts: SteeringFacts, theme: SteeringTheme) -> tuple[Block, ...]:
    """What follow-ups tell, then how the theme's offences went, which is not the same thing."""
    lines = [
        steering_words.follow_up_line(one.title, told.effects, told.by_function, told.day)
        for one in theme.facts or ()
        for told in one.follow_ups
        if told.effects
    ]
    computed = [_computed(one.title, one.effect) for one in theme.facts or () if one.effect]
    every = (*lines, *computed)
    blocks: list[Block] = [Bullets(every)] if every else []
    if computed:
        blocks.append(Note(steering_words.STEERING_COMPUTED))
    if any(one.effect and one.effect.listed for one in theme.facts or ()):
        blocks.append(Note(situation_words.SITUATION_REPORTING))
    if theme.facts and not every:
        blocks.append(Text(steering_words.STEERING_NOT_TOLD))
    counted = theme.figures
    if counted is not None and counted.facts is not None:
        blocks += _offences(facts, counted)
    return tuple(blocks)


def _computed(title: str, effect: EffectFacts) -> str:
    word = steering_words.STEERING_VERDICTS[effect.verdict]
    if effect.verdict == EffectVerdict.NOT_ASSESSABLE:
        return steering_words.effect_not_assessable(title, word, effect.needed)
    between = formats.interval(effect.lower, effect.upper)
    return steering_words.effect_line(
        title, word, effect.months, formats.signed(effect.estimate), between
    )


def _offences(facts: SteeringFacts, counted: ThemeFigures) -> list[Block]:
    now, before = facts.edition.period, facts.edition.period.before
    period = report_words.report_period(now.start, now.end)
    told = whole_sentences(counted, period, report_words.report_period(before.start, before.end))
    caveats = () if counted.theme is None else counted.theme.caveats
    note = " ".join((steering_words.STEERING_NOT_EFFECT, *caveats))
    return [Text(told[0]), Note(note)]


def _missing(missing: pd.DataFrame) -> Section:
    if missing.empty:
        return Section(steering_words.STEERING_MISSING, (steering_words.STEERING_NONE_MISSING,))
    rows = tuple(
        row_of(
            (
                row.owner if isinstance(row.owner, str) else finding_words.OWNER_NONE,
                row.title,
                steering_words.STEERING_NEVER if pd.isna(row.last) else formats.day(row.last),
            )
        )
        for row in missing.itertuples()
    )
    table = Table(steering_words.STEERING_MISSING_COLUMNS, (0.34, 0.44, 0.22), rows)
    told = steering_words.missing_told(len(missing), missing["owner"].nunique())
    return Section(steering_words.STEERING_MISSING, (told,), table)
