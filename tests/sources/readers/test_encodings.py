"""Å, ä and ö come out as they were meant, however the file was saved."""

import io
import json

import geopandas as gpd
import openpyxl
import pandas as pd
import pytest
from shapely.geometry import Point

from trygghetskarta.errors import SourceCause, SourceError, TableRule
from trygghetskarta.sources.readers import encodings, files
from trygghetskarta.sources.readers.garbled import repaired
from trygghetskarta.terms.imports import TableKind
from trygghetskarta.words import fault_words, import_note_words

TEXT = (
    "Id;Brottskod;Brottskod klartext;Brottsdatum;Stadsdel\n"
    "A1;0810;Stöld på Kronogården;2026-03-01 21:00;Kronogården\n"
    "A2;0810;Rån;2026-03-02 20:10;Sylte\n"
)
OLD = ("cp850", "cp437", "cp865", "mac-roman")
NEW = ("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be")
ANSI = ("cp1252", "iso-8859-1", "iso-8859-15")


@pytest.mark.parametrize("encoding", [*NEW, *ANSI, *OLD])
@pytest.mark.parametrize("text", [TEXT, TEXT.upper(), TEXT.replace("\n", "\r\n") * 40])
def test_every_encoding_that_swedish_files_have(encoding, text):
    assert encodings.decode(text.encode(encoding), "a.csv")[0] == text
    raw = files.read_bytes("a.csv", TEXT.encode(encoding))
    assert raw.frame["Stadsdel"].tolist() == ["Kronogården", "Sylte"]
    told = import_note_words.note_lines(raw.notes)
    assert any("äldre teckenkodning" in line for line in told) is (encoding in OLD)


@pytest.mark.parametrize(
    "text",
    [
        "Kod;Text\n1;Kallad ”bus” och ”Ön”\n",
        "Kod;Text\n1;Vid kl 21–22 … 5 € till ’Bus’\n",
        "Kod;Namn\n1;Šimon Žižka\n2;José Muñoz\n",
        "Kod;Text\n1;100 % av 3 § – ½ ° ²\n",
    ],
)
def test_signs_and_names_do_not_turn_windows_into_an_old_encoding(text):
    assert encodings.decode(text.encode("cp1252"), "a.csv")[0] == text


@pytest.mark.parametrize(
    "data",
    [
        "Id;Stadsdel\nA1;Syl\0te\n".encode("utf-16"),
        "Id;Stadsdel\nA1;Syl\0te\n".encode("utf-16-le"),
        TEXT.encode("utf-32"),
        TEXT.encode("utf-32-be"),
        b"Id;Stadsdel\nA1;Syl\0te\n",
    ],
)
def test_text_with_zero_bytes_is_refused_in_every_encoding(data):
    with pytest.raises(SourceError) as stopped:
        files.read_bytes("a.csv", data)
    assert stopped.value.cause is SourceCause.ENCODING_UNKNOWN


def test_lines_of_an_old_encoding_among_lines_of_utf_8():
    data = "Namn;Kod\nKronogården;1\n".encode() + "Rån på Åsaka;2\n".encode("cp850")
    raw = files.read_bytes("a.csv", data)
    assert raw.frame["Namn"].tolist() == ["Kronogården", "Rån på Åsaka"]


def column(*cells, name="Text"):
    index = range(2, 2 + len(cells))
    return pd.DataFrame({name: pd.Series(cells, index=index, dtype="str")})


RIGHT = ("Stöld på Kronogården", "RÅN – ÖDEBORG", "Åsaka ”Ängen”", "Älvängen")


@pytest.mark.parametrize("seen", ["cp1252", "latin-1", "cp850", "mac-roman"])
@pytest.mark.parametrize("times", [1, 2])
def test_utf_8_read_as_something_else_is_turned_back(seen, times):
    wrong = list(RIGHT)
    for _ in range(times):
        # Byte by byte: what an encoding lacks is let through as it is.
        wrong = [
            "".join(encodings.as_text(bytes([byte]), seen) for byte in one.encode())
            for one in wrong
        ]
    frame, notes, faults = repaired(column(*wrong, "utan"))
    assert frame["Text"].tolist() == [*RIGHT, "utan"]
    assert notes == {"garbled_columns": ["Text"]} and faults == ()


@pytest.mark.parametrize(
    "seen, true",
    [
        ("cp1252", "cp850"),
        ("cp850", "cp1252"),
        ("cp1252", "mac-roman"),
        ("mac-roman", "cp1252"),
    ],
)
def test_a_column_that_was_read_in_another_encoding_is_turned_back(seen, true):
    right = ["Stöld på Kronogården", "Rån i Älvängen", "kött", "Sylte"]
    wrong = [one.encode(true).decode(seen) for one in right]
    frame, notes, faults = repaired(column(*wrong))
    assert frame["Text"].tolist() == right and faults == ()
    assert notes == {"garbled_columns": ["Text"]}


def test_what_cannot_be_told_for_sure_is_a_fault_of_its_row():
    frame, notes, faults = repaired(column("R†n", "Stöld", "Kronog\ufffdrden", "Ån"))
    assert frame["Text"].tolist() == ["R†n", "Stöld", "Kronog\ufffdrden", "Ån"]
    assert [(one.row, one.rule) for one in faults] == [
        (2, TableRule.GARBLED_TEXT),
        (4, TableRule.GARBLED_TEXT),
    ]
    assert "R†n" in fault_words.fault_sentence(faults[0]) and notes == {}


