"""Every format and encoding, and every way a file can be unreadable."""

import contextlib
import csv
import datetime as dt
import io
import json
import sqlite3
import zipfile

import geopandas as gpd
import openpyxl
import pandas as pd
import pyogrio
import pytest
from openpyxl.styles import Alignment
from shapely.geometry import LineString, Point, Polygon

from trygghetskarta.errors import CrsCause, CrsError, SourceCause, SourceError, TableRule
from trygghetskarta.sources.readers import files, parts

HEADER = ["Id", "Stadsdel", "Brott", "Antal"]
ROWS = [
    ["a1", "Kronogården", "Stöld", "1"],
    ["a2", "Björndalen, norra", 'Kallad "Ön"', "2,5"],
    ["a3", "Sylte;östra", "Två\nrader", ""],
]


def text(separator=";", rows=ROWS, header=HEADER):
    out = io.StringIO()
    writer = csv.writer(out, delimiter=separator, lineterminator="\r\n")
    writer.writerows([header, *rows])
    return out.getvalue()


def cells(raw):
    return raw.frame.astype(object).where(raw.frame.notna(), "").values.tolist()


def cause_of(name, data, **options):
    with pytest.raises(SourceError) as caught:
        files.read_bytes(name, data, **options)
    assert caught.value.facts["file"] == name
    return caught.value.cause


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252", "latin-1"])
@pytest.mark.parametrize("suffix", ["csv", "txt", "TSV"])
def test_text_in_every_encoding(separator, encoding, suffix):
    raw = files.read_bytes(f"uttag.{suffix}", text(separator).encode(encoding))
    assert list(raw.frame.columns) == HEADER
    assert cells(raw) == ROWS
    assert list(raw.frame.index) == [2, 3, 4]
    assert raw.notes["separator"] == separator
    assert raw.geometry is None and raw.crs is None and raw.faults == ()


def test_latin_1_letters_that_windows_lacks():
    data = "Namn;Kod\nÅ\x81ä;1\n".encode("latin-1")
    raw = files.read_bytes("a.csv", data)
    assert cells(raw) == [["Å\x81ä", "1"]]


def test_file_put_together_from_two_encodings():
    data = text(rows=ROWS[:1]).encode("utf-8") + "a9;Älvängen;Rån;1\r\n".encode("cp1252")
    raw = files.read_bytes("a.csv", data)
    assert list(raw.frame["Stadsdel"]) == ["Kronogården", "Älvängen"]
    assert raw.notes["encoding"] == "cp1252, utf-8"


def test_decimal_commas_do_not_become_separators():
    data = b"Namn;N;E\nA;6465000,5;341000,5\nB;6465001,5;341001,5\n"
    raw = files.read_bytes("a.csv", data)
    assert list(raw.frame.columns) == ["Namn", "N", "E"]


def test_unquoted_names_with_commas(shared_data):
    raw = files.read(shared_data / "offence_codes" / "brottskoder_urval.csv")
    assert raw.frame.shape == (144, 4)
    assert raw.frame["brottskod"].str.len().eq(4).all()


def test_excel_separator_line_keeps_row_numbers():
    raw = files.read_bytes("a.csv", b"sep=,\r\nA,B\r\n1,2\r\n")
    assert list(raw.frame.columns) == ["A", "B"]
    assert list(raw.frame.index) == [3]


def test_title_blank_and_footer_rows_are_left_out_and_noted():
    data = (
        "Anmälda brott i Trollhättan\n\nOmråde;Period;Typ;Antal\nSylte;2021K3;Stöld;4\n\n"
        "Lextorp;2021K3;Stöld;5\n\nKälla: Polisen\nUttaget 2021-10-03\n"
    )
    raw = files.read_bytes("a.csv", data.encode("cp1252"))
    assert list(raw.frame.index) == [4, 6]
    assert raw.notes["title_rows"] == [1]
    assert raw.notes["footer_rows"] == [8, 9]
    assert raw.notes["blank_rows"] == 1


def test_a_cut_last_row_is_a_fault_and_no_footer():
    raw = files.read_bytes("a.csv", b"Id;Kod;Datum\n1;0910;2021-01-01\n173")
    assert list(raw.frame.index) == [2, 3]
    assert [(f.rule, f.row, f.value) for f in raw.faults] == [(TableRule.ROW_LENGTH, 3, "173")]


