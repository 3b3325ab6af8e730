"""The minutes of a *rond*: its findings in the order the stops were made, and what became of them.

Libraries weighed for PDF: reportlab (BSD, pure wheel, 25 years old, same bytes for the same input
by ``invariant``, tables that break over pages) is used. fpdf2 is LGPL and lays tables out by hand;
WeasyPrint (BSD) needs Pango on the machine, which a municipality's Windows has not; matplotlib has
no running text. None of the three pure ones writes tagged PDF: the Word file is the accessible one.
"""

import json
import math

import pandas as pd

from trygghetskarta import formats
from trygghetskarta.analysis.walk_facts import Minutes
from trygghetskarta.draw.map.walk_picture import route_picture
from trygghetskarta.draw.paper.document import Cell, Document, Section, Table
from trygghetskarta.settings import TIME_ZONE
from trygghetskarta.tables.findings import FIELDS
from trygghetskarta.terms.walks import FindingStatus, ObservationCategory
from trygghetskarta.words import texts, walk_words

_WIDTHS = (0.055, 0.395, 0.085, 0.195, 0.135, 0.135)
_EARLIER_WIDTHS = (0.46, 0.18, 0.2, 0.16)


def compose_minutes(minutes: Minutes) -> Document:
    """Write the minutes of a walk.

    Parameters
    ----------
    minutes
        What they rest on.
    """
    walk, findings = minutes.walk, minutes.findings
    safe = findings["category"].eq(ObservationCategory.SAFE)
    start = _local(walk["started_at"])
    sections = [*_map_section(minutes), _findings_section(minutes)]
    if minutes.earlier_day is not None:
        sections.append(_earlier_section(minutes))
    return Document(
        title=walk_words.protocol_title(walk["name"], None if start is None else start.date()),
        summary=walk_words.protocol_summary(
            int((~safe).sum()), int(safe.sum()), int(findings.loc[~safe, "owner"].notna().sum())
        ),
        facts=_facts(minutes),
        sections=tuple(sections),
        caption=_caption(minutes),
        mark=texts.EXAMPLE_MARK if minutes.is_example else "",
        day=_NO_DAY if start is None else start.date(),
    )


_NO_DAY = pd.Timestamp(2000, 1, 1).date()
"""Stands in the file's properties where a walk has no date."""


def _facts(minutes: Minutes) -> tuple[tuple[str, str], ...]:
    walk = minutes.walk
    place = minutes.district or _text(walk["given_place"]) or texts.MISSING
    rows = [
        (
            walk_words.PROTOCOL_TIME,
            walk_words.walk_time(_local(walk["started_at"]), _local(walk["ended_at"])),
        ),
        (walk_words.PROTOCOL_PLACE, place),
        (walk_words.PROTOCOL_PEOPLE, texts.people(_whole(walk["participants"]))),
    ]
    if pd.notna(walk["length_m"]):
        told = walk_words.cleaned_length(float(walk["raw_length_m"]), float(walk["length_m"]))
        rows.append((walk_words.PROTOCOL_LENGTH, told))
    if _text(walk["note"]):
        rows.append((walk_words.PROTOCOL_NOTE, _text(walk["note"])))
    return tuple(rows)


def _map_section(minutes: Minutes) -> list[Section]:
    placed = [
        (number, point.x, point.y, category == ObservationCategory.SAFE)
        for number, point, category in zip(
            _numbers(minutes.findings),
            minutes.findings.geometry,
            minutes.findings["category"],
            strict=True,
        )
        if point is not None and not point.is_empty
    ]
    told = walk_words.route_told(minutes.walk["name"], len(placed))
    picture = route_picture(minutes.areas, minutes.route, placed, told)
    lines = [walk_words.PROTOCOL_SIGNS] if placed else []
    if minutes.route is not None:
        lines.append(
            walk_words.PROTOCOL_WITHIN if minutes.route.is_empty else walk_words.PROTOCOL_TRIMMED
        )
    if picture is None and not lines:
        return []
    return [
        Section(walk_words.PROTOCOL_MAP, tuple([" ".join(lines)] if lines else []), None, picture)
    ]


def _numbers(findings: pd.DataFrame) -> range:
    return range(1, len(findings) + 1)


