"""The filters: each widget reads the choice, and saves it when the user changes it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from enum import Enum

import streamlit as st

from trygghetskarta import formats
from trygghetskarta.analysis.measures import Measure
from trygghetskarta.desk import state
from trygghetskarta.desk.data import Options
from trygghetskarta.gate.choice import Choice, PeriodKind
from trygghetskarta.gate.links import PARTS
from trygghetskarta.gate.periods import Span, month_end, month_start
from trygghetskarta.terms.areas import AreaLevel
from trygghetskarta.terms.maps import Comparison
from trygghetskarta.terms.municipality import Plan
from trygghetskarta.words import finding_words, map_words, texts
from trygghetskarta.words.measure_words import MEASURE_NAMES

_ALL = ""


def sidebar(
    choice: Choice,
    options: Options,
    compared: Span,
    *,
    measures: Sequence[Measure] = tuple(Measure),
    levels: bool = True,
) -> None:
    """Draw the filters that the pages share, in the order they have everywhere.

    Parameters
    ----------
    choice
        The choice as it was followed.
    options
        What the filters can be set to.
    compared
        The period compared with, which an own one starts from.
    measures
        Measures that mean something on the page; none leaves the question out.
    levels
        Whether the page has areas of several levels.
    """
    with st.sidebar:
        theme(choice, options.plan)
        codes = tuple(options.renamed.get(code, code) for code in choice.districts)
        districts(replace(choice, districts=codes), options.districts)
        offence_types(choice, options.types)
        period(choice, *options.days)
        comparison(choice, *options.days, compared)
        if measures:
            measure(choice, measures)
        if levels:
            level(choice, options.levels)
        more(choice, options.years)
        reset()


def theme(choice: Choice, plan: Plan) -> None:
    """Choose a *prioriterat område*."""
    names = {_ALL: map_words.THEME_ALL} | {theme.key: theme.name for theme in plan.themes}
    select(map_words.THEME, "theme", choice.theme if choice.theme in names else _ALL, names)


def districts(choice: Choice, names: Mapping[str, str]) -> None:
    """Choose one or several districts; none means all."""
    chosen = [code for code in choice.districts if code in names]
    _several(map_words.DISTRICTS, "districts", chosen, names, map_words.DISTRICTS_ALL)


def offence_types(choice: Choice, types: Sequence[str]) -> None:
    """Choose one or several offence types; none means all."""
    chosen = [name for name in choice.types if name in types]
    names = {name: name for name in types}
    _several(map_words.OFFENCE_TYPE, "types", chosen, names, map_words.OFFENCE_TYPES_ALL)


def period(choice: Choice, first: date, last: date) -> None:
    """Choose the period; an own one by year and month."""
    select(
        map_words.PERIOD, "period", choice.period, map_words.PERIOD_CHOICES, _open_own(first, last)
    )
    if choice.period is PeriodKind.OWN:
        start, end = choice.start or first, choice.end or last
        _month(map_words.FROM, "start", start, first, last, month_start)
        _month(map_words.TO, "end", end, first, last, month_end)


def comparison(choice: Choice, first: date, last: date, compared: Span) -> None:
    """Choose the period compared with."""
    select(map_words.COMPARE_WITH, "comparison", choice.comparison, texts.COMPARISONS)
    if choice.comparison is Comparison.OWN:
        start, end = choice.compare_start or compared.start, choice.compare_end or compared.end
        _month(map_words.FROM, "compare_start", start, first, last, month_start)
        _month(map_words.TO, "compare_end", end, first, last, month_end)


def measure(choice: Choice, measures: Sequence[Measure] = tuple(Measure)) -> None:
    """Choose what the map is coloured by; a measure chosen elsewhere waits where it has no map."""
    names = {measure: MEASURE_NAMES[measure] for measure in measures}
    current = choice.measure if choice.measure in measures else measures[0]
    segments(map_words.MEASURE, "measure", current, names)


def level(choice: Choice, levels: Sequence[AreaLevel]) -> None:
    """Choose the areas."""
    names = {level: texts.AREA_LEVELS[level] for level in levels}
    segments(map_words.LEVEL, "level", choice.level, names)


def more(choice: Choice, years: Sequence[int]) -> None:
    """Choose which date counts and which year's plan."""
    with st.expander(map_words.MORE_CHOICES):
        select(map_words.DATE_BASIS, "basis", choice.basis, texts.DATE_BASES)
        current = choice.plan_year if choice.plan_year in years else years[0]
        select(map_words.PLAN_YEAR, "plan_year", current, {year: str(year) for year in years})


