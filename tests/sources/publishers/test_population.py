"""Inhabitants from SCB's exports and plain tables, counted once more by hand."""

import csv
from datetime import date

import openpyxl
import pandas as pd
import pytest

from trygghetskarta import tables
from trygghetskarta.errors import SourceCause, SourceError, StoreError, TableRule
from trygghetskarta.sources.fields import columns
from trygghetskarta.sources.publishers import population
from trygghetskarta.sources.readers import files
from trygghetskarta.sources.readers.parsed import Parsed
from trygghetskarta.terms.imports import Aside, TableKind

pytestmark = pytest.mark.slow


def parse(data, name="folk.csv", **options):
    raw = data if isinstance(data, files.RawTable) else files.read_bytes(name, data.encode())
    mapping = columns.recognise(raw.frame.columns, TableKind.POPULATION, raw.frame)
    columns.validate(mapping, raw)
    parsed = population.parse(
        raw, mapping, municipality_code="1488", today=date(2026, 11, 2), **options
    )
    assert tables.check(parsed.table, tables.POPULATION) == []
    parsed.account()
    return parsed


def faults(parsed):
    return [(f.rule, f.row, f.column, f.value) for f in parsed.faults]


AREAS = pd.DataFrame(
    [
        ("kommun", "1488", "Trollhättan"),
        ("stadsdel", "1488S012", "Sylte"),
        ("regso", "1488R001", "Björndalen"),
        ("deso", "1488C1010", "Lextorp Södra"),
        ("deso", "1488C1020", "Sylte"),
    ],
    columns=["area_level", "area_code", "name"],
).assign(boundary_version="scb-2025-v2")


def is_ours(cell):
    return isinstance(cell, str) and cell.startswith("1488")


def test_one_column_of_figures_and_one_of_years():
    parsed = parse("Område;År;Folkmängd\n1488A0010;2024;1 141\n1488R001_RegSO2025;2025;1390\n")
    assert parsed.table.drop(columns="source").values.tolist() == [
        ["deso", "1488A0010", 2024, 1141, False],
        ["regso", "1488R001", 2025, 1390, False],
    ]
    assert set(parsed.table["source"]) == {"SCB"}


def test_columns_named_by_year():
    parsed = parse("desokod;2024;2025\n1488A0010;10;11\n1488A0020;20;\n")
    assert parsed.table[["area_code", "year", "population"]].values.tolist() == [
        ["1488A0010", 2024, 10],
        ["1488A0010", 2025, 11],
    ]
    assert faults(parsed) == [(TableRule.VALUE_MISSING, 3, "2025", "")]


def test_the_year_in_the_file_name():
    parsed = parse("desokod;befolkning\n1488A0010;10\n", "folk_2025.csv")
    assert parsed.table["year"].tolist() == [2025]


def test_age_and_sex_are_summed_and_called_approximate():
    header = "desokod;år;kön;ålder;antal\n"
    rows = "".join(
        f"1488A00{area}0;2025;{sex};{age};{n}\n"
        for area in (1, 2)
        for sex, age, n in (
            ("män", "0-4", 3),
            ("män", "5-", 4),
            ("kvinnor", "0-4 år", 5),
            ("kvinnor", "5+ år", 0),
        )
    )
    parsed = parse(header + rows)
    assert parsed.table["population"].tolist() == [12, 12]
    assert parsed.table["approximate"].all()


def test_totals_are_taken_where_there_are_any():
    header = "desokod;år;kön;ålder;antal\n"
    rows = (
        "1488A0010;2025;män;0-4;3\n1488A0010;2025;kvinnor;0-4;4\n"
        "1488A0010;2025;män;totalt;30\n1488A0010;2025;kvinnor;totalt;41\n"
    )
    parsed = parse(header + rows)
    assert parsed.table["population"].tolist() == [71]
    assert parsed.table["approximate"].tolist() == [True]
    parsed = parse(header + rows + "1488A0010;2025;totalt;totalt;72\n")
    assert parsed.table["population"].tolist() == [72]
    assert parsed.table["approximate"].tolist() == [False]


