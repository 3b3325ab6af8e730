"""The door: any file somebody brings becomes a table of text, or one error that says why not."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from types import ModuleType

import geopandas as gpd
import pandas as pd

from trygghetskarta.errors import Fault, SourceCause, SourceError
from trygghetskarta.sources import pace
from trygghetskarta.sources.fields import quarantine
from trygghetskarta.sources.layouts import LAYOUTS
from trygghetskarta.sources.readers import (
    archives,
    bounds,
    delimited,
    encodings,
    garbled,
    grids,
    json_stat,
    kml,
    layers,
    old_workbooks,
    row_lengths,
    workbooks,
)
from trygghetskarta.sources.readers.on_disk import SQLITE, check_size, content_of, is_logged
from trygghetskarta.sources.readers.sheet_shape import SheetShape
from trygghetskarta.tables.row_accounts import FileRows
from trygghetskarta.terms.doubts import Doubt
from trygghetskarta.terms.file_forms import TABLES, FileForm, endings, points
from trygghetskarta.terms.imports import Aside

_TEXT = points(FileForm.CSV)
_SHEETS = points(FileForm.WORKBOOK)
_OLD_SHEETS = points(FileForm.OLD_WORKBOOK)
_JSON = points(FileForm.GEOJSON)
READ = tuple(f".{ending}" for ending in endings(TABLES) if ending not in ("zip", "gz"))
"""How files end that are read by themselves."""
_WORKBOOKS = {
    "xl/workbook.xml": workbooks,
    "xl/workbook.bin": old_workbooks,
    "content.xml": old_workbooks,
}
"""Who reads a zip that has this part."""
_PACKED = b"PK\x03\x04"
_SPLIT = 0.7
"""How far reading a table is when its rows are cells, and only their columns are left."""

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED_OFFICE = "EncryptedPackage".encode("utf-16-le")
_FOREIGN = {
    b"MZ": ".exe",
    b"\x7fELF": ".elf",
    b"%PDF": ".pdf",
    b"\x89PNG": ".png",
    b"\xff\xd8\xff": ".jpg",
    b"GIF8": ".gif",
    b"7z\xbc\xaf": ".7z",
    b"Rar!": ".rar",
    b"PAR1": ".parquet",
    b"{\\rtf": ".rtf",
}
"""First bytes of files that are often given a wrong suffix."""


@dataclass(frozen=True, eq=False)
class RawTable:
    """A file as it stands, before anything is interpreted.

    Attributes
    ----------
    frame
        Every cell as text without surrounding spaces, or missing when empty. Index: row number as
        Excel counts; the first data row is normally 2.
    geometry
        Two-dimensional geometry with the index of ``frame`` and in the file's own coordinates, or
        None for a table without geometry.
    crs
        EPSG code the file tells, or None.
    file_name
        Without folder.
    sha256
        Of the file's bytes (of the .shp part for a plain shapefile).
    notes
        Facts about the reading by name, e.g. ``encoding``, ``separator``, ``repeated_header``
        (row numbers), ``footer_rows``, ``repeated_columns``.
    faults
        Rows that are too short or too long (``ROW_LENGTH``), or have letters that are lost
        (``GARBLED_TEXT``); they stand in ``frame`` and every parser hands these faults on.
    doubts
        What of the reading must be confirmed before the file is saved.
    counted
        Numbers of the rows as they were counted before they became ``frame``; None where each row
        of ``frame`` is one of the file.
    aside
        Rows of them that were taken out of ``frame``, by the reason.
    """

    frame: pd.DataFrame
    geometry: gpd.GeoSeries | None
    crs: int | None
    file_name: str
    sha256: str
    notes: Mapping[str, object] = field(default_factory=dict)
    faults: tuple[Fault, ...] = ()
    doubts: tuple[Doubt, ...] = ()
    counted: tuple[int, ...] | None = None
    aside: Mapping[Aside, Sequence[int]] = field(default_factory=dict)

    @property
    def rows(self) -> FileRows:
        """The file's own rows: what every account of it must come to."""
        numbers = self.frame.index if self.counted is None else self.counted
        again = self.notes.get("repeated_header", ()) if self.counted is not None else ()
        return FileRows(self.file_name, numbers, {**self.aside, Aside.REPEATED_HEADER: again})


def fingerprint(data: bytes) -> str:
    """SHA-256 of a file's bytes, in hexadecimal."""
    return hashlib.sha256(data).hexdigest()


