"""What a page shows as a small presentation, from which its web file, PDF and slides are made."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from trygghetskarta import formats
from trygghetskarta.analysis.facts import Facts
from trygghetskarta.analysis.tracks import Track
from trygghetskarta.draw.absence import why_not_computed
from trygghetskarta.draw.deck.slides import Chart, Deck, Layout, Slide
from trygghetskarta.draw.map.walk_picture import route_picture
from trygghetskarta.draw.paper.document import Picture, Table, cells
from trygghetskarta.draw.shown import Shown
from trygghetskarta.draw.table import area_lists, time_listing
from trygghetskarta.draw.table.listing import ABSENT, Listing
from trygghetskarta.terms.audience import Audience
from trygghetskarta.words import compare_words, file_words, finding_words, texts, time_words
from trygghetskarta.words.measure_words import MEASURE_WORDS

MOST_BARS = 24
"""Areas above which a chart of them is not drawn."""
MOST_ROWS = 60
"""Rows of a table that are taken along; a workbook holds the others."""
_NARROWEST = 6.0
"""Signs that a column has room for at least."""
_WIDEST = 22.0


@dataclass(frozen=True)
class Stamp:
    """What every file says of where it comes from.

    Attributes
    ----------
    municipality
        Its name.
    code
        Short code that opens the view.
    fingerprint
        Short name of the data.
    """

    municipality: str
    code: str
    fingerprint: str


def area_deck(shown: Shown, stamp: Stamp) -> Deck:
    """The page Karta: the map with its table, and the areas as a chart where they are few."""
    return _deck(shown.facts, shown.title, [*_area_slides(shown, stamp)], stamp)


def compare_deck(earlier: Shown, later: Shown, change: Shown | None, stamp: Stamp) -> Deck:
    """The page Jämför: two periods with one legend, then the change.

    Parameters
    ----------
    earlier, later
        The two sides.
    change
        The later period coloured by its change, None where that cannot be told.
    stamp
        What the files say of themselves.
    """
    title = compare_words.compare_title(earlier.facts, later.facts)
    caption = (compare_words.SHARED_CLASSES, *(change or later).caption)
    slides = [
        Slide(
            Layout.TWO_MAPS,
            title,
            shown=earlier,
            beside=later,
            table=None if change else area_table(later),
            paragraphs=((change or later).summary,),
            caption=caption,
            code=stamp.code,
        )
    ]
    if change is not None:
        slides.append(_map_slide(change, stamp))
    return _deck(later.facts, title, slides, stamp)


def hotspot_deck(
    shown: Shown, caption: Sequence[str], clusters: Listing | None, stamp: Stamp
) -> Deck:
    """The page Hotspots: the cells, and the strongest clusters as a table.

    Parameters
    ----------
    shown
        The cells.
    caption
        Their lines.
    clusters
        As the page lists them, None when there are none.
    stamp
        What the files say of themselves.
    """
    slide = Slide(
        Layout.MAP,
        shown.title,
        shown=shown,
        table=None if clusters is None else table_of(clusters),
        paragraphs=(shown.summary,),
        caption=tuple(caption),
        code=stamp.code,
    )
    return _deck(shown.facts, shown.title, [slide], stamp)


@dataclass(frozen=True, eq=False)
class WhenParts:
    """The parts of the page *När händer det* that a file holds, each None when it is not there.

    Attributes
    ----------
    hours
        Weekdays by hours.
    light
        As :func:`trygghetskarta.analysis.daylight.light_shares` gives it.
    season
        As :func:`trygghetskarta.analysis.temporal.season` gives it.
    hours_caption
        What the hours are made of.
    """

    hours: pd.DataFrame | None
    light: pd.DataFrame | None
    season: pd.DataFrame | None
    hours_caption: str


def when_deck(
    facts: Facts, title: str, caption: tuple[str, ...], parts: WhenParts, stamp: Stamp
) -> Deck:
    """The page *När händer det*: hours, light and seasons as charts with their tables.

    A file that would have no chart says so in one slide.
    """
    slides = [
        _chart_slide(f"{title}: {heading}", chart, table, (note, *caption), stamp)
        for heading, chart, table, note in _when_charts(parts)
    ]
    if not slides:
        slides = [
            Slide(
                Layout.CHART,
                title,
                paragraphs=(time_words.when_summary(facts), file_words.DECK_NO_CHARTS),
                caption=caption,
                code=stamp.code,
            )
        ]
    return _deck(facts, title, slides, stamp)


@dataclass(frozen=True, eq=False)
class WalkFacts:
    """What the files of the page Vandringar hold.

    Attributes
    ----------
    title, summary, caption
        As on the page.
    figures
        Label, value and what it rests on.
    areas
        Districts.
    routes
        Routes without their ends.
    findings
        Places of the listed findings.
    table
        The listed findings.
    is_example
        Whether any of it is invented.
    day
        Last day of the period.
    """

    title: str
    summary: str
    caption: tuple[str, ...]
    figures: Sequence[tuple[str, str, str]]
    areas: gpd.GeoDataFrame
    routes: Sequence[Track]
    findings: gpd.GeoDataFrame
    table: Listing
    is_example: bool
    day: date


def walk_deck(told: WalkFacts, stamp: Stamp) -> Deck:
    """The page Vandringar: routes and findings on a map, its figures, its list of findings."""
    slides = [
        Slide(
            Layout.MAP,
            told.title,
            paragraphs=(told.summary,),
            picture=_walk_picture(told),
            caption=told.caption,
            code=stamp.code,
        ),
        Slide(
            Layout.CHART,
            file_words.DECK_FIGURES,
            table=Table(
                file_words.DECK_FIGURE_COLUMNS,
                (0.35, 0.2, 0.45),
                tuple(cells(line) for line in told.figures),
            ),
            caption=told.caption,
            code=stamp.code,
        ),
    ]
    if told.table.rows:
        slides.append(
            Slide(
                Layout.TABLE,
                finding_words.FINDINGS_TABLE,
                table=table_of(told.table),
                caption=told.caption,
                code=stamp.code,
            )
        )
    mark = texts.EXAMPLE_MARK if told.is_example else ""
    return Deck(
        told.title,
        stamp.municipality,
        slides,
        "sv",
        mark,
        told.day,
        stamp.fingerprint,
        Audience.INTERNAL,
    )


def area_table(shown: Shown) -> Table:
    """The content of a map as a table, areas in alphabetical order; hidden and missing in words."""
    listed = area_lists.area_table(shown)
    rows = sorted(listed.rows, key=lambda row: formats.swedish_order(row[0]))
    return _table(listed.headings, rows)


def table_of(listed: Listing) -> Table:
    """A page's table, in its order, as far as a file takes it."""
    return _table(listed.headings, listed.rows)


