"""The command line; Swedish help, one sentence for every error, exit status for other programs."""

import argparse
import errno
import gettext
import json
import logging
import os
import signal
import socket
import sys
import tempfile
import threading
import uuid
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any, NoReturn, TypeVar

from trygghetskarta import settings
from trygghetskarta.analysis.report_facts import ReportPeriod
from trygghetskarta.app import offline_bundle
from trygghetskarta.errors import DisclosureError, TrygghetskartaError
from trygghetskarta.example import compose
from trygghetskarta.gate.choice import FIRST_YEAR
from trygghetskarta.gate.view import load
from trygghetskarta.intake import intake, status, walk_intake
from trygghetskarta.intake.intake import ImportReport
from trygghetskarta.intake.workplace import Workplace, open_workplace
from trygghetskarta.settings import SettingError, Settings
from trygghetskarta.store.engine import settle
from trygghetskarta.terms import (
    Audience,
    BundleSystem,
    ReportFormat,
    ReportKind,
    TableKind,
    WalkType,
)
from trygghetskarta.words import (
    command_words,
    error_words,
    fault_words,
    import_words,
    report_words,
    texts,
    walk_page_words,
)
from trygghetskarta.words.safe import file_name

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
_ENDINGS = ("SIGTERM", "SIGHUP", "SIGBREAK")
"""Other ways than Ctrl+C to be told to stop: by a service, a closed terminal, a closed window."""
_Result = TypeVar("_Result")
_LOG = logging.getLogger("trygghetskarta")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command.

    Parameters
    ----------
    arguments
        What stands after the program's name; the process's own by default.

    Returns
    -------
    int
        Exit status: 0 all well, 1 something stored and something not, 2 nothing stored.
    """
    words = list(sys.argv[1:] if arguments is None else arguments)
    as_json = "--json" in words
    _speak_utf8()
    _stop_in_order()
    try:
        chosen = _parser().parse_args(words)
        ground = settings.load()
    except _WrongUseError as error:
        return _refuse(error.sentence, as_json, error.usage)
    except SettingError as error:
        return _refuse(error_words.setting_sentence(error), as_json)
    if chosen.store:
        ground = replace(ground, store=chosen.store)
    outcome = _attempt(lambda: _run(chosen, ground, as_json), ground)
    return _refuse(outcome.sentence, as_json) if isinstance(outcome, _Stopped) else outcome


def _run(chosen: argparse.Namespace, ground: Settings, as_json: bool) -> int:
    """Open the store, if the command takes one, and do what was asked.

    What stops half-way is not said to store nothing.
    """
    if "run_without_store" in chosen:
        return chosen.run_without_store(chosen)
    place = open_workplace(ground, settings.today)
    before = status.fingerprint(place)
    outcome = _attempt(lambda: chosen.run(chosen, ground, place), ground)
    if not isinstance(outcome, _Stopped):
        return outcome
    _refuse(outcome.sentence, as_json)
    return outcome.exit_status(place, before)


@dataclass(frozen=True)
class _Stopped:
    """Why a step was not taken to its end.

    Attributes
    ----------
    sentence
        For whoever typed the command.
    expected
        Whether the step is known to have stored nothing.
    """

    sentence: str
    expected: bool

    def exit_status(self, place: Workplace, before: tuple[str, int]) -> int:
        """2 when the store is as it was before the step, else 1."""
        same = self.expected or status.fingerprint(place) == before
        return _NOTHING_STORED if same else _SOME_STORED


def _attempt(step: Callable[[], _Result], ground: Settings) -> _Result | _Stopped:
    """Take a step of a command; one sentence for whatever stops it."""
    try:
        return step()
    except TrygghetskartaError as error:
        return _Stopped(error_words.error_sentence(error), expected=True)
    except KeyboardInterrupt:
        return _Stopped(command_words.CLI_INTERRUPTED, expected=False)
    except Exception as error:
        code = uuid.uuid4().hex[:8]
        file = _log(f"unexpected error {code}", error, ground.store)
        return _Stopped(command_words.CLI_UNEXPECTED.format(code=code, file=file), expected=False)


def _log(line: str, error: Exception, store: str) -> Path:
    """Write an error with its traceback to the log beside the store; gives the log's path."""
    name = "trygghetskarta.log"
    beside = settings.data_folder() if "://" in store else Path(store).parent
    for path in (beside / name, Path(tempfile.gettempdir()) / name):
        try:
            handler = logging.FileHandler(path, encoding="utf-8", errors="backslashreplace")
        except (OSError, ValueError):
            continue
        handler.setFormatter(logging.Formatter("%(asctime)s %(message)s"))
        handler.handle(_LOG.makeRecord(_LOG.name, logging.ERROR, "", 0, line, (), _of(error)))
        handler.close()
        return path
    return Path(os.devnull)


