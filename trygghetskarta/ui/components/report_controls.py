"""Which report: its kind, time and reader."""

from dataclasses import replace

import streamlit as st

from trygghetskarta.render import texts
from trygghetskarta.terms import Audience, ReportKind
from trygghetskarta.ui.report_choice import ReportChoice
from trygghetskarta.ui.report_data import Years


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
