"""Invented work with the findings of the example walks: who got them, and what became of them."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

import numpy as np
import pandas as pd

from trygghetskarta.example.walks import OWNERS
from trygghetskarta.sources.fields.observation_words import category_in
from trygghetskarta.terms.walks import FindingStatus, ObservationCategory

_OWNERS = {category_in(words): owner for words, owner in OWNERS.items()}
_LEFT_NEW, _ONLY_ASSIGNED, _REMEDIED = 0.25, 0.45, 0.93
_REASON = "Marken är privat; ägaren är underrättad."
_NEWEST_LEFT = timedelta(days=21)
_SEED = 4
WHO = "samordnare"
"""The role that does the work."""


@dataclass(frozen=True)
class Step:
    """One thing done with a finding.

    Attributes
    ----------
    observation_id
        Which.
    at
        When.
    owner
        Who got it; empty when the step is another.
    due
        Until when, with ``owner``.
    status
        What it became, None when the step is to give it to somebody.
    reason
        Why it was closed.
    """

    observation_id: str
    at: datetime
    owner: str = ""
    due: datetime | None = None
    status: FindingStatus | None = None
    reason: str = ""


def make_work(observations: pd.DataFrame) -> Iterator[Step]:
    """Invent what was done, finding by finding and in the order it was done.

    Parameters
    ----------
    observations
        Contract ``OBSERVATIONS``, of the example walks.
    """
    rng = np.random.default_rng(_SEED)
    findings = observations[observations["category"] != ObservationCategory.SAFE].sort_values(
        ["observed_at", "observation_id"]
    )
    newest = findings["observed_at"].max()
    for row in findings.itertuples():
        luck, days = rng.random(), rng.gamma(2.0, 14.0)
        seen = row.observed_at.to_pydatetime()
        given = seen + timedelta(days=2, hours=float(rng.integers(8)))
        if newest - row.observed_at < _NEWEST_LEFT or luck < _LEFT_NEW:
            continue
        if row.status == FindingStatus.NEW:
            owner = _OWNERS[ObservationCategory(row.category)]
            due = given + timedelta(days=int(rng.choice((14, 30, 60))))
            yield Step(row.observation_id, given, owner=owner, due=due)
        if luck < _ONLY_ASSIGNED:
            continue
        done = given + timedelta(days=float(days))
        if luck < _REMEDIED:
            yield Step(row.observation_id, done, status=FindingStatus.DONE)
        else:
            yield Step(row.observation_id, done, status=FindingStatus.CLOSED, reason=_REASON)
