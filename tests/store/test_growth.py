"""A column that is declared later: in an old store, in its rows, and in what counts as changed."""

import pandas as pd
import pytest
from sqlalchemy import Column, Integer, MetaData, Text, inspect, text

from trygghetskarta import tables
from trygghetskarta.store import connect, growth, plain_rows, read_walks, schema
from trygghetskarta.tables import Contract
from trygghetskarta.tables.contract import whole

pytestmark = pytest.mark.slow

LATER = Contract(
    "observations",
    {**tables.OBSERVATIONS.columns, "visibility": whole(minimum=1, maximum=3, later=True)},
    key=tables.OBSERVATIONS.key,
)


@pytest.fixture
def later(monkeypatch):
    """A program that knows one column more than the one that made the store."""
    known = MetaData()
    table = schema.observation.to_metadata(known)
    table.append_column(Column("visibility", Integer))
    monkeypatch.setattr(growth, "metadata", known)
    monkeypatch.setitem(schema.CONTRACTS, "observation", LATER)
    return table


def test_an_earlier_store_gets_the_column_when_it_is_opened(address, later, monkeypatch):
    with monkeypatch.context() as earlier:
        earlier.setitem(schema.CONTRACTS, "observation", tables.OBSERVATIONS)
        connect(address).dispose()
    for _ in range(2):
        engine = connect(address)
        names = inspect(engine).get_columns if engine.dialect.name == "sqlite" else None
        with engine.connect() as connection:
            got = connection.execute(text("SELECT * FROM observation LIMIT 0")).keys()
            assert growth.missing_columns(connection) == []
        assert list(got).count("visibility") == 1
        if names:
            kinds = {one["name"]: one["type"] for one in names("observation")}
            assert isinstance(kinds["visibility"], Integer)
        assert read_walks.observations(engine).empty
        engine.dispose()


def test_a_row_from_before_is_the_same_row(monkeypatch):
    table = pd.DataFrame({"alias": ["Sylte"], "area_level": ["stadsdel"], "area_code": ["S1"]})
    (before,) = plain_rows.plain_rows(table, schema.area_alias, "")
    known = MetaData()
    target = schema.area_alias.to_metadata(known)
    target.append_column(Column("remark", Text))
    told = {**tables.ALIASES.columns, "remark": tables.Column(tables.ColumnType.TEXT, later=True)}
    monkeypatch.setitem(schema.CONTRACTS, "area_alias", Contract("aliases", told, ("alias",)))
    digests = [
        plain_rows.plain_rows(table.assign(remark=remark), target, "")[0]["content_hash"]
        for remark in (None, "ny", "annan")
    ]
    assert digests[0] == before["content_hash"]
    assert len(set(digests)) == 3


@pytest.mark.parametrize("how", [{"required": True}, {"shape": "POINT"}, {"indexed": True}])
def test_what_cannot_be_added_is_not_declared_as_later(how):
    with pytest.raises(ValueError, match="later column"):
        tables.Column(tables.ColumnType.TEXT, later=True, **how)
