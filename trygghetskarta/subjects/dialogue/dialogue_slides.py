"""Slides of a citizen dialogue, each made of gated figures and one language's words."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

import pandas as pd

from trygghetskarta import formats
from trygghetskarta.analysis import classes
from trygghetskarta.analysis.disclosure import Publishable
from trygghetskarta.analysis.facts import Facts
from trygghetskarta.analysis.measures import AreaFigure, Measure
from trygghetskarta.analysis.rates import incidence_rate
from trygghetskarta.draw.deck.slides import Chart, Slide
from trygghetskarta.draw.paper.document import Table, cells
from trygghetskarta.draw.shown import Shown
from trygghetskarta.terms.audience import CellStatus
from trygghetskarta.terms.papers import SlideKind
from trygghetskarta.terms.verdicts import Verdict
from trygghetskarta.words.language import Language
from trygghetskarta.words.sentences import Sentences

MOST_FINDINGS = 7
"""Findings that have room on a wall."""


@dataclass(frozen=True)
class Wording:
    """A slide's own heading and question; empty for those of the language."""

    heading: str = ""
    question: str = ""


@dataclass(frozen=True)
class FindingLine:
    """A finding as a slide tells it; the keys are those of ``category`` and ``status``."""

    category: str
    seen: date | None
    status: str
    changed: date | None
    owner: str
    is_named: bool
    due: date | None


def map_slide(said: Sentences, shown: Shown, wording: Wording) -> Slide:
    """One map with one question."""
    return Slide(
        SlideKind.MAP,
        wording.heading or shown.title,
        wording.question or said.language.say("question.map"),
        shown=shown,
        table=figures_table(said.language, shown),
        paragraphs=(shown.summary,),
        caption=shown.caption,
    )


def comparison_slide(
    said: Sentences, sides: tuple[Shown, Shown], change: Publishable | None, wording: Wording
) -> Slide:
    """Two calendar years with one scale, and in words what is certain about the difference.

    Parameters
    ----------
    said
        The language.
    sides
        The earlier and the later year, classified together.
    change
        The later year's figures with their verdicts, None where no change can be told.
    wording
        Own words.
    """
    earlier, later = sides
    say = said.language.say
    title = say(
        "title.comparison",
        what=said.what(),
        earlier=said.period(earlier.facts),
        later=said.period(later.facts),
    )
    told = [] if change is None else said.changes(*_moved(change, later.names))
    return Slide(
        SlideKind.COMPARISON,
        wording.heading or title,
        wording.question or say("question.comparison"),
        shown=earlier,
        beside=later,
        table=_two_years(said, earlier, later),
        paragraphs=(*told, say("summary.change_is_reports")),
        caption=_both_captions(said, earlier, later),
    )


def _moved(change: Publishable, names: pd.Series) -> tuple[list[str], list[str]]:
    verdicts = change.table["verdict"]
    return tuple(
        sorted(names[names.index.isin(verdicts.index[verdicts == one])], key=formats.swedish_order)
        for one in (Verdict.INCREASE, Verdict.DECREASE)
    )


def _both_captions(said: Sentences, earlier: Shown, later: Shown) -> tuple[str, ...]:
    source = said.source_of_two(earlier.facts, later.facts)
    return (f"{said.language.say('caption.compared')} {source}", *later.caption[1:])


def district_chart(said: Sentences, shown: Shown, wording: Wording) -> Slide:
    """Counts or rates of the districts, in alphabetical order, with their intervals."""
    say = said.language.say
    measure, table = shown.facts.measure, _in_order(shown)
    value = table[measure.declared.value.name]
    lower, upper = _limits(measure.declared.value, table)
    known = value.notna()
    chart = Chart(
        heading=say(f"measure.{measure}.chart"),
        unit=say(f"measure.{measure}.unit"),
        categories=tuple(shown.names[table.index]),
        series=((said.period(shown.facts), _plain(value)),),
        lower=_plain(lower.where(known)),
        upper=_plain(upper.where(known)),
        told=tuple(_why(said.language, *one) for one in zip(table["status"], known, strict=True)),
    )
    return _chart_slide(said, chart, shown.title, shown.caption, wording)


