"""Walks and observations on both databases: stored once, edited in turn, never forgotten."""

import json
import threading
import uuid
from datetime import UTC, date, datetime

import geopandas as gpd
import pandas as pd
import pytest
import shapely
from sqlalchemy import select, text

from tests.workplaces import whole
from trygghetskarta import tables
from trygghetskarta.errors import StoreCause, StoreError
from trygghetskarta.example import compose
from trygghetskarta.intake.workplace import open_workplace
from trygghetskarta.settings import Settings
from trygghetskarta.store import read, read_walks, row_changes, write, write_walks
from trygghetskarta.store.engine import reading
from trygghetskarta.store.schema import audit
from trygghetskarta.store.versioned_rows import RowEdition
from trygghetskarta.terms.imports import TableKind

pytestmark = pytest.mark.slow

START = datetime(2026, 10, 2, 19, 0, tzinfo=UTC)
LINES = shapely.from_wkt(
    "MULTILINESTRING ((340000 6461000, 340100 6461000), (340200 6461000, 340200 6461050))"
)


def name(number: int) -> str:
    """A UUID that is the same every time."""
    return str(uuid.UUID(int=number))


def table(contract: tables.Contract, rows: list[dict]) -> gpd.GeoDataFrame:
    """Rows with the types of their contract."""
    blank = tables.empty(contract)
    frame = pd.DataFrame(rows, columns=list(contract.columns))
    for column in contract.columns:
        if column != "geometry":
            frame[column] = frame[column].astype(blank[column].dtype)
    made = gpd.GeoDataFrame(frame, geometry=list(frame["geometry"]), crs=3006)
    tables.require(made, contract)
    return made


def walks(*numbers: int, **values) -> gpd.GeoDataFrame:
    plain = {
        "walk_type": "presence",
        "name": "Kronogården",
        "started_at": START,
        "nothing_to_report": False,
        "removed": 0,
        "source": "Prov",
        "geometry": LINES,
        "length_m": 150.0,
        "vertex_seconds": "[[0, 80], [200, 240]]",
    }
    return table(tables.WALKS, [{**plain, "walk_id": name(n), **values} for n in numbers])


def seen(*numbers: int, **values) -> gpd.GeoDataFrame:
    plain = {
        "observed_at": START,
        "category": "belysning",
        "seriousness": 2,
        "text": "Släckt lykta",
        "voices": 1,
        "status": "ny",
        "has_photo": False,
        "source": "Prov",
        "geometry": shapely.Point(340000, 6461000),
    }
    rows = [{**plain, "observation_id": name(n), **values} for n in numbers]
    return table(tables.OBSERVATIONS, rows)


def no_walks() -> gpd.GeoDataFrame:
    return tables.empty(tables.WALKS)


def no_observations() -> gpd.GeoDataFrame:
    return tables.empty(tables.OBSERVATIONS)


def import_rows(place, kind, rows, **how) -> write.BatchResult:
    plain = {"source": "Prov", "file_name": "f", "sha256": "", "is_example": False}
    return write.write_batch(place.engine, kind, rows, **{**plain, **how}, account=whole(rows))


def row(place, number: int) -> pd.Series:
    return read_walks.one_observation(place.engine, name(number)).iloc[0]


def edition(place, number: int) -> RowEdition:
    return RowEdition(name(number), int(row(place, number)["version"]))


def told(place, number: int) -> list[tuple]:
    lines = read_walks.history(place.engine, name(number))
    lines = lines.astype("object").where(lines.notna(), None)
    return list(zip(lines["field"], lines["before"], lines["after"], lines["who"], strict=True))


def test_everything_comes_back_as_it_went_in(place):
    several = pd.concat([walks(1), walks(2, geometry=None, started_at=None, team="Grupp Norr")])
    first = seen(3, walk_id=name(1), stop=2, factors='{"ljus": 2}', due_date=date(2026, 12, 1))
    both = pd.concat([first, seen(4, geometry=None, category="trygg_plats", seriousness=None)])
    write_walks.save_reports(place.engine, several, both)
    for kept, sent, contract in (
        (read_walks.walks(place.engine), several, tables.WALKS),
        (read_walks.observations(place.engine), both, tables.OBSERVATIONS),
    ):
        tables.require(kept, contract)
        same = kept[list(contract.columns)].drop(columns="geometry")
        expected = sent.reset_index(drop=True).drop(columns="geometry")
        pd.testing.assert_frame_equal(pd.DataFrame(same), pd.DataFrame(expected), check_dtype=False)
        assert kept.geometry.isna().tolist() == sent.geometry.isna().tolist()
        assert kept.geometry[0].equals(sent.geometry.iloc[0])
    assert read_walks.observations(place.engine)["version"].tolist() == [1, 1]


