"""What a command is: declared once in its module, assembled by ``__main__``."""

from argparse import ArgumentParser, Namespace
from collections.abc import Callable
from dataclasses import dataclass

from trygghetskarta.intake.workplace import Workplace
from trygghetskarta.settings import Settings

Run = Callable[[Namespace, Settings, Workplace], int]
RunWithoutStore = Callable[[Namespace], int]


@dataclass(frozen=True)
class Command:
    """A word of the command line.

    Attributes
    ----------
    word
        What is typed.
    help
        Swedish sentence of what it does.
    arguments
        Adds what may follow the word to its parser.
    run
        Does it on the open store, and gives the exit status.
    run_without_store
        In its place for a command that opens no store.
    """

    word: str
    help: str
    arguments: Callable[[ArgumentParser], None]
    run: Run | None = None
    run_without_store: RunWithoutStore | None = None
