"""What a room may see of its own answers while they come in, so that no answer is given away.

Whoever watches the wall sees every state of it and may subtract one from the next. Three rules keep
single answers out of that:

* The wall changes only when five more pins have come to the meeting, so no change belongs to the
  one who just tapped.
* An area counts in whole fives of its own pins, and tells less than five as "fewer than five".
* What most answers of an area say is told from fifteen on, in three words, and only when everything
  told so far still leaves each five open: the number of *trygg* among them, and in the area as a
  whole, may lie anywhere in a span of at least three (``suppression.protection``). Whether a word
  is told is decided from what has been told before, never from the answers themselves, so silence
  says nothing (simulatable auditing; Kenthapadi, Mishra & Nissim 2005).
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from trygghetskarta.analysis.suppression import protection
from trygghetskarta.terms.meetings import Feeling, Lean, PinReason

STEP = 5
"""Pins that the wall grows by, and the fewest it tells of."""

_FIRST_WORD = 3
"""Fives that an area must have before anything is said of them: fewer cannot be kept open."""

_WIDTH = protection(STEP)


@dataclass(frozen=True)
class Pin:
    """One answer in the order it came.

    Attributes
    ----------
    number
        Rises with every pin of the store.
    area_code
        District.
    feeling, reason
        The answer.
    withdrawn_after
        ``number`` of the newest pin when it was taken back, None when it was not.
    """

    number: int
    area_code: str
    feeling: Feeling
    reason: PinReason
    withdrawn_after: int | None = None


@dataclass(frozen=True)
class AreaSeen:
    """What the wall tells of an area: a multiple of five, and a word or None."""

    count: int
    lean: Lean | None


@dataclass(frozen=True)
class Wall:
    """What a room may see.

    Attributes
    ----------
    total
        Pins, in whole fives.
    areas
        By area code; those with fewer than five are absent.
    reasons
        Reasons that at least five have given, in the order of ``PinReason``.
    """

    total: int
    areas: dict[str, AreaSeen]
    reasons: tuple[PinReason, ...]


def replay(pins: Iterable[Pin]) -> Wall:
    """Give the wall after a number of pins.

    Parameters
    ----------
    pins
        In any order. Those that are taken back before they are on the wall never reach it; those
        that are taken back later stay on it, because taking them away would tell which they were.

    Returns
    -------
    Wall
        It never says what a single pin said, nor does any series of walls.

    Examples
    --------
    >>> pin = Pin(1, "Sylte", Feeling.SAFE, PinReason.LIGHTING)
    >>> replay([pin] * 4).total
    0
    >>> replay([pin] * 5).areas
    {'Sylte': AreaSeen(count=5, lean=None)}
    """
    growing = _Growing()
    for pin, is_back in _events(pins):
        if is_back:
            growing.take_back(pin)
        else:
            growing.add(pin)
    return growing.seen()


def _events(pins: Iterable[Pin]) -> list[tuple[Pin, bool]]:
    told = []
    for pin in pins:
        told.append((pin.number, 0, pin))
        if pin.withdrawn_after is not None:
            told.append((pin.withdrawn_after, 1, pin))
    told.sort(key=lambda one: one[:2])
    return [(pin, bool(is_back)) for _, is_back, pin in told]


class _Growing:
    """The wall while pins come in."""

    def __init__(self) -> None:
        self.waiting: list[Pin] = []
        self.total = 0
        self.pools: dict[str, list[Pin]] = {}
        self.safe: dict[str, list[int]] = {}
        self.named: Counter[PinReason] = Counter()
        self.shown: set[PinReason] = set()

    def add(self, pin: Pin) -> None:
        """Let a pin wait until there are five."""
        self.waiting.append(pin)
        if len(self.waiting) == STEP:
            self._grow()

    def take_back(self, pin: Pin) -> None:
        """Forget a pin where it still waits."""
        for pool in (self.waiting, self.pools.get(pin.area_code, [])):
            if pin in pool:
                pool.remove(pin)

    def _grow(self) -> None:
        self.total += STEP
        for pin in self.waiting:
            pool = self.pools.setdefault(pin.area_code, [])
            pool.append(pin)
            self.named[pin.reason] += 1
            if len(pool) == STEP:
                safe = sum(one.feeling is Feeling.SAFE for one in pool)
                self.safe.setdefault(pin.area_code, []).append(safe)
                pool.clear()
        self.waiting.clear()
        self._show_a_reason()

    def _show_a_reason(self) -> None:
        """One more at a time, and never all of the first five: that would tell what each said."""
        enough = [reason for reason in PinReason if self.named[reason] >= STEP]
        fresh = [reason for reason in enough if reason not in self.shown]
        if fresh and self.total >= 2 * STEP:
            self.shown.add(max(fresh, key=self.named.__getitem__))

    def seen(self) -> Wall:
        """What may be seen now."""
        areas = {
            code: AreaSeen(STEP * len(fives), tell(fives)[-1]) for code, fives in self.safe.items()
        }
        return Wall(self.total, areas, tuple(one for one in PinReason if one in self.shown))


def tell(safe: Sequence[int]) -> list[Lean | None]:
    """Give the word that is told after each five of an area.

    Parameters
    ----------
    safe
        How many of each five, in the order they came, said *trygg* (0 to 5).

    Returns
    -------
    list
        Mostly *trygg* when two thirds or more of all so far said so, mostly *otrygg* when a third
        or fewer did; the word before where a new one would say too much; None before the first.

    Examples
    --------
    >>> [None if word is None else word.value for word in tell([4, 4, 4, 1])]
    [None, None, 'mest_trygg', 'delat']
    """
    told: tuple[Lean | None, ...] = ()
    total = 0
    for five in safe:
        total += five
        word = _word(total, STEP * (len(told) + 1))
        before = told[-1] if told else None
        told = (*told, word if word in _free_words(told) else before)
    return list(told)


def _word(safe: int, count: int) -> Lean:
    if 3 * safe <= count:
        return Lean.UNSAFE
    return Lean.SAFE if 3 * safe >= 2 * count else Lean.SPLIT


@lru_cache(maxsize=4096)
def _free_words(told: tuple[Lean | None, ...]) -> frozenset[Lean]:
    """New words that may be told next after what has been told; the rest keeps the word before.

    With none of them nothing new is learnt, so there is always a safe choice.
    """
    if len(told) + 1 < _FIRST_WORD:
        return frozenset()
    before = told[-1]
    free = [word for word in (Lean.SPLIT, Lean.UNSAFE, Lean.SAFE) if word is not before]
    layers = _layers(told)
    free = [word for word in free if _is_open([*layers, _meaning(len(told) + 1, {word})])]
    while free and not _rest_is_open(layers, frozenset(free)):
        free.pop()
    return frozenset(free)


def _rest_is_open(layers: list[NDArray[np.bool_]], free: frozenset[Lean]) -> bool:
    rest = [*layers, _meaning(len(layers) + 1, set(Lean) - free)]
    return _is_open(rest)


def _layers(told: tuple[Lean | None, ...]) -> list[NDArray[np.bool_]]:
    """For each five told of: how many *trygg* in all would have given what was told."""
    layers = []
    for place, word in enumerate(told):
        free = _free_words(told[:place])
        words = {word} if word in free else set(Lean) - free
        layers.append(_meaning(place + 1, words))
    return layers


def _meaning(fives: int, words: set[Lean]) -> NDArray[np.bool_]:
    count = STEP * fives
    return np.array([_word(safe, count) in words for safe in range(count + 1)])


def _is_open(layers: list[NDArray[np.bool_]]) -> bool:
    """Whether each five, and each sum, may still lie anywhere in a wide enough span.

    What cannot happen at all tells nothing.
    """
    possible = _possible(layers)
    if not possible[-1].any():
        return True
    for before, after in zip(possible[:-1], possible[1:], strict=True):
        gains = [
            gain for gain in range(STEP + 1) if (before & after[gain : gain + len(before)]).any()
        ]
        sums = np.flatnonzero(after)
        if gains[-1] - gains[0] < _WIDTH or sums[-1] - sums[0] < _WIDTH:
            return False
    return True


def _possible(layers: list[NDArray[np.bool_]]) -> list[NDArray[np.bool_]]:
    """Sums after each five, from 0 at the start, that agree with everything told."""
    forward = [np.array([True])]
    for layer in layers:
        forward.append(np.convolve(forward[-1], np.ones(STEP + 1)).astype(bool) & layer)
    possible = [forward[-1]]
    for layer in forward[-2::-1]:
        later = np.convolve(possible[-1], np.ones(STEP + 1)).astype(bool)[STEP : STEP + len(layer)]
        possible.append(layer & later)
    return possible[::-1]
