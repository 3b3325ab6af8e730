"""The work with reports: own text screened and kept, a report frozen and fetched again."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import pandas as pd

from trygghetskarta.analysis.report_facts import Edition
from trygghetskarta.errors import StoreCause, StoreError
from trygghetskarta.intake.workplace import Workplace
from trygghetskarta.settings import local_day
from trygghetskarta.sources.fields.personal_data import PersonalData, screen, screen_public
from trygghetskarta.store import reports
from trygghetskarta.store.reports import Place, StoredText
from trygghetskarta.terms.audience import Audience

MOST_LETTERS = 8000
"""Letters that one section's own text may have."""


@dataclass(frozen=True)
class Written:
    """What became of a text.

    Attributes
    ----------
    version
        The version after it; None when nothing was kept because of ``warnings``.
    warnings
        Personal data in it.
    """

    version: int | None
    warnings: tuple[PersonalData, ...] = ()


@dataclass(frozen=True)
class FrozenReport:
    """A frozen report: its written paper, the short name of it, and the day it was frozen."""

    content: str
    fingerprint: str
    day: date


def own_texts(place: Workplace, edition: Edition) -> dict[str, StoredText]:
    """What staff have written in a report, by the section's key.

    Text belongs to one kind, period and audience: what is written for colleagues never comes into
    the public version.
    """
    return reports.texts(place.engine, _place(edition))


def words(kept: Mapping[str, StoredText]) -> dict[str, str]:
    """The texts alone."""
    return {key: one.text for key, one in kept.items()}


def save_text(
    place: Workplace,
    edition: Edition,
    section: str,
    text: str,
    version: int,
    who: str,
    *,
    despite_warnings: bool = False,
) -> Written:
    """Keep what somebody has written in a section.

    Parameters
    ----------
    place
        The store.
    edition
        Which report.
    section
        Key of the section.
    text
        The words; what is longer than ``MOST_LETTERS`` is cut there.
    version
        The version that was read, 0 for none.
    who
        Role of the writer, never a name.
    despite_warnings
        Whether the writer has seen the warnings and keeps the words.

    Raises
    ------
    StoreError
        ``CHANGED_MEANWHILE`` when somebody else was first; nothing is changed.
    """
    shown = "".join(sign for sign in text if sign.isprintable() or sign == "\n")
    told = shown.strip()[:MOST_LETTERS]
    warnings = (screen_public if edition.audience is Audience.PUBLIC else screen)(told)
    if warnings and not despite_warnings:
        return Written(None, warnings)
    kept = reports.save_text(place.engine, _place(edition), section, told, version, who)
    return Written(kept, warnings)


def freeze(
    place: Workplace, edition: Edition, title: str, content: str, fingerprint: str, who: str
) -> str:
    """Freeze a report; gives its identity. The same content is frozen once.

    Parameters
    ----------
    place, edition
        The store, and which report.
    title, content, fingerprint
        The written paper.
    who
        Role of whoever freezes it, never a name.
    """
    return reports.freeze(
        place.engine,
        _place(edition),
        title=title,
        content=content,
        fingerprint=fingerprint,
        data_version=edition.data_version,
        who=who,
    )


def frozen(place: Workplace) -> pd.DataFrame:
    """Every frozen report, the newest first; see :func:`trygghetskarta.store.reports.frozen`."""
    return reports.frozen(place.engine)


def fetch(place: Workplace, identity: str) -> FrozenReport:
    """Fetch a frozen report as it was.

    Raises
    ------
    StoreError
        ``NOT_FOUND`` when there is no such report.
    """
    content, fingerprint, at = reports.frozen_content(place.engine, identity)
    return FrozenReport(content, fingerprint, local_day(at))


def check(kept: FrozenReport, fingerprint: str) -> None:
    """See that a frozen report still is what its fingerprint says.

    Raises
    ------
    StoreError
        ``DAMAGED`` (fingerprint) when it is not.
    """
    if kept.fingerprint != fingerprint:
        raise StoreError(StoreCause.DAMAGED, fingerprint=kept.fingerprint)


def _place(edition: Edition) -> Place:
    period = " ".join(part for part in (edition.period.key, edition.subject) if part)
    return Place(edition.kind.value, period, edition.audience.value)
