"""A chart as PowerPoint's own, with its figures in a workbook that holds nothing else."""

import io
import math
from datetime import datetime

import xlsxwriter
from lxml import etree
from pptx.chart.data import CategoryChartData
from pptx.dml.color import RGBColor
from pptx.enum.chart import XL_CHART_TYPE, XL_LEGEND_POSITION
from pptx.oxml.ns import qn
from pptx.slide import Slide
from pptx.text.text import TextFrame
from pptx.util import Emu, Pt

from trygghetskarta.draw import palette
from trygghetskarta.draw.deck.deck_bars import decimals
from trygghetskarta.draw.deck.slides import Chart
from trygghetskarta.words.deck_words import Words
from trygghetskarta.words.safe import plain_text

_ANY_DAY = datetime(2000, 1, 1)
"""The workbook is made with its file; a date of its own would be the clock's."""


def add_chart(slide: Slide, chart: Chart, said: Words, frame: tuple[Emu, Emu, Emu, Emu]) -> None:
    """Put a bar chart on a slide, with intervals as error bars.

    Parameters
    ----------
    slide
        Where.
    chart
        The figures; a missing value is an empty cell, and its category's name says why.
    said
        The language.
    frame
        Left, top, width and height.
    """
    data = CategoryChartData(number_format="0" if decimals(chart) == 0 else "0.0")
    data.categories = _names(chart)
    for name, values in chart.series:
        data.add_series(plain_text(name), values)
    shape = slide.shapes.add_chart(XL_CHART_TYPE.BAR_CLUSTERED, *frame, data)
    shape._element.nvGraphicFramePr.cNvPr.set("descr", _told(chart, said))
    made = shape.chart
    made.part.chart_workbook.update_from_xlsx_blob(_workbook(chart))
    made.has_title = True
    _write(made.chart_title.text_frame, f"{chart.heading} ({chart.unit})", said)
    made.has_legend = len(chart.series) > 1
    if made.has_legend:
        made.legend.position = XL_LEGEND_POSITION.BOTTOM
        made.legend.include_in_layout = False
    # The first category stands lowest on a bar chart unless the axis is turned.
    made.category_axis.reverse_order = True
    made.category_axis.tick_labels.font.size = Pt(12)
    made.value_axis.tick_labels.font.size = Pt(11)
    made.value_axis.major_gridlines.format.line.color.rgb = RGBColor(0xD5, 0xDA, 0xE0)
    highest = max((limit for limit in chart.upper if limit is not None), default=0.0)
    if highest:
        # PowerPoint looks at the bars alone when it chooses how far its axis goes.
        made.value_axis.maximum_scale = round_above(highest)
    plot = made.plots[0]
    plot.gap_width = 45
    for number, series in enumerate(plot.series):
        series.format.fill.solid()
        colour = palette.DECK_SERIES[number % len(palette.DECK_SERIES)].removeprefix("#")
        series.format.fill.fore_color.rgb = RGBColor.from_string(colour.upper())
    if chart.lower:
        _add_intervals(plot.series[0]._element, chart)


def round_above(value: float) -> float:
    """Give the least 1, 1.5, 2, 3, 4, 5, 6 or 8 times a power of ten that is not lower.

    Examples
    --------
    >>> round_above(131.0)
    150.0
    """
    power = 10.0 ** math.floor(math.log10(value))
    return next(step * power for step in (1, 1.5, 2, 3, 4, 5, 6, 8, 10) if step * power >= value)


def _names(chart: Chart) -> list[str]:
    words = chart.told or ("",) * len(chart.categories)
    return [
        plain_text(f"{name} ({word})" if word else name)
        for name, word in zip(chart.categories, words, strict=True)
    ]


def _told(chart: Chart, said: Words) -> str:
    """The chart in words, value by value."""
    digits = decimals(chart)
    lines = [
        f"{name}: " + ", ".join(said.number(values[at], digits) for _, values in chart.series)
        for at, name in enumerate(_names(chart))
    ]
    return plain_text(f"{chart.heading} ({chart.unit}). " + "; ".join(lines))


def _write(frame: TextFrame, text: str, said: Words) -> None:
    run = frame.paragraphs[0].add_run()
    run.text = plain_text(text)
    run.font.size, run.font.bold = Pt(14), True
    run._r.get_or_add_rPr().set("lang", said.locale_tag)


def _workbook(chart: Chart) -> bytes:
    """The sheet that the chart's formulas point to, as python-pptx lays it out, without a clock."""
    target = io.BytesIO()
    with xlsxwriter.Workbook(target, {"in_memory": True}) as book:
        book.set_properties({"created": _ANY_DAY})
        sheet = book.add_worksheet("Sheet1")
        sheet.write_column(1, 0, _names(chart))
        for column, (name, values) in enumerate(chart.series, 1):
            sheet.write_string(0, column, plain_text(name))
            for row, value in enumerate(values, 1):
                if value is not None:
                    sheet.write_number(row, column, value)
    return target.getvalue()


def _add_intervals(series: etree._Element, chart: Chart) -> None:
    """Error bars with limits of their own; python-pptx knows none."""
    bars = etree.Element(qn("c:errBars"))
    for name, value in (("errBarType", "both"), ("errValType", "cust"), ("noEndCap", "0")):
        etree.SubElement(bars, qn(f"c:{name}")).set("val", value)
    values = chart.series[0][1]
    for name, limits in (("plus", chart.upper), ("minus", chart.lower)):
        literal = etree.SubElement(etree.SubElement(bars, qn(f"c:{name}")), qn("c:numLit"))
        etree.SubElement(literal, qn("c:ptCount")).set("val", str(len(values)))
        for at, (value, limit) in enumerate(zip(values, limits, strict=True)):
            if value is not None and limit is not None:
                point = etree.SubElement(literal, qn("c:pt"))
                point.set("idx", str(at))
                etree.SubElement(point, qn("c:v")).text = repr(round(abs(limit - value), 6))
    line = etree.SubElement(etree.SubElement(bars, qn("c:spPr")), qn("a:ln"))
    line.set("w", "15875")
    solid = etree.SubElement(line, qn("a:solidFill"))
    etree.SubElement(solid, qn("a:srgbClr")).set("val", "1C2733")
    series.find(qn("c:cat")).addprevious(bars)