def test_a_table_below_thousands_of_blank_rows_keeps_its_numbers():
    raw = files.read_bytes("a.csv", b"\n" * 3000 + text().encode())
    assert cells(raw)[0] == ROWS[0] and list(raw.frame.index)[0] == 3002


def test_repeated_header_is_left_out_and_noted():
    data = "Id;Kod\n1;0910\nID;KOD\n2;0911\n"
    raw = files.read_bytes("a.csv", data.encode())
    assert raw.notes["repeated_header"] == [3]
    assert list(raw.frame.index) == [2, 4]


def test_repeated_header_in_another_order_moves_the_columns():
    raw = files.read_bytes("a.csv", b"Id;Kod;Datum\n1;0910;x\nDatum;Id;Kod\ny;2;0911\n")
    assert cells(raw) == [["1", "0910", "x"], ["2", "0911", "y"]]


def test_trailing_separators_add_no_column():
    raw = files.read_bytes("a.csv", b"A;B\n1;2;\n3;4;\n")
    assert list(raw.frame.columns) == ["A", "B"] and raw.faults == ()
    raw = files.read_bytes("a.csv", b"A;B;;;\n1;2;;;\n3;4;;;\n")
    assert list(raw.frame.columns) == ["A", "B"] and raw.faults == ()


def test_short_and_long_rows_are_faults_with_all_their_text():
    raw = files.read_bytes("a.csv", b"A;B;C\n1;2;3\n4;5\n6;7;8;9;10\n11;12;13\n")
    assert [(f.rule, f.row, f.value) for f in raw.faults] == [
        (TableRule.ROW_LENGTH, 3, "4;5"),
        (TableRule.ROW_LENGTH, 4, "6;7;8;9;10"),
    ]
    assert raw.frame.loc[4].tolist() == ["6", "7", "8;9;10"]
    assert raw.frame.loc[3].isna().tolist() == [False, False, True]


def test_nameless_first_column():
    raw = files.read_bytes("a.csv", b'"","Id","Kod"\n"1","x","0910"\n')
    assert list(raw.frame.columns) == ["kolumn 1", "Id", "Kod"]


def test_row_names_without_header():
    raw = files.read_bytes("a.csv", b"Id,Kod\n1,x,0910\n2,y,0911\n")
    assert list(raw.frame.columns) == ["kolumn 1", "Id", "Kod"]
    assert list(raw.frame["Kod"]) == ["0910", "0911"]
    assert raw.notes["row_names"]


def test_repeated_names_get_numbers():
    raw = files.read_bytes("a.csv", b"Datum;Datum;Kod\n1;2;3\n")
    assert list(raw.frame.columns) == ["Datum", "Datum (2)", "Kod"]
    assert raw.notes["repeated_columns"] == ["Datum"]


def test_a_lone_quote_swallows_nothing():
    data = 'Id;Text;Kod\n1;"5 tum lång;0910\n2;vanlig;0911\n3;"hel";0912\n'
    raw = files.read_bytes("a.csv", data.encode())
    assert list(raw.frame["Kod"]) == ["0910", "0911", "0912"]
    assert list(raw.frame["Text"]) == ['"5 tum lång', "vanlig", "hel"]
    assert raw.notes["quotes_ignored"]


def workbook(fill, **names):
    book = openpyxl.Workbook()
    fill(book)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def test_workbook_cells_as_text():
    def fill(book):
        sheet = book.active
        sheet.append(["Kod", "Kod med nollor", "Antal", "Andel", "Datum", "Tid", "Fel", "Text"])
        sheet.append([910, 910, 14.0, 0.1, dt.date(2026, 2, 14), dt.time(6, 18), "#N/A", " Sylte "])
        sheet["B2"].number_format = "0000"
        sheet["G2"].data_type = "e"
        sheet.append([911, 911, 3, 2.5, dt.datetime(2026, 2, 14, 6, 18, 8), None, None, None])

    raw = files.read_bytes("uttag.xlsx", workbook(fill))
    expected = ["910", "0910", "14", "0.1", "2026-02-14", "06:18:00", "#N/A", "Sylte"]
    assert raw.frame.loc[2].tolist() == expected
    assert raw.frame.loc[3].tolist()[:5] == ["911", "911", "3", "2.5", "2026-02-14 06:18:08"]
    assert raw.notes["error_cells"] == ["G2"]


