"""What becomes of a step: done, or one sentence and an exit status."""

import contextlib
import json
import logging
import os
import sys
import tempfile
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from trygghetskarta import settings
from trygghetskarta.errors import TrygghetskartaError
from trygghetskarta.intake import status
from trygghetskarta.intake.accounts import UnconfirmedError
from trygghetskarta.intake.workplace import Workplace
from trygghetskarta.settings import Settings
from trygghetskarta.terms.doubts import Doubt
from trygghetskarta.words import command_words, error_words

SOME_STORED = 1
NOTHING_STORED = 2
"""Exit statuses beside 0."""

_Result = TypeVar("_Result")
_LOG = logging.getLogger("trygghetskarta")


@dataclass(frozen=True)
class Stopped:
    """Why a step was not taken to its end.

    Attributes
    ----------
    sentence
        For whoever typed the command.
    expected
        Whether the step is known to have stored nothing.
    doubts
        What must be confirmed before it is taken.
    """

    sentence: str
    expected: bool
    doubts: tuple[Doubt, ...] = ()

    def exit_status(self, place: Workplace, before: tuple[str, int]) -> int:
        """2 when the store is as it was before the step, else 1."""
        try:
            same = self.expected or status.fingerprint(place) == before
        except TrygghetskartaError:
            # The store cannot be asked any more: something may be there.
            same = False
        return NOTHING_STORED if same else SOME_STORED


def attempt(step: Callable[[], _Result], ground: Settings) -> _Result | Stopped:
    """Take a step of a command; one sentence for whatever stops it."""
    try:
        return step()
    except TrygghetskartaError as error:
        return stopped_by(error)
    except KeyboardInterrupt:
        return Stopped(command_words.CLI_INTERRUPTED, expected=False)
    except MemoryError:
        return Stopped(command_words.CLI_NO_MEMORY, expected=False)
    except BrokenPipeError:
        _say_no_more()
        return Stopped(command_words.CLI_NOBODY_READS, expected=False)
    except SystemExit as error:
        return _unexpected(error, ground)
    except Exception as error:
        return _unexpected(error, ground)


def _unexpected(error: BaseException, ground: Settings) -> Stopped:
    code = uuid.uuid4().hex[:8]
    file = _log(f"unexpected error {code}", error, ground.store)
    return Stopped(command_words.CLI_UNEXPECTED.format(code=code, file=file), expected=False)


def stopped_by(error: TrygghetskartaError) -> Stopped:
    """One sentence for an error raised on purpose, and what it asks to be confirmed."""
    doubts = error.doubts if isinstance(error, UnconfirmedError) else ()
    return Stopped(error_words.error_sentence(error), expected=True, doubts=doubts)


def finish(exit_status: int) -> int:
    """End the command's output; gives the exit status, whether anybody still reads or not."""
    try:
        sys.stdout.flush()
    except BrokenPipeError:
        _say_no_more()
    return exit_status


def _say_no_more() -> None:
    """Let what is still to be said go nowhere: whoever read it has gone (``… | head``)."""
    with contextlib.suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _log(line: str, error: BaseException, store: str) -> Path:
    """Write an error with its traceback to the log beside the store; gives the log's path."""
    name = "trygghetskarta.log"
    beside = settings.data_folder() if "://" in store else Path(store).parent
    for path in (beside / name, Path(tempfile.gettempdir()) / name):
        try:
            handler = logging.FileHandler(path, encoding="utf-8", errors="backslashreplace")
        except (OSError, ValueError):
            continue
        handler.setFormatter(logging.Formatter("%(asctime)s %(message)s"))
        handler.handle(_LOG.makeRecord(_LOG.name, logging.ERROR, "", 0, line, (), _of(error)))
        handler.close()
        return path
    return Path(os.devnull)


def _of(error: BaseException) -> tuple:
    return type(error), error, error.__traceback__


def refuse(sentence: str, as_json: bool, usage: str = "") -> int:
    """Say why nothing was done; the same as JSON where a program listens."""
    tell(usage + sentence)
    if as_json:
        print(json.dumps({"error": sentence}, ensure_ascii=False))
    return NOTHING_STORED


def tell(line: str) -> None:
    """Say a line to whoever sits at the terminal, beside the command's own output."""
    print(line, file=sys.stderr, flush=True)