def test_an_empty_store_gives_empty_tables_of_the_right_kind(place):
    for kept, contract in (
        (read_walks.walks(place.engine), tables.WALKS),
        (read_walks.observations(place.engine), tables.OBSERVATIONS),
        (read_walks.network(place.engine), tables.NETWORK),
    ):
        assert len(kept) == 0 and kept.crs.to_epsg() == 3006
        tables.require(kept, contract)
    assert read_walks.history(place.engine).empty
    assert read_walks.photo(place.engine, name(1)) is None


def test_a_report_sent_again_is_stored_once_and_one_that_differs_is_told(place):
    sent = walks(1), seen(2, 3, has_photo=True), {name(2): b"jpeg"}
    first = write_walks.save_reports(place.engine, *sent)
    version = read.version(place.engine)
    again = write_walks.save_reports(place.engine, *sent)
    assert first.new == {name(1), name(2), name(3)} and not first.known
    assert again.known == first.new and not again.new
    assert read.version(place.engine) == version
    other = write_walks.save_reports(place.engine, no_walks(), seen(2, 4, text="Annat"))
    assert (other.new, other.different) == ({name(4)}, {name(2)})
    assert row(place, 2)["text"] == "Släckt lykta"
    assert read_walks.photo(place.engine, name(2)) == b"jpeg"


def test_many_phones_sending_the_same_report_at_once_store_it_once(place, address):
    results, faults = [], []

    def send() -> None:
        try:
            own = open_workplace(Settings(store=address), place.today)
            results.append(write_walks.save_reports(own.engine, walks(1), seen(2)))
            own.engine.dispose()
        except Exception as error:
            faults.append(error)

    run_together(send, 4)
    assert faults == []
    assert sorted(len(result.new) for result in results) == [0, 0, 0, 2]
    assert len(read_walks.observations(place.engine)) == 1