def _of(error: Exception) -> tuple:
    return type(error), error, error.__traceback__


def _refuse(sentence: str, as_json: bool, usage: str = "") -> int:
    """Say why nothing was done; the same as JSON where a program listens."""
    _tell(usage + sentence)
    if as_json:
        print(json.dumps({"error": sentence}, ensure_ascii=False))
    return _NOTHING_STORED


def _import(chosen: argparse.Namespace, ground: Settings, place: Workplace) -> int:
    if chosen.kind == _NETWORK:
        return _import_network(chosen, ground, place)
    kind = TableKind(chosen.kind)
    told, statuses = [], set()
    each = _import_walks if kind in _WALKED else _import_each
    before = status.fingerprint(place)
    for name, result in each(place, kind, chosen, ground):
        if isinstance(result, _Stopped):
            _tell(result.sentence)
            told.append({"file": name, "error": result.sentence})
            statuses.add(result.exit_status(place, before))
            if result.sentence == command_words.CLI_INTERRUPTED:
                break
        else:
            told.append({"file": result.file, **result.numbers()})
            statuses.add(result.exit_status)
            if not chosen.json:
                _print_report(result)
        before = status.fingerprint(place)
    if chosen.json:
        print(json.dumps(told[0] if len(told) == 1 else told, ensure_ascii=False))
    # Of several files, one that was refused beside one that was stored is "some".
    return statuses.pop() if len(statuses) == 1 else _SOME_STORED


def _import_network(chosen: argparse.Namespace, ground: Settings, place: Workplace) -> int:
    """Import a street network in place of the one the same source gave before."""
    if len(chosen.files) > 1:
        return _refuse(command_words.CLI_ONE_NETWORK, chosen.json)
    (path,) = chosen.files
    source = chosen.source or walk_page_words.WALKS_SOURCE
    before = status.fingerprint(place)
    found = _attempt(
        lambda: walk_intake.import_network_path(place, path, source, chosen.layer), ground
    )
    if isinstance(found, _Stopped):
        _tell(found.sentence)
        if chosen.json:
            told = {"file": path.name, "error": found.sentence}
            print(json.dumps(told, ensure_ascii=False))
        return found.exit_status(place, before)
    if chosen.json:
        print(json.dumps({"file": path.name, **vars(found)}, ensure_ascii=False))
    else:
        told = walk_page_words.network_line(found.new, found.unchanged, found.removed)
        print(f"{path.name}: {told}")
    return 0


def _import_each(
    place: Workplace, kind: TableKind, chosen: argparse.Namespace, ground: Settings
) -> Iterator[tuple[str, ImportReport | _Stopped]]:
    """Import one file after the other; a sentence for each that is refused."""
    for path in chosen.files:
        yield path.name, _attempt(partial(_import_one, place, kind, path, chosen), ground)


def _import_walks(
    place: Workplace, kind: TableKind, chosen: argparse.Namespace, ground: Settings
) -> Iterator[tuple[str, ImportReport | _Stopped]]:
    """Import all files together, so that tracks, walks and what was seen find each other."""
    reading = walk_intake.Reading(
        kind=kind,
        source=chosen.source or import_words.DEFAULT_SOURCES[kind],
        told=walk_intake.WalkDetails(walk_type=chosen.walk_type, participants=chosen.participants),
        crs=chosen.crs,
        layer=chosen.layer,
        roles=dict(chosen.column or ()),
    )
    bar = _Bar(chosen.files[0].name if len(chosen.files) == 1 else texts.KINDS[kind])
    outcomes = _attempt(
        lambda: list(walk_intake.import_paths(place, chosen.files, reading, bar)), ground
    )
    if isinstance(outcomes, _Stopped):
        yield ", ".join(path.name for path in chosen.files), outcomes
        return
    for one in outcomes:
        stopped = one.error and _Stopped(error_words.error_sentence(one.error), expected=True)
        yield one.file, one.report or stopped