def test_one_areas_total_takes_no_other_areas_parts_away():
    parsed = parse(
        "region;ålder;år;Folkmängd\n"
        "1488C1010;0-19;2024;300\n1488C1010;20-;2024;1000\n"
        "1488C1020;totalt;2024;1400\n1488C1020;0-19;2024;400\n"
        "1488C1030;;2024;900\n"
        "1488C1040;0-19;2024;..\n1488C1040;20-;2024;700\n"
    )
    found = parsed.table.set_index("area_code")
    assert found["population"].to_dict() == {"1488C1010": 1300, "1488C1020": 1400, "1488C1030": 900}
    assert found["approximate"].tolist() == [True, False, False]
    assert [fault.row for fault in parsed.faults] == [7, 8]


def test_an_area_with_a_broken_part_is_left_out():
    header = "desokod;år;ålder;antal\n"
    rows = "1488A0010;2025;0-4;3\n1488A0010;2025;5-;x\n1488A0020;2025;0-;3\n"
    parsed = parse(header + rows)
    assert parsed.table["area_code"].tolist() == ["1488A0020"]
    assert faults(parsed) == [
        (TableRule.SUM_INCOMPLETE, 2, "desokod", "1488A0010"),
        (TableRule.NOT_A_NUMBER, 3, "antal", "x"),
    ]
    assert parsed.notes["incomplete"] == 1


def test_a_row_with_a_fault_takes_no_good_row_with_it():
    for cell in ("..", "x", "-1", ""):
        rows = f"1488A0010;2024;{cell}\n1488A0010;2024;1550\n1488A0020;2024;1400\n"
        parsed = parse("region;år;Folkmängd\n" + rows)
        assert parsed.table["population"].tolist() == [1550, 1400]
        assert [fault.row for fault in parsed.faults] == [2]
        # Nor does a part of a sum that is told soundly on another row.
        rows = f"1488A0010;2024;0-4;{cell}\n1488A0010;2024;0-4;3\n1488A0010;2024;5-;4\n"
        parsed = parse("region;år;ålder;Folkmängd\n" + rows)
        assert parsed.table["population"].tolist() == [7]
        assert [fault.row for fault in parsed.faults] == [2]


def test_two_versions_of_one_area_are_kept_apart():
    rows = (
        "1488C1010;2024;900\n1488C1010_DeSO2025;2024;1500\n"
        "1488C1010;2025;..\n1488C1010_DeSO2025;2025;1550\n"
    )
    for areas in (None, AREAS):
        parsed = parse("region;år;Folkmängd\n" + rows, areas=areas)
        assert parsed.table["population"].tolist() == [1500, 1550]
        assert [(fault.rule, fault.row, fault.hint) for fault in parsed.faults] == [
            (TableRule.AREA_VERSION, 2, ""),
            (TableRule.AREA_VERSION, 4, ""),
        ]


def test_the_year_tells_the_version_where_no_suffix_does():
    parsed = parse(
        "region;år;Folkmängd\n1488C1010;2017;1800\n1488C1010;2023;1850\n1488R001;2023;5000\n"
        "1488C1010;2024;1900\n1488;2019;58000\n1488S012;2019;700\n1488R001_RegSO2025;2023;5100\n"
        "1488C1010_DeSO2018;2024;1910\n1488R001_RegSO2020;2025;5200\n",
        areas=AREAS,
    )
    assert parsed.table[["area_code", "year", "population"]].values.tolist() == [
        ["1488C1010", 2024, 1900],
        ["1488", 2019, 58000],
        ["1488S012", 2019, 700],
        ["1488R001", 2023, 5100],
    ]
    assert [(fault.rule, fault.row, fault.hint) for fault in parsed.faults] == [
        (TableRule.AREA_VERSION, 2, "1488C1010_DeSO2025"),
        (TableRule.AREA_VERSION, 3, "1488C1010_DeSO2025"),
        (TableRule.AREA_VERSION, 4, ""),
        (TableRule.AREA_VERSION, 9, ""),
        (TableRule.AREA_VERSION, 10, ""),
    ]
    assert parsed.faults[0].value == "1488C1010"