def test_first_sheet_with_data_or_the_named_one():
    def fill(book):
        book.active.title = "Tomt"
        for name, value in (("Data", "1"), ("Mer", "2")):
            sheet = book.create_sheet(name)
            sheet.append(["A", "B"])
            sheet.append([value, "x"])

    data = workbook(fill)
    assert cells(files.read_bytes("a.xlsx", data)) == [["1", "x"]]
    assert cells(files.read_bytes("a.xlsx", data, layer="Mer")) == [["2", "x"]]
    with pytest.raises(SourceError) as caught:
        files.read_bytes("a.xlsx", data, layer="Annat")
    assert caught.value.cause is SourceCause.SEVERAL_LAYERS
    assert caught.value.facts["layers"] == ["Tomt", "Data", "Mer"]


def test_merged_title_and_merged_header():
    def fill(book):
        sheet = book.active
        sheet.append(["Anmälda brott", None, None, None])
        sheet.merge_cells("A1:D1")
        sheet["A1"].alignment = Alignment(horizontal="center")
        sheet.append(["Kod", "Brottstid", None, "Stadsdel"])
        sheet.merge_cells("B2:C2")
        sheet.append([None, "Från", "Till", None])
        sheet.append(["0910", "2021-01-01", "2021-01-02", "Sylte"])

    raw = files.read_bytes("a.xlsx", workbook(fill))
    assert list(raw.frame.columns) == ["Kod", "Brottstid Från", "Brottstid Till", "Stadsdel"]
    assert list(raw.frame.index) == [4]


def test_text_beside_the_table_moves_nothing():
    def fill(book):
        for row in (["Id", "Kod"], ["1", "0910", None, "obs!"], ["2", "0911"]):
            book.active.append(row)

    raw = files.read_bytes("a.xlsx", workbook(fill))
    assert list(raw.frame.columns) == ["Id", "Kod", "kolumn 3", "kolumn 4"]
    assert raw.faults == ()


@pytest.fixture
def points():
    table = {"Kod": ["0910", "0911", None], "Antal": [1, None, 3], "När": ["2021-01-01"] * 3}
    shapes = [Point(341000, 6465000), Point(341100, 6465100), None]
    return gpd.GeoDataFrame(table, geometry=shapes, crs=3006)


@pytest.fixture
def square():
    shape = Polygon([(0, 0, 5), (100, 0, 5), (100, 100, 5), (0, 100, 5)])
    moved = gpd.GeoSeries([shape], crs=3006).translate(341000, 6465000, 0)
    return gpd.GeoDataFrame({"omradeskod": ["1488S001"], "namn": ["Ön"]}, geometry=moved)


def test_geojson_keeps_zeros_and_nulls(points):
    raw = files.read_bytes("p.geojson", points.to_crs(4326).to_json().encode())
    assert raw.crs == 4326
    assert list(raw.frame["Kod"].fillna("")) == ["0910", "0911", ""]
    assert list(raw.frame["Antal"].fillna("")) == ["1", "", "3"]
    assert list(raw.frame["När"]) == ["2021-01-01"] * 3
    assert raw.geometry.notna().tolist() == [True, True, False]
    assert raw.frame["geometri"].str.startswith("SRID=4326;POINT").tolist()[:2] == [True, True]
    assert list(raw.geometry.index) == list(raw.frame.index) == [2, 3, 4]


FEATURE = (
    '{"type": "Feature", "properties": {"Id": "L%d", "Namn": "Ön"}, '
    '"geometry": {"type": "Point", "coordinates": [12.2886, 58.2837]}}'
)


