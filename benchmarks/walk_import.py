"""How long 500 walks of 2 000 points take to import, and reading and cleaning beside their peers.

Run from the project's folder: ``python -m benchmarks.walk_import``. Peers: gpxpy for reading, and
for cleaning the rules word for word, one point at a time. Exit code 1 if the import takes a minute
or more, if an answer differs from a peer's, or if a peer is faster.
"""

import math
import sys
import tempfile
from collections.abc import Callable
from datetime import date
from pathlib import Path
from time import perf_counter, process_time
from typing import TypeVar

import gpxpy
import numpy as np
import pandas as pd
import pyproj

from trygghetskarta.analysis.track_cleaning import clean_track
from trygghetskarta.intake import walk_intake, walk_reading
from trygghetskarta.intake.workplace import open_workplace
from trygghetskarta.settings import Settings
from trygghetskarta.sources.publishers import gpx

WALKS = 500
POINTS = 2_000
SECONDS_ALLOWED = 60
COMPARED = 10
REPEATS = 3

T = TypeVar("T")
Kept = tuple[float, float, float]
"""East, north and moment."""


def walk(number: int) -> bytes:
    """Invent a walk: a point every three seconds, wrong by two metres, with pauses and spikes."""
    rng = np.random.default_rng(number)
    turn = np.cumsum(rng.normal(0, 0.1, POINTS))
    step = np.where(np.arange(POINTS) % 400 < 30, 0.0, 3.6)
    east, north = np.cumsum(np.cos(turn) * step), np.cumsum(np.sin(turn) * step)
    east, north = (axis + rng.normal(0, 2, POINTS) for axis in (east, north))
    thrown = rng.choice(POINTS, 20, replace=False)
    east[thrown] += 150
    begun = pd.Timestamp("2026-01-01 19:00") + pd.Timedelta(days=number % 300)
    moments = (begun + pd.to_timedelta(np.arange(POINTS) * 3, unit="s")).strftime("%FT%TZ")
    points = "".join(
        f'<trkpt lat="{58.28 + y / 111_300:.6f}" lon="{12.29 + x / 58_500:.6f}">'
        f"<ele>40</ele><time>{moment}</time></trkpt>"
        for x, y, moment in zip(east, north, moments, strict=True)
    )
    head = '<?xml version="1.0"?><gpx version="1.1" creator="x">'
    return f"{head}<trk><trkseg>{points}</trkseg></trk></gpx>".encode()


def loop_clean(points: list[Kept]) -> list[Kept]:
    """The definition, word for word, for one segment whose moments are known and all differ."""
    while True:
        fast = [
            math.dist(one[:2], two[:2]) > 3 * (two[2] - one[2])
            for one, two in zip(points, points[1:], strict=False)
        ]
        kept = [
            point
            for place, point in enumerate(points)
            if not (0 < place < len(points) - 1 and fast[place - 1] and fast[place])
        ]
        if len(kept) == len(points):
            return _without_pauses(kept)
        points = kept


def _without_pauses(points: list[Kept]) -> list[Kept]:
    kept: list[Kept] = []
    first = 0
    while first < len(points):
        end = first + 1
        while end < len(points) and math.dist(points[end][:2], points[first][:2]) < 10:
            end += 1
        if points[end - 1][2] - points[first][2] <= 60:
            kept.append(points[first])
            first += 1
            continue
        east, north = (float(np.median([p[axis] for p in points[first:end]])) for axis in (0, 1))
        middle = min(points[first:end], key=lambda p: math.dist(p[:2], (east, north)))
        kept += [(*middle[:2], points[first][2]), (*middle[:2], points[end - 1][2])]
        first = end
    return kept


def compare_reading(content: bytes) -> bool:
    """Print how long reading takes beside gpxpy; say whether all is well."""
    ours, fast = timed(lambda: gpx.parse(content, file_name="walk.gpx").walks[0])
    theirs, slow = timed(lambda: gpxpy.parse(content))
    points = [(p.longitude, p.latitude) for p in theirs.tracks[0].segments[0].points]
    same = np.array_equal(np.column_stack([ours.lon, ours.lat]), np.array(points))
    print(f"  reading   {fast * 1e3:8.1f} ms   gpxpy {slow * 1e3:10.1f} ms  {slow / fast:5.1f} x")
    return same and slow > fast


def compare_cleaning(content: bytes) -> bool:
    """Print how long cleaning takes beside a plain loop; say whether all is well."""
    read = gpx.parse(content, file_name="walk.gpx").walks[0]
    to_work = pyproj.Transformer.from_crs(4326, 3006, always_xy=True)
    moments = read.time.astype("datetime64[ms]").astype(np.int64) / 1000

    def looped() -> list[Kept]:
        east, north = to_work.transform(read.lon, read.lat)
        return loop_clean(list(zip(east.tolist(), north.tolist(), moments.tolist(), strict=True)))

    ours, fast = timed(lambda: clean_track(read.lon, read.lat, read.time, read.segment))
    theirs, slow = timed(looped)
    length = sum(math.dist(a[:2], b[:2]) for a, b in zip(theirs, theirs[1:], strict=False))
    same = ours.removed == POINTS - len(theirs) and abs(ours.length_m - length) < 0.01
    print(
        f"  cleaning  {fast * 1e3:8.1f} ms   loop  {slow * 1e3:10.1f} ms  {slow / fast:5.1f} x"
        f"  ({ours.removed} points removed, {ours.length_m:.0f} of {ours.raw_length_m:.0f} m)"
    )
    return same and slow > fast


def main() -> int:
    """Print the table; give the exit code."""
    contents = [walk(number) for number in range(WALKS)]
    print(f"one walk of {POINTS} points")
    good = all([compare(contents[0]) for compare in (compare_reading, compare_cleaning)])
    with tempfile.TemporaryDirectory() as folder:
        settings = Settings(store=str(Path(folder) / "store.gpkg"))
        place = open_workplace(settings, lambda: date(2026, 11, 2))
        given = [(f"walk_{number}.gpx", content) for number, content in enumerate(contents)]
        reading = walk_reading.Reading(None, "Benchmark")
        shown: list[float] = []
        begun, used = perf_counter(), process_time()
        found = walk_intake.import_files(place, given, reading, shown.append)
        seconds, used = perf_counter() - begun, process_time() - used
        stored = sum(one.report.new for one in found if one.report)
        again = walk_intake.import_files(place, given[:COMPARED], reading)
        place.engine.dispose()
    print(f"{stored} walks imported in {seconds:.1f} s ({used:.1f} s of one processor)")
    print(f"  progress told {len(shown)} times, from {shown[0]:.3f} to {shown[-1]:.3f}")
    good &= stored == WALKS and all(one.report.unchanged == 1 for one in again)
    return 0 if good and seconds < SECONDS_ALLOWED else 1


def timed(function: Callable[[], T]) -> tuple[T, float]:
    """Call; give the answer and the fewest seconds a call took."""
    fewest = float("inf")
    for _ in range(REPEATS):
        begun = perf_counter()
        answer = function()
        fewest = min(fewest, perf_counter() - begun)
    return answer, fewest


if __name__ == "__main__":
    sys.exit(main())
