"""What the store promises, on both databases: all or nothing, nothing twice, nothing lost."""

import threading

import geopandas as gpd
import pandas as pd
import pytest
from sqlalchemy import inspect, select, text

from tests.workplaces import whole
from trygghetskarta.errors import StoreCause, StoreError, WorkCause, WorkError
from trygghetskarta.intake import intake, receiving
from trygghetskarta.intake.intake import UNDERSTOOD
from trygghetskarta.intake.worker import jobs
from trygghetskarta.intake.worker.budget import Budget
from trygghetskarta.intake.worker.crew import Crew
from trygghetskarta.intake.worker.messages import Job, Parcel
from trygghetskarta.intake.workplace import open_workplace
from trygghetskarta.settings import Settings
from trygghetskarta.store import connect, display_address, read, rehearsed, together, write
from trygghetskarta.store.engine import reading, writing
from trygghetskarta.store.schema import metadata
from trygghetskarta.tables.row_accounts import FileRows, RowAccount
from trygghetskarta.terms.areas import AreaLevel
from trygghetskarta.terms.imports import TableKind

pytestmark = pytest.mark.slow

HEADER = "Id;Brottskod;Inskrivningsdatum;E;N;Antal\n"
ROWS = "".join(
    f"A{n};9801;2025-03-{1 + n % 28:02};{340000 + 37 * n};{6461000 + 11 * n};1\n" for n in range(60)
)


def contents(engine) -> dict[str, list[tuple]]:
    """Every row of every table."""
    with reading(engine) as connection:
        return {
            table.name: sorted(map(str, connection.execute(select(table)).all()))
            for table in metadata.sorted_tables
        }


def test_the_base_data_is_there_and_opening_again_changes_nothing(place, address):
    before = contents(place.engine)
    again = open_workplace(Settings(store=address), place.today)
    assert contents(again.engine) == before
    again.engine.dispose()
    levels = read.areas(place.engine)["area_level"].value_counts()
    assert (levels[AreaLevel.DISTRICT], levels[AreaLevel.REGSO], levels[AreaLevel.DESO]) == (
        15,
        16,
        32,
    )


def test_a_process_that_is_ended_while_it_stores_leaves_the_store_as_it_was(place):
    rows = (f"A{n};9801;2025-03-{1 + n % 28:02};340000;6461000;1" for n in range(20_000))
    parcel = Parcel("a", "uttag.csv", 1)
    contents_of_file = {"a": (HEADER + "\n".join(rows)).encode()}
    crew, before = Crew(), contents(place.engine)

    def work(act, *asked, tell=lambda part: None):
        job = Job(act, (parcel, *asked), "uttag.csv", (parcel,), contents_of_file)
        return crew.run(job, place, Budget(300, 4000), tell, int)

    def end(part: float) -> None:
        if part > UNDERSTOOD:
            crew._working[0].end()

    waiting = work(jobs.look, TableKind.INCIDENTS, None)
    with pytest.raises(WorkError) as caught:
        work(jobs.bring, waiting, "Polisen", None, tell=end)
    assert caught.value.cause is WorkCause.DIED and caught.value.facts["is_changed"] is False
    assert contents(place.engine) == before
    assert work(jobs.bring, waiting, "Polisen", None).new == 20_000
    crew.close()


def test_geometry_comes_back_as_it_went_in(place, geodata):
    kept = read.areas(place.engine, AreaLevel.DISTRICT)
    file = gpd.read_file(geodata / "1488" / "districts.gpkg").set_index("area_code")
    assert kept.crs.to_epsg() == 3006
    assert kept.geometry.geom_equals(file.geometry.loc[kept.index]).all()


def test_points_and_dates_come_back_as_they_went_in(place, bring):
    bring(TableKind.INCIDENTS, HEADER + ROWS)
    kept = read.incident_geometries(place.engine)
    assert sorted(zip(kept.geometry.x, kept.geometry.y, strict=True)) == sorted(
        (340000.0 + 37 * n, 6461000.0 + 11 * n) for n in range(60)
    )
    days = read.incidents(place.engine)["reported_from"]
    assert days.min() == pd.Timestamp("2025-03-01") and days.max() == pd.Timestamp("2025-03-28")


