"""How far the reading of a file is: told on the way, heard by whoever waits for it.

What reads says it where it loops; nothing is handed through every function in between. What is
heard may raise, and ends the reading with it.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

Hearer = Callable[[float], None]

EVERY = 2000
"""Rows between two words."""


def _nobody(part: float) -> None:
    """Nobody waits."""


_HEARER: ContextVar[Hearer] = ContextVar("hearer", default=_nobody)


def say(part: float) -> None:
    """Tell whoever waits how far the work at hand is, 0 to 1."""
    _HEARER.get()(part)


@contextmanager
def heard_by(hearer: Hearer) -> Iterator[None]:
    """Let somebody hear what is said meanwhile."""
    before = _HEARER.set(hearer)
    try:
        yield
    finally:
        _HEARER.reset(before)


@contextmanager
def within(first: float, last: float) -> Iterator[None]:
    """Make what is said meanwhile a part of the whole, from ``first`` to ``last`` of it.

    Examples
    --------
    >>> with heard_by(print), within(0.5, 1.0):
    ...     say(0.5)
    0.5
    0.75
    1.0
    """
    hearer = _HEARER.get()
    hearer(first)
    with heard_by(lambda part: hearer(first + (last - first) * part)):
        yield
    hearer(last)
