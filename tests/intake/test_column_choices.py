"""What columns mean can be set, unset, or said once for the whole file, and is remembered."""

from dataclasses import replace
from pathlib import Path

import pytest

from trygghetskarta.errors import SourceCause, SourceError
from trygghetskarta.intake import intake, receiving, walk_intake
from trygghetskarta.intake.accounts import UnconfirmedError
from trygghetskarta.intake.column_choices import Understood, first_rows
from trygghetskarta.intake.walk_reading import Reading
from trygghetskarta.sources.fields.columns import ColumnMapping
from trygghetskarta.store import read, read_walks
from trygghetskarta.terms.doubts import DoubtKind
from trygghetskarta.terms.imports import TableKind
from trygghetskarta.words import doubt_words, error_words, import_note_words

DATA = Path(__file__).resolve().parent.parent / "data" / "incidents"
INCIDENTS, SURVEY = TableKind.INCIDENTS, TableKind.SURVEY
SUMS = "Stadsdel;Brottstyp;Antal\nSylte;Skadegörelse;3\nLextorp;Skadegörelse;4\n"


@pytest.fixture
def told(place):
    """Import a file with roles and values that somebody sets."""

    def run(text, roles=(), values=(), kind=INCIDENTS, name="fil.csv"):
        waiting = receiving.receive(place, kind, name, text.encode())
        mapping = waiting.mapping.changed(dict(roles), dict(values))
        return intake.import_waiting(place, replace(waiting, mapping=mapping), "Källan")

    return run


def refused(run, *args, **how):
    with pytest.raises(SourceError) as caught:
        run(*args, **how)
    return caught.value


def test_the_police_extract_without_a_word(place, bring):
    report = bring(INCIDENTS, DATA / "polisuttag.csv")
    assert (report.read, report.new, report.quarantined) == (401, 393, 8)
    lines = import_note_words.note_lines(report.notes)
    assert any("Brottstid fr.o.m." in line and "Brottsdatum, från" in line for line in lines)
    rows = read.incidents(place.engine)
    assert set(rows["occurred_precision"]) == {"minute"}


def test_a_value_for_the_whole_file(place, told):
    error = refused(told, SUMS)
    assert error.cause is SourceCause.COLUMN_MISSING
    report = told(SUMS, values={"period": "2024K3"})
    assert (report.read, report.new, report.quarantined) == (2, 2, 0)
    rows = read.incidents(place.engine)
    assert {day.isoformat()[:10] for day in rows["reported_from"]} == {"2024-07-01"}
    assert "Samma värde för alla rader: Period = 2024K3." in import_note_words.note_lines(
        report.notes
    )


def test_a_value_is_no_cell_of_a_row_that_waits(place, told):
    report = told(SUMS.replace("Sylte", "Atlantis"), values={"period": "2024K3"})
    assert (report.new, report.quarantined) == (1, 1)
    (raw,) = read.quarantine(place.engine)["raw"]
    assert raw == {"Stadsdel": "Atlantis", "Brottstyp": "Skadegörelse", "Antal": "3"}


def test_a_value_stands_before_a_column_and_goes_with_an_empty_one(told):
    text = SUMS.replace("Antal", "Antal;Period").replace(";3\n", ";3;x\n").replace(";4", ";4;y")
    assert told(text).quarantined == 2
    assert told(text, values={"period": "2024"}).new == 2
    assert refused(told, text, values={"period": ""}).cause is SourceCause.COLUMN_MISSING
    again = told(text, roles={"period": "Period"})
    assert again.quarantined == 2 and "given_values" not in again.notes


def test_a_role_is_unset_and_stays_so(place, told):
    text = "Brottskod;Datum;Klockslag\n0801;2025-02-03;kväll\n0801;2025-02-04;natt\n"
    bad = told(text)
    assert (bad.new, bad.quarantined) == (0, 2)
    (line,) = [one for one in import_note_words.note_lines(bad.notes) if "annat slag" in one]
    assert "”Klockslag”" in line and "”kväll”" in line
    assert told(text, roles={"occurred_from_time": ""}).new == 2
    kept = receiving.receive(place, INCIDENTS, "fil.csv", text.encode())
    assert kept.remembered and "occurred_from_time" not in kept.mapping.roles
    assert kept.mapping.unused == ("Klockslag",)


def test_a_value_is_remembered_and_said_each_time(place, told):
    told(SUMS, values={"period": "2024K3"})
    more = SUMS.replace("Lextorp", "Kronogården")
    kept = receiving.receive(place, INCIDENTS, "mer.csv", more.encode())
    assert kept.remembered and kept.mapping.values == {"period": "2024K3"}
    with pytest.raises(UnconfirmedError) as asked:
        intake.import_waiting(place, kept, "Källan")
    (doubt,) = asked.value.doubts
    assert doubt.kind is DoubtKind.REMEMBERED_VALUE
    assert "Period = 2024K3" in doubt_words.doubt_sentence(doubt)
    sure = replace(kept, confirmed=frozenset({doubt.kind}))
    report = intake.import_waiting(place, sure, "Källan")
    assert report.notes["given_values"] == [("period", "2024K3")]
    assert told(more, values={"period": "2024K3"}).unchanged == 2
    assert told(more, values={"period": "2024K4"}).new == 2


