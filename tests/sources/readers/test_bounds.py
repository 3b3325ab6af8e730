"""What a small file may make of itself is known before the work, and refused with a sentence."""

import io
import json
import sqlite3
import time
import zipfile

import geopandas as gpd
import openpyxl
import pytest
import shapely

from trygghetskarta.errors import SourceCause, SourceError
from trygghetskarta.sources.readers import bounds
from trygghetskarta.sources.readers.files import read_bytes

MAIN = b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
SHEET = "xl/worksheets/sheet1.xml"


def refusal(name: str, content: bytes) -> SourceCause:
    begun = time.process_time()
    with pytest.raises(SourceError) as refused:
        read_bytes(name, content)
    assert time.process_time() - begun < 10
    return refused.value.cause


def workbook(**parts: bytes) -> bytes:
    """A workbook with some parts replaced; ``sheet``, ``styles`` and ``texts`` are known."""
    names = {"sheet": SHEET, "styles": "xl/styles.xml", "texts": "xl/sharedStrings.xml"}
    book, made, target = openpyxl.Workbook(), io.BytesIO(), io.BytesIO()
    book.active.append(["a", "b"])
    book.active.append(["c", 1])
    book.save(made)
    replaced = {names[name]: part for name, part in parts.items()}
    with zipfile.ZipFile(made) as told, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for name in {*told.namelist(), *replaced}:
            new.writestr(name, replaced.get(name) or told.read(name))
    return target.getvalue()


def test_a_workbook_as_any_other_is_read():
    assert read_bytes("a.xlsx", workbook()).frame.to_numpy().tolist() == [["c", "1"]]


CELLS = MAIN + b"<sheetData>" + (b"<row>" + b"<c><v>1</v></c>" * 500 + b"</row>") * 11_000
TEXTS = b"<sst>" + b"<si><t/></si>" * 5_100_000 + b"</sst>"
STYLES = b"<styleSheet><cellXfs>" + b"<xf/>" * 2_100_000 + b"</cellXfs></styleSheet>"


@pytest.mark.parametrize(
    "parts", [{"sheet": CELLS}, {"texts": TEXTS}, {"styles": STYLES}], ids=lambda one: [*one][0]
)
def test_a_workbook_made_to_fill_the_memory_is_refused_before_it_is_opened(parts, monkeypatch):
    monkeypatch.setattr(openpyxl, "load_workbook", pytest.fail)
    content = workbook(**parts)
    assert len(content) < 1_000_000
    assert refusal("a.xlsx", content) in (SourceCause.ARCHIVE_SWELLS, SourceCause.TOO_MUCH_INSIDE)


@pytest.mark.parametrize("part", ["sheet", "texts"])
def test_entities_of_a_workbook_are_never_expanded(part):
    grown = b"".join(b'<!ENTITY %c "%s">' % (98 + i, b"&%c;" % (97 + i) * 10) for i in range(9))
    bomb = b'<!DOCTYPE a [<!ENTITY a "aaaaaaaaaa">' + grown + b"]><a>&j;</a>"
    assert refusal("a.xlsx", workbook(**{part: bomb})) is SourceCause.XML_FORBIDDEN


@pytest.mark.parametrize("line", [b"\n", b"1\n", b"1\r", b"\r\n", b"a;b\n"])
def test_a_text_file_of_more_lines_than_anybody_means_is_refused(line):
    content = b"Brottskod;Brottsdatum\n" + line * 1_600_000
    assert refusal("a.csv", content) is SourceCause.TOO_MUCH_INSIDE


def collection(*properties: dict) -> bytes:
    place = {"type": "Point", "coordinates": [12.28, 58.28]}
    features = [{"type": "Feature", "properties": one, "geometry": place} for one in properties]
    return json.dumps({"type": "FeatureCollection", "features": features}).encode()


@pytest.mark.parametrize(
    "properties",
    [[{f"p{i}": 1 for i in range(100_000)}], [{f"p{i}": 1} for i in range(50_000)]],
    ids=["one", "many"],
)
def test_a_layer_of_more_columns_than_anybody_means_is_refused(properties):
    assert refusal("a.geojson", collection(*properties)) is SourceCause.TOO_MANY_COLUMNS


def test_a_feature_without_properties_is_a_row():
    content = collection({"Namn": "a"}).replace(b'"features": [', b'"features": [{"type": '
        b'"Feature", "properties": null, "geometry": null}, ')  # fmt: skip
    assert len(read_bytes("a.geojson", content).frame) == 2