def test_incidents_have_their_coordinates_and_none_without_a_point(place, bring):
    """The last rows have an area, an area and a point, and neither."""
    header = HEADER.replace(";Antal", ";Områdeskod;Antal")
    rows = "".join(
        f"A{n};9801;2025-03-{1 + n % 28:02};{340000 + 37 * n};{6461000 + 11 * n};;1\n"
        for n in range(40)
    )
    rows += "B;9801;2025-03-01;;;1488S012;4\n"
    rows += "C;9801;2025-03-01;341000.25;6461000.125;;1\n"
    rows += "D;9801;2025-03-01;;;;2\n"
    bring(TableKind.INCIDENTS, header + rows)
    kept = read.incidents(place.engine).set_index("uuid")
    points = read.incident_geometries(place.engine).set_index("uuid").geometry
    assert len(kept) == len(points) == 43
    points = points.loc[kept.index]
    known = points.notna().to_numpy()
    assert known.sum() == 41
    assert kept["x"].to_numpy()[known].tolist() == points[known].x.tolist()
    assert kept["y"].to_numpy()[known].tolist() == points[known].y.tolist()
    assert kept.loc[~known, ["x", "y"]].isna().all(axis=None)
    assert (kept["x"].dtype, kept["y"].dtype) == ("float64", "float64")
    assert "geom" not in kept
    by_id = kept.set_index("source_id")
    exact = by_id[["x", "y"]].loc[[name for name in by_id.index if name.startswith("C")]]
    assert exact.to_numpy().tolist() == [[341000.25, 6461000.125]]


def test_a_store_without_incidents_has_no_coordinates(place):
    kept = read.incidents(place.engine)
    assert len(kept) == 0
    assert {"x", "y"} <= set(kept)


def test_the_same_rows_twice_change_nothing_and_keep_the_version(place, bring):
    bring(TableKind.INCIDENTS, HEADER + ROWS)
    before, version = read.incidents(place.engine), read.version(place.engine)
    report = bring(TableKind.INCIDENTS, HEADER + ROWS)
    assert (report.new, report.changed, report.unchanged) == (0, 0, 60)
    assert read.version(place.engine) == version
    pd.testing.assert_frame_equal(before, read.incidents(place.engine))


def test_a_changed_row_keeps_its_identity_and_raises_the_version(place, bring):
    bring(TableKind.INCIDENTS, HEADER + ROWS)
    before, version = read.incidents(place.engine), read.version(place.engine)
    report = bring(TableKind.INCIDENTS, HEADER + ROWS.replace("A7;9801", "A7;0355"))
    after = read.incidents(place.engine)
    assert (report.new, report.changed, report.unchanged) == (0, 1, 59)
    assert set(after["uuid"]) == set(before["uuid"])
    assert read.version(place.engine) > version
    assert (after["offence_code"] == "0355").sum() == 1


@pytest.mark.parametrize("stop_at", [0.3, 0.46, 0.9])
def test_an_import_that_breaks_off_leaves_every_table_as_it_was(place, bring, stop_at):
    bring(TableKind.INCIDENTS, HEADER + ROWS)
    before = contents(place.engine)

    def break_off(part):
        if part >= stop_at:
            raise LookupError

    with pytest.raises(LookupError):
        bring(TableKind.INCIDENTS, HEADER + ROWS.replace("A", "B"), progress=break_off)
    assert contents(place.engine) == before


def test_two_writers_at_once_both_land(place, bring, address):
    faults = []

    def write_some(letter: str, month: str) -> None:
        try:
            own = open_workplace(Settings(store=address), place.today)
            rows = ROWS.replace("A", letter).replace("2025-03", month)
            content = (HEADER + rows).encode()
            waiting = receiving.receive(own, TableKind.INCIDENTS, "uttag.csv", content)
            intake.import_waiting(own, waiting, letter)
            own.engine.dispose()
        except Exception as error:
            faults.append(error)

    months = {"B": "2025-01", "C": "2025-03", "D": "2025-05"}
    threads = [threading.Thread(target=write_some, args=told) for told in months.items()]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert faults == []
    assert len(read.incidents(place.engine)) == 180
    assert read.incidents(place.engine)["uuid"].is_unique


