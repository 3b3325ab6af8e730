"""A meeting as pictures and lists: the wall for the room, the pins for those who review them."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import segno
from markupsafe import Markup

from trygghetskarta import formats
from trygghetskarta.analysis.disclosure import Publishable
from trygghetskarta.draw import palette
from trygghetskarta.draw.map import painting
from trygghetskarta.draw.map.bare_maps import bare_state, degrees
from trygghetskarta.draw.table.listing import Listing, headed, listing, number, text
from trygghetskarta.draw.templates import template
from trygghetskarta.terms.audience import CellStatus
from trygghetskarta.terms.meetings import Feeling, Lean, PinReason
from trygghetskarta.words import meeting_words

_FEW, _COUNTED = 0, 1
_CLASSES = {Lean.UNSAFE: 2, Lean.SPLIT: 3, Lean.SAFE: 4}
# PuOr: neither side is good or bad, and nobody's home is red.
_COLOURS = {
    _FEW: palette.LEANS_FEW,
    2: palette.LEANS_UNSAFE,
    3: palette.LEANS_SPLIT,
    4: palette.LEANS_SAFE,
}
_QUIET_ZONE = 2
_HTML: Any = template(__package__, "meeting_pictures.html.jinja", words=meeting_words).module


@dataclass(frozen=True, eq=False)
class WallShown:
    """What the wall shows.

    Attributes
    ----------
    state
        What the map is sent.
    number
        Pins in whole fives.
    total
        How many have answered, in words.
    areas
        District and what is said of it, in alphabetical order.
    reasons
        In alphabetical order.
    """

    state: dict
    number: int
    total: str
    areas: tuple[tuple[str, str], ...]
    reasons: tuple[str, ...]


def wall_shown(
    gated: Publishable, total: int, reasons: tuple[PinReason, ...], names: pd.Series, mark: str
) -> WallShown:
    """Draw what a room may see.

    Parameters
    ----------
    gated
        Index area_code in the order of the map; ``count`` in whole fives and ``lean``.
    total
        Pins in whole fives.
    reasons
        Those that may be told.
    names
        Of the areas, by code.
    mark
        Said on the map when the answers are invented, else empty.
    """
    table = gated.table
    shown = table["status"] == CellStatus.SHOWN
    leans = [Lean(lean) if isinstance(lean, str) else None for lean in table["lean"]]
    numbers = np.array(
        [
            _FEW if not is_shown else _CLASSES.get(lean, _COUNTED)
            for is_shown, lean in zip(shown, leans, strict=True)
        ],
        dtype=np.int8,
    )
    lines = [
        meeting_words.wall_area(str(names[code]), int(count), lean)
        for code, count, lean, is_shown in zip(
            table.index, table["count"], leans, shown, strict=True
        )
        if is_shown
    ]
    return WallShown(
        _wall_state(numbers, mark),
        total,
        meeting_words.at_least(total),
        tuple(sorted(lines, key=lambda line: formats.swedish_order(line[0]))),
        tuple(
            sorted((meeting_words.PIN_REASONS[one] for one in reasons), key=formats.swedish_order)
        ),
    )


def _wall_state(numbers: np.ndarray, mark: str) -> dict:
    labels = {
        2: meeting_words.LEAN_LEGEND[Lean.UNSAFE],
        3: meeting_words.LEAN_LEGEND[Lean.SPLIT],
        4: meeting_words.LEAN_LEGEND[Lean.SAFE],
        _COUNTED: meeting_words.WALL_COUNTED,
        _FEW: meeting_words.WALL_FEW,
    }
    looks = [
        {
            "class": number,
            "colour": _COLOURS.get(number, ""),
            "pattern": "" if number in _COLOURS else "dots",
            "label": label,
            "n": int((numbers == number).sum()),
        }
        for number, label in labels.items()
    ]
    return {
        "classes": painting.pack(numbers),
        "looks": looks,
        "legendTitle": meeting_words.WALL_LEGEND,
        "lines": [],
        "selected": -1,
        "mark": mark,
    }


wall_text: Callable[[WallShown, bool], Markup] = _HTML.wall_text
wall_head: Callable[[str, str], Markup] = _HTML.wall_head


def wall_join(address: str, code: str) -> Markup:
    """How to join: the code for the camera, and the address to type, as HTML."""
    plain = address.partition("://")[2].partition("?")[0]
    return _HTML.wall_join(qr_image(address), plain, code)


def qr_image(address: str) -> Markup:
    """An address for the phone's camera, as an HTML picture that fetches nothing."""
    made = segno.make(address, error="m", micro=False)
    source = made.svg_data_uri(border=_QUIET_ZONE, light=palette.WHITE, omitsize=True)
    return _HTML.qr_image(source, meeting_words.MEETING_QR.format(address=address))


def pins_state(areas: int, pins: gpd.GeoDataFrame) -> dict:
    """The map of those who review: one point for each pin that has a place."""
    placed = pins[~(pins.geometry.isna() | pins.geometry.is_empty)]
    state = bare_state(areas, meeting_words.MEETING_MAP_TITLE)
    if placed.empty:
        return state
    spots = np.column_stack([placed.geometry.x, placed.geometry.y])
    return {**state, "points": painting.pack(degrees(spots))}


_PINS = headed(
    meeting_words.MEETING_COLUMNS,
    number("number"),
    text("district"),
    text("feeling", lambda pin: meeting_words.FEELINGS[pin.feeling]),
    text("reason", lambda pin: meeting_words.PIN_REASONS[pin.reason]),
    text("place", lambda pin: meeting_words.MEETING_PLACED[pin.geometry is not None]),
)


def pins_listing(pins: pd.DataFrame, names: pd.Series) -> Listing:
    """The pins of a meeting, numbered in the order they came."""
    districts = [str(names[code]) for code in pins["district_code"]]
    told = pd.DataFrame(pins).assign(number=range(1, len(pins) + 1), district=districts)
    return listing(_PINS, told.itertuples())


_COUNTS = headed(
    meeting_words.MEETING_COLUMNS,
    *(number(feeling.value) for feeling in (Feeling.SAFE, Feeling.UNSAFE)),
    number("count"),
)


def tally_listing(table: pd.DataFrame, heading: str, words: dict[str, str]) -> Listing:
    """Counts by district or reason; internal.

    Parameters
    ----------
    table
        Columns ``trygg, otrygg, count``.
    heading
        Of the first column.
    words
        What each index value is called.
    """
    first = text("name", lambda row: words[row.Index], heading=heading)
    return listing((first, *_COUNTS), table.itertuples())
