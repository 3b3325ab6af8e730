"""A presentation as one web file that needs no network: slides, maps, keys and print."""

import base64
import hashlib
from collections.abc import Iterator
from html import escape

import geopandas as gpd
import shapely

from trygghetskarta.draw import palette
from trygghetskarta.draw.browser_files import browser_file
from trygghetskarta.draw.deck.deck_bars import Bar, bars
from trygghetskarta.draw.deck.deck_maps import map_picture, told_of
from trygghetskarta.draw.deck.deck_pages import Body, body_of, marks
from trygghetskarta.draw.deck.slides import Chart, Deck, Slide
from trygghetskarta.draw.map import leaflet, maps, painting
from trygghetskarta.draw.map.map_windows import town_window
from trygghetskarta.draw.paper.document import Cell, Picture, Table
from trygghetskarta.draw.shown import Shown
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
_ROOM = 620
"""Width of a bar's drawing in its own units."""
_SEEN = 2
"""Lines of the caption that are seen without opening anything: source and number."""


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
    slides = [
        _slide(deck, slide, number, said, grounds) for number, slide in enumerate(deck.slides, 1)
    ]
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
    body = "".join([_bar(deck, said), "<main>", *slides, "</main>", _contents(deck, said)])
    return (
        f'<!DOCTYPE html><html lang="{_text(deck.language)}" dir="{said.direction}"><head>'
        f'<meta charset="utf-8"><meta http-equiv="Content-Security-Policy" '
        f'content="{_policy(script, style)}">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        '<meta name="referrer" content="no-referrer">'
        f'<meta name="generator" content="{texts.APP}"><link rel="icon" href="data:,">'
        f"<title>{_text(deck.title)}</title><style>{style}</style></head><body>{body}"
        f"<script>{script}</script></body></html>"
    ).encode()


def _policy(script: str, style: str) -> str:
    """Nothing but this file's own script and style sheet, and pictures that stand in it."""
    return (
        f"default-src 'none'; script-src {_hash(script)}; style-src {_hash(style)}; "
        "img-src data:; base-uri 'none'; form-action 'none'"
    )


def _hash(content: str) -> str:
    digest = hashlib.sha256(content.encode()).digest()
    return f"'sha256-{base64.b64encode(digest).decode()}'"


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


def _text(text: str) -> str:
    return escape(plain_text(text), quote=True)


def _bar(deck: Deck, said: Words) -> str:
    """The row of buttons, which the arrow keys make unnecessary."""
    buttons = "".join(
        f'<button type="button" id="{name}" aria-label="{_text(said.say(name))}">'
        f'<span aria-hidden="true">{sign}</span> <span>{_text(said.say(name))}</span></button>'
        for name, sign in (("previous", "‹"), ("contents", "≡"), ("full_screen", ""), ("next", "›"))
    )
    return (
        f'<noscript><p class="notice">{_text(said.say("no_script"))}</p></noscript>'
        f'<nav id="bar" aria-label="{_text(deck.title)}">{buttons}'
        '<span id="place" aria-live="polite"></span></nav>'
    )


def _contents(deck: Deck, said: Words) -> str:
    lines = "".join(
        f'<li><a href="#slide-{number}">{_text(slide.title)}</a></li>'
        for number, slide in enumerate(deck.slides, 1)
    )
    return (
        f'<dialog id="list" aria-labelledby="list-title"><h2 id="list-title">'
        f"{_text(said.say('contents'))}</h2><p>{_text(deck.title)}. {_text(deck.subtitle)}</p>"
        f"<ol>{lines}</ol><p>{_text(said.say('keys'))}</p>"
        f'<button type="button" id="close">{_text(said.say("close"))}</button></dialog>'
    )


def _slide(deck: Deck, slide: Slide, number: int, said: Words, grounds: _Grounds) -> str:
    body = body_of(slide)
    signs = "".join(f'<span class="mark">{_text(mark)}</span>' for mark in marks(deck, said))
    question = f'<p class="question">{_text(slide.question)}</p>' if slide.question else ""
    lead = "".join(f"<p>{_text(line)}</p>" for line in slide.paragraphs)
    return (
        f'<section class="slide {body.value}" id="slide-{number}" tabindex="-1" '
        f'aria-labelledby="title-{number}"><header><h1 id="title-{number}">'
        f'{_text(slide.title)}</h1><p class="marks">{signs}</p></header>{question}'
        f'<div class="lead">{lead}</div><div class="body">{_body(slide, body, said, grounds)}</div>'
        f"{_beside(slide, body, said)}{_foot(deck, slide, number, said)}</section>"
    )


def _body(slide: Slide, body: Body, said: Words, grounds: _Grounds) -> str:
    match body:
        case Body.MAP:
            views = [view for view in (slide.shown, slide.beside) if view is not None]
            return "".join(_map(view, len(views) > 1, said, grounds) for view in views)
        case Body.PICTURE:
            return _picture(slide.picture)
        case Body.CHART:
            return _chart(slide.chart, said)
        case Body.TABLE:
            return _table(slide.table, slide.title)
        case Body.TEXT:
            return ""


