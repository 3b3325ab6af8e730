"""Tables of walks, findings and what is computed of them, written the Swedish way."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from operator import itemgetter
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd

from trygghetskarta import formats
from trygghetskarta.analysis.streets import NearRoute
from trygghetskarta.draw.table.listing import (
    ABSENT,
    ListCell,
    ListColumn,
    Listing,
    ReadRow,
    day,
    headed,
    listing,
    number,
    plain,
    text,
    text_of,
)
from trygghetskarta.settings import TIME_ZONE
from trygghetskarta.subjects.walks.show.protocol import read_factors
from trygghetskarta.tables.findings import FIELDS, FindingField
from trygghetskarta.terms.audience import CellStatus
from trygghetskarta.terms.walks import FindingStatus, ObservationCategory, WalkType
from trygghetskarta.words import finding_words, texts, time_words, walk_page_words, walk_words

MOST_GAPS = 8
"""Gaps told in words; the rest stand in the table."""


@dataclass(frozen=True)
class FindingShown:
    """One finding, ready to be read.

    Attributes
    ----------
    title
        Category.
    text
        What was written.
    facts
        Labels and values.
    """

    title: str
    text: str
    facts: tuple[tuple[str, str], ...]


def _field(name: str, field: FindingField) -> ListColumn:
    """The column of a field: a number as it is, an answer by its name."""
    heading = field.words.label
    if field.is_number:
        return number(name, heading=heading)
    return text(name, lambda row: field.told(getattr(row, name)), heading=heading)


_CATEGORY = text("category", lambda row: texts.CATEGORIES[row.category])
_FINDINGS = headed(
    finding_words.FINDINGS_COLUMNS,
    _CATEGORY,
    text("district"),
    text("owner", lambda row: text_of(row.owner)),
    number("age"),
    day("due", lambda row: row.due_date),
    text("status", lambda row: texts.FINDING_STATUSES[row.status]),
)


def findings_table(findings: gpd.GeoDataFrame, districts: Sequence[str], today: date) -> Listing:
    """Findings, with their age in days.

    Parameters
    ----------
    findings
        Contract ``OBSERVATIONS`` with ``day``.
    districts
        Name of each one's district.
    today
        Day the age is counted to.
    """
    told = pd.DataFrame(findings).assign(
        district=list(districts), age=(pd.Timestamp(today) - findings["day"]).dt.days
    )
    first, *more = _FINDINGS
    declared = [_field(name, field) for name, field in FIELDS.items()]
    return listing([first, *declared, *more], told.itertuples())


_WALKS = headed(
    walk_page_words.WALKS_COLUMNS,
    plain("start", lambda row: _moments(row.started_at, row.ended_at)),
    text("type", lambda row: texts.WALK_TYPES[WalkType(row.walk_type)]),
    text("name"),
    number("people", lambda row: row.participants),
    number("hours", lambda row: row.minutes / 60, 1),
    number("length", lambda row: row.length_m / 1000, 2),
    number("raw", lambda row: row.raw_length_m / 1000, 2),
    plain("findings", lambda row: _found(row), is_number=True),
)


def walks_table(walks: gpd.GeoDataFrame, found: Mapping[str, int]) -> Listing:
    """Walks, with raw and cleaned length.

    Parameters
    ----------
    walks
        Contract ``WALKS``.
    found
        Number of findings by ``walk_id``.
    """
    counts = [found.get(identity, 0) for identity in walks["walk_id"]]
    return listing(_WALKS, pd.DataFrame(walks).assign(found=counts).itertuples())


def _found(row: Any) -> ListCell:
    if row.nothing_to_report and not row.found:
        return ListCell(walk_page_words.WALK_QUIET, 0)
    return ListCell(formats.number(row.found), float(row.found))


_DUPLICATES = headed(
    finding_words.DUPLICATE_COLUMNS,
    text("category", lambda row: texts.CATEGORIES[row[0].category]),
    number("metres", lambda row: row[0].metres, unit=" m"),
    plain("first", lambda row: _seen(row[1])),
    plain("second", lambda row: _seen(row[2])),
)


def duplicates_table(pairs: pd.DataFrame, findings: gpd.GeoDataFrame) -> Listing:
    """Pairs of findings that may be the same one."""
    known = findings.set_index("observation_id")
    rows = [
        (pair, known.loc[pair.kept], known.loc[pair.absorbed])
        for pair in pairs.itertuples()
        if pair.kept in known.index and pair.absorbed in known.index
    ]
    return listing(_DUPLICATES, rows)


def _seen(finding: pd.Series) -> ListCell:
    moment = finding["day"]
    told = " · ".join(part for part in (_day(moment), text_of(finding["text"])) if part)
    return ListCell(told, None if pd.isna(moment) else float(moment.toordinal()))


_RECURRING = headed(
    finding_words.RECURRING_COLUMNS,
    _CATEGORY,
    text("district"),
    number("observations"),
    number("days"),
    day("first", lambda row: row.first.tz_convert(TIME_ZONE)),
    day("last", lambda row: row.last.tz_convert(TIME_ZONE)),
)


def recurring_table(places: gpd.GeoDataFrame, districts: Sequence[str]) -> Listing:
    """Places where the same is seen again."""
    told = pd.DataFrame(places).assign(district=list(districts))
    return listing(_RECURRING, told.itertuples())


_FEWEST = 5


def _near(place: str, per_km2: bool = False) -> ReadRow:
    """Reads how many offences lie near streets of a kind; 1 to 4 are hidden."""

    def of(row: Any) -> Any:
        count, area = getattr(row, place), getattr(row, f"{place}_km2")
        if 0 < count < _FEWEST:
            return ABSENT[CellStatus.HIDDEN]
        if not per_km2:
            return count
        return count / area if area else np.nan

    return of


def _verdict(row: Any) -> str:
    hidden = any(0 < count < _FEWEST for count in (row.near, row.elsewhere))
    return "" if hidden or pd.isna(row.verdict) else texts.VERDICTS[row.verdict]


_NEAR = headed(
    walk_page_words.NEAR_COLUMNS,
    plain(
        "distance",
        lambda row: ListCell(texts.metres(int(row.Index)), float(row.Index)),
        is_number=True,
    ),
    number("near", _near("near")),
    number("near_rate", _near("near", per_km2=True), 1),
    number("elsewhere", _near("elsewhere")),
    number("elsewhere_rate", _near("elsewhere", per_km2=True), 1),
    text("verdict", _verdict),
)


def near_table(found: NearRoute) -> Listing:
    """Offences near routes beside those near other streets."""
    return listing(_NEAR, found.table.itertuples())


def gap_sentences(gaps: pd.DataFrame, names: Mapping[str, str]) -> list[str]:
    """Tell the gaps in words: times when somebody used to walk and nobody has, the latest first.

    Parameters
    ----------
    gaps
        As :func:`trygghetskarta.analysis.presence.presence_gaps`.
    names
        Districts by code.
    """
    open_gaps = gaps[(gaps["passes"] == 0) & gaps["last_pass"].notna()]
    latest = open_gaps.sort_values("last_pass", ascending=False, kind="stable")
    return [
        walk_page_words.gap_sentence(
            row.weekday, row.from_hour, row.to_hour, names.get(row.district_code, ""), row.weeks,
            row.last_pass.date(),
        )
        for row in latest.head(MOST_GAPS).itertuples()
    ]  # fmt: skip


_WEEKDAY = headed(
    time_words.WHEN_COLUMNS, text("weekday", lambda row: formats.weekday_name(row["weekday"]))
)


def hours_table(by_hour: pd.DataFrame) -> Listing:
    """Person-minutes by weekday and hour, the hours in which anybody was out."""
    hours = [
        number(str(hour), itemgetter(hour), heading=time_words.hour_span(hour), is_raw=True)
        for hour in by_hour.columns
        if by_hour[hour].sum() > 0
    ]
    rows = [{"weekday": weekday, **by_hour.loc[weekday].round()} for weekday in range(7)]
    return listing((*_WEEKDAY, *hours), rows)


def finding_choices(findings: gpd.GeoDataFrame, districts: Sequence[str]) -> dict[str, str]:
    """Findings as a select box offers them, by ``observation_id``."""
    return {
        row.observation_id: finding_words.finding_choice(
            row.category, text_of(row.given_place) or district, _day(row.day)
        )
        for row, district in zip(findings.itertuples(), districts, strict=True)
    }


def walk_choices(walks: gpd.GeoDataFrame) -> dict[str, str]:
    """Walks as a select box offers them, newest first, by ``walk_id``."""
    newest = walks.sort_values("started_at", ascending=False, kind="stable", na_position="last")
    return {
        row.walk_id: " · ".join(
            (
                texts.WALK_TYPES[WalkType(row.walk_type)],
                str(row.name),
                _moments(row.started_at, row.ended_at).told,
            )
        )
        for row in newest.itertuples(index=False)
    }


def finding_shown(finding: pd.Series, district: str, walk: str) -> FindingShown:
    """Write one finding.

    Parameters
    ----------
    finding
        A row of contract ``OBSERVATIONS`` with ``day``.
    district
        Name of its district, empty when not known.
    walk
        Name of its walk, empty without one.
    """
    words = finding_words.FINDING_FACTS | {
        name: field.words.label for name, field in FIELDS.items()
    }
    safe = finding["category"] == ObservationCategory.SAFE
    status = texts.FINDING_STATUSES[finding["status"]]
    reason = text_of(finding["status_reason"])
    place = ", ".join(part for part in (text_of(finding["given_place"]), district) if part)
    rows = {
        "day": _day(finding["day"]) or texts.MISSING,
        "place": place or texts.MISSING,
        "walk": walk,
        **{name: FIELDS[name].told(finding[name]) for name in FIELDS if name != "text"},
        "factors": walk_words.factors_line(read_factors(finding["factors"])),
        "voices": formats.number(finding["voices"]) if finding["voices"] > 1 else "",
        "status": "" if safe else " – ".join(part for part in (status, reason) if part),
        "owner": "" if safe else text_of(finding["owner"]) or walk_words.PROTOCOL_OWNER_MISSING,
        "due": _day(finding["due_date"]),
    }
    return FindingShown(
        texts.CATEGORIES[finding["category"]],
        text_of(finding["text"]),
        tuple((words[key], value) for key, value in rows.items() if value),
    )


def history_lines(history: pd.DataFrame) -> list[str]:
    """Tell what was changed, newest first."""
    return [
        finding_words.history_line(
            row.at.tz_convert(TIME_ZONE),
            row.who,
            _what(row.field, row.after),
            _changed(row.field, row.before),
            _changed(row.field, row.after),
        )
        for row in history.iloc[::-1].itertuples(index=False)
    ]


def _what(field: str, after: object) -> str:
    is_undone = text_of(after) in ("", str(False))
    undone = finding_words.HISTORY_UNDONE if is_undone else {}
    return undone.get(field) or finding_words.HISTORY_FIELDS.get(field, field)


def _changed(field: str, value: object) -> str:
    if field in finding_words.HISTORY_UNDONE:
        return ""
    if field == "status" and isinstance(value, str):
        return texts.FINDING_STATUSES[FindingStatus(value)]
    return text_of(value)


def _day(value: Any) -> str:
    return "" if pd.isna(value) else formats.day(value)


def _moments(start: Any, end: Any) -> ListCell:
    if pd.isna(start):
        return ListCell(texts.MISSING, None)
    local = [None if pd.isna(one) else one.tz_convert(TIME_ZONE) for one in (start, end)]
    return ListCell(walk_words.walk_time(*local), float(start.timestamp()))