def _findings_section(minutes: Minutes) -> Section:
    findings = minutes.findings
    if findings.empty:
        return Section(walk_words.PROTOCOL_FINDINGS, (walk_words.PROTOCOL_NOTHING,))
    rows = tuple(
        _row(number, finding)
        for number, (_, finding) in zip(_numbers(findings), findings.iterrows(), strict=True)
    )
    return Section(
        walk_words.PROTOCOL_FINDINGS, (), Table(walk_words.PROTOCOL_COLUMNS, _WIDTHS, rows)
    )


def _row(number: int, finding: pd.Series) -> tuple[Cell, ...]:
    safe = finding["category"] == ObservationCategory.SAFE
    count = _whole(finding["voices"]) or 1
    lines = (
        _text(finding["text"]),
        *_fields(finding),
        _text(finding["given_place"]),
        walk_words.factors_line(read_factors(finding["factors"])),
        walk_words.voices(count),
    )
    level = _whole(finding["seriousness"])
    owner = _text(finding["owner"]) or ("" if safe else walk_words.PROTOCOL_OWNER_MISSING)
    due = finding["due_date"]
    return (
        Cell((str(number),)),
        Cell(lines, bold=texts.CATEGORIES[finding["category"]]),
        Cell((formats.NO_VALUE if level is None else str(level),)),
        Cell((owner or formats.NO_VALUE,)),
        Cell((formats.NO_VALUE if pd.isna(due) else formats.day(due),)),
        Cell(_status_lines(finding, safe)),
    )


def _fields(finding: pd.Series) -> tuple[str, ...]:
    """A line for each declared field that has no column or place of its own."""
    own = ("seriousness", "text")
    told = {name: FIELDS[name].told(finding[name]) for name in FIELDS if name not in own}
    return tuple(f"{FIELDS[name].words.label}: {value}" for name, value in told.items() if value)


def _status_lines(finding: pd.Series, safe: bool) -> tuple[str, ...]:
    if safe and finding["status"] == FindingStatus.NEW:
        return (formats.NO_VALUE,)
    return texts.FINDING_STATUSES[finding["status"]], _text(finding["status_reason"])


def _earlier_section(minutes: Minutes) -> Section:
    earlier = minutes.earlier
    done = int(earlier["status"].eq(FindingStatus.DONE).sum())
    again = int(earlier["seen_again"].notna().sum())
    told = walk_words.earlier_summary(len(earlier), done, again, int(earlier["open_now"].sum()))
    rows = tuple(
        (
            Cell(
                (_text(finding["text"]), _text(finding["given_place"])),
                bold=texts.CATEGORIES[finding["category"]],
            ),
            Cell((texts.FINDING_STATUSES[finding["status_then"]],)),
            Cell((texts.FINDING_STATUSES[finding["status"]], _text(finding["status_reason"]))),
            Cell((_again(finding["seen_again"]),)),
        )
        for _, finding in earlier.iterrows()
    )
    table = Table(walk_words.PROTOCOL_EARLIER_COLUMNS, _EARLIER_WIDTHS, rows) if rows else None
    return Section(walk_words.earlier_heading(minutes.earlier_day), (told,), table)


def _again(stop: float) -> str:
    return formats.NO_VALUE if pd.isna(stop) else walk_words.stop_number(int(stop))


def _caption(minutes: Minutes) -> tuple[str, ...]:
    lines = [walk_words.PROTOCOL_SERIOUSNESS_TOLD]
    if minutes.findings["factors"].notna().any():
        lines.append(walk_words.PROTOCOL_FACTORS_TOLD)
    if minutes.is_example:
        lines.append(f"{texts.EXAMPLE_MARK}.")
    lines.append(walk_words.paper_source(minutes.municipality, minutes.data_version))
    return tuple(lines)


def read_factors(told: object) -> dict[str, int]:
    """Give the judgements of a place by factor; empty when there are none.

    Examples
    --------
    >>> read_factors('{"ljus": 2}')
    {'ljus': 2}
    """
    return json.loads(told) if isinstance(told, str) and told else {}


def _local(moment: pd.Timestamp | None) -> pd.Timestamp | None:
    return None if pd.isna(moment) else pd.Timestamp(moment).tz_convert(TIME_ZONE).to_pydatetime()


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""


def _whole(value: object) -> int | None:
    return None if pd.isna(value) or math.isinf(value) else int(value)