def _picture(picture: Picture) -> str:
    data = base64.b64encode(picture.png).decode()
    return f'<img alt="{_text(picture.told)}" src="data:image/png;base64,{data}">'


def _map(view: Shown, is_side: bool, said: Words, grounds: _Grounds) -> str:
    if len(view.areas) > MOST_LIVE:
        return _picture(map_picture(view, None, *_STILL))
    number = grounds.add(view)
    title = f"<h2>{_text(view.title)}</h2>" if is_side else ""
    label = _text(said.say("map", title=view.title))
    return (
        f'<figure class="map-frame {"pair" if is_side else "single"}">{title}'
        f'<div class="tk-root" data-map="{number}">'
        f'<div class="tk-map" role="application" tabindex="0" aria-label="{label}"></div></div>'
        f'<figcaption class="unseen">{_text(told_of(view))}</figcaption></figure>'
    )


def _beside(slide: Slide, body: Body, said: Words) -> str:
    """The table of a slide that shows something else, to be opened."""
    if slide.table is None or body is Body.TABLE:
        return ""
    return (
        f'<details class="more"><summary>{_text(said.say("as_table"))}</summary>'
        f"{_table(slide.table, slide.title)}</details>"
    )


def _foot(deck: Deck, slide: Slide, number: int, said: Words) -> str:
    """What must follow the figures: the first line is always seen, the others can be opened."""
    # The mark of invented data stands at the head already.
    told = [line for line in slide.caption if not (deck.mark and line.startswith(deck.mark))]
    marked = [line for line in slide.caption if line not in told]
    first = "".join(f"<p>{_text(line)}</p>" for line in told[:_SEEN])
    rest = "".join(f"<p>{_text(line)}</p>" for line in (*told[_SEEN:], *marked))
    about = (
        f'<details class="about"><summary>{_text(said.say("about"))}</summary>{rest}</details>'
        if rest
        else ""
    )
    parts = [deck.title, deck.subtitle]
    if slide.code:
        parts.append(f"{said.say('code')} {slide.code}")
    if deck.fingerprint:
        parts.append(f"{said.say('data')} {deck.fingerprint}")
    parts.append(said.say("slide", n=number, all=len(deck.slides)))
    line = " · ".join(_text(part) for part in parts if part)
    return f'<footer>{first}{about}<p class="foot">{line}</p></footer>'


def _table(table: Table, title: str) -> str:
    head = "".join(f'<th scope="col">{_text(heading)}</th>' for heading in table.headings)
    rows = "".join(
        "<tr>" + "".join(_cell(cell, at == 0) for at, cell in enumerate(row)) + "</tr>"
        for row in table.rows
    )
    return (
        f'<div class="table" role="region" tabindex="0" aria-label="{_text(title)}"><table>'
        f"<thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table></div>"
    )


def _cell(cell: Cell, is_name: bool) -> str:
    bold = f"<strong>{_text(cell.bold)}</strong>" if cell.bold else ""
    content = bold + "<br>".join(_text(line) for line in cell.lines if line)
    return f'<th scope="row">{content}</th>' if is_name else f"<td>{content}</td>"


def _chart(chart: Chart, said: Words) -> str:
    """Bars as rows of name, drawing and value: the words are text, the drawing adds nothing."""
    rows = "".join(_bar_row(bar) for bar in bars(chart, said))
    series = "".join(
        f'<li><svg width="14" height="14" aria-hidden="true"><rect width="14" height="14" '
        f'fill="{palette.DECK_SERIES[at % len(palette.DECK_SERIES)]}"/></svg> {_text(name)}</li>'
        for at, (name, _) in enumerate(chart.series)
    )
    key = f'<ul class="series">{series}</ul>' if len(chart.series) > 1 else ""
    interval = f"<p>{_text(said.say('interval'))}</p>" if chart.lower else ""
    label = _text(said.say("chart", title=chart.heading))
    return (
        f"<h2>{_text(chart.heading)} ({_text(chart.unit)})</h2>{key}{interval}"
        f'<ul class="bars" aria-label="{label}">{rows}</ul>'
    )


def _bar_row(bar: Bar) -> str:
    parts = []
    if bar.start is not None and bar.end is not None:
        low, high = sorted((bar.start, bar.end))
        parts.append(
            f'<rect x="{low * _ROOM:.1f}" y="3" width="{max((high - low) * _ROOM, 0.8):.1f}" '
            f'height="14" fill="{palette.DECK_SERIES[bar.series % len(palette.DECK_SERIES)]}"/>'
        )
    if bar.lower is not None and bar.upper is not None:
        low, high = bar.lower * _ROOM, bar.upper * _ROOM
        parts.append(
            f'<path d="M{low:.1f},10H{high:.1f}M{low:.1f},6v8M{high:.1f},6v8" '
            f'stroke="{palette.INK}" stroke-width="1.6" fill="none" '
            'vector-effect="non-scaling-stroke"/>'
        )
    kind = "value" if bar.end is not None else "value missing"
    return (
        f'<li><span>{_text(bar.category)}</span><svg viewBox="0 0 {_ROOM} 20" '
        f'preserveAspectRatio="none" aria-hidden="true">{"".join(parts)}</svg>'
        f'<span class="{kind}">{_text(bar.told)}</span></li>'
    )
