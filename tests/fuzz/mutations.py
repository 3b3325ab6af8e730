"""Files are damaged as files are: in their bytes, and in what stands in them."""

import gzip
import io
import json
import random
import re
import sqlite3
import struct
import tempfile
import warnings
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path, PurePath

_DATES = (
    "2026-02-14", "26-02-14", "14-02-26", "2/14/26", "14/2 2026", "2026-02-30", "0000-00-00",
    "9999-12-31", "1899-12-30", "0001-01-01", "20260214", "260214", "45702", "45702.75", "2026",
    "2026-02", "2026K1", "2026-W07", "feb 2026", "feb-26", "14 februari 2026", "tillsvidare",
    "2026-02-14 21:30", "2026-02-14T21:30:00Z", "2026-02-14T21:30:00+99:99", "2026-03-29 02:30",
    "2026-10-25 02:30", "21:30", "24:00", "25:61", "2130", "0.5", "2026-02-14T21:30:00.123456789Z",
    "-2026-01-01", "292278994-08-17", "1e400", "2026-02-14/2026-02-15", "kl 21", "1677-09-21",
    "2262-04-12", "10000-01-01", "00:00:00", "2024-2025", "mån", "12",
)  # fmt: skip
_NUMBERS = (
    "0", "-0", "1", "-1", "1,5", "1.5", "1 000", "1\u00a0000", "1.000,50", "1e300", "1e309",
    "-1e309", "nan", "inf", "∞", "٣", "²", "½", "99999999999999999999", "-9223372036854775808",
    "9223372036854775807", "9223372036854775808", "0x10", "1_000", "..", "-", "–", "%", "62 %",
    "150 %", "1/0", "+1", "0.1e-400", "000012", "1'000", "2147483648", "18446744073709551616",
)  # fmt: skip
_PLACES = (
    "58.2837, 12.2886", "12.2886 58.2837", "58.2837 12.2886 0 0", "POINT (12.2886 58.2837)",
    "POINT EMPTY", "POINT (nan nan)", "58°17'N 12°17'E", "58.2837", "12.2886", "6464000", "340000",
    "6464000,340000", "91", "-181", "1e300", "58,2837", "0", "1370000 8000000",
    "LINESTRING (12.28 58.28, 12.29 58.29)", "POLYGON ((0 0, 0 1, 1 1, 0 0))",
)  # fmt: skip
_CODES = (
    "1488A0010", "1488A0010_DeSO2025", "1488R001", "1488S007", "1488", "14", "00", "9801", "0355",
    "9801;0355", "98A1", "5098", "1480A0010", "1488 Trollhättan", "Totalt", "Summa", "Totalsumma",
    "Sylte", "Kronogården", "KRONOGÅRDEN", "Syl te", "Atlantis", "Stöld", "Våld", "misshandel",
)  # fmt: skip
_TEXTS = (
    "", " ", "\0", "\ud800", "\udcff", "\ufeff", "\u202e", "\u2028", "\x85", "\x1a", "a" * 300,
    "a\u0308", "StÃ¶ld", "R†n", "\ufffd", "=1+1", "'=1", '"', '""', "'", ";", ",", "\t", "\n",
    "\r\n", "<b>", "&amp;", "&", "{x}", "{0}", "%s", "%(x)s", "\\", "../..", "null", "None", "NaN",
    "<NA>", "NaT", "true", "ja", "nej", "vet ej", "Anna Svensson 19850101-1234", "070-123 45 67",
    "slumpmässigt urval", "😀", "\U0010ffff", "nul\0mitt", "ǅ", "ß", "İ", "\u0130" * 30,
    "anna@exempel.se", "ABC 123", "#REF!", "#N/A", "pågår", "Belysning", "x" * 40_000, "1" * 5000,
    "1-" * 2000, "@" * 3000, "a@" * 2000, "åäö" * 200, "A1 " * 3000,
)  # fmt: skip
HEADS = (
    "Id", "Diarienr", "Brottskod", "Brottstyp", "Brottskod klartext", "Inskrivningsdatum",
    "Brottsdatum", "Brottstid fr.o.m.", "Brottstid t.o.m.", "Klockslag", "Veckodag", "Stadsdel",
    "Plats", "Områdeskod", "DeSO", "RegSO", "Antal", "År", "Månad", "Kvartal", "Period", "X", "Y",
    "Lat", "Lon", "Koordinat", "N", "E", "Gata", "region", "kön", "ålder", "folkmängd", "2024",
    "2025", "Folkmängd 2024", "Fråga", "Andel", "Antal svar", "Urvalsmetod", "Nedre", "Övre",
    "Grupp", "Vikt", "Trygg ute", "Utsatt för brott", "Pass", "Datum", "Start", "Slut",
    "Antal personer", "Fil", "Team", "Kategori", "Text", "Allvar", "Status", "Ansvarig", "Klar",
    "Nr", "Åtgärd", "Startdatum", "Slutdatum", "Tema", "kod", "namn", "kategori", "ort",
    "aktualitet", "Brott", "/100 000 inv", "datetime", "geometry", "wkt", "quarantine_id",
    "Radnummer", "Fel", "januari", "februari", "Totalt", "", " ", "id_2", "Antal_2",
)  # fmt: skip
NASTY = (_DATES, _NUMBERS, _PLACES, _CODES, _TEXTS)

