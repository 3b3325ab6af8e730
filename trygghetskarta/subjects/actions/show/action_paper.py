"""An action as a paper: the plan's fields, what led to it, follow-ups, effect with its caveats."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from trygghetskarta.draw.paper.document import Document, Section, Table, cells
from trygghetskarta.draw.table.listing import Listing
from trygghetskarta.subjects.actions.show.effect_shown import EffectShown
from trygghetskarta.words import action_words, effect_words, texts


@dataclass(frozen=True)
class ActionTold:
    """An action in words.

    Attributes
    ----------
    title, summary
        Its head.
    facts
        Labels and values.
    led_to
        What led to it.
    follow_ups
        Heads, each with its lines.
    municipality
        Its name.
    is_example
        Whether it, or the offences, are invented.
    day
        A day that belongs to the content.
    """

    title: str
    summary: str
    facts: tuple[tuple[str, str], ...]
    led_to: tuple[str, ...]
    follow_ups: tuple[tuple[str, tuple[str, ...]], ...]
    municipality: str
    is_example: bool
    day: date


def compose_action(told: ActionTold, effect: EffectShown) -> Document:
    """Write the paper of an action.

    Parameters
    ----------
    told
        The action.
    effect
        Its effect, or why there is none.
    """
    mark = texts.EXAMPLE_MARK if told.is_example else ""
    sections = [
        Section(action_words.LED_TO, told.led_to or (action_words.LED_TO_NONE,)),
        Section(action_words.FOLLOW_UPS, _lines(told.follow_ups)),
        *_effect_sections(effect),
    ]
    source = action_words.PAPER_SOURCE_ACTIONS.format(municipality=told.municipality)
    return Document(
        title=told.title,
        summary=told.summary,
        facts=told.facts,
        sections=tuple(sections),
        caption=(*effect.caveats, *([f"{mark}."] if mark else []), source),
        mark=mark,
        day=told.day,
    )


def _lines(told: Sequence[tuple[str, tuple[str, ...]]]) -> tuple[str, ...]:
    lines = [line for head, body in told for line in (f"{head}:", *body)]
    return tuple(lines) or (action_words.FOLLOW_UPS_NONE,)


def _effect_sections(effect: EffectShown) -> list[Section]:
    if effect.refusal:
        return [Section(effect_words.EFFECT, (effect.refusal,))]
    verdict = (f"{effect_words.FIGURE_VERDICT}: {effect.verdict}.",) if effect.verdict else ()
    return [
        Section(effect_words.EFFECT, (*verdict, *effect.said), _table(effect.counts)),
        Section(effect_words.EFFECT_DETAILS, effect.method),
        Section(effect_words.CANDIDATES, (), _table(effect.candidates)),
    ]


def _table(shown: Listing) -> Table:
    first = 0.4
    rest = (1 - first) / (len(shown.headings) - 1)
    widths = (first, *([rest] * (len(shown.headings) - 1)))
    return Table(tuple(shown.headings), widths, tuple(cells(row) for row in shown.rows))
