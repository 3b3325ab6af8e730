"""Files with a point in one cell, and what forms of ODK and KoBo give."""

import pytest

from trygghetskarta.intake import walk_intake
from trygghetskarta.intake.walk_reading import Reading
from trygghetskarta.store import read, read_walks
from trygghetskarta.terms.imports import TableKind

ONE_COLUMN = """Id;Brottskod;Brottsdatum;Koordinater
K1;0810;2026-03-01 21:00;58.2837, 12.2886
K2;0810;2026-03-02 21:00;58.2847, 12.2886
"""
FORM = """start;end;Kategori;Beskrivning;Plats;_id;_submission_time
2026-03-03T20:11:09.123+01:00;2026-03-03T20:12:09.123+01:00;belysning;Trasig lampa;\
58.2837 12.2886 41 4.9;101;2026-03-03T20:13:00
"""
COLUMNS = FORM.replace("Plats;", "Plats;_Plats_latitude;_Plats_longitude;").replace(
    "4.9;", "4.9;58.2837;12.2886;"
)
EAST, NORTH = 341_000, 6_463_500


def near(east, north):
    return abs(east.iloc[0] - EAST) < 200 and abs(north.iloc[0] - NORTH) < 200


def test_a_point_in_one_cell_is_a_place(bring, place):
    report = bring(TableKind.INCIDENTS, "punkter.csv", ONE_COLUMN)
    assert (report.new, report.matched_by_point, report.without_place) == (2, 2, 0)
    found = read.incidents(place.engine).sort_values("source_id")
    assert near(found["x"], found["y"])


@pytest.mark.parametrize("content", [FORM, COLUMNS])
def test_a_form_is_read_as_incidents_with_its_time_and_place(bring, place, content):
    report = bring(TableKind.INCIDENTS, "formulär.csv", content)
    assert (report.new, report.matched_by_point) == (1, 1)
    found = read.incidents(place.engine)
    assert found["occurred_from"].iloc[0].isoformat() == "2026-03-03T19:11:09+00:00"
    assert found["given_place"].isna().all() and near(found["x"], found["y"])


@pytest.mark.parametrize("content", [FORM, COLUMNS])
def test_a_form_is_read_as_observations_with_its_time_and_place(place, content):
    reading = Reading(TableKind.OBSERVATIONS, "Formulär")
    (outcome,) = walk_intake.import_files(place, [("formulär.csv", content.encode())], reading)
    assert outcome.report.new == 1 and outcome.report.quarantined == 0
    found = read_walks.observations(place.engine)
    assert found["observed_at"].iloc[0].isoformat() == "2026-03-03T19:11:09+00:00"
    assert found["given_place"].isna().all() and near(found.geometry.x, found.geometry.y)
