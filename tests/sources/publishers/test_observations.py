"""Lists of observations with real column names, and waypoints, become one contract."""

import json
from datetime import date

import pandas as pd
import pytest

from trygghetskarta import tables
from trygghetskarta.errors import TableRule
from trygghetskarta.sources.fields import columns
from trygghetskarta.sources.fields.observation_words import (
    FACTOR_ROLES,
    answer_of,
    category_in,
    category_of,
    says_nothing,
    status_of,
    walk_type_of,
)
from trygghetskarta.sources.publishers import observations
from trygghetskarta.sources.readers import files
from trygghetskarta.terms.imports import TableKind
from trygghetskarta.terms.walks import AuditFactor, FindingStatus, ObservationCategory

pytestmark = pytest.mark.slow

TODAY = date(2026, 11, 2)
BOUNDS = (330_000.0, 6_440_000.0, 360_000.0, 6_480_000.0)
HEAD = "Tid;Latitud;Longitud;Kategori;Allvar;Text"
LINE = "2026-02-13 21:30;58,2836;12,2886;Belysning;3;Lyktan är släckt"


def parsed(text, name="fynd.csv"):
    raw = files.read_bytes(name, text.encode("utf-8"))
    mapping = columns.recognise(raw.frame.columns, TableKind.OBSERVATIONS, raw.frame)
    columns.validate(mapping, raw)
    found = observations.parse(
        raw, mapping, source="Vandrarna", bounds=BOUNDS, local_crs=3007, today=TODAY
    )
    tables.require(found.table, tables.OBSERVATIONS)
    return found


def one(line, head=HEAD):
    found = parsed(f"{head}\n{line}\n")
    return found.table.iloc[0] if len(found.table) else found.faults


def test_a_row_is_read():
    row = one(LINE)
    assert row["observed_at"] == pd.Timestamp("2026-02-13 20:30", tz="UTC")
    assert (row["category"], row["seriousness"], row["status"]) == ("belysning", 3, "ny")
    assert (row["voices"], row["has_photo"], row["source"]) == (1, False, "Vandrarna")
    assert (round(row["geometry"].x), round(row["geometry"].y)) == (341027, 6463486)


@pytest.mark.parametrize(
    "head",
    [
        "Vandring;Tid;Latitud;Longitud;Kategori;Allvar;Text;Källa",
        "Datum;Klockslag;N;E;Typ;Allvarlighetsgrad;Beskrivning;Ansvarig;Klart senast;Status",
        "id;walk;date;lat;lon;category;severity;description;owner",
        "Stopp;Plats;Kategori;Ljus;Sikt;Överblick;Gömställen;Ödslighet;Flyktvägar;Skötsel;Känsla",
    ],
)
def test_columns_are_recognised_by_the_names_people_use(head):
    assert not columns.recognise(head.split(";"), TableKind.OBSERVATIONS).unused


def test_columns_named_x_and_y_are_told_apart_by_their_values():
    head = "Kategori;X;Y"
    north_first, east_first = one("nålar;6463531;341067", head), one("nålar;341067;6463531", head)
    assert north_first["geometry"].equals(east_first["geometry"])


@pytest.mark.parametrize("category", ObservationCategory)
def test_every_category_has_its_words(category):
    assert category_of(category.value) is category
    assert category_of(category.value.replace("_", " ").title()) is category


@pytest.mark.parametrize(
    ("text", "category"),
    [
        ("Två lyktor släckta", ObservationCategory.LIGHTING),
        ("Häcken når ut över gångbanan", ObservationCategory.VEGETATION),
        ("Spruta vid bänken", ObservationCategory.NEEDLES),
        ("Krossad ruta", ObservationCategory.GRAFFITI),
        ("Överfull papperskorg", ObservationCategory.LITTER),
        ("001", None),
        ("Ingen belysning på stigen", ObservationCategory.LIGHTING),
        ("Lyktan fungerar inte", ObservationCategory.LIGHTING),
        ("Klottret är inte sanerat", ObservationCategory.GRAFFITI),
        ("Tryggt och bra", ObservationCategory.SAFE),
        *((text, None) for text in ("Belysningen fungerar bra här", "Ingen skadegörelse")),
        *((text, None) for text in ("Klottret är borta", "Inga trasiga lampor", "Inte tryggt")),
    ],
)
def test_free_text_tells_its_category_or_nothing(text, category):
    assert category_in(text) is category


