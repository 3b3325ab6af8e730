"""A presentation as one web file that needs no network: slides, maps, keys and print."""

import base64
import hashlib
from collections.abc import Iterator
from typing import NamedTuple

import geopandas as gpd
import shapely

from trygghetskarta.draw.browser_files import browser_file
from trygghetskarta.draw.deck.deck_bars import bars
from trygghetskarta.draw.deck.deck_maps import map_picture, told_of
from trygghetskarta.draw.deck.deck_pages import body_of, foot, marks
from trygghetskarta.draw.deck.slides import Deck, Slide
from trygghetskarta.draw.map import leaflet, maps, painting
from trygghetskarta.draw.map.map_windows import town_window
from trygghetskarta.draw.paper.document import Picture
from trygghetskarta.draw.shown import Shown
from trygghetskarta.draw.templates import template
from trygghetskarta.settings import SHOW_CRS, WORK_CRS
from trygghetskarta.words import texts
from trygghetskarta.words.deck_words import Words, words
from trygghetskarta.words.safe import plain_text

_ZOOM = 11
"""Before the map is fitted to its frame."""
MOST_LIVE = 400
"""Areas above which a map is a picture: thousands of cells would make a file of many megabytes."""
_STILL = 12.3, 5.2
"""Such a picture's width and height in inches."""
_SEEN = 2
"""Lines of the caption that are seen without opening anything: source and number."""


class _Map(NamedTuple):
    """A view and the number of its map in the file, or a picture where it has too many areas."""

    shown: Shown
    number: int
    picture: Picture | None = None


def to_html(deck: Deck) -> bytes:
    """Set a presentation as one web file.

    Parameters
    ----------
    deck
        The presentation.

    Returns
    -------
    bytes
        The same for the same deck. Everything is in it, and its security policy forbids it to ask
        for anything: opened from a memory stick it makes no request. Text, charts and tables are
        there without JavaScript as well.
    """
    said = words(deck.language)
    grounds = _Grounds()
    views = [[slide.shown, slide.beside] for slide in deck.slides]
    all_maps = [[_map(one, grounds) for one in shown if one is not None] for shown in views]
    script = "\n".join(
        [
            leaflet.leaflet_script(),
            leaflet.painter_script(),
            *grounds.scripts(),
            f"const DECK = {leaflet.script_json(_settings(deck, said, grounds))};",
            browser_file(__package__, "deck.js"),
        ]
    )
    style = (
        leaflet.leaflet_style() + leaflet.painter_style() + browser_file(__package__, "deck.css")
    )
    page = _PAGE.render(deck=deck, said=said, all_maps=all_maps, script=script, style=style)
    return page.encode()


def _digest(content: str) -> str:
    return _base64(hashlib.sha256(content.encode()).digest())


class _Grounds:
    """The sets of areas that the maps draw, each once, and what each map shows."""

    def __init__(self) -> None:
        self.known: list[gpd.GeoDataFrame] = []
        self.states: list[dict] = []

    def add(self, shown: Shown) -> int:
        """Give the number of a view's map."""
        ground = next(
            (at for at, areas in enumerate(self.known) if _same(areas, shown.areas)), None
        )
        if ground is None:
            ground = len(self.known)
            self.known.append(shown.areas)
        self.states.append({"ground": ground, "state": painting.state(shown, shown.areas.index)})
        return len(self.states) - 1

    def scripts(self) -> Iterator[str]:
        """One constructor of maps for each set of areas."""
        for at, areas in enumerate(self.known):
            middle = (
                gpd.GeoSeries([shapely.box(*areas.total_bounds)], crs=areas.crs)
                .to_crs(SHOW_CRS)[0]
                .centroid
            )
            ground = maps.ground_script(areas, round(middle.y, 5), round(middle.x, 5), _ZOOM)
            yield f"const ground{at} = () => {{ {ground}\n return {{ MAP_ID, AREAS, LABELS, WORDS, "
            yield f"buildMap, TOWN: {leaflet.script_json(_town(areas))} }}; }};"
        names = ", ".join(f"ground{at}" for at in range(len(self.known)))
        yield f"const GROUNDS = [{names}];"


def _same(one: gpd.GeoDataFrame, other: gpd.GeoDataFrame) -> bool:
    return one is other or (
        one.index.equals(other.index)
        and one["name"].equals(other["name"])
        and bool(one.geometry.geom_equals_exact(other.geometry, 0.0).all())
    )


def _town(areas: gpd.GeoDataFrame) -> list[list[float]] | None:
    """South-west and north-east corner of the town, in degrees."""
    window = town_window(areas.geometry)
    if window is None:
        return None
    west, south, east, north = (
        gpd.GeoSeries([shapely.box(*window)], crs=WORK_CRS).to_crs(SHOW_CRS).total_bounds
    )
    return [[round(south, 5), round(west, 5)], [round(north, 5), round(east, 5)]]


def _settings(deck: Deck, said: Words, grounds: _Grounds) -> dict:
    return {
        "maps": grounds.states,
        "slide": said.said["slide"],
        "title": plain_text(deck.title),
        "words": {key: said.said[key] for key in ("contents", "close", "full_screen")},
    }


def _map(view: Shown, grounds: _Grounds) -> _Map:
    if len(view.areas) > MOST_LIVE:
        return _Map(view, -1, map_picture(view, None, *_STILL))
    return _Map(view, grounds.add(view))


def _caption(deck: Deck, slide: Slide) -> tuple[list[str], list[str]]:
    """Give what must follow the figures: lines that are seen, and lines that can be opened."""
    # The mark of invented data stands at the head already.
    told = [line for line in slide.caption if not (deck.mark and line.startswith(deck.mark))]
    marked = [line for line in slide.caption if line not in told]
    return told[:_SEEN], [*told[_SEEN:], *marked]


def _base64(content: bytes) -> str:
    return base64.b64encode(content).decode()


_PAGE = template(
    __package__, "deck.html.jinja",
    texts=texts, bars=bars, body_of=body_of, foot=foot, marks=marks, told_of=told_of,
    caption=_caption, base64=_base64, digest=_digest,
)  # fmt: skip
