"""The files in geodata: as their publishers gave them, fitting each other, and rebuildable."""

import importlib.util
import itertools
from types import ModuleType

import geopandas as gpd
import pandas as pd
import pyogrio
import pytest
import shapely

from trygghetskarta.sources.fields import offence_codes
from trygghetskarta.sources.publishers import municipality
from trygghetskarta.terms.areas import AreaLevel
from trygghetskarta.terms.audience import ShowRule
from trygghetskarta.terms.municipality import Theme
from trygghetskarta.terms.walks import WalkType

INHABITANTS = 59_271
KRONOGARDEN, LEXTORP, SYLTE = "1488S007", "1488S008", "1488S012"
MEASURED = {
    (2021, KRONOGARDEN): 0.9233,
    (2021, LEXTORP): 0.0241,
    (2021, SYLTE): 0.0,
    (2025, KRONOGARDEN): 0.8465,
    (2025, LEXTORP): 0.0504,
}
"""By the list's year: share of a district inside the police's shape."""


@pytest.fixture(scope="module")
def home(geodata):
    return geodata / "1488"


@pytest.fixture(scope="module")
def base(home):
    return municipality.read_base(home)


@pytest.fixture(scope="module")
def plan(home):
    (found,) = municipality.read(home).plans
    return found


@pytest.fixture(scope="module")
def codes(geodata):
    return offence_codes.read(geodata / "offence_codes")


