"""Files are read back with independent readers: csv and pandas, openpyxl, pyogrio and sqlite3."""

import csv
import html
import io
import re
import sqlite3
import struct
import zipfile
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from types import SimpleNamespace

import numpy as np
import openpyxl
import pandas as pd
import pyogrio
import pytest

from tests.views import csv_of, xlsx_of
from trygghetskarta.analysis.measures import Measure
from trygghetskarta.draw.table import geopackage_file
from trygghetskarta.terms.areas import AreaLevel
from trygghetskarta.terms.audience import Audience, CellStatus, ShowRule
from trygghetskarta.words import file_words, texts
from trygghetskarta.words.safe import plain_text

pytestmark = pytest.mark.slow

WRITERS = {"csv": csv_of, "xlsx": xlsx_of, "gpkg": geopackage_file.to_geopackage}
SORTED_NAMES = ["Kronogården", "Lextorp", "Sylte", "Åby", "Ärla", "Östra"]
HOSTILE = (
    "<img src=x onerror=alert(1)>",
    '=cmd|"/c calc"!A1',
    "+1;\r\n-2,@SUM(A1)",
    "\u202egnipmud\x00",
    '😀 "x"; DROP TABLE karta;--',
    "a" * 300,
)
OPEN = ShowRule(AreaLevel.DESO, 1)
HEADINGS = [
    "Märkning",
    "Kod",
    "Område",
    "Antal anmälda brott",
    "Invånare",
    "Per 1 000 invånare (utjämnat)",
    "Per 1 000 invånare, undre gräns (95 %)",
    "Per 1 000 invånare, övre gräns (95 %)",
]
CHANGES = [
    "Antal i jämförelseperioden",
    "Förändring (%)",
    "Förändring, undre gräns (%, 95 %)",
    "Förändring, övre gräns (%, 95 %)",
    "Bedömning av förändringen",
]


def rows_of(data):
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""), delimiter=";"))


def sheets_of(data):
    return openpyxl.load_workbook(io.BytesIO(data))


