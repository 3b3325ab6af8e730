"""Own text and frozen reports on both databases: edited in turn, frozen for good."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import delete, update

from trygghetskarta.errors import StoreCause, StoreError
from trygghetskarta.store import read, reports
from trygghetskarta.store.engine import writing
from trygghetskarta.store.reports import Place, StoredText
from trygghetskarta.store.schema import report

HERE = Place("lagesbild", "2025", "internal")
THERE = Place("lagesbild", "2025", "public")


def test_own_text_is_kept_for_its_report_and_edited_in_turn(place):
    engine = place.engine
    version = read.version(engine)
    assert reports.save_text(engine, HERE, "analys", "Först.", 0, "samordnare") == 1
    assert reports.save_text(engine, HERE, "analys", "Sedan.", 1, "samordnare") == 2
    with pytest.raises(StoreError) as refused:
        reports.save_text(engine, HERE, "analys", "För sent.", 1, "polis")
    assert refused.value.cause is StoreCause.CHANGED_MEANWHILE
    with pytest.raises(StoreError):
        reports.save_text(engine, HERE, "analys", "Ny.", 0, "polis")
    assert reports.texts(engine, HERE) == {"analys": StoredText("Sedan.", 2)}
    assert reports.texts(engine, THERE) == {}
    assert read.version(engine) == version


def freeze(engine, content: str, fingerprint: str, minute: int = 0) -> str:
    return reports.freeze(
        engine,
        HERE,
        title="Lägesbild 2025",
        content=content,
        fingerprint=fingerprint,
        data_version=7,
        who="samordnare",
        at=datetime(2026, 11, 2, 12, minute, tzinfo=UTC),
    )


def test_a_frozen_report_is_fetched_unchanged_and_frozen_once(place):
    engine = place.engine
    first = freeze(engine, '{"å": 1}', "aa")
    assert freeze(engine, '{"å": 1}', "aa", minute=5) == first
    second = freeze(engine, '{"å": 2}', "bb", minute=9)
    listed = reports.frozen(engine)
    assert listed["report_id"].tolist() == [second, first]
    assert listed["data_version"].tolist() == [7, 7]
    content, fingerprint, at = reports.frozen_content(engine, first)
    assert (content, fingerprint) == ('{"å": 1}', "aa")
    assert at == datetime(2026, 11, 2, 12, 0, tzinfo=UTC)


def test_nobody_changes_or_takes_away_a_frozen_report(place):
    engine = place.engine
    first = freeze(engine, "{}", "aa")
    for statement in (update(report).values(content="{1}"), delete(report)):
        with pytest.raises(StoreError), writing(engine) as connection:
            connection.execute(statement)
    assert reports.frozen_content(engine, first)[0] == "{}"
    with pytest.raises(StoreError) as missing:
        reports.frozen_content(engine, "no such")
    assert missing.value.cause is StoreCause.NOT_FOUND