@pytest.fixture(scope="module")
def build(geodata) -> ModuleType:
    spec = importlib.util.spec_from_file_location("geodata_build", geodata / "build.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def inputs(build, shared_data):
    """SCB's RegSO and the approximate DeSO, as the script reads them."""
    folder = shared_data / "districts"
    return (
        build.read_layer(folder / "regso_2025_trollhattan_3006.gpkg", "1488", "regsokod"),
        build.read_layer(folder / "deso_2025_trollhattan_approx_3006.gpkg", "1488", "desokod"),
    )


def level(base, which: AreaLevel) -> gpd.GeoSeries:
    areas = base.areas[base.areas["area_level"] == which]
    return areas.set_index("area_code").geometry


class TestLayers:
    @pytest.mark.parametrize("which", [AreaLevel.DISTRICT, AreaLevel.REGSO, AreaLevel.DESO])
    def test_tile_the_municipality(self, base, which):
        shapes = level(base, which)
        whole = level(base, AreaLevel.MUNICIPALITY).iloc[0]
        assert shapely.coverage_is_valid(shapes.to_numpy())
        assert shapes.union_all().symmetric_difference(whole).area < 1e-3
        assert round(shapes.area.sum() / 1e6, 2) == 429.86
        assert set(shapes.geom_type) == {"Polygon"}

    @pytest.mark.parametrize("holder", ["regso_code", "district_code"])
    def test_deso_lie_inside(self, base, home, holder):
        deso = gpd.read_file(home / "deso.gpkg")
        holders = level(base, AreaLevel.REGSO if holder == "regso_code" else AreaLevel.DISTRICT)
        outside = deso.geometry.difference(holders.loc[deso[holder]], align=False)
        assert outside.area.max() < 1e-3

    def test_regso_are_scbs_to_the_last_bit(self, base, shared_data):
        original = gpd.read_file(shared_data / "districts" / "regso_2025_trollhattan_3006.gpkg")
        shapes = level(base, AreaLevel.REGSO)
        for code, name, shape in original[["regsokod", "regsonamn", "geometry"]].to_numpy():
            assert shapes[code].equals_exact(shape, 0)
            assert (base.areas.set_index("area_code")["name"][code]) == name

    def test_districts_are_the_agreed_ones(self, base, shared_data):
        agreed = gpd.read_file(
            shared_data / "districts" / "stadsdelar_trollhattan_3006.gpkg"
        ).set_index("stadsdelskod")
        shapes = level(base, AreaLevel.DISTRICT)
        assert base.areas.set_index("area_code")["name"][agreed.index].equals(
            agreed["stadsdel"].rename("name").rename_axis("area_code")
        )
        # Two neighbours of the cut got a vertex more, and the agreed file has a crack 0 m wide.
        different = shapes.symmetric_difference(agreed.geometry).area
        assert different.max() < 1e-4
        same = [code for code in shapes.index if shapes[code].equals(agreed.geometry[code])]
        assert set(shapes.index) - set(same) == {"1488S002", "1488S005", KRONOGARDEN, LEXTORP}

    def test_deso_keep_their_shape(self, base, shared_data):
        original = gpd.read_file(
            shared_data / "districts" / "deso_2025_trollhattan_approx_3006.gpkg"
        ).set_index("desokod")
        shapes = level(base, AreaLevel.DESO)
        assert list(shapes.index) == list(original.index)
        moved = shapes.symmetric_difference(original.geometry).area / original.area
        assert moved.max() < 0.001
        assert shapes.hausdorff_distance(original.geometry).max() < 10

    def test_deso_are_said_to_be_approximate(self, home):
        described = pyogrio.read_info(home / "deso.gpkg")["layer_metadata"]["DESCRIPTION"]
        assert "APPROXIMATE" in described and "CC0" in described

    def test_small_enough_to_clone(self, geodata):
        sizes = [path.stat().st_size for path in geodata.rglob("*") if path.is_file()]
        assert max(sizes) < 1e6
        assert sum(sizes) < 3e6


@pytest.mark.slow
class TestBuild:
    def test_gives_the_same_bytes(self, build, inputs, home, shared_data, tmp_path):
        rules = build.read_rules(home / "municipality.toml")
        layers = build.build(rules, *inputs)
        for path in build.write(rules, layers, tmp_path):
            assert_same_layer(path, home / path.name)
        again = {path.name: path.read_bytes() for path in build.write(rules, layers, tmp_path)}
        for path in build.write(rules, layers, tmp_path):
            assert path.read_bytes() == again[path.name]
        table = pd.read_csv(
            shared_data / "population" / "deso_2025_indikatorer_trollhattan.csv",
            index_col="desokod",
        )
        people = build.population(rules, layers, table["befolkning_2025"], 2025)
        written = pd.read_csv(home / "population.csv", sep=";", dtype={"area_code": "str"})
        pd.testing.assert_frame_equal(people, written, check_dtype=False)
        with pytest.raises(build.BuildError, match="different codes"):
            build.population(rules, layers, table["befolkning_2025"][1:], 2025)

    def test_cuts_one_municipality_out_of_many(self, build, inputs, home, tmp_path):
        regso, deso = inputs
        elsewhere = regso.reset_index().assign(kommunkod="0180", regsokod="0180R001_RegSO2025")
        both = pd.concat([elsewhere, regso.reset_index()])
        pyogrio.write_dataframe(both, tmp_path / "RegSO_2025.gpkg")
        found = build.read_layer(tmp_path / "RegSO_2025.gpkg", "1488", "regsokod")
        assert found.geometry.geom_equals_exact(regso.geometry, 0).all()
        other = build.read_layer(tmp_path / "RegSO_2025.gpkg", "0180", "regsokod")
        assert set(other.index) == {"0180R001"}
        with pytest.raises(build.BuildError, match="no area of municipality 9999"):
            build.read_layer(tmp_path / "RegSO_2025.gpkg", "9999", "regsokod")

    @pytest.mark.parametrize(
        ("spoil", "told"),
        [
            (lambda regso, deso: (regso.drop("1488R016"), deso), "area 191.541"),
            (lambda regso, deso: (regso.drop("1488R007"), deso), "area 429.427"),
            (lambda regso, deso: (regso, deso.drop("1488C1280", errors="ignore").iloc[5:]),
             "no DeSO in 1488R009"),
            (lambda regso, deso: (regso.rename({"1488R003": "1488R099"}), deso),
             "no district holds 1488R099"),
            (lambda regso, deso: (grown(regso, "1488R003"), deso), "area 429.526"),
        ],
    )  # fmt: skip
    def test_refuses_what_does_not_fit(self, build, inputs, home, spoil, told):
        rules = build.read_rules(home / "municipality.toml")
        with pytest.raises(build.BuildError, match=told):
            build.build(rules, *spoil(*inputs))

    def test_refuses_overlaps_and_strays(self, build, inputs, home):
        rules = build.read_rules(home / "municipality.toml")
        layers = build.build(rules, *inputs)
        shifted = layers.deso.copy()
        shifted.loc[3, "geometry"] = shifted.geometry[3].buffer(1)
        with pytest.raises(build.BuildError, match="deso: gaps or overlaps"):
            build.check(rules, build.Layers(layers.districts, layers.regso, shifted))
        fewer = layers.districts.iloc[1:]
        with pytest.raises(build.BuildError, match="districts: does not cover"):
            build.check(rules, build.Layers(fewer, layers.regso, layers.deso))
        strayed = layers.deso.assign(regso_code="1488R001")
        with pytest.raises(build.BuildError, match="1488A0010 reaches outside 1488R001"):
            build.check(rules, build.Layers(layers.districts, layers.regso, strayed))


def grown(regso: gpd.GeoDataFrame, code: str) -> gpd.GeoDataFrame:
    changed = regso.copy()
    changed.loc[[code], "geometry"] = changed.loc[[code]].buffer(-30)
    return changed


def assert_same_layer(one, other):
    left, right = gpd.read_file(one), gpd.read_file(other)
    pd.testing.assert_frame_equal(
        pd.DataFrame(left.drop(columns="geometry")), pd.DataFrame(right.drop(columns="geometry"))
    )
    assert left.crs == right.crs == "EPSG:3006"
    # Another GEOS may round a computed corner another way, by far less than a millimetre.
    assert left.geometry.geom_equals_exact(right.geometry, 1e-6).all()


class TestPopulation:
    @pytest.mark.parametrize("which", [level for level in AreaLevel if level is not AreaLevel.CELL])
    def test_every_level_adds_up(self, base, which):
        rows = base.population[base.population["area_level"] == which]
        assert rows["population"].sum() == INHABITANTS
        assert set(rows["area_code"]) == set(level(base, which).index)
        assert set(rows["year"]) == {2025}

    def test_as_the_agreed_districts(self, base, shared_data):
        agreed = gpd.read_file(shared_data / "districts" / "stadsdelar_trollhattan_3006.gpkg")
        people = base.population.set_index("area_code")["population"]
        for code, count in agreed[["stadsdelskod", "befolkning_2025"]].to_numpy():
            assert people[code] == count


class TestCopies:
    @pytest.mark.parametrize(
        ("copy", "original"),
        [
            ("1488/bra_year.csv", "bra/bra_anmalda_brott_trollhattan_ar_1996-2025.csv"),
            ("1488/bra_quarter.csv", "bra/bra_anmalda_brott_trollhattan_kvartal_2014-2026.csv"),
            ("offence_codes/brottskoder_urval.csv", "offence_codes/brottskoder_urval.csv"),
            (
                "offence_codes/brottskoder_upphorda_exempel.csv",
                "offence_codes/brottskoder_upphorda_exempel.csv",
            ),
        ],
    )
    def test_equal_their_originals(self, geodata, shared_data, copy, original):
        lines = (geodata / copy).read_text(encoding="utf-8").splitlines()
        assert lines == (shared_data / original).read_text(encoding="utf-8").splitlines()

    def test_quarters_add_up_to_years(self, base):
        totals = base.totals[base.totals["category"] == "total"]
        days = (totals["period_to"] - totals["period_from"]).dt.days
        year_of = totals["period_from"].dt.year
        years = totals[days > 360].groupby(year_of)["count"].sum()
        quarters = totals[days < 100].groupby(year_of)["count"].sum()
        for year in range(2015, 2026):
            assert quarters[year] == years[year]
        assert totals[totals["preliminary"]]["period_from"].dt.year.unique().tolist() == [2026]


class TestPlaceNames:
    @pytest.mark.parametrize(
        ("name", "areas"),
        [
            ("Kronogården", {"stadsdel": KRONOGARDEN}),
            ("Lextorp", {"stadsdel": LEXTORP}),
            ("Sylte", {"stadsdel": SYLTE, "regso": "1488R012"}),
            ("Centrum", {"stadsdel": "1488S015", "regso": "1488R015"}),
            ("Kronogårds Torg", {"stadsdel": KRONOGARDEN, "regso": "1488R007"}),
            (
                "Norra Lextorp",
                {"stadsdel": LEXTORP, "regso": "1488R008", "deso": "1488C1050"},
            ),
            ("Västra Kronogården", {"stadsdel": KRONOGARDEN, "regso": "1488R008"}),
            ("Östra Kronogården", {"stadsdel": KRONOGARDEN, "regso": "1488R008"}),
            (
                "Södra Lextorp",
                {"stadsdel": LEXTORP, "regso": "1488R013", "deso": "1488C1010"},
            ),
        ],
    )
    def test_names(self, base, name, areas):
        rows = base.aliases[base.aliases["alias"] == name]
        assert dict(zip(rows["area_level"], rows["area_code"], strict=True)) == areas

    def test_every_name_of_the_agreed_list(self, base, shared_data):
        agreed = pd.read_csv(shared_data / "districts" / "platsnamn_till_regso.csv")
        assert len(agreed) == 35
        regso = base.aliases[base.aliases["area_level"] == "regso"].set_index("alias")["area_code"]
        district = base.aliases[base.aliases["area_level"] == "stadsdel"]["alias"]
        for name, code in agreed[["platsnamn", "regsokod"]].to_numpy():
            assert regso[name] == code
            assert name in set(district)

    def test_levels_of_one_name_lie_in_each_other(self, base):
        """All but the shared RegSO, which holds a part of the district instead."""
        shapes = base.areas.set_index("area_code").geometry
        for _, rows in base.aliases.groupby("alias"):
            for one, other in itertools.combinations(rows["area_code"], 2):
                if "1488R008" in (one, other) and "C" not in one + other:
                    continue
                common = shapes[one].intersection(shapes[other]).area
                assert common > 0.999 * min(shapes[one].area, shapes[other].area)


class TestClassifications:
    def test_on_the_list_by_day(self, base):
        table = base.classifications

        def listed(day: str) -> dict[str, str]:
            moment = pd.Timestamp(day)
            holds = (table["valid_from"] <= moment) & ~(table["valid_to"] <= moment)
            return table[holds].set_index("area_code")["area_class"].to_dict()

        assert listed("2021-11-30") == {}
        assert listed("2021-12-31") == dict.fromkeys((KRONOGARDEN, LEXTORP, SYLTE), "Riskområde")
        assert listed("2025-12-01") == listed("2021-12-31")
        assert listed("2025-12-02") == dict.fromkeys((KRONOGARDEN, LEXTORP), "Utsatt område")

    def test_shares_are_those_measured_on_the_lists(self, base):
        """Area of each district inside the police's shape; they may not be carried."""
        table = base.classifications
        told = dict(zip(zip(table["valid_from"].dt.year, table["area_code"], strict=True),
                        table["share"], strict=True))  # fmt: skip
        assert told == pytest.approx(MEASURED, abs=0.005)


EVERY = ShowRule(AreaLevel.CELL, 1, by_time=True, points=True)
CELLS = ShowRule(AreaLevel.CELL, 1, by_time=True, points=False)
DISTRICT = ShowRule(AreaLevel.DISTRICT, 5, by_time=False, points=False)
WHOLE = ShowRule(AreaLevel.MUNICIPALITY, 5, by_time=False, points=False)
NOT_MAPPED = ShowRule(None, 1, by_time=False, points=False)

WHAT_EACH_THEME_MAY_SHOW = {
    "grov_brottslighet": (ShowRule(AreaLevel.DISTRICT, 1), WHOLE),
    "narkotika": (CELLS, ShowRule(AreaLevel.DISTRICT, 10, by_time=False)),
    "sexualbrott": (ShowRule(AreaLevel.DISTRICT, 5, by_time=False), WHOLE),
    "utsatt_omrade": (EVERY, DISTRICT),
    "ska": (CELLS, DISTRICT),
    "extremism": (NOT_MAPPED, NOT_MAPPED),
    "civilsamhalle": (EVERY, DISTRICT),
    "naringsliv": (CELLS, DISTRICT),
}
"""The table of the plan's themes, row by row, in the plan's order."""


def selected(theme: Theme, codes) -> set[str]:
    """Codes of the lists that the theme's rule picks."""
    by_type = codes.table[codes.table["offence_type"].isin(theme.offence_types)].index
    return set(by_type) | {c for c in codes.table.index if c.startswith(theme.offence_codes)}


class TestPlan:
    def test_seven_priorities_in_order_and_business(self, plan):
        assert plan.year == 2021
        assert [theme.name for theme in plan.themes] == [
            "Grov brottslighet och kriminella nätverk",
            "Narkotika",
            "Sexualbrott",
            "Utsatt område",
            "Stärkt situationellt perspektiv (SKA)",
            "Våldsbejakande extremism",
            "Samverkan med civilsamhället",
            "Tryggt näringsliv",
        ]
        assert [theme.key for theme in plan.themes] == list(WHAT_EACH_THEME_MAY_SHOW)

    def test_show_rules(self, plan):
        assert {
            theme.key: (theme.internal, theme.public) for theme in plan.themes
        } == WHAT_EACH_THEME_MAY_SHOW

    def test_nothing_public_is_finer_than_internal(self, plan):
        order = [None, *AreaLevel]
        for theme in plan.themes:
            assert order.index(theme.public.finest) <= order.index(theme.internal.finest)
            assert theme.public.threshold >= theme.internal.threshold
            assert not theme.public.points

    def test_every_listed_code_is_known(self, plan, codes):
        for theme in plan.themes:
            for code in theme.offence_codes:
                assert codes.known(code), code

    @pytest.mark.parametrize(
        ("key", "within", "without"),
        [
            (
                "grov_brottslighet",
                {"0312", "0377", "9344", "9405", "0856", "9812", "1301", "1311", "1312", "1313",
                 "1709", "4128"},
                {"0309", "0357", "0855", "9810", "1302", "4023", "5005", "9310"},
            ),
            ("narkotika", {"5005", "5010", "5011", "5012"}, {"5047", "3070"}),
            ("sexualbrott", {"9694", "9698", "9605"}, {"0408"}),
            (
                "ska",
                {"0853", "9801", "0807", "1209", "1211", "1301", "9817"},
                {"0855", "0357", "1312"},
            ),
            (
                "naringsliv",
                {"0853", "0818", "0820", "0819", "0816", "0821", "0864", "0870", "1203", "4145"},
                {"9801", "0825", "1201", "1205", "0357", "0855"},
            ),
        ],
    )  # fmt: skip
    def test_which_codes_make_a_theme(self, plan, codes, key, within, without):
        (theme,) = [theme for theme in plan.themes if theme.key == key]
        chosen = selected(theme, codes)
        assert within <= chosen
        assert not without & chosen

    def test_only_three_themes_read_no_offences(self, plan, codes):
        empty = {theme.key for theme in plan.themes if not selected(theme, codes)}
        assert empty == {"utsatt_omrade", "extremism", "civilsamhalle"}
        assert [theme.key for theme in plan.themes if theme.classified_areas] == ["utsatt_omrade"]

    def test_walks_and_observations(self, plan):
        themes = {theme.key: theme for theme in plan.themes}
        assert set(themes["civilsamhalle"].walk_types) == set(WalkType)
        assert "nålar" in themes["narkotika"].observation_categories
        assert "belysning" in themes["ska"].observation_categories

    def test_every_mapped_theme_warns_and_the_other_says_why(self, plan):
        for theme in plan.themes:
            mapped = theme.internal.finest is not None
            assert bool(theme.caveats) == mapped
            assert bool(theme.status) == (not mapped)

    def test_the_label_never_reaches_a_caveat(self, plan):
        for theme in plan.themes:
            for sentence in theme.caveats:
                assert sentence.endswith(".")
                assert "utsatt" not in sentence.lower() and "risk" not in sentence.lower()
