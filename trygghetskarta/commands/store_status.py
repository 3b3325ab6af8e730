"""The command ``status``: what the store holds."""

import json
from argparse import ArgumentParser, Namespace

from trygghetskarta.commands.command import Command
from trygghetskarta.intake import status
from trygghetskarta.intake.workplace import Workplace
from trygghetskarta.settings import Settings
from trygghetskarta.words import command_words


def _arguments(parser: ArgumentParser) -> None:
    parser.add_argument("--json", action="store_true", help=command_words.CLI_JSON)


def _status(chosen: Namespace, _ground: Settings, place: Workplace) -> int:
    told = status.describe(place)
    if chosen.json:
        print(json.dumps(told.as_dict(), ensure_ascii=False))
        return 0
    for label, value in command_words.status_lines(vars(told)):
        print(f"{label}: {value}")
    return 0


COMMAND = Command("status", command_words.CLI_STATUS, _arguments, _status)
