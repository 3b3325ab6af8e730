"""A quarantined row is dismissed for a reason and put back, on both engines; nothing is lost."""

import pytest
from sqlalchemy import select

from trygghetskarta.errors import StoreCause, StoreError
from trygghetskarta.intake import dismissals, status
from trygghetskarta.store import read
from trygghetskarta.store.engine import reading
from trygghetskarta.store.schema import audit
from trygghetskarta.terms.imports import TableKind

WHO = "handläggare"
FILE = (
    "Id;Brottskod;Inskrivningsdatum;Stadsdel\nA1;9801;2025-03-01;Sylte\n"
    "B1;9801;2025-02-30;Lextorp\nSumma;;;\n"
)


@pytest.fixture
def waiting(place, bring):
    """Quarantine ids of two rows: one to put right, one that is none."""
    report = bring(TableKind.INCIDENTS, FILE)
    assert (report.read, report.new, report.quarantined) == (3, 1, 2)
    return status.quarantine(place).rows["quarantine_id"].tolist()


def actions(place):
    query = select(audit.c.action).where(audit.c.table_name == "quarantine").order_by(audit.c.fid)
    with reading(place.engine) as connection:
        return connection.execute(query).scalars().all()


def test_who_when_and_why_are_kept_apart(place, waiting):
    before, batches = status.fingerprint(place), read.batches(place.engine)
    assert dismissals.dismiss(place, [waiting[1]], "  summarad,\n inget brott ", WHO) == 1
    assert status.quarantine(place).rows["quarantine_id"].tolist() == [waiting[0]]
    (apart,) = dismissals.dismissed(place).itertuples()
    assert (apart.quarantine_id, apart.dismissed_for) == (waiting[1], "summarad, inget brott")
    assert (apart.dismissed_by, apart.raw["Id"]) == (WHO, "Summa")
    assert apart.dismissed_at.tzinfo is not None
    assert status.describe(place).quarantined == 1
    assert status.fingerprint(place) != before
    assert read.batches(place.engine).equals(batches)
    assert dismissals.dismiss(place, [waiting[1], "okänd"], "igen", WHO) == 0
    assert dismissals.dismissed(place)["dismissed_for"].tolist() == ["summarad, inget brott"]


def test_it_is_undone_and_told(place, waiting):
    dismissals.dismiss(place, waiting, "dubbletter", WHO)
    assert dismissals.restore(place, [waiting[0]]) == 1
    assert status.quarantine(place).rows["quarantine_id"].tolist() == [waiting[0]]
    assert dismissals.restore(place, [waiting[0]]) == 0
    assert actions(place) == ["dismiss", "dismiss", "restore"]


def test_the_same_file_again_does_not_bring_it_back(place, bring, waiting):
    dismissals.dismiss(place, [waiting[1]], "summarad", WHO)
    again = bring(TableKind.INCIDENTS, FILE)
    assert (again.read, again.unchanged, again.quarantined) == (3, 1, 2)
    assert status.quarantine(place).rows["quarantine_id"].tolist() == [waiting[0]]
    assert len(dismissals.dismissed(place)) == 1


@pytest.mark.parametrize(
    ("reason", "cause"),
    [
        (" \n", StoreCause.DISMISSAL_UNEXPLAINED),
        ("gäller 19121212-1212", StoreCause.DISMISSAL_PERSONAL),
    ],
)
def test_a_reason_that_is_none(place, waiting, reason, cause):
    with pytest.raises(StoreError) as refused:
        dismissals.dismiss(place, waiting, reason, WHO)
    assert refused.value.cause is cause
    assert len(status.quarantine(place).rows) == 2
