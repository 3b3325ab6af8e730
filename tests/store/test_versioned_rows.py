"""Every table whose rows are edited, on both databases: made once, changed in turn, followed.

What is declared in ``KEYS`` is tested: its rows are drawn from its own columns.
"""

import itertools
import shutil
import threading
import uuid
from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Any

import psycopg
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import (
    Boolean,
    Column,
    Connection,
    Engine,
    Float,
    Integer,
    Table,
    Text,
    delete,
    select,
    update,
)

from tests.properties import examples
from trygghetskarta.errors import StoreCause, StoreError
from trygghetskarta.store import change_log, connect, read
from trygghetskarta.store.declared_tables import own_columns
from trygghetskarta.store.engine import reading, writing
from trygghetskarta.store.plain_rows import plain_shapes
from trygghetskarta.store.schema import (
    CLIENT_MADE,
    CONTRACTS,
    GEOMETRY_KINDS,
    HISTORIES,
    KEYS,
    metadata,
)
from trygghetskarta.store.types import Day, Moment
from trygghetskarta.store.versioned_rows import change_row, current, find, insert_once, remove_row

pytestmark = pytest.mark.slow

EDITED = [metadata.tables[name] for name in KEYS]
FOLLOWED = [metadata.tables[name] for name in HISTORIES]
WHO = "samordnare"
WORDS = st.text(st.characters(codec="utf-8", exclude_characters="\x00"), max_size=9)
KINDS = {
    Text: WORDS,
    Integer: st.integers(-9, 2**31 - 1),
    Float: st.floats(allow_nan=False, allow_infinity=False),
    Boolean: st.booleans(),
    Day: st.dates(date(1900, 1, 1)),
    Moment: st.datetimes(datetime(1900, 1, 1)).map(
        lambda moment: moment.replace(microsecond=0, tzinfo=UTC)
    ),
}
NUMBERS = itertools.count(9000)
"""Keys that are numbers, each once."""
CORNERS = [(340000, 6461000), (340100, 6461000), (340100, 6461100)]
SHAPES = {
    "POINT": st.builds(shapely.Point, st.sampled_from(CORNERS)),
    "LINESTRING": st.builds(shapely.LineString, st.permutations(CORNERS)),
    "MULTILINESTRING": st.builds(shapely.LineString, st.permutations(CORNERS)),
    "MULTIPOLYGON": st.integers(1, 9).map(lambda size: shapely.Point(CORNERS[0]).buffer(size)),
}


@pytest.fixture(
    scope="module", params=["geopackage", pytest.param("postgis", marks=pytest.mark.postgres)]
)
def store(request, base_store, tmp_path_factory) -> Iterator[Engine]:
    """One store for all: every row has a key of its own."""
    if request.param == "postgis":
        server, base = (request.getfixturevalue(name) for name in ("postgres", "base_database"))
        with psycopg.connect(f"{server}/postgres", autocommit=True) as asked:
            asked.execute(f"CREATE DATABASE edited TEMPLATE {base}")
        address = f"{server}/edited"
    else:
        address = str(shutil.copy(base_store, tmp_path_factory.mktemp("edited") / "store.gpkg"))
    engine = connect(address)
    yield engine
    engine.dispose()


def by_table(tables: list[Table]) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("table", tables, ids=[table.name for table in tables])


def drawn(column: Column, data: st.DataObject) -> Any:
    """A value that a column may have."""
    shape = GEOMETRY_KINDS.get(column.table.name) if column.name == "geom" else None
    kind = SHAPES[shape] if shape else KINDS[type(column.type)]
    return data.draw(st.none() | kind if column.nullable else kind, label=column.name)


def new_values(table: Table, data: st.DataObject) -> dict[str, Any]:
    """New values by column, of those that do not name a row or point to another."""
    return {
        column.name: drawn(column, data)
        for column in own_columns(table)
        if column.name not in KEYS[table.name] and not column.foreign_keys
    }


def new_key(table: Table, data: st.DataObject) -> dict[str, Any]:
    """What names a row that is nowhere yet."""
    columns = [table.c[name] for name in KEYS[table.name]]
    fresh = {Text: str(uuid.uuid4()), Integer: next(NUMBERS)}
    return {column.name: fresh.get(type(column.type)) or drawn(column, data) for column in columns}


def plain(table: Table, values: dict[str, Any]) -> dict[str, Any]:
    if "geom" not in values:
        return values
    return {**values, "geom": plain_shapes([values["geom"]], table)[0]}


def new_row(connection: Connection, table: Table, data: st.DataObject) -> dict[str, Any]:
    """A row to insert, and what it points to, inserted."""
    row = {**plain(table, new_values(table, data)), **new_key(table, data)}
    for column in own_columns(table):
        for key in column.foreign_keys:
            row[column.name] = new_row(connection, key.column.table, data)[key.column.name]
    if table.name in CONTRACTS:
        row["content_hash"] = "of the file"
    assert insert_once(connection, table, row)
    return row


def stored(store: Engine, table: Table, row: dict[str, Any]) -> dict[str, Any] | None:
    with reading(store) as connection:
        return find(connection, table, *(row[name] for name in KEYS[table.name]))