def area_chart(shown: Shown) -> Chart | None:
    """Counts or rates of the areas in alphabetical order; None for a change or many areas."""
    measure = shown.facts.measure
    if measure.declared.compares or len(shown.names) > MOST_BARS:
        return None
    names = shown.names.sort_values(key=lambda found: found.map(formats.swedish_order))
    table = shown.publishable.table.loc[names.index]
    value = measure.declared.value
    values = _values(table[value.name])
    why = why_not_computed(table, measure)
    told = tuple(
        "" if value is not None else why.get(code) or ABSENT.get(status, file_words.NOT_COMPUTED)
        for code, value, status in zip(table.index, values, table["status"], strict=True)
    )
    return Chart(
        shown.legend_title,
        MEASURE_WORDS[measure].unit,
        tuple(str(name) for name in names),
        ((shown.legend_title, values),),
        _values(table[value.lower]) if value.lower else (),
        _values(table[value.upper]) if value.upper else (),
        told,
    )


def _area_slides(shown: Shown, stamp: Stamp) -> list[Slide]:
    slides = [_map_slide(shown, stamp)]
    chart = area_chart(shown)
    if chart is not None:
        slides.append(_chart_slide(shown.title, chart, None, shown.caption, stamp))
    return slides


def _map_slide(shown: Shown, stamp: Stamp) -> Slide:
    return Slide(
        Layout.MAP,
        shown.title,
        shown=shown,
        table=area_table(shown),
        paragraphs=(shown.summary,),
        caption=shown.caption,
        code=stamp.code,
    )