def run_together(task, times: int) -> None:
    threads = [threading.Thread(target=task) for _ in range(times)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def test_the_second_of_two_editors_is_told_and_nothing_is_overwritten(place):
    write_walks.save_reports(place.engine, no_walks(), seen(1))
    read_by_both = RowEdition(name(1), 1)
    assert write_walks.change(place.engine, read_by_both, {"owner": "Eidar AB"}, "samordnare") == 2
    with pytest.raises(StoreError) as refused:
        write_walks.change(place.engine, read_by_both, {"owner": "Annan AB"}, "tekniker")
    assert refused.value.cause is StoreCause.CHANGED_MEANWHILE
    assert (row(place, 1)["owner"], row(place, 1)["version"]) == ("Eidar AB", 2)
    assert told(place, 1) == [("owner", None, "Eidar AB", "samordnare")]


def test_history_keeps_days_and_states_but_no_words_of_the_text(place):
    write_walks.save_reports(place.engine, no_walks(), seen(1, text="Ring 070-174 06 05"))
    edited = {"due_date": date(2026, 12, 1), "text": "Ring oss"}
    write_walks.change(place.engine, RowEdition(name(1), 1), edited, "samordnare", START)
    assert told(place, 1) == [
        ("due_date", None, "2026-12-01", "samordnare"),
        ("text", None, None, "samordnare"),
    ]
    assert read_walks.history(place.engine)["at"].tolist() == [pd.Timestamp(START)] * 2
    with reading(place.engine) as connection:
        for each in ("audit", "observation_change", "observation"):
            rows = connection.execute(text(f"SELECT * FROM {each}")).all()
            assert "070-174" not in str(rows)


def test_a_merge_sums_the_voices_and_can_be_undone(place):
    write_walks.save_reports(place.engine, no_walks(), seen(1, 2, voices=2))
    write_walks.merge(place.engine, RowEdition(name(1), 1), RowEdition(name(2), 1), "samordnare")
    assert (row(place, 1)["voices"], row(place, 2)["merged_into"]) == (4, name(1))
    assert told(place, 1) == [("voices", "2", "4", "samordnare")]
    assert told(place, 2) == [("merged_into", None, name(1), "samordnare")]
    write_walks.unmerge(place.engine, RowEdition(name(2), 2), "samordnare")
    assert row(place, 1)["voices"] == 2 and pd.isna(row(place, 2)["merged_into"])


def test_undoing_a_merge_takes_the_voices_back_all_the_way_up(place):
    write_walks.save_reports(place.engine, no_walks(), seen(1, 2, 3))
    write_walks.merge(place.engine, RowEdition(name(2), 1), RowEdition(name(1), 1), "samordnare")
    write_walks.merge(place.engine, RowEdition(name(3), 1), RowEdition(name(2), 2), "samordnare")
    assert [row(place, n)["voices"] for n in (1, 2, 3)] == [1, 2, 3]
    write_walks.unmerge(place.engine, RowEdition(name(1), 2), "samordnare")
    assert [row(place, n)["voices"] for n in (1, 2, 3)] == [1, 1, 2]


def open_voices(place) -> int:
    """Voices of all findings that speak for themselves."""
    found = read_walks.observations(place.engine)
    return int(found.loc[found["merged_into"].isna(), "voices"].sum())


def voices(place, *numbers: int) -> list[int]:
    return [int(row(place, number)["voices"]) for number in numbers]


def counted_file(**by_number: int) -> gpd.GeoDataFrame:
    """A file whose findings have so many voices: ``n1=2`` is the first finding's two."""
    return pd.concat([seen(int(key[1:]), voices=n) for key, n in by_number.items()])


def test_a_file_that_counts_an_absorbed_finding_anew_is_counted_by_all_that_speak_for_it(place):
    import_rows(place, TableKind.OBSERVATIONS, counted_file(n1=1, n2=3, n3=5))
    write_walks.merge(place.engine, RowEdition(name(2), 1), RowEdition(name(1), 1), "samordnare")
    write_walks.merge(place.engine, RowEdition(name(3), 1), RowEdition(name(2), 2), "samordnare")
    assert voices(place, 1, 2, 3) == [1, 4, 9] and open_voices(place) == 9
    version = read.version(place.engine)
    import_rows(place, TableKind.OBSERVATIONS, counted_file(n1=7, n2=3, n3=5))
    assert voices(place, 1, 2, 3) == [7, 10, 15] and open_voices(place) == 15
    assert read.version(place.engine) != version
    for number, before, after in ((1, "1", "7"), (2, "4", "10"), (3, "9", "15")):
        assert told(place, number)[-1] == ("voices", before, after, row_changes.IMPORT)
    # Every row at once, the speakers too, and two of them with fewer.
    import_rows(place, TableKind.OBSERVATIONS, counted_file(n3=2, n1=4, n2=6))
    assert voices(place, 1, 2, 3) == [4, 10, 12] and open_voices(place) == 12
    again = import_rows(place, TableKind.OBSERVATIONS, counted_file(n3=2, n1=4, n2=6))
    assert again.unchanged == 3 and open_voices(place) == 12
    write_walks.unmerge(place.engine, edition(place, 2), "samordnare")
    assert voices(place, 1, 2, 3) == [4, 10, 2] and open_voices(place) == 12
    write_walks.unmerge(place.engine, edition(place, 1), "samordnare")
    assert voices(place, 1, 2, 3) == [4, 6, 2] and open_voices(place) == 12
    import_rows(place, TableKind.OBSERVATIONS, counted_file(n1=1, n2=1, n3=8))
    assert voices(place, 1, 2, 3) == [1, 1, 8]


def test_undoing_a_merge_after_a_new_file_leaves_nobody_with_fewer_voices_than_none(place):
    import_rows(place, TableKind.OBSERVATIONS, counted_file(n1=1, n2=3))
    write_walks.merge(place.engine, RowEdition(name(1), 1), RowEdition(name(2), 1), "samordnare")
    import_rows(place, TableKind.OBSERVATIONS, counted_file(n1=1, n2=7))
    write_walks.unmerge(place.engine, edition(place, 2), "samordnare")
    assert voices(place, 1, 2) == [1, 7]


def test_invented_findings_take_their_voices_with_them(place):
    """A real one is spoken for by an invented one, which a real one speaks for."""
    import_rows(place, TableKind.OBSERVATIONS, seen(2, voices=3), is_example=True)
    write_walks.save_reports(place.engine, no_walks(), seen(1, 3))
    write_walks.merge(place.engine, edition(place, 2), edition(place, 1), "samordnare")
    write_walks.merge(place.engine, edition(place, 3), edition(place, 2), "samordnare")
    assert voices(place, 1, 2, 3) == [1, 4, 5]
    import_rows(place, TableKind.OBSERVATIONS, seen(4))
    kept = read_walks.observations(place.engine)
    assert kept["merged_into"].isna().all() and kept["voices"].tolist() == [1, 1, 1]
    assert told(place, 1)[-1] == ("merged_into", name(2), None, row_changes.IMPORT)


def test_a_merge_that_cannot_be_changes_neither(place):
    write_walks.save_reports(place.engine, no_walks(), seen(1, 2, 3))
    first, second, third = (RowEdition(name(n), 1) for n in (1, 2, 3))
    write_walks.merge(place.engine, first, second, "samordnare")
    for kept, absorbed, cause in (
        (third, third, StoreCause.NOT_MERGEABLE),
        (third, RowEdition(name(2), 2), StoreCause.NOT_MERGEABLE),
        (third, first, StoreCause.CHANGED_MEANWHILE),
        (third, RowEdition(name(9), 1), StoreCause.NOT_FOUND),
    ):
        before = read_walks.observations(place.engine)
        with pytest.raises(StoreError) as refused:
            write_walks.merge(place.engine, kept, absorbed, "samordnare")
        assert refused.value.cause is cause
        pd.testing.assert_frame_equal(before, read_walks.observations(place.engine))
    with pytest.raises(StoreError):
        write_walks.unmerge(place.engine, third, "samordnare")


def test_a_photo_is_given_replaced_and_taken_away(place):
    write_walks.save_reports(place.engine, no_walks(), seen(1))
    for version, jpeg in enumerate([b"one", b"two", None], start=1):
        edition = RowEdition(name(1), version)
        assert write_walks.put_photo(place.engine, edition, jpeg, "samordnare") == version + 1
        assert read_walks.photo(place.engine, name(1)) == jpeg
        assert row(place, 1)["has_photo"] == (jpeg is not None)
    assert [after for _, _, after, _ in told(place, 1)] == ["True", "True", "False"]


def test_a_file_read_again_changes_nothing_and_never_undoes_what_was_done_here(place):
    import_rows(place, TableKind.OBSERVATIONS, seen(1, 2))
    done = {"status": "atgardad", "owner": "Eidar AB"}
    write_walks.change(place.engine, RowEdition(name(1), 1), done, "samordnare")
    again = import_rows(place, TableKind.OBSERVATIONS, seen(1, 2))
    assert (again.new, again.changed, again.unchanged) == (0, 0, 2)
    assert row(place, 1)["status"] == "atgardad"
    corrected = seen(1, 2, status="pagar", seriousness=4)
    assert import_rows(place, TableKind.OBSERVATIONS, corrected).changed == 2
    first, second = row(place, 1), row(place, 2)
    assert (first["status"], first["owner"], first["seriousness"]) == ("atgardad", "Eidar AB", 4)
    assert (second["status"], second["seriousness"]) == ("pagar", 4)
    assert told(place, 2) == [("status", "ny", "pagar", row_changes.IMPORT)]
    assert import_rows(place, TableKind.OBSERVATIONS, corrected).unchanged == 2


def test_the_audit_tells_what_a_file_changed_and_no_free_words(place):
    for words in ("Ring 070-174 06 05", "Ring oss"):
        import_rows(place, TableKind.OBSERVATIONS, seen(1, text=words))
        import_rows(place, TableKind.WALKS, walks(2, note=words))
    import_rows(place, TableKind.WALKS, walks(2, note="Ring oss", name="Lextorp"))
    with reading(place.engine) as connection:
        lines = connection.execute(select(audit.c.before, audit.c.after).order_by(audit.c.fid))
        lines = [tuple(map(json.loads, line)) for line in lines]
    assert lines == [
        ({"text": None}, {"text": None}),
        ({"note": None}, {"note": None}),
        ({"name": "Kronogården"}, {"name": "Lextorp"}),
    ]


@pytest.mark.slow
def test_the_example_goes_into_both(place, demo_store, demo_folder):
    files = [path for path in demo_folder.rglob("*.*") if "vandring" in path.name]
    compose.import_files(place, [*sorted(files), demo_folder / "observationer.csv"], print)
    assert len(read_walks.walks(place.engine)) == 24
    assert read_walks.walks(place.engine).geometry.notna().all()
    assert (read_walks.observations(place.engine)["status"] != "ny").any()


def test_invented_walks_give_way_together_and_never_come_after_real_ones(place):
    import_rows(place, TableKind.WALKS, walks(1), is_example=True)
    import_rows(place, TableKind.OBSERVATIONS, seen(2, walk_id=name(1)), is_example=True)
    write_walks.put_photo(place.engine, RowEdition(name(2), 1), b"jpeg", "samordnare")
    write_walks.save_reports(place.engine, no_walks(), seen(3))
    write_walks.merge(place.engine, RowEdition(name(2), 2), RowEdition(name(3), 1), "samordnare")
    assert read.overview(place.engine).is_example(TableKind.OBSERVATIONS)
    assert import_rows(place, TableKind.WALKS, walks(4)).examples_removed == 1
    kept = read_walks.observations(place.engine)
    assert kept["observation_id"].tolist() == [name(3)] and kept["merged_into"].isna().all()
    assert read_walks.photo(place.engine, name(2)) is None
    assert not read.overview(place.engine).is_example(TableKind.OBSERVATIONS)
    with pytest.raises(StoreError) as refused:
        import_rows(place, TableKind.OBSERVATIONS, seen(5), is_example=True)
    assert refused.value.cause is StoreCause.EXAMPLES_AFTER_REAL


def test_a_street_network_replaces_the_one_of_the_same_source(place):
    def streets(*ends: int) -> gpd.GeoDataFrame:
        lines = [shapely.LineString([(340000, 6461000), (340000 + end, 6461000)]) for end in ends]
        rows = [{"name": None, "source": "NVDB", "geometry": line} for line in lines]
        return table(tables.NETWORK, rows)

    def lengths() -> list[float]:
        return sorted(read_walks.network(place.engine).geometry.length)

    def replaced(lines: gpd.GeoDataFrame, source: str = "NVDB"):
        return write_walks.replace_network(place.engine, lines, source, whole(lines))

    result = replaced(streets(10, 20, 20))
    assert (result.new, result.removed, result.unchanged) == (2, 0, 0)
    version = read.version(place.engine)
    result = replaced(streets(20, 10))
    assert (result.new, result.removed, result.unchanged) == (0, 0, 2)
    assert read.version(place.engine) == version and lengths() == [10.0, 20.0]
    parts = streets(20).assign(geometry=[LINES])
    result = replaced(parts)
    assert (result.new, result.removed, result.unchanged) == (2, 2, 0)
    assert lengths() == [50.0, 100.0]
    replaced(streets(7).assign(source="Egen"), "Egen")
    assert lengths() == [7.0, 50.0, 100.0]


def test_the_spatial_index_finds_walks_and_observations_by_box(place):
    write_walks.save_reports(place.engine, walks(1), seen(2))
    query = {
        "sqlite": "SELECT count(*) FROM rtree_{t}_geom WHERE maxx >= 339990 AND minx <= 340010",
        "postgresql": "SELECT count(*) FROM {t} WHERE geom && "
        "ST_MakeEnvelope(339990, 6460990, 340010, 6461010, 3006)",
    }[place.engine.dialect.name]
    with reading(place.engine) as connection:
        for layer in ("walk", "observation"):
            assert connection.execute(text(query.format(t=layer))).scalar() == 1
