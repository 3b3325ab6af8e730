"""The command line; Swedish help, one sentence for every error, exit status for other programs."""

import argparse
import gettext
import json
import socket
import sys
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

from trygghetskarta import settings
from trygghetskarta.analysis.report_facts import ReportPeriod
from trygghetskarta.errors import TrygghetskartaError
from trygghetskarta.pipeline import example, intake, offline_bundle, status, walk_intake
from trygghetskarta.pipeline.intake import Report
from trygghetskarta.pipeline.view import load
from trygghetskarta.pipeline.workplace import Workplace, open_workplace
from trygghetskarta.render import texts
from trygghetskarta.render.safe import file_name
from trygghetskarta.settings import Settings
from trygghetskarta.terms import (
    Audience,
    BundleSystem,
    ReportFormat,
    ReportKind,
    TableKind,
    WalkType,
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
    TableKind.MEASURES,
)
_WALKED = (TableKind.WALKS, TableKind.OBSERVATIONS)
"""Kinds whose files are read together: a walk, its track and what was seen."""
_NETWORK = "network"
"""Word for streets, which are no table of their own: they replace the ones there are."""
_SOME_STORED = 1
_NOTHING_STORED = 2
_MOST_PEOPLE = 500


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command.

    Parameters
    ----------
    arguments
        What stands after the program's name; the process's own by default.

    Returns
    -------
    int
        Exit status: 0 all well, 1 some rows quarantined and the rest stored, 2 nothing stored.
    """
    chosen = _parser().parse_args(arguments)
    _speak_utf8()
    try:
        ground = settings.load()
    except ValueError as error:
        _tell(texts.CLI_SETTING_INVALID.format(value=error))
        return _NOTHING_STORED
    try:
        if chosen.store:
            ground = replace(ground, store=chosen.store)
        return chosen.run(chosen, ground)
    except TrygghetskartaError as error:
        _tell(texts.error_sentence(error))
        return _NOTHING_STORED
    except KeyboardInterrupt:
        _tell(texts.CLI_INTERRUPTED)
        return _NOTHING_STORED


def _import(chosen: argparse.Namespace, ground: Settings) -> int:
    if chosen.kind == _NETWORK:
        return _import_network(chosen, ground)
    place = _open(ground)
    kind = TableKind(chosen.kind)
    told, statuses = [], set()
    each = _import_walks if kind in _WALKED else _import_each
    for name, result in each(place, kind, chosen):
        if isinstance(result, TrygghetskartaError):
            sentence = texts.error_sentence(result)
            _tell(sentence)
            told.append({"file": name, "error": sentence})
            statuses.add(_NOTHING_STORED)
            continue
        told.append({"file": result.file, **result.numbers()})
        statuses.add(result.exit_status)
        if not chosen.json:
            _print_report(result)
    if chosen.json:
        print(json.dumps(told[0] if len(told) == 1 else told, ensure_ascii=False))
    # Of several files, one that was refused beside one that was stored is "some".
    return statuses.pop() if len(statuses) == 1 else _SOME_STORED


def _import_network(chosen: argparse.Namespace, ground: Settings) -> int:
    """Import a street network in place of the one the same source gave before."""
    if len(chosen.files) > 1:
        _tell(texts.CLI_ONE_NETWORK)
        return _NOTHING_STORED
    (path,) = chosen.files
    source = chosen.source or texts.WALKS_SOURCE
    try:
        found = walk_intake.import_network_path(_open(ground), path, source, chosen.layer)
    except TrygghetskartaError as error:
        sentence = texts.error_sentence(error)
        _tell(sentence)
        if chosen.json:
            print(json.dumps({"file": path.name, "error": sentence}, ensure_ascii=False))
        return _NOTHING_STORED
    if chosen.json:
        print(json.dumps({"file": path.name, **vars(found)}, ensure_ascii=False))
    else:
        print(f"{path.name}: {texts.network_line(found.new, found.unchanged, found.removed)}")
    return 0


def _import_each(
    place: Workplace, kind: TableKind, chosen: argparse.Namespace
) -> Iterator[tuple[str, Report | TrygghetskartaError]]:
    """Import one file after the other."""
    for path in chosen.files:
        try:
            yield path.name, _import_one(place, kind, path, chosen)
        except TrygghetskartaError as error:
            yield path.name, error


def _import_walks(
    place: Workplace, kind: TableKind, chosen: argparse.Namespace
) -> Iterator[tuple[str, Report | TrygghetskartaError]]:
    """Import all files together, so that tracks, walks and what was seen find each other."""
    reading = walk_intake.Reading(
        kind=kind,
        source=chosen.source or texts.DEFAULT_SOURCES[kind],
        told=walk_intake.Told(walk_type=chosen.walk_type, participants=chosen.participants),
        crs=chosen.crs,
        layer=chosen.layer,
        roles=dict(chosen.column or ()),
    )
    bar = _Bar(chosen.files[0].name if len(chosen.files) == 1 else texts.KINDS[kind])
    for outcome in walk_intake.import_paths(place, chosen.files, reading, bar):
        yield outcome.file, outcome.report or outcome.error


def _import_one(
    place: Workplace, kind: TableKind, path: Path, chosen: argparse.Namespace
) -> Report:
    waiting = intake.receive_path(place, kind, path, chosen.layer)
    if chosen.column and waiting.mapping is not None:
        roles = {**waiting.mapping.roles, **dict(chosen.column)}
        waiting = replace(waiting, mapping=waiting.mapping.with_roles(roles))
    return intake.import_waiting(
        place,
        waiting,
        chosen.source or texts.DEFAULT_SOURCES[kind],
        crs=chosen.crs,
        progress=_Bar(path.name),
    )


def _demo(chosen: argparse.Namespace, ground: Settings) -> int:
    place = _open(ground)
    _fill_with_example(place, Path(chosen.folder), chosen.seed)
    return 0


def _start(chosen: argparse.Namespace, ground: Settings) -> int:
    place = _open(ground)
    if chosen.demo and not example.has_any_incidents(place):
        _fill_with_example(place, _default_folder(), example.SEED)
    place.engine.dispose()
    address = chosen.address or ground.address
    port = chosen.port or ground.port
    if not _free(address, port):
        _tell(texts.CLI_PORT_TAKEN.format(port=port))
        return _NOTHING_STORED
    local = address.startswith("127.") or address in ("localhost", "::1")
    public_only = chosen.public_only or ground.public_only
    line = texts.CLI_LISTENS_LOCAL if local else texts.CLI_LISTENS_ALL
    if public_only:
        line = texts.CLI_LISTENS_PUBLIC
    print(line.format(url=f"http://{address}:{port}"), flush=True)
    # Imported here: the other commands need no web server.
    from trygghetskarta.ui import server

    server.serve(
        address,
        port,
        store=ground.store,
        open_browser=not (chosen.no_browser or public_only),
        public_only=public_only,
    )
    return 0


def _report(chosen: argparse.Namespace, ground: Settings) -> int:
    # Imported here: the other commands need neither matplotlib nor the writers of files.
    from trygghetskarta.pipeline import plan_area, situation_report
    from trygghetskarta.ui import report_making

    kind, audience = ReportKind(chosen.kind), Audience(chosen.audience)
    if kind is ReportKind.PLAN_AREA and not (chosen.area or chosen.district):
        _tell(texts.CLI_REPORT_NO_AREA)
        return _NOTHING_STORED
    place = _open(ground)
    loaded = situation_report.load(place)
    area = None
    if kind is ReportKind.PLAN_AREA:
        area = (
            plan_area.read_area_path(chosen.area)
            if chosen.area
            else plan_area.of_district(loaded.world, chosen.district)
        )
    quarter = chosen.quarter
    if quarter is None:
        quarter = report_making.QUARTERS.get(kind, 0)
    period = ReportPeriod(chosen.year, quarter)
    report = report_making.make(loaded, kind, period, audience, area)
    for name in report.missing:
        _tell(texts.SITUATION_MISSING[name])
    report_making.register(place, loaded, report)
    suffix = ReportFormat(chosen.format)
    if chosen.freeze:
        identity = report_making.freeze(place, report, texts.ROLE)
        content = report_making.frozen_file(place, identity, suffix)
    else:
        content = report_making.draft_file(place, report, suffix)
    target = chosen.out or Path(f"{file_name(report.document.title)}.{suffix.value}")
    try:
        target.write_bytes(content)
    except OSError:
        _tell(texts.CLI_REPORT_NOT_WRITTEN.format(file=target.name))
        return _NOTHING_STORED
    print(texts.CLI_REPORT_WRITTEN.format(title=report.document.title, file=target.name))
    return 0


def _bundle(chosen: argparse.Namespace, _ground: Settings) -> int:
    systems = (BundleSystem(chosen.system),) if chosen.system else tuple(BundleSystem)

    def tell(system: BundleSystem, count: int) -> None:
        _tell(texts.CLI_BUNDLE_COUNT.format(system=texts.BUNDLE_SYSTEMS[system], count=count))

    made = offline_bundle.make(chosen.folder, systems, chosen.python, tell)
    guide = chosen.folder / texts.BUNDLE_GUIDE
    guide.write_text(texts.bundle_guide(made.lists, chosen.python), encoding="utf-8-sig")
    print(
        texts.CLI_BUNDLE_MADE.format(
            files=made.files,
            megabytes=round(made.megabytes),
            folder=chosen.folder,
            guide=guide.name,
        )
    )
    return 0


def _status(chosen: argparse.Namespace, ground: Settings) -> int:
    told = status.describe(_open(ground))
    if chosen.json:
        print(json.dumps(told.as_dict(), ensure_ascii=False))
        return 0
    for label, value in texts.status_lines(vars(told)):
        print(f"{label}: {value}")
    return 0


def _fill_with_example(place: Workplace, folder: Path, seed: int) -> None:
    if example.has_real_incidents(place):
        _tell(texts.CLI_REAL_DATA)
        return
    _tell(texts.CLI_GENERATING)
    files = example.write_files(place, folder, seed)
    bars: dict[str, _Bar] = {}
    for report in example.import_files(
        place, files, lambda name, part: bars.setdefault(name, _Bar(name))(part)
    ):
        _tell(texts.report_line(report.file, report.read, report.quarantined))
    # Imported here: the other commands make no slides.
    from trygghetskarta.ui import deck_data

    deck_data.save_example(place, load(place.engine, place.municipality, place.water))
    _tell(texts.CLI_FILES_KEPT.format(folder=folder))


def _open(ground: Settings) -> Workplace:
    return open_workplace(ground, date.today)


def _default_folder() -> Path:
    return settings.data_folder() / "exempel"


def _free(address: str, port: int) -> bool:
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((address, port))
        except OSError:
            return False
    return True


def _print_report(report: Report) -> None:
    print(texts.report_line(report.file, report.read, report.quarantined))
    for name, value in report.numbers().items():
        print(f"  {texts.REPORT_NUMBERS[name]}: {value}")
    for line in texts.note_lines(report.notes):
        print(f"  {line}")
    for fault in report.faults[:10]:
        print(f"  {texts.fault_sentence(fault)}")


class _Bar:
    """A progress line on the terminal, silent when nobody watches."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.shown = -1

    def __call__(self, part: float) -> None:
        percent = int(100 * min(part, 1.0))
        if percent == self.shown or not sys.stderr.isatty():
            return
        self.shown = percent
        end = "\n" if percent == 100 else ""
        line = texts.CLI_READING.format(file=self.name)
        print(f"\r{line} {percent} %", end=end, file=sys.stderr, flush=True)


