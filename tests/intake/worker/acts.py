"""What a worker is asked to do in tests; it finds them by their names."""

import os
import time
from pathlib import Path

from trygghetskarta.errors import Fault, SourceCause, SourceError, TableError, TableRule
from trygghetskarta.intake.accounts import UnconfirmedError
from trygghetskarta.terms.doubts import Doubt, DoubtKind


def say_who(bench) -> int:
    return os.getpid()


def say_content(bench, parcel) -> bytes:
    return bench.content(parcel)


def burn(bench, mark: str = "") -> None:
    """Work for ever, and never tell."""
    _leave(mark)
    while True:
        sum(range(1000))


def tell_and_burn(bench, part: float) -> None:
    bench.tell(part)
    burn(bench)


def say_on_the_way(bench, part: float) -> None:
    """Work for ever, and say all the time how far it is."""
    while True:
        bench.hear(part)
        sum(range(1000))


def sleep(bench, mark: str) -> None:
    _leave(mark)
    while True:
        bench.tell(0.5)
        time.sleep(0.01)


def wait_for(bench, path: str) -> None:
    """Tell until a file is there."""
    while not Path(path).exists():
        bench.tell(0.5)
        time.sleep(0.01)


def hoard(bench) -> None:
    """Take ever more memory."""
    held = []
    while True:
        held.append(bytearray(os.urandom(1) * 5_000_000))
        time.sleep(0.01)


def die(bench) -> None:
    os._exit(3)


def break_off(bench) -> None:
    raise ZeroDivisionError("on purpose")


def refuse(bench, which: str) -> None:
    raise {
        "source": SourceError(SourceCause.SEVERAL_LAYERS, file="a.gpkg", layers=["a", "b"]),
        "doubts": UnconfirmedError("a.csv", (Doubt(DoubtKind.REMEMBERED_VALUE, {"role": "År"}),)),
        "table": TableError("areas", [Fault(TableRule.NOT_A_DATE, "Datum", 7, "x")] * 2),
    }[which]


def write_half(bench) -> None:
    """Say that something is stored that is not, and wait to be called off."""
    print("on the standard output, which is no answer")
    raise MemoryError


def _leave(mark: str) -> None:
    if mark:
        Path(mark).write_text(str(os.getpid()), "utf-8")