def test_two_that_remember_the_same_columns_at_once_are_not_refused(place, address):
    """One of them was told that the store could not be reached, after its rows were stored."""
    faults = []
    ready = threading.Barrier(4)

    def remember(number: int) -> None:
        own = connect(address)
        try:
            for turn in range(15):
                ready.wait()
                told = {"roles": {"count": f"Antal {number}"}}
                write.save_mapping(own, TableKind.INCIDENTS, f"kolumner {turn}", told)
        except Exception as error:
            faults.append(error)
            ready.abort()
        finally:
            own.dispose()

    threads = [threading.Thread(target=remember, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert faults == []
    for turn in range(15):
        kept = read.mapping(place.engine, TableKind.INCIDENTS, f"kolumner {turn}")
        assert kept["roles"]["count"] in {f"Antal {number}" for number in range(4)}


def test_numbers_that_do_not_balance_are_refused(place, bring):
    bring(TableKind.INCIDENTS, HEADER + ROWS)
    before = contents(place.engine)
    with pytest.raises(StoreError) as refused:
        write.write_batch(
            place.engine,
            TableKind.POPULATION,
            read.population(place.engine).assign(source="x"),
            source="x",
            file_name="x",
            sha256="",
            is_example=False,
            account=RowAccount(FileRows("x", [2]), (), [2]),
        )
    assert refused.value.cause is StoreCause.UNBALANCED
    assert contents(place.engine) == before


@pytest.mark.parametrize("words", ["Robert'); DROP TABLE incident;--", '100 % "öl"', "😀", "\\x00"])
def test_text_is_kept_as_text(place, bring, words):
    quoted = '"' + words.replace('"', '""') + '"'
    bring(TableKind.INCIDENTS, HEADER + f"{quoted};9801;2025-03-01;341000;6461000;1\n")
    with reading(place.engine) as connection:
        kept = connection.execute(text("SELECT source_id FROM incident")).scalar()
    assert words in kept
    assert "incident" in inspect(place.engine).get_table_names()


def test_a_column_mapping_is_kept_and_replaced(place):
    for roles in ({"id": "Nr"}, {"id": "Löpnr", "å": "ö"}):
        write.save_mapping(place.engine, TableKind.INCIDENTS, "a|b", roles)
        assert read.mapping(place.engine, TableKind.INCIDENTS, "a|b") == roles
    assert read.mapping(place.engine, TableKind.SURVEY, "a|b") is None


def test_a_store_of_a_newer_program_is_left_alone(place, address):
    with place.engine.begin() as connection:
        connection.execute(text("UPDATE trygghetskarta_version SET version_num = '9999'"))
    with pytest.raises(StoreError) as refused:
        connect(address)
    assert refused.value.cause is StoreCause.NEWER_THAN_PROGRAM


def test_an_address_is_shown_without_its_password():
    with pytest.raises(StoreError) as refused:
        connect("postgresql://namn:hemligt@127.0.0.1:1/inget")
    assert refused.value.cause is StoreCause.NOT_REACHABLE
    assert "hemligt" not in str(refused.value)


def test_the_shown_address_has_no_folder(place, tmp_path):
    assert str(tmp_path) not in display_address(place.engine)


def test_what_is_rehearsed_has_its_account_and_comes_to_nothing(place, bring, address):
    bring(TableKind.INCIDENTS, HEADER + ROWS)
    before = contents(place.engine)
    changed = (HEADER + ROWS.replace("A7;9801", "A7;0355") + "B;9801;2025-02-30;;;1\n").encode()
    waiting = receiving.receive(place, TableKind.INCIDENTS, "uttag.csv", changed)
    checked = intake.check_waiting(place, waiting, "Polisen")
    assert contents(place.engine) == before
    saved = intake.import_waiting(place, waiting, "Polisen")
    assert checked.numbers() == saved.numbers()
    assert (saved.new, saved.changed, saved.unchanged, saved.quarantined) == (0, 1, 59, 1)


def test_what_is_written_together_is_stored_whole_or_not_at_all(place, address):
    other = connect(address)
    before = read.version(other)
    with pytest.raises(ZeroDivisionError), together(place.engine):
        write.save_mapping(place.engine, TableKind.INCIDENTS, "a", {"roles": {}})
        assert read.mapping(place.engine, TableKind.INCIDENTS, "a") == {"roles": {}}
        raise ZeroDivisionError
    assert read.mapping(other, TableKind.INCIDENTS, "a") is None
    with together(place.engine):
        write.save_mapping(place.engine, TableKind.INCIDENTS, "a", {"roles": {}})
    assert read.mapping(other, TableKind.INCIDENTS, "a") == {"roles": {}}
    with rehearsed(place.engine), together(place.engine):
        write.save_mapping(place.engine, TableKind.INCIDENTS, "b", {"roles": {}})
    assert read.mapping(other, TableKind.INCIDENTS, "b") is None
    assert read.version(other) == before
    other.dispose()


def test_what_is_rehearsed_is_seen_by_itself_and_by_nobody_else(place, address):
    row = pd.DataFrame(
        {"alias": ["Ön"], "area_level": ["district"], "area_code": ["1488S001"]}, dtype="str"
    )
    other = connect(address)
    before = contents(place.engine)
    with rehearsed(place.engine):
        write.write_aliases(place.engine, row, whole(row))
        assert "Ön" in set(read.aliases(place.engine)["alias"])
        assert "Ön" not in set(read.aliases(other)["alias"])
        with pytest.raises(LookupError), writing(place.engine) as connection:
            connection.execute(text("DELETE FROM area_alias"))
            raise LookupError
        assert "Ön" in set(read.aliases(place.engine)["alias"])
    assert contents(place.engine) == before
    write.write_aliases(other, row, whole(row))
    assert "Ön" in set(read.aliases(place.engine)["alias"])
    other.dispose()


def test_districts_are_checked_without_moving_anything(place, bring, geodata):
    bring(TableKind.INCIDENTS, HEADER + ROWS)
    before = contents(place.engine)
    path = geodata / "1488" / "districts.gpkg"
    waiting = receiving.receive_path(place, TableKind.DISTRICTS, path, None)
    checked = intake.check_waiting(place, waiting, "Egna områden")
    assert checked.read == 15
    assert contents(place.engine) == before