def test_borders_of_an_older_version_take_the_older_figures():
    older = AREAS.assign(boundary_version="scb-2018-v3")
    parsed = parse(
        "region;2023;2024\n1488C1010;1850;1900\n1488C1020_DeSO2025;..;1400\n"
        "1488C1020_DeSO2018;1380;..\n",
        areas=older,
    )
    assert parsed.table[["area_code", "year", "population"]].values.tolist() == [
        ["1488C1010", 2023, 1850]
    ]
    assert parsed.notes["other_version"] == 1
    assert [(fault.rule, fault.row) for fault in parsed.faults] == [
        (TableRule.AREA_VERSION, 3),
        (TableRule.VALUE_MISSING, 4),
    ]


def test_borders_without_a_version_take_what_there_is():
    nameless = AREAS.assign(boundary_version="egen")
    parsed = parse("region;år;Folkmängd\n1488C1010;2019;1850\n", areas=nameless)
    assert parsed.table["population"].tolist() == [1850]


def test_years_of_another_version_beside_those_of_the_map():
    parsed = parse(
        "region;Folkmängd 2022;Folkmängd 2023;Folkmängd 2024\n1488C1010;2 300;2 401;2 440\n"
        "1488C1020_DeSO2025;..;..;1 844\n",
        areas=AREAS,
    )
    assert parsed.table[["area_code", "year", "population"]].values.tolist() == [
        ["1488C1010", 2024, 2440],
        ["1488C1020", 2024, 1844],
    ]
    assert parsed.faults == ()
    assert (parsed.notes["other_version"], parsed.notes["not_published"]) == (2, 2)


def test_years_that_are_not_published_fill_no_quarantine():
    parsed = parse(
        "region;år;Folkmängd\n1488C1010_DeSO2025;2022;..\n1488C1010_DeSO2025;2024;2440\n",
        areas=AREAS,
    )
    assert parsed.table["population"].tolist() == [2440] and parsed.faults == ()
    assert parsed.notes["not_published"] == 1


def test_an_area_that_is_not_there():
    rows = "1488C9990;2025;1 234\n1488C1010;2025;1 500\n1488R099_RegSO2025;2025;4\n"
    parsed = parse("region;år;Folkmängd\n" + rows, areas=AREAS)
    assert parsed.table["area_code"].tolist() == ["1488C1010"]
    assert [(fault.rule, fault.row) for fault in parsed.faults] == [
        (TableRule.AREA_UNKNOWN, 2),
        (TableRule.AREA_UNKNOWN, 4),
    ]
    # Nothing is known of levels that have no areas.
    parsed = parse("region;år;Folkmängd\n" + rows, areas=AREAS[:2])
    assert len(parsed.table) == 3


@pytest.mark.parametrize(
    ("header", "cells", "figures"),
    [
        ("Region,Alder,Kon,000007Y7 2023,000007Y7 2024", "totalt,1+2,2401.0,2440.0", [2401, 2440]),
        ("Region,Alder,Kon,000007Y7 2024", "totalt totalt,1+2 totalt,2440", [2440]),
        ("region,ålder,kön,Folkmängd 2024", "totalt ålder,män och kvinnor,2440", [2440]),
        ("region,ålder,kön,Antal 2024", "samtliga åldrar,båda könen,2440", [2440]),
        ("region,Folkmängd 31 december 2024,Folkökning 2024", "2440,40", [2440]),
        ("region,Folkmängd kvinnor 2024,Folkmängd 2024", "1200,2440", [2440]),
    ],
)
def test_headings_of_scbs_interface(header, cells, figures):
    parsed = parse(f"{header}\n1488C1010_DeSO2025,{cells}\n", areas=AREAS)
    assert parsed.table["population"].tolist() == figures
    assert not parsed.table["approximate"].any() and parsed.faults == ()


def test_two_kinds_of_contents_are_not_guessed_at():
    with pytest.raises(SourceError) as caught:
        parse("Region,BE0101N1 2024,BE0101N2 2024\n1488,59271,210\n")
    assert caught.value.cause is SourceCause.COLUMN_MISSING


