"""A finding's field is declared once: what is declared is asked for, read, told and listed."""

from dataclasses import replace
from datetime import date

import geopandas as gpd
import pandas as pd
import pytest

from trygghetskarta.errors import TableRule
from trygghetskarta.intake import templates
from trygghetskarta.sources.fields import columns
from trygghetskarta.sources.fields.column_names import NAMES
from trygghetskarta.sources.publishers import observations
from trygghetskarta.sources.readers import files
from trygghetskarta.subjects.walks.edit import walk_sent
from trygghetskarta.subjects.walks.page import phone_form
from trygghetskarta.subjects.walks.show import walk_listing
from trygghetskarta.tables.contract import Column, ColumnType, text, whole
from trygghetskarta.tables.findings import FIELDS, OBSERVATIONS, Asked, FindingField
from trygghetskarta.terms.imports import TableKind
from trygghetskarta.terms.walks import ObservationCategory
from trygghetskarta.words import texts
from trygghetskarta.words.finding_field_words import FieldWords

LEVELS = {1: "1 – ingen", 2: "2 – få", 3: "3 – många"}
GROUND = {"grus": "Grus", "asfalt": "Asfalt"}
CROWD = FindingField(
    whole(minimum=1, maximum=3, later=True),
    Asked.MORE,
    FieldWords(
        "Folk", "Folk 1–3", "Hur mycket?", options={1: "1 – ingen", 2: "2 – få", 3: "3 – många"}
    ),
    not_for=frozenset({ObservationCategory.SAFE}),
)
PERSONS = FindingField(
    whole(minimum=1, later=True), Asked.WHAT, FieldWords("Personer", "Personer", "Hur många?")
)
SURFACE = FindingField(
    text(words=("grus", "asfalt"), later=True),
    Asked.WHAT,
    FieldWords(
        "Underlag",
        "Underlag",
        "Vad?",
        untold="Välj underlag.",
        options={"grus": "Grus", "asfalt": "Asfalt"},
    ),
    needed=True,
)
NEW = {"crowd": CROWD, "persons": PERSONS, "surface": SURFACE}
ROWS = """Datum;Kategori;Folk;Personer;Underlag
2026-10-01;Belysning;många;2;Asfalt
2026-10-02;Trygg plats;2;;
2026-10-03;Belysning;9;2,5;is
"""


@pytest.fixture
def new(monkeypatch):
    """Three more fields, of each kind that can be chosen or counted."""
    for name, field in NEW.items():
        monkeypatch.setitem(FIELDS, name, field)
        monkeypatch.setitem(NAMES[TableKind.OBSERVATIONS], name, (field.words.label.lower(),))
        monkeypatch.setitem(OBSERVATIONS.columns, name, field.column)


def test_every_field_has_its_place_in_files():
    for name, field in FIELDS.items():
        assert name in templates.ROLES[TableKind.OBSERVATIONS]
        assert texts.ROLES[name] == field.words.column
        for head in (field.words.label, field.words.column, name):
            assert columns.recognise([head], TableKind.OBSERVATIONS).roles == {name: head}


def test_new_fields_are_read_and_what_is_wrong_is_told(new):
    raw = files.read_bytes("fynd.csv", ROWS.encode("utf-8"))
    mapping = columns.recognise(raw.frame.columns, TableKind.OBSERVATIONS, raw.frame)
    found = observations.parse(
        raw, mapping, source="Prov", bounds=None, local_crs=3007, today=date(2026, 11, 2)
    )
    told = found.table[list(NEW)].astype("object").where(found.table[list(NEW)].notna(), None)
    assert told.values.tolist() == [[3, 2, "asfalt"], [None, None, None]]
    assert [(fault.rule, fault.column, fault.value) for fault in found.faults] == [
        (TableRule.UNKNOWN_WORD, "Folk", "9"),
        (TableRule.NOT_A_WHOLE_NUMBER, "Personer", "2,5"),
        (TableRule.UNKNOWN_WORD, "Underlag", "is"),
    ]


def test_new_fields_are_asked_for_sent_and_listed(new):
    asked = {one["name"]: one for one in phone_form._words()["fields"]}
    assert [asked[name]["kind"] for name in NEW] == ["choices", "number", "choices"]
    assert asked["crowd"]["notFor"] == ["trygg_plats"] and asked["surface"]["untold"]
    sent = {"kind": "finding", "identity": "x", "category": "belysning"}
    sent |= {"crowd": 3, "persons": "2", "surface": "grus"}
    form = walk_sent.read(sent).observation
    assert {name: form.told[name] for name in NEW} == {"crowd": 3, "persons": 2, "surface": "grus"}
    row = {name: form.told.get(name) for name in FIELDS} | {
        **{"category": "belysning", "owner": None, "day": pd.NaT, "due_date": pd.NaT},
        "status": "ny",
    }
    table = gpd.GeoDataFrame([row], geometry=[None], crs=3006)
    listed = walk_listing.findings_table(table, ["Sylte"], date(2026, 11, 2))
    cells = dict(zip(listed.headings, listed.rows[0], strict=True))
    assert (cells["Folk"], cells["Personer"], cells["Underlag"]) == ("3", "2", "Grus")


@pytest.mark.parametrize(
    "field",
    [
        lambda: replace(CROWD, column=whole(minimum=1, maximum=4)),
        lambda: replace(PERSONS, column=whole()),
        lambda: replace(PERSONS, column=whole(minimum=0)),
        lambda: replace(PERSONS, column=text()),
        lambda: replace(SURFACE, column=text(words=("grus",))),
        lambda: replace(SURFACE, needed=False),
        lambda: replace(PERSONS, column=Column(ColumnType.DATE)),
        lambda: replace(PERSONS, column=whole(True, 1)),
    ],
)
def test_a_field_that_could_not_be_shown_is_refused_at_once(field):
    with pytest.raises(ValueError, match="do not agree"):
        field()
