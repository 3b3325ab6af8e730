"""The command ``demo``: invented data, written as files and read in as a user would."""

from argparse import ArgumentParser, Namespace
from pathlib import Path

from trygghetskarta import settings
from trygghetskarta.commands.arguments import whole_number, with_default
from trygghetskarta.commands.command import Command
from trygghetskarta.commands.outcome import refuse, tell
from trygghetskarta.commands.progress import ProgressLine
from trygghetskarta.example import compose
from trygghetskarta.gate.loaded_world import load
from trygghetskarta.intake.workplace import Workplace
from trygghetskarta.settings import Settings
from trygghetskarta.words import command_words


def _arguments(parser: ArgumentParser) -> None:
    parser.add_argument(
        "--folder",
        metavar="MAPP",
        default=default_folder(),
        help=with_default(command_words.CLI_FOLDER, str(default_folder())),
    )
    parser.add_argument(
        "--seed",
        type=whole_number(0, 2**32 - 1),
        metavar="TAL",
        default=compose.SEED,
        help=command_words.CLI_SEED,
    )


def _demo(chosen: Namespace, _ground: Settings, place: Workplace) -> int:
    if compose.has_real_incidents(place):
        return refuse(command_words.CLI_REAL_DATA, as_json=False)
    fill_with_example(place, Path(chosen.folder), chosen.seed)
    return 0


def fill_with_example(place: Workplace, folder: Path, seed: int) -> None:
    """Write the example's files to a folder and import them, telling how far it has come."""
    tell(command_words.CLI_GENERATING)
    files = compose.write_files(place, folder, seed)
    bars: dict[str, ProgressLine] = {}
    for report in compose.import_files(
        place, files, lambda name, part: bars.setdefault(name, ProgressLine(name))(part)
    ):
        tell(command_words.report_line(report.file, report.read, report.quarantined))
    # Imported here: the other commands make no slides.
    from trygghetskarta.subjects.dialogue.data import deck_data

    deck_data.save_example(place, load(place.engine, place.municipality, place.water))
    tell(command_words.CLI_FILES_KEPT.format(folder=folder))


def default_folder() -> Path:
    """Where the example's files lie unless told."""
    return settings.data_folder() / "exempel"


COMMAND = Command("demo", command_words.CLI_DEMO, _arguments, _demo)
