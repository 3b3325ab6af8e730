"""Reported offences in all their real shapes; everything is counted here once more."""

import csv
import io
from datetime import date, datetime

import geopandas as gpd
import pandas as pd
import pytest
from shapely.geometry import Point

from trygghetskarta import tables
from trygghetskarta.errors import TableRule
from trygghetskarta.sources.fields import columns, quarantine
from trygghetskarta.sources.fields.offence_codes import OffenceCodes
from trygghetskarta.sources.publishers import incidents
from trygghetskarta.sources.readers import files
from trygghetskarta.terms.imports import TableKind
from trygghetskarta.terms.times import DatePrecision

pytestmark = pytest.mark.slow

BOUNDS = (330_000.0, 6_450_000.0, 360_000.0, 6_490_000.0)
TODAY = date(2026, 8, 31)
OFFENCES = OffenceCodes(
    pd.DataFrame(
        {
            "name": ["Misshandel", "Stöld", "Skadegörelse, klotter", "Inbrott i bostad"],
            "offence_type": ["Våld", "Stöld", "Skadegörelse", "Inbrott"],
        },
        index=["0357", "0825", "1203", "9801"],
    )
)
POLICE = [
    "",
    "Id",
    "Brottskod",
    "Brottskod.klartext",
    "Inskrivningsdatum",
    "Brottsdatum",
    "Kommun",
    "Län",
    "DeSO.område",
    "Antal",
]
VG = "Västra Götalands län"


def written(header, rows, separator=","):
    out = io.StringIO()
    writer = csv.writer(out, delimiter=separator, quoting=csv.QUOTE_ALL)
    writer.writerows([header, *rows])
    return out.getvalue()


def parse(data, name="uttag.csv", mapping=None, **options):
    raw = data if isinstance(data, files.RawTable) else files.read_bytes(name, encoded(data))
    mapping = mapping or columns.recognise(raw.frame.columns, TableKind.INCIDENTS, raw.frame)
    columns.validate(mapping, raw)
    given = {"offences": OFFENCES, "bounds": BOUNDS, "local_crs": 3007, "today": TODAY, **options}
    parsed = incidents.parse(raw, mapping, **given)
    assert tables.check(parsed.table, tables.INCIDENTS) == []
    assert list(parsed.table.columns) == list(tables.INCIDENTS.columns)
    faulty = {fault.row for fault in parsed.faults}
    assert not faulty & set(parsed.table.index)
    assert len(parsed.table) + parsed.repeated + len(faulty) == len(raw.frame)
    return parsed


def encoded(data):
    return data.encode() if isinstance(data, str) else data


def simple(*rows, header="Id;Brottskod;Brottsdatum;Inskrivningsdatum"):
    return "\n".join([header, *rows]) + "\n"


def faults(parsed):
    return [(fault.rule, fault.row, fault.column, fault.value) for fault in parsed.faults]


def police_extract():
    """The real DeSO-coded layout with every quirk, and what is in it."""
    rows, told = [], {"after": 0, "no_place": 0, "sum": 0}
    codes = ["0357", "0825", "1203", "9801", "357"]
    for n in range(200):
        code, place = codes[n % 5], f"1488C1{n % 9 + 1:02d}0_DeSO2025"
        reported, occurred = f"2023-{n % 12 + 1:02d}-15", f"2023-{n % 12 + 1:02d}-{n % 14 + 1:02d}"
        if n % 10 == 3:
            place = "" if n % 20 == 3 else "NA"
            told["no_place"] += 1
        if n % 25 == 7:
            occurred = f"2023-{n % 12 + 1:02d}-{n % 10 + 16:02d}"
            told["after"] += 1
        if n == 42:
            occurred = "2003-05-17"
        number = str(n % 3 + 1) if n % 40 == 0 else "1"
        told["sum"] += int(number)
        cells = [str(n + 1), f"a{n}", code, f'Text "{n}", ö', reported, occurred]
        rows.append([*cells, "Trollhättan", VG, place, number])
    return rows, told


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
    parsed = parse(simple("a;0825;3/4/21;5/6/21"))
    assert parsed.notes["ambiguous_dates"] == ["Inskrivningsdatum", "Brottsdatum"]
    assert parsed.table["reported_from"].iloc[0] == pd.Timestamp("2021-05-06")