@pytest.mark.parametrize(
    ("cell", "utc"),
    [
        ("2026-10-25T02:30:00+02:00", "2026-10-25 00:30"),
        ("2026-10-25T02:30:00+01:00", "2026-10-25 01:30"),
        ("2026-10-25T00:30:00Z", "2026-10-25 00:30"),
        ("2026-10-25T01:30:00Z", "2026-10-25 01:30"),
        ("2026-10-25T02:30:00", "2026-10-25 00:30"),
        ("2026-03-29T00:30:00Z", "2026-03-29 00:30"),
        ("2026-03-29T03:30:00+02:00", "2026-03-29 01:30"),
    ],
)
def test_nights_when_the_clock_is_moved(cell, utc):
    assert one(f"{cell};skräp", "Datum;Kategori")["observed_at"] == pd.Timestamp(utc, tz="UTC")


@pytest.mark.parametrize("cell", ["Inte mörkt", "Mörkt och skräp", "Inga sprutor"])
def test_a_category_is_one_and_is_not_denied(cell):
    assert one(f"2026-02-13;{cell};x", "Datum;Kategori;Text")[0].rule is TableRule.UNKNOWN_WORD


def test_text_that_denies_says_why_it_waits():
    (fault,) = one("2026-02-13;Klottret är borta", "Datum;Text")
    assert (fault.rule, fault.column) == (TableRule.CATEGORY_DENIED, "Text")
    assert one("2026-02-13;hej", "Datum;Text")[0].rule is TableRule.VALUE_MISSING


@pytest.mark.parametrize("cell", ["kvartal 1 2025", "2025", "jan 2025", "2025-H1", "2025M01"])
def test_a_period_is_no_day(cell):
    assert one(f"{cell};skräp", "Datum;Kategori")[0].rule is TableRule.NOT_A_DATE


@pytest.mark.parametrize(
    ("cell", "due"), [("juni 2027", "2027-06-30"), ("2027", "2027-12-31"), ("2026-02-13", None)]
)
def test_the_last_day_to_act(cell, due):
    row = one(f"2026-02-13;skräp;{cell}", "Datum;Kategori;Klart senast")
    assert str(row["due_date"].date()) == (due or cell)
    (fault,) = one("2026-02-13;skräp;2026-02-12", "Datum;Kategori;Klart senast")
    assert fault.rule is TableRule.END_BEFORE_START


def test_what_priorities_and_questions_mean_is_not_guessed():
    assert one("skräp;1", "Kategori;Prio")[0].rule is TableRule.UNKNOWN_WORD
    assert one("skräp;akut", "Kategori;Prio")["seriousness"] == 4
    assert one("skräp;Klar?", "Kategori;Status")[0].rule is TableRule.UNKNOWN_WORD
    assert one("skräp;12", "Kategori;Antal")["voices"] == 1


def test_a_category_may_stand_in_the_text_only():
    row = one("Nytt klotter på elskåpet", "Text")
    assert row["category"] == "klotter_och_skadegorelse" and row["geometry"] is None


@pytest.mark.parametrize(
    ("line", "rule"),
    [
        (";58,28;12,29;övrigt;;", TableRule.UNKNOWN_WORD),
        (";58,28;12,29;;;något", TableRule.VALUE_MISSING),
        (";58,28;12,29;nålar;9;", TableRule.UNKNOWN_WORD),
        ("i går;58,28;12,29;nålar;;", TableRule.NOT_A_DATE),
        ("2026-12-24;58,28;12,29;nålar;;", TableRule.DATE_OUT_OF_RANGE),
        (";58,28;;nålar;;", TableRule.COORDINATE_INCOMPLETE),
    ],
)
def test_what_is_wrong_is_told(line, rule):
    found = parsed(f"{HEAD}\n{LINE}\n{line}\n")
    assert [fault.rule for fault in found.faults] == [rule] and len(found.table) == 1


