"""A file is given to what reads its kind, and what comes of it is looked through.

What a file is, decides only what is said of it: it is refused with a sentence, or every row of it
is accounted for. Anything else is a fault of the program, and is raised.
"""

import json
import re
import shutil
import tempfile
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import geopandas as gpd
import pandas as pd

from trygghetskarta import tables
from trygghetskarta.analysis.places import PlaceFinder
from trygghetskarta.errors import Fault, StoreCause, TableError, TrygghetskartaError
from trygghetskarta.intake import column_choices, intake, opening, receiving, walk_intake
from trygghetskarta.intake.accounts import ImportReport
from trygghetskarta.intake.walk_reading import Reading
from trygghetskarta.intake.workplace import Workplace
from trygghetskarta.sources.fields import columns, offence_codes, photos
from trygghetskarta.sources.fields.offence_codes import OffenceCodes
from trygghetskarta.sources.publishers import (
    actions,
    bra,
    districts,
    incidents,
    municipality,
    observations,
    plan_areas,
    police_areas,
    polisen,
    population,
    routes,
    survey,
    survey_answers,
    track_files,
    walk_rows,
    water,
)
from trygghetskarta.sources.publishers.place_words import place_names
from trygghetskarta.sources.readers import files, parts
from trygghetskarta.sources.readers.files import RawTable
from trygghetskarta.sources.readers.parsed import Parsed
from trygghetskarta.sources.readers.recordings import usable
from trygghetskarta.sources.readers.taken import taking
from trygghetskarta.tables import Contract
from trygghetskarta.terms.areas import AreaLevel
from trygghetskarta.terms.file_forms import PLACES, TABLES, TRACKS
from trygghetskarta.terms.imports import WALKED, TableKind
from trygghetskarta.terms.municipality import Municipality
from trygghetskarta.words.doubt_words import doubt_sentence
from trygghetskarta.words.error_words import error_sentence
from trygghetskarta.words.fault_words import fault_sentence

_LOST = (StoreCause.ROWS_LOST, StoreCause.ROWS_UNKNOWN)
_SOURCE = "Prov"
_NO_LETTER = re.compile("[\0\ud800-\udfff]")
_SAID = 50
"""How many faults of a file are put into words."""


class BrokenPromiseError(AssertionError):
    """The program accepts what it should not, or loses what it should keep."""


@dataclass(frozen=True, eq=False)
class Ground:
    """What an import knows of the municipality, without a store."""

    geodata: Path
    today: date
    town: Municipality
    areas: gpd.GeoDataFrame
    aliases: pd.DataFrame
    offences: OffenceCodes
    finder: PlaceFinder

    @property
    def bounds(self) -> tuple[float, float, float, float]:
        return tuple(self.areas.total_bounds)


def ground(geodata: Path, today: date, code: str = "1488") -> Ground:
    """Read the base data once."""
    town, base = municipality.read(geodata / code), municipality.read_base(geodata / code)
    areas = base.areas.reset_index(drop=True)
    return Ground(
        geodata,
        today,
        town,
        areas,
        base.aliases,
        offence_codes.read(geodata / "offence_codes"),
        PlaceFinder(areas, base.aliases, town.code, town.name),
    )


def taste(on: Ground, kind: str, name: str, data: bytes) -> str:
    """Read a file as a kind; gives the cause of the refusal, empty for a file that was read.

    Raises
    ------
    BrokenPromiseError
        For rows that do not balance, letters that no file may hold, a table against its contract.
    Exception
        Whatever the program did not foresee.
    """
    try:
        _KINDS[kind](on, name, data)
    except TrygghetskartaError as error:
        _clean([error_sentence(error)], "error")
        if error.cause in _LOST or (isinstance(error, TableError) and kind != _BASE):
            raise BrokenPromiseError(str(error)) from error
        return str(error.cause)
    return ""


