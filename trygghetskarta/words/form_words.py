"""What forms of files are called."""

from collections.abc import Sequence

from trygghetskarta.terms.file_forms import FileForm

_FORMS = {
    FileForm.CSV: "CSV",
    FileForm.WORKBOOK: "Excel (XLSX)",
    FileForm.OLD_WORKBOOK: "äldre Excel och LibreOffice (XLS, XLSB, ODS)",
    FileForm.GEOJSON: "GeoJSON",
    FileForm.GEOPACKAGE: "GeoPackage",
    FileForm.SHAPEFILE: "zippad shapefil",
    FileForm.KML: "KML",
    FileForm.GPX: "GPX",
    FileForm.FIT: "FIT",
    FileForm.ARCHIVE: "zip eller gzip med sådana filer",
}


def forms_text(forms: Sequence[FileForm]) -> str:
    """Name the forms that are taken somewhere, in one breath.

    Examples
    --------
    >>> forms_text([FileForm.CSV, FileForm.GPX, FileForm.ARCHIVE])
    'CSV, GPX och zip eller gzip med sådana filer'
    """
    *first, last = (_FORMS[form] for form in forms)
    return f"{', '.join(first)} och {last}" if first else last
