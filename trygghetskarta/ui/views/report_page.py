"""Rapportera: a finding or a walk, from a phone, in less than half a minute."""

import streamlit as st

from trygghetskarta.render import snippets, texts
from trygghetskarta.ui import finding_data
from trygghetskarta.ui.components import panel
from trygghetskarta.ui.components.phone_form import answer, phone_form


def show() -> None:
    """Draw the form, and store what it sends."""
    ground = finding_data.form_ground()
    panel.banner(ground.municipality, is_example=False)
    st.html(snippets.heading(texts.PAGE_REPORT, texts.REPORT_INTRO))
    sent = phone_form(ground.script, ground.state)
    if sent:
        answer({str(one.get("key")): finding_data.receive(one) for one in sent})
        st.rerun()