def take_in(place: Workplace, kind: str, name: str, data: bytes) -> str:
    """Import a file as far as the store, which is left as it was; as :func:`taste`."""
    if kind not in list(TableKind):
        return ""
    try:
        if kind in WALKED:
            reading = Reading(kind=TableKind(kind), source=_SOURCE, is_check=True)
            for outcome in walk_intake.import_files(place, [(name, data)], reading):
                if outcome.error is not None:
                    raise outcome.error
                _balanced(outcome.report)
            return ""
        waiting = receiving.receive(place, TableKind(kind), name, data)
        _balanced(intake.check_waiting(place, waiting, _SOURCE))
    except TrygghetskartaError as error:
        _clean([error_sentence(error)], "error")
        if error.cause in _LOST or isinstance(error, TableError):
            raise BrokenPromiseError(str(error)) from error
        return str(error.cause)
    return ""


def _balanced(report: ImportReport) -> None:
    if report.read != report.accepted + report.quarantined + report.set_aside:
        raise BrokenPromiseError(f"{report.read} rows read, of which {report.numbers()}")


def _columns(on: Ground, kind: TableKind, name: str, data: bytes, layer: str | None = None):
    def fits(raw: RawTable) -> bool:
        return columns.fits(column_choices.guessed(raw, kind), raw)

    forms = TRACKS if kind in (TableKind.WALKS, TableKind.OBSERVATIONS) else TABLES
    with taking(forms):
        raw = opening.read(name, data, layer=layer, max_megabytes=200, fits=fits)
    _look_at_table(raw)
    _look_at_parts(name, data)
    mapping = column_choices.guessed(raw, kind)
    seen = column_choices.Understood(raw, mapping)
    for role, column in mapping.roles.items():
        if column in raw.frame.columns:
            _clean(seen.samples(column), "sample")
            seen.unfit(role, column)
    _clean(column_choices.first_rows(raw, 3).stack(), "first rows")
    column_choices.dates_of_three_numbers(raw, mapping)
    return column_choices.as_understood(raw, mapping)


def _incidents(on: Ground, name: str, data: bytes) -> None:
    raw, mapping = _columns(on, TableKind.INCIDENTS, name, data)
    parsed = incidents.parse(
        raw,
        mapping,
        offences=on.offences,
        bounds=on.bounds,
        local_crs=on.town.local_crs,
        today=on.today,
        municipality=(on.town.code, on.town.name),
    )
    placed = on.finder.place(parsed.table)
    table = placed.table.assign(boundary_version=on.town.boundary_version)
    faults = (*parsed.faults, *placed.faults)
    _look_at(replace(parsed, table=table, faults=faults), tables.PLACED_INCIDENTS)


def _districts(on: Ground, name: str, data: bytes) -> None:
    raw, mapping = _columns(on, TableKind.DISTRICTS, name, data)
    if police_areas.recognises(raw.frame.columns):
        known = on.areas[on.areas["area_level"] == AreaLevel.DISTRICT]
        parsed = police_areas.parse(raw, known, on.town.name)
        _look_at(parsed, tables.CLASSIFICATIONS)
        return
    parsed = districts.parse(raw, mapping, boundary_version=on.town.boundary_version)
    _look_at(parsed, tables.AREAS)


def _population(on: Ground, name: str, data: bytes) -> None:
    raw, mapping = _columns(on, TableKind.POPULATION, name, data)
    code = on.town.code
    known = {"municipality_code": code, "areas": on.areas}
    parsed = population.parse(raw, mapping, today=on.today, **known)
    _look_at(parsed, tables.POPULATION)


def _survey(on: Ground, name: str, data: bytes) -> None:
    raw, mapping = _columns(on, TableKind.SURVEY, name, data)
    _look_at(survey.parse(raw, mapping, areas=on.areas, today=on.today), tables.SURVEY)