def _import_one(
    place: Workplace, kind: TableKind, path: Path, chosen: argparse.Namespace
) -> ImportReport:
    waiting = intake.receive_path(place, kind, path, chosen.layer)
    if chosen.column and waiting.mapping is not None:
        roles = {**waiting.mapping.roles, **dict(chosen.column)}
        waiting = replace(waiting, mapping=waiting.mapping.with_roles(roles))
    return intake.import_waiting(
        place,
        waiting,
        chosen.source or import_words.DEFAULT_SOURCES[kind],
        crs=chosen.crs,
        progress=_Bar(path.name),
    )


def _demo(chosen: argparse.Namespace, _ground: Settings, place: Workplace) -> int:
    if compose.has_real_incidents(place):
        return _refuse(command_words.CLI_REAL_DATA, as_json=False)
    _fill_with_example(place, Path(chosen.folder), chosen.seed)
    return 0


def _start(chosen: argparse.Namespace, ground: Settings, place: Workplace) -> int:
    public_only = chosen.public_only or ground.public_only
    ground = replace(
        ground,
        address=chosen.address or ground.address,
        port=ground.port if chosen.port is None else chosen.port,
        public_only=public_only,
    )
    if problem := _listening_problem(ground.address, ground.port):
        return _refuse(problem, as_json=False)
    if chosen.demo and not compose.has_any_incidents(place):
        _fill_with_example(place, _default_folder(), compose.SEED)
    place.engine.dispose()
    # Imported here: the other commands need no web server.
    from trygghetskarta.app import door, server

    try:
        names = door.names_of(ground)
    except ValueError:
        return _refuse(
            command_words.CLI_ADDRESS_WRONG.format(address=ground.address), as_json=False
        )
    line = (
        command_words.CLI_LISTENS_LOCAL
        if door.is_loopback(ground.address)
        else command_words.CLI_LISTENS_ALL
    )
    if public_only:
        line = command_words.CLI_LISTENS_PUBLIC
    print(line.format(url=names.origin), flush=True)
    try:
        server.serve(ground, names, place, open_browser=not (chosen.no_browser or public_only))
    except KeyboardInterrupt:
        place.engine.dispose()
        _tell(
            command_words.CLI_STOPPED if settle(place.engine) else command_words.CLI_STOPPED_IN_USE
        )
    return 0


def _report(chosen: argparse.Namespace, _ground: Settings, place: Workplace) -> int:
    # Imported here: the other commands need neither matplotlib nor the writers of files.
    from trygghetskarta.subjects.reports import plan_area, report_making, situation_report

    kind, audience = ReportKind(chosen.kind), Audience(chosen.audience)
    if kind is ReportKind.PLAN_AREA and not (chosen.area or chosen.district):
        return _refuse(command_words.CLI_REPORT_NO_AREA, as_json=False)
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
    for sentence in report.lacks:
        _tell(sentence)
    suffix = ReportFormat(chosen.format)
    target = chosen.out or Path(f"{file_name(report.document.title)}.{suffix.value}")
    if not _writable(target):
        return _refuse(command_words.CLI_REPORT_NOT_WRITTEN.format(file=target.name), as_json=False)
    try:
        report_making.register(place, loaded, report)
    except DisclosureError as error:
        sentences = [error_words.linked_tables(error)]
        other = report_making.safe_instead(place, loaded, report)
        if other is not None:
            sentences.append(report_words.safe_report(kind, other.start, other.end))
        return _refuse(" ".join(sentences), as_json=False)
    if chosen.freeze:
        identity = report_making.freeze(place, report, walk_page_words.ROLE)
        content = report_making.frozen_file(place, identity, suffix)
    else:
        content = report_making.draft_file(place, report, suffix)
    try:
        target.write_bytes(content)
    except OSError:
        # What has been registered and frozen is in the store all the same.
        _tell(command_words.CLI_REPORT_NOT_WRITTEN.format(file=target.name))
        return _SOME_STORED
    print(command_words.CLI_REPORT_WRITTEN.format(title=report.document.title, file=target.name))
    return 0


