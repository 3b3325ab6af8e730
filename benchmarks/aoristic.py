"""How long the aoristic table takes, beside a loop over minutes and two ways to write it in pandas.

Run from the project's folder: ``python -m benchmarks.aoristic``. Each way gets as many intervals as
it can take in a few seconds; times are told per 100 000 intervals. Exit code 1 if any answer
differs from ours or ours is less than 10 times as fast as the fastest of them.
"""

import sys
from collections.abc import Callable
from datetime import datetime, timedelta
from time import perf_counter
from typing import TypeVar
from zoneinfo import ZoneInfo

import numpy as np
import pandas as pd

from trygghetskarta.analysis.aoristic import aoristic, interval_quality
from trygghetskarta.analysis.daylight import aoristic_light
from trygghetskarta.settings import TIME_ZONE

INTERVALS = 100_000
LOOPED = 300
EXPLODED = 5_000
REPEATS = 5
TIMES_FASTER = 10
TROLLHATTAN = (58.2836, 12.2886)

T = TypeVar("T")
Intervals = tuple[pd.Series, pd.Series]


def intervals(number: int, seed: int = 0) -> Intervals:
    """Draw offences of five years: a fifth instants, most some hours, some days."""
    rng = np.random.default_rng(seed)
    begin = pd.Timestamp("2020-01-01", tz="UTC")
    start = begin + pd.to_timedelta(rng.integers(0, 5 * 365 * 1440, number), unit="min")
    minutes = np.minimum(rng.exponential(14 * 60, number).round(), 168 * 60)
    minutes[rng.random(number) < 0.2] = 0
    return pd.Series(start), pd.Series(start + pd.to_timedelta(minutes, unit="min"))


def minute_loop(start: pd.Series, end: pd.Series) -> np.ndarray:
    """The definition, word for word: one minute at a time."""
    table, zone = np.zeros((7, 24)), ZoneInfo(TIME_ZONE)
    for first, last in zip(start.dt.to_pydatetime(), end.dt.to_pydatetime(), strict=True):
        _spread(table, first, last, zone)
    return table


def _spread(table: np.ndarray, first: datetime, last: datetime, zone: ZoneInfo) -> None:
    minutes = max(1, int((last - first) / timedelta(minutes=1)))
    for step in range(minutes):
        local = (first + timedelta(minutes=step)).astimezone(zone)
        table[local.weekday(), local.hour] += 1 / minutes


def exploded(start: pd.Series, end: pd.Series) -> np.ndarray:
    """What one writes with pandas: ``date_range`` by the hour for each row, exploded, grouped."""
    hours = [
        pd.date_range(first.floor("h"), last, freq="h", unit="us")
        for first, last in zip(start, end, strict=True)
    ]
    rows = pd.DataFrame({"hour": hours, "start": start, "end": end}).explode("hour")
    return _grouped(rows.assign(hour=rows["hour"].astype("datetime64[us, UTC]")))


def repeated(start: pd.Series, end: pd.Series) -> np.ndarray:
    """The same without a Python loop: each row repeated as often as it touches an hour."""
    hour = pd.Timedelta(hours=1)
    first = start.dt.floor("h")
    times = ((end.dt.floor("h") - first) // hour + 1).to_numpy()
    rows = pd.DataFrame({"hour": first, "start": start, "end": end})
    rows = rows.loc[rows.index.repeat(times)]
    step = rows.groupby(level=0).cumcount()
    return _grouped(rows.assign(hour=rows["hour"] + pd.to_timedelta(step, unit="h")))


def _grouped(rows: pd.DataFrame) -> np.ndarray:
    hour = pd.Timedelta(hours=1)
    overlap = np.minimum(rows["hour"] + hour, rows["end"]) - np.maximum(rows["hour"], rows["start"])
    length = rows["end"] - rows["start"]
    instant = length == pd.Timedelta(0)
    weight = (overlap / length.where(~instant, hour)).where(~instant, 1.0)
    local = rows["hour"].dt.tz_convert(TIME_ZONE)
    total = weight.groupby([local.dt.day_of_week, local.dt.hour]).sum()
    full = pd.MultiIndex.from_product([range(7), range(24)])
    return total.reindex(full, fill_value=0.0).to_numpy().reshape(7, 24)


def main() -> int:
    """Print the table; give the exit code."""
    start, end = intervals(INTERVALS)
    aoristic(start[:9], end[:9])  # the first use of the time zone is not what is measured
    _, ours = timed(lambda: aoristic(start, end), REPEATS)
    print(f"{INTERVALS} intervals, seconds per {INTERVALS} and ratio to ours")
    print(f"  aoristic               {ours:10.3f}")
    good, fastest = True, float("inf")
    for name, way, number in (
        ("loop over minutes", minute_loop, LOOPED),
        ("pandas, exploded hours", exploded, EXPLODED),
        ("pandas, repeated rows", repeated, INTERVALS),
    ):
        first, last = start[:number], end[:number]
        answer, seconds = timed(lambda way=way, first=first, last=last: way(first, last))
        worst = float(np.abs(answer - aoristic(first, last).to_numpy()).max())
        scaled = seconds * INTERVALS / number
        print(
            f"  {name:<22} {scaled:10.3f} {scaled / ours:9.0f} x  "
            f"({number} measured, largest difference {worst:.0e})"
        )
        fastest = min(fastest, scaled)
        good &= worst < 1e-6
    print(f"  interval_quality       {timed(lambda: interval_quality(start, end))[1]:10.3f}")
    light = timed(lambda: aoristic_light(start, end, *TROLLHATTAN))[1]
    print(f"  aoristic_light         {light:10.3f}  (five years of sun, cold)")
    return 0 if good and fastest / ours >= TIMES_FASTER else 1


def timed(function: Callable[[], T], repeats: int = 1) -> tuple[T, float]:
    """Call; give the answer and the fewest seconds a call took."""
    fewest = float("inf")
    for _ in range(repeats):
        begun = perf_counter()
        answer = function()
        fewest = min(fewest, perf_counter() - begun)
    return answer, fewest


if __name__ == "__main__":
    sys.exit(main())
