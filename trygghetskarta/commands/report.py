"""The command ``report``: a paper written to a file, registered as published."""

from argparse import ArgumentParser, Namespace
from pathlib import Path

from trygghetskarta.analysis.report_facts import ReportPeriod
from trygghetskarta.commands.arguments import whole_number
from trygghetskarta.commands.command import Command
from trygghetskarta.commands.outcome import SOME_STORED, refuse, tell
from trygghetskarta.errors import DisclosureError
from trygghetskarta.gate.periods import FIRST_YEAR
from trygghetskarta.intake.workplace import Workplace
from trygghetskarta.settings import Settings
from trygghetskarta.terms.audience import Audience
from trygghetskarta.terms.papers import ReportFormat, ReportKind
from trygghetskarta.words import command_words, error_words, report_words, walk_page_words
from trygghetskarta.words.safe import file_name


def _arguments(parser: ArgumentParser) -> None:
    kinds = [kind.value for kind in ReportKind]
    parser.add_argument("kind", choices=kinds, help=command_words.CLI_REPORT_KIND)
    parser.add_argument(
        "--year",
        type=whole_number(FIRST_YEAR, 2100),
        required=True,
        metavar=command_words.CLI_YEAR_NAME,
        help=command_words.CLI_REPORT_YEAR,
    )
    parser.add_argument(
        "--quarter",
        type=whole_number(0, 4),
        metavar="KVARTAL",
        help=command_words.CLI_REPORT_QUARTER,
    )
    parser.add_argument(
        "--audience",
        choices=[audience.value for audience in Audience],
        default=Audience.INTERNAL.value,
        help=command_words.CLI_REPORT_AUDIENCE,
    )
    parser.add_argument(
        "--format",
        choices=[kind.value for kind in ReportFormat],
        default=ReportFormat.DOCX.value,
        help=command_words.CLI_REPORT_FORMAT,
    )
    parser.add_argument("--out", type=Path, metavar="FIL", help=command_words.CLI_REPORT_OUT)
    parser.add_argument("--area", type=Path, metavar="FIL", help=command_words.CLI_REPORT_AREA)
    parser.add_argument(
        "--district", metavar="NAMN", default="", help=command_words.CLI_REPORT_DISTRICT
    )
    parser.add_argument("--freeze", action="store_true", help=command_words.CLI_REPORT_FREEZE)


def _report(chosen: Namespace, _ground: Settings, place: Workplace) -> int:
    # Imported here: the other commands need neither matplotlib nor the writers of files.
    from trygghetskarta.subjects.reports.ask import plan_area, situation_report
    from trygghetskarta.subjects.reports.data import report_making

    kind, audience = ReportKind(chosen.kind), Audience(chosen.audience)
    if kind is ReportKind.PLAN_AREA and not (chosen.area or chosen.district):
        return refuse(command_words.CLI_REPORT_NO_AREA, as_json=False)
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
        tell(sentence)
    suffix = ReportFormat(chosen.format)
    target = chosen.out or Path(f"{file_name(report.document.title)}.{suffix.value}")
    if not _writable(target):
        return refuse(command_words.CLI_REPORT_NOT_WRITTEN.format(file=target.name), as_json=False)
    try:
        report_making.publish(place, loaded, report)
    except DisclosureError as error:
        sentences = [error_words.linked_tables(error)]
        other = report_making.safe_instead(place, loaded, report)
        if other is not None:
            sentences.append(report_words.safe_report(kind, other.start, other.end))
        return refuse(" ".join(sentences), as_json=False)
    if chosen.freeze:
        identity = report_making.freeze(place, report, walk_page_words.ROLE)
        content = report_making.frozen_file(place, identity, suffix)
    else:
        content = report_making.draft_file(place, report, suffix)
    try:
        target.write_bytes(content)
    except OSError:
        # What has been registered and frozen is in the store all the same.
        tell(command_words.CLI_REPORT_NOT_WRITTEN.format(file=target.name))
        return SOME_STORED
    print(command_words.CLI_REPORT_WRITTEN.format(title=report.document.title, file=target.name))
    return 0


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


COMMAND = Command("report", command_words.CLI_REPORT, _arguments, _report)
