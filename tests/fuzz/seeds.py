"""Files that are as they should be, a few of each kind and form: what is damaged begins here."""

import base64
import gzip
import io
import json
import tempfile
import zipfile
from collections.abc import Iterator
from pathlib import Path

import geopandas as gpd
import openpyxl
from PIL import Image

from tests.intake.test_row_accounts import FORMS
from tests.kept import ROOT
from tests.sources.publishers.test_track_files import FORMS as TRACKS
from tests.sources.readers.test_json_stat import CUBE
from tests.sources.readers.test_workbooks import HEAD, XLS, ods

Seed = tuple[str, str, bytes]
"""Kind, name, content."""

_BROKEN = ROOT / "tests" / "data" / "broken"
_MEANT = {"bra": "totals", "measures": "measures", "pol": "events", "geo": "network"}


def seeds() -> list[Seed]:
    """All of them, the same every time."""
    found = [*_rows(), *_tracks(), *_tables(), *_layers(), *_photos(), *_base(), *_broken()]
    return [(str(kind), name, content) for kind, name, content in found]


def _rows() -> Iterator[Seed]:
    for form in FORMS.values():
        content = form.write((*form.rows, *form.junk))
        kind = getattr(form.kind, "value", form.kind)
        yield kind, form.name, content
        if not form.name.endswith(".csv"):
            continue
        yield kind, "a.csv.gz", gzip.compress(content, mtime=0)
        yield kind, "a.zip", _zipped({form.name: content})
        yield kind, "a.txt", content.decode().replace(";", "\t").encode("utf-16")
        book = openpyxl.Workbook()
        for line in content.decode().splitlines():
            book.active.append([_cell(cell) for cell in line.split(";")])
        out = io.BytesIO()
        book.save(out)
        yield kind, "a.xlsx", out.getvalue()


def _cell(text: str) -> str | int | None:
    return int(text) if text.isdecimal() and text[0] != "0" else text or None


def _tracks() -> Iterator[Seed]:
    for name, content in TRACKS.items():
        yield "walks", name, content
        yield "observations", name, content


def _tables() -> Iterator[Seed]:
    yield "incidents", "a.xls", gzip.decompress(base64.b64decode(XLS))
    yield "incidents", "a.ods", ods(Data=[HEAD, ["A1", 847, "2026-03-01", "Kronogården"]])
    yield "population", "a.json", json.dumps(CUBE).encode()


def _layers() -> Iterator[Seed]:
    for name, kind in (("districts", "districts"), ("police areas", "districts"), ("network",) * 2):
        form = FORMS[name]
        with tempfile.TemporaryDirectory() as folder:
            plain = Path(folder) / form.name
            plain.write_bytes(form.write(form.rows))
            layer = gpd.read_file(plain)
            layer.to_file(Path(folder) / "a.gpkg")
            yield kind, "a.gpkg", (Path(folder) / "a.gpkg").read_bytes()
            shapes = Path(folder) / "shapes"
            shapes.mkdir()
            layer.to_file(shapes / "a.shp")
            yield kind, "a.zip", _zipped({one.name: one.read_bytes() for one in shapes.iterdir()})
            yield "plan_area", form.name, plain.read_bytes()


def _photos() -> Iterator[Seed]:
    for form in ("JPEG", "PNG", "WEBP"):
        out = io.BytesIO()
        Image.new("RGB", (30, 20), "red").save(out, form, exif=b"Exif\0\0II*\0\x08\0\0\0\0\0")
        yield "photo", "a.jpg", out.getvalue()


def _base() -> Iterator[Seed]:
    folder = ROOT / "geodata" / "1488"
    for path in (*folder.iterdir(), *(ROOT / "geodata" / "offence_codes").iterdir()):
        if path.suffix in (".csv", ".toml"):
            yield "base", path.name, path.read_bytes()
    yield "base", "districts.gpkg", (folder / "districts.gpkg").read_bytes()
    yield "base", "plan.toml", next(iter(sorted((folder / "plans").iterdir()))).read_bytes()


def _broken() -> Iterator[Seed]:
    for path in sorted(_BROKEN.iterdir()):
        yield _MEANT.get(path.name.split("_")[0], "incidents"), path.name, path.read_bytes()


def _zipped(held: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in held.items():
            archive.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)
    return out.getvalue()
