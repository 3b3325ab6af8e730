"""The *SKA-underlag* as a paper: the standard extract for those who plan a place."""

import geopandas as gpd
import pandas as pd
import shapely
from matplotlib.backends.backend_agg import RendererAgg

from trygghetskarta import formats
from trygghetskarta.analysis.plan_area_facts import PlanAreaFacts
from trygghetskarta.draw import palette
from trygghetskarta.draw.map.lettering import Ruler, drawable
from trygghetskarta.draw.map.map_furniture import draw_furniture
from trygghetskarta.draw.map.map_panels import draw_ground
from trygghetskarta.draw.map.map_windows import Panel
from trygghetskarta.draw.map.walk_picture import draw_points
from trygghetskarta.draw.paper.document import Block, Document, Note, Picture, Section, Table, Text
from trygghetskarta.draw.paper.document import cells as row_of
from trygghetskarta.draw.table.sheet import Frame, Sheet
from trygghetskarta.subjects.reports.show.report_parts import assemble
from trygghetskarta.subjects.reports.show.report_tables import changed_sentence
from trygghetskarta.subjects.reports.show.steering_paper import actions_table
from trygghetskarta.subjects.when.show import busiest, week_picture
from trygghetskarta.words import plan_area_words, report_words, situation_words, texts

_WIDTH, _HEIGHT, _FOOT, _DPI = 6.85, 4.4, 0.5, 170


def compose_plan_area(facts: PlanAreaFacts) -> Document:
    """Write a *SKA-underlag*, without anybody's own text.

    Parameters
    ----------
    facts
        What it rests on.
    """
    edition = facts.edition
    period = report_words.report_period(edition.period.start, edition.period.end)
    sections = [
        _place(facts, period),
        _offences(facts),
        _when(facts),
        _findings(facts),
        _actions(facts),
        Section(
            situation_words.SITUATION_SECTIONS["slutsatser"],
            (situation_words.SITUATION_NO_CONCLUSION,),
            key="slutsatser",
        ),
    ]
    summary = plan_area_words.plan_area_summary(float(facts.total["count"]), facts.reach, period)
    title = plan_area_words.plan_area_title(facts.name, period)
    return assemble(edition, summary, sections, title=title, contents=False)


def _place(facts: PlanAreaFacts, period: str) -> Section:
    lines = (
        plan_area_words.plan_area_size(facts.shape.area),
        plan_area_words.plan_area_people(facts.inhabitants, facts.inhabitants_around, facts.reach),
        plan_area_words.plan_area_hours(facts.person_hours, period),
    )
    return Section(
        plan_area_words.PLAN_AREA_PLACE, lines, picture=place_picture(facts), key="platsen"
    )


def _offences(facts: PlanAreaFacts) -> Section:
    notes = (Note(plan_area_words.PLAN_AREA_NOTE), *(Note(caveat) for caveat in facts.caveats))
    if facts.types.empty:
        return Section(
            plan_area_words.PLAN_AREA_OFFENCES,
            (plan_area_words.PLAN_AREA_NO_OFFENCES,),
            blocks=notes,
            key="brott",
        )
    before = facts.edition.period.before
    period = facts.edition.period
    count = report_words.counted_offences(
        float(facts.total["count"]), report_words.report_period(period.start, period.end)
    )
    changed = changed_sentence(facts.total, report_words.report_period(before.start, before.end))
    told = f"{count} {changed}"
    rows = tuple(
        row_of((str(kind), *(_told(facts, name, row[name]) for name in facts.types.columns)))
        for kind, row in facts.types.iterrows()
    )
    table = Table(
        plan_area_words.PLAN_AREA_COLUMNS,
        (0.36, 0.16, 0.16, 0.16, 0.16),
        rows,
        numeric=(False, True, True, True, True),
    )
    small = (Note(plan_area_words.PLAN_AREA_TOO_SMALL),) if facts.too_small else ()
    blocks = (Text(told), table, *small, *notes)
    return Section(plan_area_words.PLAN_AREA_OFFENCES, blocks=blocks, key="brott")


