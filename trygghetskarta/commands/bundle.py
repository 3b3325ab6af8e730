"""The command ``bundle``: everything needed to install where there is no network."""

import sys
from argparse import ArgumentParser, Namespace
from pathlib import Path

from trygghetskarta.app import offline_bundle
from trygghetskarta.commands.command import Command
from trygghetskarta.commands.outcome import tell
from trygghetskarta.terms.bundles import BundleSystem
from trygghetskarta.words import command_words


def _arguments(parser: ArgumentParser) -> None:
    parser.add_argument("folder", type=Path, metavar="MAPP", help=command_words.CLI_BUNDLE_FOLDER)
    parser.add_argument(
        "--system",
        choices=[system.value for system in BundleSystem],
        help=command_words.CLI_BUNDLE_SYSTEM,
    )
    here = f"{sys.version_info.major}.{sys.version_info.minor}"
    parser.add_argument(
        "--python",
        choices=offline_bundle.PYTHONS,
        default=here if here in offline_bundle.PYTHONS else offline_bundle.PYTHONS[-1],
        help=command_words.CLI_BUNDLE_PYTHON.format(default=here),
    )


def _bundle(chosen: Namespace) -> int:
    systems = (BundleSystem(chosen.system),) if chosen.system else tuple(BundleSystem)

    def count_told(system: BundleSystem, count: int) -> None:
        tell(
            command_words.CLI_BUNDLE_COUNT.format(
                system=command_words.BUNDLE_SYSTEMS[system], count=count
            )
        )

    made = offline_bundle.make(chosen.folder, systems, chosen.python, count_told)
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


COMMAND = Command("bundle", command_words.CLI_BUNDLE, _arguments, run_without_store=_bundle)
