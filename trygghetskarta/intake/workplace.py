"""Opening: the store, the municipality, and the base data every store begins with."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

import geopandas as gpd
import pandas as pd
import shapely

from trygghetskarta import tables
from trygghetskarta.settings import Settings
from trygghetskarta.sources.publishers import bra, municipality, population, water
from trygghetskarta.store import Engine, connect, divisions, read, write
from trygghetskarta.tables.row_accounts import RowAccount
from trygghetskarta.terms.areas import AreaLevel
from trygghetskarta.terms.imports import TableKind
from trygghetskarta.terms.municipality import Municipality

_BASE_SOURCES = {
    TableKind.DISTRICTS: population.SOURCE,
    TableKind.POPULATION: population.SOURCE,
    TableKind.MUNICIPALITY_TOTALS: bra.SOURCE,
}


@dataclass(frozen=True)
class Workplace:
    """Where imports go and what they need to know.

    Attributes
    ----------
    engine
        The store.
    settings
        Paths and limits.
    municipality
        Configuration of the municipality.
    today
        Gives today's date; later dates are faults.
    water
        The municipality's water, EPSG:3006; None where no layer of it is there.
    """

    engine: Engine
    settings: Settings
    municipality: Municipality
    today: Callable[[], date]
    water: shapely.Geometry | None = None


def open_workplace(settings: Settings, today: Callable[[], date]) -> Workplace:
    """Open the store, make it when it is not there, and see that it has areas.

    Parameters
    ----------
    settings
        Where it is, and for which municipality.
    today
        Gives today's date; asked at every import.
    """
    folder = settings.geodata / settings.municipality
    found = municipality.read(folder)
    place = Workplace(connect(settings.store), settings, found, today, water.read(folder))
    load_base(place)
    # It knows workplaces itself.
    from trygghetskarta.intake import division_settling

    division_settling.settle(place)
    return place


def load_base(place: Workplace) -> None:
    """Put areas, names, inhabitants, classifications and Brå's totals into a store without any."""
    if not read.areas(place.engine).empty:
        return
    base = municipality.read_base(place.settings.geodata / place.settings.municipality)
    for kind, table, contract in (
        (TableKind.DISTRICTS, base.areas, tables.AREAS),
        (TableKind.POPULATION, base.population, tables.POPULATION),
        (TableKind.MUNICIPALITY_TOTALS, base.totals, tables.TOTALS),
    ):
        _write_base(place, kind, table, base.accounts[contract.name])
    divisions.name_first(place.engine)
    write.write_aliases(place.engine, base.aliases, base.accounts[tables.ALIASES.name])
    classed = base.accounts[tables.CLASSIFICATIONS.name]
    write.write_classifications(place.engine, base.classifications, classed)


def _write_base(
    place: Workplace, kind: TableKind, table: pd.DataFrame, account: RowAccount
) -> None:
    write.write_batch(
        place.engine,
        kind,
        table,
        source=_BASE_SOURCES[kind],
        file_name=f"geodata/{place.settings.municipality}",
        sha256="",
        is_example=False,
        account=account,
    )


def districts(place: Workplace) -> gpd.GeoDataFrame:
    """The districts: index area_code, with ``name``."""
    return read.areas(place.engine, AreaLevel.DISTRICT)
