"""Work in a process of its own: limits, leaving off, and what comes back."""

import io
import os
import subprocess
import sys
import threading
import time
from dataclasses import replace
from pathlib import Path

import openpyxl
import psutil
import pytest

from tests.intake.worker import acts
from tests.kept import ROOT
from trygghetskarta import settings
from trygghetskarta.errors import SourceCause, TrygghetskartaError, WorkCause, WorkError
from trygghetskarta.intake import status
from trygghetskarta.intake.accounts import UnconfirmedError
from trygghetskarta.intake.worker import budget, jobs
from trygghetskarta.intake.worker.budget import Budget
from trygghetskarta.intake.worker.crew import Crew
from trygghetskarta.intake.worker.messages import Job, Parcel
from trygghetskarta.terms.imports import TableKind
from trygghetskarta.words import error_words

pytestmark = pytest.mark.slow

PATIENCE = 60
AMPLE = Budget(60, 4000)
HEADER = "Id;Brottskod;Inskrivningsdatum;Stadsdel\n"


class CalledOff(BaseException):
    """As what a page's run is ended with."""


@pytest.fixture(scope="module")
def crew():
    mine = Crew()
    yield mine
    mine.close()


@pytest.fixture
def ask(crew, place):
    def run(act, *asked, cost=AMPLE, file=None, tell=lambda part: None, queued=lambda: None):
        name, content = file or ("prov.csv", b"")
        parcel = Parcel(f"{name}-{len(content)}", name, len(content))
        given = (parcel, *asked) if file else asked
        job = Job(act, given, name, (parcel,), {parcel.identity: content})
        return crew.run(job, place, cost, tell, queued)

    return run


def refused(run) -> WorkError:
    with pytest.raises(WorkError) as caught:
        run()
    assert "{" not in error_words.error_sentence(caught.value)
    return caught.value


def wait_until(is_so, patience: float = PATIENCE) -> bool:
    until = time.monotonic() + patience
    while time.monotonic() < until:
        if is_so():
            return True
        time.sleep(0.05)
    return False


def test_the_same_process_is_taken_again(ask):
    assert ask(acts.say_who) == ask(acts.say_who)


def test_a_large_content_comes_whole(ask):
    content = bytes(range(256)) * 40_000
    assert ask(acts.say_content, file=("stor.bin", content)) == content


def test_what_takes_too_long_is_ended_and_the_next_job_is_done(ask):
    before = ask(acts.say_who)
    error = refused(lambda: ask(acts.burn, cost=Budget(0.5, 4000)))
    assert error.cause is WorkCause.TOO_LONG and error.facts["file"] == "prov.csv"
    assert not psutil.pid_exists(before)
    assert ask(acts.say_who) != before


def test_what_takes_too_much_memory_is_ended(ask):
    error = refused(lambda: ask(acts.hoard, cost=Budget(60, 700)))
    assert error.cause is WorkCause.TOO_BIG and error.facts["megabytes"] == 700


def test_a_worker_that_dies_has_a_code_that_stands_in_the_log(ask, place):
    error = refused(lambda: ask(acts.die))
    assert error.cause is WorkCause.DIED
    log = Path(place.settings.store).with_name("trygghetskarta.log").read_text("utf-8")
    assert f"worker ended with 3 {error.facts['code']}" in log
    assert ask(acts.say_who)


def test_an_unexpected_error_has_a_code_and_its_traceback_in_the_log(ask, place):
    before = ask(acts.say_who)
    error = refused(lambda: ask(acts.break_off))
    assert error.cause is WorkCause.BROKE_OFF
    log = Path(place.settings.store).with_name("trygghetskarta.log").read_text("utf-8")
    assert error.facts["code"] in log and "ZeroDivisionError: on purpose" in log
    assert ask(acts.say_who) == before


def test_no_memory_left_is_said_as_such(ask):
    assert refused(lambda: ask(acts.write_half)).cause is WorkCause.TOO_BIG


def test_errors_come_whole(ask):
    with pytest.raises(TrygghetskartaError) as caught:
        ask(acts.refuse, "source")
    assert caught.value.cause is SourceCause.SEVERAL_LAYERS
    assert caught.value.facts == {"file": "a.gpkg", "layers": ["a", "b"]}
    with pytest.raises(UnconfirmedError) as doubted:
        ask(acts.refuse, "doubts")
    assert doubted.value.doubts[0].facts == {"role": "År"}
    with pytest.raises(TrygghetskartaError) as faulty:
        ask(acts.refuse, "table")
    assert len(faulty.value.faults) == 2
    assert "Rad 7" in error_words.error_sentence(faulty.value)


