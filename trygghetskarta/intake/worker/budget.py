"""What work on a file may cost, by its size."""

import math
from dataclasses import dataclass

from trygghetskarta.intake.intake import UNDERSTOOD
from trygghetskarta.settings import Settings

_SMALL = 20
"""Megabytes below which a file has the same limits, whatever its size."""
_SECONDS_TO_READ, _MEGABYTES_TO_READ = 5.0, 20.0
"""What each megabyte above may cost more to read: a workbook of a million rows has some 40."""
_SECONDS_TO_STORE, _MEGABYTES_TO_STORE = 15.0, 50.0
"""What each megabyte may cost more to import: some 20 000 rows of text."""
_LEAST_TO_STORE = 60.0
_SECONDS_TO_FIND = 5.0
"""What each megabyte of tracks may cost more than to read it: it is stored in the same stretch."""


@dataclass(frozen=True)
class Budget:
    """What work may cost.

    Attributes
    ----------
    seconds
        Processor time of all of it.
    megabytes
        Memory of the whole process.
    stretch
        Processor time between two words of how far it is, as long as it reads.
    until
        How far it is, 0 to 1, when everything is read.
    """

    seconds: float
    megabytes: float
    stretch: float = math.inf
    until: float = 1.0

    def allows(self, seconds: float, stretch: float, part: float) -> bool:
        """Whether it may go on, after so many seconds in all and since the last word."""
        return seconds <= self.seconds and (part >= self.until or stretch <= self.stretch)


def to_read(ground: Settings, megabytes: float) -> Budget:
    """What it may cost to read a file."""
    above = max(0.0, megabytes - _SMALL)
    return Budget(
        ground.read_seconds + _SECONDS_TO_READ * above,
        ground.read_megabytes + _MEGABYTES_TO_READ * above,
    )


def to_store(ground: Settings, megabytes: float) -> Budget:
    """What it may cost to understand what was read of a file, and to store it or try that."""
    read = to_read(ground, megabytes)
    return Budget(
        read.seconds + _LEAST_TO_STORE + _SECONDS_TO_STORE * megabytes,
        read.megabytes + _MEGABYTES_TO_STORE * megabytes,
        read.seconds,
        UNDERSTOOD,
    )


def to_walk(ground: Settings, megabytes: float) -> Budget:
    """What it may cost to read tracks and lists, and to store one after the other."""
    whole, read = to_store(ground, megabytes), to_read(ground, megabytes)
    stretch = read.seconds + _SECONDS_TO_FIND * megabytes
    return Budget(whole.seconds + _LEAST_TO_STORE, whole.megabytes, stretch)
