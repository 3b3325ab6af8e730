"""A deck as the browser gets it: one package with every slide, and the map they share."""

from collections.abc import Sequence

import numpy as np

from trygghetskarta.analysis.measures import Measure
from trygghetskarta.draw.deck.frozen import border_names
from trygghetskarta.draw.deck.slides import Chart, Deck, Layout, Slide
from trygghetskarta.draw.map import maps, painting
from trygghetskarta.draw.map.maps import MapScript
from trygghetskarta.draw.paper.document import Table
from trygghetskarta.draw.shown import SPECIAL_LOOKS, Shown
from trygghetskarta.settings import SHOW_CRS
from trygghetskarta.terms import map_classes
from trygghetskarta.words.language import Language, language

_LARGE = 2.0
"""An area more than this many times the median area is countryside: the first view leaves it out.
"""


def map_script(deck: Deck) -> MapScript | None:
    """The map that the slides share, without figures; None when no slide has one."""
    shown = _first_map(deck)
    if shown is None:
        return None
    middle = shown.areas.to_crs(SHOW_CRS).total_bounds
    return maps.script(
        shown.areas, (middle[1] + middle[3]) / 2, (middle[0] + middle[2]) / 2, zoom=11
    )


def deck_state(deck: Deck) -> dict:
    """Everything that the presenter shows, as plain JSON; speaker's notes stay at home."""
    words = language(deck.language)
    shown = _first_map(deck)
    drawn = _on_the_map(deck)
    return {
        "title": deck.title,
        "subtitle": deck.subtitle,
        "language": words.tag,
        "direction": words.direction,
        "locale": words.locale.replace("_", "-"),
        "mark": deck.mark,
        "fingerprint": deck.fingerprint,
        "words": {
            key.removeprefix("present."): str(text)
            for key, text in words.words.items()
            if key.startswith("present.")
        },
        "painter": {
            "hidden": words.say("chart.hidden"),
            "missing": words.say("chart.missing"),
            "locale": words.locale.replace("_", "-"),
        },
        "focus": None if shown is None else _focus(shown),
        "slides": [_slide(slide, words, drawn) for slide in deck.slides],
    }


def _on_the_map(deck: Deck) -> list[Shown]:
    """Maps that can be painted on the borders of the first; older borders are told as a table."""
    maps_shown = [
        one for slide in deck.slides for one in (slide.shown, slide.beside) if one is not None
    ]
    names = border_names(maps_shown)
    return [one for one, name in zip(maps_shown, names, strict=True) if name == names[0]]


def _first_map(deck: Deck) -> Shown | None:
    return next((slide.shown for slide in deck.slides if slide.shown is not None), None)


def _focus(shown: Shown) -> list[list[float]]:
    """South-west and north-east corner, in degrees, of where most areas lie."""
    sizes = shown.areas.geometry.area
    near = shown.areas[sizes <= _LARGE * sizes.median()]
    west, south, east, north = near.to_crs(SHOW_CRS).total_bounds
    return [[round(south, 5), round(west, 5)], [round(north, 5), round(east, 5)]]


def _slide(slide: Slide, words: Language, drawn: Sequence[Shown]) -> dict:
    return {
        "kind": slide.layout.value,
        "title": slide.title,
        "question": slide.question,
        "paragraphs": _paragraphs(slide),
        "caption": list(slide.caption),
        "code": slide.code,
        "maps": [
            _map(one, slide, words)
            for one in (slide.shown, slide.beside)
            if any(one is other for other in drawn)
        ],
        "legend": _legend(slide),
        "chart": None if slide.chart is None else _chart(slide.chart, words),
        "table": None if slide.table is None else _table(slide.table),
    }


def _paragraphs(slide: Slide) -> list[dict]:
    """Lines of text; those that begin with what they are about have it apart."""
    listed = slide.layout in (Layout.CARDS, Layout.LEGEND)
    told = []
    for line in slide.paragraphs:
        lead, colon, rest = line.partition(": ") if listed else ("", "", line)
        told.append({"lead": lead if colon else "", "text": rest if colon else line})
    return told


def _map(shown: Shown, slide: Slide, words: Language) -> dict:
    state = painting.state(shown, shown.areas.index, lines=_tooltip(shown, words))
    title = words.period(shown.facts.start, shown.facts.end)
    return {
        "state": {**state, "mark": "", "looks": [{**look, "n": 0} for look in state["looks"]]},
        "title": title if slide.beside is not None else "",
        "told": words.say("present.map", title=shown.title),
    }


def _tooltip(shown: Shown, words: Language) -> list[dict]:
    table = shown.publishable.table.reindex(shown.areas.index)
    lines = [painting.tooltip_line(words.say("chart.label_count"), 0, table["count"])]
    measure = shown.facts.measure
    if measure is not Measure.COUNT and not measure.declared.compares:
        label = words.say(f"measure.{measure}.unit")
        lines.append(painting.figure_line(measure.declared.value, label, table))
    return lines


def _legend(slide: Slide) -> dict | None:
    """The legend of a slide with maps; on *Så läser du kartan* with what each line means."""
    if slide.shown is None:
        return None
    entries = [
        {"colours": [entry.colour], "pattern": entry.pattern, "label": entry.label}
        for entry in slide.shown.legend
    ]
    title = slide.shown.legend_title
    if slide.layout is not Layout.LEGEND:
        return {"title": title, "entries": entries}
    scale = [entry.colour for entry in slide.shown.legend if entry.class_number >= 0]
    looks = [(scale, ""), *(([colour], pattern) for colour, pattern in _ABSENT)]
    return {
        "title": title,
        "entries": [
            {"colours": colours, "pattern": pattern, "label": told["lead"], "means": told["text"]}
            for (colours, pattern), told in zip(looks, _paragraphs(slide), strict=True)
        ],
    }


_ABSENT = tuple(
    SPECIAL_LOOKS[one] for one in (map_classes.ZERO, map_classes.HIDDEN, map_classes.MISSING)
)


def _chart(chart: Chart, words: Language) -> dict:
    """Bars with lengths as shares of the longest, and everything that is written out."""
    values = chart.series[0][1]
    ends = [value for value in (*values, *chart.upper) if value is not None]
    longest = max(ends, default=0.0) or 1.0
    whole = all(value is None or value == round(value) for value in values)
    limits = list(zip(chart.lower, chart.upper, strict=True)) or [(None, None)] * len(values)
    bars = [
        {
            "name": name,
            "value": "" if value is None else words.number(value, 0 if whole else 1),
            "limits": _limits(low, high, words, 0 if whole else 1),
            "share": None if value is None else round(value / longest, 4),
            "low": None if low is None else round(low / longest, 4),
            "high": None if high is None else round(high / longest, 4),
            "told": told,
        }
        for name, value, (low, high), told in zip(
            chart.categories, values, limits, chart.told, strict=True
        )
    ]
    return {
        "heading": chart.heading,
        "unit": chart.unit,
        "interval": words.say("chart.interval"),
        "hidden": words.say("chart.hidden"),
        "time": all(name.isdigit() for name in chart.categories),
        "bars": bars,
    }


def _limits(low: float | None, high: float | None, words: Language, decimals: int) -> str:
    if low is None or high is None:
        return ""
    rounded = (np.floor(low), np.ceil(high)) if decimals == 0 else (low, high)
    return "–".join(words.number(float(end), decimals) for end in rounded)


def _table(table: Table) -> dict:
    return {
        "headings": list(table.headings),
        "widths": list(table.widths),
        "rows": [
            [" ".join((cell.bold, *cell.lines)).strip() for cell in row] for row in table.rows
        ],
    }