def _answers(on: Ground, name: str, data: bytes) -> None:
    raw, mapping = _columns(on, TableKind.SURVEY_ANSWERS, name, data)
    parsed = survey_answers.parse(raw, mapping, areas=on.areas, today=on.today)
    _look_at(parsed, tables.SURVEY_ANSWERS)


def _actions(on: Ground, name: str, data: bytes) -> None:
    raw, mapping = _columns(on, TableKind.ACTIONS, name, data)
    themes = [theme for plan in on.town.plans for theme in plan.themes]
    known = {"areas": on.areas, "aliases": on.aliases, "themes": themes, "today": on.today}
    _look_at(actions.parse(raw, mapping, source=_SOURCE, **known), tables.ACTIONS)


def _events(on: Ground, name: str, data: bytes) -> None:
    _look_at(polisen.parse(data, file_name=name), tables.EVENTS)


def _totals(on: Ground, name: str, data: bytes) -> None:
    bra.recognises(data[:4096])
    _look_at(bra.parse(data, file_name=name, today=on.today), tables.TOTALS)


def _walks(on: Ground, name: str, data: bytes) -> None:
    with taking(TRACKS):
        found = track_files.parse(data, file_name=name)
    if found is not None:
        # Walks without a line are told as such, and points beside them are kept.
        only_points = not found.walks and len(found.waypoints.frame) > 0
        kept = [] if only_points else usable(found.walks, name)
        _clean([one.walk_id for one in kept], "walk")
        if len(found.waypoints.frame):
            _look_at_table(found.waypoints)
            mapping = columns.recognise(found.waypoints.frame.columns, TableKind.OBSERVATIONS)
            _observed(on, *column_choices.as_understood(found.waypoints, mapping), crs=4326)
        return
    raw, mapping = _columns(on, TableKind.WALKS, name, data)
    strange: tuple[Fault, ...] = ()
    if routes.has_lines(raw):
        _, strange = routes.recordings(raw)
        routes.time_columns(raw)
    told = replace(raw, faults=(*raw.faults, *strange))
    parsed = walk_rows.parse(told, mapping, source=_SOURCE, today=on.today)
    _look_at(parsed, None)


def _observations(on: Ground, name: str, data: bytes) -> None:
    _observed(on, *_columns(on, TableKind.OBSERVATIONS, name, data))


def _observed(on: Ground, raw: RawTable, mapping, crs: int | None = None) -> None:
    parsed = observations.parse(
        raw,
        mapping,
        source=_SOURCE,
        bounds=on.bounds,
        local_crs=on.town.local_crs,
        crs=crs,
        today=on.today,
    )
    _look_at(parsed, None)
    if len(parsed.table) + len(parsed.quiet) + len({f.row for f in parsed.faults}) > len(raw.frame):
        raise BrokenPromiseError("more rows observed than read")
    _look_at_frame(parsed.quiet, "quiet")


def _network(on: Ground, name: str, data: bytes) -> None:
    with taking(PLACES):
        raw = files.read_bytes(name, data)
    _look_at_table(raw)
    _look_at(routes.network(raw, source=_SOURCE), tables.NETWORK)


def _plan_area(on: Ground, name: str, data: bytes) -> None:
    with taking(PLACES):
        raw = files.read_bytes(name, data)
    _clean([plan_areas.parse(raw).name], "name")


def _photo(on: Ground, name: str, data: bytes) -> None:
    photos.clean(data)


_BASE = "base"
_OF_BASE = ("municipality.toml", "perception.toml", "place_names.csv", "population.csv",
            "classifications.csv", "bra_year.csv", "bra_quarter.csv", "districts.gpkg",
            "water.gpkg", "plan.toml", "brottskoder_urval.csv",
            "brottskoder_upphorda_exempel.csv")  # fmt: skip