_BINARY = (b"\0", b"\xff", b"\xff\xff\xff\xff", b"\x7f\xff\xff\xff", b"\x80\0\0\0", b"\0\0\0\0",
           b"\xed\xa0\x80", b"\xef\xbb\xbf", b"\xff\xfe", b"\x1f\x8b", b"PK\x03\x04", b"\xc0\x80",
           b"\xff" * 8)  # fmt: skip
_ENCODINGS = ("utf-8", "utf-8-sig", "cp1252", "cp850", "cp437", "mac-roman", "latin-1", "utf-16",
              "utf-16-le", "utf-16-be", "utf-32", "utf-7")  # fmt: skip
_LARGEST = 400_000
_MOST = 12_000_000

Chance = random.Random
Step = Callable[[bytes, Chance], bytes]


def nasty(chance: Chance) -> str:
    """A value of any kind, or a piece of one put into another."""
    value = chance.choice(chance.choice(NASTY))
    if chance.random() < 0.1:
        value += chance.choice(chance.choice(NASTY))
    return value


def changed(name: str, data: bytes, chance: Chance, others: list[bytes] = ()) -> bytes:
    """A file with one to four damages that are possible in its form.

    Parameters
    ----------
    name
        The file's, whose ending says what it is.
    data
        Its content.
    chance
        The same chances give the same file.
    others
        Other files, pieces of which may be put in.
    """
    for _ in range(chance.choice((1, 1, 1, 2, 2, 3, 4))):
        step = _step(name, data, chance) if len(data) < _LARGEST else bytes_changed
        try:
            data = step(data, chance)[:_MOST]
        except Exception:  # What is damaged already is damaged in its bytes only.
            data = bytes_changed(data, chance)
    if others and chance.random() < 0.05:
        data = _spliced(data, chance.choice(others), chance)
    if chance.random() < 0.01:
        data = swollen(data, chance)
    return data


def _step(name: str, data: bytes, chance: Chance) -> Step:
    if chance.random() < 0.12:
        return bytes_changed
    if data.startswith(b"PK"):
        return zip_changed
    if data.startswith(b"SQLite format 3"):
        return geopackage_changed
    if data.startswith(b"\x1f\x8b"):
        return gzip_changed
    ending = PurePath(name).suffix.lower()
    if ending in (".gpx", ".kml") or data.lstrip()[:1] == b"<":
        return xml_changed
    if ending == ".fit":
        return fit_changed
    if ending in (".json", ".geojson", ".geojsonl", ".geojsons", ".ndjson"):
        return json_changed
    if ending in (".csv", ".txt", ".tsv", ".tab", ".toml", ".xls", ""):
        return text_changed
    return bytes_changed


