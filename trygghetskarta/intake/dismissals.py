"""Quarantined rows that nobody will put right: taken off the list for a reason, and put back."""

from collections.abc import Sequence

import pandas as pd

from trygghetskarta.errors import StoreCause, StoreError
from trygghetskarta.intake.workplace import Workplace
from trygghetskarta.sources.fields.personal_data import screen
from trygghetskarta.store import read, write_quarantine

LONGEST_REASON = 300
"""Letters of a reason."""


def dismiss(place: Workplace, identities: Sequence[str], reason: str, who: str) -> int:
    """Take waiting rows off the list; the account of their import stays as it was.

    Parameters
    ----------
    place
        The store.
    identities
        Quarantine ids.
    reason
        Why they need not be put right.
    who
        Role of whoever says so, never a name.

    Returns
    -------
    int
        How many waited.

    Raises
    ------
    StoreError
        ``DISMISSAL_UNEXPLAINED`` without a reason; ``DISMISSAL_PERSONAL`` when it holds what points
        out a person (``found``).
    """
    told = " ".join(reason.split())[:LONGEST_REASON]
    if not told:
        raise StoreError(StoreCause.DISMISSAL_UNEXPLAINED)
    found = screen(told)
    if found:
        raise StoreError(StoreCause.DISMISSAL_PERSONAL, found=[one.text for one in found])
    return write_quarantine.dismiss(place.engine, identities, told, who)


def restore(place: Workplace, identities: Sequence[str]) -> int:
    """Let dismissed rows wait again; gives how many were dismissed."""
    return write_quarantine.restore(place.engine, identities)


def dismissed(place: Workplace) -> pd.DataFrame:
    """Dismissed rows, the latest first; see :func:`trygghetskarta.store.read.dismissed`."""
    return read.dismissed(place.engine)