def year_chart(said: Sentences, facts: Sequence[Facts], wording: Wording) -> Slide:
    """The municipality's counts year by year; a small one is hidden."""
    say = said.language.say
    years = tuple(said.period(one) for one in facts)
    counts = pd.Series([one.offences for one in facts], dtype="float64")
    limits = _count_limits(counts)
    chart = Chart(
        heading=say("chart.by_year"),
        unit=say(f"measure.{Measure.COUNT}.unit"),
        categories=years,
        series=((said.what(), _plain(counts)),),
        lower=_plain(limits["lower"]),
        upper=_plain(limits["upper"]),
        told=tuple("" if one.offences is not None else say("chart.hidden") for one in facts),
    )
    newest = facts[-1]
    caption = said.caption(newest, 0, 1)
    source = said.source(newest, said.language.period(facts[0].start, newest.end))
    title = say("title.by_year", what=said.what())
    return _chart_slide(said, chart, title, (source, *caption[1:]), wording)


def _chart_slide(
    said: Sentences, chart: Chart, title: str, caption: tuple[str, ...], wording: Wording
) -> Slide:
    say = said.language.say
    return Slide(
        SlideKind.CHART,
        wording.heading or title,
        wording.question or say("question.chart"),
        chart=chart,
        paragraphs=(chart.heading,),
        caption=(f"{say('caption.interval')} {caption[0]}", *caption[1:]),
    )


def how_to_read(said: Sentences, shown: Shown, wording: Wording) -> Slide:
    """What the colours and patterns of a map mean, from the legend it really has."""
    say = said.language.say
    most = shown.publishable.rule.threshold - 1
    absent = [
        (said.special_class(number, most + 1), say(f"read.{key}", most=most))
        for number, key in (
            (classes.ZERO, "zero"),
            (classes.HIDDEN, "hidden"),
            (classes.MISSING, "missing"),
        )
    ]
    scale = [entry.label for entry in shown.legend if entry.class_number >= 0]
    rows = [("; ".join(scale), said.of_measure(shown.facts.measure, "shade")), *absent]
    return Slide(
        SlideKind.HOW_TO_READ,
        wording.heading or say("title.how_to_read"),
        wording.question,
        shown=shown,
        table=Table(
            (say("read.looks"), say("read.means")), (0.35, 0.65), tuple(cells(row) for row in rows)
        ),
        paragraphs=tuple(f"{look}: {meaning}" for look, meaning in rows),
        caption=shown.caption,
    )


def unknown(said: Sentences, shown: Iterable[Shown], wording: Wording) -> Slide:
    """What the figures of a presentation do not tell: only the caveats that hold for them."""
    views = list(shown)
    lines = [line for one in views for line in _not_known(said, one)]
    return Slide(
        SlideKind.UNKNOWN,
        wording.heading or said.language.say("title.unknown"),
        wording.question,
        paragraphs=tuple(dict.fromkeys([*_always(said), *lines])),
        caption=views[0].caption[:1] if views else (),
    )


def _always(said: Sentences) -> list[str]:
    keys = ("feeling", "unreported", "improvement", "chance")
    return [said.language.say(f"unknown.{key}") for key in keys]


def _not_known(said: Sentences, shown: Shown) -> list[str]:
    say, facts = said.language.say, shown.facts
    lines = []
    hidden = int((shown.publishable.table["status"] == CellStatus.HIDDEN).sum())
    if hidden:
        lines.append(say("unknown.hidden", n=hidden, all=len(shown.names)))
    if untold := said.of_measure(facts.measure, "unknown"):
        lines.append(untold)
    if said.theme is not None:
        caveats = said.language.caveats(said.theme.key, facts.caveats)
        lines += [say("unknown.theme", caveat=caveat) for caveat in caveats]
    if facts.without_place is None:
        lines.append(say("unknown.place_hidden"))
    elif facts.offences and facts.without_place:
        share = said.language.share(facts.without_place / facts.offences)
        lines.append(say("unknown.place", share=share))
    if facts.preliminary != 0:
        lines.append(say("unknown.preliminary"))
    if facts.undated != 0:
        lines.append(say("unknown.undated"))
    return lines


