"""What is seen on walks: the fields of a finding, each declared once.

A field in ``FIELDS`` is asked for on the phone, read from files, stored, listed, and told in files
and papers. Its words stand in ``words/finding_field_words.py``; publishers' further names for its
column, where they have any, in ``sources/fields/column_names.py``.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import pandas as pd

from trygghetskarta.tables.contract import Column, ColumnType, Contract, place, text, whole
from trygghetskarta.terms.walks import FindingStatus, ObservationCategory
from trygghetskarta.words.finding_field_words import FINDING_FIELDS, FieldWords


class Asked(StrEnum):
    """Where the phone's form asks for a field."""

    WHAT = "what"  # with the category
    MORE = "more"  # among what is voluntary


@dataclass(frozen=True)
class FindingField:
    """What somebody tells of a finding.

    Attributes
    ----------
    column
        What it holds: text, or a whole number within limits or among options.
    asked
        Where the phone's form asks for it.
    needed
        Whether a report from the phone must tell it.
    not_for
        Categories it is never told for.
    words
        What it is called.
    """

    column: Column
    asked: Asked
    words: FieldWords
    needed: bool = False
    not_for: frozenset[ObservationCategory] = frozenset()

    def __post_init__(self) -> None:
        """Refuse a field that some form, file or list could not show."""
        column, options = self.column, tuple(self.words.options)
        if self.is_number:
            least, most = column.minimum, column.maximum
            every = () if least is None or most is None else range(int(least), int(most) + 1)
            fits = options == tuple(every) if options else least is not None
        else:
            is_free = column.free is not bool(options)
            fits = column.type is ColumnType.TEXT and is_free and column.words == options
        # Nothing chosen is 0 on the phone.
        is_untold = self.is_number and (column.minimum or 0) < 1
        is_told = self.needed is bool(self.words.untold)
        if column.required or not fits or is_untold or not is_told:
            raise ValueError(f"words, limits and type do not agree: {self}")

    @property
    def is_number(self) -> bool:
        """Whether it is a whole number."""
        return self.column.type is ColumnType.INTEGER

    def told(self, value: object) -> str:
        """A stored value as it is read: an answer by its name; empty when it is missing."""
        names: Mapping[Any, str] = self.words.options
        return "" if pd.isna(value) else names.get(value, str(value))

    @property
    def limits(self) -> dict[str, float]:
        """The ``least`` and the ``most`` it may be, where there is a limit."""
        told = {"least": self.column.minimum, "most": self.column.maximum}
        return {name: limit for name, limit in told.items() if limit is not None}


FIELDS = {
    "seriousness": FindingField(
        whole(minimum=1, maximum=4),
        Asked.WHAT,
        FINDING_FIELDS["seriousness"],
        needed=True,
        not_for=frozenset({ObservationCategory.SAFE}),
    ),
    "text": FindingField(text(free=True), Asked.MORE, FINDING_FIELDS["text"]),
}
"""By name, in the order that files and lists have. One that is new is ``later``."""

_FIRST = ("seriousness", "text")
"""Fields that the first stores were made with."""

if list(FIELDS) != list(FINDING_FIELDS):
    raise ValueError("fields and words of a finding are not the same")
if [name for name, one in FIELDS.items() if not one.column.later] != list(_FIRST):
    raise ValueError("a new field of a finding is declared as later: stores were made without it")

OBSERVATIONS = Contract(
    "observations",
    {
        "observation_id": text(True),
        "walk_id": text(indexed=True),
        "stop": whole(minimum=1),
        "observed_at": Column(ColumnType.MOMENT),
        "category": text(True, tuple(ObservationCategory)),
        **{name: field.column for name, field in FIELDS.items()},
        "given_place": text(free=True),
        "district_code": text(),
        "geometry": place("POINT"),
        "factors": text(),
        "voices": whole(True, 1),
        "status": text(True, tuple(FindingStatus)),
        "status_reason": text(),
        "owner": text(),
        "due_date": Column(ColumnType.DATE),
        "merged_into": text(indexed=True),
        "has_photo": Column(ColumnType.BOOLEAN, True),
        "source": text(True),
    },
    key=("observation_id",),
)
"""Observations made on walks, or reported without one (``walk_id`` missing).

``stop`` is the order of the stops of a *rond*. ``seriousness`` runs from 1 to 4 and is missing for
a safe place. ``geometry`` is a point or missing. ``factors`` is JSON, ``{AuditFactor: 1 to 5}``.
``voices`` is how many observations the row stands for after merges, and ``merged_into`` the
observation that speaks for it. ``owner`` is an administration or a company, never a person.
"""