@pytest.mark.parametrize("reported", ["2026-02-15", "26-02-15"])
def test_a_year_of_two_digits_is_not_guessed(reported):
    parsed = parse(
        simple(f"a;0825;26-02-14;{reported}", "b;0825;24-05-17;2024-05-18"), today=date(2026, 6, 1)
    )
    assert parsed.table.empty
    told = [fault for fault in parsed.faults if fault.column == "Brottsdatum"]
    assert [(fault.rule, fault.value) for fault in told] == [
        (TableRule.YEAR_UNCLEAR, "26-02-14"),
        (TableRule.YEAR_UNCLEAR, "24-05-17"),
    ]


SUMS = "Stadsdel;Period;Typ;Antal"


def test_sums_per_place_period_and_type():
    parsed = parse(
        simple(
            "Kronogården;2021K3;Skadegörelse;14",
            "Kronogården;2021K4;Skadegörelse;0",
            "Lextorp;2021 kvartal 3;Stöld;1 204",
            "Sylte;mars 2021;Rattfylleri;3",
            "Sylte;2026 prel.;Inbrott;7",
            "Sylte;2021K3;Stöld;-1",
            "Sylte;2021K3;Våld;1,5",
            "Sylte;2021K3;Våld;många",
            "Sylte;2021K3;Brand;",
            "Sylte;2021K5;Våld;2",
            "Sylte;2027K1;Våld;2",
            ";2021K2;Våld;2",
            header=SUMS,
        )
    )
    assert faults(parsed) == [
        (TableRule.BELOW_MINIMUM, 7, "Antal", "-1"),
        (TableRule.NOT_A_WHOLE_NUMBER, 8, "Antal", "1,5"),
        (TableRule.NOT_A_NUMBER, 9, "Antal", "många"),
        (TableRule.VALUE_MISSING, 10, "Antal", ""),
        (TableRule.NOT_A_PERIOD, 11, "Period", "2021K5"),
        (TableRule.DATE_OUT_OF_RANGE, 12, "Period", "2027K1"),
    ]
    table = parsed.table
    assert table["count"].tolist() == [14, 0, 1204, 3, 7, 2]
    assert table["given_place"].fillna("").tolist() == [
        "Kronogården",
        "Kronogården",
        "Lextorp",
        "Sylte",
        "Sylte",
        "",
    ]
    assert table["offence_type"].tolist() == [
        "Skadegörelse",
        "Skadegörelse",
        "Stöld",
        "Trafik",
        "Inbrott",
        "Våld",
    ]
    days = [
        table[name].dt.strftime("%Y-%m-%d").tolist() for name in ("reported_from", "reported_to")
    ]
    assert days[0] == [
        "2021-07-01",
        "2021-10-01",
        "2021-07-01",
        "2021-03-01",
        "2026-01-01",
        "2021-04-01",
    ]
    assert days[1] == [
        "2021-09-30",
        "2021-12-31",
        "2021-09-30",
        "2021-03-31",
        "2026-12-31",
        "2021-06-30",
    ]
    assert table["preliminary"].tolist() == [False] * 4 + [True, False]
    assert parsed.notes["sum_rows"] == 6


def test_a_corrected_sum_is_the_same_row():
    before = parse(simple("Kronogården;2021K3;Skadegörelse;14", header=SUMS))
    after = parse(
        simple(
            "2021 kvartal 3;16;Kronogården;Skadegörelse",
            "2021K3;2;Sylte;Skadegörelse",
            header="Period;Antal;Stadsdel;Typ",
        )
    )
    assert before.table["source_id"].iloc[0] == after.table["source_id"].iloc[0]
    assert after.table["source_id"].is_unique


def test_two_sums_of_the_same_contradict_each_other():
    rows = ("Sylte;2021K3;Stöld;14", "Sylte;2021K3;Stöld;14", "Sylte;2021K3;Stöld;3")
    parsed = parse(simple(*rows, header=SUMS))
    assert parsed.repeated == 1
    assert [(f.rule, f.row, f.column) for f in parsed.faults] == [
        (TableRule.DUPLICATE_ID, 4, "Period")
    ]


