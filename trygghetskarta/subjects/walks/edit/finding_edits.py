"""The work with one finding: who sees to it, until when, and how far it has come.

Whatever somebody writes is screened first, as in :mod:`walk_work`; an edit of a version that is no
longer the latest is refused.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime

import pandas as pd

from trygghetskarta.errors import StoreCause, StoreError
from trygghetskarta.gate.screening import Changed, Warned, clean
from trygghetskarta.intake.workplace import Workplace
from trygghetskarta.store import read_walks, write_walks
from trygghetskarta.store.versioned_rows import RowEdition
from trygghetskarta.subjects.walks.edit.walk_work import screened
from trygghetskarta.terms.walks import FindingStatus

_WAITING = (FindingStatus.NEW, FindingStatus.REOPENED)
_AT_WORK = (FindingStatus.ASSIGNED, FindingStatus.ONGOING)
_OPEN = (*_WAITING, *_AT_WORK)
_WORKING = (FindingStatus.ASSIGNED, FindingStatus.ONGOING, FindingStatus.DONE, FindingStatus.CLOSED)


@dataclass(frozen=True)
class Handling:
    """How a finding is to be seen to, all of it.

    Attributes
    ----------
    owner
        Administration or company; empty for none.
    due_date
        When it is to be remedied, None for no such day.
    status
        How far it has come.
    reason
        Why it is closed without an action, or any other word on the status.
    text
        What was seen, corrected; the words before are not kept. None leaves it as it is.
    """

    owner: str
    due_date: date | None
    status: FindingStatus
    reason: str = ""
    text: str | None = None


def handle(
    place: Workplace,
    edition: RowEdition,
    wanted: Handling,
    who: str,
    *,
    despite_warnings: bool = False,
) -> Changed:
    """Change owner, due date, status, reason and text in one step; the history names each.

    A new or reopened finding that is given an owner becomes assigned. Only what differs from what
    is stored is screened and written.

    Parameters
    ----------
    place, edition, who, despite_warnings
        As for :func:`assign`.
    wanted
        What is to stand afterwards.

    Raises
    ------
    StoreError
        ``OWNER_MISSING`` for an assigned finding without owner, and when an owner is taken away;
        ``REASON_MISSING``, ``STATUS_STEP``; ``CHANGED_MEANWHILE``; ``NOT_FOUND``. Nothing is
        changed then.
    """
    before = _current(place, edition)
    status, now = FindingStatus(before["status"]), wanted.status
    owner, reason = clean(wanted.owner), clean(wanted.reason)
    known = _word(before["owner"])
    if owner and owner != known:
        if now is status and status not in (*_WAITING, *_AT_WORK):
            raise StoreError(StoreCause.STATUS_STEP, before=status, after=FindingStatus.ASSIGNED)
        if now is status and status in _WAITING:
            now = FindingStatus.ASSIGNED
    if now is not status:
        _check_step(status, now)
    if not owner and (known or now is FindingStatus.ASSIGNED):
        raise StoreError(StoreCause.OWNER_MISSING)
    if now is FindingStatus.CLOSED and not reason:
        raise StoreError(StoreCause.REASON_MISSING)
    values = {
        "owner": owner,
        "due_date": wanted.due_date,
        "status": now.value,
        "status_reason": reason,
    }
    new = {name: value for name, value in values.items() if value != _word(before[name])}
    if wanted.text is not None and clean(wanted.text) != clean(_word(before["text"])):
        new["text"] = clean(wanted.text)
    return _edit(place, edition, new, who, None, despite_warnings)


def assign(
    place: Workplace,
    edition: RowEdition,
    owner: str,
    who: str,
    *,
    due_date: date | None = None,
    at: datetime | None = None,
    despite_warnings: bool = False,
) -> Changed:
    """Give an open finding an owner, and a due date when one is told.

    Parameters
    ----------
    place
        The workplace.
    edition
        The finding as it was read.
    owner
        Administration or company; what looks like a person's name is warned of.
    who
        Role of the editor, never a name.
    due_date
        None leaves it as it is.
    at
        When it was done, None for now.
    despite_warnings
        As for :func:`save`.

    Raises
    ------
    StoreError
        ``OWNER_MISSING``; ``STATUS_STEP`` when it is ended; ``CHANGED_MEANWHILE`` when somebody
        else was first; ``NOT_FOUND``.
    """
    if not clean(owner):
        raise StoreError(StoreCause.OWNER_MISSING)
    before = _current(place, edition)
    status = FindingStatus(before["status"])
    after = status if status is FindingStatus.ONGOING else FindingStatus.ASSIGNED
    _check_step(status, after)
    values = {"owner": clean(owner), "status": after.value}
    if due_date is not None:
        values["due_date"] = due_date
    return _edit(place, edition, values, who, at, despite_warnings)


def set_status(
    place: Workplace,
    edition: RowEdition,
    status: FindingStatus,
    who: str,
    *,
    reason: str = "",
    at: datetime | None = None,
    despite_warnings: bool = False,
) -> Changed:
    """Tell how far a finding has come; parameters as for :func:`assign`.

    Parameters
    ----------
    status
        One of :func:`next_statuses`.
    reason
        Demanded when it is closed without an action; replaces the reason before.

    Raises
    ------
    StoreError
        ``STATUS_STEP``, ``OWNER_MISSING``, ``REASON_MISSING``; else as :func:`assign`.
    """
    before = _current(place, edition)
    _check_step(FindingStatus(before["status"]), status)
    if status is FindingStatus.ASSIGNED and pd.isna(before["owner"]):
        raise StoreError(StoreCause.OWNER_MISSING)
    if status is FindingStatus.CLOSED and not clean(reason):
        raise StoreError(StoreCause.REASON_MISSING)
    values = {"status": status.value, "status_reason": clean(reason)}
    return _edit(place, edition, values, who, at, despite_warnings)


def remove_photo(place: Workplace, edition: RowEdition, who: str) -> Changed:
    """Take a finding's photo away; nothing of it is kept. Errors as :func:`assign`."""
    return Changed(write_walks.put_photo(place.engine, edition, None, who))


