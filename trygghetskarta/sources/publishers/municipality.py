"""A municipality's own folder in ``geodata``: its configuration, plans and base tables."""

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import geopandas as gpd
import pandas as pd

from trygghetskarta import tables
from trygghetskarta.errors import (
    Fault,
    SourceCause,
    SourceError,
    TableError,
    TableRule,
)
from trygghetskarta.settings import WORK_CRS
from trygghetskarta.sources.fields.toml_section import TomlSection, load
from trygghetskarta.sources.publishers import base_tables, perception
from trygghetskarta.tables import Contract
from trygghetskarta.tables.row_accounts import FileRows, RowAccount
from trygghetskarta.terms.areas import AreaLevel
from trygghetskarta.terms.audience import ShowRule
from trygghetskarta.terms.municipality import Municipality, Plan, Theme
from trygghetskarta.terms.offences import OFFENCE_TYPES
from trygghetskarta.terms.walks import WalkType

_MAIN_FILE = "municipality.toml"
_PERCEPTION_FILE = "perception.toml"
_LAYERS = {
    AreaLevel.DISTRICT: "districts.gpkg",
    AreaLevel.REGSO: "regso.gpkg",
    AreaLevel.DESO: "deso.gpkg",
}
_NOT_MAPPED = "ingen"


@dataclass(frozen=True, eq=False)
class BaseData:
    """What a store begins with; every table fulfils its contract.

    Attributes
    ----------
    areas
        Contract ``AREAS``: the municipality (union of its districts), then districts, RegSO and
        DeSO, each ordered by code.
    aliases, population, classifications, totals
        Contracts of the same names. A file that the folder does not hold gives a table without
        rows.
    accounts
        What became of the files' rows, by the name of the contract.
    """

    areas: gpd.GeoDataFrame
    aliases: pd.DataFrame
    population: pd.DataFrame
    classifications: pd.DataFrame
    totals: pd.DataFrame
    accounts: Mapping[str, RowAccount]


def available(geodata: Path) -> list[str]:
    """List the codes of the municipalities that have a folder, ascending."""
    return sorted(path.parent.name for path in geodata.glob(f"[0-9][0-9][0-9][0-9]/{_MAIN_FILE}"))


def read(folder: Path) -> Municipality:
    """Read a municipality's configuration and plans, strictly.

    Parameters
    ----------
    folder
        Named by the four-digit municipality code.

    Returns
    -------
    Municipality
        ``plans`` newest first, themes in the plan's order.

    Raises
    ------
    SourceError
        ``MUNICIPALITY_UNKNOWN`` without the folder, ``FILE_MISSING`` without a plan,
        ``CONFIGURATION_INVALID`` for an unknown, missing or impossible key.
    """
    _require_folder(folder)
    main = load(folder / _MAIN_FILE)
    found = Municipality(
        code=main.text("code", r"\d{4}"),
        name=main.text("name"),
        county=main.text("county"),
        local_crs=main.whole("local_crs", 1024),
        latitude=main.number("latitude", 55.0, 70.0),
        longitude=main.number("longitude", 10.0, 25.0),
        zoom=main.whole("zoom", 1, 19),
        boundary_version=main.text("boundary_version"),
        plans=_plans(folder / "plans"),
        perception=perception.read(folder / _PERCEPTION_FILE),
    )
    main.ignore("build")
    main.close()
    if found.code != folder.name:
        raise main.error("code")
    return found


def read_base(folder: Path) -> BaseData:
    """Read areas, place names, inhabitants, classifications and Brå's totals.

    Parameters
    ----------
    folder
        As for :func:`read`.

    Raises
    ------
    SourceError
        As :func:`read`; ``FILE_MISSING`` without ``districts.gpkg``, ``FILE_DAMAGED`` and
        ``COLUMN_MISSING`` for a layer or table that cannot be used.
    CrsError
        ``CRS_MISSING`` for a layer that does not say its CRS.
    TableError
        When a table breaks its contract or names an area that no layer holds.
    """
    municipality = read(folder)
    areas, borders = _areas(folder, municipality)
    of_areas = {
        "place_names.csv": tables.ALIASES,
        "population.csv": tables.POPULATION,
        "classifications.csv": tables.CLASSIFICATIONS,
    }
    read_in = {
        contract.name: base_tables.read_table(folder / file, contract)
        for file, contract in of_areas.items()
    }
    for contract in of_areas.values():
        table = read_in[contract.name].table
        tables.require(table, contract)
        _require_known_areas(table, contract, areas)
    totals = base_tables.read_totals(folder, municipality.code, municipality.name)
    tables.require(totals.table, tables.TOTALS)
    read_in[tables.TOTALS.name] = totals
    accounts = {name: parsed.account() for name, parsed in read_in.items()}
    return BaseData(
        areas,
        read_in[tables.ALIASES.name].table,
        read_in[tables.POPULATION.name].table,
        read_in[tables.CLASSIFICATIONS.name].table,
        totals.table,
        {**accounts, tables.AREAS.name: borders},
    )


