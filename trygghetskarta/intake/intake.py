"""From a source file to the store: read, recognise, parse, check, place, write, account."""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

import pandas as pd

from trygghetskarta import tables
from trygghetskarta.analysis.places import Placed
from trygghetskarta.errors import SourceCause, SourceError
from trygghetskarta.intake import (
    column_choices,
    corrections,
    division_doubts,
    division_intake,
    overlaps,
    plausibility,
    survey_intake,
)
from trygghetskarta.intake.accounts import (
    ImportReport,
    quarantined,
    report_of,
    require_confirmed,
    unread_columns,
)
from trygghetskarta.intake.division_settling import Settled, settle
from trygghetskarta.intake.place_lookup import borders, bounds, place_finder, reassign
from trygghetskarta.intake.receiving import Waiting
from trygghetskarta.intake.workplace import Workplace
from trygghetskarta.sources import pace
from trygghetskarta.sources.fields import columns, offence_codes
from trygghetskarta.sources.fields.columns import ColumnMapping
from trygghetskarta.sources.fields.spelling import composed
from trygghetskarta.sources.publishers import (
    actions,
    bra,
    districts,
    incidents,
    police_areas,
    polisen,
    population,
    survey,
    survey_answers,
)
from trygghetskarta.sources.readers.files import RawTable
from trygghetskarta.sources.readers.parsed import Parsed
from trygghetskarta.store import read, rehearsed, write
from trygghetskarta.store.write_quarantine import QuarantinedRow
from trygghetskarta.terms.areas import AreaLevel, PlaceMatch
from trygghetskarta.terms.doubts import DoubtKind
from trygghetskarta.terms.imports import WALKED, TableKind

Progress = Callable[[float], None]

BEGUN, _PARSED, UNDERSTOOD = 0.02, 0.3, 0.45
"""How far an import is when its rows are understood, and the rest is the store's."""


def import_waiting(
    place: Workplace,
    waiting: Waiting,
    source: str,
    *,
    is_example: bool = False,
    crs: int | None = None,
    progress: Progress | None = None,
) -> ImportReport:
    """Import what the user has confirmed, in one transaction.

    Parameters
    ----------
    place
        Where it is going.
    waiting
        The file, with the mapping as confirmed.
    source
        Name of the source; rows are recognised again within it.
    is_example
        Whether the rows are invented.
    crs
        EPSG code of the coordinates when the file does not say.
    progress
        Called with 0 to 1; what it raises stops the import and leaves the store as it was.

    Raises
    ------
    TrygghetskartaError
        If nothing could be imported; the store is as it was. ``READ_WITH_WALKS`` for walks and
        observations, which :func:`trygghetskarta.intake.walk_intake.import_files` reads together.
    UnconfirmedError
        If something of the file must be confirmed first.
    """
    if waiting.kind in WALKED:
        raise SourceError(SourceCause.READ_WITH_WALKS, file=waiting.file_name)
    tell, source = progress or _silent, composed(source)
    tell(BEGUN)
    match waiting.kind:
        case TableKind.INCIDENTS:
            return _import_incidents(place, waiting, source, is_example, crs, tell)
        case TableKind.DISTRICTS:
            return _import_districts(place, waiting, source, tell)
        case TableKind.SURVEY_ANSWERS:
            return _import_answers(place, waiting, source, is_example, tell)
        case _:
            parsed = _parse_plain(place, waiting, source)
            return _write(place, waiting, parsed, parsed.table, source, is_example, tell)


def check_waiting(
    place: Workplace,
    waiting: Waiting,
    source: str,
    *,
    crs: int | None = None,
    progress: Progress | None = None,
) -> ImportReport:
    """As :func:`import_waiting`, but nothing is stored: the account, and all that is in doubt."""
    anyhow = replace(waiting, confirmed=frozenset(DoubtKind))
    with rehearsed(place.engine):
        return import_waiting(place, anyhow, source, crs=crs, progress=progress)


