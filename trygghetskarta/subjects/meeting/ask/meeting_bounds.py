"""How much of a meeting one phone may fill, without anything about a phone being kept.

What is counted lives in the memory of the process that serves the phones, under salted hashes
whose salt dies with it: nothing of it reaches the store, and no pin leads to a phone or back.
"""

import hashlib
import secrets
import threading
from collections import OrderedDict, deque
from enum import StrEnum
from typing import Any

MOST_PINS = 5
"""Pins that one phone may give a meeting."""

MOST_A_MINUTE = 120
"""Pins a minute from one address. A hall is often behind one, so it bounds scripts, not people."""

_MOST_PHONES = 20_000
_MINUTE = 60.0


class Admission(StrEnum):
    """Whether a pin may be stored."""

    YES = "yes"
    LATER = "later"
    FULL = "full"


class Bounds:
    """Counts pins per phone and meeting, and per address and minute.

    A browser that hides what it kept before is a new phone: only the address bounds it.
    """

    def __init__(self) -> None:
        self._salt = secrets.token_bytes(16)
        self._lock = threading.Lock()
        self._phones: OrderedDict[bytes, set[bytes]] = OrderedDict()
        self._addresses: OrderedDict[bytes, deque[float]] = OrderedDict()

    def admit(
        self, meeting: str, phone: str, pin: str, address: str, now: float, *, shared: bool = False
    ) -> Admission:
        """Say whether a pin may be stored, and count it; one that is sent again counts once.

        Parameters
        ----------
        meeting
            Code of the meeting.
        phone
            Random word of the browser; without one, all from an address are one phone.
        pin
            Identity of the pin.
        address
            Network address, empty when it is not known.
        now
            Seconds on a clock that never goes back.
        shared
            Whether many people use the same device: then only its address bounds it.
        """
        sender = self._hash("phone", meeting, phone or f"@{address}")
        with self._lock:
            pins = self._of(self._phones, sender, set)
            mark = self._hash("pin", meeting, pin)
            if mark in pins:
                return Admission.YES
            if not shared and len(pins) >= MOST_PINS:
                return Admission.FULL
            latest = self._of(self._addresses, self._hash("address", address), deque)
            while latest and now - latest[0] > _MINUTE:
                latest.popleft()
            if len(latest) >= MOST_A_MINUTE:
                return Admission.LATER
            latest.append(now)
            if not shared:
                pins.add(mark)
            return Admission.YES

    def release(self, meeting: str, phone: str, pin: str, address: str) -> None:
        """Let a pin that was refused for its own sake not count against its phone."""
        sender = self._hash("phone", meeting, phone or f"@{address}")
        with self._lock:
            self._phones.get(sender, set()).discard(self._hash("pin", meeting, pin))

    def _hash(self, *words: str) -> bytes:
        told = "\x00".join(words).encode("utf-8", "surrogatepass")
        return hashlib.blake2b(told, key=self._salt, digest_size=16).digest()

    @staticmethod
    def _of(known: OrderedDict[bytes, Any], key: bytes, kind: type) -> Any:
        """The entry of a key; the oldest give way when there are more than memory should hold."""
        known.setdefault(key, kind())
        known.move_to_end(key)
        if len(known) > _MOST_PHONES:
            known.popitem(last=False)
        return known[key]


def tablet_key(identity: str) -> str:
    """A word that lets a tablet of the meeting pass from hand to hand; from its secret identity."""
    return hashlib.blake2b(identity.encode(), person=b"tablet", digest_size=6).hexdigest()
