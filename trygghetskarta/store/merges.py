"""Findings that speak for others: each with its own voices and theirs, whatever is changed."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, func, select

from trygghetskarta import settings
from trygghetskarta.store.schema import observation
from trygghetskarta.store.versioned_rows import change_row, find


def voices_spoken_for(connection: Connection, identity: str) -> int:
    """Voices that an observation has from those merged into it, and so from theirs."""
    theirs = select(func.coalesce(func.sum(observation.c.voices), 0))
    return int(connection.execute(theirs.where(observation.c.merged_into == identity)).scalar_one())


def carry_voices(
    connection: Connection,
    speaker: str | None,
    more: int,
    who: str,
    at: datetime | None = None,
) -> None:
    """Let whatever speaks for an observation, directly or through another, speak for so many more.

    Parameters
    ----------
    connection
        Of a writer.
    speaker
        What the observation is merged into, None when it speaks for itself.
    more
        Voices it has more than before, negative for fewer.
    who
        As the history tells it.
    at
        When it was done, None for now.
    """
    now = at or settings.now()
    while more and speaker and (row := find(connection, observation, speaker)):
        change_row(connection, observation, row, {"voices": row["voices"] + more}, who, now)
        speaker = row["merged_into"]


def part(connection: Connection, row: Mapping[Any, Any], who: str) -> None:
    """Let a merged observation speak for itself, and whatever spoke for it for that many fewer."""
    now = settings.now()
    carry_voices(connection, row["merged_into"], -row["voices"], who, now)
    change_row(connection, observation, row, {"merged_into": None}, who, now)
