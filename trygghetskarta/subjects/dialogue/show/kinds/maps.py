"""Kinds of slides with maps: one, two years side by side, and how a map is read."""

import pandas as pd

from trygghetskarta import formats
from trygghetskarta.analysis.disclosure import Publishable
from trygghetskarta.draw.deck.slides import Layout, Slide
from trygghetskarta.draw.paper.document import Table, cells
from trygghetskarta.draw.shown import Shown
from trygghetskarta.subjects.dialogue.show.district_tables import figures_table, two_years
from trygghetskarta.subjects.dialogue.show.slide_answers import AskedSlide
from trygghetskarta.subjects.dialogue.show.slide_fields import BEFORE, MEASURE, THEME, YEAR, YEARS
from trygghetskarta.subjects.dialogue.show.slide_kind import SlideKind
from trygghetskarta.terms import map_classes
from trygghetskarta.terms.verdicts import Verdict
from trygghetskarta.words.sentences import Sentences


def _map(asked: AskedSlide) -> Slide:
    """One map with one question."""
    shown = asked.map()
    return Slide(
        Layout.MAP,
        shown.title,
        asked.say("question.map"),
        shown=shown,
        table=figures_table(asked.said.language, shown),
        paragraphs=(shown.summary,),
        caption=shown.caption,
    )


def _comparison(asked: AskedSlide) -> Slide:
    """Two calendar years with one scale, and in words what is certain about the difference."""
    earlier, later, change = asked.two_maps()
    said = asked.said
    title = asked.say(
        "title.comparison",
        what=said.what(),
        earlier=said.period(earlier.facts),
        later=said.period(later.facts),
    )
    told = [] if change is None else said.changes(*_moved(change, later.names))
    return Slide(
        Layout.TWO_MAPS,
        title,
        asked.say("question.comparison"),
        shown=earlier,
        beside=later,
        table=two_years(said, earlier, later),
        paragraphs=(*told, asked.say("summary.change_is_reports")),
        caption=_both_captions(said, earlier, later),
    )


def _moved(change: Publishable, names: pd.Series) -> tuple[list[str], list[str]]:
    verdicts = change.table["verdict"]
    rising, falling = (
        sorted(names[names.index.isin(verdicts.index[verdicts == one])], key=formats.swedish_order)
        for one in (Verdict.INCREASE, Verdict.DECREASE)
    )
    return rising, falling


def _both_captions(said: Sentences, earlier: Shown, later: Shown) -> tuple[str, ...]:
    source = said.source_of_two(earlier.facts, later.facts)
    return (f"{said.language.say('caption.compared')} {source}", *later.caption[1:])


def _how_to_read(asked: AskedSlide) -> Slide:
    """What the colours and patterns of a map mean, from the legend it really has."""
    said, say, shown = asked.said, asked.say, asked.first_map()
    most = shown.publishable.rule.threshold - 1
    absent = [
        (said.special_class(number, most + 1), say(f"read.{key}", most=most))
        for number, key in (
            (map_classes.ZERO, "zero"),
            (map_classes.HIDDEN, "hidden"),
            (map_classes.MISSING, "missing"),
        )
    ]
    scale = [entry.label for entry in shown.legend if entry.class_number >= 0]
    rows = [("; ".join(scale), said.of_measure(shown.facts.measure, "shade")), *absent]
    return Slide(
        Layout.LEGEND,
        asked.name,
        shown=shown,
        table=Table(
            (say("read.looks"), say("read.means")), (0.35, 0.65), tuple(cells(row) for row in rows)
        ),
        paragraphs=tuple(f"{look}: {meaning}" for look, meaning in rows),
        caption=shown.caption,
    )


MAP = SlideKind("karta", _map, (THEME, MEASURE, YEAR, YEARS))
COMPARISON = SlideKind("jamforelse", _comparison, (THEME, MEASURE, YEAR, BEFORE))
HOW_TO_READ = SlideKind("sa_laser_du_kartan", _how_to_read, explains=True)
