"""What an earlier version stored opens, and gives the same files as it gave then."""

from datetime import date

import pytest

from tests import record
from trygghetskarta.store import connect


@pytest.fixture(scope="module")
def kept(tmp_path_factory):
    """The record, and its store brought up to date."""
    told = record.load()
    path = tmp_path_factory.mktemp("record") / record.STORE
    path.write_bytes(told.store)
    connect(str(path)).dispose()
    return told, path


def test_every_row_of_the_store_is_still_there(kept):
    told, path = kept
    now = record.rows(path)
    assert {name: now.get(name) for name in told.rows} == told.rows
    assert sum(told.rows.values()) > 1000


@pytest.mark.slow
def test_every_file_says_what_it_said(kept):
    told, path = kept
    with record.visiting(path) as visitor:
        files = record.make_files(visitor, record.walk_of(path))
    for name, before in told.files.items():
        assert record.told(name, files[name], date.today()) == before, name
