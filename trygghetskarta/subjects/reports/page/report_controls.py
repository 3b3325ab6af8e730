"""Which report: its kind, time and reader."""

from dataclasses import replace

import streamlit as st

from trygghetskarta.desk import address, area_drawing, typed_corners
from trygghetskarta.desk.map_bridge import show_map
from trygghetskarta.subjects.actions.data import action_data
from trygghetskarta.subjects.reports.data.report_choice import ReportChoice
from trygghetskarta.subjects.reports.data.report_data import Years
from trygghetskarta.terms.audience import Audience
from trygghetskarta.terms.file_forms import PLACES, endings
from trygghetskarta.terms.papers import ReportKind
from trygghetskarta.words import (
    map_words,
    plan_area_words,
    report_page_words,
    situation_words,
)

_DRAWING, _DRAWN = "plan-area-drawing", "plan-area-"
"""Session keys: whether an area is drawn, and the beginning of those of its corners."""


def plan_area(choice: ReportChoice, districts: dict[str, str]) -> ReportChoice:
    """Let the user choose a district, draw an area, or read one from a file."""
    codes = list(districts)
    district = st.selectbox(
        plan_area_words.PLAN_AREA_DISTRICT,
        codes,
        format_func=districts.get,
        key=_hold("plan-area-district", choice.district if choice.district in codes else codes[0]),
    )
    sent = st.file_uploader(
        plan_area_words.PLAN_AREA_FILE,
        type=endings(PLACES),
        key="plan-area-file",
    )
    drawn = _drawn()
    chosen = replace(choice, district=district, corners=drawn, file="", content=b"")
    if sent is None:
        return chosen
    return replace(chosen, file=sent.name, content=sent.getvalue())


def plan_map(choice: ReportChoice) -> None:
    """The map to draw on, where somebody draws; before the box that its corners stand in."""
    # A link's corners open the drawing.
    _hold(_DRAWING, bool(choice.corners))
    _hold(f"{_DRAWN}corners", typed_corners.write_corners(choice.corners))
    if not st.session_state.get(_DRAWING):
        return
    clicked = show_map(
        action_data.map_name(),
        action_data.map_script(),
        action_data.drawing_state(area_drawing.corners(_DRAWN)),
    )
    if clicked:
        area_drawing.add(_DRAWN, clicked.latitude, clicked.longitude)
        st.rerun()


def _hold(key: str, current: object) -> str:
    """Make a new widget show the choice, and every one when the user has gone back to it."""
    if key not in st.session_state or address.is_travelled():
        st.session_state[key] = current
    return key


def _drawn() -> tuple[tuple[float, float], ...]:
    if not st.toggle(
        plan_area_words.PLAN_AREA_DRAW, key=_DRAWING, help=plan_area_words.PLAN_AREA_DRAW_HELP
    ):
        return ()
    area_drawing.box(_DRAWN)
    return area_drawing.corners(_DRAWN)


def take_year(kind: ReportKind, year: int) -> None:
    """Choose another whole year, as if in the boxes."""
    st.session_state[f"report-year-{kind.value}"] = year
    st.session_state[f"report-quarter-{kind.value}"] = 0


def report_controls(choice: ReportChoice, years: Years) -> ReportChoice:
    """Let the user choose; gives what is chosen now."""
    kind = st.selectbox(
        report_page_words.SITUATION_KIND,
        list(ReportKind),
        format_func=lambda one: situation_words.SITUATION_KINDS[one],
        key=_hold("report-kind", choice.kind),
    )
    if kind is not choice.kind:
        return ReportChoice(kind, audience=choice.audience)
    year = st.selectbox(
        map_words.YEAR,
        years.years,
        format_func=lambda one: report_page_words.year_choice(one, one in years.whole),
        key=_hold(f"report-year-{kind.value}", choice.year),
    )
    if kind is ReportKind.PLAN_AREA:
        return replace(choice, year=year, quarter=0, audience=Audience.INTERNAL)
    audience = st.radio(
        report_page_words.SITUATION_READER,
        list(Audience),
        format_func=lambda one: situation_words.SITUATION_AUDIENCES[one],
        horizontal=True,
        key=_hold("report-audience", choice.audience),
    )
    chosen = replace(choice, year=year, audience=audience)
    if kind is not ReportKind.STEERING and audience is Audience.PUBLIC:
        st.caption(report_page_words.SITUATION_WHOLE_YEARS)
        return replace(chosen, quarter=0)
    quarter = st.selectbox(
        report_page_words.SITUATION_QUARTER,
        list(report_page_words.SITUATION_QUARTERS),
        format_func=lambda one: report_page_words.SITUATION_QUARTERS[one],
        key=_hold(f"report-quarter-{kind.value}", choice.quarter),
    )
    return replace(chosen, quarter=quarter)
