"""A municipality's folder: Trollhättan's own, a tiny second one, and every way to get it wrong."""

from pathlib import Path

import geopandas as gpd
import pandas as pd
import pyogrio
import pytest
from shapely import Point, Polygon, box

from trygghetskarta import tables
from trygghetskarta.errors import (
    CrsCause,
    CrsError,
    SourceCause,
    SourceError,
    TableError,
    TableRule,
)
from trygghetskarta.sources.publishers import municipality
from trygghetskarta.terms.areas import AreaLevel
from trygghetskarta.terms.audience import ShowRule
from trygghetskarta.terms.walks import WalkType

E, N = 674_000, 6_580_000
CODES = ("0180S001", "0180S002", "0180S003", "0180S004")

MAIN = """
code = "0180"
name = "Småstad"
county = "Stockholms län"
local_crs = 3011
latitude = 59.33
longitude = 18
zoom = 12
boundary_version = "v1"
"""

PLAN = """
year = 2024
title = "Plan"
source = "Småstad"

[[themes]]
key = "lugn"
name = "Lugn och ro"
offence_types = ["Våld"]
offence_codes = ["0357"]
observation_categories = ["belysning"]
walk_types = ["presence"]
classified_areas = false
internal = { finest = "deso", threshold = 1, by_time = true, points = false }
public = { finest = "stadsdel", threshold = 5, by_time = false, points = false }
caveats = ["Få fall."]
status = ""
"""


def squares() -> gpd.GeoDataFrame:
    """Four squares of 100 m, two by two; the third carries SCB's suffix."""
    shapes = [
        box(E + 100 * i, N + 100 * j, E + 100 * i + 100, N + 100 * j + 100)
        for j in (0, 1)
        for i in (0, 1)
    ]
    codes = [CODES[0], CODES[1], CODES[2] + "_RegSO2025", CODES[3]]
    names = ["Åby", "Öby", "Väster", "<b>Öster</b>"]
    return gpd.GeoDataFrame({"area_code": codes, "name": names}, geometry=shapes, crs=3006)


@pytest.fixture
def town(tmp_path: Path) -> Path:
    """The least a municipality needs: settings, one plan, districts."""
    folder = tmp_path / "0180"
    (folder / "plans").mkdir(parents=True)
    (folder / "municipality.toml").write_text(MAIN, encoding="utf-8")
    (folder / "plans" / "2024.toml").write_text(PLAN, encoding="utf-8")
    pyogrio.write_dataframe(squares(), folder / "districts.gpkg")
    return folder