def _told(facts: PlanAreaFacts, column: str, count: float) -> str:
    if not pd.isna(count):
        return formats.number(count)
    unknown = facts.edition.uncovered and column.endswith("_before")
    return formats.NO_VALUE if unknown else texts.HIDDEN


def _when(facts: PlanAreaFacts) -> Section:
    if facts.hours is None:
        return Section(
            plan_area_words.PLAN_AREA_WHEN, (plan_area_words.PLAN_AREA_FEW_HOURS,), key="nar"
        )
    blocks: tuple[Block, ...] = (Text(busiest(facts.hours)), week_picture(facts.hours))
    return Section(plan_area_words.PLAN_AREA_WHEN, blocks=blocks, key="nar")


def _findings(facts: PlanAreaFacts) -> Section:
    if facts.findings.empty:
        return Section(
            plan_area_words.PLAN_AREA_FINDINGS, (plan_area_words.PLAN_AREA_NO_FINDINGS,), key="fynd"
        )
    rows = tuple(
        row_of(
            (
                str(row.number),
                texts.CATEGORIES[row.category],
                plan_area_words.PLAN_AREA_INSIDE[bool(row.inside)],
                formats.day(row.day),
                texts.FINDING_STATUSES[row.status],
            )
        )
        for row in facts.findings.itertuples()
    )
    widths = (0.08, 0.32, 0.16, 0.22, 0.22)
    table = Table(plan_area_words.PLAN_AREA_FINDING_COLUMNS, widths, rows)
    return Section(plan_area_words.PLAN_AREA_FINDINGS, table=table, key="fynd")


def _actions(facts: PlanAreaFacts) -> Section:
    if not facts.actions:
        return Section(
            plan_area_words.PLAN_AREA_ACTIONS,
            (plan_area_words.PLAN_AREA_NO_ACTIONS,),
            key="atgarder",
        )
    return Section(
        plan_area_words.PLAN_AREA_ACTIONS, table=actions_table(facts.actions), key="atgarder"
    )


def place_picture(facts: PlanAreaFacts) -> Picture:
    """Draw the place, what lies around it, and the findings, numbered as in the table."""
    sheet = Sheet(_WIDTH, _HEIGHT, _DPI)
    frame = Frame(0.02, 0.02, _WIDTH - 0.04, _HEIGHT - _FOOT - 0.02)
    whole = shapely.union_all([facts.shape, facts.around])
    window = _window(whole, frame)
    panel = Panel(sheet.axes(frame, window), frame, window)
    points = [
        (int(row.number), float(row.x), float(row.y), False) for row in facts.findings.itertuples()
    ]
    ruler = Ruler(RendererAgg(16, 16, _DPI), _DPI)
    draw_ground(panel, facts.areas, [shapely.Point(x, y) for _, x, y, _ in points], ruler)
    placed = {"ax": panel.axes, "aspect": None, "autolim": False}
    around = gpd.GeoSeries([whole], crs=3006)
    around.boundary.plot(
        **placed, color=palette.ACCENT, linewidth=1.2, linestyle=(0, (5, 4)), zorder=8
    )
    place = gpd.GeoSeries([facts.shape], crs=3006)
    place.plot(**placed, facecolor=palette.ACCENT, alpha=0.16, edgecolor="none", zorder=7)
    place.boundary.plot(**placed, color=palette.ACCENT, linewidth=2.2, zorder=8)
    draw_points(panel, points)
    sheet.rectangle(frame, facecolor="none", edgecolor=palette.LINE_PICTURE, linewidth=1)
    draw_furniture(sheet, panel, _HEIGHT - 0.02)
    told = plan_area_words.plan_area_told(facts.name, len(points))
    return Picture(sheet.png({"Title": drawable(told)}), told, _HEIGHT / _WIDTH, told)


def _window(shape: shapely.Geometry, frame: Frame) -> tuple[float, float, float, float]:
    left, bottom, right, top = shape.bounds
    ratio = frame.width / frame.height
    height = 1.08 * max(top - bottom, (right - left) / ratio)
    x, y = (left + right) / 2, (bottom + top) / 2
    return x - height * ratio / 2, y - height / 2, x + height * ratio / 2, y + height / 2
