"""How long a clean CSV of incidents takes to import, beside the same table written by GDAL.

Run from the project's folder: ``python -m benchmarks.incident_import [ROWS] [--store ADDRESS]``,
where ROWS is 219 000 if it is not told, about 20 MB. The peer is ``pyogrio.write_dataframe`` of
what was stored, into a GeoPackage with a spatial index: a single index and no history, no hashes
and no account. A second import of the same file and a third with a tenth of its rows changed
follow; ``--once`` leaves them out, and with them the peer. Seconds are those of this process: a
server's are not among them. Exit code 1 if a number is not what it must be, if progress goes back
or stands still while rows are stored, if the process ever holds more than ``MEGABYTES``, or if
placing and storing take more than ``TIMES_PEER`` times as long as the peer.
"""

import argparse
import csv
import io
import sys
import tempfile
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import ExitStack, contextmanager
from datetime import date
from itertools import pairwise
from pathlib import Path
from time import perf_counter, process_time
from typing import ParamSpec, TypeVar
from unittest import mock

import numpy as np
import pandas as pd
import psutil
import pyogrio

from trygghetskarta.analysis.places import PlaceFinder
from trygghetskarta.intake import intake, opening, receiving
from trygghetskarta.intake.accounts import ImportReport
from trygghetskarta.intake.workplace import Workplace, open_workplace
from trygghetskarta.settings import Settings
from trygghetskarta.sources.publishers import incidents
from trygghetskarta.store import read
from trygghetskarta.terms.imports import TableKind

ROWS = 219_000
SOURCE = "Benchmark"
TODAY = date(2026, 11, 2)
TIMES_PEER = 3
MEGABYTES = 1500
CHANGED = 10
"""One row in so many is changed before the third import."""
STORING = 0.45
"""Where the bar stands when storing begins."""
STILL = 0.02
"""More of the bar than one step has, of as many rows as are measured here."""

P = ParamSpec("P")
T = TypeVar("T")

_HEAD = (
    "Id",
    "Brottskod",
    "Brottskod.klartext",
    "Inskrivningsdatum",
    "BROTTSDATUMTID_START",
    "BROTTSDATUMTID_SLUT",
    "SWEREF99TM_N",
    "SWEREF99TM_E",
    "DeSO.område",
    "Antal",
    "Preliminär",
)
_OFFENCES = (("0823", "Inbrottsstöld i garage"), ("0847", "Stöld"), ("1216", "Klotter"))


def incidents_csv(rows: int, areas: pd.DataFrame, changed: int = 0) -> bytes:
    """Invent a clean file of incidents, by columns as the example data has them.

    Parameters
    ----------
    rows
        How many; one in three without coordinates, but with its DeSO.
    areas
        The areas of the store, for points and codes that are in the municipality.
    changed
        One row in so many counts twice what it counts in the file of 0.
    """
    rng = np.random.default_rng(rows)
    deso = areas[areas["area_level"] == "deso"]
    middle = deso.geometry.representative_point()
    code = rng.integers(0, len(deso), rows)
    east = middle.x.to_numpy()[code] + rng.normal(0, 40, rows)
    north = middle.y.to_numpy()[code] + rng.normal(0, 40, rows)
    begun = np.datetime64("2021-01-02T00:00") + rng.integers(0, 2_600_000, rows)
    begun.sort()
    lasted = rng.integers(0, 600, rows)
    day = np.datetime_as_string(begun + lasted, unit="D")
    first, last = (
        np.char.replace(np.datetime_as_string(moment, unit="m"), "T", " ")
        for moment in (begun, begun + lasted)
    )
    written = io.StringIO()
    sheet = csv.writer(written, delimiter=";", lineterminator="\r\n")
    sheet.writerow(_HEAD)
    names = deso["area_code"].to_numpy()
    kinds = rng.integers(0, len(_OFFENCES), rows)
    for n in range(rows):
        x, y = ("", "") if n % 3 == 0 else (f"{east[n]:.1f}", f"{north[n]:.1f}")
        place = (y.replace(".", ","), x.replace(".", ","), names[code[n]])
        offence = _OFFENCES[kinds[n]]
        number = 2 if changed and n % changed == 0 else 1
        sheet.writerow((f"B{n:07d}", *offence, day[n], first[n], last[n], *place, number, "nej"))
    return b"\xef\xbb\xbf" + written.getvalue().encode()