COUNTING = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n)"
VIEWS = {
    "rows": f"{COUNTING} SELECT n.i AS fid, b.geom, b.Namn FROM n, base b",
    "cell": f"{COUNTING} SELECT b.fid, b.geom, (SELECT count(*) FROM n) AS Namn FROM base b",
    "text": "SELECT fid, geom, hex(zeroblob(400000000)) AS Namn FROM base",
    "foreign": "SELECT fid, ST_Buffer(geom, 1) AS geom, Namn FROM base",
}


def geopackage(tmp_path, view: str) -> bytes:
    path = tmp_path / "a.gpkg"
    point = gpd.GeoDataFrame({"Namn": ["a"]}, geometry=[shapely.Point(12.28, 58.28)], crs=4326)
    point.to_file(path, layer="base", driver="GPKG")
    opened = sqlite3.connect(path)
    opened.execute(f"CREATE VIEW seen AS {view}")
    for table in ("gpkg_contents", "gpkg_geometry_columns"):
        opened.execute(f"UPDATE {table} SET table_name = 'seen'")
    opened.commit()
    opened.close()
    return path.read_bytes()


@pytest.mark.parametrize("view", VIEWS.values(), ids=VIEWS)
def test_a_view_that_never_ends_is_refused(tmp_path, view, monkeypatch):
    monkeypatch.setattr(bounds, "_VIEW_SECONDS", 0.5)
    content = geopackage(tmp_path, view)
    assert refusal("a.gpkg", content) is SourceCause.LAYER_WITHOUT_END


@pytest.mark.parametrize("view", ["rows", "cell"])
def test_a_view_that_never_ends_is_refused_beside_a_damaged_index(tmp_path, view, monkeypatch):
    monkeypatch.setattr(bounds, "_VIEW_SECONDS", 0.5)
    content = geopackage(tmp_path, VIEWS[view])
    damaged = content.replace(b"parentnode", b"parent,ode")
    assert damaged != content
    assert refusal("a.gpkg", damaged) is SourceCause.LAYER_WITHOUT_END


def test_a_view_that_ends_is_read(tmp_path):
    content = geopackage(tmp_path, "SELECT fid, geom, Namn FROM base")
    assert read_bytes("a.gpkg", content).frame["Namn"].tolist() == ["a"]


@pytest.mark.parametrize(("shp", "shx"), [(301_000_000, 100), (100, 13_000_000)])
def test_a_shapefile_that_unpacks_to_more_than_is_read_is_refused(shp, shx):
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, size in (("a.shp", shp), ("a.shx", shx), ("a.dbf", 100)):
            archive.writestr(name, bytes(size))
    content = target.getvalue()
    assert len(content) < 1_000_000
    told = (SourceCause.FILE_TOO_LARGE, SourceCause.TOO_MUCH_INSIDE, SourceCause.ARCHIVE_SWELLS)
    assert refusal("a.zip", content) in told


def test_more_cells_than_are_read_are_counted_before_the_work():
    """Those that an archive's own bound lets through: not packed at all."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        archive.writestr(SHEET, CELLS)
    with zipfile.ZipFile(target) as archive, pytest.raises(SourceError) as refused:
        bounds.check_workbook(archive, "a.xlsx")
    assert refused.value.cause is SourceCause.TOO_MUCH_INSIDE


@pytest.mark.parametrize(
    "line", [b";" * 9_000_000 + b"x", b"a;" * 4_000_000, b",\t|;" * 2_000_000 + b"x"]
)
@pytest.mark.parametrize("before", [b"", b"Id;Namn\nA1;Sylte\n"])
def test_a_line_of_more_cells_than_anybody_means_is_refused_when_it_is_read(before, line):
    assert refusal("a.csv", before + line + b"\n") is SourceCause.TOO_MANY_COLUMNS


def test_empty_cells_beyond_all_columns_are_none():
    rows = [b"A%d;Sylte" % number + b";" * (16_382 + number) for number in range(3)]
    raw = read_bytes("a.csv", b"\n".join([b"Id;Stadsdel" + b";" * 16_382, *rows]))
    assert raw.frame.to_numpy().tolist() == [["A0", "Sylte"], ["A1", "Sylte"], ["A2", "Sylte"]]
    assert raw.faults == ()


def test_a_quote_without_its_pair_makes_no_line_too_long():
    rows = [f'A{number};2,5" rör;{number}'.encode() for number in range(2_001)]
    raw = read_bytes("a.csv", b"\n".join([b"Id;Text;Antal", *rows]))
    assert len(raw.frame) == 2_001 and raw.frame["Text"].unique().tolist() == ['2,5" rör']
