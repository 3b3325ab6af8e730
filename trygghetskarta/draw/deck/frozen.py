"""A deck kept as it was shown: figures, statuses, words and borders, back through the gate."""

import base64
import hashlib
import json
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, fields
from datetime import date
from enum import StrEnum
from typing import get_type_hints

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from trygghetskarta.analysis.disclosure import Publishable, narrow
from trygghetskarta.analysis.facts import Facts
from trygghetskarta.draw.deck.slides import Chart, Deck, Layout, Slide
from trygghetskarta.draw.map.maps import DRAW_TOLERANCE
from trygghetskarta.draw.paper.document import Cell, Table
from trygghetskarta.draw.shown import LegendEntry, Shown
from trygghetskarta.errors import DisclosureCause, DisclosureError
from trygghetskarta.settings import WORK_CRS
from trygghetskarta.terms.areas import AreaLevel
from trygghetskarta.terms.audience import Audience, ShowRule

_DRAWN = "drawn"
_PRECISION = 0.1
"""Metres that the corners of a kept border are rounded to."""


@dataclass(frozen=True)
class Frozen:
    """A deck as text, and the borders it is drawn with by their hash.

    Attributes
    ----------
    text
        JSON, alike for the same deck.
    borders
        Packed borders by hash, so that many presentations share them.
    """

    text: str
    borders: Mapping[str, bytes]


def freeze(deck: Deck) -> Frozen:
    """Write down everything a deck shows.

    Raises
    ------
    DisclosureError
        ``NOT_A_TABLE`` if any of its figures are not meant for the public.
    """
    borders: dict[str, bytes] = {}
    read = {
        "title": deck.title,
        "subtitle": deck.subtitle,
        "language": deck.language,
        "mark": deck.mark,
        "day": deck.day.isoformat(),
        "fingerprint": deck.fingerprint,
        "slides": [_frozen_slide(slide, borders) for slide in deck.slides],
    }
    return Frozen(json.dumps(read, ensure_ascii=False, sort_keys=True), borders)


def thaw(frozen: Frozen) -> Deck:
    """Read a deck back; every table of figures passes the gate's check again.

    Raises
    ------
    DisclosureError
        If a table has been changed so that it shows what the public may not see.
    """
    read = json.loads(frozen.text)
    drawn = {name: _unpack_borders(packed) for name, packed in frozen.borders.items()}
    return Deck(
        title=read["title"],
        subtitle=read["subtitle"],
        slides=tuple(_slide(one, drawn) for one in read["slides"]),
        language=read["language"],
        mark=read["mark"],
        day=date.fromisoformat(read["day"]),
        fingerprint=read["fingerprint"],
    )


def _frozen_slide(slide: Slide, borders: dict[str, bytes]) -> dict:
    return {
        **{name: getattr(slide, name) for name in _PLAIN},
        "kind": slide.layout,
        "shown": _frozen_shown(slide.shown, borders),
        "beside": _frozen_shown(slide.beside, borders),
        "chart": None if slide.chart is None else asdict(slide.chart),
        "table": None if slide.table is None else asdict(slide.table),
    }


_PLAIN = ("title", "question", "paragraphs", "caption", "code", "notes")


def _slide(read: dict, drawn: Mapping[str, gpd.GeoDataFrame]) -> Slide:
    return Slide(
        layout=Layout(read["kind"]),
        title=read["title"],
        question=read["question"],
        shown=_shown(read["shown"], drawn),
        beside=_shown(read["beside"], drawn),
        chart=_chart(read["chart"]),
        table=_table(read["table"]),
        paragraphs=tuple(read["paragraphs"]),
        caption=tuple(read["caption"]),
        code=read["code"],
        notes=read["notes"],
    )


def _frozen_shown(shown: Shown | None, borders: dict[str, bytes]) -> dict | None:
    if shown is None:
        return None
    whole = shown.publishable.part_of or shown.publishable
    if whole.audience is not Audience.PUBLIC:
        raise DisclosureError(DisclosureCause.NOT_A_TABLE)
    packed = _pack_borders(shown.areas)
    name = hashlib.sha256(packed).hexdigest()
    borders[name] = packed
    return {
        "title": shown.title,
        "legend_title": shown.legend_title,
        "legend": [asdict(entry) for entry in shown.legend],
        "summary": shown.summary,
        "caption": shown.caption,
        "classes": {code: int(number) for code, number in shown.class_number.items()},
        "facts": asdict(shown.facts) | _days(shown.facts),
        "level": whole.level,
        "rule": asdict(whole.rule),
        "figures": whole.figures,
        "totals": _values(whole.totals),
        "codes": list(whole.table.index),
        "table": {column: _column(whole.table[column]) for column in whole.table},
        "borders": name,
    }