@pytest.mark.parametrize(
    "heading",
    [
        *(
            "Folkmängd män 2024",
            "Folkmängd män",
            "Kvinnor 2024",
            "Män",
            "0-15 år",
            "65 år och äldre",
        ),
        *("Folkmängd 16-64 år", "Medelfolkmängd", "Folkökning 2024", "Folkmängd prognos 2040"),
        *("Folkmängd (1000-tal)", "Befolkning utrikes födda", "Antal barn"),
    ],
)
def test_a_part_of_the_people_is_no_population(heading):
    with pytest.raises(SourceError) as caught:
        parse(f"region,{heading}\n1488,30000\n", "folk_2024.csv")
    assert caught.value.cause is SourceCause.COLUMN_OF_A_PART
    assert caught.value.facts["column"] == heading


def test_two_columns_of_one_year_are_asked_about():
    with pytest.raises(SourceError) as caught:
        parse("region;2024;2024\n1488;30000;31000\n")
    assert caught.value.cause is SourceCause.COLUMN_TWICE


@pytest.mark.parametrize(
    ("column", "cells"),
    [
        ("kön", ["män"]),
        ("kön", ["1"]),
        ("kön", ["kvinnor", "kvinnor"]),
        ("ålder", ["0-15"]),
        ("ålder", ["0-15", "65+"]),
        ("ålder", ["16-64", "65-"]),
        ("ålder", ["0-15", "16-64"]),
        ("födelseregion", ["utrikes född"]),
        ("födelseregion", ["Sverige", "utlandet"]),
        ("hushållstyp", ["ensamstående"]),
        ("tabellinnehåll", ["Folkökning"]),
        ("fält", ["x", "y"]),
    ],
)
def test_a_part_of_the_rows_is_no_population(column, cells):
    rows = "".join(f"1488A0010;2024;{cell};{n}\n" for n, cell in enumerate(cells, start=500))
    parsed = parse(f"desokod;år;{column};antal\n{rows}")
    assert parsed.table.empty
    assert {(fault.rule, fault.column) for fault in parsed.faults} == {
        (TableRule.PART_OF_PEOPLE, column)
    }
    assert {fault.row for fault in parsed.faults} == set(range(2, len(cells) + 2))


@pytest.mark.parametrize(
    ("column", "cells", "figure"),
    [
        ("kön", {"män": 580, "kvinnor": 560, "båda": 1140}, 1140),
        ("kön", {"1": 580, "2": 560}, 1140),
        ("kön", {"M": 580, "K": 560, "totalt": 1141}, 1141),
        ("ålder", {"0-17": 180, "0-19": 200, "18+": 900, "20+": 880}, 1080),
        ("ålder", {"under 16": 180, "16–64 år": 700, "65 år och äldre": 200}, 1080),
        ("ålder", {"0-4": 50, "5-17": 130, "0-17": 180, "18-w": 900}, 1080),
        ("födelseregion", {"Totalt": 200, "Sverige": 180, "Utlandet": 20}, 200),
        ("tabellinnehåll", {"Folkmängd": 1159, "Folkökning": 12}, 1159),
        ("hushållstyp", {"samtliga": 1159}, 1159),
        ("anmärkning", {"preliminär": 1159}, 1159),
    ],
)
def test_whole_people_are_read_right(column, cells, figure):
    rows = "".join(f"1488A0010;2024;{cell};{n}\n" for cell, n in cells.items())
    parsed = parse(f"desokod;år;{column};antal\n{rows}")
    assert parsed.table["population"].tolist() == [figure] and parsed.faults == ()


def test_one_area_that_lacks_a_sex_waits():
    rows = "1488A0010;2024;män;580\n1488A0010;2024;kvinnor;560\n1488A0020;2024;män;420\n"
    parsed = parse("desokod;år;kön;antal\n" + rows)
    assert parsed.table["population"].tolist() == [1140]
    assert faults(parsed) == [(TableRule.PART_OF_PEOPLE, 4, "kön", "män")]