@pytest.mark.parametrize("mark", ["", "\x1e"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize("last", [True, False])
def test_features_one_after_the_other_are_read(mark, end, last):
    text = end.join(mark + FEATURE % number for number in range(3)) + end * last
    raw = files.read_bytes("j.geojson", text.encode())
    assert raw.frame["Id"].tolist() == ["L0", "L1", "L2"]
    assert raw.frame["Namn"].tolist() == ["Ön"] * 3 and raw.crs == 4326
    assert raw.geometry.notna().all()


@pytest.mark.parametrize("told", ["5", "null", '"Ön"', "[1]", "true", "{}"])
def test_a_feature_whose_properties_are_none_is_a_row_without_them(told):
    strange = FEATURE.replace('{"Id": "L%d", "Namn": "Ön"}', told)
    text = "\n".join((FEATURE % 0, strange, FEATURE % 2))
    raw = files.read_bytes("j.geojson", text.encode())
    assert raw.frame["Id"].fillna("").tolist() == ["L0", "", "L2"]
    assert raw.geometry.notna().all()


def test_a_feature_cut_in_two_is_not_left_out_in_silence():
    text = "\n".join(FEATURE % number for number in range(3))[:-10]
    assert cause_of("j.geojson", text.encode()) is SourceCause.FILE_DAMAGED
    assert cause_of("j.geojson", b'{"a": 1}\n{"a": 2}\n') is SourceCause.FILE_DAMAGED


@pytest.mark.parametrize("data", [b"[]", b"{}", b" [ ] "])
def test_an_empty_answer_is_empty(data):
    assert cause_of("tom.json", data) is SourceCause.FILE_EMPTY


def test_a_geopackage_of_tables_without_geometry_says_so(tmp_path):
    path = tmp_path / "a.gpkg"
    pyogrio.write_dataframe(pd.DataFrame({"namn": ["Sylte"]}), path, layer="distrikt")
    with pytest.raises(SourceError) as caught:
        files.read_bytes("a.gpkg", path.read_bytes())
    assert caught.value.cause is SourceCause.NO_GEOMETRY
    assert caught.value.facts["tables"] == ["distrikt"]


def test_layers_are_listed_with_their_sizes(tmp_path, square):
    path = tmp_path / "a.gpkg"
    for layer in ("ytor", "fler"):
        pyogrio.write_dataframe(square, path, layer=layer)
    listed = parts.parts("a.gpkg", path.read_bytes())
    assert [(one.name, one.rows, one.columns) for one in listed] == [("ytor", 1, 2), ("fler", 1, 2)]


def test_json_that_is_no_geojson():
    assert cause_of("h.json", json.dumps([{"id": 1}]).encode()) is SourceCause.FORMAT_UNKNOWN
    assert cause_of("h.geojson", b'{"type": "FeatureColl') is SourceCause.FILE_DAMAGED
    empty = b'{"type": "FeatureCollection", "features": []}'
    assert cause_of("h.geojson", empty) is SourceCause.NO_ROWS


@pytest.mark.parametrize("inside", ["5", '{"a": 1}', "[]", "[3, null]"])
def test_geojson_without_features(inside):
    data = f'{{"type": "FeatureCollection", "features": {inside}}}'.encode()
    assert cause_of("h.geojson", data) is SourceCause.NO_ROWS


def test_numbers_of_features_are_no_column(points):
    raw = files.read_bytes("p.geojson", points.to_crs(4326).to_json().encode())
    assert "id" not in raw.frame.columns
    own = points.assign(id=["a", "b", "c"]).to_crs(4326).to_json().encode()
    assert list(files.read_bytes("p.geojson", own).frame["id"]) == ["a", "b", "c"]


def test_geopackage_with_one_and_with_several_layers(points, square, tmp_path):
    path = tmp_path / "lager.gpkg"
    square.to_file(path, layer="ytor")
    raw = files.read(path)
    assert raw.crs == 3006 and raw.geometry.has_z.tolist() == [False]
    points.to_file(path, layer="punkter")
    with pytest.raises(SourceError) as caught:
        files.read(path)
    assert caught.value.cause is SourceCause.SEVERAL_LAYERS
    assert sorted(caught.value.facts["layers"]) == ["punkter", "ytor"]
    assert len(files.read(path, layer="punkter").frame) == 3


@pytest.mark.parametrize(
    "behind",
    [
        "update gpkg_ogr_contents set feature_count = 1",
        "update gpkg_ogr_contents set feature_count = 0",
        "update gpkg_ogr_contents set feature_count = 99",
        "update gpkg_contents set min_x = 1, max_x = 2, min_y = 1, max_y = 2",
    ],
)
def test_a_geopackage_is_read_by_its_rows_and_not_by_what_it_says_of_them(points, tmp_path, behind):
    path = tmp_path / "a.gpkg"
    points.to_file(path)
    with contextlib.closing(sqlite3.connect(path)) as opened, opened:
        opened.execute(behind)
    raw = files.read(path)
    assert len(raw.frame) == 3 and raw.geometry.x.tolist()[:2] == [341_000, 341_100]


def test_geopackage_with_styles_has_one_layer(square, tmp_path):
    path = tmp_path / "lager.gpkg"
    square.to_file(path, layer="ytor")
    pyogrio.write_dataframe(
        pd.DataFrame({"stil": ["röd"]}), path, layer="layer_styles", append=True
    )
    assert list(files.read(path).frame["namn"]) == ["Ön"]


def zipped(folder, prefix="", keep=None):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for path in sorted(folder.iterdir()):
            if keep is None or path.suffix in keep:
                archive.write(path, prefix + path.name)
    return out.getvalue()


@pytest.fixture
def shapefile(square, tmp_path):
    folder = tmp_path / "shp"
    folder.mkdir()
    square.to_file(folder / "Områden.shp", encoding="cp1252")
    return folder


def test_shapefile_plain_and_zipped(shapefile):
    plain = files.read(shapefile / "Områden.shp")
    packed = files.read_bytes("områden.zip", zipped(shapefile, "mapp/"))
    for raw in (plain, packed):
        assert list(raw.frame.columns) == ["omradeskod", "namn"]
        assert list(raw.frame["namn"]) == ["Ön"]
        assert raw.crs == 3006
        assert not raw.geometry.has_z.any()


@pytest.mark.parametrize("encoding", ["utf-8", "cp1252"])
def test_shapefile_without_encoding_file(shapefile, square, encoding):
    square.to_file(shapefile / "Områden.shp", encoding=encoding)
    (shapefile / "Områden.cpg").unlink()
    assert list(files.read(shapefile / "Områden.shp").frame["namn"]) == ["Ön"]


def test_a_system_whose_name_an_older_program_wrote_is_named(shapefile):
    told = shapefile / "Områden.prj"
    named = told.read_text("ascii").replace("SWEREF99_TM", "Västergötland").encode("cp1252")
    assert b"V\xe4sterg\xf6tland" in named
    told.write_bytes(named)
    for run in (
        lambda: files.read(shapefile / "Områden.shp"),
        lambda: files.read_bytes("a.zip", zipped(shapefile)),
    ):
        with pytest.raises(CrsError) as stopped:
            run()
        assert stopped.value.cause is CrsCause.CRS_UNSUPPORTED
        assert stopped.value.facts["crs"] == "Västergötland"


def test_a_system_that_is_no_text_is_damage(tmp_path, square):
    path = tmp_path / "lager.gpkg"
    square.to_file(path, layer="ytor")
    data = path.read_bytes().replace(b"SWEREF99 TM", b"SWEREF99\xffTM").replace(b"EPSG", b"XPSG")
    assert cause_of("lager.gpkg", data) is SourceCause.FILE_DAMAGED
    with pytest.raises(SourceError) as stopped:
        parts.parts("lager.gpkg", data)
    assert stopped.value.cause is SourceCause.FILE_DAMAGED


def test_shapefile_with_parts_missing(shapefile):
    data = zipped(shapefile, keep=(".shp", ".prj"))
    with pytest.raises(SourceError) as caught:
        files.read_bytes("o.zip", data)
    assert caught.value.cause is SourceCause.SHAPEFILE_INCOMPLETE
    assert caught.value.facts["missing"] == [".shx", ".dbf"]
    (shapefile / "Områden.dbf").unlink()
    with pytest.raises(SourceError) as caught:
        files.read(shapefile / "Områden.shp")
    assert caught.value.facts["missing"] == [".dbf"]
    assert cause_of("o.shp", b"\0\0\x27\x0a1234") is SourceCause.SHAPEFILE_INCOMPLETE


def test_zip_that_would_write_elsewhere_is_only_read(shapefile, tmp_path):
    before = sorted(tmp_path.parent.rglob("*"))
    raw = files.read_bytes("o.zip", zipped(shapefile, "../../"))
    assert len(raw.frame) == 1
    assert sorted(tmp_path.parent.rglob("*")) == before


def test_zip_bomb_is_refused_before_it_is_unpacked():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.shp", bytes(12_000_000))
    assert len(out.getvalue()) < 100_000
    assert cause_of("o.zip", out.getvalue(), max_megabytes=1) is SourceCause.FILE_TOO_LARGE


def test_zip_with_two_shapefiles(shapefile):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for path in shapefile.iterdir():
            archive.write(path, f"ett{path.suffix}")
            archive.write(path, f"två{path.suffix}")
    with pytest.raises(SourceError) as caught:
        files.read_bytes("o.zip", out.getvalue())
    assert caught.value.cause is SourceCause.SEVERAL_LAYERS
    assert len(files.read_bytes("o.zip", out.getvalue(), layer="två").frame) == 1


def test_zip_without_anything_known():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("läs.pdf", "hej")
    assert cause_of("o.zip", out.getvalue()) is SourceCause.FORMAT_UNKNOWN


def test_coordinates_without_a_known_system(square, tmp_path):
    square.set_crs("+proj=laea +lat_0=10 +lon_0=20", allow_override=True).to_file(
        tmp_path / "o.gpkg"
    )
    with pytest.raises(CrsError) as caught:
        files.read(tmp_path / "o.gpkg")
    assert caught.value.cause is CrsCause.CRS_UNSUPPORTED


def test_heights_do_not_hide_the_system(square, tmp_path):
    square.set_crs(5845, allow_override=True).to_file(tmp_path / "o.gpkg")
    assert files.read(tmp_path / "o.gpkg").crs == 3006


def test_points_that_are_lines_get_no_text_column(tmp_path):
    lines = gpd.GeoDataFrame({"a": [1]}, geometry=[LineString([(0, 0), (1, 1)])], crs=3006)
    lines.to_file(tmp_path / "l.gpkg")
    assert list(files.read(tmp_path / "l.gpkg").frame.columns) == ["a"]


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)
XLSX = workbook(lambda book: book.active.append(["A", "B"]) or book.active.append(["1", "2"]))


def encrypted_zip():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("a.shp", b"x")
    data = bytearray(out.getvalue())
    at = data.index(b"PK\x01\x02")
    data[at + 8] |= 1
    return bytes(data)


@pytest.mark.parametrize(
    ("name", "data", "cause"),
    [
        ("tom.csv", b"", SourceCause.FILE_EMPTY),
        ("tom.xlsx", b"", SourceCause.FILE_EMPTY),
        ("blank.csv", b" \r\n\r\n", SourceCause.FILE_EMPTY),
        ("bara_bom.csv", b"\xef\xbb\xbf", SourceCause.FILE_EMPTY),
        ("tomma_celler.csv", b";;\n;;\n", SourceCause.FILE_EMPTY),
        ("tom_bok.xlsx", workbook(lambda book: None), SourceCause.FILE_EMPTY),
        ("rubrik.csv", b"Id;Kod;Datum\n", SourceCause.NO_ROWS),
        ("utan.csv", b"1;0910;2021-01-01\n2;0911;2021-01-02\n", SourceCause.NO_HEADER),
        ("program.csv", b"MZ\x90\0\x03\0\0\0" + bytes(100), SourceCause.FORMAT_UNKNOWN),
        ("bild.csv", b"\x89PNG\r\n\x1a\n" + bytes(100), SourceCause.FORMAT_UNKNOWN),
        ("dokument.csv", b"%PDF-1.7 ...", SourceCause.FORMAT_UNKNOWN),
        ("sida.csv", b"\xef\xbb\xbf<!DOCTYPE html><html><body>", SourceCause.FORMAT_UNKNOWN),
        ("tabell.csv", b"<table><tr><td>Id</td></tr></table>", SourceCause.FORMAT_UNKNOWN),
        ("gammal.xls", OLE, SourceCause.FILE_DAMAGED),
        ("gammal.csv", OLE, SourceCause.FORMAT_UNKNOWN),
        ("okänd.docx", b"PK\x03\x04xxxx", SourceCause.FORMAT_UNKNOWN),
        ("bok.csv", XLSX, SourceCause.FORMAT_UNKNOWN),
        ("utan_ändelse", b"a;b\n1;2\n", SourceCause.FORMAT_UNKNOWN),
        (
            "låst.xlsx",
            OLE + "EncryptedPackage".encode("utf-16-le"),
            SourceCause.FILE_PROTECTED,
        ),
        ("låst.zip", encrypted_zip(), SourceCause.FILE_PROTECTED),
        ("avbruten.xlsx", XLSX[: len(XLSX) // 2], SourceCause.FILE_DAMAGED),
        ("text.xlsx", b"a;b\n1;2\n", SourceCause.FILE_DAMAGED),
        ("text.gpkg", b"a;b\n1;2\n", SourceCause.FILE_DAMAGED),
        ("avbruten.gpkg", b"SQLite format 3\0" + bytes(90), SourceCause.FILE_DAMAGED),
        ("avbruten.zip", b"PK\x03\x04" + bytes(40), SourceCause.FILE_DAMAGED),
        ("noll.csv", b"Id;K\0od\n1;2\n", SourceCause.ENCODING_UNKNOWN),
        ("utf16.csv", "Id;Kod\n".encode("utf-16")[:-1], SourceCause.ENCODING_UNKNOWN),
        ("kapad.csv", "Namn;Kod\nÖn;Å\nÄr;Å".encode()[:-1], SourceCause.FILE_DAMAGED),
    ],
)
def test_what_cannot_be_read_says_why(name, data, cause):
    assert cause_of(name, data) is cause


def test_damaged_members_of_a_workbook():
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(XLSX)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            broken = name.startswith("xl/worksheets/")
            new.writestr(name, b"<worksheet><sheetData><row>" if broken else old.read(name))
    assert cause_of("a.xlsx", out.getvalue()) is SourceCause.FILE_DAMAGED


def test_truncated_shapefile_in_a_zip(shapefile):
    (shapefile / "Områden.shp").write_bytes(b"\0\0\x27\x0a")
    assert cause_of("o.zip", zipped(shapefile)) is SourceCause.FILE_DAMAGED


def test_too_large_says_how_large():
    with pytest.raises(SourceError) as caught:
        files.read_bytes("a.csv", b"x" * 2_500_000, max_megabytes=2)
    assert caught.value.facts == {"file": "a.csv", "megabytes": 2.5, "limit": 2}


def test_errors_name_no_folder(tmp_path):
    with pytest.raises(SourceError) as caught:
        files.read(tmp_path / "saknas.csv")
    assert caught.value.cause is SourceCause.FILE_MISSING
    assert caught.value.facts == {"file": "saknas.csv"}
    for name in ("C:\\Users\\anna\\tom.csv", "/home/anna/tom.csv"):
        with pytest.raises(SourceError) as caught:
            files.read_bytes(name, b"")
        assert caught.value.facts["file"] == "tom.csv"


def test_file_that_cannot_be_opened(tmp_path, monkeypatch):
    path = tmp_path / "a.csv"
    path.write_text("A;B\n1;2\n", encoding="utf-8")

    def refuse(self):
        raise PermissionError

    monkeypatch.setattr(type(path), "read_bytes", refuse)
    with pytest.raises(SourceError) as caught:
        files.read(path)
    assert caught.value.cause is SourceCause.FILE_NOT_OPENED


def test_same_content_same_fingerprint(tmp_path):
    path = tmp_path / "a.csv"
    path.write_bytes(b"A;B\n1;2\n")
    assert files.read(path).sha256 == files.fingerprint(b"A;B\n1;2\n")


@pytest.mark.slow
def test_hundred_thousand_rows_keep_their_numbers():
    rows = [[str(n), "Sylte", "x", "1"] for n in range(100_000)]
    raw = files.read_bytes("a.csv", text(rows=rows).encode())
    assert (raw.frame["Id"].astype(int).to_numpy() + 2 == raw.frame.index.to_numpy()).all()