def bytes_changed(data: bytes, chance: Chance) -> bytes:
    """Bytes turned, cut, doubled, or put in."""
    if not data:
        return chance.choice(_BINARY)
    at = chance.randrange(len(data))
    until = min(len(data), at + chance.choice((1, 2, 4, 16, 200, 5000)))
    match chance.randrange(7):
        case 0:
            return data[:at] + bytes([data[at] ^ (1 << chance.randrange(8))]) + data[at + 1 :]
        case 1:
            return data[:at]
        case 2:
            return data[:at] + data[until:]
        case 3:
            return data[:at] + data[at:until] * chance.choice((2, 3, 50)) + data[until:]
        case 4:
            return data[:at] + chance.choice(_BINARY) + data[at:]
        case 5:
            piece = chance.choice(_BINARY)
            return data[:at] + piece + data[at + len(piece) :]
        case _:
            return data[:at] + chance.randbytes(until - at) + data[until:]


def swollen(data: bytes, chance: Chance) -> bytes:
    """A piece of a file many times over, until it is as large as files may be."""
    if not data:
        return data
    at = chance.randrange(len(data))
    piece = data[at : at + chance.choice((1, 2, 3, 10, 60, 400, 4000))]
    size = chance.choice((100_000, 1_000_000, 3_000_000, _MOST))
    return data[:at] + piece * (size // max(1, len(piece))) + data[at:]


def _spliced(data: bytes, other: bytes, chance: Chance) -> bytes:
    at, start = chance.randrange(len(data) + 1), chance.randrange(len(other) + 1)
    return data[:at] + other[start : start + chance.choice((20, 500, 20_000))] + data[at:]


# --- text ---


def _decoded(data: bytes) -> tuple[str, str]:
    encoding = "utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8"
    try:
        return data.decode(encoding), encoding
    except UnicodeError:
        return data.decode("cp1252", "replace"), "cp1252"


def text_changed(data: bytes, chance: Chance) -> bytes:
    """Cells, rows, columns, separators and letters of a text file."""
    text, encoding = _decoded(data)
    mark = "\r\n" if "\r\n" in text else "\n"
    lines = text.split(mark)
    sep = max(";,\t|", key=lines[0].count if lines[0] else text.count)
    rows = [line.split(sep) for line in lines]
    rows, sep = _grid_changed(rows, sep, chance)
    if chance.random() < 0.05:
        mark = chance.choice(("\n", "\r", "\r\n", "\n\r", "\u2028", "\n\n", "\x0b"))
    if chance.random() < 0.05:
        encoding = chance.choice(_ENCODINGS)
    made = mark.join(sep.join(row) for row in rows)
    if encoding in ("utf-8", "utf-8-sig") and chance.random() < 0.7:
        return made.encode(encoding, "surrogatepass")
    return made.encode(encoding, chance.choice(("replace", "ignore", "xmlcharrefreplace")))


Grid = list[list[str]]


def _grid_changed(rows: Grid, sep: str, chance: Chance) -> tuple[Grid, str]:
    number = chance.randrange(len(rows))
    row = rows[number]
    at = chance.randrange(len(row)) if row else 0
    match chance.randrange(17):
        case 0 | 1 | 2 | 3:
            row[at : at + 1] = [nasty(chance)]
        case 4:
            column = nasty(chance)[:200] if chance.random() < 0.5 else None
            for other in rows[1:]:
                if at < len(other):
                    other[at] = nasty(chance)[:200] if column is None else column
        case 5:
            rows[0][at : at + 1] = [chance.choice(HEADS)]
        case 6:
            head = chance.choice(HEADS)
            for number, other in enumerate(rows):
                other.append(head if not number else nasty(chance)[:200])
        case 7:
            for other in rows:
                del other[at : at + 1]
        case 8:
            rows.insert(number, list(rows[chance.randrange(len(rows))]))
        case 9:
            del rows[number]
        case 10:
            rows.insert(number, [chance.choice(("Summa", "Totalt", "Källa: SCB", "", "x"))])
        case 11:
            del row[at:]
        case 12:
            row[at:at] = [nasty(chance)[:50]] * chance.choice((1, 2, 40, 3000))
        case 13:
            sep = chance.choice((";", ",", "\t", "|", ":", " ", ""))
        case 14:
            other = chance.randrange(len(rows[0])) if rows[0] else 0
            for line in rows:
                if max(at, other) < len(line):
                    line[at], line[other] = line[other], line[at]
        case 15:
            rows[0] = [chance.choice(HEADS) for _ in rows[0]]
        case _:
            row[at : at + 1] = [f'"{nasty(chance)}"']
    return rows or [[""]], sep


# --- XML ---

_TEXT_NODE = re.compile(rb">([^<]*)<")
_ATTRIBUTE = re.compile(rb'="([^"]*)"')
_TAG = re.compile(rb"<[^<>]+>")
_TIMES = (b"2026-02-13T20:00:00Z", b"0000-01-01T00:00:00Z", b"1970-01-01T00:00:00Z", b"now",
          b"9999-12-31T23:59:59Z", b"2026-02-13T20:00:00.999999999+14:00", b"2026-02-13", b"1e9",
          b"-0001-01-01T00:00:00Z", b"99999-01-01T00:00:00Z", b"2026-02-13T24:00:00Z",
          b"2262-04-12T00:00:00Z")  # fmt: skip

_MARKS = (b'<!DOCTYPE a [<!ENTITY b "c">]>', b"<!--", b"<![CDATA[", b"&b;", b"&#0;", b"&#xD800;",
          b"<?xml version='1.1'?>", b"<x:y/>", b'<?xml version="1.0" encoding="utf-16"?>',
          b'<?xml version="1.0" encoding="iso-8859-1"?>', b"</gpx>", b"</kml>")  # fmt: skip
_ELEMENTS = (b"trkpt", b"rtept", b"wpt", b"trk", b"trkseg", b"rte", b"time", b"name", b"desc",
             b"Placemark", b"Point", b"LineString", b"Polygon", b"coordinates", b"when",
             b"gx:coord", b"gx:Track", b"gx:MultiTrack", b"MultiGeometry", b"LinearRing",
             b"outerBoundaryIs", b"ExtendedData", b"SimpleData", b"Data", b"value", b"row",
             b"c", b"v", b"is", b"t", b"sheetData", b"mergeCell")  # fmt: skip


def xml_changed(data: bytes, chance: Chance) -> bytes:
    """Texts, attributes and elements of an XML file."""
    kind = chance.randrange(12)
    value = _xml_value(chance)
    if kind < 4:
        found = list((_ATTRIBUTE if kind < 2 else _TEXT_NODE).finditer(data))
        one = chance.choice(found)
        return data[: one.start(1)] + value + data[one.end(1) :]
    found = list(_TAG.finditer(data))
    one, other = sorted((chance.choice(found), chance.choice(found)), key=lambda tag: tag.start())
    piece = data[one.start() : other.end()]
    match kind:
        case 4:
            return data[: one.start()] + data[one.end() :]
        case 5:
            return data[: one.start()] + piece[:20_000] + data[one.start() :]
        case 6:
            return data[: one.start()] + data[other.end() :]
        case 7:
            return data[: other.start()] + one.group() + data[other.end() :]
        case 8:
            times = chance.choice((10, 200, 3000, 100_000))
            name = re.match(rb"</?([\w:.-]*)", one.group()).group(1) or b"a"
            end = b"</" + name + b">" if chance.random() < 0.5 else b""
            deep = (b"<" + name + b">") * times + end * times
            return data[: one.end()] + deep + data[one.end() :]
        case 9:
            return data[: one.start()] + chance.choice(_MARKS) + data[one.start() :]
        case 10:
            old = re.match(rb"</?([\w:.-]*)", one.group()).group(1)
            return data.replace(old, chance.choice(_ELEMENTS), chance.choice((1, 2, -1)))
        case _:
            return data[: one.start()] + data[one.start() : one.end()] * 2 + data[one.end() :]


def _xml_value(chance: Chance) -> bytes:
    if chance.random() < 0.3:
        return chance.choice(_TIMES)
    value = nasty(chance)
    if chance.random() < 0.3:
        value = f"{chance.uniform(-200, 200)},{chance.uniform(-100, 100)},{nasty(chance)} " * 3
    return value.encode("utf-8", "surrogatepass")


# --- JSON ---


def json_changed(data: bytes, chance: Chance) -> bytes:
    """Values, keys and nesting of a JSON file."""
    text, _ = _decoded(data)
    tree = json.loads(text)
    holders: list[tuple[object, object]] = []
    waiting: list[object] = [tree]
    while waiting and len(holders) < 20_000:
        one = waiting.pop()
        inside = one.items() if isinstance(one, dict) else enumerate(one)
        for key, value in inside:
            holders.append((one, key))
            if isinstance(value, dict | list):
                waiting.append(value)
    holder, key = chance.choice(holders)
    match chance.randrange(9):
        case 0 | 1 | 2 | 3:
            holder[key] = _json_value(chance)
        case 4:
            del holder[key]
        case 5:
            if isinstance(holder, dict):
                holder[nasty(chance)] = holder.pop(key)
            else:
                holder.extend([holder[key]] * chance.choice((1, 3, 200)))
        case 6:
            other, there = chance.choice(holders)
            other[there] = json.loads(json.dumps(holder[key]))
        case 7:
            deep = chance.choice((3, 500, 30_000))
            mark = "\ue000deep"
            holder[key] = mark
            opens, closes = chance.choice((("[", "]"), ('{"a":', "}")))
            told = json.dumps(tree).replace(json.dumps(mark), opens * deep + "1" + closes * deep)
            return told.encode()
        case _:
            holder[key] = [holder[key]] if chance.random() < 0.5 else {"a": holder[key]}
    plain = chance.random() < 0.5
    return json.dumps(tree, ensure_ascii=plain).encode("utf-8", "surrogatepass")


def _json_value(chance: Chance) -> object:
    value = chance.choice(
        (None, True, False, 0, -1, 1e300, -1e-300, float("nan"), float("inf"), 10**20, 2**63, 2**64,
         [], {}, "", [[]], [[[]]], [None], [1], [1, 2], [1, 2, 3, 4], ["a"], 10**400,
         {"type": "Point"}, [[12.28, 58.28], [12.29, 58.29]],
         [[[12.28, 58.28], [12.3, 58.28], [12.3, 58.29]]],
         {"type": "Point", "coordinates": [12.28, 58.28]}, {"type": "GeometryCollection",
          "geometries": []}, {"type": "name", "properties": {"name": "EPSG:3006"}},
         "urn:ogc:def:crs:EPSG::3857", "Feature", "MultiPolygon", "LineString", "EPSG:99999")
    )  # fmt: skip
    return nasty(chance) if chance.random() < 0.5 else value


# --- archives, workbooks ---


def zip_changed(data: bytes, chance: Chance) -> bytes:
    """Members of a zip, and the zip itself."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return _zip_changed(data, chance)


def _zip_changed(data: bytes, chance: Chance) -> bytes:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        held = [(one.filename, archive.read(one)) for one in archive.infolist()][:200]
    at = chance.randrange(len(held))
    sheets = [at for at, (name, _) in enumerate(held) if "sheet" in name or "content" in name]
    if sheets and chance.random() < 0.5:
        at = chance.choice(sheets)
    name, inner = held[at]
    match chance.randrange(10):
        case 0:
            del held[at]
        case 1:
            held.append((name, bytes_changed(inner, chance)))
        case 2:
            new = chance.choice((nasty(chance), name.upper(), "../" + name, name + "/x"))
            held[at] = (new, inner)
        case 3:
            held[at] = (name, b"")
        case _:
            if name.endswith((".xml", ".rels")):
                step = chance.choice((sheet_changed, xml_changed))
                inner = step(inner, chance)
            else:
                inner = _step(name, inner, chance)(inner, chance)
            held[at] = (name, inner)
    out = io.BytesIO()
    packing = chance.choice((zipfile.ZIP_DEFLATED, zipfile.ZIP_STORED))
    with zipfile.ZipFile(out, "w", packing) as made:
        for one, content in held:
            made.writestr(zipfile.ZipInfo(one.replace("\0", "") or "x"), content, packing)
    return out.getvalue()


_CELL = re.compile(rb"<c\b[^>]*?(/>|>.*?</c>)", re.DOTALL)


def sheet_changed(data: bytes, chance: Chance) -> bytes:
    """Cells of a workbook's sheet: their kinds, values, addresses."""
    found = list(_CELL.finditer(data))
    one = chance.choice(found)
    kind = chance.choice((b"n", b"s", b"str", b"inlineStr", b"b", b"e", b"d", b"x", b""))
    value = chance.choice((b"0", b"-1", b"99999999", b"1e300", b"nan", b"45702.75", b"TRUE", b"60",
                           b"#REF!", b"2026-02-14T00:00:00", b"", b"-1e9", b"2958466"))  # fmt: skip
    if chance.random() < 0.4:
        value = nasty(chance).encode("utf-8", "surrogatepass").replace(b"<", b"&lt;")
    at = chance.choice((b"A1", b"B2", b"XFD1", b"A1048576", b"A300000000", b"ZZZ1", b"1A", b""))
    style = chance.choice((b"", b' s="1"', b' s="99"', b' s="2"', b' s="-1"', b' s="x"'))
    told = b' t="' + kind + b'"' if kind else b""
    inside = b"<is><t>" + value + b"</t></is>" if kind == b"inlineStr" else b"<v>" + value + b"</v>"
    if chance.random() < 0.1:
        inside = b"<f>1/0</f>" + inside
    if chance.random() < 0.7:
        address = re.search(rb' r="([^"]*)"', one.group())
        at = address.group(1) if address else at
    cell = b'<c r="' + at + b'"' + style + told + b">" + inside + b"</c>"
    if chance.random() < 0.15:
        merge = b'<mergeCells><mergeCell ref="' + at + b':D9"/></mergeCells>'
        data = data.replace(b"</sheetData>", b"</sheetData>" + merge)
    return data[: one.start()] + cell + data[one.end() :]


def gzip_changed(data: bytes, chance: Chance) -> bytes:
    """What is packed, or the packing."""
    inner = zlib.decompressobj(31).decompress(data, _LARGEST)
    return gzip.compress(_step("", inner, chance)(inner, chance), mtime=0)


def fit_changed(data: bytes, chance: Chance) -> bytes:
    """A watch's file whose sums are right again."""
    body = bytearray(bytes_changed(data[14:-2], chance))
    head = data[:4] + struct.pack("<I", len(body)) + b".FIT"
    head += struct.pack("<H", _fit_sum(head))
    return head + bytes(body) + struct.pack("<H", _fit_sum(head + bytes(body)))


_FIT_SUMS = (
    *(0x0000, 0xCC01, 0xD801, 0x1400, 0xF001, 0x3C00, 0x2800, 0xE401),
    *(0xA001, 0x6C00, 0x7800, 0xB401, 0x5000, 0x9C01, 0x8801, 0x4400),
)


def _fit_sum(data: bytes) -> int:
    total = 0
    for byte in data:
        for half in (byte & 0xF, byte >> 4):
            total = ((total >> 4) & 0x0FFF) ^ _FIT_SUMS[total & 0xF] ^ _FIT_SUMS[half]
    return total


# --- GeoPackage ---

_SQL = (
    "CREATE VIEW few AS WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n LIMIT 9) "
    "SELECT i FROM n",
    "DELETE FROM gpkg_geometry_columns",
    "DELETE FROM gpkg_contents",
    "DELETE FROM gpkg_spatial_ref_sys",
    "UPDATE gpkg_geometry_columns SET srs_id = 99999",
    "UPDATE gpkg_geometry_columns SET geometry_type_name = 'POINT'",
    "UPDATE gpkg_contents SET srs_id = 3857",
    "UPDATE gpkg_contents SET data_type = 'attributes'",
    "UPDATE gpkg_spatial_ref_sys SET definition = 'x'",
    "UPDATE gpkg_contents SET table_name = 'ingen'",
    "UPDATE gpkg_geometry_columns SET column_name = 'ingen'",
    "PRAGMA application_id = 0",
    "PRAGMA user_version = 99999999",
)


def geopackage_changed(data: bytes, chance: Chance) -> bytes:
    """Cells, geometries, views and registers of a GeoPackage."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "a.gpkg"
        path.write_bytes(data)
        opened = sqlite3.connect(path)
        try:
            _sql_changed(opened, chance)
            opened.commit()
        finally:
            opened.close()
        return path.read_bytes()


def _sql_changed(opened: sqlite3.Connection, chance: Chance) -> None:
    triggers = "SELECT name FROM sqlite_master WHERE type = 'trigger'"
    for (trigger,) in opened.execute(triggers).fetchall():
        opened.execute(f'DROP TRIGGER "{trigger}"')
    if chance.random() < 0.2:
        opened.execute(chance.choice(_SQL))
        return
    told = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
    every = [name for (name,) in opened.execute(told)]
    own = [name for name in every if not name.startswith(("gpkg_", "rtree_"))] or every
    table = chance.choice(own if chance.random() < 0.8 else every)
    names = [row[1] for row in opened.execute(f'PRAGMA table_info("{table}")')]
    column = chance.choice(names)
    held = opened.execute(f'SELECT rowid, "{column}" FROM "{table}" LIMIT 1000').fetchall()
    number, old = chance.choice(held) if held else (1, None)
    value: object = nasty(chance)
    if isinstance(old, bytes):
        value = bytes_changed(old, chance)
    match chance.randrange(6):
        case 0:
            value = chance.choice((None, 2**63 - 1, -1, 1e300, float("inf"), b"\xff\0", b"", 5))
        case 1:
            value = chance.choice((b"GP\0\1\0\0\0\0", b"GP\0\x11" + b"\0" * 4, nasty(chance)))
        case 2:
            head = chance.choice(HEADS) or "x"
            opened.execute(f'ALTER TABLE "{table}" ADD COLUMN "{head}" TEXT')
            opened.execute(f'UPDATE "{table}" SET "{head}" = ?', (nasty(chance),))
            return
        case 3:
            head = (nasty(chance) or "x").replace('"', "").replace("\0", "")[:50] or "y"
            opened.execute(f'ALTER TABLE "{table}" RENAME COLUMN "{column}" TO "{head}"')
            return
        case _:
            pass
    if isinstance(value, str):
        value = value.encode("utf-8", "surrogatepass")
        where = f'UPDATE "{table}" SET "{column}" = CAST(? AS TEXT) WHERE rowid = ?'
    else:
        where = f'UPDATE "{table}" SET "{column}" = ? WHERE rowid = ?'
    opened.execute(where, (value, number))