def _tell(line: str) -> None:
    print(line, file=sys.stderr, flush=True)


def _speak_utf8() -> None:
    """A Windows console in another code page must not stop a sentence with å in it."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")


def _column(text: str) -> tuple[str, str]:
    role, _, column = text.partition("=")
    names = {name.casefold(): role for role, name in texts.ROLES.items()}
    known = names.get(role.strip().casefold(), role.strip())
    if known not in texts.ROLES or not column:
        raise argparse.ArgumentTypeError(texts.cli_column_unknown(role))
    return known, column


def _walk_type(text: str) -> WalkType:
    words = {word.casefold(): kind for kind, word in texts.WALK_TYPES.items()}
    if text.casefold() not in words:
        raise argparse.ArgumentTypeError(texts.cli_walk_type_unknown(text))
    return words[text.casefold()]


def _people(text: str) -> int:
    if not text.isdecimal() or not 1 <= int(text) <= _MOST_PEOPLE:
        raise argparse.ArgumentTypeError(texts.CLI_PEOPLE)
    return int(text)


def _swedish(message: str) -> str:
    return texts.ARGPARSE.get(message, message)


def _with_default(sentence: str, default: str) -> str:
    """Put a default into a help text; argparse reads % as a sign of its own."""
    return sentence.format(default=default.replace("%", "%%"))


def _parser() -> argparse.ArgumentParser:
    # argparse takes its own words from gettext, under these two names.
    argparse._ = _swedish
    argparse.ngettext = lambda one, many, n: _swedish(gettext.ngettext(one, many, n))
    parser = argparse.ArgumentParser("trygghetskarta", description=texts.CLI_DESCRIPTION)
    parser.add_argument(
        "--store", metavar="ADRESS", help=_with_default(texts.CLI_STORE, Settings().store)
    )
    commands = parser.add_subparsers(metavar="KOMMANDO", required=True)
    _add_import(commands)
    _add_start(commands)
    _add_report(commands)
    demo = commands.add_parser("demo", help=texts.CLI_DEMO, description=texts.CLI_DEMO)
    demo.add_argument(
        "--folder",
        metavar="MAPP",
        default=_default_folder(),
        help=_with_default(texts.CLI_FOLDER, str(_default_folder())),
    )
    demo.add_argument("--seed", type=int, default=example.SEED, help=texts.CLI_SEED)
    demo.set_defaults(run=_demo)
    _add_bundle(commands)
    told = commands.add_parser("status", help=texts.CLI_STATUS, description=texts.CLI_STATUS)
    told.add_argument("--json", action="store_true", help=texts.CLI_JSON)
    told.set_defaults(run=_status)
    return parser


def _add_import(commands: argparse._SubParsersAction) -> None:
    reading = commands.add_parser("import", help=texts.CLI_IMPORT, description=texts.CLI_IMPORT)
    reading.add_argument(
        "kind", choices=[*(kind.value for kind in _KINDS), _NETWORK], help=texts.CLI_KIND
    )
    reading.add_argument("files", nargs="+", type=Path, metavar="FIL", help=texts.CLI_FILES)
    reading.add_argument("--json", action="store_true", help=texts.CLI_JSON)
    reading.add_argument("--source", metavar="NAMN", default="", help=texts.CLI_SOURCE)
    reading.add_argument("--crs", type=int, metavar="EPSG", help=texts.CLI_CRS)
    reading.add_argument("--layer", metavar="LAGER", help=texts.CLI_LAYER)
    reading.add_argument(
        "--column", action="append", type=_column, metavar="ROLL=KOLUMN", help=texts.CLI_COLUMN
    )
    reading.add_argument(
        "--walk-type", type=_walk_type, metavar="TYP", default=None, help=texts.CLI_WALK_TYPE
    )
    reading.add_argument("--participants", type=_people, metavar="ANTAL", help=texts.CLI_PEOPLE)
    reading.set_defaults(run=_import)


def _add_report(commands: argparse._SubParsersAction) -> None:
    told = commands.add_parser("report", help=texts.CLI_REPORT, description=texts.CLI_REPORT)
    kinds = [kind.value for kind in ReportKind]
    told.add_argument("kind", choices=kinds, help=texts.CLI_REPORT_KIND)
    told.add_argument("--year", type=int, required=True, metavar="YEAR", help=texts.CLI_REPORT_YEAR)
    told.add_argument(
        "--quarter", type=int, choices=range(5), default=None, help=texts.CLI_REPORT_QUARTER
    )
    told.add_argument(
        "--audience",
        choices=[audience.value for audience in Audience],
        default=Audience.INTERNAL.value,
        help=texts.CLI_REPORT_AUDIENCE,
    )
    told.add_argument(
        "--format",
        choices=[kind.value for kind in ReportFormat],
        default=ReportFormat.DOCX.value,
        help=texts.CLI_REPORT_FORMAT,
    )
    told.add_argument("--out", type=Path, metavar="FIL", help=texts.CLI_REPORT_OUT)
    told.add_argument("--area", type=Path, metavar="FIL", help=texts.CLI_REPORT_AREA)
    told.add_argument("--district", metavar="NAMN", default="", help=texts.CLI_REPORT_DISTRICT)
    told.add_argument("--freeze", action="store_true", help=texts.CLI_REPORT_FREEZE)
    told.set_defaults(run=_report)


def _add_bundle(commands: argparse._SubParsersAction) -> None:
    bundle = commands.add_parser("bundle", help=texts.CLI_BUNDLE, description=texts.CLI_BUNDLE)
    bundle.add_argument("folder", type=Path, metavar="MAPP", help=texts.CLI_BUNDLE_FOLDER)
    bundle.add_argument(
        "--system", choices=[system.value for system in BundleSystem], help=texts.CLI_BUNDLE_SYSTEM
    )
    here = f"{sys.version_info.major}.{sys.version_info.minor}"
    bundle.add_argument(
        "--python",
        choices=offline_bundle.PYTHONS,
        default=here if here in offline_bundle.PYTHONS else offline_bundle.PYTHONS[-1],
        help=texts.CLI_BUNDLE_PYTHON.format(default=here),
    )
    bundle.set_defaults(run=_bundle)


def _add_start(commands: argparse._SubParsersAction) -> None:
    start = commands.add_parser("start", help=texts.CLI_START, description=texts.CLI_START)
    start.add_argument("--demo", action="store_true", help=texts.CLI_WITH_DEMO)
    start.add_argument("--address", metavar="ADRESS", help=texts.CLI_ADDRESS)
    start.add_argument("--port", type=int, metavar="PORT", help=texts.CLI_PORT)
    start.add_argument("--no-browser", action="store_true", help=texts.CLI_NO_BROWSER)
    start.add_argument("--public-only", action="store_true", help=texts.CLI_PUBLIC_ONLY)
    start.set_defaults(run=_start)


if __name__ == "__main__":
    sys.exit(main())