def _bundle(chosen: argparse.Namespace) -> int:
    systems = (BundleSystem(chosen.system),) if chosen.system else tuple(BundleSystem)

    def tell(system: BundleSystem, count: int) -> None:
        _tell(
            command_words.CLI_BUNDLE_COUNT.format(
                system=command_words.BUNDLE_SYSTEMS[system], count=count
            )
        )

    made = offline_bundle.make(chosen.folder, systems, chosen.python, tell)
    guide = chosen.folder / command_words.BUNDLE_GUIDE
    guide.write_text(command_words.bundle_guide(made.lists, chosen.python), encoding="utf-8-sig")
    print(
        command_words.CLI_BUNDLE_MADE.format(
            files=made.files,
            megabytes=round(made.megabytes),
            folder=chosen.folder,
            guide=guide.name,
        )
    )
    return 0


def _status(chosen: argparse.Namespace, _ground: Settings, place: Workplace) -> int:
    told = status.describe(place)
    if chosen.json:
        print(json.dumps(told.as_dict(), ensure_ascii=False))
        return 0
    for label, value in command_words.status_lines(vars(told)):
        print(f"{label}: {value}")
    return 0


def _fill_with_example(place: Workplace, folder: Path, seed: int) -> None:
    _tell(command_words.CLI_GENERATING)
    files = compose.write_files(place, folder, seed)
    bars: dict[str, _Bar] = {}
    for report in compose.import_files(
        place, files, lambda name, part: bars.setdefault(name, _Bar(name))(part)
    ):
        _tell(command_words.report_line(report.file, report.read, report.quarantined))
    # Imported here: the other commands make no slides.
    from trygghetskarta.subjects.dialogue import deck_data

    deck_data.save_example(place, load(place.engine, place.municipality, place.water))
    _tell(command_words.CLI_FILES_KEPT.format(folder=folder))


def _default_folder() -> Path:
    return settings.data_folder() / "exempel"


def _writable(target: Path) -> bool:
    """Whether a file can be written there; one that is there stays as it is."""
    there = target.exists()
    try:
        target.open("ab").close()
        if not there:
            target.unlink()
    except (OSError, ValueError):
        return False
    return True


def _listening_problem(address: str, port: int) -> str:
    """Why nobody can listen there, empty when one can."""
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    with socket.socket(family) as probe:
        # In Windows this would also take a port that somebody listens on.
        if os.name != "nt":
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((address, port))
        except PermissionError:
            return command_words.CLI_PORT_CLOSED.format(port=port)
        except OSError as error:
            if error.errno == errno.EADDRINUSE:
                return command_words.CLI_PORT_TAKEN.format(port=port)
            return command_words.CLI_ADDRESS_WRONG.format(address=address)
        except UnicodeError:
            return command_words.CLI_ADDRESS_WRONG.format(address=address)
    return ""


def _print_report(report: ImportReport) -> None:
    print(command_words.report_line(report.file, report.read, report.quarantined))
    for name, value in report.numbers().items():
        print(f"  {import_words.REPORT_NUMBERS[name]}: {value}")
    for line in import_words.note_lines(report.notes):
        print(f"  {line}")
    for fault in report.faults[:10]:
        print(f"  {fault_words.fault_sentence(fault)}")


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
        line = command_words.CLI_READING.format(file=self.name)
        print(f"\r{line} {percent} %", end=end, file=sys.stderr, flush=True)


def _tell(line: str) -> None:
    print(line, file=sys.stderr, flush=True)