def _import_incidents(
    place: Workplace,
    waiting: Waiting,
    source: str,
    is_example: bool,
    crs: int | None,
    tell: Progress,
) -> ImportReport:
    finder = place_finder(place)
    raw, mapping = _mapped(waiting)
    offences = offence_codes.read(place.settings.geodata / "offence_codes")
    with pace.within(BEGUN, _PARSED):
        parsed = incidents.parse(
            raw,
            mapping,
            offences=offences,
            bounds=bounds(place),
            local_crs=place.municipality.local_crs,
            crs=crs,
            today=place.today(),
            municipality=(place.municipality.code, place.municipality.name),
        )
    tell(_PARSED)
    placed = finder.place(
        parsed.table,
        (mapping.roles.get("area_code", ""), mapping.roles.get("place_name", "")),
    )
    tell(0.4)
    table = placed.table.assign(boundary_version=borders(place))
    tables.require(table, tables.PLACED_INCIDENTS)
    found = plausibility.of_incidents(place, raw, mapping, table, source, offences)
    again = overlaps.SameFile()
    is_one_table = not waiting.layer and not {"sheets", "other_sheets", "member_read"} & set(
        raw.notes
    )
    if is_one_table and not {"period", "year"} & set(mapping.values):
        # A file that does not say when may stand for another time.
        again = overlaps.of_same_file(place, table, source, waiting.sha256)
    whole = replace(
        parsed,
        table=table,
        faults=(*parsed.faults, *placed.faults),
        notes={**_notes(parsed.notes, placed), **found.notes, **again.notes},
        doubts=(
            *parsed.doubts,
            *plausibility.of_conflicts(placed.conflicts, placed.told_twice),
            *found.doubts,
            *again.doubts,
        ),
    )
    report = _write(place, waiting, whole, table, source, is_example, tell, replaces=again.replaces)
    return replace(report, **placed.counts(), names=_names(placed), span=found.span)


def _import_districts(
    place: Workplace, waiting: Waiting, source: str, tell: Progress
) -> ImportReport:
    raw, mapping = _mapped(waiting)
    if police_areas.recognises(raw.frame.columns):
        known = read.areas(place.engine, AreaLevel.DISTRICT).reset_index()
        parsed = police_areas.parse(raw, known, place.municipality.name)
        tables.require(parsed.table, tables.CLASSIFICATIONS)
        return _write(place, waiting, parsed, parsed.table, source, False, tell, classifies=True)
    parsed = districts.parse(raw, mapping, boundary_version=place.municipality.boundary_version)
    tables.require(parsed.table, tables.AREAS)
    plan = division_intake.plan(place, parsed.table, waiting.wish, waiting.file_name)
    doubts = (*parsed.doubts, *division_doubts.lacking(place, parsed.table, plan.replaced))
    gone = division_doubts.left_out(place, parsed.table, plan.chosen)
    notes = {**parsed.notes, **plan.notes, **({"areas_left_out": len(gone)} if gone else {})}
    whole = replace(parsed, table=plan.table, notes=notes, doubts=doubts)
    report = _write(place, waiting, whole, plan.table, source, False, tell, beside=plan.begin)
    settled = settle(place) if plan.begin else Settled(reassign(place))
    return replace(report, notes={**report.notes, **settled.notes()})


def _import_answers(
    place: Workplace, waiting: Waiting, source: str, is_example: bool, tell: Progress
) -> ImportReport:
    """Sum answers to shares; neither respondents nor whole rejected rows are stored."""
    raw, mapping = _mapped(waiting)
    known = read.areas(place.engine)
    parsed = survey_answers.parse(raw, mapping, areas=known.reset_index(), today=place.today())
    tables.require(parsed.table, tables.SURVEY_ANSWERS)
    town = place.municipality
    shares = survey_intake.summarise(parsed.table, town.perception.questions, town.code)
    tables.require(shares, tables.SURVEY)
    waits = read.quarantine(place.engine)
    same_file = waits["file_name"].map(composed) == waiting.file_name
    earlier = waits[(waits["kind"] == waiting.kind.value) & same_file]
    whole = replace(parsed, resolves=tuple(earlier["quarantine_id"]))
    rejected = survey_intake.rejected(parsed.faults)
    return _write(place, waiting, whole, shares, source, is_example, tell, rejected)