def _chart_slide(
    title: str, chart: Chart, table: Table | None, caption: Sequence[str], stamp: Stamp
) -> Slide:
    return Slide(
        Layout.CHART, title, chart=chart, table=table, caption=tuple(caption), code=stamp.code
    )


def _deck(facts: Facts, title: str, slides: Sequence[Slide], stamp: Stamp) -> Deck:
    mark = texts.EXAMPLE_MARK if facts.is_example else ""
    return Deck(
        title,
        stamp.municipality,
        slides,
        "sv",
        mark,
        facts.end,
        stamp.fingerprint,
        Audience.INTERNAL,
    )


def _table(headings: Sequence[str], rows: Sequence[Sequence[str]]) -> Table:
    """A table whose columns are as wide as what they hold."""
    kept = rows[:MOST_ROWS]
    longest = [
        max([len(row[at]) for row in kept] + [max(map(len, heading.split()), default=0)])
        for at, heading in enumerate(headings)
    ]
    widths = np.clip(np.array(longest, dtype=float), _NARROWEST, _WIDEST)
    return Table(
        tuple(headings),
        tuple(float(width) for width in widths / widths.sum()),
        tuple(cells(row) for row in kept),
    )


def _values(column: pd.Series) -> tuple[float | None, ...]:
    """Figures no more exact than the page's, so that a file reveals no more."""
    return tuple(round(float(value), 1) if np.isfinite(value) else None for value in column)


def _when_charts(parts: WhenParts) -> list[tuple[str, Chart, Table, str]]:
    found = []
    unit = file_words.DECK_OFFENCES
    if parts.hours is not None:
        heading = time_words.WHEN_PARTS["hours"]
        by_hour = parts.hours.sum()
        names = tuple(time_words.hour_span(hour) for hour in by_hour.index)
        chart = Chart(file_words.DECK_BY_HOUR, unit, names, ((unit, _values(by_hour)),))
        table = table_of(time_listing.hours_table(parts.hours))
        found.append((heading, chart, table, parts.hours_caption))
    if parts.light is not None:
        by_light = time_listing.light_table(parts.light)
        names = tuple(row[0] for row in by_light.rows)
        shares = _values(100 * parts.light["share"]), _values(100 * parts.light["time_share"])
        columns = time_words.WHEN_COLUMNS
        chart = Chart(
            time_words.WHEN_PARTS["light"],
            "%",
            names,
            ((columns["share"], shares[0]), (columns["time_share"], shares[1])),
            _values(100 * parts.light["lower"]),
            _values(100 * parts.light["upper"]),
        )
        found.append(
            (time_words.WHEN_PARTS["light"], chart, table_of(by_light), time_words.light_caption())
        )
    if parts.season is not None:
        season = parts.season
        mean = _values(season["mean"])
        chart = Chart(
            time_words.WHEN_COLUMNS["mean"],
            unit,
            tuple(formats.month_name(month) for month in season.index),
            ((time_words.WHEN_COLUMNS["mean"], mean),),
            _values(season["lower"]),
            _values(season["upper"]),
            tuple("" if value is not None else texts.MISSING for value in mean),
        )
        table = table_of(time_listing.season_table(season))
        found.append((time_words.WHEN_PARTS["season"], chart, table, time_words.season_caption()))
    return found


def _walk_picture(told: WalkFacts) -> Picture | None:
    lines = [track.geometry for track in told.routes if track.has_line]
    placed = told.findings[~(told.findings.geometry.isna() | told.findings.geometry.is_empty)]
    points = [
        (number, float(place.x), float(place.y), False)
        for number, place in enumerate(placed.geometry, 1)
    ]
    route = shapely.union_all(lines) if lines else None
    return route_picture(told.areas, route, points[:MOST_ROWS], told.summary)