def test_single_years_of_age_that_nobody_has_are_no_gap():
    ages = [*range(99), "99+"]
    rows = [f"1488A0010;2024;{age};1\n" for age in ages]
    rows += [f"1488A0020;2024;{age};2\n" for age in ages if age not in (3, 97)]
    parsed = parse("desokod;år;ålder;antal\n" + "".join(rows))
    assert parsed.table["population"].tolist() == [100, 196]


def test_unknown_words_are_no_total():
    parsed = parse("desokod;år;kön;antal\n1488A0010;2024;okänt;3\n1488A0010;2024;män;580\n")
    assert parsed.table.empty
    assert [fault.rule for fault in parsed.faults] == [
        TableRule.UNKNOWN_WORD,
        TableRule.PART_OF_PEOPLE,
    ]


@pytest.mark.parametrize(
    ("cell", "rule"),
    [
        ("2040", TableRule.DATE_OUT_OF_RANGE),
        ("2020-2024", TableRule.NOT_A_PERIOD),
        ("2024K1", TableRule.NOT_YEAR_END),
        ("2024M01", TableRule.NOT_YEAR_END),
        ("2024-01-01", TableRule.NOT_YEAR_END),
        ("45292", TableRule.NOT_YEAR_END),
        *(
            (cell, None)
            for cell in ("2024", "2024.0", "år 2024", "2024K4", "2024M12", "2024-12-31")
        ),
        *((cell, None) for cell in ("31 december 2024", "2024-12-31 00:00:00", "45657")),
    ],
)
def test_figures_are_of_the_end_of_a_year(cell, rule):
    parsed = parse(f"desokod;tid;folkmängd\n1488A0010;{cell};900\n")
    assert [fault.rule for fault in parsed.faults] == ([rule] if rule else [])
    assert parsed.table["year"].tolist() == ([] if rule else [2024])


@pytest.mark.parametrize(
    ("cells", "figures"),
    [
        (["1.159", "2.000", "838"], [1159, 2000, 838]),
        (['"1,159"', "838"], [1159, 838]),
        (["1'159", "1 838"], [1159, 1838]),
        (["2.000", "838"], [838]),
        (["1.159", '"3,5"', "838"], [838]),
    ],
)
def test_thousands_with_points(cells, figures):
    rows = "".join(f"1488A00{n}0;2024;{cell}\n" for n, cell in enumerate(cells, start=1))
    parsed = parse("desokod;år;folkmängd\n" + rows)
    assert parsed.table["population"].tolist() == figures
    assert len(parsed.faults) == len(cells) - len(figures)


def test_a_sum_row_is_no_area_and_takes_none_away():
    parsed = parse("omrade;år;folkmängd\n1488A0010;2025;1159\nSumma;2025;59000\n")
    assert parsed.table["population"].tolist() == [1159]
    assert [fault.row for fault in parsed.faults] == [3]


def test_totals_beside_their_parts_are_not_added():
    rows = "".join(
        f"1488C1010_DeSO2025,{age},{sex},{n}\n"
        for age, sex, n in (
            ("totalt", "1", 1200),
            ("totalt", "2", 1240),
            ("totalt", "1+2", 2440),
            ("0-4", "1+2", 100),
            ("0-4", "1", 52),
        )
    )
    parsed = parse("Region,Alder,Kon,000007Y7 2024\n" + rows, areas=AREAS)
    assert parsed.table["population"].tolist() == [2440]


@pytest.mark.parametrize(
    "name", ["1488 Trollhättan", "1488", "trollhättan", "1488  Trollhättans kommun"]
)
def test_the_municipality_with_its_name_in_one_cell(name):
    rows = (
        f"00 Riket;10587710\n14 Västra Götalands län;1700000\n{name};59271\n0180 Stockholm;1000\n"
        "Riket;1\nSkåne län;2\n01;3\n1487;4\n1487C1010_DeSO2025;5\n1487R001 Vänersborg;6\n"
    )
    parsed = parse("region;Folkmängd 2024\n" + rows, areas=AREAS)
    assert parsed.table[["area_level", "area_code", "population"]].values.tolist() == [
        ["kommun", "1488", 59271]
    ]
    assert parsed.faults == () and parsed.notes["elsewhere"] == 9


