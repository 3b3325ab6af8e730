"""Files with geometry: GeoJSON, GeoPackage and shapefiles, as text cells and geometry."""

import codecs
import json
import tempfile
import warnings
import zipfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath

import geopandas as gpd
import numpy as np
import pandas as pd
import pyogrio
import pyproj
import shapely
from pyogrio.errors import DataLayerError, DataSourceError, FieldError, GeometryError

from trygghetskarta.errors import CrsCause, CrsError, SourceCause, SourceError
from trygghetskarta.sources.readers import bounds, encodings, json_text
from trygghetskarta.sources.readers.cell_texts import as_text
from trygghetskarta.sources.readers.grids import check_columns

WKT_COLUMN = "geometri"
"""Column that repeats the points of a file as text, so that a row in quarantine keeps its place."""

_NEEDED = (".shp", ".shx", ".dbf")
_TAKEN = (*_NEEDED, ".prj", ".cpg")
BROKEN = (
    *(DataSourceError, DataLayerError, FieldError, GeometryError, UnicodeDecodeError),
    UnboundLocalError,  # what becomes of a coordinate system that is no text
)
"""What pyogrio raises for a layer that is damaged."""
_KINDS = ("FeatureCollection", "Feature")
_RECORD = "\x1e"
_LONGITUDE_FIRST = "CRS84"


@dataclass(frozen=True, eq=False)
class Layer:
    """Cells as text or missing, geometry in two dimensions, and the EPSG code (None: not told)."""

    frame: pd.DataFrame
    geometry: gpd.GeoSeries
    crs: int | None
    notes: dict[str, object]


def read_geojson(data: bytes, file: str) -> Layer:
    """Read a GeoJSON feature collection, or features one after the other (GeoJSONSeq).

    Raises
    ------
    SourceError
        ``FILE_DAMAGED`` for broken JSON, ``FORMAT_UNKNOWN`` for other JSON, ``FILE_EMPTY``,
        ``NO_ROWS``.
    CrsError
        ``CRS_UNSUPPORTED``.
    """
    text, _ = encodings.decode(data, file)
    try:
        # Only to tell broken JSON from other JSON: GDAL reads both as nothing.
        found = json_text.read(text)
    except ValueError as error:
        found = _sequence(text)
        if found is None:
            raise SourceError(SourceCause.FILE_DAMAGED, file=file) from error
        text = json.dumps(found)
    if found in ([], {}):
        raise SourceError(SourceCause.FILE_EMPTY, file=file)
    if not isinstance(found, dict) or found.get("type") not in _KINDS:
        raise SourceError(SourceCause.FORMAT_UNKNOWN, file=file, suffix=Path(file).suffix)
    features = _features(found)
    if not features:
        raise SourceError(SourceCause.NO_ROWS, file=file)
    bounds.check_features(features, file)
    told = (feature.get("properties") for feature in features)
    has_id = any("id" in properties for properties in told if isinstance(properties, dict))
    # The same things are about to be read again: together they would take twice the memory.
    del found, features, told
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "layer.geojson"
        path.write_text(text, "utf-8")
        layer = _read(path, file)
    if not has_id:
        # A feature's own number is given anew in every export; it names no row.
        layer = replace(layer, frame=layer.frame.drop(columns="id", errors="ignore"))
    return layer


def _sequence(text: str) -> dict | None:
    """Features one after the other, a line for each or marked as RFC 8142 has it, as a collection.

    None when they are no features, or when one of them is broken.
    """
    written = text.split(_RECORD) if _RECORD in text else text.split("\n")
    try:
        read = [json_text.read(one) for one in written if one.strip()]
    except ValueError:
        return None
    if not all(isinstance(one, dict) and one.get("type") in _KINDS for one in read):
        return None
    features = [feature for one in read for feature in _features(one)]
    return {"type": _KINDS[0], "features": features} if features else None


def _features(found: dict) -> list[dict]:
    features = found.get("features") if found["type"] == "FeatureCollection" else [found]
    return [one for one in features if isinstance(one, dict)] if isinstance(features, list) else []


def read_geopackage(data: bytes, file: str, layer: str | None = None) -> Layer:
    """Read a GeoPackage: its only layer with geometry, or the named one.

    Raises
    ------
    SourceError
        ``FILE_DAMAGED``, ``FILE_EMPTY``, ``NO_ROWS``; ``NO_GEOMETRY`` with the names of its tables
        when none has any; ``SEVERAL_LAYERS`` with their names when
        there are several to choose from or the named one does not exist.
    CrsError
        ``CRS_UNSUPPORTED``.
    """
    with _laid_down(data) as path:
        listed = _listed(path, file)
        names = [name for name, kind in listed if kind is not None]
        if listed and not names:
            tables = [name for name, _ in listed]
            raise SourceError(SourceCause.NO_GEOMETRY, file=file, tables=tables)
        return _read(path, file, layer=one_of(names, layer, file))