def _parse_plain(place: Workplace, waiting: Waiting, source: str) -> Parsed:
    name = waiting.file_name
    match waiting.kind:
        case TableKind.EVENTS:
            return polisen.parse(waiting.content, file_name=name)
        case TableKind.MUNICIPALITY_TOTALS:
            return bra.parse(waiting.content, file_name=name, today=place.today())
    raw, mapping = _mapped(waiting)
    match waiting.kind:
        case TableKind.POPULATION:
            return population.parse(
                raw,
                mapping,
                municipality_code=place.municipality.code,
                today=place.today(),
                areas=read.areas(place.engine).reset_index(),
                former=read.former_areas(place.engine),
            )
        case TableKind.ACTIONS:
            return actions.parse(
                raw,
                mapping,
                areas=read.areas(place.engine).reset_index(),
                aliases=read.aliases(place.engine),
                themes=[theme for plan in place.municipality.plans for theme in plan.themes],
                source=source,
                today=place.today(),
            )
        case _:
            known = read.areas(place.engine)
            return survey.parse(raw, mapping, areas=known.reset_index(), today=place.today())


def _write(
    place: Workplace,
    waiting: Waiting,
    parsed: Parsed,
    table: pd.DataFrame,
    source: str,
    is_example: bool,
    tell: Progress,
    rejected: list[QuarantinedRow] | None = None,
    classifies: bool = False,
    beside: Callable[..., None] | None = None,
    replaces: Sequence[str] = (),
) -> ImportReport:
    doubts = parsed.doubts
    if waiting.raw is not None:
        doubts = (*waiting.raw.doubts, *doubts)
        if waiting.mapping is not None:
            doubts = (*column_choices.doubts(waiting.raw, waiting.mapping), *doubts)
    require_confirmed(waiting.file_name, doubts, waiting.confirmed)
    if rejected is None:
        file = (waiting.raw, waiting.mapping)
        parsed = corrections.put_right(place, waiting.kind, source, *file, parsed)
    account = parsed.account()
    quarantine = quarantined(waiting.raw, parsed.faults) if rejected is None else rejected
    tell(UNDERSTOOD)
    result = write.write_batch(
        place.engine,
        waiting.kind,
        table,
        source=source,
        file_name=waiting.file_name,
        sha256=waiting.sha256,
        is_example=is_example,
        account=account,
        classifies=classifies,
        quarantine_rows=quarantine,
        resolves=parsed.resolves,
        replaces=replaces,
        progress=lambda part: tell(UNDERSTOOD + (1 - UNDERSTOOD) * part),
        report={"notes": json.loads(json.dumps(dict(parsed.notes), default=str))},
        beside=beside,
    )
    if waiting.mapping is not None and waiting.raw is not None:
        signature = columns.signature(waiting.raw.frame.columns)
        write.save_mapping(place.engine, waiting.kind, signature, waiting.mapping.to_dict())
    tell(1.0)
    unread = unread_columns(waiting.raw, waiting.mapping, parsed)
    file, kind = waiting.file_name, waiting.kind
    return report_of(file, kind, result, parsed, account, doubts, unread)


def _mapped(waiting: Waiting) -> tuple[RawTable, ColumnMapping]:
    return column_choices.as_understood(waiting.raw, waiting.mapping)


def _notes(notes: Mapping[str, object], placed: Placed) -> dict[str, object]:
    table = placed.table
    by_text = table["place_match"].isin([PlaceMatch.CODE.value, PlaceMatch.NAME.value])
    finer = table[["regso_code", "deso_code"]].notna().any(axis=1)
    told = {
        "no_district": int((by_text & finer & table["district_code"].isna()).sum()),
        "place_conflicts": placed.conflicts,
        "former_followed": placed.carried,
        "former_divided": placed.divided,
    }
    return {**notes, **{name: number for name, number in told.items() if number}}


def _names(placed: Placed) -> tuple[tuple[str, str, str, int], ...]:
    return tuple(placed.names.itertuples(index=False, name=None))


def _silent(_part: float) -> None:
    """Progress nobody watches."""
