"""Empty files to fill in: the columns of each kind of import, as the import knows them."""

from collections.abc import Mapping

from trygghetskarta import formats
from trygghetskarta.sources.fields.column_names import NAMES
from trygghetskarta.tables.findings import FIELDS
from trygghetskarta.terms.imports import TableKind

ROLES: Mapping[TableKind, tuple[str, ...]] = {
    TableKind.INCIDENTS: (
        *("source_id", "offence_code", "reported_date", "occurred_from_date"),
        *("occurred_from_time", "area_code", "latitude", "longitude", "count"),
    ),
    TableKind.POPULATION: ("area_code", "year", "population"),
    TableKind.SURVEY: (
        *("survey", "year", "question", "dimension", "place_name", "group", "share"),
        *("answers", "sampling_method"),
    ),
    TableKind.SURVEY_ANSWERS: (
        *("survey", "year", "question", "answer", "place_name", "group", "weight"),
        "sampling_method",
    ),
    TableKind.ACTIONS: tuple(NAMES[TableKind.ACTIONS]),
    TableKind.WALKS: (
        *("source_id", "walk_type", "place_name", "start", "end", "participants", "team"),
        "note",
    ),
    TableKind.OBSERVATIONS: (
        *("source_id", "walk", "date", "time", "latitude", "longitude", "category"),
        *(*FIELDS, "status", "owner", "due_date"),
    ),
}
"""What a person writes in a file of each kind; the import reads more. Borders are drawn in a
mapping program, and news and totals are fetched, so those have no template."""


def template(kind: TableKind, words: Mapping[str, str], mark: str) -> bytes:
    """An empty file of a kind, as a spreadsheet program opens it.

    Parameters
    ----------
    kind
        One of ``ROLES``.
    words
        What each column is called.
    mark
        Heading of a last column that says that it is a template; the import does not read it.

    Returns
    -------
    bytes
        As :func:`trygghetskarta.formats.swedish_csv` has it.
    """
    return formats.swedish_csv([[*(words[role] for role in ROLES[kind]), mark]])
