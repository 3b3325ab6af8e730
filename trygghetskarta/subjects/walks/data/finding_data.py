"""What is done with findings and reports: read one, change it, merge two, send and import."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date

import streamlit as st

from trygghetskarta import formats
from trygghetskarta.desk import data, file_work
from trygghetskarta.desk.file_work import FileWork, Upload
from trygghetskarta.draw.map import bare_maps, maps
from trygghetskarta.draw.map.maps import MapScript
from trygghetskarta.draw.table import listing
from trygghetskarta.errors import SourceCause, SourceError, TrygghetskartaError
from trygghetskarta.gate.screening import Warned
from trygghetskarta.intake import status, workplace
from trygghetskarta.intake.receiving import Waiting
from trygghetskarta.intake.walk_intake import Outcome
from trygghetskarta.intake.walk_reading import Reading, WalkDetails
from trygghetskarta.intake.worker import budget, jobs
from trygghetskarta.subjects.walks.ask.walk_view import names_of
from trygghetskarta.subjects.walks.data import walk_data
from trygghetskarta.subjects.walks.edit import finding_edits, walk_sent, walk_work
from trygghetskarta.subjects.walks.edit.finding_edits import Handling, RowEdition
from trygghetskarta.subjects.walks.show import walk_listing
from trygghetskarta.subjects.walks.show.walk_listing import FindingShown
from trygghetskarta.terms.doubts import DoubtKind
from trygghetskarta.terms.file_forms import FileForm, points
from trygghetskarta.terms.walks import FindingStatus, ObservationCategory
from trygghetskarta.words import (
    error_words,
    finding_words,
    import_note_words,
    phone_words,
    walk_page_words,
)


@dataclass(frozen=True)
class Suggestion:
    """Another finding that may be the same, or is told to be: its edition and what it says."""

    edition: RowEdition
    told: str
    voices: int
    is_earlier: bool


@dataclass(frozen=True, eq=False)
class Finding:
    """One finding as it stands now.

    Attributes
    ----------
    edition
        Identity and version.
    shown
        What is read.
    owner, due, status, reason, text
        What can be changed.
    statuses
        What it may become, the present one first.
    has_photo, is_safe
        Whether it has a picture, and whether it is a safe place.
    suggestions, absorbed
        Others that may be the same, and those that this one speaks for.
    """

    edition: RowEdition
    shown: FindingShown
    owner: str
    due: str
    status: FindingStatus
    reason: str
    text: str
    statuses: tuple[FindingStatus, ...]
    has_photo: bool
    is_safe: bool
    suggestions: tuple[Suggestion, ...]
    absorbed: tuple[Suggestion, ...]

    @property
    def draft(self) -> "FindingDraft":
        """The form before anybody has touched it."""
        return FindingDraft(self.owner, self.due, self.status.value, self.reason, self.text)


@dataclass(frozen=True)
class FindingDraft:
    """What somebody has filled in."""

    owner: str = ""
    due: str = ""
    status: str = ""
    reason: str = ""
    text: str = ""

    def rebased(self, before: "FindingDraft", now: "FindingDraft") -> "FindingDraft":
        """The same changes made to what is stored now: what was not touched follows the store."""
        chosen = {
            part.name: getattr(self if getattr(self, part.name) != getattr(before, part.name)
                               else now, part.name)
            for part in fields(self)
        }  # fmt: skip
        return FindingDraft(**chosen)


def finding(identity: str) -> Finding | None:
    """One finding as it stands now, None when there is none."""
    here = walk_data.world()
    rows = here.findings[here.findings["observation_id"] == identity]
    if rows.empty:
        return None
    row = rows.iloc[0]
    names = here.walks.loc[here.walks["walk_id"] == row["walk_id"], "name"]
    status = FindingStatus(row["status"])
    shown = walk_listing.finding_shown(
        row, names_of(here, [row["district_code"]])[0], "" if names.empty else names.iloc[0]
    )
    return Finding(
        RowEdition(identity, int(row["version"])),
        shown,
        owner=listing.text_of(row["owner"]),
        due="" if row["due_date"] != row["due_date"] else f"{row['due_date']:%Y-%m-%d}",
        status=status,
        reason=listing.text_of(row["status_reason"]),
        text=listing.text_of(row["text"]),
        statuses=(status, *finding_edits.next_statuses(status)),
        has_photo=bool(row["has_photo"]),
        is_safe=row["category"] == ObservationCategory.SAFE,
        suggestions=_suggestions(identity),
        absorbed=_absorbed(identity),
    )


def _suggestions(identity: str) -> tuple[Suggestion, ...]:
    pairs = walk_data.suggestions()
    mine = pairs[(pairs["kept"] == identity) | (pairs["absorbed"] == identity)]
    known = walk_data.world().findings.set_index("observation_id")
    found = []
    for pair in mine.itertuples():
        other = pair.absorbed if pair.kept == identity else pair.kept
        row = known.loc[other]
        told = finding_words.merge_suggestion(pair.metres, *_seen(row))
        voices = int(row["voices"] + known.at[identity, "voices"])
        edition = RowEdition(other, int(row["version"]))
        found.append(Suggestion(edition, told, voices, other == pair.kept))
    return tuple(found)


def _absorbed(identity: str) -> tuple[Suggestion, ...]:
    known = walk_data.world().findings
    found = []
    for _, row in known[known["merged_into"] == identity].iterrows():
        edition = RowEdition(row["observation_id"], int(row["version"]))
        told = finding_words.absorbed_finding(*_seen(row))
        found.append(Suggestion(edition, told, int(row["voices"]), False))
    return tuple(found)


def _seen(row: Mapping) -> tuple[str, str]:
    """Day and text of a finding, empty where there is none."""
    day = "" if row["day"] != row["day"] else formats.day(row["day"])
    return day, listing.text_of(row["text"])


def photo(identity: str) -> bytes | None:
    """The picture of a finding."""
    return walk_work.photo(data.workplace(), identity)


def history(identity: str) -> list[str]:
    """What was changed, in words."""
    return walk_listing.history_lines(walk_work.history(data.workplace(), identity))


def owners() -> list[str]:
    """Those who have been given findings before."""
    return walk_work.owners(data.workplace())


def change(
    edition: RowEdition, draft: FindingDraft, *, despite_warnings: bool = False
) -> tuple[Warned, ...]:
    """Store what somebody has filled in, all of it or nothing; with warnings nothing is stored.

    Parameters
    ----------
    edition
        The finding as it was on the screen.
    draft
        What was filled in.
    despite_warnings
        Whether the words are to be kept as they are.

    Raises
    ------
    ValueError
        If the due date cannot be read.
    StoreError
        If somebody else was first, or the store refuses; nothing is changed then.
    """
    due = date.fromisoformat(draft.due.strip()) if draft.due.strip() else None
    wanted = Handling(draft.owner, due, FindingStatus(draft.status), draft.reason, draft.text)
    done = finding_edits.handle(
        data.workplace(), edition, wanted, walk_page_words.ROLE, despite_warnings=despite_warnings
    )
    return done.warnings if done.version is None else ()


def merge(mine: RowEdition, other: RowEdition, other_is_kept: bool) -> None:
    """Let one of two findings speak for both, the earlier one."""
    kept, absorbed = (other, mine) if other_is_kept else (mine, other)
    finding_edits.merge(data.workplace(), kept, absorbed, walk_page_words.ROLE)


def unmerge(absorbed: RowEdition) -> None:
    """Let a finding that another speaks for speak for itself again."""
    finding_edits.unmerge(data.workplace(), absorbed, walk_page_words.ROLE)


def remove_photo(edition: RowEdition) -> None:
    """Take a finding's photo away."""
    finding_edits.remove_photo(data.workplace(), edition, walk_page_words.ROLE)