def changed(store: Engine, table: Table, row: dict[str, Any], version: int, values) -> int:
    """Change a row as somebody who has read a version."""
    with writing(store) as connection:
        identity = (row[name] for name in KEYS[table.name])
        before = current(connection, table, *identity, version=version)
        return change_row(connection, table, before, values, WHO)


def refusal(store: Engine, table: Table, row: dict[str, Any], version: int) -> StoreCause:
    with pytest.raises(StoreError) as refused:
        changed(store, table, row, version, {})
    assert refused.value.facts["table"] == table.name
    return refused.value.cause


def told(store: Engine, table: Table, row: dict[str, Any]) -> list[tuple]:
    lines = change_log.history(store, table, row[KEYS[table.name][0]])
    assert set(lines["who"]) <= {WHO}
    lines = lines.astype("object").where(lines.notna(), None)
    return list(zip(lines["field"], lines["before"], lines["after"], strict=True))


@by_table(EDITED)
@examples(8)
@given(data=st.data())
def test_a_row_is_made_once_and_changed_by_who_has_read_the_latest(store, table, data):
    with writing(store) as connection:
        row = new_row(connection, table, data)
        again = {**row, **plain(table, new_values(table, data))}
        assert not insert_once(connection, table, again)
    first = stored(store, table, row)
    assert first["version"] == 1
    assert table.name not in CLIENT_MADE or first["uuid"] == row[KEYS[table.name][0]]
    assert plain(table, {name: first[name] for name in row}) == row
    values = new_values(table, data)
    differing = [name for name in values if not same(values[name], first[name])]
    count = read.version(store)
    assert changed(store, table, row, 1, values) == (2 if differing else 1)
    second = stored(store, table, row)
    assert all(same(second[name], values[name]) for name in values)
    is_counted = bool(differing) and table.name in CONTRACTS
    assert (read.version(store) > count) is is_counted
    if differing:
        assert refusal(store, table, row, 1) is StoreCause.CHANGED_MEANWHILE
    assert changed(store, table, row, second["version"], values) == second["version"]
    assert stored(store, table, row) == second
    if table.name in HISTORIES:
        silent = HISTORIES[table.name].silent
        assert told(store, table, row) == [
            (name, None, None)
            if name in silent
            else (name, *(None if one is None else str(one) for one in (first[name], values[name])))
            for name in differing
        ]


def same(one: object, other: object) -> bool:
    if isinstance(one, shapely.Geometry) and isinstance(other, shapely.Geometry):
        return bool(one.equals(other))
    return one == other


@by_table([table for table in EDITED if "deleted_at" in table.c])
@examples(3)
@given(data=st.data())
def test_what_is_removed_is_out_of_every_list_and_kept(store, table, data):
    with writing(store) as connection:
        row = new_row(connection, table, data)
    before = stored(store, table, row)
    with writing(store) as connection:
        remove_row(connection, table, before, WHO)
        assert not insert_once(connection, table, row)
    assert stored(store, table, row) is None
    assert refusal(store, table, row, 2) is StoreCause.NOT_FOUND
    with reading(store) as connection:
        left = (
            connection.execute(select(table).where(table.c.fid == before["fid"])).mappings().one()
        )
    assert (left["version"], left["deleted_at"] is None) == (2, False)
    if table.name in HISTORIES:
        assert told(store, table, row) == [("removed", before.get("status"), None)]


@by_table(EDITED)
@settings(max_examples=1)
@given(data=st.data())
def test_of_many_editors_at_once_exactly_one_is_first(store, table, data):
    with writing(store) as connection:
        row = new_row(connection, table, data)
    edited = next(one for one in own_columns(table) if is_editable(one))
    name = edited.name
    outcomes = []

    def edit() -> None:
        value = edited.type.python_type(threading.get_native_id())
        try:
            changed(store, table, row, 1, {name: value})
            outcomes.append(value)
        except StoreError as error:
            outcomes.append(error.cause)

    threads = [threading.Thread(target=edit) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert outcomes.count(StoreCause.CHANGED_MEANWHILE) == 3
    assert stored(store, table, row)[name] in outcomes
    assert table.name not in HISTORIES or len(told(store, table, row)) == 1


def is_editable(column: Column) -> bool:
    is_key = column.name in KEYS[column.table.name]
    return type(column.type) in (Text, Float) and not is_key and not column.foreign_keys


@by_table(FOLLOWED)
@pytest.mark.parametrize("statement", [delete, lambda lines: update(lines).values(who="annan")])
@settings(max_examples=1)
@given(data=st.data())
def test_a_history_is_append_only(store, table, statement, data):
    with writing(store) as connection:
        row = new_row(connection, table, data)
        change_log.tell(connection, table, row[KEYS[table.name][0]], WHO, {"status": ("a", "b")})
    with pytest.raises(StoreError), writing(store) as connection:
        connection.execute(statement(HISTORIES[table.name].lines))
    assert told(store, table, row) == [("status", "a", "b")]