@pytest.mark.parametrize(
    "cells",
    [
        ("Café José", "SÃO PAULO", "Ærø", "naïve"),
        ("Šimon Žižka", "Łukasz Łódź", "Nguyễn Văn"),
        ("20 °C", "5×3", "10 €", "a…b", "”bus”", "½", "m²", "OK 😀", "→ vänster"),
        ("محمد", "Ольга", "北京"),
        ("Rock’n’roll", "Lilla Edet–Åkerström", "ÅÄÖ", "é"),
    ],
)
def test_what_somebody_wrote_so_is_left_alone(cells):
    given = column(*cells)
    frame, notes, faults = repaired(given)
    assert frame is given and notes == {} and faults == ()


def test_names_of_columns_are_turned_back_too():
    frame, notes, _ = repaired(column("x", name="OmrÃ¥de"))
    assert list(frame.columns) == ["Område"] and notes == {"garbled_columns": ["Område"]}


def doubly(text: str) -> str:
    return text.encode().decode("cp1252")


def as_csv(cells, _folder):
    return "a.csv", ("Text\n" + "\n".join(cells) + "\n").encode()


def as_workbook(cells, _folder):
    book, out = openpyxl.Workbook(), io.BytesIO()
    for one in ("Text", *cells):
        book.active.append([one])
    book.save(out)
    return "a.xlsx", out.getvalue()


def as_geojson(cells, _folder):
    features = [
        {
            "type": "Feature",
            "properties": {"Text": one},
            "geometry": {"type": "Point", "coordinates": [12.2886, 58.2837]},
        }
        for one in cells
    ]
    whole = {"type": "FeatureCollection", "features": features}
    return "a.geojson", json.dumps(whole, ensure_ascii=False).encode()


def as_geopackage(cells, folder):
    path = folder / "a.gpkg"
    shapes = [Point(12.2886, 58.2837)] * len(cells)
    gpd.GeoDataFrame({"Text": cells}, geometry=shapes, crs=4326).to_file(path, engine="pyogrio")
    return "a.gpkg", path.read_bytes()


@pytest.mark.parametrize("form", [as_csv, as_workbook, as_geojson, as_geopackage])
def test_every_form_of_file_is_looked_into(form, tmp_path):
    raw = files.read_bytes(*form([doubly("Stöld på"), doubly("Kronogården")], tmp_path))
    assert raw.frame["Text"].tolist() == ["Stöld på", "Kronogården"]
    assert "Text" in import_note_words.note_lines(raw.notes)[-1]


def test_geojson_in_windows_1252_is_read(tmp_path):
    name, data = as_geojson(["Kronogården"], tmp_path)
    raw = files.read_bytes(name, data.decode().encode("cp1252"))
    assert raw.frame["Text"].tolist() == ["Kronogården"]


@pytest.mark.parametrize("true", ["UTF-8", "cp1252", "cp850"])
@pytest.mark.parametrize("cpg", [None, "UTF-8", "1252", "ISO-8859-1", "850", "skräp", ""])
def test_a_shapefile_whose_cpg_is_wrong(tmp_path, true, cpg):
    path = tmp_path / "a.shp"
    shapes = [Point(12.2886, 58.2837)] * 2
    table = gpd.GeoDataFrame({"Text": ["Kronogården", "på"]}, geometry=shapes, crs=4326)
    table.to_file(path, engine="pyogrio", encoding="UTF-8")
    dbf = path.with_suffix(".dbf")
    data = dbf.read_bytes()
    # One byte a letter: a field is filled with spaces to its length.
    for word in ("Kronogården", "på"):
        old, new = word.encode(), word.encode(true)
        data = data.replace(old, new + b" " * (len(old) - len(new)))
    dbf.write_bytes(data)
    if cpg is None:
        path.with_suffix(".cpg").unlink()
    else:
        path.with_suffix(".cpg").write_text(cpg, "utf-8")
    raw = files.read(path)
    assert raw.frame["Text"].tolist() == ["Kronogården", "på"]
    same = {"cp1252": ("1252",), "cp850": ("850",), "UTF-8": ("UTF-8",)}[true]
    assert ("other_encoding" in raw.notes) is (cpg not in (*same, None, "skräp", ""))


@pytest.mark.slow
@pytest.mark.parametrize(
    "encoding, row",
    [
        ("utf-8", "A1;0810;StÃ¶ld Ã¥;2026-03-01 21:00;KronogÃ¥rden"),
        ("cp850", "A1;0810;Stöld på Kronogården;2026-03-01 21:00;Kronogården"),
        ("mac-roman", "A1;0810;Stöld på Kronogården;2026-03-01 21:00;Kronogården"),
    ],
)
def test_a_place_is_known_whatever_the_file_was_saved_as(bring, encoding, row):
    head = TEXT.partition("\n")[0]
    report = bring(TableKind.INCIDENTS, "a.csv", f"{head}\n{row}\n".encode(encoding))
    assert (report.new, report.matched_by_name) == (1, 1)


@pytest.mark.slow
def test_a_row_with_lost_letters_waits_in_quarantine(bring):
    head = TEXT.partition("\n")[0]
    rows = "A1;0810;St\ufffdld;2026-03-01 21:00;Sylte\nA2;0810;Rån;2026-03-01 21:00;Sylte\n"
    report = bring(TableKind.INCIDENTS, "a.csv", f"{head}\n{rows}".encode())
    assert (report.read, report.new, report.quarantined) == (2, 1, 1)
    assert report.faults[0].rule is TableRule.GARBLED_TEXT
