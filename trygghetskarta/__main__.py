"""The command line; Swedish help, one sentence for every error, exit status for other programs."""

import argparse
import logging
import signal
import sys
import threading
import warnings
from collections.abc import Sequence
from dataclasses import replace

from trygghetskarta import settings
from trygghetskarta.commands import (
    bundle,
    demo,
    divisions,
    imports,
    quarantined,
    report,
    start,
    store_status,
)
from trygghetskarta.commands.arguments import Parser, WrongUseError, speak_swedish, with_default
from trygghetskarta.commands.outcome import Stopped, attempt, finish, refuse
from trygghetskarta.intake import status
from trygghetskarta.intake.workplace import open_workplace
from trygghetskarta.settings import SettingError, Settings
from trygghetskarta.words import command_words, error_words

_COMMANDS = (
    imports.COMMAND,
    quarantined.COMMAND,
    start.COMMAND,
    report.COMMAND,
    demo.COMMAND,
    bundle.COMMAND,
    store_status.COMMAND,
    divisions.COMMAND,
)
"""In the order that the help names them."""

_ENDINGS = ("SIGTERM", "SIGHUP", "SIGBREAK")
"""Other ways than Ctrl+C to be told to stop: by a service, a closed terminal, a closed window."""


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
    _keep_remarks_out()
    try:
        chosen = _parser().parse_args(words)
        ground = settings.load()
    except WrongUseError as error:
        return refuse(error.sentence, as_json, error.usage)
    except SettingError as error:
        return refuse(error_words.setting_sentence(error), as_json)
    if chosen.store:
        ground = replace(ground, store=chosen.store)
    outcome = attempt(lambda: _run(chosen, ground, as_json), ground)
    return finish(refuse(outcome.sentence, as_json) if isinstance(outcome, Stopped) else outcome)


def _run(chosen: argparse.Namespace, ground: Settings, as_json: bool) -> int:
    """Open the store, if the command takes one, and do what was asked.

    What stops half-way is not said to store nothing.
    """
    command = chosen.command
    if command.run_without_store is not None:
        return command.run_without_store(chosen)
    place = open_workplace(ground, settings.today)
    before = status.fingerprint(place)
    outcome = attempt(lambda: command.run(chosen, ground, place), ground)
    if not isinstance(outcome, Stopped):
        return outcome
    exit_status = outcome.exit_status(place, before)
    refuse(outcome.sentence, as_json)
    return exit_status


def _parser() -> argparse.ArgumentParser:
    speak_swedish()
    parser = Parser("trygghetskarta", description=command_words.CLI_DESCRIPTION)
    parser.add_argument(
        "--store", metavar="ADRESS", help=with_default(command_words.CLI_STORE, Settings().store)
    )
    words = parser.add_subparsers(metavar="KOMMANDO", required=True)
    for command in _COMMANDS:
        told = words.add_parser(command.word, help=command.help, description=command.help)
        command.arguments(told)
        told.set_defaults(command=command)
    return parser


def _stop_in_order() -> None:
    """Let every signal to stop undo what is half done and settle the store, as Ctrl+C does."""
    if threading.current_thread() is not threading.main_thread():
        return
    for name in _ENDINGS:
        number = getattr(signal, name, None)
        # What is ignored, as under nohup, stays ignored.
        if number is not None and signal.getsignal(number) is signal.SIG_DFL:
            signal.signal(number, signal.default_int_handler)


def _keep_remarks_out() -> None:
    """No remark of a library for its own users stands in the middle of an answer.

    ``python -W`` shows them.
    """
    if not sys.warnoptions:
        warnings.simplefilter("ignore")
    logging.lastResort = logging.NullHandler()


def _speak_utf8() -> None:
    """A Windows console in another code page must not stop a sentence with å in it."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")


if __name__ == "__main__":
    sys.exit(main())
