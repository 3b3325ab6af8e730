"""What two processes of the program say to each other, over a pipe."""

import pickle
import struct
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any

from trygghetskarta.errors import TrygghetskartaError
from trygghetskarta.settings import Settings
from trygghetskarta.terms.file_forms import FileForm, points

_HEAD = struct.Struct(">Q?")
_PACKED = (*points(FileForm.WORKBOOK), *points(FileForm.OLD_WORKBOOK), *points(FileForm.ARCHIVE))
_TIMES = 4
"""How much larger a workbook or an archive is taken to be than its file: it is packed, and a row of
it costs more to read than one of text."""


@dataclass(frozen=True)
class Parcel:
    """A file that somebody has handed over, without its content.

    Attributes
    ----------
    identity
        The same file handed over again has another.
    name
        Its name.
    size
        Bytes.
    path
        Where it lies on this computer; None where its content is handed over.
    """

    identity: str
    name: str
    size: int
    path: Path | None = None


@dataclass(frozen=True)
class Job:
    """Work on files.

    Attributes
    ----------
    act
        A function of ``jobs``; it is called with its desk, and what is asked.
    asked
        What it is to do; no content of files is in it.
    name
        The file, or what the files are called together, for sentences.
    parcels
        The files.
    contents
        Bytes by a parcel's identity; never sent along, but when they are asked for. None of a file
        with a path.
    """

    act: Callable[..., Any]
    asked: tuple[Any, ...]
    name: str
    parcels: tuple[Parcel, ...]
    contents: Mapping[str, bytes] = field(repr=False)

    @property
    def megabytes(self) -> float:
        """Size of the files together, in millions of bytes; of what is packed as if it were not."""
        return (
            sum(
                one.size * (_TIMES if one.name.lower().endswith(_PACKED) else 1)
                for one in self.parcels
            )
            / 1e6
        )


@dataclass(frozen=True)
class Order:
    """To the worker: do this."""

    ground: Settings
    act: Callable[..., Any]
    asked: tuple[Any, ...]
    seconds: float


@dataclass(frozen=True)
class Stop:
    """To the worker: leave off at the next opportunity, and undo what is half done."""


@dataclass(frozen=True)
class Begun:
    """From the worker: the store is open, now it costs."""


@dataclass(frozen=True)
class PartDone:
    """From the worker: how far it is, 0 to 1.

    Attributes
    ----------
    part
        Never less than before.
    is_stage
        Whether a stage of the work is done; else it is on its way in one, and its time goes on.
    """

    part: float
    is_stage: bool = True


@dataclass(frozen=True)
class Wanted:
    """From the worker: the content of a file, which is sent as it is."""

    identity: str


@dataclass(frozen=True)
class Done:
    """From the worker: the answer."""

    answer: Any


@dataclass(frozen=True)
class Refused:
    """From the worker: why there is no answer."""

    error: TrygghetskartaError


@dataclass(frozen=True)
class LeftOff:
    """From the worker: it has left off as it was told."""


def send(pipe: IO[bytes], message: object) -> None:
    """Write a message, or bytes as they are.

    Raises
    ------
    OSError
        If nobody is at the other end any more.
    """
    if isinstance(message, bytes):
        pipe.write(_HEAD.pack(len(message), True))
        pipe.write(memoryview(message))
    else:
        data = pickle.dumps(message, pickle.HIGHEST_PROTOCOL)
        pipe.write(_HEAD.pack(len(data), False) + data)
    pipe.flush()


def receive(pipe: IO[bytes]) -> Any:
    """Wait for the next message.

    Raises
    ------
    EOFError
        If the other end has gone.
    """
    length, is_plain = _HEAD.unpack(_exactly(pipe, _HEAD.size))
    data = _exactly(pipe, length)
    return data if is_plain else pickle.loads(data)


def _exactly(pipe: IO[bytes], length: int) -> bytes:
    data = pipe.read(length)
    if len(data) < length:
        raise EOFError
    return data
