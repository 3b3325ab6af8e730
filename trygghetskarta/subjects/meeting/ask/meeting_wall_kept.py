"""The wall as it is kept when a meeting has closed: words and fives, no pin."""

import json
from collections.abc import Collection
from dataclasses import replace

from trygghetskarta.subjects.meeting.ask.wall_replay import AreaSeen, Wall
from trygghetskarta.terms.meetings import Lean, PinReason


def to_json(wall: Wall) -> str:
    """Write a wall.

    Examples
    --------
    >>> wall = Wall(15, {"A": AreaSeen(15, Lean.SPLIT)}, (PinReason.TRAFFIC,))
    >>> from_json(to_json(wall)) == wall
    True
    """
    areas = {
        code: [area.count, None if area.lean is None else area.lean.value]
        for code, area in wall.areas.items()
    }
    reasons = [reason.value for reason in wall.reasons]
    return json.dumps({"total": wall.total, "areas": areas, "reasons": reasons})


def from_json(text: str) -> Wall:
    """Read a wall that :func:`to_json` wrote."""
    told = json.loads(text)
    areas = {
        code: AreaSeen(count, None if lean is None else Lean(lean))
        for code, (count, lean) in told["areas"].items()
    }
    return Wall(told["total"], areas, tuple(PinReason(reason) for reason in told["reasons"]))


def without_words(wall: Wall, codes: Collection[str], left: int) -> Wall:
    """The wall after pins of some areas were removed.

    Its words and counts there no longer hold, and new ones beside the old would tell what the
    removed pins said, so those areas fall silent.

    Parameters
    ----------
    wall
        As it was.
    codes
        Areas that lost a pin.
    left
        Pins that remain in all.
    """
    areas = {code: area for code, area in wall.areas.items() if code not in codes}
    return replace(wall, areas=areas, total=min(wall.total, left // 5 * 5))
