"""polisen.se: the police's published events, read as they come with all their quirks."""

import re
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pandas as pd

from trygghetskarta import tables
from trygghetskarta.errors import Fault, SourceCause, SourceError, TableRule
from trygghetskarta.settings import TIME_ZONE
from trygghetskarta.sources.readers import json_text
from trygghetskarta.sources.readers.parsed import Parsed
from trygghetskarta.tables.row_accounts import FileRows
from trygghetskarta.terms.imports import Aside

_FIRST_ROW = 1
"""Events are told by their place in the list, the first being 1."""
_LARGEST_ID = 2**63 - 1
"""What the store can hold."""

_MONTHS = {
    name: number
    for number, name in enumerate(
        (
            "januari",
            "februari",
            "mars",
            "april",
            "maj",
            "juni",
            "juli",
            "augusti",
            "september",
            "oktober",
            "november",
            "december",
        ),
        start=1,
    )
}
_NAME = re.compile(
    r"^(?P<day>\d{1,2}) (?P<month>[a-zåäö]+)(?: (?P<year>\d{4}))? "
    r"(?P<hour>\d{1,2})[:.](?P<minute>\d{2})\s*,\s*(?P<rest>.*)$",
    re.IGNORECASE | re.DOTALL,
)
_PUBLISHED = re.compile(
    r"^(\d{4}-\d{2}-\d{2})[ T](\d{1,2}):(\d{2}):(\d{2})\s*([+-]\d{2}):?(\d{2})$"
)
_COUNTY = re.compile(r"\blän$", re.IGNORECASE)
_ZONE = ZoneInfo(TIME_ZONE)


def parse(content: str | bytes, *, file_name: str) -> Parsed:
    """Read the police's event list.

    ``datetime`` is when an event was published. When it happened stands only in ``name``, without
    a year, with a colon until November 2023 and a point after. ``gps`` is the middle of a
    municipality or county and is not kept. ``location`` names the municipality until January 2026
    and the county after, so the municipality is read from the end of ``name``.

    Parameters
    ----------
    content
        The JSON array, as text or bytes.
    file_name
        For errors.

    Returns
    -------
    Parsed
        ``table`` per contract ``EVENTS``; index and faults count the events from 1. Of events with
        the same id the last one holds and the others are counted as repeated.

    Raises
    ------
    SourceError
        ``JSON_UNEXPECTED`` if it is not the police's list, ``NO_EVENTS`` if that has none.
    """
    events = _events(content, file_name)
    counted = FileRows(file_name, range(_FIRST_ROW, _FIRST_ROW + len(events)))
    rows, faults = [], []
    for number, event in enumerate(events, start=_FIRST_ROW):
        found = _event(event, number)
        (faults if isinstance(found, Fault) else rows).append(found)
    table = _table(rows)
    latest = ~table["event_id"].duplicated(keep="last")
    aside = {Aside.REPEATED: table.index[~latest]}
    return Parsed(table[latest], counted, tuple(faults), aside=aside)


def _events(content: str | bytes, file_name: str) -> list:
    try:
        events = json_text.read(content)
    except ValueError as error:
        raise SourceError(SourceCause.JSON_UNEXPECTED, file=file_name) from error
    if not isinstance(events, list):
        raise SourceError(SourceCause.JSON_UNEXPECTED, file=file_name)
    if not events:
        raise SourceError(SourceCause.NO_EVENTS, file=file_name)
    if not any(isinstance(event, dict) and "datetime" in event for event in events):
        raise SourceError(SourceCause.JSON_UNEXPECTED, file=file_name)
    return events


def _event(event: object, number: int) -> dict | Fault:
    if not isinstance(event, dict):
        return Fault(TableRule.COLUMN_TYPE, "", number, str(event)[:80])
    for name in ("id", "datetime", "name", "type"):
        if event.get(name) in (None, ""):
            return Fault(TableRule.VALUE_MISSING, name, number)
    if not isinstance(event["id"], int) or not 1 <= event["id"] <= _LARGEST_ID:
        return Fault(TableRule.NOT_A_WHOLE_NUMBER, "id", number, str(event["id"]))
    published = _published(str(event["datetime"]))
    if published is None:
        return Fault(TableRule.NOT_A_DATE, "datetime", number, str(event["datetime"]))
    title = str(event["name"])
    location = event.get("location")
    place = str(location.get("name", "")) if isinstance(location, dict) else ""
    return {
        "row": number,
        "event_id": event["id"],
        "published_at": published,
        "occurred_at": _occurred(title, published),
        "event_type": str(event["type"]),
        "title": title,
        "summary": str(event.get("summary") or "") or None,
        "municipality": _municipality(title, str(event["type"]), place),
        "county": place if _COUNTY.search(place) else None,
        "url": str(event.get("url") or "") or None,
    }


def _published(text: str) -> datetime | None:
    found = _PUBLISHED.match(text.strip())
    if found is None:
        return None
    day, hour, minute, second, zone_hour, zone_minute = found.groups()
    padded = f"{day}T{hour:0>2}:{minute}:{second}{zone_hour}:{zone_minute}"
    try:
        return datetime.fromisoformat(padded).astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def _occurred(title: str, published: datetime) -> datetime | None:
    """The time in the name, in the year that puts it before the publication and nearest to it."""
    found = _NAME.match(title)
    if found is None or found["month"].lower() not in _MONTHS:
        return None
    month = _MONTHS[found["month"].lower()]
    local = published.astimezone(_ZONE)
    years = [int(found["year"])] if found["year"] else [local.year + 1, local.year, local.year - 1]
    moments = [_moment(year, month, found) for year in years]
    known = [moment for moment in moments if moment is not None]
    if not known:
        return None
    # A clock may be some hours wrong, a year is not: the nearest one is meant.
    return min(known, key=lambda moment: abs(moment - published))


def _moment(year: int, month: int, found: re.Match) -> datetime | None:
    try:
        local = datetime(
            year, month, int(found["day"]), int(found["hour"]), int(found["minute"]), tzinfo=_ZONE
        )
        return local.astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def _municipality(title: str, event_type: str, place: str) -> str | None:
    """The end of the name after the type, which has commas of its own."""
    found = _NAME.match(title)
    rest = found["rest"] if found else title
    folded = rest.casefold()
    start = folded.find(event_type.casefold())
    tail = rest[start + len(event_type) :] if start >= 0 else rest.rpartition(",")[2]
    named = tail.strip(" ,") or rest.rpartition(",")[2].strip()
    if named and not _COUNTY.search(named):
        return named
    return place if place and not _COUNTY.search(place) else None


def _table(rows: list[dict]) -> pd.DataFrame:
    if not rows:
        return tables.empty(tables.EVENTS)
    frame = pd.DataFrame(rows).set_index("row")
    frame.index.name = None
    for name in ("published_at", "occurred_at"):
        frame[name] = pd.to_datetime(frame[name], utc=True).astype("datetime64[us, UTC]")
    texts = ["event_type", "title", "summary", "municipality", "county", "url"]
    frame[texts] = frame[texts].astype("str")
    return frame.astype({"event_id": "int64"})
