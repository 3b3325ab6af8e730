"""Inhabitants from SCB's files, from the file to the store: the map's areas decide."""

import json

import pytest

from trygghetskarta.errors import TableRule
from trygghetskarta.store import read
from trygghetskarta.terms.imports import TableKind
from trygghetskarta.words.import_note_words import account_lines, note_lines

CUBE = {
    "class": "dataset",
    "id": ["Region", "ContentsCode", "Tid"],
    "size": [2, 1, 2],
    "role": {"metric": ["ContentsCode"], "time": ["Tid"]},
    "dimension": {
        "Region": {"category": {"index": ["1488C1010_DeSO2025", "1488C1010"]}},
        "ContentsCode": {"category": {"label": {"000007Y7": "Antal"}}},
        "Tid": {"category": {"index": ["2023", "2024"]}},
    },
    "value": [None, 2440, 2401, None],
}


def stored(place, code):
    table = read.population(place.engine).reset_index()
    mine = table[(table["area_code"] == code) & (table["year"] < 2025)]
    return dict(zip(mine["year"], mine["population"], strict=True))


def test_figures_of_older_borders_wait_in_quarantine(place, bring):
    report = bring(
        TableKind.POPULATION,
        "l3_2018.csv",
        "region;år;Folkmängd\n1488C1010;2019;1800\n1488C1020;2019;1700\n1488;2019;58728\n",
    )
    assert (report.read, report.new, report.quarantined) == (3, 1, 2)
    assert {fault.rule for fault in report.faults} == {TableRule.AREA_VERSION}
    assert stored(place, "1488C1010") == {} and stored(place, "1488") == {2019: 58728}


def test_an_area_that_the_map_lacks_waits_in_quarantine(place, bring):
    report = bring(
        TableKind.POPULATION,
        "b1_deso2018.csv",
        "region;år;Folkmängd\n1488C9990;2024;1 234\n1488C1010;2024;1 500\n",
    )
    assert (report.read, report.new, report.quarantined) == (2, 1, 1)
    assert stored(place, "1488C9990") == {} and stored(place, "1488C1010") == {2024: 1500}


@pytest.mark.parametrize("again", [False, True])
def test_an_answer_of_scbs_interface(place, bring, again):
    for _ in range(1 + again):
        report = bring(TableKind.POPULATION, "folk.json", json.dumps(CUBE))
    assert stored(place, "1488C1010") == {2024: 2440}
    assert report.unchanged == again and report.quarantined == 2


def test_what_is_not_read_is_told(place, bring):
    report = bring(
        TableKind.POPULATION,
        "folk.csv",
        "region;Folkmängd 2023;Folkmängd 2024\n00 Riket;1;2\n1488 Trollhättan;3;4\n1488C1010;5;6\n"
        "1488C1020_DeSO2025;..;7\n",
    )
    assert stored(place, "1488") == {2023: 3, 2024: 4} and report.faults == ()
    assert stored(place, "1488C1010") == {2024: 6} and stored(place, "1488C1020") == {2024: 7}
    assert (report.read, report.accepted, report.new + report.changed + report.unchanged) == (
        4,
        3,
        4,
    )
    told = " ".join([*note_lines(report.notes), *account_lines(report.aside, report.unread)])
    assert "1 rad gäller andra kommuner, länet eller landet och räknades inte (rad 2)." in told
    assert "Uppgifter för en annan version av SCB:s områden än kartans, som inte är med: 1." in told
    assert "Uppgifter som SCB inte har tagit fram för sin version av områdena: 1." in told