@pytest.mark.parametrize(
    ("header", "cells", "first", "last"),
    [
        ("År;Kvartal", "2021;3", "2021-07-01", "2021-09-30"),
        ("År;Kvartal", "2021;K3", "2021-07-01", "2021-09-30"),
        ("År;Månad", "2021;3", "2021-03-01", "2021-03-31"),
        ("År;Månad", "2021;mars", "2021-03-01", "2021-03-31"),
        ("År;Månad", "2021;", "2021-01-01", "2021-12-31"),
        ("Månad;År", "2021-03;2021", "2021-03-01", "2021-03-31"),
    ],
)
def test_year_and_part_of_it_in_two_columns(header, cells, first, last):
    parsed = parse(simple(f"Sylte;Stöld;4;{cells}", header=f"Stadsdel;Typ;Antal;{header}"))
    row = parsed.table.iloc[0]
    assert (row["reported_from"], row["reported_to"]) == (pd.Timestamp(first), pd.Timestamp(last))


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


def test_row_numbers_as_ids_are_told():
    rows = [f"{n};0825;2021-01-01;2021-01-02" for n in (1, 2, 3)]
    assert parse(simple(*rows)).notes["running_ids"]
    assert "running_ids" not in parse(simple(*reversed(rows))).notes


def test_numbers_that_programs_give_are_no_ids():
    for name in ("OBJECTID", "fid", "Radnr", "Löpnr"):
        rows = ["1;0825;2021-01-01", "2;0825;2021-01-02"]
        found = parse(simple(*rows, header=f"{name};Brottskod;Brottsdatum"))
        assert not {"1", "2"} & set(found.table["source_id"])


def test_own_ids_that_stand_twice():
    parsed = parse(
        simple(
            "a;0825;2021-01-01;2021-01-02",
            "a;0825;2021-01-01;2021-01-02",
            "a;0825;2021-01-01;2021-01-03",
            "b;0825;2021-01-01;2021-01-03",
        )
    )
    assert parsed.repeated == 1 and parsed.notes["repeated_rows"] == 1
    assert faults(parsed) == [(TableRule.DUPLICATE_ID, 4, "Id", "a")]
    assert parsed.table.index.tolist() == [2, 5]


def ids(parsed):
    return sorted(parsed.table["source_id"])


NO_ID = "Brottskod;Brottsdatum;DeSO;Skräp"


def test_rows_without_id_are_known_again_in_an_overlapping_extract():
    rows = ["0825;2021-01-01;1488C1010;q", "0825;2021-01-01;1488C1010;w", "0357;2021-01-02;;e"]
    first = parse(simple(*rows, header=NO_ID))
    assert first.table["source_id"].is_unique
    later = parse(
        simple(
            "x;1488C1099;2021-03-01;1203",
            "x;;2021-01-02;357",
            "x;1488C1010_DeSO2025;2021-01-01;0825",
            "x;1488C1010_DeSO2025;2021-01-01;0825",
            header="Annat;DeSO;Brottsdatum;Brottskod",
        )
    )
    assert set(ids(first)) < set(ids(later)) and len(later.table) == 4


def test_what_other_rows_say_does_not_rename_a_row():
    header = "Brottskod;Brottsdatum;Sluttid"
    rows = [f"0825;2021-01-1{n} 00:00;2021-01-12 0{n}:00" for n in range(3)]
    others = ["0825;2021-02-01 12:30;2021-02-01 13:00"]
    alone, among = parse(simple(*rows, header=header)), parse(simple(*rows, *others, header=header))
    assert alone.table["occurred_precision"].iloc[0] == "day"
    assert set(ids(alone)) < set(ids(among))


def test_case_numbers_with_several_offences():
    header = "Diarienummer;Brottskod;Brottsdatum"
    rows = [
        "5000-K1-21;0825;2021-01-01",
        "5000-K1-21;0357;2021-01-01",
        "5000-K1-21;0357;2021-01-02",
        "5000-K2-21;0825;2021-01-01",
    ]
    parsed = parse(simple(*rows, header=header))
    assert len(set(ids(parsed))) == 4
    assert not any("5000" in name for name in ids(parsed))
    again = parse(simple(*reversed(rows), header=header)).table
    same = parsed.table.merge(again, on=["source_id", "occurred_from", "offence_code"])
    assert len(same) == 4
    corrected = parse(simple("5000-K2-21;0825;2021-01-05", header=header))
    assert ids(corrected)[0] in ids(parsed)


