"""Rows come in chunks: what is new, changed and the same is told right over their borders."""

import json

import numpy as np
import pandas as pd
import pytest
from sqlalchemy import select

from tests.workplaces import whole
from trygghetskarta.intake import accounts
from trygghetskarta.store import late_index, read, rehearsed, row_changes, schema, write
from trygghetskarta.store.engine import reading
from trygghetskarta.store.versioned_rows import new_identities
from trygghetskarta.terms.doubts import DoubtKind
from trygghetskarta.terms.imports import TableKind

pytestmark = pytest.mark.slow

HEADER = "Id;Brottskod;Inskrivningsdatum;E;N;Antal\n"
COUNT = 50


@pytest.fixture(autouse=True)
def small_chunks(monkeypatch):
    """Sixteen rows at a time, and twenty are many."""
    monkeypatch.setattr(row_changes, "_CHUNK", 16)
    monkeypatch.setattr(late_index, "_MANY", 20)


def file(**changed: str) -> str:
    """Incidents; of some, what they are instead: ``A7="0355;2025-03-08;340000;6461000"``."""
    lines = {
        f"A{n}": f"9801;2025-03-{1 + n % 28:02};{340000 + 37 * n};{6461000 + 11 * n}"
        for n in range(COUNT)
    }
    return HEADER + "".join(f"{name};{line};1\n" for name, line in {**lines, **changed}.items())


def stored(place) -> pd.DataFrame:
    with reading(place.engine) as connection:
        rows = connection.execute(select(schema.incident)).mappings().all()
    table = pd.DataFrame([dict(row) for row in rows])
    return table.assign(own=table["source_id"].str.partition("#")[0]).set_index("own")


def lines(place) -> list[dict]:
    """What the audit says of incidents."""
    with reading(place.engine) as connection:
        table = schema.audit
        told = select(table).where(table.c.table_name == "incident").order_by(table.c.fid)
        return [dict(row) for row in connection.execute(told).mappings()]


def numbers(report) -> tuple[int, int, int]:
    return report.new, report.changed, report.unchanged


def test_every_row_of_every_chunk_is_there_once_with_its_own_identity(place, bring):
    seen = []
    report = bring(TableKind.INCIDENTS, file(), progress=seen.append)
    assert numbers(report) == (COUNT, 0, 0)
    table = stored(place)
    assert len(table) == table["uuid"].nunique() == COUNT
    assert set(table["version"]) == {1} and set(table["batch"]) == {report.batch}
    assert (table["created_at"] == table["updated_at"]).all() and table["deleted_at"].isna().all()
    # Sixteen, 32, 48 and all 50 of them, in the part of the bar that is for storing.
    told = [0.45 + 0.55 * rows / COUNT for rows in (16, 32, 48, 50)]
    assert seen[-5:-1] == pytest.approx(told) and seen == sorted(seen)
    assert lines(place) == []