@dataclass(frozen=True)
class FindingAnswer:
    """What became of a report, and the sentence.

    ``stored``, ``warned``, ``refused``, or ``taken``: another report is stored by its identity.
    """

    state: str
    said: str


def receive(sent: Mapping[str, object]) -> FindingAnswer:
    """Store what a phone has sent, once however often it is sent."""
    try:
        told = walk_sent.read(sent)
        seen = [] if told.observation is None else [told.observation]
        saved = walk_work.save(
            data.workplace(),
            walk_page_words.SOURCE_FORM,
            told.walk,
            seen,
            despite_warnings=told.kept,
        )
    except TrygghetskartaError as error:
        return FindingAnswer("refused", phone_words.report_refused(error))
    if saved.reports is None:
        found = [(one.found.kind, one.found.text) for one in saved.warnings]
        return FindingAnswer("warned", finding_words.personal_warning(found))
    if saved.reports.different:
        return FindingAnswer("taken", "")
    category = None if told.observation is None else told.observation.category
    return FindingAnswer("stored", phone_words.report_stored(category))


@dataclass(frozen=True, eq=False)
class FormGround:
    """What the phone's form stands on."""

    municipality: str
    script: MapScript
    state: dict


def form_ground() -> FormGround:
    """Districts to point on; nothing of walks and incidents is read for it."""
    place = data.workplace()
    return _form_ground(status.fingerprint(place)[0], place.today())