def _require_folder(folder: Path) -> None:
    if not (folder / _MAIN_FILE).is_file():
        raise SourceError(
            SourceCause.MUNICIPALITY_UNKNOWN,
            code=folder.name,
            found=tuple(available(folder.parent)),
        )


def _plans(folder: Path) -> tuple[Plan, ...]:
    plans: dict[int, Plan] = {}
    for path in sorted(folder.glob("*.toml")):
        section = load(path)
        plan = _plan(section)
        if plan.year in plans:
            raise section.error("year")
        plans[plan.year] = plan
    if not plans:
        raise SourceError(SourceCause.FILE_MISSING, file=f"{folder.name}/*.toml")
    return tuple(plans[year] for year in sorted(plans, reverse=True))


def _plan(section: TomlSection) -> Plan:
    themes: dict[str, Theme] = {}
    for part in section.parts("themes"):
        theme = _theme(part)
        if theme.key in themes:
            raise part.error("key")
        themes[theme.key] = theme
    plan = Plan(
        year=section.whole("year", 1990, 2200),
        title=section.text("title"),
        source=section.text("source"),
        themes=tuple(themes.values()),
    )
    section.close()
    return plan


def _theme(section: TomlSection) -> Theme:
    theme = Theme(
        key=section.text("key", "[a-z0-9_]+"),
        name=section.text("name"),
        offence_types=section.words("offence_types", OFFENCE_TYPES),
        offence_codes=section.words("offence_codes", pattern=r"\d{2,4}"),
        observation_categories=section.words("observation_categories"),
        walk_types=tuple(map(WalkType, section.words("walk_types", tuple(WalkType)))),
        classified_areas=section.flag("classified_areas"),
        internal=_show_rule(section.part("internal")),
        public=_show_rule(section.part("public")),
        caveats=section.words("caveats"),
        status=section.text("status", ".*"),
    )
    section.close()
    not_mapped = theme.internal.finest is None and theme.public.finest is None
    if not_mapped and not theme.status:
        raise section.error("status")
    return theme


def _show_rule(section: TomlSection) -> ShowRule:
    finest = section.word("finest", (*AreaLevel, _NOT_MAPPED))
    rule = ShowRule(
        finest=None if finest == _NOT_MAPPED else AreaLevel(finest),
        threshold=section.whole("threshold", 1),
        by_time=section.flag("by_time"),
        points=section.flag("points"),
    )
    section.close()
    return rule


def _areas(folder: Path, municipality: Municipality) -> tuple[gpd.GeoDataFrame, RowAccount]:
    """Every area, the municipality first, and the account of those that were read."""
    layers, counted = [], 0
    for level, file in _LAYERS.items():
        path = folder / file
        if path.is_file():
            layers.append(base_tables.read_layer(path, level))
            counted += base_tables.count_layer(path)
        elif level is AreaLevel.DISTRICT:
            raise SourceError(SourceCause.FILE_MISSING, file=file)
    whole = gpd.GeoDataFrame(
        {
            "area_level": [AreaLevel.MUNICIPALITY.value],
            "area_code": [municipality.code],
            "name": [municipality.name],
        },
        geometry=[layers[0].union_all()],
        crs=WORK_CRS,
    )
    areas = pd.concat([whole, *layers], ignore_index=True)
    areas["boundary_version"] = municipality.boundary_version
    areas.index += base_tables.FIRST_ROW
    tables.require(areas, tables.AREAS)
    first = base_tables.FIRST_ROW + 1  # the municipality itself is read from no file
    rows = FileRows(", ".join(_LAYERS.values()), range(first, first + counted))
    return areas[list(tables.AREAS.columns)], RowAccount(rows, areas.index[1:])


def _require_known_areas(table: pd.DataFrame, contract: Contract, areas: pd.DataFrame) -> None:
    key = ["area_level", "area_code"]
    known = pd.MultiIndex.from_frame(areas[key])
    unknown = ~pd.MultiIndex.from_frame(table[key]).isin(known)
    faults = [
        Fault(TableRule.AREA_UNKNOWN, "area_code", int(row), value=str(table["area_code"][row]))
        for row in table.index[unknown]
    ]
    if faults:
        raise TableError(contract.name, faults)


def read_example_follow_ups(folder: Path) -> list[dict[str, str]]:
    """Read the invented follow-ups of the example actions; empty when there are none.

    Parameters
    ----------
    folder
        The municipality's folder.

    Returns
    -------
    list of dict
        ``measure`` (its title), ``day`` (ISO), ``by_function``, ``done``, ``partners``,
        ``effects``.
    """
    rows: list[dict[str, str]] = []
    for path in sorted((folder / "plans").glob("*_follow_ups_example.csv")):
        with path.open(encoding="utf-8", newline="") as file:
            rows += csv.DictReader(file, delimiter=";")
    return rows
