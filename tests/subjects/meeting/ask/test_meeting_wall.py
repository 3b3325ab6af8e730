"""The wall gives no answer away, whoever keeps every state of it: proved by trying everything."""

from collections import defaultdict
from dataclasses import replace
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trygghetskarta.subjects.meeting.ask.wall_replay import (
    STEP,
    AreaSeen,
    Pin,
    replay,
    tell,
)
from trygghetskarta.terms.meetings import Feeling, Lean, PinReason

SAFE, UNSAFE = Feeling.SAFE, Feeling.UNSAFE


def many(count: int, area: str = "A", start: int = 1, **how) -> list[Pin]:
    told = {"feeling": UNSAFE, "reason": PinReason.LIGHTING, **how}
    return [Pin(start + n, area, **told) for n in range(count)]


@pytest.mark.parametrize("fives", [1, 2, 3, 4, 5, 6])
def test_whatever_is_told_every_five_and_every_sum_stay_open(fives):
    """All 6⁶ ways thirty pins can fall: those that look alike differ by three or more in each."""
    alike = defaultdict(list)
    for history in product(range(STEP + 1), repeat=fives):
        alike[tuple(tell(history))].append(history)
    for histories in alike.values():
        for place in range(fives):
            one = [history[place] for history in histories]
            sums = [sum(history[: place + 1]) for history in histories]
            assert max(one) - min(one) >= 3
            assert max(sums) - min(sums) >= 3


def test_a_rule_without_looking_back_would_fail_that_test():
    """From 10 of 15 to 14 of 20 the plain thirds say that the latest five were almost alike."""

    def plain(history):
        total, count = sum(history), STEP * len(history)
        return (total * 3 <= count, total * 3 >= 2 * count)

    alike = defaultdict(set)
    for history in product(range(STEP + 1), repeat=4):
        alike[plain(history[:3]), plain(history)].add(history[3])
    assert min(max(last) - min(last) for last in alike.values()) < 3


def test_the_word_follows_the_room():
    assert tell([0, 0, 0, 0])[-1] is Lean.UNSAFE
    assert tell([5, 5, 5, 5])[-1] is Lean.SAFE
    assert tell([3, 2, 3, 2])[-1] is Lean.SPLIT
    assert tell([5, 5]) == [None, None]


def test_an_area_is_there_at_five_and_not_at_four():
    assert replay(many(4)).areas == {}
    assert replay(many(5)).areas == {"A": AreaSeen(5, None)}
    assert replay(many(9)).areas == {"A": AreaSeen(5, None)}
    assert replay(many(15)).areas == {"A": AreaSeen(15, Lean.UNSAFE)}


def test_no_change_belongs_to_the_last_tap():
    """The sixth pin completes an area's five, but shows only when five more have come."""
    pins = [*many(4), *many(1, "B", 5), *many(1, start=6)]
    assert replay(pins[:5]).areas == replay(pins).areas == {}
    assert replay([*pins, *many(4, "B", 7)]).areas == {
        "A": AreaSeen(5, None),
        "B": AreaSeen(5, None),
    }


def test_reasons_need_five_each_and_not_be_everybodys_first():
    assert replay(many(5)).reasons == ()
    assert replay(many(10)).reasons == (PinReason.LIGHTING,)
    mixed = [*many(6), *many(4, start=7, reason=PinReason.TRAFFIC)]
    assert replay(mixed).reasons == (PinReason.LIGHTING,)


def test_two_reasons_never_come_in_one_step():
    pins = [
        *many(4), *many(4, start=5, reason=PinReason.TRAFFIC), *many(2, "A", 9),
        *many(1, "A", 11, reason=PinReason.TRAFFIC), *many(4, "A", 12, reason=PinReason.OTHER),
    ]  # fmt: skip
    assert replay(pins[:10]).reasons == (PinReason.LIGHTING,)
    assert set(replay(pins).reasons) == {PinReason.LIGHTING, PinReason.TRAFFIC}


def test_a_pin_taken_back_in_time_never_counts_and_a_late_one_changes_nothing():
    pins = many(4)
    early = replace(pins[0], withdrawn_after=4)
    assert replay([early, *pins[1:], *many(1, start=5)]).total == 0
    assert replay([early, *pins[1:], *many(2, start=5)]).areas == {"A": AreaSeen(5, None)}
    five = many(5)
    late = replace(five[2], withdrawn_after=5)
    assert replay([*five[:2], late, *five[3:]]) == replay(five)


pins_of_a_room = st.lists(
    st.tuples(
        st.sampled_from("ABC"), st.sampled_from(Feeling), st.sampled_from(PinReason),
        st.none() | st.integers(0, 12),
    ),
    max_size=60,
)  # fmt: skip


@given(pins_of_a_room)
def test_a_wall_only_grows_and_only_in_fives(told):
    pins = [
        Pin(n, area, feeling, reason, None if back is None else min(n + back, len(told)))
        for n, (area, feeling, reason, back) in enumerate(told, 1)
    ]
    walls = []
    for newest in range(len(pins) + 1):
        so_far = [
            replace(pin, withdrawn_after=None)
            if pin.withdrawn_after is not None and pin.withdrawn_after > newest
            else pin
            for pin in pins[:newest]
        ]
        walls.append(replay(so_far))
    for before, after in zip(walls[:-1], walls[1:], strict=True):
        assert after.total - before.total in (0, STEP)
        assert set(before.reasons) <= set(after.reasons)
        assert len(after.reasons) - len(before.reasons) <= 1
        for code, area in after.areas.items():
            earlier = before.areas.get(code, AreaSeen(0, None))
            assert area.count - earlier.count in (0, STEP)
            assert area.count > earlier.count or area.lean == earlier.lean
            assert area.count >= 15 or area.lean is None
        if after.total == before.total:
            assert after == before
