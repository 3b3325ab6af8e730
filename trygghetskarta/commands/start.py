"""The command ``start``: the map in a browser, until it is stopped."""

import errno
import os
import socket
from argparse import ArgumentParser, Namespace
from dataclasses import replace

from trygghetskarta.commands.arguments import whole_number
from trygghetskarta.commands.command import Command
from trygghetskarta.commands.demo import default_folder, fill_with_example
from trygghetskarta.commands.outcome import refuse, tell
from trygghetskarta.example import compose
from trygghetskarta.intake.worker.crew import CREW
from trygghetskarta.intake.workplace import Workplace
from trygghetskarta.settings import Settings
from trygghetskarta.store.log_beside import settle
from trygghetskarta.words import command_words


def _arguments(parser: ArgumentParser) -> None:
    parser.add_argument("--demo", action="store_true", help=command_words.CLI_WITH_DEMO)
    parser.add_argument("--address", metavar="ADRESS", help=command_words.CLI_ADDRESS)
    parser.add_argument(
        "--port", type=whole_number(1, 65535), metavar="PORT", help=command_words.CLI_PORT
    )
    parser.add_argument("--no-browser", action="store_true", help=command_words.CLI_NO_BROWSER)
    parser.add_argument("--public-only", action="store_true", help=command_words.CLI_PUBLIC_ONLY)


def _start(chosen: Namespace, ground: Settings, place: Workplace) -> int:
    public_only = chosen.public_only or ground.public_only
    ground = replace(
        ground,
        address=chosen.address or ground.address,
        port=ground.port if chosen.port is None else chosen.port,
        public_only=public_only,
    )
    if problem := _listening_problem(ground.address, ground.port):
        return refuse(problem, as_json=False)
    if chosen.demo and not compose.has_any_incidents(place):
        fill_with_example(place, default_folder(), compose.SEED)
    place.engine.dispose()
    # Imported here: the other commands need no web server.
    from trygghetskarta.app import door, server

    try:
        names = door.names_of(ground)
    except ValueError:
        return refuse(command_words.CLI_ADDRESS_WRONG.format(address=ground.address), as_json=False)
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
        CREW.close()
        place.engine.dispose()
        tell(
            command_words.CLI_STOPPED if settle(place.engine) else command_words.CLI_STOPPED_IN_USE
        )
    return 0


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


COMMAND = Command("start", command_words.CLI_START, _arguments, _start)
