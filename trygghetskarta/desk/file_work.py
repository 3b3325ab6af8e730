"""Work on files that somebody has handed over: done outside, while the page tells how far it is.

A press on anything while it goes on ends the run that waits, and with it the work; so does a page
that is loaded anew or closed. Nobody would be there to see the account.
"""

import threading
import uuid
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass, field
from typing import Any

import streamlit as st

from trygghetskarta.desk import data
from trygghetskarta.errors import TrygghetskartaError, WorkCause, WorkError
from trygghetskarta.intake import status
from trygghetskarta.intake.accounts import ImportReport
from trygghetskarta.intake.receiving import Waiting
from trygghetskarta.intake.worker import budget, jobs
from trygghetskarta.intake.worker.budget import Budget
from trygghetskarta.intake.worker.crew import CREW
from trygghetskarta.intake.worker.messages import Job, Parcel
from trygghetskarta.settings import Settings
from trygghetskarta.terms.imports import TableKind
from trygghetskarta.words import error_words, import_words

_ANSWERS = "file-answers"
"""Session key: what was read of files, or why it was not; the latest last."""
_MOST = 20
_SHOWN = "file-work-shown"
"""Session key: where work is shown."""
_GOING = "file-work-going"
"""Session key: the work that a run of the page waits for."""
_PATIENCE = 5.0
"""Seconds after which work that was left has ended, whatever it was."""


@dataclass(frozen=True)
class _Going:
    name: str
    before: tuple[str, int]
    has_ended: threading.Event = field(default_factory=threading.Event)


@dataclass(frozen=True)
class Upload:
    """A file a user has handed over; the same file handed over again has another identity."""

    identity: str
    name: str
    content: bytes

    @property
    def parcel(self) -> Parcel:
        """The file without its content."""
        return Parcel(self.identity, self.name, len(self.content))


def expect_files(is_likely: bool = True) -> None:
    """Choose the place on the page where work on files is shown, the same in every run.

    Parameters
    ----------
    is_likely
        Whether a file is likely to be brought next: then somebody who reads it is made ready.
    """
    st.session_state[_SHOWN] = st.empty()
    if is_likely:
        CREW.warm(data.workplace().settings)


def receive(kind: TableKind, file: Upload, layer: str | None) -> Waiting:
    """Read a file and recognise its columns, once however often the page is drawn."""
    return read(jobs.look, file, kind, layer)


def read(act: Callable[..., Any], file: Upload, *asked: Hashable) -> Any:
    """Have a file read, once however often the page is drawn.

    Also why it is not read is kept: a file that took too long is not tried again by itself.

    Parameters
    ----------
    act, asked
        Function of ``jobs``, and what it is asked of the file.
    file
        The file.

    Raises
    ------
    TrygghetskartaError
        If it is not read.
    """
    answers = st.session_state.setdefault(_ANSWERS, {})
    key = (act, file.identity, *asked, *status.fingerprint(data.workplace()))
    if key not in answers:
        called_off = WorkError(WorkCause.CANCELLED, file=file.name)
        try:
            answers[key] = done(
                FileWork(act, (file.parcel, *asked), [file], budget.to_read),
                import_words.READING.format(file=file.name),
                lambda: answers.update({key: called_off}),
            )
        except TrygghetskartaError as error:
            answers[key] = error
        while len(answers) > _MOST:
            answers.pop(next(iter(answers)))
    if isinstance(answers[key], TrygghetskartaError):
        raise answers[key]
    return answers[key]


def check_file(file: Upload, waiting: Waiting, source: str, crs: int | None) -> ImportReport:
    """What would become of a file, and what of it must be confirmed; nothing is stored."""
    asked = (file.parcel, waiting, source, crs)
    work = FileWork(jobs.check, asked, [file], budget.to_store)
    return done(work, import_words.CHECKING.format(file=file.name))


def import_file(file: Upload, waiting: Waiting, source: str, crs: int | None) -> ImportReport:
    """Import what the user has confirmed of a file."""
    asked = (file.parcel, waiting, source, crs)
    work = FileWork(jobs.bring, asked, [file], budget.to_store)
    return done(work, import_words.IMPORTING.format(file=file.name))


@dataclass(frozen=True)
class FileWork:
    """What is to be done with files.

    Attributes
    ----------
    act, asked
        Function of ``jobs``, and what it is asked.
    files
        The files it may ask for.
    cost
        What it may cost, by the settings and the size of the files in megabytes.
    name
        What several files are called together.
    """

    act: Callable[..., Any]
    asked: tuple[Any, ...]
    files: Sequence[Upload]
    cost: Callable[[Settings, float], Budget]
    name: str = ""


def done(work: FileWork, said: str, called_off: Callable[[], None] | None = None) -> Any:
    """Have work done; gives its answer.

    Parameters
    ----------
    work
        What is to be done.
    said
        What stands beside the bar.
    called_off
        Called when somebody presses the button that ends it; by default :func:`say_called_off`
        says that it was ended, whatever ended it.

    Raises
    ------
    TrygghetskartaError
        If there is no answer; ``WorkError`` has ``is_changed`` where the store is another than
        before.
    """
    place = data.workplace()
    name = work.name or work.files[0].name
    contents = {one.identity: one.content for one in work.files}
    job = Job(work.act, work.asked, name, tuple(one.parcel for one in work.files), contents)
    going = _Going(name, status.fingerprint(place))
    if called_off is None:
        st.session_state[_GOING] = going
    shown = st.session_state[_SHOWN]
    with shown.container():
        bar = st.progress(0.0, said)
        st.button(import_words.CANCEL_BUTTON, key=f"cancel-{uuid.uuid4().hex}", on_click=called_off)

    def tell(part: float) -> None:
        bar.progress(min(max(part, 0.0), 1.0), said)

    def queued() -> None:
        bar.progress(0.0, import_words.QUEUED.format(file=name))

    try:
        return CREW.run(job, place, work.cost(place.settings, job.megabytes), tell, queued)
    finally:
        going.has_ended.set()
        # Where the run is ended by a press these raise, and the run that follows tells of it.
        st.session_state.pop(_GOING, None)
        shown.empty()


def say_called_off() -> None:
    """Say that the work which this visitor has just left was ended, and whether it stored anything.

    Streamlit begins the run that follows a press while the one before it still leaves off.
    """
    going = st.session_state.pop(_GOING, None)
    if going is None:
        return
    going.has_ended.wait(_PATIENCE)
    changed = status.fingerprint(data.workplace()) != going.before
    ended = WorkError(WorkCause.CANCELLED, file=going.name, is_changed=changed)
    st.error(error_words.error_sentence(ended))
