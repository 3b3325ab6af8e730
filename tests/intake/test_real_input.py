"""Real files end to end: what reaches the map equals what is counted here, line by line."""

import csv
import io
import json
import random
import zipfile
from collections import Counter
from datetime import date
from pathlib import Path

import geopandas as gpd
import openpyxl
import pandas as pd
import pytest
import shapely

from trygghetskarta.errors import TableRule
from trygghetskarta.gate import loaded_world
from trygghetskarta.gate import view as views
from trygghetskarta.gate.choice import Choice, PeriodKind
from trygghetskarta.gate.periods import Span
from trygghetskarta.store import read
from trygghetskarta.terms.areas import AreaLevel
from trygghetskarta.terms.imports import TableKind
from trygghetskarta.terms.times import DateBasis

pytestmark = pytest.mark.slow

SHARED = {"1488C1060": "Kronogården", "1488C1100": "Kronogården", "1488C1050": "Lextorp"}
"""The DeSO of R008, which two districts share."""

WHOLE = {"1488R007": "Kronogården", "1488R013": "Lextorp", "1488R012": "Sylte"}
"""RegSO that lie in one of the named districts whole."""


def counted(place, start: date, end: date, level: AreaLevel, **choice) -> pd.Series:
    """Counts as the map shows them, by area code."""
    world = loaded_world.load(place.engine, place.municipality)
    asked = Choice(period=PeriodKind.OWN, start=start, end=end, level=level, **choice)
    return views.view(world, asked).gated.table["count"]


# --- the police's extract, coded to DeSO, with every quirk of real files ---