def sizes(data: bytes, file: str) -> list[tuple[str, int, int]]:
    """Name, rows and columns of each layer with geometry.

    Raises
    ------
    SourceError
        ``FILE_DAMAGED``.
    """
    with _laid_down(data) as path:
        names = [name for name, kind in _listed(path, file) if kind is not None]
        try:
            with _without_remarks():
                told = [pyogrio.read_info(path, layer=name) for name in names]
        except BROKEN as error:
            raise SourceError(SourceCause.FILE_DAMAGED, file=file) from error
    return [
        (name, one["features"], len(one["fields"])) for name, one in zip(names, told, strict=True)
    ]


@contextmanager
def _laid_down(data: bytes) -> Iterator[Path]:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "layer.gpkg"
        path.write_bytes(data)
        yield path


def _listed(path: Path, file: str) -> list[tuple[str, str | None]]:
    bounds.check_views(path, file)
    try:
        with _without_remarks():
            return [(str(name), kind) for name, kind in pyogrio.list_layers(path)]
    except BROKEN as error:
        raise SourceError(SourceCause.FILE_DAMAGED, file=file) from error


def read_zipped_shapefile(archive: zipfile.ZipFile, file: str, layer: str | None = None) -> Layer:
    """Read the only shapefile of a zip, or the one whose stem is ``layer``, in any folder.

    Raises
    ------
    SourceError
        ``FORMAT_UNKNOWN`` when there is none, ``SEVERAL_LAYERS``, ``SHAPEFILE_INCOMPLETE``,
        ``FILE_DAMAGED``, ``NO_ROWS``.
    CrsError
        ``CRS_UNSUPPORTED``.
    """
    found: dict[str, dict[str, zipfile.ZipInfo]] = {}
    for member in archive.infolist():
        name = PurePosixPath(member.filename.replace("\\", "/"))
        hidden = name.name.startswith(".") or "__MACOSX" in name.parts
        is_file = member.filename and not member.is_dir()
        if is_file and not hidden and name.suffix.lower() in _TAKEN:
            parts = found.setdefault(str(name.with_suffix("")).casefold(), {})
            parts[name.suffix.lower()] = member
    shapes = {stem: parts for stem, parts in found.items() if ".shp" in parts}
    if not shapes:
        raise SourceError(SourceCause.FORMAT_UNKNOWN, file=file, suffix=".zip")
    names = {PurePosixPath(parts[".shp"].filename).stem: stem for stem, parts in shapes.items()}
    parts = shapes[names[one_of(list(names), layer, file)]]
    bounds.check_shapefile({end: one.file_size for end, one in parts.items()}, file)
    try:
        return read_shapefile({end: archive.read(member) for end, member in parts.items()}, file)
    except (zipfile.BadZipFile, EOFError, NotImplementedError, zipfile.zlib.error) as error:
        raise SourceError(SourceCause.FILE_DAMAGED, file=file) from error


def read_shapefile(parts: Mapping[str, bytes], file: str) -> Layer:
    """Read a shapefile from its parts.

    Parameters
    ----------
    parts
        Content by suffix in lower case (``.shp``, ``.shx``, ``.dbf``; ``.prj`` and ``.cpg`` when
        there are any).
    file
        Name for errors.

    Raises
    ------
    SourceError
        ``SHAPEFILE_INCOMPLETE``, ``FILE_DAMAGED``, ``NO_ROWS``.
    CrsError
        ``CRS_UNSUPPORTED``.
    """
    missing = [suffix for suffix in _NEEDED if suffix not in parts]
    if missing:
        raise SourceError(SourceCause.SHAPEFILE_INCOMPLETE, file=file, missing=missing)
    bounds.check_shapefile({end: len(content) for end, content in parts.items()}, file)
    with tempfile.TemporaryDirectory() as folder:
        for suffix, content in parts.items():
            laid = _in_utf_8(content) if suffix == ".prj" else content
            (Path(folder) / f"layer{suffix}").write_bytes(laid)
        found, told = _dbf_encoding(parts[".dbf"]), _told_encoding(parts.get(".cpg"))
        layer = _read(Path(folder) / "layer.shp", file, encoding=found or told or "utf-8")
    if found is None or told in (None, found):
        return layer
    return replace(layer, notes={**layer.notes, "other_encoding": found})


def siblings(path: Path) -> dict[str, bytes]:
    """Read the parts of a shapefile that lie beside each other, whatever their letter case."""
    return {
        other.suffix.lower(): other.read_bytes()
        for other in path.parent.iterdir()
        if other.stem == path.stem and other.suffix.lower() in _TAKEN
    }


def one_of(names: list[str], wanted: str | None, file: str) -> str:
    """The only name, or the wanted one.

    Raises
    ------
    SourceError
        ``FILE_EMPTY`` for no names, ``SEVERAL_LAYERS`` with them.
    """
    if not names:
        raise SourceError(SourceCause.FILE_EMPTY, file=file)
    if wanted is None and len(names) == 1:
        return names[0]
    if wanted in names:
        return wanted
    raise SourceError(SourceCause.SEVERAL_LAYERS, file=file, layers=names)


