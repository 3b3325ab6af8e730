"""Example data: generated as ordinary files, read in through the ordinary import."""

import shutil
import uuid
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

from trygghetskarta.errors import StoreCause
from trygghetskarta.example import generate, room
from trygghetskarta.example.work import WHO, Step, make_work
from trygghetskarta.gate import screening
from trygghetskarta.intake import walk_intake, walk_reading
from trygghetskarta.intake.accounts import ImportReport
from trygghetskarta.intake.intake import import_waiting
from trygghetskarta.intake.receiving import receive_path
from trygghetskarta.intake.workplace import Workplace
from trygghetskarta.sources.fields import offence_codes
from trygghetskarta.sources.publishers import municipality
from trygghetskarta.store import (
    read,
    read_actions,
    read_meetings,
    read_walks,
    write_meetings,
)
from trygghetskarta.store.versioned_rows import RowEdition
from trygghetskarta.store.write_meetings import NewPin
from trygghetskarta.subjects.actions import edit as actions_edit
from trygghetskarta.subjects.meeting.edit import meeting
from trygghetskarta.subjects.walks.edit import finding_edits
from trygghetskarta.terms.areas import AreaLevel
from trygghetskarta.terms.imports import TableKind
from trygghetskarta.terms.meetings import Meeting, MeetingStatus

SOURCE = "Exempeldata"
SEED = 1488
ACTION_FILES = "atgarder_"
"""Beginning of the names of files with actions."""
_LONG_AGO = timedelta(days=40)
"""From the invented meeting to today."""


def write_files(place: Workplace, folder: Path, seed: int = SEED) -> list[Path]:
    """Write the example files into a folder; the same seed gives the same files."""
    base = municipality.read_base(place.settings.geodata / place.settings.municipality)
    codes = offence_codes.read(place.settings.geodata / "offence_codes")
    files = generate(folder, base=base, offences=codes, seed=seed)
    return [*files, *_plan_files(place, folder)]


def _plan_files(place: Workplace, folder: Path) -> list[Path]:
    """Copy the example actions of the plans, so that they are files like the others."""
    plans = place.settings.geodata / place.settings.municipality / "plans"
    found = sorted(plans.glob("*_measures_example.csv"))
    return [
        Path(shutil.copy(path, folder / f"{ACTION_FILES}{path.name[:4]}.csv")) for path in found
    ]


def has_real_incidents(place: Workplace) -> bool:
    """Whether the store holds incidents that are not invented."""
    return _incidents(place) > 0 and not read.overview(place.engine).is_example(TableKind.INCIDENTS)


def has_any_incidents(place: Workplace) -> bool:
    """Whether the store holds incidents at all."""
    return _incidents(place) > 0


def import_files(
    place: Workplace, files: list[Path], tell: Callable[[str, float], None]
) -> list[ImportReport]:
    """Read the generated files in, as a user would, and work with the findings of the walks.

    Where somebody has real walks or observations, the invented ones are left out.

    Parameters
    ----------
    place
        Where they go.
    files
        What :func:`write_files` gave.
    tell
        Called with the file's name and 0 to 1.

    Raises
    ------
    TrygghetskartaError
        The first file's that could not be read.
    """
    reports = []
    for path in files:
        kind = _kind(path)
        if kind is None:
            continue
        if kind is TableKind.ACTIONS and _has_real_actions(place):
            continue
        waiting = receive_path(place, kind, path, None)
        reports.append(
            import_waiting(
                place,
                waiting,
                SOURCE,
                is_example=True,
                progress=lambda part, name=path.name: tell(name, part),
            )
        )
    _follow_up(place)
    reports += _import_walks(place, [path for path in files if _kind(path) is None], tell)
    _hold_meeting(place)
    return reports


def _hold_meeting(place: Workplace) -> None:
    """Let an invented meeting be held and kept, where there is none."""
    districts = read.areas(place.engine, AreaLevel.DISTRICT)
    if read_meetings.meetings(place.engine) or districts.empty:
        return
    held = Meeting(
        room.meeting_identity(),
        meeting.new_code(),
        room.NAME,
        room.PLACE,
        "",
        place.today() - _LONG_AGO,
        MeetingStatus.OPEN,
        True,
    )
    write_meetings.create(place.engine, held)
    # Small districts are where people live close together: they come first.
    codes = districts.geometry.area.sort_values().index
    for tap in room.taps(list(codes)):
        pin = NewPin(tap.identity, tap.district_code, tap.feeling, tap.reason, None)
        write_meetings.save_pin(place.engine, held.code, pin)
    meeting.close(place, held)
    meeting.keep(place, held)


def _has_real_actions(place: Workplace) -> bool:
    return not read_actions.actions(place.engine)["is_example"].all()


def _follow_up(place: Workplace) -> None:
    """Store the follow-ups that somebody might have written of the example actions."""
    stored = read_actions.actions(place.engine)
    invented = stored[stored["is_example"].astype(bool)]
    known = dict(zip(invented["title"], invented["measure_id"], strict=True))
    for told in municipality.read_example_follow_ups(
        place.settings.geodata / place.settings.municipality
    ):
        day = date.fromisoformat(told["day"])
        if told["measure"] not in known or day > place.today():
            continue
        identity = str(uuid.uuid5(uuid.UUID(known[told["measure"]]), told["day"]))
        words = {name: told[name] for name in ("by_function", "done", "partners", "effects")}
        form = actions_edit.FollowUpForm(identity, known[told["measure"]], day, **words)
        actions_edit.follow_up(place, form, WHO, despite_warnings=True)


def _import_walks(
    place: Workplace, files: list[Path], tell: Callable[[str, float], None]
) -> list[ImportReport]:
    if not files:
        return []
    reading = walk_reading.Reading(kind=None, source=SOURCE, is_example=True)
    name = files[-1].name
    reports = []
    for outcome in walk_intake.import_paths(place, files, reading, lambda part: tell(name, part)):
        if outcome.error is None:
            reports.append(outcome.report)
        elif outcome.error.cause is not StoreCause.EXAMPLES_AFTER_REAL:
            raise outcome.error
    if any(report.new for report in reports):
        _work(place)
    return reports


def _work(place: Workplace) -> None:
    """Do what somebody might have done with the findings since, up to today."""
    seen = read_walks.observations(place.engine)
    versions = dict(zip(seen["observation_id"], seen["version"], strict=True))
    for step in make_work(seen):
        if step.at.date() <= place.today():
            edition = RowEdition(step.observation_id, versions[step.observation_id])
            versions[step.observation_id] = _done(place, edition, step).version


def _done(place: Workplace, edition: RowEdition, step: Step) -> screening.Changed:
    if step.status is None:
        due = step.due.date() if step.due else None
        return finding_edits.assign(place, edition, step.owner, WHO, due_date=due, at=step.at)
    return finding_edits.set_status(
        place, edition, step.status, WHO, reason=step.reason, at=step.at
    )


def _incidents(place: Workplace) -> int:
    return read.overview(place.engine).rows.get("incident", 0)


def _kind(path: Path) -> TableKind | None:
    for start, kind in _KINDS.items():
        if path.name.startswith(start) and path.suffix == ".csv":
            return kind
    return None


_KINDS = {
    "handelser_": TableKind.INCIDENTS,
    "trygghetsundersokning_": TableKind.SURVEY,
    ACTION_FILES: TableKind.ACTIONS,
    "enkatsvar_": TableKind.SURVEY_ANSWERS,
}