def test_rows_that_changed_are_the_next_version_and_told_of_one_by_one(place, bring):
    bring(TableKind.INCIDENTS, file())
    before = stored(place)
    changed = {
        "A3": "0355;2025-03-04;340111;6461033",
        "A15": "9801;2025-03-16;340999;6461999",
        "A16": "9801;2025-03-17;;",
        "A49": "0355;2025-03-22;340000;6460000",
        "B1": "9801;2025-03-01;340000;6460000",
    }
    report = bring(TableKind.INCIDENTS, file(**changed))
    assert numbers(report) == (1, 4, COUNT - 4)
    after = stored(place)
    names = [name for name in changed if name != "B1"]
    assert (after.loc[before.index, "uuid"] == before["uuid"]).all()
    assert (after.loc[names, "version"] == 2).all() and (after["version"] == 2).sum() == 4
    assert set(after.loc[names, "batch"]) == {report.batch}
    assert (after.loc[names, "updated_at"] > before.loc[names, "updated_at"]).all()
    assert (after.loc[names, "created_at"] == before.loc[names, "created_at"]).all()
    assert after.loc["A3", "offence_code"] == "0355" and after.loc["A16", "geom"] is None
    assert (after.loc["A15", "geom"].x, after.loc["A15", "geom"].y) == (340999, 6461999)
    untouched = before.index.difference(names)
    for name in ("batch", "updated_at", "content_hash", "geom"):
        assert (after.loc[untouched, name] == before.loc[untouched, name]).all()
    told = {line["row_uuid"]: line for line in lines(place)}
    assert len(told) == len(lines(place)) == 4
    assert {line["batch"] for line in told.values()} == {report.batch}
    of_code = told[before.loc["A3", "uuid"]]
    assert json.loads(of_code["before"])["offence_code"] == "9801"
    assert json.loads(of_code["after"])["offence_code"] == "0355"
    assert "geom" not in json.loads(of_code["after"])
    moved = json.loads(told[before.loc["A15", "uuid"]]["after"])
    assert moved["geom"] == "POINT (340999 6461999)" and "offence_code" not in moved
    assert json.loads(told[before.loc["A16", "uuid"]]["after"])["geom"] is None


def test_the_same_file_again_changes_nothing(place, bring):
    bring(TableKind.INCIDENTS, file())
    before, version = stored(place), read.version(place.engine)
    assert numbers(bring(TableKind.INCIDENTS, file())) == (0, 0, COUNT)
    pd.testing.assert_frame_equal(stored(place), before)
    assert read.version(place.engine) == version


def test_the_same_case_of_another_source_is_another_row(place, bring):
    bring(TableKind.INCIDENTS, file())
    with pytest.raises(accounts.UnconfirmedError):
        bring(TableKind.INCIDENTS, file(), source="Kameror")
    anyhow = {"source": "Kameror", "confirmed": {DoubtKind.OTHER_SOURCE}}
    assert numbers(bring(TableKind.INCIDENTS, file(), **anyhow)) == (COUNT, 0, 0)
    assert len(stored(place)) == 2 * COUNT


def test_rows_named_by_several_columns_are_known_again_in_every_chunk(place):
    def bring_people(table: pd.DataFrame) -> tuple[int, int, int]:
        told = {"source": "SCB", "file_name": "a.csv", "sha256": "", "is_example": False}
        kind, account = TableKind.POPULATION, whole(table)
        return numbers(write.write_batch(place.engine, kind, table, account=account, **told))

    people = read.population(place.engine).reset_index(drop=True)
    assert len(people) > 3 * 16
    assert bring_people(people) == (0, 0, len(people))
    more = people.assign(population=people["population"] + (people.index % 20 == 0))
    changed = -(-len(people) // 20)
    assert bring_people(more) == (0, changed, len(people) - changed)
    stored_now = read.population(place.engine)["population"]
    assert stored_now.tolist() == more["population"].tolist()


def test_what_is_rehearsed_is_counted_and_not_written(place, bring):
    bring(TableKind.INCIDENTS, file())
    before = stored(place)
    with rehearsed(place.engine):
        report = bring(
            TableKind.INCIDENTS, file(A3="0355;2025-03-04;340111;6461033", B="9801;2025-03-01;;")
        )
    assert numbers(report) == (1, 1, COUNT - 1)
    pd.testing.assert_frame_equal(stored(place), before)


def test_identities_are_random_uuids_in_order():
    drawn = list(new_identities(5000))
    assert drawn == sorted(drawn) and len(set(drawn)) == 5000
    assert {(one[14], len(one)) for one in drawn} == {("4", 36)}
    assert {one[19] for one in drawn} == set("89ab")
    first = np.array([int(one[:8], 16) for one in drawn]) / 2**32
    # Spread over all there are: their mean has a standard error of 0.004.
    assert abs(first.mean() - 0.5) < 0.03
    assert not set(drawn) & set(new_identities(5000))
