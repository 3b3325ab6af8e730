"""Columns that a file of each kind cannot do without."""

from trygghetskarta.terms.imports import TableKind

NEEDED = {
    TableKind.INCIDENTS: {
        ("offence_code", "offence_text", "offence_type"): "Brottskod",
        (
            "reported_date",
            "occurred_from_date",
            "occurred_to_date",
            "period",
            "year",
        ): "Brottsdatum",
    },
    TableKind.DISTRICTS: {("code", "name"): "Namn"},
    TableKind.POPULATION: {
        ("area_code",): "Områdeskod",
        ("population",): "Befolkning",
        ("year",): "År",
    },
    TableKind.SURVEY: {
        ("year",): "År",
        ("question",): "Fråga",
        ("share",): "Andel",
        ("answers",): "Antal svar",
        ("sampling_method",): "Urvalsmetod",
    },
    TableKind.SURVEY_ANSWERS: {
        ("year",): "År",
        ("sampling_method",): "Urvalsmetod",
    },
    TableKind.WALKS: {("start", "date"): "Start"},
    TableKind.OBSERVATIONS: {("category", "text"): "Kategori"},
    TableKind.ACTIONS: {("title",): "Åtgärd"},
}
"""Roles of which at least one is needed, and what the column is usually called."""

COUNT = {("count",): "Antal"}
"""Needed of incidents, too, where rows do not show that they are single ones and a number stands
beside them that nothing is read from."""

SINGLE = frozenset(
    (
        *("source_id", "case_id", "occurred_from_time", "occurred_to_time"),
        *("northing", "easting", "latitude", "longitude", "wkt"),
    )
)
"""Roles that only rows of single offences have."""
COUNTED_OR_SINGLE = (
    *("count", "reported_date", "occurred_from_date", "occurred_to_date"),
    *sorted(SINGLE),
)
"""Roles of which one shows what a row of incidents stands for."""
