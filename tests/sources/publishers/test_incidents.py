"""Reported offences in all their real shapes: layouts, dates, codes, places."""

import io
from datetime import date, datetime

import pandas as pd
import pytest

from tests.sources.publishers.incident_files import (
    POLICE,
    faults,
    parse,
    police_extract,
    simple,
    written,
)
from trygghetskarta.errors import TableRule
from trygghetskarta.terms.times import DatePrecision

pytestmark = pytest.mark.slow


@pytest.mark.parametrize("separator", [",", ";"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "latin-1"])
def test_the_police_extract_with_every_quirk(separator, encoding):
    rows, told = police_extract()
    mixed = [*rows[:77], POLICE, *rows[77:150], POLICE, *rows[150:]]
    parsed = parse(written(POLICE, mixed, separator).encode(encoding))
    table = parsed.table
    assert parsed.faults == () and parsed.repeated == 0
    assert len(table) == 200
    assert table["count"].sum() == told["sum"] > 200
    assert table["given_area_code"].isna().sum() == told["no_place"] == 20
    assert parsed.notes["occurred_after_reported"] == told["after"] == 8
    assert parsed.notes["repeated_header"] == [79, 153]
    assert list(table.index[:2]) == [2, 3] and table.index[77] == 80
    assert list(table["source_id"]) == [f"a{n}" for n in range(200)]
    assert table["offence_code"].value_counts().to_dict() == {
        "0357": 80,
        "0825": 40,
        "1203": 40,
        "9801": 40,
    }
    assert table["offence_type"].value_counts().to_dict() == {
        "Våld": 80,
        "Stöld": 40,
        "Skadegörelse": 40,
        "Inbrott": 40,
    }
    assert set(table["given_area_code"].dropna()) == {f"1488C1{n:02d}0" for n in range(1, 10)}
    assert table.geometry.isna().all() and not table["preliminary"].any()
    months = pd.Series([f"2023-{n % 12 + 1:02d}" for n in range(200)]).value_counts().to_dict()
    assert table["reported_from"].dt.strftime("%Y-%m").value_counts().to_dict() == months
    assert (table["reported_from"] == table["reported_to"]).all()
    assert (table["occurred_precision"] == DatePrecision.DAY).all()
    twenty_years = table[table["source_id"] == "a42"].iloc[0]
    assert twenty_years["occurred_from"] == pd.Timestamp("2003-05-16 22:00", tz="UTC")
    assert table["offence_text"].iloc[5] == 'Text "5", ö'


def test_the_layout_with_coordinates_and_intervals():
    header = "BROTTSKOD;LATITUDE;LONGITUDE;BROTTSDATUMTID_START;BROTTSDATUMTID_SLUT"
    parsed = parse(
        simple(
            "0825;58,2837;12,2886;2023-03-01 22:00:00;2023-03-02 06:30:00",
            "0825;58,2837;12,2886;2023-03-01 22:00:00;2023-03-02 06:30:00",
            "9801;58,2900;12,3000;2023-07-01 22:10:00;",
            "1203;;;2023-07-02 03:10:00;2023-07-02 03:10:00",
            "1203;58,29;;2023-07-02 03:10:00;2023-07-02 03:10:00",
            "1203;58,29;12,29;2023-07-02 03:10:00;2023-07-02 02:10:00",
            "1203;12,29;58,29;2023-07-02 03:10:00;2023-07-02 04:10:00",
            header=header,
        )
    )
    assert faults(parsed) == [
        (TableRule.COORDINATE_INCOMPLETE, 6, "LONGITUDE", ""),
        (TableRule.END_BEFORE_START, 7, "BROTTSDATUMTID_SLUT", "2023-07-02 02:10:00"),
        (TableRule.COORDINATE_OUTSIDE_SWEDEN, 8, "LATITUDE, LONGITUDE", "12.29, 58.29"),
    ]
    table = parsed.table
    assert parsed.notes["guessed_crs"] == 4326
    assert table.geometry.notna().tolist() == [True, True, True, False]
    assert table["source_id"].is_unique
    assert table["occurred_from"].tolist() == [
        pd.Timestamp(moment, tz="UTC")
        for moment in (
            "2023-03-01 21:00",
            "2023-03-01 21:00",
            "2023-07-01 20:10",
            "2023-07-02 01:10",
        )
    ]
    assert table["occurred_to"].tolist() == [
        pd.Timestamp(moment, tz="UTC")
        for moment in (
            "2023-03-02 05:30",
            "2023-03-02 05:30",
            "2023-07-01 20:10",
            "2023-07-02 01:10",
        )
    ]
    assert (table["occurred_precision"] == DatePrecision.MINUTE).all()
    assert table["reported_from"].isna().all()


