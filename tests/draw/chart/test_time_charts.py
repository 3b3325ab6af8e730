"""Charts of when: what they hold, in Swedish, and that grey alone tells things apart."""

import json
import re
from datetime import date
from itertools import pairwise

import numpy as np
import pandas as pd
import pytest

from trygghetskarta.analysis import rates
from trygghetskarta.analysis.daylight import light_shares
from trygghetskarta.analysis.temporal import Trend, season
from trygghetskarta.draw.chart import funnel_chart, time_charts
from trygghetskarta.terms import verdicts
from trygghetskarta.terms.times import IntervalQuality, Light
from trygghetskarta.terms.verdicts import Verdict
from trygghetskarta.words import time_words

ENGLISH = re.compile(
    r"\b(Mon|Tue|Wed|Thu|Fri|Sat|Sun|May|Oct|daylight|dark|twilight|within|outside|count)\b"
)


def hours(highest: float = 4.0) -> pd.DataFrame:
    table = pd.DataFrame(
        np.zeros((7, 24)),
        index=pd.RangeIndex(7, name="weekday"),
        columns=pd.RangeIndex(24, name="hour"),
    )
    table.loc[4, 22] = highest
    table.loc[6, 0] = 1.25
    return table


def shares() -> pd.DataFrame:
    index = [light.value for light in Light]
    return light_shares(pd.Series([30.0, 10, 60], index), pd.Series([12.0, 2, 10], index))


def monthly(n: int = 36) -> pd.Series:
    return pd.Series(np.arange(n) + 20, pd.date_range("2022-01-01", periods=n, freq="MS"))


def level(index: pd.DatetimeIndex) -> pd.DataFrame:
    return pd.DataFrame({"level": 30.0, "lower": 25.0, "upper": 36.5}, index=index)


def districts() -> pd.DataFrame:
    count, people = pd.Series([50, 90, 150, 4, 7]), pd.Series([5000, 5000, 5000, 20, 5000])
    return pd.DataFrame(
        {
            "name": ["Åby", "</script>`${1}", "Östra", "Ödeby", "Sylte"],
            "count": count,
            "population": people,
            "rate": rates.incidence_rate(count, people)["rate"],
            "funnel": [
                verdicts.WITHIN,
                verdicts.OUTSIDE_95,
                verdicts.OUTSIDE_998,
                None,
                verdicts.WITHIN,
            ],
        }
    )


def limits() -> pd.DataFrame:
    return rates.funnel_limits(12.0, pd.Series([49.0, 1000, 5000, 9000]))


def daily(year: int = 2023) -> pd.Series:
    days = pd.date_range(f"{year}-01-01", f"{year}-12-31")
    return pd.Series(np.arange(len(days)) % 5, days, dtype="float64")


ALL = {
    "hour_by_weekday": lambda: time_charts.hour_by_weekday(hours()),
    "by_light": lambda: time_charts.by_light(shares()),
    "by_month": lambda: time_charts.by_month(season(monthly())),
    "month_trend": lambda: time_charts.month_trend(monthly(), level(monthly().index)),
    "calendar_year": lambda: time_charts.calendar_year(daily()),
    "funnel": lambda: funnel_chart.funnel(districts(), limits(), 12.0),
}


def rows(made: dict) -> list[dict]:
    return [row for table in made["datasets"].values() for row in table]


def parts(made: dict) -> list[dict]:
    return made.get("layer", [made])


def channels(made: dict) -> list[tuple[str, dict]]:
    return [
        (name, channel)
        for part in parts(made)
        for name, channel in part.get("encoding", {}).items()
        if isinstance(channel, dict)
    ]


@pytest.mark.parametrize("name", ALL)
def test_no_number_no_word_and_no_date_is_left_to_an_english_reader(name):
    made = ALL[name]()
    for place, channel in channels(made):
        axis, kind = channel.get("axis"), channel.get("type")
        if place in ("x", "y") and kind == "quantitative" and axis:
            assert "labelExpr" in axis or axis["format"] == "d"
        assert kind != "temporal"
        if kind == "quantitative" and channel.get("legend"):
            assert "labelExpr" in channel["legend"]
    for part in parts(made):
        for shown in part.get("encoding", {}).get("tooltip", []):
            # A number in a tooltip would be written the English way: all are texts.
            assert shown["type"] == "nominal" and shown["title"]
    titles = [channel.get("title") for _, channel in channels(made)]
    told = [value for row in rows(made) for value in row.values() if isinstance(value, str)]
    hostile = [text for text in told if "<" not in text]
    assert not ENGLISH.search(" ".join([*hostile, *(title for title in titles if title)]))


@pytest.mark.parametrize("name", ALL)
def test_every_chart_is_valid_and_small(name):
    assert len(json.dumps(ALL[name]())) < 150_000


@pytest.mark.parametrize("name", ["hour_by_weekday", "calendar_year"])
def test_the_ramp_only_gets_darker(name):
    (shade,) = [channel for place, channel in channels(ALL[name]()) if place == "color"]
    grey = [luminance(colour) for colour in shade["scale"]["range"]]
    assert all(light - dark > 0.1 for light, dark in pairwise(grey))
    assert shade["scale"]["domain"][0] == 0


