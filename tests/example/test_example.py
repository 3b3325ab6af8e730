"""The example data: invented rows, real sums, and the same files every time."""

import hashlib

import pandas as pd
import pytest

from trygghetskarta.example import compose
from trygghetskarta.store import connect, read, read_walks
from trygghetskarta.subjects.walks.edit.walk_work import WalkForm, save
from trygghetskarta.terms.imports import TableKind
from trygghetskarta.terms.walks import FindingStatus, ObservationCategory, WalkType

pytestmark = pytest.mark.slow

MARK = "PÅHITTADE EXEMPELDATA"
BURGLARY = r"^(?:08(?:11|16|18|2[0-6]|57|74)|980[12]|9831)$"
"""Codes of burglary at home; Brå's theft (chapter 8, 08xx and 98xx) includes them."""
CHAPTERS = {
    "burglary": BURGLARY,
    "theft": r"^(?:08|98)",
    "person": r"^(?:03|04|05|06|07|93|94|96)",
    "vandalism": r"^12",
    "drugs_weapons": r"^(?:40[28]|412|50(?:05|10|11))",
    "total": r"^\d",
}


@pytest.fixture(scope="module")
def rows(demo_store, demo_folder) -> pd.DataFrame:
    """Every invented incident."""
    paths = sorted(demo_folder.glob("handelser_*.csv"))
    return pd.concat(
        pd.read_csv(path, sep=";", dtype=str, encoding="utf-8-sig") for path in paths
    ).assign(year=lambda frame: frame["Inskrivningsdatum"].str[:4].astype(int))


@pytest.mark.parametrize("category", CHAPTERS)
def test_each_years_sum_is_bras_real_one(rows, geodata, category):
    real = pd.read_csv(geodata / "1488" / "bra_year.csv", sep=";")
    real = real[real["key"] == category].set_index("period")["count"]
    chosen = rows[rows["Brottskod"].str.contains(CHAPTERS[category], regex=True)]
    made = chosen["year"].value_counts()
    assert {year: made[year] for year in range(2021, 2026)} == {
        year: real[year] for year in range(2021, 2026)
    }


def test_each_quarters_sum_is_bras_real_one(rows, geodata):
    real = pd.read_csv(geodata / "1488" / "bra_quarter.csv", sep=";")
    real = real[real["period"].str[:4].astype(int) >= 2021].set_index("period")["count"]
    quarter = pd.PeriodIndex(rows["Inskrivningsdatum"], freq="Q")
    made = pd.Series(1, quarter).groupby(level=0).sum()
    assert {f"{q.year}K{q.quarter}": n for q, n in made.items()} == real.to_dict()


def test_every_row_says_that_it_is_invented(rows):
    assert (rows["Källa"] == MARK).all()
    assert rows["Id"].str.startswith("EX").all() and rows["Id"].is_unique


def test_some_rows_lack_place_or_time_and_burglaries_are_intervals(rows):
    without = (rows["SWEREF99TM_N"].isna() & rows["DeSO.område"].isna()).mean()
    assert 0.02 < without < 0.06
    start = pd.to_datetime(rows["BROTTSDATUMTID_START"])
    end = pd.to_datetime(rows["BROTTSDATUMTID_SLUT"])
    burglary = rows["Brottskod"].str.contains(BURGLARY, regex=True)
    assert ((end - start) > pd.Timedelta(hours=1))[burglary].mean() > 0.4
    assert (end >= start)[start.notna() & end.notna()].all()


def test_all_of_it_is_in_the_store_as_invented(rows, demo_store):
    engine = connect(str(demo_store))
    kept = read.incidents(engine)
    engine.dispose()
    assert len(kept) == len(rows)


def test_the_same_seed_gives_the_same_files_and_another_other_ones(
    place, demo_folder, demo_store, tmp_path
):
    def prints(folder) -> dict[str, str]:
        return {
            path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
            for path in sorted(folder.rglob("*"))
            if path.is_file()
        }

    compose.write_files(place, tmp_path / "same")
    compose.write_files(place, tmp_path / "other", seed=7)
    assert prints(tmp_path / "same") == prints(demo_folder)
    assert (
        prints(tmp_path / "other")["handelser_2025.csv"]
        != prints(demo_folder)["handelser_2025.csv"]
    )


@pytest.fixture(scope="module")
def walked(demo_store):
    """Walks, observations and history of the example."""
    engine = connect(str(demo_store))
    yield (
        read_walks.walks(engine),
        read_walks.observations(engine),
        read_walks.history(engine),
        read.overview(engine),
    )
    engine.dispose()


def test_every_walk_came_in_through_the_ordinary_import_with_its_track(walked, demo_folder):
    walks, seen, _, told = walked
    listed = pd.read_csv(demo_folder / "vandringar.csv", sep=";", dtype=str, encoding="utf-8-sig")
    assert len(walks) == len(listed) == len(list(demo_folder.glob("vandringar/*.gpx")))
    assert walks["participants"].tolist() == listed["Antal vuxna"].astype(int).tolist()
    assert walks.geometry.notna().all() and walks["vertex_seconds"].notna().all()
    assert (walks["walk_type"] == WalkType.AUDIT).sum() == 3
    assert walks["district_code"].notna().all() and seen["district_code"].notna().all()
    assert set(seen["walk_id"]) <= set(walks["walk_id"])
    assert set(walks["source"]) == set(seen["source"]) == {MARK}
    assert told.is_example(TableKind.WALKS) and told.is_example(TableKind.OBSERVATIONS)


def test_a_walk_with_nothing_to_report_has_nothing_reported(walked):
    walks, seen, _, _ = walked
    quiet = walks["nothing_to_report"]
    assert 0 < quiet.sum() < len(walks)
    assert set(walks["walk_id"][~quiet]) == set(seen["walk_id"])


def test_the_findings_have_been_worked_with_and_the_rond_has_its_minutes(walked):
    _, seen, history, _ = walked
    statuses = set(seen["status"])
    assert {FindingStatus.NEW, FindingStatus.ASSIGNED, FindingStatus.DONE} <= statuses
    assert set(history["who"]) == {"samordnare"}
    by_id = seen.set_index("observation_id")
    observed = history["observation_id"].map(by_id["observed_at"])
    assert (history["at"] > observed).all()
    assert history["at"].max() < pd.Timestamp("2026-11-03", tz="UTC")
    minutes = seen[seen["stop"].notna()]
    assert minutes["factors"].notna().all()
    found = minutes[minutes["category"] != ObservationCategory.SAFE]
    assert found["owner"].notna().all() and found["due_date"].notna().all()


def test_invented_walks_stay_out_where_real_ones_are(place, demo_folder, demo_store):
    walk = WalkForm("7b0c8a52-5b1e-4a61-9d0e-0d5a5a3f1cff", WalkType.PRESENCE, "Kronogården")
    save(place, "Prov", walk)
    files = [
        path for path in demo_folder.rglob("*") if "handelser" not in path.name and path.is_file()
    ]
    reports = compose.import_files(place, files, lambda _name, _part: None)
    kinds = {TableKind.SURVEY, TableKind.SURVEY_ANSWERS, TableKind.ACTIONS}
    assert {report.kind for report in reports} == kinds
    assert len(read_walks.walks(place.engine)) == 1