def test_every_fault():
    parsed = parse(
        "kod;år;antal\n1488A0010;2025;..\n1488A0020;2025;-1\n1488A0030;2025;1,5\n"
        "1488A0040;snart;1\n1488A0050;1950;1\nAtlantis;2025;1\n;2025;1\n1488A0060;2025;5\n"
        "1488A0060;2025;5\n1488A0060;2025;6\n0114A0010;2025;9\n14;2025;9\n"
    )
    assert faults(parsed) == [
        (TableRule.VALUE_MISSING, 2, "antal", ""),
        (TableRule.BELOW_MINIMUM, 3, "antal", "-1"),
        (TableRule.NOT_A_WHOLE_NUMBER, 4, "antal", "1,5"),
        (TableRule.NOT_A_PERIOD, 5, "år", "snart"),
        (TableRule.BELOW_MINIMUM, 6, "år", "1950"),
        (TableRule.AREA_UNKNOWN, 7, "kod", "Atlantis"),
        (TableRule.VALUE_MISSING, 8, "kod", ""),
        (TableRule.NOT_UNIQUE, 11, "kod", "1488A0060"),
    ]
    assert parsed.repeated == 1
    assert parsed.notes["elsewhere"] == 2
    assert parsed.table[["area_code", "population"]].values.tolist() == [["1488A0060", 5]]


def test_names_need_the_list_of_areas():
    data = "Stadsdel;2025\nSylte;10\nHela kommunen;60000\n"
    assert [f.rule for f in parse(data).faults] == [TableRule.AREA_UNKNOWN] * 2
    areas = pd.DataFrame({"area_level": ["stadsdel"], "area_code": ["1488S012"], "name": ["Sylte"]})
    table = parse(data, areas=areas).table
    assert table[["area_level", "area_code", "population"]].values.tolist() == [
        ["stadsdel", "1488S012", 10],
        ["kommun", "1488", 60000],
    ]


def test_the_real_tables(shared_data):
    folder = shared_data / "population"
    by_age = parse(files.read(folder / "deso_2025_befolkning_alder_kon_trollhattan.csv")).table
    with (folder / "deso_2025_befolkning_alder_kon_trollhattan.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    assert len(by_age) == len({row["desokod"] for row in rows}) == 32
    assert by_age["population"].sum() == sum(int(row["antal"]) for row in rows)
    assert by_age["approximate"].all() and set(by_age["year"]) == {2025}
    plain = parse(files.read(folder / "deso_2025_indikatorer_trollhattan.csv")).table
    assert plain["population"].sum() == 59_271
    assert not plain["approximate"].any() and len(plain) == 32


@pytest.mark.parametrize(
    ("name", "year", "column"),
    [("000005FC_20240806-102837.xlsx", 2023, 2), ("000005FF_20240813-152010.xlsx", 2022, 1)],
)
def test_the_real_exports(shared_data, name, year, column):
    path = shared_data / "scb_excel" / name
    table = parse(files.read(path)).table
    sheet = openpyxl.load_workbook(path).active
    expected = {
        next(cell for cell in row[:2] if is_ours(cell)): (number, row[column])
        for number, row in enumerate(sheet.iter_rows(values_only=True), start=1)
        if any(map(is_ours, row[:2]))
    }
    assert len(expected) == 32
    found = dict(
        zip(table["area_code"], zip(table.index, table["population"], strict=True), strict=True)
    )
    assert found == expected
    assert set(table["year"]) == {year} and not table["approximate"].any()


def test_an_account_without_every_row_is_refused():
    raw = files.read_bytes("folk.csv", b"kod;antal\n1488A0010;1\n1488A0020;2\n1488A0030;3\n")
    table = pd.DataFrame({"antal": [1]}, index=[2])
    parsed = Parsed(table, raw.rows, aside={Aside.SUMMED: [4]})
    with pytest.raises(StoreError) as caught:
        parsed.account()
    assert (caught.value.facts["read"], caught.value.facts["lost"]) == (3, 1)
    assert caught.value.facts["row"] == 3