def test_a_safe_place_has_no_seriousness():
    row = one("2026-02-13 21:30;58,2836;12,2886;Trygg plats;1;Ljust och öppet")
    assert row["category"] == "trygg_plats" and pd.isna(row["seriousness"])


@pytest.mark.parametrize("said", ["Inget att rapportera", "inget", "lugnt", "Inga observationer"])
def test_nothing_to_report_is_a_row_of_its_own_kind(said):
    found = parsed(f"Vandring;{HEAD}\n1;2026-02-13 20:00;;;{said};;\n1;{LINE}\n")
    assert (len(found.table), len(found.quiet), found.faults) == (1, 1, ())
    assert found.quiet["walk_ref"].tolist() == ["1"]


def test_factors_are_one_to_five():
    assert set(FACTOR_ROLES.values()) == set(AuditFactor)
    head = "Stopp;Kategori;Ljus;Känsla"
    row = one("2;belysning;1;4", head)
    assert json.loads(row["factors"]) == {"ljus": 1, "kansla": 4} and row["stop"] == 2
    assert pd.isna(one("2;belysning;;", head)["factors"])
    (fault,) = one("2;belysning;6;", head)
    assert (fault.rule, fault.column) == (TableRule.ABOVE_MAXIMUM, "Ljus")


def test_the_work_with_a_finding_is_read():
    head = "Kategori;Status;Skäl;Ansvarig;Klart senast;Antal röster"
    row = one("nålar;avslutad utan åtgärd;Privat mark;Parkenheten;2026-12-24;3", head)
    assert row["status"] == "avslutad_utan_atgard" and row["status_reason"] == "Privat mark"
    assert (row["owner"], row["voices"]) == ("Parkenheten", 3)
    assert row["due_date"] == pd.Timestamp("2026-12-24")
    (fault,) = one("nålar;kanske;;;;", head)
    assert fault.rule is TableRule.UNKNOWN_WORD


@pytest.mark.parametrize("status", FindingStatus)
def test_every_status_has_its_word(status):
    assert status_of(status.value.replace("_", " ")) is status


def test_words_that_are_none_are_none():
    assert answer_of("seriousness", "5") is walk_type_of("löprunda") is status_of("kanske") is None
    assert not says_nothing("Släckt lykta")


def test_rows_add_up_and_the_same_row_is_the_same_observation():
    twice = parsed(f"{HEAD}\n{LINE}\n{LINE}\n")
    assert (len(twice.table), twice.repeated) == (1, 1)
    assert twice.table["observation_id"].iloc[0] == one(LINE)["observation_id"]
    corrected = one(LINE.replace(";3;", ";2;"))
    assert corrected["observation_id"] == one(LINE)["observation_id"]
    other = parsed(f"{HEAD}\n{LINE}\n{LINE.replace(';3;', ';2;')}\n")
    assert [fault.rule for fault in other.faults] == [TableRule.DUPLICATE_ID]


def test_points_of_geojson_are_read():
    feature = {
        "type": "Feature",
        "properties": {"Kategori": "nålar"},
        "geometry": {"type": "Point", "coordinates": [12.2886, 58.2836]},
    }
    text = json.dumps({"type": "FeatureCollection", "features": [feature]})
    found = parsed(text, "fynd.geojson")
    assert round(found.table.geometry.iloc[0].x) == 341027


def test_a_file_of_faults_only_is_an_empty_table():
    found = parsed(f"{HEAD}\n;;;övrigt;;\n")
    assert found.table.empty and len(found.faults) == 1