def _base(on: Ground, name: str, data: bytes) -> None:
    """A folder of geodata with one of its files damaged."""
    name = Path(name).name
    if name not in _OF_BASE:
        name = "place_names.csv"
    with tempfile.TemporaryDirectory() as made:
        if name.startswith("brottskoder"):
            codes = Path(shutil.copytree(on.geodata / "offence_codes", Path(made) / "codes"))
            (codes / name).write_bytes(data)
            offence_codes.read(codes)
            return
        folder = Path(shutil.copytree(on.geodata / on.town.code, Path(made) / on.town.code))
        at = next((folder / "plans").glob("*.toml")) if name == "plan.toml" else folder / name
        at.write_bytes(data)
        if name == "water.gpkg":
            water.read(folder)
            return
        if name == "place_names.csv":
            place_names.__wrapped__(folder)
        municipality.read_base(folder)


_KINDS: Mapping[str, Callable[[Ground, str, bytes], None]] = {
    TableKind.INCIDENTS.value: _incidents,
    TableKind.DISTRICTS.value: _districts,
    TableKind.POPULATION.value: _population,
    TableKind.SURVEY.value: _survey,
    TableKind.SURVEY_ANSWERS.value: _answers,
    TableKind.ACTIONS.value: _actions,
    TableKind.EVENTS.value: _events,
    TableKind.MUNICIPALITY_TOTALS.value: _totals,
    TableKind.WALKS.value: _walks,
    TableKind.OBSERVATIONS.value: _observations,
    "network": _network,
    "plan_area": _plan_area,
    "photo": _photo,
    _BASE: _base,
}
KINDS = tuple(_KINDS)


def _look_at(parsed: Parsed, contract: Contract | None) -> None:
    """Every row is accounted for, the table keeps its contract, what is said can be said."""
    parsed.account()
    if contract is not None:
        tables.require(parsed.table, contract)
    _look_at_frame(parsed.table, "table")
    _clean((fault.value for fault in parsed.faults), "fault")
    _clean(map(fault_sentence, parsed.faults[:_SAID]), "fault's sentence")
    _clean(map(doubt_sentence, parsed.doubts), "doubt")
    _clean([json.dumps(dict(parsed.notes), default=str, ensure_ascii=False)], "notes")
    _clean(parsed.read_columns, "column")


def _look_at_table(raw: RawTable) -> None:
    _look_at_frame(raw.frame, "file's table")
    _clean(raw.frame.columns, "header")
    _clean(map(doubt_sentence, raw.doubts), "doubt")
    _clean(map(fault_sentence, raw.faults[:_SAID]), "fault")
    _clean([json.dumps(dict(raw.notes), default=str, ensure_ascii=False)], "notes")
    if raw.frame.index.has_duplicates or not raw.frame.columns.is_unique:
        raise BrokenPromiseError("rows or columns have the same name")
    if raw.geometry is not None and not raw.geometry.index.equals(raw.frame.index):
        raise BrokenPromiseError("geometry beside the rows")
    cells = raw.frame.to_numpy().ravel()
    if any(not isinstance(cell, str) and not pd.isna(cell) for cell in cells):
        raise BrokenPromiseError("a cell is no text")
    if any(isinstance(cell, str) and not cell for cell in cells):
        raise BrokenPromiseError("a cell is empty and not missing")


def _look_at_parts(name: str, data: bytes) -> None:
    for part in parts.parts(name, data):
        _clean([part.name], "part")


def _look_at_frame(frame: pd.DataFrame, what: str) -> None:
    for column in frame.columns:
        values = frame[column]
        if isinstance(values, pd.Series) and values.dtype.kind not in "ifbM":
            _clean((cell for cell in values if isinstance(cell, str)), f"{what}: {column!r}")


def _clean(texts: Iterable[str], what: str) -> None:
    """No letter that cannot be stored or written: halves of a pair, and the zero byte."""
    for text in texts:
        if not isinstance(text, str):
            continue
        if _NO_LETTER.search(text):
            raise BrokenPromiseError(f"{what}: a letter that no text may hold in {text[:80]!r}")
