"""An invented meeting: what a hall of people might have answered, the same for the same seed."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from trygghetskarta.terms.meetings import Feeling, PinReason

NAME = "Påhittat exempelmöte"
PLACE = "Påhittad lokal"
_SEED = 5
_PINS = 64
_SPACE = uuid.UUID("5d1f3a52-6a0e-4b0e-9d6c-7f7f1c9f2a10")
"""Names the pins, so that the same pin has the same identity every time."""


@dataclass(frozen=True)
class Tap:
    """One invented answer, its district chosen from the list."""

    identity: str
    district_code: str
    feeling: Feeling
    reason: PinReason


def meeting_identity() -> str:
    """UUID of the invented meeting."""
    return str(uuid.uuid5(_SPACE, "meeting"))


def taps(codes: Sequence[str]) -> list[Tap]:
    """Invent the answers.

    Parameters
    ----------
    codes
        Districts, most talked of first; at most six are used.

    Returns
    -------
    list of Tap
        Every district leans its own way, so that each look of the wall is there to see.
    """
    rng = np.random.default_rng(_SEED)
    chosen = list(codes[:6])
    weights = np.array([8.0, 7.0, 6.0, 3.0, 1.0, 1.0])[: len(chosen)]
    leans = rng.permutation([0.8, 0.2, 0.5, 0.6, 0.5, 0.4])
    reasons = list(PinReason)
    found = []
    for number in range(_PINS):
        place = int(rng.choice(len(chosen), p=weights / weights.sum()))
        feeling = Feeling.SAFE if rng.random() < leans[place] else Feeling.UNSAFE
        reason = reasons[int(rng.integers(len(reasons)))]
        found.append(Tap(str(uuid.uuid5(_SPACE, str(number))), chosen[place], feeling, reason))
    return found
