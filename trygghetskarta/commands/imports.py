"""The command ``import``: files of every kind, told one by one."""

import argparse
import json
from argparse import ArgumentParser
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path

from trygghetskarta.commands.apart import done, handed_over
from trygghetskarta.commands.arguments import whole_number
from trygghetskarta.commands.command import Command
from trygghetskarta.commands.outcome import (
    NOTHING_STORED,
    SOME_STORED,
    Stopped,
    attempt,
    refuse,
    stopped_by,
    tell,
)
from trygghetskarta.commands.progress import ProgressLine
from trygghetskarta.errors import SourceCause, SourceError
from trygghetskarta.intake import status, walk_reading
from trygghetskarta.intake.accounts import ImportReport, account_json
from trygghetskarta.intake.division_intake import Wish
from trygghetskarta.intake.worker import budget, jobs
from trygghetskarta.intake.worker.messages import Job
from trygghetskarta.intake.workplace import Workplace
from trygghetskarta.settings import Settings
from trygghetskarta.sources.fields.columns import ColumnMapping
from trygghetskarta.terms.doubts import Doubt, DoubtKind
from trygghetskarta.terms.imports import WALKED, TableKind
from trygghetskarta.terms.times import DateOrder
from trygghetskarta.terms.walks import WalkType
from trygghetskarta.words import (
    command_words,
    doubt_words,
    fault_words,
    import_note_words,
    import_words,
    texts,
    walk_page_words,
)

_KINDS = (
    TableKind.INCIDENTS,
    TableKind.DISTRICTS,
    TableKind.POPULATION,
    TableKind.SURVEY,
    TableKind.SURVEY_ANSWERS,
    TableKind.EVENTS,
    TableKind.WALKS,
    TableKind.OBSERVATIONS,
    TableKind.ACTIONS,
)
_NETWORK = "network"
_FAULTS = 10
"""Faults that are told one by one."""
"""Word for streets, which are no table of their own: they replace the ones there are."""


def _arguments(parser: ArgumentParser) -> None:
    parser.add_argument(
        "kind", choices=[*(kind.value for kind in _KINDS), _NETWORK], help=command_words.CLI_KIND
    )
    parser.add_argument("files", nargs="+", type=Path, metavar="FIL", help=command_words.CLI_FILES)
    parser.add_argument("--json", action="store_true", help=command_words.CLI_JSON)
    parser.add_argument("--source", metavar="NAMN", default="", help=command_words.CLI_SOURCE)
    parser.add_argument(
        "--crs", type=whole_number(1, 999_999), metavar="EPSG", help=command_words.CLI_CRS
    )
    parser.add_argument(
        "--layer", "--sheet", metavar="LAGER", dest="layer", help=command_words.CLI_LAYER
    )
    parser.add_argument(
        "--column",
        action="append",
        type=_pair,
        metavar="ROLL=KOLUMN",
        default=[],
        help=command_words.CLI_COLUMN,
    )
    parser.add_argument("--check", action="store_true", help=doubt_words.CLI_CHECK)
    parser.add_argument(
        "--confirm",
        action="append",
        type=_doubts,
        metavar="NAMN",
        default=[],
        help=doubt_words.CLI_CONFIRM,
    )
    parser.add_argument(
        "--value",
        action="append",
        type=_pair,
        metavar=command_words.CLI_VALUE_FORM,
        default=[],
        help=command_words.CLI_VALUE,
    )
    parser.add_argument(
        "--date-order",
        action="append",
        type=_date_order,
        metavar=command_words.CLI_DATE_ORDER_FORM,
        default=[],
        help=command_words.CLI_DATE_ORDER,
    )
    parser.add_argument(
        "--walk-type",
        type=_walk_type,
        metavar="TYP",
        default=None,
        help=command_words.CLI_WALK_TYPE,
    )
    areas = parser.add_mutually_exclusive_group()
    for how, told in command_words.CLI_AREAS.items():
        areas.add_argument(
            f"--{how.value}", dest="areas", action="store_const", const=how, help=told
        )
    parser.add_argument(
        "--division-name", metavar="NAMN", default="", help=command_words.CLI_DIVISION_NAME
    )
    parser.add_argument(
        "--valid-from", metavar="DATUM", type=_day, help=command_words.CLI_VALID_FROM
    )
    parser.add_argument(
        "--participants", type=whole_number(1, 500), metavar="ANTAL", help=command_words.CLI_PEOPLE
    )


def _pair(text: str) -> tuple[str, str]:
    role, sign, told = text.partition("=")
    if not sign:
        raise argparse.ArgumentTypeError(command_words.cli_pair(text))
    return role, told.strip()


