"""Widgets of the import: file, kind, columns, source, progress, report."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace

import streamlit as st

from trygghetskarta.pipeline.intake import Report, Waiting
from trygghetskarta.render import listing, snippets, texts
from trygghetskarta.terms import TableKind

_PREVIEW_ROWS = 5
_CHOICES = (
    TableKind.INCIDENTS,
    TableKind.EVENTS,
    TableKind.POPULATION,
    TableKind.SURVEY,
    TableKind.DISTRICTS,
    TableKind.MUNICIPALITY_TOTALS,
)
_SUFFIXES = ("csv", "txt", "tsv", "xlsx", "geojson", "json", "gpkg", "zip")


def kind() -> TableKind:
    """What the file holds."""
    return st.selectbox(texts.KIND, _CHOICES, format_func=lambda value: texts.KINDS[value])


def upload() -> tuple[str, bytes] | None:
    """Name and content of the file, None before one is chosen."""
    chosen = st.file_uploader(texts.UPLOAD, type=_SUFFIXES, help=texts.UPLOAD_HELP)
    return None if chosen is None else (chosen.name, chosen.getvalue())


def layer(names: Sequence[str]) -> str:
    """Which layer of several to read."""
    return st.selectbox(texts.CHOOSE_LAYER, names)


def mapping(waiting: Waiting) -> Waiting:
    """Show how the columns are understood and let the user change it."""
    if waiting.raw is None or waiting.mapping is None:
        return waiting
    st.html(snippets.small_heading(texts.PREVIEW))
    st.dataframe(listing.preview(waiting.raw.frame, _PREVIEW_ROWS), width="stretch")
    st.html(snippets.small_heading(texts.MAPPING_TITLE))
    st.html(snippets.notice(texts.MAPPING_REMEMBERED if waiting.remembered else texts.MAPPING_HELP))
    columns = list(waiting.raw.frame.columns)
    roles = _roles(waiting, columns)
    return replace(waiting, mapping=waiting.mapping.with_roles(roles))


def source_and_crs(waiting: Waiting) -> tuple[str, int | None]:
    """Name of the source, and the coordinate system where the file does not say."""
    left, right = st.columns([3, 2])
    with left:
        source = st.text_input(
            texts.SOURCE_NAME,
            value=texts.DEFAULT_SOURCES[waiting.kind],
            help=texts.SOURCE_HELP,
            max_chars=120,
        )
    crs = None
    if waiting.kind is TableKind.INCIDENTS and waiting.raw is not None and not waiting.raw.crs:
        with right:
            crs = st.selectbox(
                texts.CRS, list(texts.CRS_NAMES), format_func=lambda code: texts.CRS_NAMES[code]
            )
    return source.strip() or texts.DEFAULT_SOURCES[waiting.kind], crs or None


def confirm() -> bool:
    """Whether the user has said yes."""
    return st.button(texts.IMPORT_BUTTON, type="primary")


@contextmanager
def progress(name: str) -> Iterator[Callable[[float], None]]:
    """A progress bar that says which file is read; gone when it is done."""
    bar = st.progress(0.0, texts.IMPORTING.format(file=name))
    try:
        yield lambda part: bar.progress(min(max(part, 0.0), 1.0))
    finally:
        bar.empty()


def report(done: Report) -> None:
    """The *kopplingsrapport* of the latest import."""
    st.html(snippets.small_heading(f"{texts.REPORT}: {done.file}"))
    sentence = texts.report_sentence(done.read, done.quarantined, done.new + done.changed)
    (st.warning if done.quarantined else st.success)(sentence)
    numbers = done.numbers()
    if done.kind is not TableKind.INCIDENTS:
        numbers = dict(list(numbers.items())[:5])
    st.html(snippets.report(numbers))
    for line in texts.note_lines(done.notes):
        st.html(snippets.notice(line))
    if done.names:
        with st.expander(texts.REPORT_NAMES):
            st.dataframe(listing.names_table(done.names), hide_index=True, width="stretch")


def _roles(waiting: Waiting, columns: list[str]) -> Mapping[str, str]:
    chosen = {}
    places = st.columns(3)
    for number, role in enumerate(waiting.mapping.possible_roles()):
        current = waiting.mapping.roles.get(role, "")
        options = ["", *columns]
        with places[number % len(places)]:
            picked = st.selectbox(
                texts.ROLES.get(role, role),
                options,
                index=options.index(current) if current in options else 0,
                format_func=lambda name: name or texts.NO_COLUMN,
                key=f"role-{waiting.sha256[:8]}-{role}",
            )
        if picked:
            chosen[role] = picked
    return chosen