def _shown(read: dict | None, drawn: Mapping[str, gpd.GeoDataFrame]) -> Shown | None:
    if read is None:
        return None
    areas = drawn[read["borders"]]
    codes = pd.Index(read["codes"], name="area_code")
    table = pd.DataFrame({name: _series(kept, codes) for name, kept in read["table"].items()})
    rule = read["rule"]
    finest = None if rule["finest"] is None else AreaLevel(rule["finest"])
    whole = Publishable(
        table,
        Audience.PUBLIC,
        AreaLevel(read["level"]),
        ShowRule(**{**rule, "finest": finest}),
        tuple(read["figures"]),
        pd.Series(read["totals"], dtype=np.float64, name="total"),
    )
    numbers = pd.Series(read["classes"], dtype=np.int8, name="class_number")
    numbers.index.name = "area_code"
    is_part = len(numbers) < len(codes)
    return Shown(
        title=read["title"],
        publishable=narrow(whole, numbers.index) if is_part else whole,
        names=areas["name"],
        areas=areas,
        class_number=numbers,
        legend_title=read["legend_title"],
        legend=tuple(LegendEntry(**entry) for entry in read["legend"]),
        summary=read["summary"],
        caption=tuple(read["caption"]),
        facts=_facts(read["facts"]),
    )


def _days(facts: Facts) -> dict[str, object]:
    days = {name: getattr(facts, name) for name in _DAYS}
    told = {name: None if day is None else day.isoformat() for name, day in days.items()}
    return told | {_SILENT: [[day.isoformat() for day in run] for run in facts.silent]}


_SILENT = "silent"
_DAYS = ("start", "end", "previous_start", "previous_end")


def _facts(read: dict) -> Facts:
    days = {name: date.fromisoformat(read[name]) if read[name] else None for name in _DAYS}
    hints = get_type_hints(Facts)
    kinds = {
        name: hint(read[name])
        for name, hint in hints.items()
        if isinstance(hint, type) and issubclass(hint, StrEnum)
    }
    lists = {
        one.name: tuple(read[one.name])
        for one in fields(Facts)
        if str(hints[one.name]).startswith("tuple") and one.name != _SILENT
    }
    # Presentations kept before months could be silent do not tell of any.
    silent = (map(date.fromisoformat, run) for run in read.get(_SILENT, ()))
    lists[_SILENT] = tuple((first, last) for first, last in silent)
    return Facts(**{**read, **days, **kinds, **lists})


def _column(values: pd.Series) -> dict:
    is_number = pd.api.types.is_numeric_dtype(values)
    kept = _values(values).values() if is_number else (_word(value) for value in values)
    return {"number": bool(is_number), "values": list(kept)}


def _series(kept: dict, codes: pd.Index) -> pd.Series:
    if kept["number"]:
        return pd.Series(kept["values"], index=codes, dtype=np.float64)
    return pd.Series(kept["values"], index=codes, dtype=object)


def _values(numbers: pd.Series) -> dict[str, float | str | None]:
    """Numbers as JSON knows them: no missing value, no infinity."""
    return {
        key: None if pd.isna(value) else float(value) if np.isfinite(value) else str(value)
        for key, value in numbers.items()
    }


def _word(value: object) -> str | None:
    return None if pd.isna(value) else str(value)


def _chart(read: dict | None) -> Chart | None:
    if read is None:
        return None
    series = tuple((name, tuple(values)) for name, values in read["series"])
    lists = {name: tuple(read[name]) for name in ("categories", "lower", "upper", "told")}
    return Chart(read["heading"], read["unit"], series=series, **lists)


def _table(read: dict | None) -> Table | None:
    if read is None:
        return None
    rows = tuple(
        tuple(Cell(tuple(cell["lines"]), cell["bold"]) for cell in row) for row in read["rows"]
    )
    return Table(tuple(read["headings"]), tuple(read["widths"]), rows)


def border_names(shown: Sequence[Shown]) -> list[str]:
    """Hash of the borders of each map as they are kept: the same hash, the same drawing."""
    packed = {id(one.areas): _pack_borders(one.areas) for one in shown}
    return [hashlib.sha256(packed[id(one.areas)]).hexdigest() for one in shown]


def _pack_borders(areas: gpd.GeoDataFrame) -> bytes:
    """The borders as they are drawn, with their names."""
    shapes = areas.geometry.to_numpy()
    if not areas.attrs.get(_DRAWN):
        shapes = shapely.coverage_simplify(shapes, DRAW_TOLERANCE)
        shapes = shapely.set_precision(shapes, _PRECISION, mode="pointwise")
    read = [
        [str(code), str(name), base64.b64encode(shapely.to_wkb(shape)).decode("ascii")]
        for code, name, shape in zip(areas.index, areas["name"], shapes, strict=True)
    ]
    return zlib.compress(json.dumps(read, ensure_ascii=False).encode("utf-8"), 9)


def _unpack_borders(packed: bytes) -> gpd.GeoDataFrame:
    read = json.loads(zlib.decompress(packed))
    shapes = shapely.from_wkb([base64.b64decode(shape) for _, _, shape in read])
    index = pd.Index([code for code, _, _ in read], name="area_code")
    names = [name for _, name, _ in read]
    areas = gpd.GeoDataFrame({"name": names}, geometry=shapes, index=index, crs=WORK_CRS)
    # Simplified once: to do it again would move them a little every time they are saved.
    areas.attrs[_DRAWN] = True
    return areas