def area(choice: Choice, names: Mapping[str, str]) -> None:
    """Choose the area whose profile is open: the same as a click on the map."""
    options = {_ALL: map_words.AREA_NONE} | dict(names)
    select(map_words.AREA_CHOOSE, "area", choice.area if choice.area in options else _ALL, options)


def reset() -> None:
    """Go back to the first choice."""
    st.button(map_words.RESET, on_click=lambda: state.save(Choice()), width="stretch")


_TYPES = {part.name: part.kind for part in PARTS if issubclass(part.kind, Enum)}
"""Link words come back from the browser as plain strings."""


def select(
    label: str,
    name: str,
    current: object,
    names: Mapping,
    adjust: Callable[[Choice], Choice] | None = None,
    told: str | None = None,
) -> None:
    """Choose one of several in a list: a field of the choice by name, its words by value."""
    key, words = _hold(name, current), texts.distinct(names)
    st.selectbox(
        label,
        [_word(name) for name in names],
        format_func=lambda value: words[value],
        key=key,
        help=told,
        on_change=_keep,
        args=(name, key, adjust),
    )


def open_select(label: str, names: Sequence[str], key: str, told: str) -> None:
    """Choose one of several in a list, or write another; kept under the widget's own key."""
    st.selectbox(
        label,
        names,
        key=key,
        help=told,
        accept_new_options=True,
        placeholder=finding_words.OWNER_CHOOSE,
        format_func=lambda value: value or formats.NO_VALUE,
    )


def toggle(label: str, name: str, current: bool, told: str) -> None:
    """Turn a field of the choice on or off."""
    key = _hold(name, current)
    st.toggle(label, key=key, help=told, on_change=_keep, args=(name, key))


def segments(label: str, name: str, current: object, names: Mapping) -> None:
    """Choose one of a few that are all seen at once."""
    key = _hold(name, current)
    st.segmented_control(
        label,
        [_word(name) for name in names],
        format_func=lambda value: names[value],
        key=key,
        required=True,
        width="stretch",
        on_change=_keep,
        args=(name, key),
    )


def _several(
    label: str, name: str, current: list[str], names: Mapping[str, str], none: str
) -> None:
    key = _hold(name, current)
    st.multiselect(
        label,
        [_word(name) for name in names],
        format_func=lambda value: names[value],
        key=key,
        placeholder=none,
        on_change=_keep,
        args=(name, key),
    )


def _month(
    label: str,
    name: str,
    current: date,
    first: date,
    last: date,
    make: Callable[[int, int], date],
) -> None:
    years = list(range(min(first.year, current.year), max(last.year, current.year) + 1))
    month_column, year_column = st.columns([3, 2])
    month_key = _hold(f"{name}_month", current.month)
    year_key = _hold(f"{name}_year", current.year)
    arguments = (name, month_key, year_key, make)
    with month_column:
        st.selectbox(
            f"{label}, {map_words.MONTH.lower()}",
            list(range(1, 13)),
            format_func=formats.month_name,
            key=month_key,
            on_change=_keep_month,
            args=arguments,
        )
    with year_column:
        st.selectbox(
            f"{label}, {map_words.YEAR.lower()}",
            years,
            key=year_key,
            on_change=_keep_month,
            args=arguments,
        )


def _word(value: object) -> object:
    """Options travel as plain words: Streamlit compares members of an enum by its own rules."""
    return value.value if isinstance(value, Enum) else value


def _hold(name: str, current: object) -> str:
    """Make the widget show the choice, whatever it showed on an earlier page."""
    key = f"filter_{name}"
    st.session_state[key] = _word(current)
    return key


def _keep(name: str, key: str, adjust: Callable[[Choice], Choice] | None = None) -> None:
    value = st.session_state[key]
    value = tuple(value) if isinstance(value, list) else _TYPES.get(name, lambda same: same)(value)
    changed = replace(state.load(), **{name: value})
    state.save(adjust(changed) if adjust else changed)


def _keep_month(name: str, month_key: str, year_key: str, make: Callable[[int, int], date]) -> None:
    day = make(st.session_state[year_key], st.session_state[month_key])
    state.save(state.ordered(replace(state.load(), **{name: day}), name))


def _open_own(first: date, last: date) -> Callable[[Choice], Choice]:
    """An own period starts from the last twelve months, so that something is there to change."""

    def adjust(choice: Choice) -> Choice:
        if choice.period is not PeriodKind.OWN or choice.start:
            return choice
        start = max(first, month_start(last.year - 1, last.month))
        return replace(choice, start=start.replace(day=1), end=month_end(last.year, last.month))

    return adjust