class Phases:
    """Seconds of the processor by phase, of what is called while :meth:`watched`."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}

    def timed(self, name: str, function: Callable[P, T]) -> Callable[P, T]:
        """The function, whose seconds are added up under a name."""

        def called(*given: P.args, **named: P.kwargs) -> T:
            begun = process_time()
            try:
                return function(*given, **named)
            finally:
                self.seconds[name] = self.seconds.get(name, 0) + process_time() - begun

        return called

    @contextmanager
    def watched(self) -> Iterator[None]:
        """Time the phases of an import."""
        parts = (
            ("read", opening, "read"),
            ("parse", incidents, "parse"),
            ("place", PlaceFinder, "place"),
            ("check", intake.tables, "require"),
            ("look at", intake.plausibility, "of_incidents"),
            ("store", intake.write, "write_batch"),
        )
        with ExitStack() as patched:
            for word, where, name in parts:
                timed = self.timed(word, getattr(where, name))
                patched.enter_context(mock.patch.object(where, name, timed))
            yield


def run(place: Workplace, content: bytes, what: str) -> tuple[ImportReport, float, bool]:
    """Import once and print it; gives the account, seconds of placing and storing, and whether
    progress and memory were as they must be."""
    phases = Phases()
    moments: list[float] = []
    shown: list[float] = []

    def tell(part: float) -> None:
        moments.append(perf_counter())
        shown.append(part)

    begun = process_time()
    with phases.watched(), peaks() as most:
        waiting = receiving.receive(place, TableKind.INCIDENTS, "benchmark.csv", content)
        report = intake.import_waiting(place, waiting, SOURCE, progress=tell)
    whole = process_time() - begun
    parts = "  ".join(f"{name} {seconds:.2f}" for name, seconds in phases.seconds.items())
    print(f"{what:8} {whole:7.2f} s   {parts}")
    print(f"         new {report.new}, changed {report.changed}, unchanged {report.unchanged}")
    stored = [moment for moment, part in zip(moments, shown, strict=True) if part >= STORING]
    longest = max(b - a for a, b in pairwise(stored))
    steps = [b - a for a, b in pairwise(shown) if a >= STORING]
    print(
        f"         {len(stored)} steps while stored, the longest {longest:.2f} s; {most[0]:.0f} MB"
    )
    good = shown == sorted(shown) and max(steps) <= STILL and most[0] <= MEGABYTES
    return report, phases.seconds["place"] + phases.seconds["store"], good


def held() -> float:
    """Memory of the process in MB."""
    return psutil.Process().memory_info().rss / 2**20


@contextmanager
def peaks() -> Iterator[list[float]]:
    """The most memory that is held meanwhile, in MB, looked at fifty times a second."""
    most, over = [held()], threading.Event()

    def look() -> None:
        while not over.wait(0.02):
            most[0] = max(most[0], held())

    watch = threading.Thread(target=look)
    watch.start()
    try:
        yield most
    finally:
        over.set()
        watch.join()


def peer(place: Workplace, folder: Path) -> float:
    """Seconds that GDAL takes to write the stored incidents with a spatial index."""
    table = read.incident_geometries(place.engine)
    begun = process_time()
    pyogrio.write_dataframe(table, folder / "peer.gpkg", layer="incident", SPATIAL_INDEX="YES")
    seconds = process_time() - begun
    print(f"peer     {seconds:7.2f} s   {len(table)} rows, {len(table.columns)} columns")
    return seconds


def made(rows: int, areas: pd.DataFrame, changed: int = 0) -> bytes:
    """:func:`incidents_csv`, by a process of its own, whose memory is not counted."""
    with ProcessPoolExecutor(1) as other:
        return other.submit(incidents_csv, rows, areas, changed).result()


def main() -> int:
    """Print the table; give the exit code."""
    asked = argparse.ArgumentParser()
    asked.add_argument("rows", nargs="?", type=int, default=ROWS)
    asked.add_argument("--store", default="")
    asked.add_argument("--once", action="store_true", help="the first import alone")
    told = asked.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        settings = Settings(store=told.store or str(Path(folder) / "store.gpkg"))
        place = open_workplace(settings, lambda: TODAY)
        areas = read.areas(place.engine).reset_index()
        content = made(told.rows, areas)
        print(f"{told.rows} rows, {len(content) / 1e6:.1f} MB; {held():.0f} MB before")
        first, seconds, good = run(place, content, "first")
        good &= first.new == told.rows
        times = 0.0
        if not told.once:
            again, _, as_it_must = run(place, content, "again")
            good &= as_it_must and again.unchanged == told.rows
            third, _, as_it_must = run(place, made(told.rows, areas, CHANGED), "changed")
            good &= as_it_must and third.changed == -(-told.rows // CHANGED)
            times = seconds / peer(place, Path(folder))
            print(f"placing and storing: {told.rows / seconds:.0f} rows/s, {times:.1f} × the peer")
        place.engine.dispose()
    return 0 if good and times <= TIMES_PEER else 1


if __name__ == "__main__":
    sys.exit(main())
