"""Example data: seeded, invented, and written as the files a user would have.

Only the sums are real: offences per category and year, and per quarter, equal Brå's for the
municipality. Everything else is chance, marked as invented in every row.
"""

from datetime import date
from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd

from trygghetskarta.example import offences as making
from trygghetskarta.example import rounds, walks
from trygghetskarta.example.town import Town, build
from trygghetskarta.sources.fields.offence_codes import OffenceCodes
from trygghetskarta.sources.publishers.municipality import BaseData
from trygghetskarta.terms.areas import AreaLevel

YEARS = 5
"""Whole years of offences, the newest that Brå has."""


def generate(folder: Path, *, base: BaseData, offences: OffenceCodes, seed: int) -> list[Path]:
    """Write the example files.

    Parameters
    ----------
    folder
        Where; made when it is not there.
    base
        The municipality's areas, inhabitants, classifications and Brå's totals.
    offences
        The list of offence codes.
    seed
        The same seed gives the same bytes.

    Returns
    -------
    list of Path
        Every file written, offences first.
    """
    folder.mkdir(parents=True, exist_ok=True)
    rng = np.random.default_rng(seed)
    small, districts = (_areas(base, level) for level in (AreaLevel.DESO, AreaLevel.DISTRICT))
    if small.empty:
        small = districts
    people = base.population.set_index("area_code")["population"].astype("float64")
    people = people[~people.index.duplicated()]
    vulnerable = frozenset(base.classifications["area_code"])
    town = build(small, districts, people, rng)
    written = _write_offences(folder, town, base.totals, offences, vulnerable, rng)
    names = dict(zip(districts["area_code"], districts["name"], strict=True))
    written += _write_rounds(folder, districts, people, vulnerable, rng)
    return written + _write_walks(folder, town, names, _last_year(base.totals), rng)


def _areas(base: BaseData, level: AreaLevel) -> gpd.GeoDataFrame:
    return base.areas[base.areas["area_level"] == level].reset_index(drop=True)


def _last_year(totals: pd.DataFrame) -> int:
    starts, ends = totals["period_from"].dt, totals["period_to"].dt
    whole = (starts.month == 1) & (ends.month == 12)
    return int(starts.year[whole].max())


def _write_offences(
    folder: Path,
    town: Town,
    totals: pd.DataFrame,
    offences: OffenceCodes,
    vulnerable: frozenset[str],
    rng: np.random.Generator,
) -> list[Path]:
    last = _last_year(totals)
    written = []
    for step, year in enumerate(range(last - YEARS + 1, last + 2)):
        preliminary = year > last
        quarters = making.quarterly(totals, year)
        if not quarters:
            continue
        counts = (
            _spread(making.yearly(totals, last), sum(quarters), rng)
            if preliminary
            else making.yearly(totals, year)
        )
        table = making.make_year(
            town,
            year,
            counts,
            quarters,
            step,
            offences.name_of,
            vulnerable,
            preliminary,
            rng,
        )
        ending = "_preliminar" if preliminary else ""
        written.append(_write_csv(folder / f"handelser_{year}{ending}.csv", table))
    return written


def _spread(counts: dict[str, int], total: int, rng: np.random.Generator) -> dict[str, int]:
    """Share a sum out over the categories as the year before was shared."""
    weights = np.array(list(counts.values()), dtype=float)
    drawn = rng.multinomial(total, weights / weights.sum())
    return dict(zip(counts, drawn.tolist(), strict=True))


def _write_rounds(
    folder: Path,
    districts: gpd.GeoDataFrame,
    people: pd.Series,
    vulnerable: frozenset[str],
    rng: np.random.Generator,
) -> list[Path]:
    written = [
        _write_csv(
            folder / f"trygghetsundersokning_{year}.csv",
            rounds.make_round(districts, people, vulnerable, year, method, shift, response, rng),
        )
        for year, method, shift, response in rounds.ROUNDS
    ]
    # Drawn apart, so that what is invented after it does not depend on how many have answered.
    answers = rounds.make_answers(districts, people, vulnerable, rng.spawn(1)[0])
    return [*written, _write_csv(folder / f"enkatsvar_{rounds.ANSWERED[0]}.csv", answers)]


def _write_walks(
    folder: Path, town: Town, names: dict[str, str], year: int, rng: np.random.Generator
) -> list[Path]:
    made = walks.make_walks(town, names, date(year, 12, 18), rng)
    tracks = folder / "vandringar"
    tracks.mkdir(exist_ok=True)
    written = []
    for walk in made:
        path = tracks / f"{walk.identity}.gpx"
        path.write_text(walk.track, encoding="utf-8", newline="\n")
        written.append(path)
    rows = pd.DataFrame([walk.row for walk in made])
    seen = pd.DataFrame([line for walk in made for line in walk.observations])
    return [
        *written,
        _write_csv(folder / "vandringar.csv", rows),
        _write_csv(folder / "observationer.csv", seen),
    ]


def _write_csv(path: Path, table: pd.DataFrame) -> Path:
    table.to_csv(path, sep=";", index=False, encoding="utf-8-sig", lineterminator="\r\n")
    return path
