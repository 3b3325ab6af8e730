"""The kind of slide with a chart: of districts, or year by year."""

import pandas as pd

from trygghetskarta.analysis.measures import AreaFigure, Measure
from trygghetskarta.analysis.rates import incidence_rate
from trygghetskarta.draw.deck.slides import Chart, Layout, Slide
from trygghetskarta.subjects.dialogue.show.district_tables import in_order, why_missing
from trygghetskarta.subjects.dialogue.show.slide_answers import AskedSlide
from trygghetskarta.subjects.dialogue.show.slide_fields import (
    BY_YEAR,
    MEASURE,
    THEME,
    YEAR,
    YEARS,
    unless_by_year,
)
from trygghetskarta.subjects.dialogue.show.slide_kind import SlideKind


def _chart(asked: AskedSlide) -> Slide:
    return _year_chart(asked) if asked.slide.by_year else _district_chart(asked)


def _district_chart(asked: AskedSlide) -> Slide:
    """Counts or rates of the districts, in alphabetical order, with their intervals."""
    said, say, shown = asked.said, asked.say, asked.map()
    measure, table = shown.facts.measure, in_order(shown)
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
        told=tuple(
            why_missing(said.language, *one) for one in zip(table["status"], known, strict=True)
        ),
    )
    return _chart_slide(asked, chart, shown.title, shown.caption)


def _year_chart(asked: AskedSlide) -> Slide:
    """The municipality's counts year by year; a small one is hidden."""
    said, say, facts = asked.said, asked.say, asked.by_year()
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
    return _chart_slide(asked, chart, title, (source, *caption[1:]))


def _chart_slide(asked: AskedSlide, chart: Chart, title: str, caption: tuple[str, ...]) -> Slide:
    return Slide(
        Layout.CHART,
        title,
        asked.say("question.chart"),
        chart=chart,
        paragraphs=(chart.heading,),
        caption=(f"{asked.say('caption.interval')} {caption[0]}", *caption[1:]),
    )


def _limits(figure: AreaFigure, table: pd.DataFrame) -> tuple[pd.Series, pd.Series]:
    """Ends of the intervals of a figure, of counts too."""
    if figure.lower:
        return table[figure.lower], table[figure.upper]
    limits = _count_limits(table[figure.name])
    return limits["lower"], limits["upper"]


def _count_limits(counts: pd.Series) -> pd.DataFrame:
    """Exact Poisson limits of counts: the rate for a thousand of a thousand."""
    return incidence_rate(counts, pd.Series(1000.0, index=counts.index))


def _plain(values: pd.Series) -> tuple[float | None, ...]:
    return tuple(None if pd.isna(value) else float(value) for value in values)


CHART = SlideKind("diagram", _chart, (THEME, BY_YEAR, *map(unless_by_year, (MEASURE, YEAR, YEARS))))