def you_said(
    language: Language, district: str, findings: Sequence[FindingLine], wording: Wording
) -> Slide:
    """What walks have found in a district and what has become of it, without words or people."""
    say = language.say
    shown = findings[:MOST_FINDINGS]
    headings = tuple(say(f"you_said.{key}") for key in ("said", "when", "did", "who", "due"))
    rows = tuple(cells(_finding_row(language, one)) for one in shown)
    more = len(findings) - len(shown)
    told = [language.counted("you_said.more", more)] if more else []
    return Slide(
        SlideKind.YOU_SAID,
        wording.heading or say("title.you_said", district=district),
        wording.question or say("question.you_said"),
        table=Table(headings, (0.25, 0.17, 0.22, 0.2, 0.16), rows) if rows else None,
        paragraphs=tuple(told) if rows else (say("you_said.empty"),),
        caption=(say("you_said.source"),),
    )


def _finding_row(language: Language, one: FindingLine) -> tuple[str, ...]:
    say = language.say
    status = say(f"status.{one.status}")
    if one.changed is not None and one.status in _DATED:
        status = f"{status}, {language.month(one.changed)}"
    owner = one.owner or say("you_said.nobody" if one.is_named else "you_said.municipality")
    due = language.day(one.due) if one.due and one.status not in _DATED else formats.NO_VALUE
    seen = language.month(one.seen) if one.seen else formats.NO_VALUE
    return say(f"category.{one.category}"), seen, status, owner, due


_DATED = ("atgardad", "avslutad_utan_atgard")


def figures_table(language: Language, shown: Shown) -> Table:
    """The figures of a map as a table, districts in alphabetical order."""
    say, table = language.say, _in_order(shown)
    measure = shown.facts.measure
    figure = None if measure is Measure.COUNT else measure.declared.value
    unit = [say(f"measure.{measure}.unit")] if figure else []
    headings = (say("chart.district"), say("chart.label_count"), *unit)
    rows = tuple(
        cells((shown.names[code], *_figures(language, row, figure)))
        for code, row in table.iterrows()
    )
    widths = (0.4, 0.2, 0.4) if figure else (0.6, 0.4)
    return Table(headings, widths, rows)


def _figures(language: Language, row: pd.Series, figure: AreaFigure | None) -> list[str]:
    why = _why(language, row["status"], pd.notna(row["count"]))
    told = [why or language.number(row["count"])]
    if figure:
        why = _why(language, row["status"], pd.notna(row[figure.name]))
        told.append(why or _with_limits(language, row, figure))
    return told


def _with_limits(language: Language, row: pd.Series, figure: AreaFigure) -> str:
    value, lower, upper = (language.number(row[name], figure.decimals) for name in figure.columns)
    return language.say("chart.value", value=value, lower=lower, upper=upper)


def _two_years(said: Sentences, earlier: Shown, later: Shown) -> Table:
    language = said.language
    before, after = _in_order(earlier), _in_order(later)
    headings = (
        language.say("chart.district"),
        said.period(earlier.facts),
        said.period(later.facts),
    )
    rows = tuple(
        cells(
            (
                later.names[code],
                _figures(language, before.loc[code], None)[0],
                _figures(language, after.loc[code], None)[0],
            )
        )
        for code in after.index
    )
    return Table(headings, (0.5, 0.25, 0.25), rows)


def _in_order(shown: Shown) -> pd.DataFrame:
    codes = sorted(shown.names.index, key=lambda code: formats.swedish_order(shown.names[code]))
    return shown.publishable.table.loc[codes]


def _limits(figure: AreaFigure, table: pd.DataFrame) -> tuple[pd.Series, pd.Series]:
    """Ends of the intervals of a figure, of counts too."""
    if figure.lower:
        return table[figure.lower], table[figure.upper]
    limits = _count_limits(table[figure.name])
    return limits["lower"], limits["upper"]


def _count_limits(counts: pd.Series) -> pd.DataFrame:
    """Exact Poisson limits of counts: the rate for a thousand of a thousand."""
    return incidence_rate(counts, pd.Series(1000.0, index=counts.index))


def _why(language: Language, status: CellStatus, is_known: bool) -> str:
    """Why there is no figure, empty when there is one."""
    if is_known:
        return ""
    return language.say("chart.hidden" if status == CellStatus.HIDDEN else "chart.missing")


def _plain(values: pd.Series) -> tuple[float | None, ...]:
    return tuple(None if pd.isna(value) else float(value) for value in values)