@contextmanager
def as_file(data):
    """GDAL wants a suffix, so the bytes become a file as they do for a user."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "karta.gpkg"
        path.write_bytes(data)
        yield path


def layer_of(data, name=file_words.LAYER):
    with as_file(data) as path:
        return pyogrio.read_dataframe(path, layer=name)


@contextmanager
def database_of(data):
    database = sqlite3.connect(":memory:")
    database.deserialize(data)
    yield database
    database.close()


def everything_in(kind, data):
    """All that can be read in a file, as text."""
    if kind == "csv":
        return data.decode("utf-8-sig").replace('""', '"')
    if kind == "xlsx":
        with zipfile.ZipFile(io.BytesIO(data)) as parts:
            return html.unescape(
                "\n".join(parts.read(name).decode("utf-8") for name in parts.namelist())
            )
    with database_of(data) as database:
        rows = [
            row
            for table in ("gpkg_contents", file_words.LAYER, file_words.ABOUT_TABLE)
            for row in database.execute(f"SELECT * FROM {table}")
        ]
    return "\n".join(str(value) for row in rows for value in row if not isinstance(value, bytes))


def test_csv_opens_right_in_swedish_excel(view_of):
    data = csv_of(view_of())
    assert data.startswith(b"\xef\xbb\xbf")
    assert data.count(b"\n") == data.count(b"\r\n")
    rows = rows_of(data)
    assert rows[0] == [*HEADINGS, *CHANGES]
    assert [row[2] for row in rows[1:7]] == SORTED_NAMES
    by_name = {row[2]: dict(zip(rows[0], row, strict=True)) for row in rows[1:7]}
    assert by_name["Östra"]["Antal anmälda brott"] == "0"
    assert by_name["Östra"]["Per 1 000 invånare (utjämnat)"] == "0,2"
    assert by_name["Lextorp"]["Förändring (%)"] == "-17"
    assert by_name["Lextorp"]["Bedömning av förändringen"] == "säkerställd minskning"


def test_zero_hidden_missing_and_not_computed_are_four_things_in_csv(view_of):
    rows = rows_of(csv_of(view_of()))
    count = {row[2]: row[3] for row in rows[1:7]}
    assert count == {
        "Kronogården": "dold",
        "Lextorp": "12345",
        "Sylte": "20000",
        "Åby": "uppgift saknas",
        "Ärla": "dold",
        "Östra": "0",
    }
    rate = {row[2]: row[5] for row in rows[1:7]}
    assert rate["Sylte"] == rate["Lextorp"] == "beräknas inte"
    assert rate["Ärla"] == "dold"


def test_csv_table_is_readable_for_programs(view_of):
    table = pd.read_csv(
        io.BytesIO(csv_of(view_of(rule=OPEN))),
        sep=";",
        decimal=",",
        nrows=6,
        na_values=["uppgift saknas", "beräknas inte"],
        index_col="Kod",
    )
    shown = view_of(rule=OPEN).publishable.table
    pd.testing.assert_series_equal(
        table["Antal anmälda brott"].sort_index(), shown["count"], check_names=False
    )
    rates = table["Per 1 000 invånare (utjämnat)"].sort_index()
    np.testing.assert_allclose(rates, shown["rate"].round(1), atol=1e-9)


@pytest.mark.parametrize("kind", WRITERS)
def test_what_follows_the_figures_follows_into_every_file(view_of, kind):
    shown = view_of()
    text = everything_in(kind, WRITERS[kind](shown))
    for line in (shown.title, *shown.caption, "/karta?tema=narkotika&matt=antal"):
        assert line in text


@pytest.mark.parametrize("kind", WRITERS)
def test_a_caveat_that_the_caption_forgot_is_told_all_the_same(view_of, kind):
    shown = view_of()
    bare = replace(shown, caption=shown.caption[:1])
    assert shown.facts.caveats[0] in everything_in(kind, WRITERS[kind](bare))


@pytest.mark.parametrize("kind", WRITERS)
def test_the_example_mark_is_there_only_for_invented_figures(view_of, kind):
    assert texts.EXAMPLE_MARK in everything_in(kind, WRITERS[kind](view_of()))
    assert texts.EXAMPLE_MARK not in everything_in(kind, WRITERS[kind](view_of(is_example=False)))


def test_the_example_mark_stands_where_excel_shows_it_first(view_of):
    rows = rows_of(csv_of(view_of()))
    assert {row[0] for row in rows[1:7]} == {texts.EXAMPLE_MARK}
    sheet = sheets_of(xlsx_of(view_of()))["Tabell"]
    assert sheet["A1"].value == texts.EXAMPLE_MARK
    assert sheet["A1"].fill.start_color.rgb == "FFFFF4D6"
    assert set(layer_of(geopackage_file.to_geopackage(view_of()))["markning"]) == {
        texts.EXAMPLE_MARK
    }


@pytest.mark.parametrize("kind", WRITERS)
@pytest.mark.parametrize("measure", Measure)
def test_no_figure_of_a_hidden_cell_is_written_even_if_one_came_through(view_of, kind, measure):
    shown = view_of(measure)
    table = shown.publishable.table.copy()
    hidden = table["status"] == CellStatus.HIDDEN
    secret = {"count": 7919.0, "rate": 1582.9, "lower": 1571.3, "upper": 1593.7}
    secret |= {"percent": -1664.0, "percent_lower": -1733.0, "percent_upper": 1787.0}
    for column, value in secret.items():
        table.loc[hidden, column] = value
    table.loc[hidden, "verdict"] = "increase"
    leaky = replace(shown, publishable=SimpleNamespace(table=table, audience=Audience.PUBLIC))
    data = WRITERS[kind](leaky)
    assert everything_in(kind, data) == everything_in(kind, WRITERS[kind](shown))
    assert data == WRITERS[kind](shown)
    for value in secret.values():
        assert struct.pack(">d", value) not in data
        assert f"{abs(value):.0f}".encode() not in data


def test_a_hidden_earlier_count_hides_the_change_but_not_the_count(view_of):
    shown = view_of(
        counts=(9500.0, 9600.0, 9700.0, 20_000.0, 9900.0, 12_345.0),
        previous=(7919.0, 8171.0, 9300.0, 19_000.0, 9100.0, 15_000.0),
    )
    rows = {row[2]: row for row in rows_of(csv_of(shown))[1:7]}
    assert rows["Östra"][3] == "9500"
    assert rows["Östra"][8:] == ["dold"] * 5
    layer = layer_of(geopackage_file.to_geopackage(shown)).set_index("namn")
    assert layer.loc["Östra", "status"] == "visas"
    assert layer.loc["Östra", "status_fore"] == "dold"
    assert pd.isna(layer.loc["Östra", "forandring"])


def test_an_interval_without_end_is_said_in_words(view_of):
    shown = view_of(rule=OPEN)
    table = shown.publishable.table.copy()
    table.loc["1488S002", "percent_upper"] = np.inf
    endless = replace(shown, publishable=SimpleNamespace(table=table, audience=Audience.PUBLIC))
    rows = {row[2]: row for row in rows_of(csv_of(endless))[1:7]}
    assert rows["Ärla"][11] == "obegränsad"
    layer = layer_of(geopackage_file.to_geopackage(endless)).set_index("namn")
    assert pd.isna(layer.loc["Ärla", "forandring_ovre"])
    assert layer.loc["Ärla", "forandring"] == round(table.loc["1488S002", "percent"])


def test_without_comparison_there_are_no_columns_for_it(view_of):
    shown = view_of(previous=None, is_example=False)
    header = rows_of(csv_of(shown))[0]
    assert header == HEADINGS[1:]
    assert "forandring" not in layer_of(geopackage_file.to_geopackage(shown))
    assert sheets_of(xlsx_of(shown))["Tabell"].max_column == 7


def test_xlsx_has_real_numbers_and_words(view_of):
    sheet = sheets_of(xlsx_of(view_of(is_example=False)))["Tabell"]
    rows = {row[1].value: row for row in sheet.iter_rows(min_row=2)}
    assert list(rows) == SORTED_NAMES
    assert rows["Lextorp"][2].value == 12_345
    assert rows["Lextorp"][2].number_format == "#,##0"
    assert rows["Östra"][2].value == 0
    assert rows["Östra"][4].value == 0.2
    assert rows["Östra"][4].number_format == "#,##0.0"
    assert rows["Lextorp"][8].value == -17
    assert rows["Ärla"][2].value == "dold"
    assert rows["Åby"][2].value == "uppgift saknas"


@pytest.mark.parametrize(("is_example", "head"), [(True, 2), (False, 1)])
def test_xlsx_is_ready_to_read_sort_and_print(view_of, is_example, head):
    book = sheets_of(xlsx_of(view_of(is_example=is_example)))
    assert book.sheetnames == ["Tabell", "Om uppgifterna"]
    sheet = book["Tabell"]
    assert sheet.freeze_panes == f"C{head + 1}"
    assert sheet.auto_filter.ref == f"A{head}:L{head + 6}"
    assert sheet.page_setup.orientation == "landscape"
    assert sheet.column_dimensions["B"].width > 25
    assert book.properties.title == "Narkotika · Trollhättan · 2025"
    assert book.properties.created.isoformat() == "2025-12-31T00:00:00"


def test_xlsx_explains_its_colours_and_words(view_of):
    shown = view_of()
    sheet = sheets_of(xlsx_of(shown))["Om uppgifterna"]
    about = [(row[0], row[1]) for row in sheet.iter_rows(values_only=True)]
    for entry in shown.legend:
        assert ("Teckenförklaring", f"{entry.label} (n = {entry.n})") in about
    assert "dold" in dict(about)


def test_geopackage_opens_with_areas_and_figures(view_of):
    shown = view_of()
    data = geopackage_file.to_geopackage(shown)
    with as_file(data) as path:
        layers = {str(name): kind for name, kind in pyogrio.list_layers(path)}
        info = pyogrio.read_info(path, layer="karta")
    assert layers == {"karta": "MultiPolygon", "om_uppgifterna": None}
    assert info["crs"] == "EPSG:3006"
    assert all(re.fullmatch("[a-z0-9_]+", field) for field in info["fields"])
    layer = layer_of(data).set_index("kod").sort_index()
    assert layer.crs.to_epsg() == 3006
    assert layer.geometry.area.tolist() == [10_000.0] * 6
    assert layer.geometry.symmetric_difference(shown.areas.geometry).area.max() == 0
    assert layer["antal"].tolist()[0] == 0
    assert layer["status"].tolist() == ["visas", "dold", "uppgift saknas", "visas", "dold", "visas"]
    assert layer["antal"].isna().tolist() == [False, True, True, False, True, False]
    assert layer["klass"].tolist() == [shown.looks[n].label for n in shown.class_number]
    assert layer["farg"].tolist() == [shown.looks[n].colour for n in shown.class_number]


def test_geopackage_tells_what_its_fields_mean_and_keeps_its_index(view_of):
    data = geopackage_file.to_geopackage(view_of())
    about = layer_of(data, "om_uppgifterna")
    with as_file(data) as path:
        fields = pyogrio.read_info(path, layer="karta")["fields"]
    assert {f"Fält {field}" for field in fields} <= set(about["rubrik"])
    with database_of(data) as database:
        assert database.execute("SELECT count(*) FROM rtree_karta_geom").fetchone() == (6,)
        assert database.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        contents = database.execute(
            "SELECT table_name, identifier, last_change FROM gpkg_contents ORDER BY 1"
        ).fetchall()
    stamp = "2025-12-31T00:00:00.000Z"
    assert contents == [
        ("karta", "Narkotika · Trollhättan · 2025", stamp),
        ("om_uppgifterna", "Om uppgifterna", stamp),
    ]


@pytest.mark.parametrize("kind", WRITERS)
def test_the_same_view_gives_the_same_bytes(view_of, kind):
    assert WRITERS[kind](view_of()) == WRITERS[kind](view_of())


@pytest.mark.parametrize("kind", WRITERS)
def test_hostile_names_are_only_text(view_of, kind):
    shown = view_of(names=HOSTILE)
    hostile = replace(
        shown, title=HOSTILE[0], caption=(*shown.caption, *HOSTILE, "\ud800"), summary=HOSTILE[1]
    )
    data = WRITERS[kind](hostile)
    if kind == "csv":
        rows = rows_of(data)
        assert {len(row) for row in rows[:7]} == {len([*HEADINGS, *CHANGES])}
        cells = [cell for row in rows for cell in row if not re.fullmatch(r"-?[\d,]+", cell)]
        assert not any(cell.lstrip().startswith(("=", "+", "-", "@")) for cell in cells)
        names = {row[2] for row in rows[1:7]}
        assert "'" + HOSTILE[1] in names
    elif kind == "xlsx":
        book = sheets_of(data)
        cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
        assert {cell.data_type for cell in cells} <= {"n", "s"}
        assert {cell.hyperlink for cell in cells} == {None}
        names = {row[1].value for row in book["Tabell"].iter_rows(min_row=3)}
        assert names == {plain_text(name) for name in HOSTILE}
    else:
        assert set(layer_of(data)["namn"]) == {plain_text(name) for name in HOSTILE}
        about = layer_of(data, "om_uppgifterna")["text"]
        assert plain_text(HOSTILE[4]) in set(about)


def test_a_workbook_cell_holds_no_more_than_excel_can(view_of):
    shown = replace(view_of(), caption=("å" * 40_000,))
    sheet = sheets_of(xlsx_of(shown))["Om uppgifterna"]
    assert max(len(str(row[1])) for row in sheet.iter_rows(values_only=True)) == 32_767


def test_a_view_of_some_areas_holds_only_these(view_of):
    shown = view_of(chosen=frozenset({"1488S004", "1488S006"}))
    assert [row[2] for row in rows_of(csv_of(shown))[1:3]] == ["Lextorp", "Sylte"]
    assert rows_of(csv_of(shown))[3] == []
    assert len(layer_of(geopackage_file.to_geopackage(shown))) == 2


def test_real_borders_survive(view_of, shared_data):
    areas = pyogrio.read_dataframe(shared_data / "districts" / "stadsdelar_trollhattan_3006.gpkg")
    areas = areas.rename(columns={"stadsdelskod": "area_code", "stadsdel": "name"})
    areas = areas.set_index("area_code").sort_index()
    shown = view_of(
        areas=areas,
        counts=np.arange(15.0) * 1000,
        previous=np.full(15, 9500.0),
        population=areas["befolkning_2025"],
    )
    layer = layer_of(geopackage_file.to_geopackage(shown)).set_index("kod").sort_index()
    assert layer.geometry.area.sum() == pytest.approx(areas.geometry.area.sum(), rel=1e-12)
    assert [row[2] for row in rows_of(csv_of(shown))[15:16]] == ["Östra landsbygden"]
