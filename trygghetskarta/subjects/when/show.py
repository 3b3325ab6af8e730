"""When offences happen, in the words of a report, with the week as a picture."""

import numpy as np
import pandas as pd
from matplotlib.colors import ListedColormap

from trygghetskarta import formats
from trygghetskarta.analysis import classes
from trygghetskarta.analysis.situation_facts import WhenFacts
from trygghetskarta.draw import palette
from trygghetskarta.draw.map.lettering import font
from trygghetskarta.draw.paper.document import Block, Note, Picture, Section, Text
from trygghetskarta.draw.table.sheet import Frame, Sheet
from trygghetskarta.terms.times import Light
from trygghetskarta.words import report_words, situation_words, time_words
from trygghetskarta.words.safe import plain_text

_WIDTH, _HEIGHT, _DPI = 6.85, 2.3, 170
_LEFT, _TOP = 0.75, 0.22
_SMALL = font(7.4)
_HOURS = 3


def when_section(when: WhenFacts | None, is_internal: bool) -> Section:
    """Write when it happens, for the whole municipality.

    Parameters
    ----------
    when
        What is known; None where it may not be told.
    is_internal
        Whether the reader may see hours at all.
    """
    key = "nar"
    heading = situation_words.SITUATION_SECTIONS[key]
    if when is None:
        told = (
            situation_words.SITUATION_WHEN_FEW
            if is_internal
            else situation_words.SITUATION_WHEN_PUBLIC
        )
        return Section(heading, (told,), level=2, key=key)
    blocks: list[Block] = []
    if when.hours is None:
        blocks.append(Text(situation_words.SITUATION_WHEN_FEW))
    else:
        blocks += [Text(busiest(when.hours)), week_picture(when.hours)]
    if when.light is not None:
        dark = when.light.loc[Light.DARK]
        words = report_words.dark_sentence(
            dark["share"], dark["lower"], dark["upper"], dark["time_share"]
        )
        blocks.append(Text(words))
    if when.trend is not None:
        trend, between = when.trend, (when.trend.lower, when.trend.upper)
        words = time_words.trend_caption(
            trend.verdict, trend.percent, between, trend.months, trend.events
        )
        blocks.append(Text(words))
    if when.quality is not None and when.hours is not None:
        blocks.append(Note(time_words.hours_caption(when.quality)))
    return Section(
        situation_words.SITUATION_SECTIONS["nar"], level=2, blocks=tuple(blocks), key=key
    )


def busiest(hours: pd.DataFrame) -> str:
    """Say in words when in the day and the week most happens."""
    table = hours.to_numpy(dtype="float64")
    total = table.sum()
    by_hour, by_day = table.sum(axis=0), table.sum(axis=1)
    runs = sum(np.roll(by_hour, -step) for step in range(_HOURS))
    first, day = int(runs.argmax()), int(by_day.argmax())
    return report_words.busiest_hours(first, runs[first] / total, day, by_day[day] / total)


def week_picture(hours: pd.DataFrame) -> Picture:
    """Draw the week: darker where more happens; the hours in words stand beside it."""
    sheet = Sheet(_WIDTH, _HEIGHT, _DPI)
    frame = Frame(_LEFT, _TOP, _WIDTH - _LEFT - 0.05, _HEIGHT - _TOP - 0.1)
    axes = sheet.axes(frame, (0.0, 0.0, 24.0, 7.0))
    table = hours.to_numpy(dtype="float64")
    colours = ListedColormap(classes.ramp("YlOrBr", 7))
    axes.pcolormesh(
        np.arange(25), np.arange(8), table[::-1], cmap=colours, vmin=0, edgecolors="white", lw=0.4
    )
    step = frame.height / 7
    for day in range(7):
        name = formats.weekday_name(day)
        sheet.text(
            _LEFT - 0.08, _TOP + (day + 0.62) * step, name, _SMALL, palette.INK_SHEET, ha="right"
        )
    for hour in range(0, 24, 3):
        sheet.text(
            _LEFT + hour * frame.width / 24, _TOP - 0.06, f"{hour:02}", _SMALL, palette.INK_SHEET
        )
    told = report_words.week_told(float(table.max()))
    return Picture(sheet.png({"Title": plain_text(told)}), told, _HEIGHT / _WIDTH, told)