def _in_utf_8(content: bytes) -> bytes:
    """A .prj as it is read, also where its system has a name with å that an older program wrote."""
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        return encodings.as_text(content, encodings.WINDOWS).encode("utf-8")
    return content


def _dbf_encoding(dbf: bytes) -> str | None:
    """What a .dbf is written in; None where no letter tells.

    Valid UTF-8 with letters is UTF-8; texts cut at the end of a field may break a letter.
    """
    cells = dbf[int.from_bytes(dbf[8:10], "little") :]
    if cells.isascii():
        return None
    text = cells.decode("utf-8", "replace")
    broken = text.count("\ufffd")
    letters = sum(not sign.isascii() for sign in text) - broken
    return "utf-8" if letters > broken else encodings.single_byte(cells)


def _told_encoding(cpg: bytes | None) -> str | None:
    """What a .cpg says, as Python calls it; None where it says nothing that is known."""
    told = (cpg or b"").decode("ascii", "ignore").strip().casefold().removeprefix("ansi ")
    for name in (told, f"cp{told}"):
        try:
            return codecs.lookup(name).name
        except LookupError:
            continue
    return None


def _read(path: Path, file: str, *, layer: str | None = None, encoding: str | None = None) -> Layer:
    try:
        # With a condition the rows are counted; without, a GeoPackage says how many it had once.
        every = "1 = 1" if path.suffix == ".gpkg" else None
        with _without_remarks():
            meta, _, geometry, fields = pyogrio.raw.read(
                path,
                layer=layer,
                encoding=encoding,
                where=every,
                force_2d=True,
                datetime_as_string=True,
            )
    except (*BROKEN, ValueError) as error:  # a day that no calendar has
        raise SourceError(SourceCause.FILE_DAMAGED, file=file) from error
    check_columns(len(meta["fields"]), file)
    shapes = _shapes(geometry, len(fields[0]) if len(fields) else 0, file)
    if not len(shapes):
        raise SourceError(SourceCause.NO_ROWS, file=file)
    index = pd.RangeIndex(2, len(shapes) + 2)
    frame = pd.DataFrame(
        {
            str(name): pd.Series([as_text(value) or None for value in _plain(values)], dtype="str")
            for name, values in zip(meta["fields"], fields, strict=True)
        }
    )
    frame = frame.reindex(range(len(shapes))).set_axis(index)
    crs = _epsg(meta["crs"], file)
    with_points(frame, shapes, crs)
    return Layer(frame, gpd.GeoSeries(shapes, index=index), crs, {"header_row": 1})


@contextmanager
def _without_remarks() -> Iterator[None]:
    """GDAL's remarks (closed rings, measured values) do not matter for cells or areas."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", RuntimeWarning)
        yield


def _shapes(geometry: np.ndarray | None, rows: int, file: str) -> np.ndarray:
    if geometry is None:
        return np.full(rows, None, dtype=object)
    try:
        shapes = shapely.from_wkb(geometry)
    except shapely.errors.ShapelyError as error:
        raise SourceError(SourceCause.FILE_DAMAGED, file=file) from error
    return np.where(shapely.is_empty(shapes), None, shapes)


def _plain(values: np.ndarray) -> list[object]:
    """Python values; dates and times that pyogrio gives as numpy values become ISO text.

    A list of texts, as GeoJSON may have in a property, is written as JSON.
    """
    if values.dtype.kind == "M":
        return ["" if np.isnat(value) else str(value) for value in values]
    return [
        json.dumps(value.tolist()) if isinstance(value, np.ndarray) else value
        for value in values.tolist()
    ]


def _epsg(told: str | None, file: str) -> int | None:
    """EPSG code of what a file says of its coordinates; heights are left out."""
    if not told:
        return None
    try:
        crs = pyproj.CRS.from_user_input(told)
    except pyproj.exceptions.CRSError as error:
        raise CrsError(CrsCause.CRS_UNSUPPORTED, file=file, crs=told[:60]) from error
    if crs.is_compound:
        crs = crs.sub_crs_list[0]
    if crs.to_authority() == ("OGC", _LONGITUDE_FIRST):
        return 4326
    code = crs.to_epsg()
    if code is None:
        if crs.type_name == "Engineering CRS" or crs.name.casefold().startswith("undefined"):
            return None
        raise CrsError(CrsCause.CRS_UNSUPPORTED, file=file, crs=crs.name)
    return code


def with_points(frame: pd.DataFrame, shapes: np.ndarray, crs: int | None) -> None:
    """Give a table of points the column ``WKT_COLUMN``, in place."""
    kinds = set(shapely.get_type_id(shapes[shapes != None]))  # noqa: E711 - elementwise
    if not kinds or kinds != {0} or WKT_COLUMN in frame.columns:
        return
    texts = shapely.to_wkt(shapes, rounding_precision=9)
    prefix = f"SRID={crs};" if crs else ""
    frame[WKT_COLUMN] = pd.Series(
        [f"{prefix}{text}" if text else None for text in texts], frame.index, dtype="str"
    )