def stopping(at: float = 0.0):
    def tell(part: float) -> None:
        if part >= at:
            raise CalledOff

    return tell


def test_a_job_that_tells_leaves_off_and_its_process_stays(ask, tmp_path):
    before = ask(acts.say_who)
    with pytest.raises(CalledOff):
        ask(acts.sleep, "", tell=stopping(0.5))
    assert ask(acts.say_who) == before


def test_a_job_that_never_tells_is_ended_within_seconds(ask):
    before = ask(acts.say_who)
    began = time.monotonic()
    with pytest.raises(CalledOff):
        ask(acts.burn, tell=stopping())
    assert time.monotonic() - began < 15
    assert not psutil.pid_exists(before)


def rows(n: int) -> bytes:
    lines = (f"A{i};0801;2025-{i % 12 + 1:02}-{i % 28 + 1:02};Sylte" for i in range(n))
    return (HEADER + "\n".join(lines)).encode()


def test_what_is_called_off_while_it_is_stored_leaves_the_store_as_it_was(ask, place):
    file = ("uttag.csv", rows(40_000))
    waiting = ask(jobs.look, TableKind.INCIDENTS, None, file=file)
    before = status.fingerprint(place)
    seen = []

    def tell(part: float) -> None:
        seen.append(part)
        if part > 0.46:
            raise CalledOff

    with pytest.raises(CalledOff):
        ask(jobs.bring, waiting, "Polisen", None, file=file, tell=tell)
    assert status.fingerprint(place) == before and status.describe(place).incidents == 0
    done = ask(jobs.bring, waiting, "Polisen", None, file=file)
    assert done.new == 40_000 and status.describe(place).incidents == 40_000
    assert status.fingerprint(place) != before


def test_a_file_is_sent_once_and_its_first_cells_and_every_fault_come_back(ask, place):
    lines = "".join(f"A{i};0801;2025-01-{'32' if i % 2 else '05'};Sylte\n" for i in range(600))
    file = ("uttag.csv", (HEADER + lines).encode())
    waiting = ask(jobs.look, TableKind.INCIDENTS, None, file=file)
    assert len(waiting.raw.frame) <= 200 and list(waiting.head["Id"])[:2] == ["A0", "A1"]
    nothing = ("uttag.csv", b"\0" * len(file[1]))  # the same parcel: it must not be asked for
    checked = ask(jobs.check, waiting, "Polisen", None, file=nothing)
    assert (checked.read, checked.accepted, checked.quarantined) == (600, 300, 300)
    assert len({fault.row for fault in checked.faults}) == 300
    assert status.describe(place).incidents == 0


def test_a_worker_that_has_lost_the_file_is_sent_it_again(ask):
    file = ("uttag.csv", rows(10))
    waiting = ask(jobs.look, TableKind.INCIDENTS, None, file=file)
    refused(lambda: ask(acts.die))
    assert ask(jobs.check, waiting, "Polisen", None, file=file).accepted == 10


def test_who_comes_when_all_are_busy_waits_and_is_told(place, tmp_path):
    crew = Crew()
    few = replace(place, settings=replace(place.settings, import_workers=1))
    free = tmp_path / "free"
    first = threading.Thread(
        target=crew.run,
        args=(Job(acts.wait_for, (str(free),), "a", (), {}), few, AMPLE, lambda part: None, int),
    )
    first.start()
    assert wait_until(lambda: crew._busy == 1)
    waited = []

    def queued() -> None:
        waited.append(crew._busy)
        free.touch()

    other = crew.run(Job(acts.say_who, (), "b", (), {}), few, AMPLE, lambda part: None, queued)
    first.join()
    assert waited and waited[0] == 1
    (worker,) = crew._free
    assert worker.pid == other
    crew.close()
    assert not psutil.pid_exists(other)


def test_whoever_works_is_ended_when_all_is_closed(place, tmp_path):
    crew = Crew()
    mark = tmp_path / "mark"
    said = []

    def run() -> None:
        with pytest.raises(WorkError) as caught:
            crew.run(Job(acts.burn, (str(mark),), "a", (), {}), place, AMPLE, said.append, int)
        said.append(caught.value)

    working = threading.Thread(target=run)
    working.start()
    assert wait_until(lambda: mark.exists() and mark.read_text("utf-8"))
    crew.close()
    working.join(PATIENCE)
    assert said[-1].cause is WorkCause.DIED
    assert not psutil.pid_exists(int(mark.read_text("utf-8")))


