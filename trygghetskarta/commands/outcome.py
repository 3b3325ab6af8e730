"""What becomes of a step: done, or one sentence and an exit status."""

import contextlib
import json
import os
import sys
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from trygghetskarta.errors import TrygghetskartaError, WorkError
from trygghetskarta.intake import fault_log, status
from trygghetskarta.intake.accounts import UnconfirmedError
from trygghetskarta.intake.workplace import Workplace
from trygghetskarta.settings import Settings
from trygghetskarta.terms.doubts import Doubt
from trygghetskarta.words import command_words, error_words

SOME_STORED = 1
NOTHING_STORED = 2
"""Exit statuses beside 0."""

_Result = TypeVar("_Result")


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
    code, file = fault_log.note(error, ground.store)
    return Stopped(command_words.CLI_UNEXPECTED.format(code=code, file=file), expected=False)


def stopped_by(error: TrygghetskartaError) -> Stopped:
    """One sentence for an error raised on purpose, and what it asks to be confirmed."""
    doubts = error.doubts if isinstance(error, UnconfirmedError) else ()
    expected = not isinstance(error, WorkError)
    return Stopped(error_words.error_sentence(error), expected=expected, doubts=doubts)


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


def refuse(sentence: str, as_json: bool, usage: str = "") -> int:
    """Say why nothing was done; the same as JSON where a program listens."""
    tell(usage + sentence)
    if as_json:
        print(json.dumps({"error": sentence}, ensure_ascii=False))
    return NOTHING_STORED


def tell(line: str) -> None:
    """Say a line to whoever sits at the terminal, beside the command's own output."""
    print(line, file=sys.stderr, flush=True)
