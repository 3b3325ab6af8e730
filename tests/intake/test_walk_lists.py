"""A list of walks whose columns somebody has looked at is read as they said."""

import pytest

from trygghetskarta.intake import walk_intake, walk_lists
from trygghetskarta.intake.walk_reading import Reading
from trygghetskarta.store import read_walks
from trygghetskarta.terms.imports import TableKind
from trygghetskarta.terms.times import DateOrder

pytestmark = pytest.mark.slow

ROWS = b"Passet;Till;Vuxna;Plats\n3/4/2026 20:00;3/4/2026 21:00;4;Sylte\n"
READING = Reading(kind=None, source="Egna")


def test_columns_and_the_order_of_dates_are_as_somebody_says(place):
    found = walk_lists.receive("lista.csv", ROWS, READING, 20)
    assert found.kind is TableKind.WALKS and "start" not in found.mapping.roles
    said = found.mapping.changed({"start": "Passet"}, {"team": "Norr"})
    said = said.with_orders({"Passet": DateOrder.DAY_FIRST, "Till": DateOrder.DAY_FIRST})
    confirmed = type(found)(**{**vars(found), "mapping": said})
    reading = Reading(kind=None, source="Egna", received={found.sha256: confirmed})
    files = [("lista.csv", ROWS), ("annan.csv", ROWS.replace(b";4;", b";5;"))]
    mine, other = walk_intake.import_files(place, files, reading)
    assert mine.report.new == 1
    (row,) = read_walks.walks(place.engine).to_dict("records")
    assert (
        f"{row['started_at'].tz_convert('Europe/Stockholm'):%Y-%m-%d %H:%M}" == "2026-04-03 20:00"
    )
    assert (row["participants"], row["team"]) == (4, "Norr")
    # What is said of one file is not said of another.
    assert other.error is not None or not other.report.new


def test_only_what_has_columns_is_shown(place):
    assert walk_lists.is_list("a.csv") and walk_lists.is_list("a.geojson")
    assert not any(map(walk_lists.is_list, ("a.gpx", "A.GPX", "a.fit", "a.kml")))
    line = (
        b'{"type": "Feature", "properties": {}, "geometry": {"type": "LineString", '
        b'"coordinates": [[12.28, 58.28], [12.29, 58.29]]}}'
    )
    drawn = walk_lists.receive("a.geojson", line, READING, 20)
    assert not walk_lists.has_columns(drawn)
    listed = walk_lists.receive("lista.csv", ROWS, READING, 20)
    assert walk_lists.has_columns(listed) and not walk_lists.is_understood(listed)
