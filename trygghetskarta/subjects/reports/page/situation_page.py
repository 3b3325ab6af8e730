"""Lägesbild: a report on the page, written in, frozen and taken home."""

import streamlit as st

from trygghetskarta.desk import first_steps
from trygghetskarta.draw.paper import html_file
from trygghetskarta.subjects.reports.data import report_choice, report_data
from trygghetskarta.subjects.reports.page import report_panel
from trygghetskarta.subjects.reports.page.report_controls import (
    plan_area,
    plan_map,
    report_controls,
)
from trygghetskarta.terms.papers import ReportKind
from trygghetskarta.words import report_page_words


def show() -> None:
    """Draw the page from the report that is chosen."""
    if not first_steps.opened():
        return
    st.html(f"<style>{html_file.body_style()}</style>")
    before = report_data.filled(report_choice.opened())
    side, wide = st.columns([3, 8], gap="large")
    if before.kind is ReportKind.PLAN_AREA:
        with wide:
            plan_map(before)
    with side:
        chosen = report_controls(before, report_data.years(before.audience))
        if chosen.kind is before.kind is ReportKind.PLAN_AREA:
            chosen = plan_area(chosen, report_data.districts())
    if chosen != before:
        report_choice.save(chosen)
        st.rerun()
    report_choice.follow(chosen)
    with wide, st.spinner(report_page_words.SITUATION_COMPOSING, show_time=False):
        found = report_data.report(chosen)
        document = report_data.document(found)
    with side:
        report_panel.actions(found)
        report_panel.frozen()
    with wide:
        report_panel.missing(found)
        report_panel.paper(found, document)
