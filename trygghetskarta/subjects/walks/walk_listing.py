"""Tables of walks, findings and what is computed of them, written the Swedish way."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import geopandas as gpd
import numpy as np
import pandas as pd

from trygghetskarta import formats
from trygghetskarta.analysis.streets import NearRoute
from trygghetskarta.draw.table.listing import Listing, listing, text_of
from trygghetskarta.settings import TIME_ZONE
from trygghetskarta.subjects.walks.protocol import read_factors
from trygghetskarta.tables.findings import FIELDS, FindingField
from trygghetskarta.terms.walks import ObservationCategory, WalkType
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
    first, *heads = finding_words.FINDINGS_COLUMNS.values()
    told = {field.words.label: field.is_number for field in FIELDS.values()}
    rows = [
        (
            _word(texts.CATEGORIES[row.category]),
            *(_told(field, getattr(row, name)) for name, field in FIELDS.items()),
            _word(district),
            _word(text_of(row.owner)),
            _number(_age(row.day, today)),
            _day(row.due_date),
            _word(texts.FINDING_STATUSES[row.status]),
        )
        for row, district in zip(findings.itertuples(), districts, strict=True)
    ]
    numeric = [False, *told.values(), *(name == finding_words.AGE for name in heads)]
    return listing([first, *told, *heads], numeric, rows)


def _told(field: FindingField, value: object) -> tuple[str, str | float | None]:
    """A cell of a list: a number as it is, an answer by its name."""
    return _number(value) if field.is_number else _word(field.told(value))


def walks_table(walks: gpd.GeoDataFrame, found: Mapping[str, int]) -> Listing:
    """Walks, with raw and cleaned length.

    Parameters
    ----------
    walks
        Contract ``WALKS``.
    found
        Number of findings by ``walk_id``.
    """
    heads = walk_page_words.WALKS_COLUMNS
    rows = []
    for row in walks.itertuples():
        count = found.get(row.walk_id, 0)
        quiet = row.nothing_to_report and not count
        rows.append(
            (
                _moments(row.started_at, row.ended_at),
                _word(texts.WALK_TYPES[WalkType(row.walk_type)]),
                _word(row.name),
                _number(row.participants),
                _number(row.minutes / 60, 1),
                _number(row.length_m / 1000, 2),
                _number(row.raw_length_m / 1000, 2),
                (walk_page_words.WALK_QUIET, 0) if quiet else _number(count),
            )
        )
    numeric = [name in ("people", "hours", "length", "raw", "findings") for name in heads]
    return listing(list(heads.values()), numeric, rows)


def duplicates_table(pairs: pd.DataFrame, findings: gpd.GeoDataFrame) -> Listing:
    """Pairs of findings that may be the same one."""
    known = findings.set_index("observation_id")
    rows = [
        (
            _word(texts.CATEGORIES[pair.category]),
            (f"{formats.number(pair.metres)} m", float(pair.metres)),
            _seen(known.loc[pair.kept]),
            _seen(known.loc[pair.absorbed]),
        )
        for pair in pairs.itertuples()
        if pair.kept in known.index and pair.absorbed in known.index
    ]
    return listing(
        list(finding_words.DUPLICATE_COLUMNS.values()), [False, True, False, False], rows
    )


def _seen(finding: pd.Series) -> tuple[str, float | None]:
    day, key = _day(finding["day"])
    return " · ".join(part for part in (day, text_of(finding["text"])) if part), key


def recurring_table(places: gpd.GeoDataFrame, districts: Sequence[str]) -> Listing:
    """Places where the same is seen again."""
    rows = [
        (
            _word(texts.CATEGORIES[row.category]),
            _word(district),
            _number(row.observations),
            _number(row.days),
            _local_day(row.first),
            _local_day(row.last),
        )
        for row, district in zip(places.itertuples(), districts, strict=True)
    ]
    numeric = [False, False, True, True, False, False]
    return listing(list(finding_words.RECURRING_COLUMNS.values()), numeric, rows)


def near_table(found: NearRoute) -> Listing:
    """Offences near routes beside those near other streets; 1 to 4 are hidden."""
    rows = []
    for distance, row in found.table.iterrows():
        hidden = any(0 < row[name] < _FEWEST for name in ("near", "elsewhere"))
        verdict = row["verdict"]
        told = formats.NO_VALUE if hidden or pd.isna(verdict) else texts.VERDICTS[verdict]
        rows.append(
            (
                (texts.metres(int(distance)), float(distance)),
                *_near(row["near"], row["near_km2"]),
                *_near(row["elsewhere"], row["elsewhere_km2"]),
                (told, told),
            )
        )
    numeric = [True, True, True, True, True, False]
    return listing(list(walk_page_words.NEAR_COLUMNS.values()), numeric, rows)


_FEWEST = 5


def _near(count: float, area: float) -> tuple[tuple, tuple]:
    if pd.isna(count):
        return (formats.NO_VALUE, None), (formats.NO_VALUE, None)
    if 0 < count < _FEWEST:
        return (texts.HIDDEN, None), (texts.HIDDEN, None)
    return _number(count), _number(count / area if area else np.nan, 1)


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


def hours_table(by_hour: pd.DataFrame) -> pd.DataFrame:
    """Person-minutes by weekday and hour, the hours in which anybody was out."""
    used = [hour for hour in by_hour.columns if by_hour[hour].sum() > 0]
    table = by_hour[used].round().astype(int)
    table.columns = [time_words.hour_span(hour) for hour in used]
    table.insert(
        0, time_words.WHEN_COLUMNS["weekday"], [formats.weekday_name(day) for day in range(7)]
    )
    return table


def finding_choices(findings: gpd.GeoDataFrame, districts: Sequence[str]) -> dict[str, str]:
    """Findings as a select box offers them, by ``observation_id``."""
    return {
        row.observation_id: finding_words.finding_choice(
            row.category, text_of(row.given_place) or district, _day(row.day)[0]
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
                _moments(row.started_at, row.ended_at)[0],
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
        "day": _day(finding["day"])[0] or texts.MISSING,
        "place": place or texts.MISSING,
        "walk": walk,
        **{name: FIELDS[name].told(finding[name]) for name in FIELDS if name != "text"},
        "factors": walk_words.factors_line(read_factors(finding["factors"])),
        "voices": formats.number(finding["voices"]) if finding["voices"] > 1 else "",
        "status": "" if safe else " – ".join(part for part in (status, reason) if part),
        "owner": "" if safe else text_of(finding["owner"]) or walk_words.PROTOCOL_OWNER_MISSING,
        "due": _day(finding["due_date"])[0],
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
            row.field,
            _changed(row.field, row.before),
            _changed(row.field, row.after),
        )
        for row in history.iloc[::-1].itertuples(index=False)
    ]


def _changed(field: str, value: object) -> str:
    if field in ("merged_into", "has_photo"):
        return ""
    if field == "status" and isinstance(value, str):
        return texts.FINDING_STATUSES[value]
    return text_of(value)


def _word(text: str) -> tuple[str, str | None]:
    return (text, text) if text else (formats.NO_VALUE, None)


def _number(value: object, decimals: int = 0) -> tuple[str, float | None]:
    if pd.isna(value):
        return formats.NO_VALUE, None
    return formats.number(float(value), decimals), float(value)


def _day(value: object) -> tuple[str, float | None]:
    if pd.isna(value):
        return "", None
    return formats.day(value), float(pd.Timestamp(value).toordinal())


def _local_day(moment: object) -> tuple[str, float | None]:
    return _day(moment if pd.isna(moment) else pd.Timestamp(moment).tz_convert(TIME_ZONE))


def _moments(start: object, end: object) -> tuple[str, float | None]:
    if pd.isna(start):
        return texts.MISSING, None
    local = [None if pd.isna(one) else one.tz_convert(TIME_ZONE) for one in (start, end)]
    return walk_words.walk_time(*local), float(start.timestamp())


def _age(day: object, today: date) -> float:
    return np.nan if pd.isna(day) else (pd.Timestamp(today) - pd.Timestamp(day)).days