def test_without_workers_it_is_done_here(place):
    here = replace(place, settings=replace(place.settings, import_workers=0))
    job = Job(acts.say_who, (), "a", (), {})
    assert Crew().run(job, here, AMPLE, lambda part: None, int) == os.getpid()


def test_a_worker_without_work_ends(place):
    crew = Crew()
    ground = replace(place.settings, import_idle_seconds=0)
    crew.warm(ground)
    (worker,) = crew._free
    assert wait_until(lambda: not worker.is_alive)
    crew.close()


PARENT = """
import sys
from tests.intake.worker import acts
from trygghetskarta import settings
from trygghetskarta.intake.worker.budget import Budget
from trygghetskarta.intake.worker.crew import CREW
from trygghetskarta.intake.worker.messages import Job
from trygghetskarta.intake.workplace import open_workplace
store, act, mark = sys.argv[1:]
job = Job(getattr(acts, act), (mark,), "a", (), {})
place = open_workplace(settings.Settings(store=store), settings.today)
CREW.run(job, place, Budget(600, 4000), lambda part: None, int)
"""


@pytest.mark.parametrize("act", ["sleep", "burn"])
def test_a_worker_ends_with_whoever_started_it(place, tmp_path, act):
    mark = tmp_path / "mark"
    parent = subprocess.Popen(
        [sys.executable, "-c", PARENT, place.settings.store, act, str(mark)], cwd=ROOT
    )
    try:
        assert wait_until(lambda: mark.exists() and mark.read_text("utf-8"))
        worker = psutil.Process(int(mark.read_text("utf-8")))
        assert worker.is_running()
    finally:
        parent.kill()
        parent.wait()
    assert wait_until(lambda: not worker.is_running(), 10)


def test_what_reads_without_a_word_has_less_time_than_what_stores(ask):
    reading = Budget(60, 4000, stretch=0.5, until=0.45)
    error = refused(lambda: ask(acts.burn, cost=reading))
    assert error.cause is WorkCause.TOO_LONG and error.facts["seconds"] == 0
    assert error.facts["is_changed"] is False
    storing = Budget(2, 4000, stretch=0.5, until=0.45)
    error = refused(lambda: ask(acts.tell_and_burn, 0.5, cost=storing))
    assert error.facts["seconds"] == 2


def test_words_on_the_way_give_no_more_time(ask):
    reading = Budget(60, 4000, stretch=0.5, until=0.45)
    seen = []
    error = refused(lambda: ask(acts.say_on_the_way, 0.1, cost=reading, tell=seen.append))
    assert error.cause is WorkCause.TOO_LONG and error.facts["seconds"] == 0
    assert 0.1 in seen


def as_workbook(content: bytes) -> bytes:
    book, made = openpyxl.Workbook(write_only=True), io.BytesIO()
    sheet = book.create_sheet()
    for line in content.decode().splitlines():
        sheet.append(line.split(";"))
    book.save(made)
    return made.getvalue()


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_the_bar_moves_while_a_file_is_read_and_understood(place, form):
    content = rows(20_000) if form == "csv" else as_workbook(rows(20_000))
    parcel, told = Parcel("a", f"uttag.{form}", len(content)), []
    bench = jobs.Bench(place, told.append, told.append, lambda one: content)
    waiting = jobs.look(bench, parcel, TableKind.INCIDENTS, None)
    assert told == sorted(told) and {round(part, 1) for part in told} >= {
        0.1,
        0.3,
        0.5,
        0.7,
        0.9,
        1,
    }
    told.clear()
    bench.kept.forget()
    jobs.bring(bench, parcel, waiting, "Polisen", None)
    assert told == sorted(told) and told[-1] == 1.0
    assert {round(part, 2) for part in told if part < 0.3} >= {0.0, 0.01, 0.02, 0.08, 0.1, 0.19}


def test_limits_grow_with_the_file():
    ground = settings.Settings()
    small, other = budget.to_read(ground, 0.01), budget.to_read(ground, 19.9)
    assert small == other == Budget(10, 1024)
    assert budget.to_read(ground, 45).seconds > 100
    stored = budget.to_store(ground, 1)
    assert stored.stretch == small.seconds < stored.seconds and stored.until < 1
    assert budget.to_store(ground, 20).megabytes > stored.megabytes
    walked = budget.to_walk(ground, 0.01)
    assert walked.stretch < 11 and walked.until == 1
