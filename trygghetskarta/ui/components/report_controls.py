"""Which report: its kind, time and reader."""

from dataclasses import replace

import streamlit as st

from trygghetskarta.render import texts
from trygghetskarta.terms import Audience, ReportKind
from trygghetskarta.ui.report_choice import ReportChoice
from trygghetskarta.ui.report_data import Years


def plan_area(choice: ReportChoice, districts: dict[str, str]) -> ReportChoice:
    """Let the user choose a district, or read an area from a file."""
    codes = list(districts)
    district = st.selectbox(
        texts.PLAN_AREA_DISTRICT,
        codes,
        index=codes.index(choice.district) if choice.district in codes else 0,
        format_func=districts.get,
        key="plan-area-district",
    )
    sent = st.file_uploader(
        texts.PLAN_AREA_FILE, type=["geojson", "json", "gpkg", "zip"], key="plan-area-file"
    )
    if sent is None:
        return replace(choice, district=district, file="", content=b"")
    return replace(choice, district=district, file=sent.name, content=sent.getvalue())


def report_controls(choice: ReportChoice, years: Years) -> ReportChoice:
    """Let the user choose; gives what is chosen now."""
    kind = st.selectbox(
        texts.SITUATION_KIND,
        list(ReportKind),
        index=list(ReportKind).index(choice.kind),
        format_func=lambda one: texts.SITUATION_KINDS[one],
        key="report-kind",
    )
    if kind is not choice.kind:
        return ReportChoice(kind, audience=choice.audience)
    year = st.selectbox(
        texts.YEAR,
        years.years,
        index=years.years.index(choice.year),
        format_func=lambda one: texts.year_choice(one, one in years.whole),
        key=f"report-year-{kind.value}",
    )
    if kind is ReportKind.PLAN_AREA:
        return replace(choice, year=year, quarter=0, audience=Audience.INTERNAL)
    audience = st.radio(
        texts.SITUATION_READER,
        list(Audience),
        index=list(Audience).index(choice.audience),
        format_func=lambda one: texts.SITUATION_AUDIENCES[one],
        horizontal=True,
        key="report-audience",
    )
    chosen = replace(choice, year=year, audience=audience)
    if kind is not ReportKind.STEERING and audience is Audience.PUBLIC:
        st.caption(texts.SITUATION_WHOLE_YEARS)
        return replace(chosen, quarter=0)
    quarter = st.selectbox(
        texts.SITUATION_QUARTER,
        list(texts.SITUATION_QUARTERS),
        index=choice.quarter,
        format_func=lambda one: texts.SITUATION_QUARTERS[one],
        key=f"report-quarter-{kind.value}",
    )
    return replace(chosen, quarter=quarter)