def read(path: Path, *, layer: str | None = None, max_megabytes: float = 200) -> RawTable:
    """Read a file from disk; a plain ``.shp`` finds its other parts beside it.

    Parameters
    ----------
    path
        The file.
    layer
        Layer of a GeoPackage, shapefile in a zip, or sheet of a workbook; needed only when there
        are several.
    max_megabytes
        Largest file accepted (10⁶ bytes); what a zip unpacks to may be ten times larger.

    Raises
    ------
    SourceError
        With the cause; errors name the file without its folder.
    CrsError
        If the file has coordinates in a system that cannot be named by an EPSG code.
    """
    file = path.name
    content = content_of(path, max_megabytes)
    if path.suffix.lower() != ".shp":
        return read_bytes(file, content, layer=layer, max_megabytes=max_megabytes)
    try:
        parts = layers.siblings(path)
    except OSError as error:
        raise SourceError(SourceCause.FILE_NOT_OPENED, file=file) from error
    for content in parts.values():
        check_size(len(content), file, max_megabytes)
    return _from_layer(layers.read_shapefile(parts, file), file, fingerprint(parts[".shp"]))


def read_bytes(
    name: str, data: bytes, *, layer: str | None = None, max_megabytes: float = 200
) -> RawTable:
    """Read a file that is already in memory, such as an upload.

    Parameters
    ----------
    name
        Its name; the suffix decides the format, the first bytes have the last word.
    data
        Its content.
    layer, max_megabytes
        As in :func:`read`.

    Raises
    ------
    SourceError
        With the cause; errors name the file without its folder.
    CrsError
        If the file has coordinates in a system that cannot be named by an EPSG code.
    """
    file = Path(name.replace("\\", "/")).name
    check_size(len(data), file, max_megabytes)
    if not data.strip(b" \t\r\n\0"):
        raise SourceError(SourceCause.FILE_EMPTY, file=file)
    sha256 = fingerprint(data)
    if data.startswith(archives.GZIP):
        held = Path(file).stem if file.lower().endswith(".gz") else file
        content = archives.gunzip(data, file, max_megabytes)
        table = read_bytes(held, content, layer=layer, max_megabytes=max_megabytes)
        return replace(table, sha256=sha256)
    suffix = Path(file).suffix.lower()
    _refuse_foreign(data, file, suffix)
    if data.startswith(_OLE):
        return _sheet_table(old_workbooks, data, file, sha256, layer)
    if suffix in (*_SHEETS, ".zip") or suffix in _OLD_SHEETS and data.startswith(_PACKED):
        return _packed(data, file, sha256, layer, max_megabytes)
    if suffix in _TEXT or suffix == ".xls":
        # Web systems call a text file .xls, so that Excel opens it.
        return _text_table(data, file, sha256)
    if suffix in points(FileForm.GEOPACKAGE):
        if not data.startswith(SQLITE):
            raise SourceError(SourceCause.FILE_DAMAGED, file=file)
        table = _from_layer(layers.read_geopackage(data, file, layer), file, sha256)
        return replace(table, notes={**table.notes, "log_missing": is_logged(data)})
    if suffix in _JSON:
        cube = json_stat.read(data, file)
        if cube is not None:
            return _from_cells(cube, file, sha256, cube.notes)
        return _from_layer(layers.read_geojson(data, file), file, sha256)
    if suffix in points(FileForm.KML):
        return _from_layer(kml.read(data, file, max_megabytes), file, sha256)
    if suffix == ".shp":
        # A shapefile alone, as from an upload: say which parts are missing.
        layers.read_shapefile({".shp": data}, file)
    if suffix in _OLD_SHEETS:
        raise SourceError(SourceCause.FILE_DAMAGED, file=file)
    raise SourceError(SourceCause.FORMAT_UNKNOWN, file=file, suffix=suffix)


def _refuse_foreign(data: bytes, file: str, suffix: str) -> None:
    if data.startswith(_OLE):
        if _ENCRYPTED_OFFICE in data:
            raise SourceError(SourceCause.FILE_PROTECTED, file=file)
        if suffix not in (*_SHEETS, *_OLD_SHEETS):
            raise SourceError(SourceCause.FORMAT_UNKNOWN, file=file, suffix=".doc")
    for magic, real in _FOREIGN.items():
        if data.startswith(magic) and not (real == ".exe" and b"\0" not in data[:4096]):
            raise SourceError(SourceCause.FORMAT_UNKNOWN, file=file, suffix=real)
    if suffix in _TEXT and data.startswith((_PACKED, SQLITE)):
        real = ".gpkg" if data.startswith(SQLITE) else ".zip"
        raise SourceError(SourceCause.FORMAT_UNKNOWN, file=file, suffix=real)


