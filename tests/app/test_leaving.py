"""The word that ends the dialogue: only the right one, and not by trying them all."""

from types import SimpleNamespace

import pytest

from trygghetskarta.errors import StoreCause, StoreError
from trygghetskarta.subjects.dialogue.ask import exit_word
from trygghetskarta.subjects.dialogue.data import dialogue_data

pytestmark = pytest.mark.slow

CODED = exit_word.hash_of("grön stege")
HELD = "00000000-0000-4000-8000-000000001488"


@pytest.fixture
def clock(monkeypatch):
    """The time as the tries see it; words of two presentations are in the store."""
    now = SimpleNamespace(seconds=1000.0, words={HELD: CODED, "plain": None})

    def exit_hash(_engine, identity):
        if identity not in now.words:
            raise StoreError(StoreCause.NOT_FOUND)
        return now.words[identity]

    monkeypatch.setattr(dialogue_data.time, "monotonic", lambda: now.seconds)
    monkeypatch.setattr(dialogue_data.kept, "exit_hash", exit_hash)
    monkeypatch.setattr(dialogue_data.data, "workplace", lambda: SimpleNamespace(engine=None))
    monkeypatch.setattr(dialogue_data, "_wrong", {})
    return now


def test_only_the_word_of_the_presentation_opens(clock):
    assert not dialogue_data.try_word(HELD, "lämna").is_right
    assert dialogue_data.try_word(HELD, " grön stege ").is_right
    # Some keyboards write an ö as two signs.
    assert dialogue_data.try_word(HELD, "gro\u0308n stege").is_right
    assert dialogue_data.try_word("plain", "LA\u0308MNA").is_right
    assert not dialogue_data.try_word("plain", "grön stege").is_right


def test_what_cannot_be_looked_up_opens_for_nobody(clock, monkeypatch):
    with pytest.raises(StoreError):
        dialogue_data.try_word("never", "lämna")

    def locked(_engine, _identity):
        raise StoreError(StoreCause.LOCKED)

    monkeypatch.setattr(dialogue_data.kept, "exit_hash", locked)
    with pytest.raises(StoreError):
        dialogue_data.try_word(HELD, "lämna")


def test_each_five_wrong_words_shut_the_door_twice_as_long(clock):
    waits = []
    for _ in range(7):
        for _ in range(5):
            assert dialogue_data.try_word(HELD, "4711") == dialogue_data.Tried(False)
        shut = dialogue_data.try_word(HELD, "grön stege")
        assert not shut.is_right
        waits.append(shut.wait)
        clock.seconds += shut.wait - 1
        assert not dialogue_data.try_word(HELD, "grön stege").is_right
        clock.seconds += 1
    assert waits == [30, 60, 120, 240, 480, 900, 900]
    assert dialogue_data.try_word("plain", "lämna").is_right
    assert dialogue_data.try_word(HELD, "grön stege").is_right
    assert dialogue_data.try_word(HELD, "fel") == dialogue_data.Tried(False)