def _by_role(kind: TableKind, pairs: list[tuple[str, str]]) -> dict[str, str]:
    """What is told of each role, by the role's own word or by what people call it.

    Raises
    ------
    SourceError
        ``ROLE_UNKNOWN``.
    """
    words: dict[str, str] = {}
    for role in ColumnMapping(kind, {}).possible_roles():
        for name in (texts.ROLES[role], import_words.column_name(kind, role), role):
            words.setdefault(name.casefold(), role)
    told = {}
    for name, value in pairs:
        if name.strip().casefold() not in words:
            known = [texts.ROLES[role] for role in dict.fromkeys(words.values())]
            raise SourceError(SourceCause.ROLE_UNKNOWN, role=name.strip(), roles=known)
        told[words[name.strip().casefold()]] = value
    return told


def _date_order(text: str) -> tuple[str, DateOrder]:
    column, _, word = text.rpartition("=")
    if word.strip() not in set(DateOrder):
        raise argparse.ArgumentTypeError(command_words.cli_date_order_unknown(word))
    return column.strip(), DateOrder(word.strip())


def _doubts(text: str) -> tuple[DoubtKind, ...]:
    known = doubt_words.doubts_named(text)
    if not known:
        raise argparse.ArgumentTypeError(doubt_words.unknown_doubt(text))
    return known


def _confirmed(chosen: argparse.Namespace) -> frozenset[DoubtKind]:
    return frozenset(kind for named in chosen.confirm for kind in named)


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(command_words.cli_day_unknown(text)) from None


def _walk_type(text: str) -> WalkType:
    words = {word.casefold(): kind for kind, word in texts.WALK_TYPES.items()}
    if text.casefold() not in words:
        raise argparse.ArgumentTypeError(command_words.cli_walk_type_unknown(text))
    return words[text.casefold()]


def _import(chosen: argparse.Namespace, ground: Settings, place: Workplace) -> int:
    if chosen.kind == _NETWORK:
        return _import_network(chosen, ground, place)
    kind = TableKind(chosen.kind)
    roles = attempt(partial(_by_role, kind, chosen.column), ground)
    values = attempt(partial(_by_role, kind, chosen.value), ground)
    for found in (roles, values):
        if isinstance(found, Stopped):
            return refuse(found.sentence, chosen.json)
    chosen.column, chosen.value = roles, values
    told: list[dict[str, object]] = []
    statuses: set[int] = set()
    each = _import_walks if kind in WALKED else _import_each
    before = status.fingerprint(place)
    for name, result in each(place, kind, chosen, ground):
        if isinstance(result, Stopped):
            tell(result.sentence)
            _tell_doubts(result.doubts)
            told.append({"file": name, "error": result.sentence, **_json_doubts(result.doubts)})
            statuses.add(result.exit_status(place, before))
            if result.sentence == command_words.CLI_INTERRUPTED:
                break
        else:
            notes = import_note_words.note_lines(result.notes)
            said = {"notes": notes} if notes else {}
            account = {**result.account(), **said, **_json_doubts(result.doubts)}
            told.append({"file": result.file, **result.numbers(), **account})
            waits = chosen.check and not {one.kind for one in result.doubts} <= _confirmed(chosen)
            statuses.add(NOTHING_STORED if waits else result.exit_status)
            if not chosen.json:
                _print_report(result)
            if chosen.check:
                tell(doubt_words.checked_line(result.file))
            if waits:
                _tell_doubts(result.doubts)
        before = status.fingerprint(place)
    if chosen.json:
        print(json.dumps(told[0] if len(told) == 1 else told, ensure_ascii=False))
    # Of several files, one that was refused beside one that was stored is "some".
    return statuses.pop() if len(statuses) == 1 else SOME_STORED


def _import_network(chosen: argparse.Namespace, ground: Settings, place: Workplace) -> int:
    """Import a street network in place of the one the same source gave before."""
    if len(chosen.files) > 1:
        return refuse(command_words.CLI_ONE_NETWORK, chosen.json)
    (path,) = chosen.files
    source = chosen.source or walk_page_words.WALKS_SOURCE
    before = status.fingerprint(place)
    parcel = handed_over(path)
    job = Job(jobs.pave, (parcel, source, chosen.layer, chosen.check), path.name, (parcel,), {})
    found = attempt(partial(done, job, place, budget.to_store, ProgressLine(path.name)), ground)
    if isinstance(found, Stopped):
        tell(found.sentence)
        if chosen.json:
            refused = {"file": path.name, "error": found.sentence}
            print(json.dumps(refused, ensure_ascii=False))
        return found.exit_status(place, before)
    if chosen.json:
        numbers = {**vars(found.stored), "read": found.read}
        account = account_json(found.aside, found.unread)
        print(json.dumps({"file": path.name, **numbers, **account}, ensure_ascii=False))
    else:
        stored = found.stored
        told = walk_page_words.network_line(stored.new, stored.unchanged, stored.removed)
        print(f"{path.name}: {told}")
        for line in import_note_words.account_lines(found.aside, found.unread):
            print(f"  {line}")
    if chosen.check:
        tell(doubt_words.checked_line(path.name))
    return 0


