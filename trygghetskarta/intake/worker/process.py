"""One worker seen from outside: told what to do, watched, and ended when it takes too much."""

import contextlib
import os
import queue
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import psutil

from trygghetskarta.errors import WorkCause, WorkError
from trygghetskarta.intake import fault_log
from trygghetskarta.intake.worker import messages
from trygghetskarta.intake.worker.budget import Budget
from trygghetskarta.intake.worker.messages import Job, Order
from trygghetskarta.settings import Settings

_LOOK = 0.05
"""Seconds between two looks at what it takes."""
_BETWEEN = 0.2
"""Seconds between two words of how far it is."""
_PATIENCE = 1.5
"""Seconds in which it may leave off by itself."""
_GONE = object()


class GoneError(Exception):
    """The process has ended before it took an order."""


class Process:
    """A process of its own, with an interpreter that has not run the program's main module."""

    def __init__(self, idle: float) -> None:
        self.holds: frozenset[str] = frozenset()
        self._idle = idle
        self._heard: queue.SimpleQueue[Any] = queue.SimpleQueue()
        home = str(Path(__file__).resolve().parents[3])
        paths = [home, *filter(None, [os.environ.get("PYTHONPATH")])]
        self._child = subprocess.Popen(
            # -P: no module of the folder that somebody stands in is taken for one of Python's.
            [sys.executable, "-P", "-m", "trygghetskarta.intake.worker", str(idle)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env={**os.environ, "PYTHONPATH": os.pathsep.join(paths)},
            # A group of its own: Ctrl+C at the terminal is for the program, which decides.
            start_new_session=True,
            creationflags=getattr(subprocess, "CREATE_NEW_PROCESS_GROUP", 0),
        )
        self._seen = psutil.Process(self._child.pid)
        threading.Thread(target=self._listen, daemon=True).start()

    @property
    def pid(self) -> int:
        """Its number."""
        return self._child.pid

    @property
    def is_alive(self) -> bool:
        """Whether it can be told to do something."""
        return self._child.poll() is None

    def megabytes(self) -> float:
        """Memory that it has now; 0 when it has ended."""
        try:
            return float(self._seen.memory_info().rss) / 1e6
        except psutil.NoSuchProcess:
            return 0.0

    def work(
        self, job: Job, ground: Settings, budget: Budget, tell: Callable[[float], None]
    ) -> Any:
        """Have a job done.

        Parameters
        ----------
        job, ground
            What is to be done, and where.
        budget
            What it may cost.
        tell
            Called with 0 to 1 several times a second; what it raises ends the job: the worker may
            leave off by itself, and is ended when it does not.

        Raises
        ------
        GoneError
            If the process had ended before.
        WorkError
            ``TOO_LONG``, ``TOO_BIG``, ``DIED``, ``BROKE_OFF``; the process has ended, but for the
            last.
        TrygghetskartaError
            What the job was refused for.
        """
        is_settled = False
        try:
            self._say(Order(ground, job.act, job.asked, budget.seconds))
            self.holds = frozenset(one.identity for one in job.parcels)
            started: float | None = None
            part, told, heard = 0.0, 0.0, 0.0
            while True:
                message = self._hear(_LOOK)
                match message:
                    case messages.Begun():
                        started = heard = self._seconds()
                    case messages.PartDone(part, is_stage):
                        heard = self._seconds() if is_stage else heard
                    case messages.Wanted(identity):
                        self._say(job.contents[identity])
                    case messages.Done(answer):
                        is_settled = True
                        return answer
                    case messages.Refused(error):
                        is_settled = True
                        if isinstance(error, WorkError):
                            facts = {"megabytes": round(budget.megabytes), **error.facts}
                            raise WorkError(error.cause, file=job.name, **facts)
                        raise error
                    case _ if message is _GONE:
                        is_settled = True
                        if started is None:
                            raise GoneError
                        raise self._died(job, ground)
                if started is not None:
                    self._require(job, budget, started, heard, part)
                if time.monotonic() - told >= _BETWEEN:
                    told = time.monotonic()
                    tell(part)
        finally:
            if not is_settled:
                self._leave_off()

    def _require(self, job: Job, budget: Budget, started: float, heard: float, part: float) -> None:
        now = self._seconds()
        if not budget.allows(now - started, now - heard, part):
            self.end()
            limit = budget.seconds if now - started > budget.seconds else budget.stretch
            raise WorkError(WorkCause.TOO_LONG, file=job.name, seconds=round(limit))
        if self.megabytes() > budget.megabytes:
            self.end()
            raise WorkError(WorkCause.TOO_BIG, file=job.name, megabytes=round(budget.megabytes))

    def _died(self, job: Job, ground: Settings) -> WorkError:
        ended = self._child.wait()
        code, _ = fault_log.note(f"worker ended with {ended}", ground.store)
        return WorkError(WorkCause.DIED, file=job.name, code=code)

    def _leave_off(self) -> None:
        """Let it undo what is half done, and end it when that takes too long."""
        if self.is_alive:
            until = time.monotonic() + _PATIENCE
            self._say(messages.Stop())
            while (left := until - time.monotonic()) > 0:
                last = self._hear(left)
                if isinstance(last, messages.Done | messages.Refused | messages.LeftOff):
                    return
                if last is _GONE:
                    break
        self.end()

    def end(self) -> None:
        """End it at once; what it has not stored is not stored."""
        self._child.kill()
        self._child.wait()
        self._close()

    def dismiss(self) -> None:
        """Let it end by itself: nothing is to be done any more."""
        self._close()
        try:
            self._child.wait(_PATIENCE)
        except subprocess.TimeoutExpired:
            self.end()

    def _close(self) -> None:
        if self._child.stdin is not None:
            with contextlib.suppress(OSError):
                self._child.stdin.close()

    def _say(self, message: object) -> None:
        assert self._child.stdin is not None
        # Where nobody is any more, what it said last is heard first, and then that it has gone.
        with contextlib.suppress(OSError, ValueError):
            messages.send(self._child.stdin, message)

    def _hear(self, seconds: float) -> Any:
        try:
            return self._heard.get(timeout=seconds)
        except queue.Empty:
            return None

    def _listen(self) -> None:
        assert self._child.stdout is not None
        try:
            with self._child.stdout as answers, contextlib.suppress(EOFError, OSError, ValueError):
                while True:
                    self._heard.put(messages.receive(answers))
        finally:
            self._heard.put(_GONE)
            self._child.wait()
            self._close()

    def _seconds(self) -> float:
        """Processor time that it has used."""
        try:
            used = self._seen.cpu_times()
        except psutil.NoSuchProcess:
            return 0.0
        return float(used.user + used.system)