def merge(place: Workplace, kept: RowEdition, absorbed: RowEdition, who: str) -> None:
    """Let one finding speak for two, with the voices of both.

    Raises
    ------
    StoreError
        ``NOT_MERGEABLE``; else as :func:`assign`. Neither is changed then.
    """
    write_walks.merge(place.engine, kept, absorbed, who)


def unmerge(place: Workplace, absorbed: RowEdition, who: str) -> None:
    """Undo a merge; errors as :func:`merge`."""
    write_walks.unmerge(place.engine, absorbed, who)


def next_statuses(status: FindingStatus) -> tuple[FindingStatus, ...]:
    """What a finding may become by hand: an ended one can only be reopened."""
    if status not in _OPEN:
        return (FindingStatus.REOPENED,)
    return tuple(step for step in _WORKING if step is not status)


def _current(place: Workplace, edition: RowEdition) -> Mapping:
    found = read_walks.one_observation(place.engine, edition.identity)
    if found.empty:
        raise StoreError(StoreCause.NOT_FOUND, identity=edition.identity)
    row = found.iloc[0]
    if row["version"] != edition.version:
        raise StoreError(StoreCause.CHANGED_MEANWHILE, identity=edition.identity)
    return row


def _word(value: object) -> object:
    """A stored value, None where it is missing; days as days."""
    if pd.isna(value):
        return None
    return value.date() if isinstance(value, pd.Timestamp) else value


def _check_step(before: FindingStatus, after: FindingStatus) -> None:
    stays = before is after and before in _OPEN
    if not stays and after not in next_statuses(before):
        raise StoreError(StoreCause.STATUS_STEP, before=before, after=after)


def _edit(
    place: Workplace,
    edition: RowEdition,
    values: Mapping[str, object],
    who: str,
    at: datetime | None = None,
    despite_warnings: bool = False,
) -> Changed:
    warnings = tuple(
        Warned(edition.identity, column, found)
        for column in ("owner", "status_reason", "text")
        for found in screened(column, values.get(column))
    )
    if warnings and not despite_warnings:
        return Changed(None, warnings)
    moment = None if at is None else at.astimezone(UTC)
    return Changed(write_walks.change(place.engine, edition, values, who, moment), warnings)
