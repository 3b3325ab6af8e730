"""The months of an area and the police's news hold what they were given, in Swedish."""

import numpy as np
import pandas as pd

from trygghetskarta.draw.table import profile_lists


def test_a_month_that_is_not_known_is_no_zero():
    months = pd.date_range("2026-01-01", periods=2, freq="MS")
    series = pd.DataFrame({"count": [1234.0, np.nan], "previous": [0.0, 7.0]}, index=months)
    assert profile_lists.series_table(series).rows == [
        ["januari 2026", "1\u00a0234", "0"],
        ["februari 2026", "–", "7"],
    ]


def test_the_newest_news_stands_first_and_what_has_no_time_of_its_own_has_that_of_its_telling():
    events = pd.DataFrame(
        {
            "occurred_at": pd.to_datetime([None, "2026-07-02 10:00"], utc=True),
            "published_at": pd.to_datetime(["2026-07-01 10:00", "2026-07-03 10:00"], utc=True),
            "event_type": ["Brand", "Rån"],
            "summary": [None, "På torget."],
        }
    )
    assert profile_lists.events_table(events).rows == [
        ["2026-07-02 12:00", "Rån", "På torget."],
        ["2026-07-01 12:00", "Brand", "–"],
    ]
