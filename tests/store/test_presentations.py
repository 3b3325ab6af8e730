"""Presentations on both databases: kept as they were, saved in turn, never overwritten."""

from dataclasses import replace

import pytest

from trygghetskarta.errors import StoreCause, StoreError
from trygghetskarta.store import presentations, read
from trygghetskarta.store.presentations import Content

CONTENT = Content(
    name="Dialog i Kronogården",
    language="sv",
    spec='{"slides": []}',
    frozen='{"borders": "' + "a" * 64 + '"}',
    borders={"a" * 64: b"\x00\x01packed"},
    data_version="7",
    fingerprint="abcd1234",
)
NAME = "00000000-0000-4000-8000-000000000042"


def test_a_presentation_comes_back_as_it_was_and_figures_stay_cached(place):
    before = read.version(place.engine)
    identity = presentations.add(place.engine, CONTENT, NAME)
    assert presentations.add(place.engine, replace(CONTENT, name="Annan"), NAME) == identity
    version, content = presentations.content(place.engine, identity)
    assert (version, content) == (1, CONTENT)
    (entry,) = presentations.presentations(place.engine)
    assert (entry.identity, entry.version, entry.name) == (NAME, 1, CONTENT.name)
    assert entry.saved_at.tzinfo is not None and not entry.is_example
    assert read.version(place.engine) == before


def test_the_second_of_two_who_save_is_told_and_nothing_is_overwritten(place):
    presentations.add(place.engine, CONTENT, NAME)
    first = replace(CONTENT, name="Den första", frozen="{}", borders={}, exit_hash="s$d")
    assert presentations.save(place.engine, NAME, 1, first) == 2
    for late in (
        lambda: presentations.save(place.engine, NAME, 1, CONTENT),
        lambda: presentations.delete(place.engine, NAME, 1),
    ):
        with pytest.raises(StoreError) as caught:
            late()
        assert caught.value.cause is StoreCause.CHANGED_MEANWHILE
    assert presentations.content(place.engine, NAME) == (2, first)


def test_a_deleted_presentation_is_gone_from_the_list_and_its_borders_serve_others(place):
    presentations.add(place.engine, CONTENT, NAME)
    other = presentations.add(place.engine, CONTENT)
    presentations.delete(place.engine, NAME, 1)
    assert [one.identity for one in presentations.presentations(place.engine)] == [other]
    with pytest.raises(StoreError) as caught:
        presentations.content(place.engine, NAME)
    assert caught.value.cause is StoreCause.NOT_FOUND
    assert presentations.content(place.engine, other)[1].borders == CONTENT.borders
