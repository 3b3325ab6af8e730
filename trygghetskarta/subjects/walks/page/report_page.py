"""Rapportera: a finding or a walk, from a phone, in less than half a minute."""

import streamlit as st

from trygghetskarta.desk import panel
from trygghetskarta.draw import snippets
from trygghetskarta.subjects.walks.data import finding_data
from trygghetskarta.subjects.walks.page.phone_form import answer, phone_form
from trygghetskarta.words import phone_words, walk_page_words


def show() -> None:
    """Draw the form, and store what it sends."""
    ground = finding_data.form_ground()
    panel.banner(ground.municipality, is_example=False)
    st.html(snippets.heading(walk_page_words.PAGE_REPORT, phone_words.REPORT_INTRO))
    sent = phone_form(ground.script, ground.state)
    if sent:
        answer({str(one.get("key")): finding_data.receive(one) for one in sent})
        st.rerun()
