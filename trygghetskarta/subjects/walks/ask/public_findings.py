"""Findings of the walks as anyone may see them: place, kind and work, never words or people."""

from dataclasses import dataclass
from datetime import date
from typing import Any

import pandas as pd

from trygghetskarta.analysis.show_rules import DEFAULT_RULES
from trygghetskarta.gate.public_words import public_owner
from trygghetskarta.settings import local_day
from trygghetskarta.sources.fields.observation_words import category_in
from trygghetskarta.store import Engine, read_walks
from trygghetskarta.terms.audience import Audience
from trygghetskarta.terms.municipality import Municipality
from trygghetskarta.terms.walks import FindingStatus, ObservationCategory

PLACES = (
    ObservationCategory.LIGHTING,
    ObservationCategory.SIGHT,
    ObservationCategory.VEGETATION,
    ObservationCategory.LITTER,
    ObservationCategory.GRAFFITI,
    ObservationCategory.TRAFFIC,
    ObservationCategory.ABANDONED,
)
"""Categories that are about a place and not about anybody in it."""


@dataclass(frozen=True)
class PublicFinding:
    """One finding as a room may see it.

    Attributes
    ----------
    category
        What it is about.
    seen
        Day it was seen, None when not known.
    status
        How far the work has come.
    changed
        Day the status was set, None for one that is new.
    owner
        Organisation that has it; empty when nobody has.
    is_named
        Whether ``owner`` may be told; a label that might name a person is not.
    due
        Day it should be done, None for none.
    """

    category: ObservationCategory
    seen: date | None
    status: FindingStatus
    changed: date | None
    owner: str
    is_named: bool
    due: date | None

    @property
    def is_open(self) -> bool:
        """Whether there is work left."""
        return self.status not in (FindingStatus.DONE, FindingStatus.CLOSED)


def public_findings(
    engine: Engine, municipality: Municipality, district: str
) -> tuple[PublicFinding, ...]:
    """Findings of a district: those with an answer beside those without, newest first of each.

    Parameters
    ----------
    engine
        The store.
    municipality
        Its plan's themes decide which categories the public may see one by one.
    district
        Code of the district.

    Returns
    -------
    tuple
        Those that are remedied or closed, and those that are open, in turn, so that a few at the
        head of it show both.
    """
    table = read_walks.observations(engine)
    kept = table[
        (table["district_code"] == district)
        & table["category"].isin(list(allowed(municipality)))
        & table["merged_into"].isna()
    ]
    changed = _changed(engine)
    found = [_finding(row, changed) for row in kept.to_dict("records")]
    found.sort(key=lambda one: (one.seen or date.min, one.category), reverse=True)
    answered = [one for one in found if not one.is_open]
    waiting = [one for one in found if one.is_open]
    return tuple(_in_turn(waiting, answered))


def allowed(municipality: Municipality) -> frozenset[ObservationCategory]:
    """Categories that may be shown one by one.

    Those about places, less those of any theme that the public sees coarser, or with a larger
    threshold, than everything else.
    """
    base = DEFAULT_RULES[Audience.PUBLIC]
    strict = {
        category_in(words)
        for theme in municipality.plans[0].themes
        if theme.public.finest is not base.finest or theme.public.threshold > base.threshold
        for words in theme.observation_categories
    }
    return frozenset(PLACES) - strict


def _finding(row: dict[str, Any], changed: dict[str, date]) -> PublicFinding:
    status = FindingStatus(row["status"])
    owner, is_named = public_owner(row["owner"])
    return PublicFinding(
        category=ObservationCategory(row["category"]),
        seen=_local_day(row["observed_at"]),
        status=status,
        changed=None if status is FindingStatus.NEW else changed.get(row["observation_id"]),
        owner=owner,
        is_named=is_named,
        due=None if pd.isna(row["due_date"]) else pd.Timestamp(row["due_date"]).date(),
    )


def _changed(engine: Engine) -> dict[str, date]:
    """Day of each finding's latest status."""
    history = read_walks.history(engine)
    steps = history[history["field"] == "status"]
    days = zip(steps["observation_id"], steps["at"].map(_local_day), strict=True)
    return {identity: day for identity, day in days if day is not None}


def _local_day(moment: Any) -> date | None:
    return None if pd.isna(moment) else local_day(moment)


def _in_turn(one: list[PublicFinding], other: list[PublicFinding]) -> list[PublicFinding]:
    """Two lists as one, an element of each in turn as long as there are both."""
    shorter = min(len(one), len(other))
    pairs = [item for pair in zip(one[:shorter], other[:shorter], strict=True) for item in pair]
    return [*pairs, *one[shorter:], *other[shorter:]]