def change(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


class TestAnotherMunicipality:
    def test_its_settings_and_plan(self, town):
        found = municipality.read(town)
        assert (found.code, found.name, found.local_crs, found.longitude) == (
            "0180",
            "Småstad",
            3011,
            18.0,
        )
        theme = found.plans[0].themes[0]
        assert theme.walk_types == (WalkType.PRESENCE,)
        assert theme.public == ShowRule(AreaLevel.DISTRICT, 5, by_time=False, points=False)
        assert theme.caveats == ("Få fall.",)

    def test_its_areas_with_the_municipality_as_their_union(self, town):
        base = municipality.read_base(town)
        assert list(base.areas["area_code"]) == ["0180", *CODES]
        assert base.areas.geometry.iloc[0].equals(box(E, N, E + 200, N + 200))
        assert base.areas.index[0] == 2
        assert set(base.areas["boundary_version"]) == {"v1"}

    def test_files_it_lacks_give_tables_without_rows(self, town):
        base = municipality.read_base(town)
        for name in ("aliases", "population", "classifications", "totals"):
            table = getattr(base, name)
            assert len(table) == 0
            assert tables.check(table, getattr(tables, name.upper())) == []

    def test_its_tables(self, town):
        (town / "place_names.csv").write_text(
            "alias;area_level;area_code\nTorget;stadsdel;0180S003_RegSO2025\n", encoding="utf-8-sig"
        )
        (town / "population.csv").write_text(
            "area_level;area_code;year;population;approximate;source\n"
            "kommun;0180;2024;20;0;SCB\nstadsdel;0180S001;2024;7;1;SCB\n",
            encoding="utf-8",
        )
        (town / "bra_year.csv").write_text(
            "kommun;period;key;count;per100k\n"
            "0180;2024;total;..;..\n0180;2023;total;4;10.5\n1488;2023;total;9;9\n",
            encoding="utf-8",
        )
        base = municipality.read_base(town)
        assert base.aliases["area_code"].tolist() == ["0180S003"]
        assert base.population["population"].tolist() == [20, 7]
        assert base.population["approximate"].tolist() == [False, True]
        assert base.totals["count"].isna().tolist() == [True, False]
        assert base.totals["per_100000"].tolist()[1] == 10.5
        assert set(base.totals["region"]) == {"Småstad"}

    def test_layers_in_another_crs_are_reprojected(self, town):
        pyogrio.write_dataframe(squares().to_crs(3011), town / "districts.gpkg")
        whole = municipality.read_base(town).areas.geometry.iloc[0]
        assert whole.symmetric_difference(box(E, N, E + 200, N + 200)).area < 0.01

    def test_available(self, town):
        (town.parent / "notes").mkdir()
        (town.parent / "1234").mkdir()
        assert municipality.available(town.parent) == ["0180"]

    def test_newest_plan_first(self, town):
        (town / "plans" / "2025.toml").write_text(PLAN.replace("2024", "2025"), encoding="utf-8")
        assert [plan.year for plan in municipality.read(town).plans] == [2025, 2024]


class TestUnknownMunicipality:
    def test_says_which_there_are(self, town):
        with pytest.raises(SourceError) as told:
            municipality.read(town.parent / "9999")
        assert told.value.cause is SourceCause.MUNICIPALITY_UNKNOWN
        assert told.value.facts == {"code": "9999", "found": ("0180",)}

    def test_for_the_base_data_too(self, tmp_path):
        with pytest.raises(SourceError) as told:
            municipality.read_base(tmp_path / "9999")
        assert told.value.facts == {"code": "9999", "found": ()}


MAIN_FAULTS = [
    ('code = "0180"', 'code = "180"', "code"),
    ('code = "0180"', 'code = "0181"', "code"),
    ('name = "Småstad"', 'name = "  "', "name"),
    ('name = "Småstad"', "", "name"),
    ("local_crs = 3011", "local_crs = true", "local_crs"),
    ("local_crs = 3011", "local_crs = 3", "local_crs"),
    ("latitude = 59.33", "latitude = 18.0", "latitude"),
    ("longitude = 18", "longitude = false", "longitude"),
    ("zoom = 12", "zoom = 12.5", "zoom"),
    ("zoom = 12", "zoom = 30", "zoom"),
    ("zoom = 12", "zoom = 12\nzom = 1", "zom"),
    ("zoom = 12", "zoom =", "8:7"),
]

PLAN_FAULTS = [
    ("year = 2024", 'year = "2024"', "year"),
    ("[[themes]]", "[themes]", "themes"),
    ("[[themes]]", "extra = 1\n[[themes]]", "extra"),
    ('key = "lugn"', 'key = "Lugn"', "themes.1.key"),
    ('["Våld"]', '["Våldet"]', "themes.1.offence_types"),
    ('["Våld"]', '"Våld"', "themes.1.offence_types"),
    ('["Våld"]', '["Våld", "Våld"]', "themes.1.offence_types"),
    ('["0357"]', "[357]", "themes.1.offence_codes"),
    ('["0357"]', '["x357"]', "themes.1.offence_codes"),
    ('["presence"]', '["stroll"]', "themes.1.walk_types"),
    ("classified_areas = false", "classified_areas = 0", "themes.1.classified_areas"),
    ("classified_areas = false", "", "themes.1.classified_areas"),
    ("classified_areas = false", "classified_areas = false\nred = true", "themes.1.red"),
    ('finest = "stadsdel"', 'finest = "kvarter"', "themes.1.public.finest"),
    ("threshold = 5", "threshold = 0", "themes.1.public.threshold"),
    ("threshold = 5, ", "", "themes.1.public.threshold"),
    ("threshold = 1, by", "threshold = 1, colour = 2, by", "themes.1.internal.colour"),
    ('status = ""', "status = 1", "themes.1.status"),
]


class TestStrictness:
    @pytest.mark.parametrize(("old", "new", "key"), MAIN_FAULTS)
    def test_settings(self, town, old, new, key):
        change(town / "municipality.toml", old, new)
        self.assert_invalid(town, "municipality.toml", key)

    @pytest.mark.parametrize(("old", "new", "key"), PLAN_FAULTS)
    def test_plan(self, town, old, new, key):
        change(town / "plans" / "2024.toml", old, new)
        self.assert_invalid(town, "2024.toml", key)

    def test_a_theme_twice(self, town):
        theme = PLAN.partition("[[themes]]")[2]
        with (town / "plans" / "2024.toml").open("a", encoding="utf-8") as file:
            file.write(f"[[themes]]{theme}")
        self.assert_invalid(town, "2024.toml", "themes.2.key")

    def test_a_year_twice(self, town):
        (town / "plans" / "copy.toml").write_text(PLAN, encoding="utf-8")
        self.assert_invalid(town, "copy.toml", "year")

    def test_a_theme_that_is_not_mapped_says_why(self, town):
        plan = town / "plans" / "2024.toml"
        change(plan, 'finest = "deso"', 'finest = "ingen"')
        change(plan, 'finest = "stadsdel"', 'finest = "ingen"')
        self.assert_invalid(town, "2024.toml", "themes.1.status")
        change(plan, 'status = ""', 'status = "Visas inte."')
        assert municipality.read(town).plans[0].themes[0].public.finest is None

    def test_toml_cut_short(self, town):
        (town / "municipality.toml").write_text('\ncode = "', encoding="utf-8")
        self.assert_invalid(town, "municipality.toml", "2:1")

    def test_not_utf_8(self, town):
        (town / "municipality.toml").write_bytes(MAIN.encode("latin-1"))
        assert cause(municipality.read, town) is SourceCause.ENCODING_UNKNOWN

    def test_no_plan(self, town):
        (town / "plans" / "2024.toml").unlink()
        assert cause(municipality.read, town) is SourceCause.FILE_MISSING

    @staticmethod
    def assert_invalid(town: Path, file: str, key: str) -> None:
        with pytest.raises(SourceError) as told:
            municipality.read(town)
        assert told.value.cause is SourceCause.CONFIGURATION_INVALID
        assert told.value.facts == {"file": file, "key": key}


def cause(reader, folder):
    with pytest.raises(SourceError) as told:
        reader(folder)
    return told.value.cause


def rules(folder: Path) -> list[tuple[TableRule, str, int | None]]:
    with pytest.raises(TableError) as told:
        municipality.read_base(folder)
    return [(fault.rule, fault.column, fault.row) for fault in told.value.faults]


class TestBrokenLayers:
    def test_no_districts(self, town):
        (town / "districts.gpkg").unlink()
        assert cause(municipality.read_base, town) is SourceCause.FILE_MISSING

    def test_not_a_layer(self, town):
        (town / "regso.gpkg").write_text("text", encoding="utf-8")
        assert cause(municipality.read_base, town) is SourceCause.FILE_DAMAGED

    def test_no_name_column(self, town):
        pyogrio.write_dataframe(squares().drop(columns="name"), town / "deso.gpkg")
        assert cause(municipality.read_base, town) is SourceCause.COLUMN_MISSING

    def test_no_crs(self, town):
        with pytest.warns(UserWarning, match="crs"):
            pyogrio.write_dataframe(
                squares().set_crs(None, allow_override=True), town / "districts.gpkg"
            )
        with pytest.raises(CrsError) as told:
            municipality.read_base(town)
        assert told.value.cause is CrsCause.CRS_MISSING

    def test_every_bad_geometry_is_told(self, town):
        layer = squares()
        bow_tie = Polygon([(E, N), (E + 9, N + 9), (E + 9, N), (E, N + 9)])
        layer["geometry"] = [None, Point(E, N), bow_tie, layer.geometry.iloc[3]]
        pyogrio.write_dataframe(layer, town / "districts.gpkg", geometry_type="Unknown")
        assert rules(town) == [
            (TableRule.GEOMETRY_MISSING, "geometry", 2),
            (TableRule.GEOMETRY_TYPE, "geometry", 3),
            (TableRule.GEOMETRY_INVALID, "geometry", 4),
        ]

    def test_a_code_twice(self, town):
        layer = squares()
        layer["area_code"] = CODES[0]
        pyogrio.write_dataframe(layer, town / "districts.gpkg")
        assert {rule for rule, _, _ in rules(town)} == {TableRule.NOT_UNIQUE}


POPULATION = "area_level;area_code;year;population;approximate;source\n"
TABLE_FAULTS = [
    ("place_names.csv", "alias;area_level;area_code\nX;stadsdel;0180S009\n",
     (TableRule.AREA_UNKNOWN, "area_code", 2)),
    ("place_names.csv", "alias;area_level;area_code\nX;kvarter;0180S001\n",
     (TableRule.UNKNOWN_WORD, "area_level", 2)),
    ("place_names.csv", "alias;area_level;area_code\nX;stadsdel;\n",
     (TableRule.VALUE_MISSING, "area_code", 2)),
    ("population.csv", POPULATION + "kommun;0180;2024;1,5;0;SCB\n",
     (TableRule.NOT_A_WHOLE_NUMBER, "population", 2)),
    ("population.csv", POPULATION + "kommun;0180;2024;1.5;0;SCB\n",
     (TableRule.NOT_A_WHOLE_NUMBER, "population", 2)),
    ("population.csv", POPULATION + "kommun;0180;2024;-1;0;SCB\n",
     (TableRule.BELOW_MINIMUM, "population", 2)),
    ("population.csv", POPULATION + "kommun;0180;2024;1;ja;SCB\n",
     (TableRule.UNKNOWN_WORD, "approximate", 2)),
    ("population.csv", POPULATION + "kommun;0180;2024;1;;SCB\n",
     (TableRule.VALUE_MISSING, "approximate", 2)),
    ("classifications.csv",
     "name;area_class;area_level;area_code;valid_from;valid_to;share;source\n"
     "X;Y;stadsdel;0180S001;2021;;;Z\n", (TableRule.NOT_A_DATE, "valid_from", 2)),
    ("place_names.csv", "alias;area_level;area_code\n\nX;stadsdel;1;2\n",
     (TableRule.ROW_LENGTH, "", 3)),
    ("bra_year.csv", "kommun;period;key;count;per100k\n0180;2024M1;total;1;1\n",
     (TableRule.NOT_A_PERIOD, "period", 2)),
    ("bra_year.csv", "kommun;period;key;count;per100k\n0180;2024;total;1;x\n",
     (TableRule.NOT_A_NUMBER, "per100k", 2)),
]  # fmt: skip


class TestBrokenTables:
    @pytest.mark.parametrize(("file", "text", "told"), TABLE_FAULTS)
    def test_told_by_row_and_column(self, town, file, text, told):
        (town / file).write_text(text, encoding="utf-8")
        assert told in rules(town)

    @pytest.mark.parametrize(
        ("content", "expected"),
        [
            (b"", SourceCause.FILE_EMPTY),
            (b"alias;area_level\nX;stadsdel\n", SourceCause.COLUMN_MISSING),
            ("alias;area_level;area_code\nÅ;a;b\n".encode("latin-1"), SourceCause.ENCODING_UNKNOWN),
        ],
    )
    def test_not_a_table(self, town, content, expected):
        (town / "place_names.csv").write_bytes(content)
        assert cause(municipality.read_base, town) is expected


def test_trollhattan_is_the_default_and_complete(geodata):
    base = municipality.read_base(geodata / "1488")
    assert municipality.available(geodata) == ["1488"]
    assert base.areas["area_level"].value_counts().to_dict() == {
        "kommun": 1, "stadsdel": 15, "regso": 16, "deso": 32,
    }  # fmt: skip
    for name, account in base.accounts.items():
        assert tables.check(getattr(base, name), getattr(tables, name.upper())) == []
        assert account.read == len(account.accepted) > 0
    assert base.areas["name"].is_unique is False  # Halvorstorp is a district and a RegSO
    assert not base.areas.duplicated(["area_level", "name"]).any()
    last = base.totals[base.totals["period_to"] == pd.Timestamp(2025, 12, 31)]
    assert last[last["period_from"] == pd.Timestamp(2025, 1, 1)].set_index("category")[
        "count"
    ].to_dict() == {
        "burglary": 280, "drugs_weapons": 616, "person": 1498, "theft": 1515, "total": 5905,
        "vandalism": 464,
    }  # fmt: skip
