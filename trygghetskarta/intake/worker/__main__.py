"""The worker's process: takes orders from the one that started it, and ends with it."""

import contextlib
import faulthandler
import logging
import os
import queue
import sys
import threading
import time
import warnings
from functools import partial
from typing import Any, BinaryIO

from trygghetskarta import settings
from trygghetskarta.errors import TrygghetskartaError, WorkCause, WorkError
from trygghetskarta.intake import fault_log
from trygghetskarta.intake.worker import messages
from trygghetskarta.intake.worker.jobs import Bench, Kept
from trygghetskarta.intake.worker.messages import Order, Parcel
from trygghetskarta.intake.workplace import Workplace, open_workplace
from trygghetskarta.settings import Settings

_BETWEEN = 0.1
"""Seconds between two words of how far it is."""
_GRACE = 30
"""Seconds of processor time above the limit after which the system itself ends the process: the
one that watches it may be gone."""


class _LeftOffError(BaseException):
    """The job is to be left; no error that anybody catches on the way."""


class _Worker:
    def __init__(self, orders: BinaryIO, answers: BinaryIO) -> None:
        self._orders, self._answers = orders, answers
        self._inbox: queue.SimpleQueue[Any] = queue.SimpleQueue()
        self._is_stopped = threading.Event()
        self._kept = Kept()
        self._place: Workplace | None = None
        self._told, self._part = 0.0, 0.0

    def run(self, idle: float) -> None:
        """Take one order after the other until none comes for a while."""
        threading.Thread(target=self._listen, daemon=True).start()
        while True:
            try:
                order = self._inbox.get(timeout=idle)
            except queue.Empty:
                return
            self._is_stopped.clear()
            self._say(self._answer(order))

    def _listen(self) -> None:
        """Hear orders also while working; when nobody is there any more, this is the end."""
        with contextlib.suppress(EOFError, OSError):
            while True:
                message = messages.receive(self._orders)
                if isinstance(message, messages.Stop):
                    self._is_stopped.set()
                else:
                    self._inbox.put(message)
        os._exit(0)

    def _answer(self, order: Order) -> object:
        try:
            place = self._opened(order.ground)
            _end_after(order.seconds + _GRACE)
            self._say(messages.Begun())
            self._part = 0.0
            try:
                hear = partial(self._tell, is_stage=False)
                bench = Bench(place, self._tell, hear, self._content, self._kept)
                return messages.Done(order.act(bench, *order.asked))
            finally:
                # Who waits for the next file has nothing open.
                place.engine.dispose()
        except _LeftOffError:
            return messages.LeftOff()
        except TrygghetskartaError as error:
            return messages.Refused(error)
        except MemoryError:
            return messages.Refused(WorkError(WorkCause.TOO_BIG))
        except Exception as error:
            code, _ = fault_log.note(error, order.ground.store)
            return messages.Refused(WorkError(WorkCause.BROKE_OFF, code=code))
        finally:
            _end_after(None)

    def _opened(self, ground: Settings) -> Workplace:
        if self._place is None or self._place.settings != ground:
            self._kept.forget()
            self._place = None
            self._place = open_workplace(ground, settings.today)
        return self._place

    def _tell(self, part: float, *, is_stage: bool = True) -> None:
        if self._is_stopped.is_set():
            raise _LeftOffError
        self._part = max(self._part, part)
        now = time.monotonic()
        if is_stage or now - self._told >= _BETWEEN:
            self._told = now
            self._say(messages.PartDone(self._part, is_stage))

    def _content(self, parcel: Parcel) -> bytes:
        self._say(messages.Wanted(parcel.identity))
        content: bytes = self._inbox.get()
        return content

    def _say(self, message: object) -> None:
        try:
            messages.send(self._answers, message)
        except OSError:
            os._exit(0)


def _end_after(seconds: float | None) -> None:
    """Let the system end the process when it has used so much more processor time; None: never."""
    if sys.platform == "win32":
        return
    import resource

    _, most = resource.getrlimit(resource.RLIMIT_CPU)
    limit = most if seconds is None else int(time.process_time() + seconds)
    with contextlib.suppress(ValueError):
        resource.setrlimit(resource.RLIMIT_CPU, (limit, most))


def main() -> None:
    """Work; what is written to the standard streams on the way is no answer."""
    orders, answers = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, 0)
    os.dup2(2, 1)
    warnings.simplefilter("ignore")
    logging.lastResort = logging.NullHandler()
    faulthandler.enable()
    _Worker(orders, answers).run(float(sys.argv[1]))


if __name__ == "__main__":
    main()