def test_the_older_layout():
    header = (
        "brottskod;inskrdat;basområde;brottsdag start;brottstid start;brottsdag slut;brottstid slut"
    )
    parsed = parse(
        simple(
            "0825;3/14/12;1488101;3/13/12;2200;3/14/12;630",
            "0825;4/2/12;1488101;4/1/12;5;4/1/12;0045",
            "0825;4/2/12;1488102;4/1/12;1215;;1145",
            "0825;4/2/12;1488102;4/1/12;;;",
            "0825;4/2/12;1488102;4/1/12;2560;;",
            header=header,
        )
    )
    assert faults(parsed) == [(TableRule.NOT_A_TIME, 6, "brottstid start", "2560")]
    local = [
        parsed.table[name].dt.tz_convert("Europe/Stockholm").dt.strftime("%m-%d %H:%M").tolist()
        for name in ("occurred_from", "occurred_to")
    ]
    assert local[0] == ["03-13 22:00", "04-01 00:05", "04-01 12:15", "04-01 00:00"]
    assert local[1] == ["03-14 06:30", "04-01 00:45", "04-02 11:45", "04-02 00:00"]
    assert parsed.table["occurred_precision"].tolist() == ["minute"] * 3 + ["day"]
    assert parsed.table["reported_from"].dt.strftime("%Y-%m-%d").iloc[0] == "2012-03-14"
    assert parsed.table["given_area_code"].tolist() == ["1488101", "1488101", "1488102", "1488102"]


def test_a_heap_of_midnights_means_time_unknown():
    header = "brottskod;inskrdat;brottsdag start;brottstid start"
    times = ["0000"] * 5 + ["2200", "2215"]
    rows = [f"0825;2012-03-1{n};2012-03-1{n};{time}" for n, time in enumerate(times)]
    parsed = parse(simple(*rows, header=header))
    assert parsed.table["occurred_precision"].tolist() == ["day"] * 5 + ["minute"] * 2
    assert parsed.notes["midnight_heap"] == 5
    parsed = parse(simple(*rows[4:], header=header))
    assert parsed.table["occurred_precision"].tolist() == ["minute"] * 3


def test_dates_that_nothing_settles_are_told():
    parsed = parse(simple("a;0825;3/4/21;5/4/21"))
    (asked, _) = parsed.notes["open_date_orders"]
    assert asked[0] == "Inskrivningsdatum" and set(asked[2]) == {"day-first", "month-first"}
    assert {fault.rule for fault in parsed.faults} == {TableRule.DAY_UNCLEAR}


def test_a_year_of_two_digits_is_not_guessed():
    parsed = parse(simple("a;0825;26-02-14;", "b;0825;24-05-17;"), today=date(2026, 6, 1))
    assert parsed.table.empty
    assert [(fault.rule, fault.column, fault.value) for fault in parsed.faults] == [
        (TableRule.YEAR_UNCLEAR, "Brottsdatum", "26-02-14"),
        (TableRule.YEAR_UNCLEAR, "Brottsdatum", "24-05-17"),
    ]


def test_what_a_row_must_have():
    parsed = parse(
        simple(
            "a;0825;2021-01-01;2021-01-02",
            "b;;2021-01-01;2021-01-02",
            "c;0825;;",
            "d;08;2021-01-01;2021-01-02",
            "e;stöld;2021-01-01;2021-01-02",
            "f;0825;igår;2021-01-02",
            "g;0825;2021-01-01;2026-09-01",
            "h;0825;1899-12-31;2021-01-01",
            "i;;;",
            "j;0825;2021-01-01;2026-08-31",
            "k;0825;2021-01;",
        )
    )
    assert faults(parsed) == [
        (TableRule.OFFENCE_MISSING, 3, "", ""),
        (TableRule.TIME_MISSING, 4, "", ""),
        (TableRule.OFFENCE_CODE_FORM, 5, "Brottskod", "08"),
        (TableRule.OFFENCE_CODE_FORM, 6, "Brottskod", "stöld"),
        (TableRule.NOT_A_DATE, 7, "Brottsdatum", "igår"),
        (TableRule.DATE_OUT_OF_RANGE, 8, "Inskrivningsdatum", "2026-09-01"),
        (TableRule.DATE_OUT_OF_RANGE, 9, "Brottsdatum", "1899-12-31"),
        (TableRule.TIME_MISSING, 10, "", ""),
        (TableRule.OFFENCE_MISSING, 10, "", ""),
    ]
    assert parsed.table["source_id"].tolist() == ["a", "j", "k"]
    assert parsed.table["occurred_precision"].tolist() == ["day", "day", "month"]


def test_zeros_lost_in_a_workbook():
    table = pd.DataFrame(
        {
            "Brottskod": [357, 825, 9801],
            "Brottsdatum": [
                datetime(2021, 1, 1),
                datetime(2021, 1, 2, 13, 30),
                datetime(2021, 1, 3),
            ],
            "Antal": [1.0, 2.0, None],
        }
    )
    out = io.BytesIO()
    table.to_excel(out, index=False)
    parsed = parse(out.getvalue(), "uttag.xlsx")
    assert parsed.table["offence_code"].tolist() == ["0357", "0825", "9801"]
    assert parsed.table["count"].tolist() == [1, 2, 1]
    assert parsed.table["occurred_precision"].tolist() == ["day", "minute", "day"]


