"""Invented safety walks: GPX tracks along the example town's streets, and what was seen."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from xml.sax.saxutils import escape
from zoneinfo import ZoneInfo

import numpy as np
import pandas as pd
import pyproj

from trygghetskarta.example.offences import MARK
from trygghetskarta.example.town import Town
from trygghetskarta.settings import SHOW_CRS, TIME_ZONE, WORK_CRS

_ZONE = ZoneInfo(TIME_ZONE)
_SPEED = 1.15  # metres per second
_EVERY = 15  # seconds between points
_OBSERVATIONS = (
    ("belysning", "Två lyktor släckta längs gångvägen.", 2),
    ("belysning", "Mörkt vid cykelstället, lampan blinkar.", 2),
    ("insyn och sikt", "Häcken skymmer sikten in mot lekplatsen.", 2),
    ("växtlighet", "Buskarna når ut över gångbanan.", 1),
    ("nedskräpning", "Överfull papperskorg och glas på marken.", 1),
    ("klotter och skadegörelse", "Nytt klotter på elskåpet.", 2),
    ("ordningsstörning", "Mopeder på gångvägen, hög fart.", 3),
    ("nålar", "Spruta vid bänken, anmäld till kommunens jour.", 4),
    ("trafik", "Bilar kör över skolgården som genväg.", 3),
    ("övergiven plats", "Tomt och igenbommat, ingen rör sig här.", 2),
    ("trygg plats", "Mycket folk, ljust och öppet till sent.", 1),
)
_WALKS = 24
_YEAR_OF_WALKS = 365
_AUDIT_EVERY = 8
_GROUPS = ("Grupp Norr", "Grupp Söder", "Grupp Centrum")
_FACTORS = (
    "Ljus",
    "Sikt",
    "Överblick",
    "Gömställen",
    "Ödslighet",
    "Flyktvägar",
    "Skötsel",
    "Orienterbarhet",
    "Känsla",
)
OWNERS = {
    "belysning": "Gatukontoret",
    "insyn och sikt": "Parkenheten",
    "växtlighet": "Parkenheten",
    "nedskräpning": "Parkenheten",
    "klotter och skadegörelse": "Bostadsbolaget",
    "ordningsstörning": "Polisen",
    "nålar": "Renhållningsbolaget",
    "trafik": "Gatukontoret",
    "övergiven plats": "Fastighetsförvaltningen",
}
"""Who remedies what, in an invented town."""
_DAYS_TO_REMEDY = 60
_SEEN_AGAIN, _NEAR, _SHIFT = 0.6, 60.0, 5.0
"""How often something near the way is seen again, how near in metres, and how exactly."""


@dataclass(frozen=True)
class Walk:
    """One invented walk.

    Attributes
    ----------
    identity
        Its id, also the name of its track file.
    track
        GPX text.
    row
        Its line in the list of walks.
    observations
        Lines of what was seen.
    """

    identity: str
    track: str
    row: dict[str, str]
    observations: list[dict[str, str]]


def make_walks(
    town: Town, names: dict[str, str], last: date, rng: np.random.Generator
) -> list[Walk]:
    """Invent a year of walks that ends on a day.

    Parameters
    ----------
    town
        Streets to walk.
    names
        Names of the districts by code.
    last
        Day of the last walk at the latest.
    rng
        Source of chance.
    """
    people = pd.Series(town.people).groupby(town.district).sum()
    busiest = people.sort_values(ascending=False, kind="stable").index[:6].to_list()
    to_show = pyproj.Transformer.from_crs(WORK_CRS, SHOW_CRS, always_xy=True)
    walks, earlier = [], []
    for number in range(1, _WALKS + 1):
        audit = number % _AUDIT_EVERY == 0
        # The last audit comes back to where the first one was.
        audited = busiest[number // _AUDIT_EVERY % 2]
        district = audited if audit else busiest[int(rng.integers(len(busiest)))]
        start = _start(last, number, audit, rng)
        path = _path(town, district, rng)
        seconds = _clock(path)
        walk = _walk(
            f"vandring_{number:02d}",
            district,
            names,
            audit,
            start,
            path,
            seconds,
            to_show,
            earlier,
            rng,
        )
        walks.append(walk)
        earlier += [line for line in walk.observations if line["Latitud"]]
    return walks


def _start(last: date, number: int, audit: bool, rng: np.random.Generator) -> datetime:
    day = last - timedelta(days=int((_WALKS - number) * _YEAR_OF_WALKS / _WALKS))
    if not audit:
        day -= timedelta(days=(day.weekday() - 4) % 7)  # back to a Friday
        hour, minute = 20 + int(rng.integers(3)), int(rng.integers(0, 60))
    else:
        hour, minute = 16, int(rng.integers(0, 45))
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=_ZONE)


def _path(town: Town, district: str, rng: np.random.Generator) -> np.ndarray:
    """From street to street, always to a near one that is left."""
    rows = np.flatnonzero(np.isin(town.owner, np.flatnonzero(town.district == district)))
    at = town.starts[rows[int(rng.integers(len(rows)))]]
    left, path = set(rows.tolist()), [at]
    for _leg in range(min(14, len(rows))):
        order = np.array(sorted(left))
        distance = np.hypot(*(town.starts[order] - at).T)
        near = order[np.argsort(distance)[:3]]
        chosen = int(rng.choice(near))
        left.discard(chosen)
        path += [town.starts[chosen], town.ends[chosen]]
        at = path[-1]
    return np.array(path)


def _clock(path: np.ndarray) -> np.ndarray:
    lengths = np.hypot(*np.diff(path, axis=0).T)
    return np.concatenate([[0], np.cumsum(lengths)]) / _SPEED


def _walk(
    identity: str,
    district: str,
    names: dict[str, str],
    audit: bool,
    start: datetime,
    path: np.ndarray,
    seconds: np.ndarray,
    to_show: pyproj.Transformer,
    earlier: list[dict[str, str]],
    rng: np.random.Generator,
) -> Walk:
    ticks = np.arange(0, seconds[-1], _EVERY)
    metres = np.column_stack([np.interp(ticks, seconds, path[:, axis]) for axis in (0, 1)])
    metres += rng.normal(0, 2.5, metres.shape)
    lon, lat = to_show.transform(metres[:, 0], metres[:, 1])
    end = start + timedelta(seconds=float(seconds[-1]))
    row = {
        "Vandring": identity,
        "Typ": "trygghetsrond" if audit else "närvaropass",
        "Stadsdel": names[district],
        "Start": start.strftime("%Y-%m-%d %H:%M"),
        "Slut": end.strftime("%Y-%m-%d %H:%M"),
        "Antal vuxna": str(int(rng.integers(3, 9))),
        "Grupp": "" if audit else str(rng.choice(_GROUPS)),
        "Spår": f"{identity}.gpx",
        "Källa": MARK,
    }
    seen = _observations(identity, start, ticks, lon, lat, audit, rng)
    again = _seen_again(identity, start, ticks, metres, earlier, to_show, rng)
    if again:
        seen = [line for line in seen if line["Latitud"]] + [again]
    if audit:
        seen = _minutes(seen, start, rng)
    return Walk(identity, _gpx(identity, start, ticks, lon, lat), row, seen)


def _observations(
    identity: str,
    start: datetime,
    ticks: np.ndarray,
    lon: np.ndarray,
    lat: np.ndarray,
    audit: bool,
    rng: np.random.Generator,
) -> list[dict[str, str]]:
    count = int(rng.integers(4, 9)) if audit else int(rng.poisson(1.3))
    blank = {"Vandring": identity, "Källa": MARK}
    if not count:
        return [
            {
                **blank,
                "Tid": start.strftime("%Y-%m-%d %H:%M"),
                "Latitud": "",
                "Longitud": "",
                "Kategori": "inget att rapportera",
                "Allvar": "",
                "Text": "",
            }
        ]
    found = []
    for place in np.sort(rng.choice(len(ticks), min(count, len(ticks)), replace=False)):
        category, text, level = _OBSERVATIONS[int(rng.integers(len(_OBSERVATIONS)))]
        moment = start + timedelta(seconds=float(ticks[place]))
        found.append(
            {
                **blank,
                "Tid": moment.strftime("%Y-%m-%d %H:%M"),
                "Latitud": f"{lat[place]:.6f}",
                "Longitud": f"{lon[place]:.6f}",
                "Kategori": category,
                "Allvar": str(level),
                "Text": text,
            }
        )
    return found


def _seen_again(
    identity: str,
    start: datetime,
    ticks: np.ndarray,
    metres: np.ndarray,
    earlier: list[dict[str, str]],
    to_show: pyproj.Transformer,
    rng: np.random.Generator,
) -> dict[str, str] | None:
    """Something an earlier walk saw near the way, still there; None when nothing is."""
    wanted = rng.random() < _SEEN_AGAIN
    for line in reversed(earlier) if wanted else ():
        place = (float(line["Longitud"]), float(line["Latitud"]))
        there = np.array(to_show.transform(*place, direction="INVERSE"))
        distance = np.hypot(*(metres - there).T)
        nearest = int(distance.argmin())
        if distance[nearest] > _NEAR or line["Kategori"] == "trygg plats":
            continue
        lon, lat = to_show.transform(*(there + rng.normal(0, _SHIFT, 2)))
        return {
            "Vandring": identity,
            "Källa": MARK,
            "Tid": (start + timedelta(seconds=float(ticks[nearest]))).strftime("%Y-%m-%d %H:%M"),
            "Latitud": f"{lat:.6f}",
            "Longitud": f"{lon:.6f}",
            "Kategori": line["Kategori"],
            "Allvar": line["Allvar"],
            "Text": "Samma som sist, inte åtgärdat.",
        }
    return None


def _minutes(
    seen: list[dict[str, str]], start: datetime, rng: np.random.Generator
) -> list[dict[str, str]]:
    """The lines of a *rond* as its minutes have them: stops in order, marks, owners and days."""
    due = (start + timedelta(days=_DAYS_TO_REMEDY)).strftime("%Y-%m-%d")
    lines = []
    for stop, line in enumerate(sorted(seen, key=lambda line: line["Tid"]), start=1):
        marks = {name: str(int(rng.integers(1, 6))) for name in _FACTORS}
        owner = OWNERS.get(line["Kategori"], "")
        work = {"Status": "tilldelad", "Ansvarig": owner, "Klart senast": due} if owner else {}
        lines.append({**line, "Stopp": str(stop), **marks, **work})
    return lines


def _gpx(
    identity: str, start: datetime, ticks: np.ndarray, lon: np.ndarray, lat: np.ndarray
) -> str:
    points = "\n".join(
        f'<trkpt lat="{y:.6f}" lon="{x:.6f}"><time>{_utc(start, tick)}</time></trkpt>'
        for x, y, tick in zip(lon, lat, ticks, strict=True)
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<gpx version="1.1" creator="Trygghetskarta" xmlns="http://www.topografix.com/GPX/1/1">\n'
        f"<metadata><desc>{escape(MARK)}</desc></metadata>\n"
        f"<trk><name>{escape(identity)}</name><trkseg>\n{points}\n</trkseg></trk>\n</gpx>\n"
    )


def _utc(start: datetime, tick: float) -> str:
    moment = start.astimezone(UTC) + timedelta(seconds=float(tick))
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")