def _import_each(
    place: Workplace, kind: TableKind, chosen: argparse.Namespace, ground: Settings
) -> Iterator[tuple[str, ImportReport | Stopped]]:
    """Import one file after the other; a sentence for each that is refused."""
    for path in chosen.files:
        yield path.name, attempt(partial(_import_one, place, kind, path, chosen), ground)


def _import_walks(
    place: Workplace, kind: TableKind, chosen: argparse.Namespace, ground: Settings
) -> Iterator[tuple[str, ImportReport | Stopped]]:
    """Import all files together, so that tracks, walks and what was seen find each other."""
    reading = walk_reading.Reading(
        kind=kind,
        source=chosen.source or import_words.DEFAULT_SOURCES[kind],
        told=walk_reading.WalkDetails(walk_type=chosen.walk_type, participants=chosen.participants),
        crs=chosen.crs,
        layer=chosen.layer,
        roles=chosen.column,
        values=chosen.value,
        orders=dict(chosen.date_order),
        confirmed=_confirmed(chosen),
        is_check=chosen.check,
    )
    name = chosen.files[0].name if len(chosen.files) == 1 else texts.KINDS[kind]
    parcels = tuple(map(handed_over, chosen.files))
    job = Job(jobs.walk, (parcels, reading), name, parcels, {})
    outcomes = attempt(partial(done, job, place, budget.to_walk, ProgressLine(name)), ground)
    if isinstance(outcomes, Stopped):
        yield ", ".join(path.name for path in chosen.files), outcomes
        return
    for one in outcomes:
        if one.report is not None:
            yield one.file, one.report
        elif one.error is not None:
            yield one.file, stopped_by(one.error)


def _import_one(
    place: Workplace, kind: TableKind, path: Path, chosen: argparse.Namespace
) -> ImportReport:
    parcel = handed_over(path)
    bar = ProgressLine(path.name)
    look = Job(jobs.look, (parcel, kind, chosen.layer), path.name, (parcel,), {})
    waiting = done(look, place, budget.to_read, bar)
    if waiting.mapping is not None:
        mapping = waiting.mapping.changed(chosen.column, chosen.value)
        mapping = mapping.with_orders(dict(chosen.date_order))
        waiting = replace(waiting, mapping=mapping)
    waiting = replace(
        waiting,
        confirmed=_confirmed(chosen),
        wish=Wish(chosen.areas, chosen.division_name, chosen.valid_from),
    )
    source = chosen.source or import_words.DEFAULT_SOURCES[kind]
    bring = jobs.check if chosen.check else jobs.bring
    job = Job(bring, (parcel, waiting, source, chosen.crs), path.name, (parcel,), {})
    return done(job, place, budget.to_store, bar)


def _print_report(report: ImportReport) -> None:
    print(command_words.report_line(report.file, report.read, report.quarantined))
    for name, value in report.shown().items():
        print(f"  {import_words.REPORT_NUMBERS[name]}: {value}")
    if report.span is not None:
        print(f"  {import_words.span_line(report.read, report.span.first, report.span.last)}")
    told = import_note_words.account_lines(report.aside, report.unread)
    for line in (*import_note_words.note_lines(report.notes), *told):
        print(f"  {line}")
    unfit = report.notes.get("columns_unfit")
    for column, role, _ in unfit if isinstance(unfit, list) else []:
        print(f"  {command_words.unset_hint(column, role)}")
    for fault in report.faults[:_FAULTS]:
        print(f"  {fault_words.fault_sentence(fault)}")
    if len(report.faults) > _FAULTS:
        print(f"  {command_words.more_faults(len(report.faults) - _FAULTS)}")
        print(f"  {fault_words.by_column(report.faults)}")


def _tell_doubts(doubts: Sequence[Doubt]) -> None:
    """Say what is asked of a file, and how it is confirmed."""
    for doubt in doubts:
        tell(f"  {doubt_words.doubt_name(doubt.kind)}: {doubt_words.doubt_sentence(doubt)}")
    if doubts:
        tell(f"  {doubt_words.how_to_confirm(doubts)}")


def _json_doubts(doubts: Sequence[Doubt]) -> dict[str, object]:
    told = [
        {
            "name": doubt_words.doubt_name(doubt.kind),
            "sentence": doubt_words.doubt_sentence(doubt),
        }
        for doubt in doubts
    ]
    return {"doubts": told} if told else {}


COMMAND = Command("import", command_words.CLI_IMPORT, _arguments, _import)
