"""The command ``divisions``: which divisions into areas there are, and how a change is undone."""

import json
from argparse import ArgumentParser, Namespace
from collections.abc import Callable, Mapping

from trygghetskarta.commands.command import Command
from trygghetskarta.commands.outcome import Stopped, attempt, tell
from trygghetskarta.intake import division_intake, division_joins, status
from trygghetskarta.intake.workplace import Workplace
from trygghetskarta.settings import Settings
from trygghetskarta.terms.areas import AreaLevel
from trygghetskarta.words import command_words, import_note_words, import_words

_LEVELS = [level.value for level in AreaLevel if level is not AreaLevel.CELL]


def _arguments(parser: ArgumentParser) -> None:
    parser.add_argument("--json", action="store_true", help=command_words.CLI_JSON)
    undone = parser.add_mutually_exclusive_group()
    undone.add_argument("--restore", choices=_LEVELS, help=command_words.CLI_RESTORE_DIVISION)
    undone.add_argument("--undo-join", choices=_LEVELS, help=command_words.CLI_UNDO_JOIN)


def _divisions(chosen: Namespace, ground: Settings, place: Workplace) -> int:
    if chosen.restore:
        level = AreaLevel(chosen.restore)
        return _change(chosen, ground, place, lambda: _restored(place, level))
    if chosen.undo_join:
        level = AreaLevel(chosen.undo_join)
        return _change(chosen, ground, place, lambda: _taken_away(place, level))
    _list(chosen, place)
    return 0


def _change(
    chosen: Namespace,
    ground: Settings,
    place: Workplace,
    change: Callable[[], tuple[str, dict[str, object], Mapping[str, object]]],
) -> int:
    before = status.fingerprint(place)
    done = attempt(change, ground)
    if isinstance(done, Stopped):
        tell(done.sentence)
        if chosen.json:
            print(json.dumps({"error": done.sentence}, ensure_ascii=False))
        return done.exit_status(place, before)
    sentence, facts, notes = done
    if chosen.json:
        print(json.dumps({**facts, **notes}, ensure_ascii=False))
        return 0
    print(sentence)
    for line in import_note_words.note_lines(notes):
        print(f"  {line}")
    return 0


def _restored(
    place: Workplace, level: AreaLevel
) -> tuple[str, dict[str, object], Mapping[str, object]]:
    name, settled = division_intake.restore(place, level)
    return command_words.CLI_RESTORED.format(name=name), {"division": name}, settled.notes()


def _taken_away(
    place: Workplace, level: AreaLevel
) -> tuple[str, dict[str, object], Mapping[str, object]]:
    joined, settled = division_joins.undo(place, level)
    facts: dict[str, object] = {"file": joined.file, "removed": list(joined.codes)}
    return import_words.join_undone(joined.file, len(joined.codes)), facts, settled.notes()


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
