"""Widgets of the import: file, kind, columns, source, progress, report."""

from collections.abc import Sequence
from dataclasses import replace

import streamlit as st

from trygghetskarta import formats, settings
from trygghetskarta.desk import panel, typed_day
from trygghetskarta.desk.file_work import Upload
from trygghetskarta.draw import snippets
from trygghetskarta.intake.accounts import ROW_NUMBERS, ImportReport
from trygghetskarta.intake.division_intake import Wish
from trygghetskarta.intake.receiving import Waiting
from trygghetskarta.subjects.imports.show import divisions_table, faulty_rows, names_table
from trygghetskarta.terms.areas import DivisionTold, Joined, NewAreas
from trygghetskarta.terms.doubts import DoubtKind
from trygghetskarta.terms.file_forms import TABLES, endings
from trygghetskarta.terms.imports import TableKind
from trygghetskarta.words import (
    date_words,
    doubt_words,
    fault_words,
    import_note_words,
    import_words,
    texts,
)

_FAULTY = 100
"""Rows with faults that are shown before a file is saved."""

_CHOICES = (
    TableKind.INCIDENTS,
    TableKind.EVENTS,
    TableKind.POPULATION,
    TableKind.SURVEY,
    TableKind.ACTIONS,
    TableKind.SURVEY_ANSWERS,
    TableKind.DISTRICTS,
    TableKind.MUNICIPALITY_TOTALS,
)


def kind() -> TableKind:
    """What the file holds."""
    return st.selectbox(import_words.KIND, _CHOICES, format_func=lambda value: texts.KINDS[value])


def upload() -> Upload | None:
    """The file, None before one is chosen."""
    chosen = st.file_uploader(
        import_words.UPLOAD, type=endings(TABLES), help=import_words.UPLOAD_HELP
    )
    return None if chosen is None else Upload(chosen.file_id, chosen.name, chosen.getvalue())


def agree(waiting: Waiting) -> tuple[str, int | None] | None:
    """Name of the source, and the coordinate system where the file does not say.

    None until the user has said yes.
    """
    with st.form("import-agree", border=False):
        told = _source_and_crs(waiting)
        return told if st.form_submit_button(import_words.CHECK_BUTTON, type="primary") else None


def _source_and_crs(waiting: Waiting) -> tuple[str, int | None]:
    left, right = st.columns([3, 2])
    with left:
        source = st.text_input(
            import_words.SOURCE_NAME,
            value=import_words.DEFAULT_SOURCES[waiting.kind],
            help=import_words.SOURCE_HELP,
            max_chars=120,
        )
    crs = None
    if waiting.kind is TableKind.INCIDENTS and waiting.raw is not None and not waiting.raw.crs:
        with right:
            crs = st.selectbox(
                import_words.CRS,
                list(import_words.CRS_NAMES),
                format_func=lambda code: import_words.CRS_NAMES[code],
            )
    return source.strip() or import_words.DEFAULT_SOURCES[waiting.kind], crs or None


def areas_wish(waiting: Waiting) -> Waiting | None:
    """What areas of a file are to those in force; None while something of it cannot be read."""
    if waiting.kind is not TableKind.DISTRICTS:
        return waiting
    how = st.radio(
        import_words.AREAS_HOW,
        list(NewAreas),
        index=None,
        format_func=lambda one: import_words.AREAS_CHOICES[one],
        help=import_words.AREAS_HELP,
    )
    left, right = st.columns([3, 2])
    with left:
        stem = waiting.file_name.rsplit(".", 1)[0]
        name = st.text_input(import_words.DIVISION_NAME, value=stem, max_chars=120)
    with right:
        typed = st.text_input(
            import_words.DIVISION_FROM,
            value=settings.today().isoformat(),
            help=date_words.DAY_FORM,
            max_chars=10,
        )
    try:
        day = typed_day.read_day(typed)
    except ValueError as error:
        st.error(str(error))
        return None
    # Only what somebody changed is a wish: the same file again renames nothing.
    said = name.strip() if name.strip() != stem else ""
    return replace(waiting, wish=Wish(how, said, day if day != settings.today() else None))


def confirm(checked: ImportReport) -> frozenset[DoubtKind] | None:
    """What would become of a file, and what of it is asked; all of it once the user saves it.

    None until the user has ticked everything and said yes.
    """
    st.html(snippets.small_heading(import_words.CHECKED))
    _numbers(checked)
    if checked.quarantined:
        _faulty(checked)
    ticked = [True]
    if checked.doubts:
        st.html(snippets.small_heading(doubt_words.DOUBTS_TITLE))
        st.html(snippets.notice(doubt_words.DOUBTS_HELP))
        ticked = panel.doubts(checked.file, checked.doubts)
    elif not checked.quarantined:
        st.html(snippets.paragraphs([doubt_words.NO_DOUBTS]))
    if not st.button(import_words.SAVE_BUTTON, type="primary", disabled=not all(ticked)):
        return None
    return frozenset(doubt.kind for doubt in checked.doubts)


def _faulty(checked: ImportReport) -> None:
    """The rows that would wait to be put right, and why."""
    n = formats.number(checked.quarantined)
    with st.expander(import_words.FAULTY_TITLE.format(n=n), expanded=True):
        more = import_words.FAULTY_MORE.format(shown=_FAULTY)
        told = f"{more} {fault_words.by_column(checked.faults)}"
        said = [import_words.FAULTY_HELP, told][: 1 + (checked.quarantined > _FAULTY)]
        st.html(snippets.notice(" ".join(said)))
        st.html(snippets.faulty(faulty_rows(checked.faults, _FAULTY)))


def report(done: ImportReport) -> None:
    """The *kopplingsrapport* of the latest import."""
    st.html(snippets.small_heading(f"{import_words.REPORT}: {done.file}"))
    sentence = import_words.report_sentence(
        done.read, done.accepted, done.quarantined, done.new + done.changed
    )
    (st.warning if done.quarantined else st.success)(sentence)
    _numbers(done)
    if done.names:
        with st.expander(import_words.REPORT_NAMES):
            panel.grid(names_table(done.names))


def _numbers(done: ImportReport) -> None:
    """The account in numbers, and beside it what was noticed."""
    numbers = done.shown()
    if done.kind is not TableKind.INCIDENTS:
        numbers = {name: value for name, value in numbers.items() if name in ROW_NUMBERS}
    if done.span is not None:
        said = import_words.span_line(done.read, done.span.first, done.span.last)
        st.html(snippets.paragraphs([said]))
    left, right = st.columns(2, gap="medium")
    with left:
        if done.span is not None and done.span.months:
            st.html(snippets.months(done.span.months))
        st.html(snippets.report(numbers))
    told = import_note_words.account_lines(done.aside, done.unread)
    with right:
        for line in (*import_note_words.note_lines(done.notes), *told):
            st.html(snippets.notice(line))


def divisions(
    told: Sequence[DivisionTold], joins: Sequence[Joined]
) -> DivisionTold | Joined | None:
    """The divisions, and a button for each change that can be undone; the one that was pressed."""
    st.html(snippets.small_heading(import_words.DIVISIONS))
    st.html(snippets.notice(import_words.DIVISIONS_HELP))
    panel.grid(divisions_table(told))
    pressed: DivisionTold | Joined | None = None
    for join in joins:
        label = import_words.join_button(join.file, len(join.codes))
        if st.button(label, key=f"undo_join_{join.level.value}"):
            pressed = join
    for one in told:
        if one.can_return and st.button(import_words.DIVISION_RESTORE.format(name=one.name)):
            pressed = one
    return pressed
