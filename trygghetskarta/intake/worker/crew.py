"""The workers of this process: started when they are needed, and taken again."""

import atexit
import threading
from collections.abc import Callable
from typing import Any

from trygghetskarta.errors import WorkCause, WorkError
from trygghetskarta.intake import fault_log, status
from trygghetskarta.intake.worker.budget import Budget
from trygghetskarta.intake.worker.jobs import Bench
from trygghetskarta.intake.worker.messages import Job
from trygghetskarta.intake.worker.process import GoneError, Process
from trygghetskarta.intake.workplace import Workplace
from trygghetskarta.settings import Settings

_BETWEEN = 0.2
"""Seconds between two words of waiting."""
_SWOLLEN = 0.6
"""Share of the memory to read that a worker may keep and still be given another file."""


class Crew:
    """At most so many workers at once as the settings say; who comes later waits."""

    def __init__(self) -> None:
        self._turn = threading.Condition()
        self._free: list[Process] = []
        self._working: list[Process] = []
        self._busy = 0

    def run(
        self,
        job: Job,
        place: Workplace,
        budget: Budget,
        tell: Callable[[float], None],
        queued: Callable[[], None],
    ) -> Any:
        """Have a job done by a worker that knows its file, or by another.

        Parameters
        ----------
        job, budget, tell
            As of :meth:`Process.work`.
        place
            Where it is done.
        queued
            Called several times a second while all are busy; what it raises ends the waiting.

        Raises
        ------
        WorkError
            If the work was ended before it was done; ``is_changed`` tells whether the store is
            another than before.
        TrygghetskartaError
            What the job was refused for.
        """
        if not place.settings.import_workers:
            bench = Bench(place, tell, tell, lambda one: job.contents[one.identity])
            return job.act(bench, *job.asked)
        before = status.fingerprint(place)
        try:
            return self._run(job, place.settings, budget, tell, queued)
        except WorkError as error:
            error.facts["is_changed"] = status.fingerprint(place) != before
            raise

    def _run(
        self,
        job: Job,
        ground: Settings,
        budget: Budget,
        tell: Callable[[float], None],
        queued: Callable[[], None],
    ) -> Any:
        self._queue(ground, queued)
        try:
            # One that was waiting may have ended just now; one that is new has a reason to.
            for is_new in (False, True):
                process = self._worker(job, ground, is_new)
                self._working.append(process)
                try:
                    return process.work(job, ground, budget, tell)
                except GoneError:
                    continue
                finally:
                    self._put_back(process)
            code, _ = fault_log.note("worker did not start", ground.store)
            raise WorkError(WorkCause.DIED, file=job.name, code=code)
        finally:
            with self._turn:
                self._busy -= 1
                self._turn.notify()

    def warm(self, ground: Settings) -> None:
        """Have a worker ready for whoever brings a file next; does not wait for it."""
        with self._turn:
            self._free = [one for one in self._free if one.is_alive]
            if ground.import_workers and not self._free and not self._busy:
                self._free.append(Process(ground.import_idle_seconds))

    def close(self) -> None:
        """Let every worker that waits go, and end those that work."""
        with self._turn:
            free, self._free = self._free, []
            working = list(self._working)
        for one in working:
            one.end()
        for one in free:
            one.dismiss()

    def _queue(self, ground: Settings, queued: Callable[[], None]) -> None:
        while True:
            with self._turn:
                if self._busy < ground.import_workers:
                    self._busy += 1
                    return
                self._turn.wait(_BETWEEN)
            queued()

    def _worker(self, job: Job, ground: Settings, is_new: bool) -> Process:
        asked = {one.identity for one in job.parcels}
        with self._turn:
            self._free = [one for one in self._free if one.is_alive]
            knows = [one for one in self._free if one.holds & asked]
            chosen = next(iter([] if is_new else [*knows, *self._free]), None)
            if chosen is not None:
                self._free.remove(chosen)
            # Never more than are allowed: what waits beside those that work gives way.
            surplus = self._free[: max(0, self._busy + len(self._free) - ground.import_workers)]
            self._free = [one for one in self._free if one not in surplus]
        for one in surplus:
            one.end()
        if chosen is not None and chosen not in knows:
            if chosen.megabytes() <= _SWOLLEN * ground.read_megabytes:
                return chosen
            chosen.end()
        elif chosen is not None:
            return chosen
        return Process(ground.import_idle_seconds)

    def _put_back(self, process: Process) -> None:
        with self._turn:
            self._working.remove(process)
            if process.is_alive:
                self._free.append(process)


CREW = Crew()
"""The one of this process."""
atexit.register(CREW.close)
