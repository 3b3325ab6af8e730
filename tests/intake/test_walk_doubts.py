"""What is asked about walks before they are stored."""

import pandas as pd
import pytest
from shapely import LineString

from trygghetskarta.intake import walk_doubts
from trygghetskarta.terms.doubts import DoubtKind
from trygghetskarta.words import doubt_words

START = pd.Timestamp("2026-09-12 18:00", tz="UTC")


def walk(name="Sylte", start=0, minutes=40, shift=0.0, length=1000):
    """A way to the east, ``shift`` metres north of the first, ``start`` minutes after it."""
    begun = START + pd.Timedelta(minutes=start)
    return {
        "walk_id": f"{name} {start} {shift}",
        "name": name,
        "started_at": begun,
        "ended_at": begun + pd.Timedelta(minutes=minutes),
        "geometry": LineString(
            [(340_000, 6_461_000 + shift), (340_000 + length, 6_461_000 + shift)]
        ),
    }


def asked(*new, known=()):
    found = walk_doubts.of_walks(new, {row["walk_id"]: row for row in known})
    return {doubt.kind: doubt for doubt in found}


@pytest.mark.parametrize(
    "other",
    [
        walk("Telefon 2", 2, shift=30),
        walk("Gick hem tidigare", 5, minutes=20, length=600),
        walk("Började senare", 19),
    ],
)
def test_a_second_device_on_a_walk_is_asked_about_in_another_file_and_in_the_same(other):
    (doubt,) = asked(other, known=[walk()]).values()
    assert doubt.kind is DoubtKind.WALK_TWICE
    assert doubt.facts == {"walks": 1, "day": START.date(), "walk": "Sylte"}
    assert "”Sylte”" in doubt_words.doubt_sentence(doubt)
    assert set(asked(walk(), other)) == {DoubtKind.WALK_TWICE}
    # What is stored is not asked about again.
    assert not asked(other, known=[walk(), other])


@pytest.mark.parametrize(
    "other",
    [
        walk("Gatan intill", shift=80),
        walk("Samma väg efteråt", 40),
        walk("Samma väg, nästan efteråt", 25),
        {**walk("Ur en lista"), "geometry": None},
        {**walk("Utan klocka"), "ended_at": None},
    ],
)
def test_another_walk_is_not_asked_about(other):
    assert not asked(other, known=[walk()]) and not asked(walk(), other)


def test_hours_that_are_stored_are_not_asked_about_again():
    long, longer = walk(minutes=800), walk(minutes=900)
    assert asked(long)[DoubtKind.WALK_LONG].facts == {"walks": 1, "hours": 13}
    assert not asked(long, known=[long])
    assert asked(longer, known=[long])[DoubtKind.WALK_LONG].facts == {"walks": 1, "hours": 15}
