"""What an earlier version stored opens, and gives the same files as it gave then."""

from datetime import UTC, datetime

import pytest

from tests import record
from trygghetskarta import settings
from trygghetskarta.store import connect

RECORDED = datetime(2026, 11, 30, 12, tzinfo=UTC)
"""When the files were made that the record tells of."""


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
def test_every_file_says_what_it_said(kept, monkeypatch):
    """On the day of the record: files tell the day they are made, and days since then."""
    told, path = kept
    monkeypatch.setattr(settings, "now", lambda: RECORDED)
    with record.visiting(path) as visitor:
        files = record.make_files(visitor, record.walk_of(path))
    for name, before in told.files.items():
        assert record.told(name, files[name], settings.today()) == before, name
