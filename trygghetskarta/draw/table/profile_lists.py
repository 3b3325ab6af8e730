"""Tables that stand beside a map: the months of one area, the police's news."""

from typing import Any

import pandas as pd

from trygghetskarta import formats
from trygghetskarta.draw.table.listing import Listing, headed, listing, number, text
from trygghetskarta.settings import TIME_ZONE
from trygghetskarta.words import map_words

_SERIES = headed(
    {
        "month": map_words.MONTH,
        "count": map_words.SERIES_CURRENT.capitalize(),
        "previous": map_words.SERIES_PREVIOUS.capitalize(),
    },
    text("month", lambda row: formats.month(row.Index)),
    number("count"),
    number("previous"),
)
_EVENTS = headed(
    map_words.EVENT_COLUMNS,
    text("time", lambda row: f"{row.moment:%Y-%m-%d %H:%M}"),
    text("type", lambda row: row.event_type),
    text("summary"),
)


def series_table(series: pd.DataFrame) -> Listing:
    """The monthly series of an area.

    Parameters
    ----------
    series
        Index: first days of months; columns ``count`` and ``previous``.
    """
    return listing(_SERIES, series.itertuples())


def events_table(events: pd.DataFrame) -> Listing:
    """The police's news of a period, newest first."""
    moments: Any = events["occurred_at"].fillna(events["published_at"]).dt.tz_convert(TIME_ZONE)
    newest = events.assign(moment=moments).sort_values("moment", ascending=False, kind="stable")
    return listing(_EVENTS, newest.itertuples())
