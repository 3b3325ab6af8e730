"""The tables behind the charts of when hold the same figures, in Swedish."""

import numpy as np
import pandas as pd

from trygghetskarta.analysis.daylight import light_shares
from trygghetskarta.analysis.temporal import season
from trygghetskarta.draw.table import time_listing
from trygghetskarta.terms import verdicts
from trygghetskarta.terms.times import Light


def months(n: int) -> pd.DatetimeIndex:
    return pd.date_range("2022-01-01", periods=n, freq="MS")


def test_the_hours_have_a_row_each_and_add_up():
    table = pd.DataFrame(np.full((7, 24), 0.25))
    table.loc[4, 22] = 1234.5
    found = time_listing.hours_table(table).frame
    assert found.columns.tolist() == [
        "Timme", "måndag", "tisdag", "onsdag", "torsdag", "fredag", "lördag", "söndag",
        "Hela veckan",
    ]  # fmt: skip
    assert found["Timme"].tolist()[0] == "00–01" and found["Timme"].tolist()[-1] == "23–00"
    assert found.loc[22, "fredag"] == "1\u00a0234,5"
    assert found.loc[22, "Hela veckan"] == "1\u00a0236,0"


def test_the_light_has_its_words_and_intervals():
    index = [light.value for light in Light]
    shares = light_shares(pd.Series([30.5, 0, 69.5], index), pd.Series([12.0, 2, 10], index))
    found = time_listing.light_table(shares.iloc[::-1]).frame
    assert found["Ljus"].tolist() == ["dagsljus", "skymning eller gryning", "mörker"]
    assert found["Antal brott"].tolist() == ["30,5", "0,0", "69,5"]
    assert found["Andel av brotten"].tolist()[1] == "0,0\u00a0%"
    assert found["95 % intervall"].tolist()[1] == "0,0–3,6\u00a0%"
    assert found["Andel av tiden"].tolist()[0] == "50,0\u00a0%"


def test_a_month_that_is_not_known_reads_as_a_dash():
    counts = pd.Series(30.0, months(36))
    counts[counts.index.month == 5] = np.nan
    found = time_listing.season_table(season(counts)).frame
    assert found["Månad"].tolist()[0] == "januari" and len(found) == 12
    assert found.iloc[4].tolist() == ["maj", "–", "–", "0"]
    assert found.iloc[0, 3] == "3"


def test_the_level_stands_beside_its_months():
    counts = pd.Series([20.0, np.nan, 31.0], months(3))
    assert time_listing.trend_table(counts).frame.to_numpy().tolist() == [
        ["januari 2022", "20"], ["februari 2022", "–"], ["mars 2022", "31"],
    ]  # fmt: skip
    level = pd.DataFrame({"level": 25.0, "lower": 20.0, "upper": 31.25}, index=months(3)[[0, 2]])
    found = time_listing.trend_table(counts, level).frame
    assert found["Nivå utan årstid"].tolist() == ["25,0", "–", "25,0"]
    assert found["95 % intervall"].tolist()[1:] == ["–", "20,0–31,2"]


def test_every_day_of_the_year_has_its_row():
    days = pd.date_range("2024-01-01", "2024-12-31")
    found = time_listing.calendar_table(pd.Series(range(366), days)).frame
    assert len(found) == 366
    assert found.iloc[2].tolist() == ["3 januari 2024", "onsdag", "v. 1", "2"]


def test_the_areas_stand_in_the_order_of_their_names():
    table = pd.DataFrame(
        {
            "name": ["Östra", "Åby", "Sylte", "Ärla"],
            "count": [150.0, 50, 7, np.nan],
            "population": [5000.0, 5000, 20, 4000],
            "rate": [30.0, 10, np.nan, np.nan],
            "funnel": [verdicts.OUTSIDE_998, verdicts.WITHIN, None, None],
        }
    )
    found = time_listing.funnel_table(table).frame
    assert found["Område"].tolist() == ["Sylte", "Åby", "Ärla", "Östra"]
    assert found["Bedömning"].tolist() == [
        "–", "inom det väntade", "–", "utanför 99,8 %-gränsen",
    ]  # fmt: skip
    assert found["Per 1 000 invånare"].tolist() == ["–", "10,0", "–", "30,0"]
    assert found["Antal brott"].tolist() == ["7", "50", "–", "150"]