def luminance(colour: str) -> float:
    red, green, blue = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def test_the_hours_stand_in_order_with_their_figures():
    made = time_charts.hour_by_weekday(hours())
    told = rows(made)
    assert len(told) == 168
    assert made["encoding"]["y"]["sort"] == ["mån", "tis", "ons", "tors", "fre", "lör", "sön"]
    (friday,) = [row for row in told if row["value"] == 4]
    assert (friday["weekday"], friday["hour"], friday["span"]) == ("fre", "22", "22–23")
    assert friday["told"] == "4,0" and friday["day_name"] == "fredag"
    assert [row["span"] for row in told][23] == "23–00"
    assert made["encoding"]["color"]["scale"]["domain"] == [0, 4]


def test_two_charts_share_a_scale_and_zeros_have_one():
    shared = time_charts.hour_by_weekday(hours(), highest=9)
    assert shared["encoding"]["color"]["scale"]["domain"] == [0, 9]
    nothing = time_charts.hour_by_weekday(hours() * 0)
    assert nothing["encoding"]["color"]["scale"]["domain"] == [0, 1]


def test_offences_and_time_stand_side_by_side_for_each_light():
    told = rows(time_charts.by_light(shares()))
    assert [row["light"] for row in told][::2] == [
        "dagsljus",
        "skymning eller gryning",
        "mörker",
    ]
    assert [row["label"] for row in told][-2:] == ["60\u00a0%", "42\u00a0%"]
    assert {row["kind"] for row in told} == {"Andel av brotten", "Andel av tiden"}
    dark = told[-2]
    assert dark["lower"] < dark["value"] < dark["upper"]
    assert re.fullmatch(r"\d+–\d+\u00a0%", dark["interval"])


def test_the_months_have_whiskers_and_an_unknown_one_is_empty():
    found = season(monthly())
    found.loc[7, ["mean", "lower", "upper"]] = np.nan
    made = time_charts.by_month(found)
    told = rows(made)
    assert [row["month"] for row in told] == [
        "jan", "feb", "mar", "apr", "maj", "jun", "aug", "sep", "okt", "nov", "dec",
    ]  # fmt: skip
    assert all(row["lower"] < row["mean"] < row["upper"] for row in told)
    assert len(made["layer"][0]["encoding"]["x"]["scale"]["domain"]) == 12


def test_the_trend_has_its_band_only_when_there_is_one():
    counts = monthly()
    counts.iloc[3] = np.nan
    bare = time_charts.month_trend(counts)
    assert len(rows(bare)) == 35 and len(bare["layer"]) == 2
    made = time_charts.month_trend(counts, level(counts.index))
    assert [part["mark"]["type"] for part in made["layer"]] == ["area", "line", "point", "line"]
    axis = next(c["axis"] for place, c in channels(made) if place == "x" and "axis" in c)
    assert axis["values"] == [2022, 2023, 2024]
    first = next(row for row in rows(made) if "name" in row)
    assert (first["time"], first["name"], first["told"]) == (2022, "januari 2022", "20")


@pytest.mark.parametrize("year", [2018, 2020, 2023, 2024])
def test_a_calendar_has_one_cell_for_each_day_in_the_right_week(year):
    series = daily(year)
    made = time_charts.calendar_year(series)
    told = rows(made)
    assert len({(row["column"], row["weekday"]) for row in told}) == len(series)
    # Monday to Sunday of one week stand in one column.
    weeks = pd.DataFrame(told).groupby("week")["column"].nunique()
    edge = {f"v. {date(year, *day).isocalendar().week}" for day in ((1, 1), (12, 31))}
    assert (weeks.drop(list(edge & set(weeks.index))) == 1).all()
    axis = made["encoding"]["x"]["axis"]
    assert len(axis["values"]) == 12 and axis["values"][0] == 0
    assert axis["labelExpr"].count("'maj'") == 1
    assert told[0]["day"] == f"1 januari {year}"


def test_a_day_that_no_record_covers_is_blank():
    series = daily()
    series.iloc[-10:] = np.nan
    assert len(rows(time_charts.calendar_year(series))) == 355


def test_the_captions_say_what_the_figures_are_made_of():
    said = time_words.hours_caption(IntervalQuality(1000, 400, 590, 10, 100, 5, 40))
    assert "400 brott med känt klockslag av 1\u00a0000" in said
    assert "25\u00a0% har ett intervall längre än ett dygn" in said
    assert "10\u00a0% har klockslaget 00.00" in said and "10 brott är utelämnade" in said
    well_known = time_words.hours_caption(IntervalQuality(5, 5, 0, 0, 0, 0, 0))
    assert "dygn" not in well_known and "00.00" not in well_known
    assert "utelämnade" not in well_known
    found = Trend(-4.25, -7.0, -1.44, 0.01, Verdict.DECREASE, 48, 1234, 1.0, pd.DataFrame())
    said = time_words.trend_caption(
        found.verdict, found.percent, (found.lower, found.upper), found.months, found.events
    )
    assert said.startswith("Säkerställd minskning: \u22124,2\u00a0% per år (95 % intervall ")
    assert "48 månader och 1\u00a0234 anmälda brott" in said
    for caption in (
        time_words.light_caption(),
        time_words.season_caption(),
        time_words.funnel_caption(0.0),
        time_words.funnel_caption(0.31),
    ):
        assert caption.endswith(".") and "  " not in caption
