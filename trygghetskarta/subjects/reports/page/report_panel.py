"""The report on the page, with a place to write below each section; its files; the frozen ones."""

import streamlit as st

from trygghetskarta.desk.pressed import pressed
from trygghetskarta.draw import snippets
from trygghetskarta.draw.paper.document import Document, Section
from trygghetskarta.errors import StoreCause, StoreError
from trygghetskarta.subjects.reports.data import report_data
from trygghetskarta.subjects.reports.data.report_making import Report
from trygghetskarta.subjects.reports.page import report_controls
from trygghetskarta.terms.papers import ReportFormat
from trygghetskarta.words import dialogue_words, finding_words, report_page_words, texts
from trygghetskarta.words.safe import file_name

_NOTHING = report_data.EditedText("", 0)
"""What a section holds before anybody has written."""


def missing(found: Report) -> None:
    """What the report lacks, and what to do about it."""
    if found.lacks:
        lines = "\n".join(f"- {sentence}" for sentence in found.lacks)
        st.info(f"**{report_page_words.SITUATION_LACKS}**\n{lines}")


def actions(found: Report) -> None:
    """Freeze the report, and take it home as it is now."""
    st.html(snippets.notice(report_data.data_version(found)))
    refusal = report_data.refusal(found)
    if refusal is not None:
        st.error(refusal.reason)
        if refusal.year:
            st.info(refusal.told)
            st.button(
                dialogue_words.TAKE_ALTERNATIVE,
                on_click=report_controls.take_year,
                args=(found.edition.kind, refusal.year),
                width="stretch",
            )
        return
    st.button(
        report_page_words.SITUATION_FREEZE,
        help=report_page_words.SITUATION_FREEZE_HELP,
        on_click=_freeze,
        args=(found,),
        width="stretch",
    )
    st.html(snippets.small_heading(report_page_words.SITUATION_TAKE_HOME))
    name = file_name(found.document.title)
    for kind in ReportFormat:
        st.download_button(
            report_page_words.SITUATION_FORMATS[kind],
            lambda kind=kind: report_data.draft_file(found, kind),
            file_name=f"{name}.{kind.value}",
            mime=report_data.MEDIA[kind],
            on_click="ignore",
            width="stretch",
            key=f"report-{kind.value}",
        )


def frozen() -> None:
    """The frozen reports, each as the files it was."""
    st.html(snippets.small_heading(report_page_words.SITUATION_FROZEN))
    names = texts.distinct(report_data.frozen())
    if not names:
        st.html(snippets.notice(report_page_words.SITUATION_FROZEN_NONE))
        return
    identity = st.selectbox(
        report_page_words.SITUATION_FROZEN_CHOOSE,
        list(names),
        format_func=names.get,
        key="report-frozen-choice",
    )
    st.html(snippets.notice(names[identity]))
    if why := report_data.withheld(identity):
        st.warning(why)
        return
    for kind in ReportFormat:
        st.download_button(
            report_page_words.frozen_label(report_page_words.SITUATION_FORMATS[kind]),
            lambda kind=kind: report_data.frozen_file(identity, kind),
            file_name=f"{file_name(names[identity])}.{kind.value}",
            mime=report_data.MEDIA[kind],
            on_click="ignore",
            width="stretch",
            key=f"frozen-{kind.value}",
        )


def paper(found: Report, document: Document) -> None:
    """The report as it reads, section by section."""
    st.html(f'<div class="tk-paper">{report_data.head(document)}</div>')
    own = report_data.own_texts(found)
    for section in document.sections:
        st.html(f'<div class="tk-paper">{report_data.section(section)}</div>')
        if section.key:
            _editor(found, section, own.get(section.key, _NOTHING))
    st.html(f'<div class="tk-paper">{report_data.foot(document)}</div>')


@pressed
def _freeze(found: Report) -> None:
    st.session_state["report-frozen"] = report_data.freeze(found)
    st.toast(report_page_words.SITUATION_FROZEN_NOW)


def _editor(found: Report, section: Section, kept: report_data.EditedText) -> None:
    """A place to write; what was read when it was opened is what may be replaced."""
    edition = found.edition
    name = f"own-{edition.kind}-{edition.period.key}-{edition.audience}-{section.key}"
    opened = st.session_state.setdefault(f"{name}-opened", kept)
    label = report_page_words.SITUATION_EDIT if kept.text else report_page_words.SITUATION_WRITE
    warning = st.session_state.get(f"{name}-warning")
    # One form: the words and the press go together, so that neither comes without the other.
    with st.expander(f"{label}: {section.heading}"), st.form(name, border=False):
        st.text_area(
            report_page_words.own_text_label(section.heading),
            value=opened.text,
            height=180,
            max_chars=report_data.MOST_LETTERS,
            help=report_page_words.SITUATION_WRITE_HELP,
            key=f"{name}-text",
        )
        if warning:
            st.warning(warning[1])
        st.form_submit_button(
            finding_words.FINDING_KEEP if warning else report_page_words.SITUATION_SAVE,
            on_click=_save,
            args=(found, section.key, name, opened.version),
        )


@pressed
def _save(found: Report, key: str, name: str, version: int) -> None:
    """Keep the words; those that were warned of are kept when they are sent once more."""
    written = st.session_state[f"{name}-text"]
    warned, _ = st.session_state.pop(f"{name}-warning", ("", ""))
    try:
        result = report_data.save_text(found, key, written, version, written == warned)
    except StoreError as error:
        if error.cause is not StoreCause.CHANGED_MEANWHILE:
            raise
        st.session_state[f"{name}-opened"] = report_data.own_texts(found).get(key, _NOTHING)
        st.session_state[f"{name}-warning"] = written, report_page_words.SITUATION_STALE
        return
    if result.version is None:
        st.session_state[f"{name}-warning"] = written, report_data.warning(result)
        return
    del st.session_state[f"{name}-opened"]
    st.toast(report_page_words.SITUATION_SAVED)