def test_code_and_name_in_one_cell_and_unknown_codes():
    parsed = parse(
        simple(
            "a;0357 - Misshandel utomhus;2021-01-01;",
            "b;9999;2021-01-01;",
            "c;5011 Innehav av narkotika;2021-01-01;",
        )
    )
    assert parsed.table["offence_code"].tolist() == ["0357", "9999", "5011"]
    assert parsed.table["offence_text"].fillna("").tolist() == [
        "Misshandel utomhus",
        "",
        "Innehav av narkotika",
    ]
    assert parsed.table["offence_type"].tolist() == ["Våld", "Övriga brott", "Narkotika"]
    assert parsed.notes["unknown_codes"] == 2


def test_places():
    header = "Id;Brottskod;Brottsdatum;DeSO;Stadsdel;Kommun"
    parsed = parse(
        simple(
            "a;0825;2021-01-01;1488C1010_DeSO2025;;Trollhättan",
            "b;0825;2021-01-01;NA;Sylte;Trollhättan",
            "c;0825;2021-01-01;;okänt;Trollhättan",
            "d;0825;2021-01-01;;;Vänersborgs kommun",
            "e;0825;2021-01-01;;;1487",
            "f;0825;2021-01-01;1487A0010;;Vänersborg",
            header=header,
        )
    )
    assert parsed.table["given_area_code"].fillna("").tolist() == [
        "1488C1010",
        "",
        "",
        "",
        "1487",
        "1487A0010",
    ]
    assert parsed.table["given_place"].fillna("").tolist() == [
        "",
        "Sylte",
        "Trollhättan",
        "Vänersborgs",
        "",
        "",
    ]


@pytest.mark.slow
def test_hundred_thousand_rows():
    n = 100_000
    start = pd.Timestamp("2015-01-01") + pd.to_timedelta(range(0, n * 37, 37), unit="min")
    frame = pd.DataFrame(
        {
            "Id": [f"a{row}" for row in range(n)],
            "BROTTSKOD": ["0825", "0357"] * (n // 2),
            "LATITUDE": [58.25 + row % 1000 / 20_000 for row in range(n)],
            "LONGITUDE": [12.25 + row % 997 / 15_000 for row in range(n)],
            "BROTTSDATUMTID_START": start.strftime("%Y-%m-%d %H:%M:%S"),
        }
    )
    parsed = parse(frame.to_csv(index=False))
    assert len(parsed.table) == n and parsed.faults == ()
    assert parsed.table["offence_type"].value_counts().to_dict() == {
        "Stöld": n // 2,
        "Våld": n // 2,
    }


def test_the_hour_that_comes_twice_is_told_by_its_offset():
    text = "Brottskod;Inskrivningsdatum;Brottsdatum start;Brottsdatum slut\n"
    text += "0825;2025-10-27;2025-10-26T02:30:00+02:00;2025-10-26T02:30:00+01:00\n"
    text += "0825;2025-10-27;2025-10-26T02:30:00+01:00;2025-10-26T02:40:00+01:00\n"
    table = parse(text).table
    lasted = (table["occurred_to"] - table["occurred_from"]).dt.total_seconds() / 60
    assert lasted.tolist() == [60, 10]
    assert table["occurred_from"].iloc[1] == pd.Timestamp("2025-10-26 01:30", tz="UTC")


@pytest.mark.parametrize(
    ("header", "row", "moment"),
    [
        ("Brottskod;Datum;Tid;Stadsdel", "0825;2025-03-01;14:30;Sylte", "2025-03-01 13:30"),
        ("Brottskod;Datum;Kl;Stadsdel", "0825;2025-07-01;9.05;Sylte", "2025-07-01 07:05"),
        ("Brottskod;Dag;Tid från;Tid till", "0825;2025-03-01;23:10;01:00", "2025-03-01 22:10"),
        (
            "Brottskod;Inskrivningsdatum;Datum;Klockslag",
            "0825;2025-03-05;2025-03-01;1430",
            "2025-03-01 13:30",
        ),
    ],
)
def test_a_clock_beside_a_day_is_the_time_of_the_offence(header, row, moment):
    parsed = parse(simple(row, row.replace("14", "16").replace("9.05", "10.05"), header=header))
    first = parsed.table.iloc[0]
    assert first["occurred_from"] == pd.Timestamp(moment, tz="UTC")
    assert first["occurred_precision"] == "minute" and "clock_unused" not in parsed.notes


def test_a_clock_of_the_report_is_not_that_of_the_offence_and_is_told():
    header = "Brottskod;Anmälningsdatum;Tid;Stadsdel"
    parsed = parse(simple("0825;2025-03-01;14:30;Sylte", header=header))
    assert parsed.table["occurred_from"].isna().all()
    assert parsed.notes["clock_unused"] == ["Tid"]
