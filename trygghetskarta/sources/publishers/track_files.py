"""Files of tracks, whatever made them."""

from collections.abc import Callable, Mapping
from pathlib import PurePath

from trygghetskarta.sources.publishers import fit, gpx, kml_tracks
from trygghetskarta.sources.publishers.gpx import GpxFile
from trygghetskarta.terms.file_forms import FileForm, points

_PARSERS: Mapping[FileForm, Callable[..., GpxFile]] = {
    FileForm.GPX: gpx.parse,
    FileForm.FIT: fit.parse,
    FileForm.KML: kml_tracks.parse,
}


def parse(content: bytes, *, file_name: str) -> GpxFile | None:
    """Read a file of tracks; None for a file that is of another form, by its name.

    Raises
    ------
    SourceError
        As the form's own ``parse`` does.
    """
    ending = PurePath(file_name).suffix.lower()
    form = next((one for one in _PARSERS if ending in points(one)), None)
    return None if form is None else _PARSERS[form](content, file_name=file_name)
