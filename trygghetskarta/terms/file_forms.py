"""Forms of files that can be read in, how their names end, and where each is taken."""

from collections.abc import Iterable
from enum import StrEnum


class FileForm(StrEnum):
    """What a file is, whatever it holds."""

    CSV = "csv"
    WORKBOOK = "workbook"
    OLD_WORKBOOK = "old_workbook"
    GEOJSON = "geojson"
    GEOPACKAGE = "geopackage"
    SHAPEFILE = "shapefile"
    KML = "kml"
    GPX = "gpx"
    FIT = "fit"
    ARCHIVE = "archive"


ENDINGS = {
    FileForm.CSV: ("csv", "txt", "tsv", "tab"),
    FileForm.WORKBOOK: ("xlsx", "xlsm"),
    FileForm.OLD_WORKBOOK: ("xls", "xlsb", "ods"),
    FileForm.GEOJSON: ("geojson", "json", "geojsonl", "geojsons", "ndjson"),
    FileForm.GEOPACKAGE: ("gpkg",),
    FileForm.SHAPEFILE: ("zip",),
    FileForm.KML: ("kml", "kmz"),
    FileForm.GPX: ("gpx",),
    FileForm.FIT: ("fit",),
    FileForm.ARCHIVE: ("zip", "gz"),
}
"""How names end, in lower case and without the point."""

PLACES = (
    FileForm.GEOJSON,
    FileForm.GEOPACKAGE,
    FileForm.SHAPEFILE,
    FileForm.KML,
    FileForm.ARCHIVE,
)
"""Taken where areas or lines are asked for."""
TABLES = (FileForm.CSV, FileForm.WORKBOOK, FileForm.OLD_WORKBOOK, *PLACES)
"""Taken where a table is asked for, with places or without."""
TRACKS = (FileForm.GPX, FileForm.FIT, *TABLES)
"""Taken where walks are."""


def endings(forms: Iterable[FileForm]) -> list[str]:
    """How names of files of some forms end, each once.

    Examples
    --------
    >>> endings([FileForm.SHAPEFILE, FileForm.ARCHIVE])
    ['zip', 'gz']
    """
    return list(dict.fromkeys(ending for form in forms for ending in ENDINGS[form]))


def points(form: FileForm) -> tuple[str, ...]:
    """How names of files of a form end, with the point.

    Examples
    --------
    >>> points(FileForm.GEOPACKAGE)
    ('.gpkg',)
    """
    return tuple(f".{ending}" for ending in ENDINGS[form])