def _stop_in_order() -> None:
    """Let every signal to stop undo what is half done and settle the store, as Ctrl+C does."""
    if threading.current_thread() is not threading.main_thread():
        return
    for name in _ENDINGS:
        number = getattr(signal, name, None)
        # What is ignored, as under nohup, stays ignored.
        if number is not None and signal.getsignal(number) is signal.SIG_DFL:
            signal.signal(number, signal.default_int_handler)


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
        raise argparse.ArgumentTypeError(command_words.cli_column_unknown(role))
    return known, column


def _walk_type(text: str) -> WalkType:
    words = {word.casefold(): kind for kind, word in texts.WALK_TYPES.items()}
    if text.casefold() not in words:
        raise argparse.ArgumentTypeError(command_words.cli_walk_type_unknown(text))
    return words[text.casefold()]


def _whole(first: int, last: int) -> Callable[[str], int]:
    """A reader of whole numbers between two, both included."""

    def read(text: str) -> int:
        if not text.isdecimal() or len(text) > len(str(last)) or not first <= int(text) <= last:
            raise argparse.ArgumentTypeError(command_words.cli_number(first, last))
        return int(text)

    return read


def _swedish(message: str) -> str:
    return command_words.ARGPARSE.get(message, message)


def _with_default(sentence: str, default: str) -> str:
    """Put a default into a help text; argparse reads % as a sign of its own."""
    return sentence.format(default=default.replace("%", "%%"))


class _WrongUseError(Exception):
    """Words that make no command; ``usage`` shows how, ``sentence`` says what is wrong."""

    def __init__(self, usage: str, sentence: str) -> None:
        super().__init__(sentence)
        self.usage, self.sentence = usage, sentence


class _Parser(argparse.ArgumentParser):
    """Leaves it to the caller to say what is wrong; takes no half of a word for the whole."""

    def __init__(self, *words: Any, **told: Any) -> None:
        super().__init__(*words, allow_abbrev=False, **told)

    def error(self, message: str) -> NoReturn:
        """Stop with what is wrong."""
        told = command_words.ARGPARSE["%(prog)s: error: %(message)s\n"]
        sentence = told % {"prog": self.prog, "message": message}
        raise _WrongUseError(self.format_usage(), sentence.strip())


def _parser() -> argparse.ArgumentParser:
    # argparse takes its own words from gettext, under these two names.
    argparse._ = _swedish
    argparse.ngettext = lambda one, many, n: _swedish(gettext.ngettext(one, many, n))
    parser = _Parser("trygghetskarta", description=command_words.CLI_DESCRIPTION)
    parser.add_argument(
        "--store", metavar="ADRESS", help=_with_default(command_words.CLI_STORE, Settings().store)
    )
    commands = parser.add_subparsers(metavar="KOMMANDO", required=True)
    _add_import(commands)
    _add_start(commands)
    _add_report(commands)
    demo = commands.add_parser(
        "demo", help=command_words.CLI_DEMO, description=command_words.CLI_DEMO
    )
    demo.add_argument(
        "--folder",
        metavar="MAPP",
        default=_default_folder(),
        help=_with_default(command_words.CLI_FOLDER, str(_default_folder())),
    )
    demo.add_argument(
        "--seed",
        type=_whole(0, 2**32 - 1),
        metavar="TAL",
        default=compose.SEED,
        help=command_words.CLI_SEED,
    )
    demo.set_defaults(run=_demo)
    _add_bundle(commands)
    told = commands.add_parser(
        "status", help=command_words.CLI_STATUS, description=command_words.CLI_STATUS
    )
    told.add_argument("--json", action="store_true", help=command_words.CLI_JSON)
    told.set_defaults(run=_status)
    return parser