HEADER = [
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
OFFENCES = {
    "9801": "Inbrottsstöld, fullbordat, i villa/radhus",
    "0355": "Misshandel, utomhus, mot kvinna 18 år eller äldre, obekant",
    "5011": "Brott mot narkotikastrafflagen, bruk (enbart bruk)",
}


def extract(desos: list[str], rows: int = 600) -> list[list[str]]:
    """Invented rows in the real layout; a fixed seed, so that every run reads the same."""
    chance = random.Random(23196)
    made = []
    for number in range(1, rows + 1):
        code = chance.choice(list(OFFENCES))
        reported = date(2025, 1, 1).toordinal() + chance.randrange(365)
        late = chance.random()
        # Some offences come to light twenty years later, some dates stand in the wrong order.
        gap = 20 * 365 if late < 0.02 else -3 if late < 0.04 else chance.randrange(30)
        deso = chance.choice(desos) if chance.random() > 0.1 else chance.choice(["", "NA"])
        made.append(
            [
                str(number),
                f"5000-K{number:06}-25",
                code,
                OFFENCES[code],
                date.fromordinal(reported).isoformat(),
                date.fromordinal(reported - gap).isoformat(),
                "Trollhättan",
                "Västra Götalands län",
                deso,
                "1",
            ]
        )
    return made


def written(rows: list[list[str]], delimiter: str, encoding: str) -> bytes:
    text = io.StringIO()
    writer = csv.writer(text, delimiter=delimiter, lineterminator="\r\n")
    half = len(rows) // 2
    writer.writerows([HEADER, *rows[:half], HEADER, *rows[half:]])
    return text.getvalue().encode(encoding)


@pytest.fixture
def regso_of(shared_data) -> dict[str, str]:
    """RegSO of each DeSO, as SCB's own table tells."""
    path = shared_data / "population" / "deso_2025_indikatorer_trollhattan.csv"
    with path.open(encoding="utf-8") as file:
        return {row["desokod"]: row["regsokod"] for row in csv.DictReader(file)}


@pytest.mark.parametrize(
    ("delimiter", "encoding"),
    [(",", "utf-8"), (";", "utf-8-sig"), (";", "cp1252"), ("\t", "latin-1")],
)
def test_a_deso_coded_extract_reaches_the_map_row_by_row(
    place, bring, regso_of, delimiter, encoding
):
    rows = extract(sorted(regso_of))
    report = bring(TableKind.INCIDENTS, "uttag.csv", written(rows, delimiter, encoding))
    without = sum(row[8] in ("", "NA") for row in rows)
    # The header that stands in the middle of the file is a row of it too.
    assert (report.read, report.new, report.quarantined, report.set_aside) == (601, 600, 0, 1)
    assert (report.matched_by_code, report.without_place) == (600 - without, without)
    assert report.matched_by_point == report.matched_by_name == report.outside == 0
    assert 0.04 <= without / 600 <= 0.17

    spring = (date(2025, 3, 1), date(2025, 5, 31))
    deso = Counter(
        row[8]
        for row in rows
        if row[8] in regso_of and spring[0].isoformat() <= row[4] <= spring[1].isoformat()
    )
    regso, district = Counter(), Counter()
    for code, n in deso.items():
        regso[regso_of[code]] += n
        name = SHARED.get(code) or WHOLE.get(regso_of[code])
        if name:
            district[name] += n
    assert nonzero(counted(place, *spring, AreaLevel.DESO)) == deso
    assert nonzero(counted(place, *spring, AreaLevel.REGSO)) == regso
    names = read.areas(place.engine, AreaLevel.DISTRICT)["name"]
    shown = counted(place, *spring, AreaLevel.DISTRICT).rename(names)
    assert {name: shown[name] for name in district} == district
    assert shown.sum() == deso.total()


def test_one_type_and_one_theme_are_counted_as_in_the_file(place, bring, regso_of):
    rows = extract(sorted(regso_of))
    bring(TableKind.INCIDENTS, "uttag.csv", written(rows, ";", "utf-8"))
    year = (date(2025, 1, 1), date(2025, 12, 31))
    placed = Counter(row[2] for row in rows if row[8] in regso_of)
    for code, offence_type in (("0355", "Våld"), ("9801", "Inbrott")):
        shown = counted(place, *year, AreaLevel.DISTRICT, types=(offence_type,))
        assert shown.sum() == placed[code]
    assert counted(place, *year, AreaLevel.DISTRICT, theme="narkotika").sum() == placed["5011"]


def test_the_same_extract_twice_and_in_another_encoding_changes_nothing(place, bring, regso_of):
    rows = extract(sorted(regso_of))
    bring(TableKind.INCIDENTS, "uttag.csv", written(rows, ",", "utf-8"))
    version = read.version(place.engine)
    again = bring(TableKind.INCIDENTS, "uttag.csv", written(rows, ",", "utf-8"))
    other = bring(TableKind.INCIDENTS, "igen.csv", written(rows, ";", "cp1252"))
    assert (again.new, again.changed, again.unchanged) == (0, 0, 600)
    assert (other.new, other.changed, other.unchanged) == (0, 0, 600)
    assert read.version(place.engine) == version


# --- points ---

PLACES = ("Kronogården", "Sylte", "Sylte")


@pytest.mark.parametrize("epsg", [4326, 3006, 3007, 3021])
def test_points_in_any_swedish_system_find_their_areas(place, bring, shared_data, epsg):
    path = shared_data / "districts" / "stadsdelar_trollhattan_3006.gpkg"
    districts = gpd.read_file(path).set_index("stadsdel")
    inside = [districts.loc[name].geometry.representative_point() for name in PLACES]
    away = shapely.Point(districts.total_bounds[0] - 9000, districts.total_bounds[1])
    points = gpd.GeoSeries([*inside, away], crs=3006).to_crs(epsg)
    names = ("LONGITUDE", "LATITUDE") if epsg == 4326 else ("E", "N")
    lines = [
        f"{number};9801;{point.x:.7f};{point.y:.7f};2025-06-0{number} 23:10;2025-06-0{number} 23:40"
        for number, point in enumerate(points, 1)
    ]
    header = f"ID;BROTTSKOD;{';'.join(names)};BROTTSDATUMTID_START;BROTTSDATUMTID_SLUT"
    content = "\n".join([header, *lines]) + "\n"
    report = bring(TableKind.INCIDENTS, "punkter.csv", content, crs=epsg)
    assert (report.read, report.matched_by_point, report.outside) == (4, 3, 1)
    year = (date(2025, 1, 1), date(2025, 12, 31))
    shown = counted(place, *year, AreaLevel.DISTRICT, basis=DateBasis.OCCURRED)
    kept = read.areas(place.engine, AreaLevel.DISTRICT)["name"]
    assert nonzero(shown.rename(kept)) == Counter(PLACES)


# --- sums ---


def test_sums_per_district_period_and_type_keep_their_counts(place, bring):
    report = bring(
        TableKind.INCIDENTS,
        "summor.csv",
        "Stadsdel;Period;Brottstyp;Antal\n"
        "Kronogården;2021K3;Skadegörelse;14\n"
        "kronogarden;2021K4;Skadegörelse;9\n"
        "Sylte;2021K3;Skadegörelse;0\n"
        "Sylte;2021K4;Misshandel;5\n",
    )
    assert (report.read, report.matched_by_name, report.quarantined) == (4, 4, 0)
    names = read.areas(place.engine, AreaLevel.DISTRICT)["name"]
    autumn = counted(
        place, date(2021, 7, 1), date(2021, 12, 31), AreaLevel.DISTRICT, types=("Skadegörelse",)
    ).rename(names)
    assert nonzero(autumn) == {"Kronogården": 23}
    assert autumn["Sylte"] == 0


# --- the police's published events ---


def test_every_published_event_of_trollhattan_is_kept_with_its_own_time(place, bring, shared_data):
    path = shared_data / "polisen_events" / "events_trollhattan_2022-2026.json"
    told = json.loads(path.read_text(encoding="utf-8"))
    report = bring(TableKind.EVENTS, path)
    assert (report.read, report.new, report.quarantined) == (169, 169, 0)
    kept = read.events(place.engine)
    assert set(kept["event_id"]) == {event["id"] for event in told}
    # The clock of "28 mars 17:03, …" and of "28 mars 17.03, …" is the event's own.
    clock = {event["id"]: event["name"].split(",")[0].split()[-1] for event in told}
    local = kept.set_index("event_id")["occurred_at"].dt.tz_convert("Europe/Stockholm")
    assert {number: at.strftime("%H.%M") for number, at in local.items()} == {
        number: text.replace(":", ".").zfill(5) for number, text in clock.items()
    }
    assert (kept["municipality"] == "Trollhättan").all()


@pytest.mark.parametrize(
    "name",
    ["api_response_2023-04-15_early_colon_names.json", "api_response_2026-08-22_latest.json"],
)
def test_a_raw_answer_of_the_api_is_read_whole(place, bring, shared_data, name):
    path = shared_data / "polisen_events" / name
    told = json.loads(path.read_text(encoding="utf-8"))
    report = bring(TableKind.EVENTS, path)
    assert (report.read, report.new, report.quarantined) == (len(told), len(told), 0)
    world = loaded_world.load(place.engine, place.municipality)
    here = sum(event["name"].endswith("Trollhättan") for event in told)
    everywhere = Span(date(2000, 1, 1), date(2030, 1, 1))
    assert len(loaded_world.events_in(world, everywhere)) == here
    assert bring(TableKind.EVENTS, path).unchanged == len(told)


# --- Brå ---


@pytest.mark.parametrize("name", ["sol_dbfil_ar_exempel.txt", "sol_dbfil_manad_exempel.txt"])
def test_bras_database_file_keeps_not_applicable_apart_from_zero(place, bring, shared_data, name):
    text = (shared_data / "bra" / name).read_text(encoding="utf-8-sig")
    rows = [line.split(";") for line in text.splitlines()[1:] if line.strip()]
    # The original is ISO-8859-1; the sample is not.
    report = bring(TableKind.MUNICIPALITY_TOTALS, name, text.encode("latin-1"), source="Brå")
    assert report.read == len(rows)
    assert report.quarantined == 0
    kept = read.totals(place.engine)
    for row in rows:
        found = _total(kept, row)
        count = row[4]
        assert pd.isna(found["count"]) if count == ".." else found["count"] == int(count), row
        assert found["preliminary"] == ("prel" in " ".join(row[2:4]))


def _total(kept: pd.DataFrame, row: list[str]) -> pd.Series:
    year = int(next(part for part in (row[2], row[3]) if part[:4].isdigit())[:4])
    months = {"Jan": 1, "Aug": 8}
    month = next((months[part] for part in (row[2], row[3]) if part in months), 1)
    same = kept[
        (kept["region"] == row[0])
        & (kept["category"] == row[1])
        & (kept["period_from"] == pd.Timestamp(year, month, 1))
    ]
    assert len(same) == 1
    return same.iloc[0]


def test_the_base_data_holds_bras_total_for_2025(place):
    kept = read.totals(place.engine)
    year = kept[(kept["period_from"] == "2025-01-01") & (kept["period_to"] == "2025-12-31")]
    assert 5905 in set(year["count"])


# --- SCB ---


def _by_region_and_sex(rows: list[tuple]) -> dict[tuple[str, int], int]:
    """000005FC: the year once, then one row per area with its total."""
    return {(row[1], 2023): row[2] for row in rows if str(row[1]).startswith("1488")}


def _by_age(rows: list[tuple]) -> dict[tuple[str, int], int]:
    """000005FF: one row per area, the total of all ages first."""
    return {(row[0], 2022): row[1] for row in rows if str(row[0]).startswith("1488")}


@pytest.mark.parametrize(
    ("name", "inhabitants"),
    [
        ("000005FC_20240806-102837.xlsx", _by_region_and_sex),
        ("000005FF_20240813-152010.xlsx", _by_age),
    ],
)
def test_scbs_older_excel_exports_are_told_to_be_of_older_borders(
    place, bring, shared_data, name, inhabitants
):
    path = shared_data / "scb_excel" / name
    book = openpyxl.load_workbook(path, read_only=True)
    expected = inhabitants(list(book.worksheets[0].iter_rows(values_only=True)))
    book.close()
    before = read.population(place.engine)
    report = bring(TableKind.POPULATION, path, source="SCB")
    assert (report.quarantined, report.new) == (len(expected), 0) == (32, 0)
    assert report.read == report.quarantined + sum(count for _, count, _ in report.aside)
    assert {fault.rule for fault in report.faults} == {TableRule.AREA_VERSION}
    assert {(fault.value, year) for fault in report.faults for _, year in expected} == set(expected)
    assert read.population(place.engine).equals(before)


# --- the police's list ---


def test_the_police_shapefile_is_a_dated_classification_and_no_district(
    place, bring, shared_data, tmp_path
):
    archive = tmp_path / "uso.zip"
    with zipfile.ZipFile(archive, "w") as packed:
        for part in (shared_data / "police_areas").glob("uso_2023.???"):
            packed.write(part, part.name)
    before = read.areas(place.engine)
    report = bring(TableKind.DISTRICTS, archive)
    assert report.read == report.new + report.changed + report.unchanged
    assert report.quarantined == 0
    kept = read.classifications(place.engine)
    names = read.areas(place.engine, AreaLevel.DISTRICT)["name"]
    listed = set(kept["area_code"].map(names).dropna())
    assert {"Kronogården", "Lextorp"} <= listed
    assert kept["valid_from"].notna().all()
    pd.testing.assert_frame_equal(pd.DataFrame(before), pd.DataFrame(read.areas(place.engine)))
    assert bring(TableKind.DISTRICTS, archive).unchanged == report.read


def nonzero(shown: pd.Series) -> dict[str, int]:
    return {code: int(n) for code, n in shown.items() if n}


# --- the same rows in every format ---


def _as(kind: str, frame: gpd.GeoDataFrame, folder: Path) -> Path:
    """Write points as a file of a format, as other programs do."""
    path = folder / f"punkter.{kind}"
    plain = pd.DataFrame(frame.drop(columns="geometry")).assign(
        E=frame.geometry.x, N=frame.geometry.y
    )
    match kind:
        case "csv":
            plain.to_csv(path, sep=";", decimal=",", index=False)
        case "xlsx":
            plain.to_excel(path, index=False)
        case "geojson":
            frame.to_crs(4326).to_file(path, driver="GeoJSON")
        case "gpkg":
            frame.to_file(path, layer="handelser")
        case "zip":
            frame.to_file(folder / "punkter.shp")
            with zipfile.ZipFile(path, "w") as packed:
                for part in folder.glob("punkter.???"):
                    if part != path:
                        packed.write(part, f"mapp/{part.name}")
    return path


@pytest.mark.parametrize("kind", ["csv", "xlsx", "geojson", "gpkg", "zip"])
def test_the_format_of_a_file_changes_nothing(place, bring, geodata, tmp_path, kind):
    districts = gpd.read_file(geodata / "1488" / "districts.gpkg").set_index("name")
    names = [name for name in districts.index for _ in range(len(name))]
    points = [districts.geometry[name].representative_point() for name in names]
    frame = gpd.GeoDataFrame(
        {
            "ID": [f"F{n}" for n in range(len(names))],
            "BROTTSKOD": "0355",
            "INSKRDAT": "2025-04-01",
        },
        geometry=points,
        crs=3006,
    )
    report = bring(TableKind.INCIDENTS, _as(kind, frame, tmp_path))
    assert (report.read, report.matched_by_point) == (len(names), len(names)), report.faults[:2]
    shown = counted(place, date(2025, 4, 1), date(2025, 4, 30), AreaLevel.DISTRICT)
    labels = read.areas(place.engine, AreaLevel.DISTRICT)["name"]
    assert nonzero(shown.rename(labels)) == Counter(names)
