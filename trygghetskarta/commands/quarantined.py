"""The command ``quarantine``: rows that wait, and those that somebody has dismissed."""

import json
from argparse import ArgumentParser, Namespace
from collections.abc import Iterable

import pandas as pd

from trygghetskarta.commands.command import Command
from trygghetskarta.commands.outcome import refuse
from trygghetskarta.intake import dismissals, status
from trygghetskarta.intake.status import Quarantine
from trygghetskarta.intake.workplace import Workplace
from trygghetskarta.settings import Settings
from trygghetskarta.words import command_words, fault_words, import_words, walk_page_words

_SHOWN = 8
"""Letters of an id, enough to tell rows apart."""


def _arguments(parser: ArgumentParser) -> None:
    parser.add_argument("--json", action="store_true", help=command_words.CLI_JSON)
    which = parser.add_mutually_exclusive_group()
    which.add_argument(
        "--dismissed", action="store_true", help=command_words.CLI_QUARANTINE_DISMISSED
    )
    which.add_argument(
        "--dismiss", nargs="+", metavar="ID", default=[], help=command_words.CLI_DISMISS
    )
    which.add_argument(
        "--restore", nargs="+", metavar="ID", default=[], help=command_words.CLI_RESTORE
    )
    parser.add_argument("--reason", default="", metavar="TEXT", help=command_words.CLI_REASON)


def _quarantine(chosen: Namespace, _ground: Settings, place: Workplace) -> int:
    is_apart = chosen.dismissed or bool(chosen.restore)
    rows = dismissals.dismissed(place) if is_apart else status.quarantine(place).rows
    asked = [*chosen.dismiss, *chosen.restore]
    named = {one: _named(rows["quarantine_id"], one) for one in asked}
    unknown = [one for one, found in named.items() if len(found) != 1]
    if unknown:
        return refuse(command_words.quarantine_unknown(unknown), chosen.json)
    identities = [one for found in named.values() for one in found]
    if chosen.dismiss:
        done = dismissals.dismiss(place, identities, chosen.reason, walk_page_words.ROLE)
        _tell_done(done, command_words.DISMISSED_KEY, chosen.json)
    elif chosen.restore:
        _tell_done(dismissals.restore(place, identities), command_words.RESTORED_KEY, chosen.json)
    else:
        _tell_rows(rows, chosen.json)
    return 0


def _named(identities: Iterable[str], given: str) -> list[str]:
    return [one for one in identities if one.startswith(given.strip().lower())]


def _tell_done(done: int, key: str, as_json: bool) -> None:
    print(json.dumps({key: done}) if as_json else command_words.dismissal_line(key, done))


def _tell_rows(rows: pd.DataFrame, as_json: bool) -> None:
    faults = Quarantine(rows)
    reasons = [
        "; ".join(fault_words.fault_sentence(fault) for fault in faults.faults(number))
        for number in range(len(rows))
    ]
    if as_json:
        told = rows.drop(columns=["raw", "faults"]).assign(reasons=reasons)
        print(told.to_json(orient="records", force_ascii=False, date_format="iso"))
        return
    if not len(rows):
        print(import_words.QUARANTINE_NONE)
    for row, why in zip(rows.itertuples(), reasons, strict=True):
        print(f"{row.quarantine_id[:_SHOWN]}  {row.file_name}: {why}")
        if hasattr(row, "dismissed_for"):
            print(f"  {import_words.dismissal_told(row.dismissed_at, row.dismissed_for)}")


COMMAND = Command("quarantine", command_words.CLI_QUARANTINE, _arguments, _quarantine)
