"""KML: places of every kind, and what is no place or lies too deep."""

import pytest
import shapely

from trygghetskarta.errors import SourceCause, SourceError
from trygghetskarta.sources.publishers import kml_tracks
from trygghetskarta.sources.readers import files

POINT = "<Point><coordinates>12.28,58.28,0</coordinates></Point>"
LINE = "<LineString><coordinates>12.28,58.28 12.29,58.28</coordinates></LineString>"
SQUARE = ((12.28, 58.28), (12.30, 58.28), (12.30, 58.29), (12.28, 58.29), (12.28, 58.28))
HOLE = ((12.285, 58.282), (12.29, 58.282), (12.29, 58.285), (12.285, 58.282))


def ring(edge, corners):
    at = " ".join(f"{lon},{lat}" for lon, lat in corners)
    return f"<{edge}><LinearRing><coordinates>{at}</coordinates></LinearRing></{edge}>"


def polygon(*holes):
    inner = "".join(ring("innerBoundaryIs", hole) for hole in holes)
    return f"<Polygon>{ring('outerBoundaryIs', SQUARE)}{inner}</Polygon>"


def together(*parts):
    return f"<MultiGeometry>{''.join(parts)}</MultiGeometry>"


def document(*shapes):
    marks = "".join(f"<Placemark><name>Å</name>{one}</Placemark>" for one in shapes)
    return f"<kml><Document><Folder>{marks}</Folder></Document></kml>".encode()


@pytest.mark.parametrize(
    "told, right",
    [
        (POINT, shapely.Point(12.28, 58.28)),
        (LINE, shapely.LineString([(12.28, 58.28), (12.29, 58.28)])),
        (polygon(), shapely.Polygon(SQUARE)),
        (polygon(HOLE), shapely.Polygon(SQUARE, [HOLE])),
        (together(polygon()), shapely.Polygon(SQUARE)),
        (together(LINE, LINE), shapely.MultiLineString([[(12.28, 58.28), (12.29, 58.28)]] * 2)),
        (together(polygon(), together(polygon())), shapely.MultiPolygon([(SQUARE, ())] * 2)),
        (together(POINT, polygon()), shapely.Polygon(SQUARE)),
        (together(), None),
        ("<Model/>", None),
        ("<Polygon/>", None),
        ("<Point/>", None),
        (POINT.replace("58.28", "inf"), None),
        (POINT.replace("58.28", "1e999"), None),
        (POINT.replace("58.28", "nan"), None),
        (LINE.replace(" 12.29,58.28", ""), None),
        (LINE.replace("12.29", "x"), None),
        (together(LINE.replace("12.29", "x"), POINT), shapely.Point(12.28, 58.28)),
    ],
)
def test_places_of_every_kind(told, right):
    raw = files.read_bytes("a.kml", document(told, POINT))
    found, last = raw.geometry
    assert last == shapely.Point(12.28, 58.28) and raw.frame["Namn"].tolist() == ["Å", "Å"]
    assert found is None if right is None else shapely.equals(found, right)


def test_own_data_of_both_kinds_are_columns():
    told = (
        '<ExtendedData><Data name="Allvar"><value> hög </value></Data><SchemaData>'
        '<SimpleData name="Kod">  1  </SimpleData></SchemaData></ExtendedData>'
    )
    raw = files.read_bytes("a.kml", document(told + POINT, POINT))
    assert raw.frame.loc[2, ["Namn", "Allvar", "Kod"]].tolist() == ["Å", "hög", "1"]
    assert raw.frame.loc[3, ["Allvar", "Kod"]].isna().all()


def test_a_document_without_placemarks_has_no_rows():
    with pytest.raises(SourceError) as stopped:
        files.read_bytes("a.kml", document())
    assert stopped.value.cause is SourceCause.NO_ROWS


@pytest.mark.parametrize("tag", ["Placemark", "MultiGeometry", "Folder", "x"])
@pytest.mark.parametrize("deep, refused", [(60, False), (200, True), (100_000, True)])
def test_what_lies_deeper_than_anybody_draws_is_refused(tag, deep, refused):
    """Each placemark would be looked through for what stands in all that it holds."""
    inside = f"<{tag}>" * deep + POINT + f"</{tag}>" * deep
    data = f"<kml><Placemark>{inside}</Placemark></kml>".encode()
    for run in (
        lambda: files.read_bytes("a.kml", data),
        lambda: kml_tracks.parse(data, file_name="a.kml"),
    ):
        if not refused:
            run()
            continue
        with pytest.raises(SourceError) as stopped:
            run()
        assert stopped.value.cause is SourceCause.FILE_DAMAGED