def test_mappings_of_before_are_still_read():
    kept = {"kind": "incidents", "roles": {"offence_code": "Kod"}, "unused": ["Övrigt"]}
    mapping = ColumnMapping.from_dict(kept)
    assert mapping.roles == {"offence_code": "Kod"}
    assert (mapping.unused, mapping.values) == (("Övrigt",), {})


@pytest.mark.parametrize(
    ("values", "cause"),
    [
        ({"weight": "3"}, SourceCause.ROLE_UNKNOWN),
        ({"source_id": "A1"}, SourceCause.VALUE_NOT_SHARED),
        ({"northing": "6465000"}, SourceCause.VALUE_NOT_SHARED),
        ({"count": "tre"}, SourceCause.VALUE_UNFIT),
        ({"reported_date": "i våras"}, SourceCause.VALUE_UNFIT),
    ],
)
def test_values_that_cannot_be(told, values, cause):
    error = refused(told, SUMS, values={"period": "2024", **values})
    assert error.cause is cause
    assert "–" not in error_words.error_sentence(error)


def test_a_survey_without_year_and_method(place, told):
    text = "Fråga;Andel;Antal svar\nTrygg ute;71;400\n"
    values = {"year": "2024", "sampling_method": "slumpmässigt urval"}
    assert refused(told, text, kind=SURVEY).cause is SourceCause.COLUMN_MISSING
    assert told(text, values=values, kind=SURVEY).new == 1
    assert set(read.survey(place.engine)["year"]) == {2024}


def test_a_name_twice_is_chosen(told):
    text = "Brottskod;Datum;Datum\n0801;2025-12-13;2025-12-15\n"
    assert refused(told, text).cause is SourceCause.COLUMN_TWICE
    assert told(text, roles={"reported_date": "Datum"}).new == 1
    other = text.replace("0801", "0802")
    assert told(other, roles={"reported_date": "Datum (2)"}).new == 1


def test_a_value_named_as_a_column_is_called_something_else(told):
    text = "Brottskod;År;Datum\n0801;x;2025-12-13\n"
    report = told(text, roles={"year": ""}, values={"year": "2025"})
    assert (report.new, report.quarantined) == (1, 0)


def test_lists_of_walks(place):
    text = b"Start;Stadsdel\n2026-05-03 18:00;Sylte\n"
    reading = Reading(
        TableKind.WALKS, "Egna", values={"participants": "4"}, roles={"place_name": "Stadsdel"}
    )
    (outcome,) = walk_intake.import_files(place, [("pass.csv", text)], reading)
    assert outcome.report.new == 1
    assert read_walks.walks(place.engine)["participants"].tolist() == [4]
    reading = Reading(TableKind.WALKS, "Egna", roles={"place_name": ""})
    (outcome,) = walk_intake.import_files(place, [("andra.csv", text)], reading)
    assert outcome.report.without_place == 1


def understood(place, text, kind=INCIDENTS):
    waiting = receiving.receive(place, kind, "fil.csv", text.encode())
    return Understood(waiting.raw, waiting.mapping)


def test_what_stands_in_a_column_is_shown_without_identity_numbers(place):
    text = (
        "Brottskod;Datum;Antal\n0801;2025-12-13;19121212-1212\n0801;2025-12-13;2\n"
        f"0801;2025-12-14;{'x' * 99}\n0801;;4\n"
    )
    seen = understood(place, text)
    assert seen.samples("Datum") == ("2025-12-13", "2025-12-14")
    first, second, third = seen.samples("Antal")
    assert "1212" not in first and second == "2" and third == "x" * 39 + "…"
    assert "1212" not in first_rows(seen.raw, 1).to_string()
    assert seen.raw.frame["Antal"].iloc[0] == "19121212-1212"
    assert seen.unfit("occurred_from_time", "Datum") == "2025-12-13"
    assert seen.unfit("reported_date", "Datum") == ""


def test_what_is_not_changed_is_left_as_it_was_understood(place):
    seen = understood(place, "Brottskod;Brottstid\n0801;2025-12-13 20:15\n")
    shown = {role: seen.column_of(role) for role in seen.mapping.possible_roles()}
    same = seen.changed(shown, {})
    assert (same.roles, same.settled, same.values) == (
        seen.mapping.roles,
        seen.mapping.settled,
        {},
    )
    assert seen.moved("occurred_from_date", "Brottstid").meant == "occurred_from_time"
    other = seen.changed({**shown, "occurred_from_date": ""}, {"year": "2025"})
    assert other.roles == {"offence_code": "Brottskod"} and other.values == {"year": "2025"}
    gone = Understood(seen.raw, other).changed({"year": ""}, {})
    assert gone.values == {}


def test_a_name_twice_waits_for_a_choice(place):
    seen = understood(place, "Brottskod;Datum;Datum\n0801;2025-12-13;2025-12-15\n")
    assert seen.is_open("reported_date") and seen.column_of("reported_date") == ""
    assert seen.changed({"reported_date": "Datum"}, {}).settled >= {"reported_date"}
    assert seen.changed({"reported_date": ""}, {}).roles == {"offence_code": "Brottskod"}