def test_the_same_points_in_two_systems_are_the_same_rows():
    points = gpd.GeoDataFrame(
        {"Brottskod": ["0825"] * 3, "Brottsdatum": ["2021-01-01"] * 3},
        geometry=[Point(341000.04, 6465000.04), Point(341500.0, 6465500.0), None],
        crs=3006,
    )
    by_geometry = parse(points.to_crs(4326).to_json().encode(), "p.geojson")
    frame = pd.DataFrame(
        {
            "Brottskod": points["Brottskod"],
            "Brottsdatum": points["Brottsdatum"],
            "N": points.geometry.y,
            "E": points.geometry.x,
        }
    )
    by_columns = parse(frame.to_csv(index=False, sep=";", decimal=","))
    assert by_columns.notes["guessed_crs"] == 3006
    assert ids(by_geometry) == ids(by_columns)


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


def test_rows_of_the_wrong_length_say_only_that():
    parsed = parse(simple("a;0825;2021-01-01;2021-01-02", "b;0825", "c;x;y;z;1;2"))
    assert [(f.rule, f.row) for f in parsed.faults] == [
        (TableRule.ROW_LENGTH, 3),
        (TableRule.ROW_LENGTH, 4),
    ]


def test_hostile_text_stays_text():
    bad = '<img src=x onerror="alert(1)">'
    parsed = parse(
        written(
            ["Id", "Brottskod.klartext", "Brottsdatum", "Stadsdel"],
            [["=1+1", bad, "2021-01-01", "${7*7}`</script>"]],
        )
    )
    row = parsed.table.iloc[0]
    assert (row["source_id"], row["offence_text"], row["given_place"]) == (
        "=1+1",
        bad,
        "${7*7}`</script>",
    )
    assert row["offence_type"] == "Övriga brott"


def test_corrected_quarantine_resolves_its_rows():
    original = simple("a;0825;2021-01-01;2021-01-02", "b;08;2021-01-01;igår", "c;;2021-01-01;")
    raw = files.read_bytes("uttag.csv", original.encode())
    mapping = columns.recognise(raw.frame.columns, TableKind.INCIDENTS, raw.frame)
    parsed = parse(raw, mapping=mapping)
    assert [fault.row for fault in parsed.faults] == [3, 3, 4]
    kept = pd.DataFrame(
        {
            "quarantine_id": ["q-1", "q-2"],
            "row_number": [3, 4],
            "raw": [raw.frame.loc[row].fillna("").to_dict() for row in (3, 4)],
        }
    )
    data = quarantine.to_csv(kept, ["två fel", "inget brott"])
    corrected = data.decode("utf-8-sig").replace(";08;", ";0825;").replace("igår", "2021-01-03")
    again = files.read_bytes("karantan.csv", corrected.encode("utf-8-sig"))
    assert columns.signature(again.frame.columns) == columns.signature(raw.frame.columns)
    for chosen in (mapping, columns.recognise(again.frame.columns, TableKind.INCIDENTS)):
        result = parse(again, mapping=chosen)
        assert result.resolves == ("q-1",)
        assert result.table["source_id"].tolist() == ["b"]
        assert [fault.row for fault in result.faults] == [3]


def test_a_point_in_quarantine_keeps_its_place():
    points = gpd.GeoDataFrame(
        {"Brottskod": ["0825", "x"], "Brottsdatum": ["2021-01-01"] * 2},
        geometry=[Point(341000, 6465000), Point(341500, 6465500)],
        crs=3006,
    )
    raw = files.read_bytes("p.geojson", points.to_crs(4326).to_json().encode())
    parsed = parse(raw)
    assert [fault.row for fault in parsed.faults] == [3]
    kept = pd.DataFrame(
        {"quarantine_id": ["q"], "row_number": [3], "raw": [raw.frame.loc[3].to_dict()]}
    )
    corrected = quarantine.to_csv(kept, ["fel kod"]).replace(b"x;2021", b"0825;2021")
    result = parse(files.read_bytes("karantan.csv", corrected))
    point = result.table.geometry.iloc[0]
    assert (round(point.x, 3), round(point.y, 3)) == (341500.0, 6465500.0)
    assert "guessed_crs" not in result.notes


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