def _add_import(commands: argparse._SubParsersAction) -> None:
    reading = commands.add_parser(
        "import", help=command_words.CLI_IMPORT, description=command_words.CLI_IMPORT
    )
    reading.add_argument(
        "kind", choices=[*(kind.value for kind in _KINDS), _NETWORK], help=command_words.CLI_KIND
    )
    reading.add_argument("files", nargs="+", type=Path, metavar="FIL", help=command_words.CLI_FILES)
    reading.add_argument("--json", action="store_true", help=command_words.CLI_JSON)
    reading.add_argument("--source", metavar="NAMN", default="", help=command_words.CLI_SOURCE)
    reading.add_argument(
        "--crs", type=_whole(1, 999_999), metavar="EPSG", help=command_words.CLI_CRS
    )
    reading.add_argument("--layer", metavar="LAGER", help=command_words.CLI_LAYER)
    reading.add_argument(
        "--column",
        action="append",
        type=_column,
        metavar="ROLL=KOLUMN",
        help=command_words.CLI_COLUMN,
    )
    reading.add_argument(
        "--walk-type",
        type=_walk_type,
        metavar="TYP",
        default=None,
        help=command_words.CLI_WALK_TYPE,
    )
    reading.add_argument(
        "--participants", type=_whole(1, 500), metavar="ANTAL", help=command_words.CLI_PEOPLE
    )
    reading.set_defaults(run=_import)


def _add_report(commands: argparse._SubParsersAction) -> None:
    told = commands.add_parser(
        "report", help=command_words.CLI_REPORT, description=command_words.CLI_REPORT
    )
    kinds = [kind.value for kind in ReportKind]
    told.add_argument("kind", choices=kinds, help=command_words.CLI_REPORT_KIND)
    told.add_argument(
        "--year",
        type=_whole(FIRST_YEAR, 2100),
        required=True,
        metavar=command_words.CLI_YEAR_NAME,
        help=command_words.CLI_REPORT_YEAR,
    )
    told.add_argument(
        "--quarter", type=_whole(0, 4), metavar="KVARTAL", help=command_words.CLI_REPORT_QUARTER
    )
    told.add_argument(
        "--audience",
        choices=[audience.value for audience in Audience],
        default=Audience.INTERNAL.value,
        help=command_words.CLI_REPORT_AUDIENCE,
    )
    told.add_argument(
        "--format",
        choices=[kind.value for kind in ReportFormat],
        default=ReportFormat.DOCX.value,
        help=command_words.CLI_REPORT_FORMAT,
    )
    told.add_argument("--out", type=Path, metavar="FIL", help=command_words.CLI_REPORT_OUT)
    told.add_argument("--area", type=Path, metavar="FIL", help=command_words.CLI_REPORT_AREA)
    told.add_argument(
        "--district", metavar="NAMN", default="", help=command_words.CLI_REPORT_DISTRICT
    )
    told.add_argument("--freeze", action="store_true", help=command_words.CLI_REPORT_FREEZE)
    told.set_defaults(run=_report)


def _add_bundle(commands: argparse._SubParsersAction) -> None:
    bundle = commands.add_parser(
        "bundle", help=command_words.CLI_BUNDLE, description=command_words.CLI_BUNDLE
    )
    bundle.add_argument("folder", type=Path, metavar="MAPP", help=command_words.CLI_BUNDLE_FOLDER)
    bundle.add_argument(
        "--system",
        choices=[system.value for system in BundleSystem],
        help=command_words.CLI_BUNDLE_SYSTEM,
    )
    here = f"{sys.version_info.major}.{sys.version_info.minor}"
    bundle.add_argument(
        "--python",
        choices=offline_bundle.PYTHONS,
        default=here if here in offline_bundle.PYTHONS else offline_bundle.PYTHONS[-1],
        help=command_words.CLI_BUNDLE_PYTHON.format(default=here),
    )
    bundle.set_defaults(run_without_store=_bundle)


def _add_start(commands: argparse._SubParsersAction) -> None:
    start = commands.add_parser(
        "start", help=command_words.CLI_START, description=command_words.CLI_START
    )
    start.add_argument("--demo", action="store_true", help=command_words.CLI_WITH_DEMO)
    start.add_argument("--address", metavar="ADRESS", help=command_words.CLI_ADDRESS)
    start.add_argument("--port", type=_whole(1, 65535), metavar="PORT", help=command_words.CLI_PORT)
    start.add_argument("--no-browser", action="store_true", help=command_words.CLI_NO_BROWSER)
    start.add_argument("--public-only", action="store_true", help=command_words.CLI_PUBLIC_ONLY)
    start.set_defaults(run=_start)


if __name__ == "__main__":
    sys.exit(main())
