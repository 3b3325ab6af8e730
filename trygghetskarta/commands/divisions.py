"""The command ``divisions``: which divisions into areas there are, and the former one again."""

import json
from argparse import ArgumentParser, Namespace

from trygghetskarta.commands.command import Command
from trygghetskarta.commands.outcome import Stopped, attempt, tell
from trygghetskarta.intake import division_intake, status
from trygghetskarta.intake.workplace import Workplace
from trygghetskarta.settings import Settings
from trygghetskarta.terms.areas import AreaLevel
from trygghetskarta.words import command_words, import_note_words, import_words


def _arguments(parser: ArgumentParser) -> None:
    parser.add_argument("--json", action="store_true", help=command_words.CLI_JSON)
    parser.add_argument(
        "--restore",
        choices=[level.value for level in AreaLevel if level is not AreaLevel.CELL],
        help=command_words.CLI_RESTORE,
    )


def _divisions(chosen: Namespace, ground: Settings, place: Workplace) -> int:
    if not chosen.restore:
        _list(chosen, place)
        return 0
    before = status.fingerprint(place)
    level = AreaLevel(chosen.restore)
    done = attempt(lambda: division_intake.restore(place, level), ground)
    if isinstance(done, Stopped):
        tell(done.sentence)
        if chosen.json:
            print(json.dumps({"error": done.sentence}, ensure_ascii=False))
        return done.exit_status(place, before)
    name, settled = done
    if chosen.json:
        print(json.dumps({"division": name, **settled.notes()}, ensure_ascii=False))
        return 0
    print(command_words.CLI_RESTORED.format(name=name))
    for line in import_note_words.note_lines(settled.notes()):
        print(f"  {line}")
    return 0


def _list(chosen: Namespace, place: Workplace) -> None:
    told = division_intake.divisions_of(place)
    if chosen.json:
        rows = [
            {**vars(one), "first": one.first.isoformat(), "end": one.end and one.end.isoformat()}
            for one in told
        ]
        print(json.dumps(rows, ensure_ascii=False))
        return
    for one in told:
        print(import_words.division_line(one.level, one.name, one.first, one.end))


COMMAND = Command("divisions", command_words.CLI_DIVISIONS, _arguments, _divisions)