def _text_table(data: bytes, file: str, sha256: str) -> RawTable:
    bounds.check_lines(data, file)
    with pace.within(0.1, _SPLIT):
        found = delimited.split(data, file)
    cells = _laid_out(found.rows, file, is_text=True)
    if cells is None:
        row_lengths.require_header(found.rows, found.separator, file)
        with pace.within(_SPLIT, 1.0):
            cells = grids.to_cells(found.rows, file, ragged=True, separator=found.separator)
    notes = {"encoding": found.encoding, "separator": found.separator, **cells.notes}
    if found.quotes_ignored:
        notes["quotes_ignored"] = True
    old = encodings.OLD & set(found.encoding.split(", "))
    if old:
        notes["old_encoding"] = ", ".join(old)
    return _from_cells(cells, file, sha256, notes)


def _packed(
    data: bytes, file: str, sha256: str, layer: str | None, max_megabytes: float
) -> RawTable:
    """A zip, told by what lies in it: a workbook, a shapefile, or files that are read alone."""
    with archives.opened(data, file, max_megabytes) as archive:
        names = archive.namelist()
        reader = next((one for part, one in _WORKBOOKS.items() if part in names), None)
        if reader is workbooks:
            try:
                bounds.check_workbook(archive, file)
            except workbooks.BROKEN as error:
                raise SourceError(SourceCause.FILE_DAMAGED, file=file) from error
        held = {} if reader else archives.members(archive, file, READ)
        shapes = any(name.lower().endswith(".shp") for name in names)
        if reader is None and (shapes or not held):
            return _from_layer(layers.read_zipped_shapefile(archive, file, layer), file, sha256)
        if reader is None:
            chosen = layers.one_of(list(held), layer if len(held) > 1 else None, file)
            content = archive.read(held[chosen])
    if reader is not None:
        return _sheet_table(reader, data, file, sha256, layer)
    inner = None if len(held) > 1 else layer
    table = read_bytes(chosen, content, layer=inner, max_megabytes=max_megabytes)
    return replace(table, sha256=sha256, notes={**table.notes, "member_read": table.file_name})


def _sheet_table(
    reader: ModuleType, data: bytes, file: str, sha256: str, sheet: str | None
) -> RawTable:
    with pace.within(0.1, _SPLIT):
        rows, notes = reader.read_sheet(data, file, sheet)
    return sheet_table(rows, file, sha256, notes)


def sheet_table(
    rows: Sequence[grids.Row], file: str, sha256: str, notes: Mapping[str, object]
) -> RawTable:
    """Make a table of a sheet's rows.

    Raises
    ------
    SourceError
        ``FILE_EMPTY``, ``NO_HEADER``, ``TOO_MANY_COLUMNS`` or ``NO_ROWS``.
    """
    told = dict(notes)
    shape = told.pop("shape", None)
    cells = _laid_out(rows, file, is_text=False)
    if cells is None:
        merged = shape.merged if isinstance(shape, SheetShape) else ()
        with pace.within(_SPLIT, 1.0):
            cells = grids.to_cells(rows, file, ragged=False, merged=merged)
    if isinstance(shape, SheetShape):
        hidden = len(shape.hidden_rows.intersection(cells.counted or cells.frame.index))
        names = [
            str(cells.frame.columns[at])
            for at in shape.hidden_columns
            if cells.counted and at < len(cells.frame.columns)
        ]
        told |= {
            name: found
            for name, found in (("hidden_rows", hidden), ("hidden_columns", names))
            if found
        }
    return _from_cells(cells, file, sha256, {**told, **cells.notes})


def _laid_out(rows: Sequence[grids.Row], file: str, *, is_text: bool) -> grids.CellGrid | None:
    """The plain table of a layout that recognises the rows; None when none does."""
    possible = (one for one in LAYOUTS if one.in_text or not is_text)
    layout = next((one for one in possible if one.recognises(rows)), None)
    if layout is None:
        return None
    cells = layout.unstack(rows, file)
    if cells.frame.index.has_duplicates:
        raise ValueError(f"{layout.word} numbers rows twice: none of them could be accounted for")
    return cells


def _from_cells(
    cells: grids.CellGrid, file: str, sha256: str, notes: Mapping[str, object]
) -> RawTable:
    frame = cells.frame
    if quarantine.is_quarantine_file(frame.columns):
        frame = quarantine.unguard_frame(frame)
    frame, told, lost = garbled.repaired(frame)
    faults = (*cells.faults, *lost)
    return RawTable(
        frame, None, None, file, sha256, {**notes, **told}, faults, counted=cells.counted
    )


def _from_layer(layer: layers.Layer, file: str, sha256: str) -> RawTable:
    frame, told, lost = garbled.repaired(layer.frame)
    return RawTable(frame, layer.geometry, layer.crs, file, sha256, {**layer.notes, **told}, lost)
