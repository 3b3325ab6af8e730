"""Tables of risk, perceived safety and the three pictures, as the page shows them."""

import math
from typing import Any

import pandas as pd

from trygghetskarta import formats
from trygghetskarta.analysis.disclosure import Publishable
from trygghetskarta.analysis.survey import FLAGGED_BELOW
from trygghetskarta.draw.table.area_lists import area_rows, ends
from trygghetskarta.draw.table.listing import (
    Absent,
    ListCell,
    Listing,
    headed,
    interval,
    listing,
    number,
    plain,
    seen,
    share,
    text,
)
from trygghetskarta.subjects.perception.show.perception_shown import PerceptionShown
from trygghetskarta.terms.perception import Perspective, Quadrant, SamplingMethod
from trygghetskarta.words import perception_words, texts

_QUADRANTS = {quadrant.value: place for place, quadrant in enumerate(Quadrant)}


def _answers(row: Any) -> ListCell:
    """A number of answers, flagged where they are few."""
    if isinstance(row.answers, Absent):
        return ListCell(row.answers, None)
    few = f" ({perception_words.FEW_ANSWERS_MARK})" if row.answers < FLAGGED_BELOW else ""
    return ListCell(formats.number(row.answers) + few, float(row.answers))


def _quadrant(row: Any) -> ListCell:
    word = row.quadrant
    told = word if isinstance(word, Absent) else perception_words.QUADRANT_NAMES.get(word)
    return ListCell(told or texts.MISSING, _QUADRANTS.get(word))


_RISK = headed(
    perception_words.PERCEPTION_COLUMNS,
    text("name"),
    number("rate", decimals=1),
    interval("interval", ends("lower", "upper"), 1),
    number("count"),
    number("population"),
    share("share"),
    interval("share_interval", ends("share_lower", "share_upper", 100), unit="\u00a0%"),
    plain("answers", _answers, is_number=True),
    plain("quadrant", _quadrant),
)


def perception_table(view: PerceptionShown) -> Listing:
    """Both measures of every district, each with its interval and what it rests on."""
    return listing(_RISK, area_rows(view.shown, view.shown.publishable.table.index))


def _side(side: str | None) -> str:
    return perception_words.SIDES.get(side or "", perception_words.SIDE_UNKNOWN)


def _per_1000(rate: float, n: float, status: str) -> ListCell:
    """A rate with what it rests on."""
    word = seen(None, status)
    if word:
        return ListCell(word, None)
    told = f"{formats.number(rate, 1)} (n = {formats.number(n)})"
    return ListCell(told, None if pd.isna(rate) else float(rate))


def _quiet(row: Any) -> str:
    voices = (
        (perception_words.QUIET_ANSWERS, row.quiet_answers),
        (perception_words.QUIET_FINDINGS, row.quiet_findings),
    )
    return ", ".join(word for word, quiet in voices if quiet) or perception_words.QUIET_NONE


_PICTURES = headed(
    perception_words.PERCEPTION_COLUMNS,
    text("name"),
    text("police", lambda row: _side(row.police)),
    text("city", lambda row: _side(row.city)),
    text("citizens", lambda row: _side(row.citizens)),
    text("alone", lambda row: perception_words.PICTURES[row.alone] if row.alone else ""),
    plain(
        "answers_per_1000",
        lambda row: _per_1000(row.answers_per_1000, row.answers, row.status),
        is_number=True,
    ),
    plain(
        "findings_per_1000",
        lambda row: _per_1000(row.crude_rate, row.found, row.found_status),
        is_number=True,
    ),
    text("quiet", _quiet),
)


def pictures_table(
    names: pd.Series,
    sides: pd.DataFrame,
    alone: pd.Series,
    voices: pd.DataFrame,
    findings: Publishable,
) -> Listing:
    """What each picture shows of every district, and whose voice is missing."""
    codes = names.index
    pictures = zip(("police", "city", "citizens"), Perspective, strict=True)
    seen_there = findings.table.loc[codes, ["crude_rate", "count", "status"]]
    told = voices.loc[codes].assign(
        name=names.astype(str),
        alone=alone.loc[codes],
        **{key: sides.loc[codes, picture] for key, picture in pictures},
        crude_rate=seen_there["crude_rate"],
        found=seen_there["count"],
        found_status=seen_there["status"],
    )
    return listing(_PICTURES, told.itertuples())


def _asked(row: Any) -> Any:
    if not isinstance(seen(None, row.status), Absent) and math.isnan(row.share_lower):
        return Absent(perception_words.NO_INTERVAL)
    return seen((100 * row.share_lower, 100 * row.share_upper), row.status)


_SERIES = headed(
    perception_words.PERCEPTION_COLUMNS,
    text("year", lambda row: str(row.year)),
    share("share", lambda row: seen(row.share, row.status)),
    interval("share_interval", _asked, unit="\u00a0%"),
    number("answers", lambda row: seen(row.answers, row.status)),
    text(
        "method",
        lambda row: perception_words.SAMPLING_METHODS[SamplingMethod(row.sampling_method)],
    ),
)


def series_table(series: pd.DataFrame) -> Listing:
    """A question through the years."""
    return listing(_SERIES, series.itertuples())
