"""What is kept of an answer, and when it is made anew."""

from dataclasses import replace
from datetime import date
from types import SimpleNamespace

import pytest
import streamlit as st

from trygghetskarta.desk import data
from trygghetskarta.gate.choice import AnswerKind, Choice
from trygghetskarta.intake import status


@pytest.fixture
def here(monkeypatch):
    """A store whose version and whose day can be changed."""
    now = SimpleNamespace(store="a", version=1, day=date(2026, 11, 30))
    monkeypatch.setattr(data, "workplace", lambda: SimpleNamespace(today=lambda: now.day))
    monkeypatch.setattr(status, "fingerprint", lambda _place: (now.store, now.version))
    yield now
    st.cache_resource.clear()


def asked(**how):
    """A function that is kept, and what it was asked with."""
    heard = []

    @data.kept(8, **how)
    def answer(*given):
        heard.append(given)
        return len(heard)

    return answer, heard


def test_the_same_question_is_answered_once(here):
    answer, heard = asked()
    assert [answer("x"), answer("x"), answer("y")] == [1, 1, 2]
    assert heard == [("x",), ("y",)]


def test_another_store_or_version_is_another_answer(here):
    answer, _ = asked()
    first = answer("x")
    here.version = 2
    second = answer("x")
    here.store = "b"
    assert len({first, second, answer("x")}) == 3
    here.store, here.version = "a", 1
    assert answer("x") == first


@pytest.mark.parametrize("by_day", [True, False])
def test_tomorrow_is_another_answer_only_where_it_is_said(here, by_day):
    answer, _ = asked(by_day=by_day)
    first = answer("x")
    here.day = date(2026, 12, 1)
    assert (answer("x") != first) is by_day


def test_what_decides_nothing_is_not_looked_at_nor_handed_on(here):
    answer, heard = asked(reads=AnswerKind.OFFENCES)
    plain = Choice()
    assert answer(plain) == answer(replace(plain, team="Norr")) == 1
    assert heard == [(plain.deciding(AnswerKind.OFFENCES),)]
    assert answer(replace(plain, types=("Inbrott",))) == 2


def test_what_is_asked_by_name_is_the_same_question(here):
    @data.kept(8)
    def told(code, ring):
        return object(), code, ring

    assert told("x", ring=2) is told("x", 2)
    assert told("x", ring=3)[1:] == ("x", 3)
    with pytest.raises(TypeError, match="strange"):
        told("x", 2, strange=1)


def test_two_functions_are_never_taken_for_one(here):
    answer, _ = asked()

    @data.kept(8)
    def other(*_given):
        return "other"

    assert (answer("x"), other("x")) == (1, "other")