@st.cache_resource(max_entries=2, show_spinner=False)
def _form_ground(identity: str, today: date) -> FormGround:
    place = data.workplace()
    areas = workplace.districts(place)
    town = place.municipality
    where = (town.latitude, town.longitude, town.zoom, place.settings.tile_url)
    state = bare_maps.bare_state(len(areas), phone_words.FORM_MAP_HINT)
    return FormGround(town.name, maps.script(areas, *where), state)


def files_in(file: Upload) -> list[Upload]:
    """The files of an uploaded archive, and any other file as it is.

    What cannot be opened is told when it is read in.
    """
    if not file.name.lower().endswith(points(FileForm.ARCHIVE)):
        return [file]
    try:
        held = file_work.read(jobs.unpack, file)
    except TrygghetskartaError:
        return [file]
    return [Upload(f"{file.identity}/{i}", *one) for i, one in enumerate(held)]


def received(file: Upload, layer: str | None) -> Waiting | list[str]:
    """A list whose columns can be confirmed, or the names of its tables where one must be chosen.

    Raises
    ------
    SourceError, CrsError
        If it cannot be read.
    """
    try:
        return file_work.read(jobs.look_at_list, file, walk_page_words.WALKS_SOURCE, layer)
    except SourceError as error:
        if error.cause is not SourceCause.SEVERAL_LAYERS or layer is not None:
            raise
        return [*error.facts["layers"], *error.facts.get("others", [])]


def import_files(
    files: Sequence[Upload],
    told: WalkDetails,
    lists: Mapping[str, Waiting],
    confirmed: frozenset[DoubtKind] = frozenset(),
) -> list[Outcome]:
    """Import tracks and lists, each file for itself; those in doubt only when it is confirmed.

    Parameters
    ----------
    files
        The files.
    told
        What is said of tracks.
    lists
        Lists with their columns as confirmed, by the SHA-256 of the file.
    confirmed
        Doubts that the user has confirmed.
    """
    source = walk_page_words.WALKS_SOURCE
    reading = Reading(kind=None, source=source, told=told, received=lists, confirmed=confirmed)
    name = files[0].name if len(files) == 1 else walk_page_words.files_together(len(files))
    asked = ([one.parcel for one in files], reading)
    work = FileWork(jobs.walk, asked, files, budget.to_walk, name)
    return file_work.done(work, walk_page_words.INTAKE_RUNNING)


def import_network(file: Upload) -> tuple[str, tuple[str, ...]]:
    """Import a street network; tell what became of it, and which rows and columns were not read."""
    asked = (file.parcel, walk_page_words.WALKS_SOURCE, None, False)
    work = FileWork(jobs.pave, asked, [file], budget.to_store)
    done = file_work.done(work, walk_page_words.INTAKE_RUNNING)
    stored = done.stored
    told = walk_page_words.network_line(stored.new, stored.unchanged, stored.removed)
    return told, tuple(import_note_words.account_lines(done.aside, done.unread))


def outcome_lines(
    outcomes: Sequence[Outcome],
) -> list[tuple[str, bool | None, str, tuple[str, ...]]]:
    """File, whether it was stored, what became of it, and what was noticed.

    None for one that is neither stored nor refused: something of it is asked first.
    """
    lines = []
    for one in outcomes:
        if one.report is None:
            stored = None if one.doubts else False
            lines.append((one.file, stored, error_words.error_sentence(one.error), ()))
            continue
        done = one.report
        told = walk_page_words.intake_line(done.read, done.new, done.changed, done.quarantined)
        noticed = import_note_words.note_lines(done.notes)
        noticed += import_note_words.account_lines(done.aside, done.unread)
        lines.append((one.file, True, told, tuple(noticed)))
    return lines
