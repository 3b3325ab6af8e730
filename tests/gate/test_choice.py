"""A choice: each field declared whole, and a key made of what decides an answer."""

from dataclasses import fields

import pytest

from trygghetskarta.gate.choice import AnswerKind, Choice


def test_a_choice_keeps_only_what_is_asked_for():
    choice = Choice(theme="narkotika", ring=200, team="Nord")
    assert choice.only(["theme", "area"]) == Choice(theme="narkotika")


def test_an_answer_is_kept_by_what_decides_it():
    choice = Choice(theme="narkotika", ring=200, team="Nord", owner="parkenheten")
    assert choice.deciding(AnswerKind.OFFENCES) == Choice(theme="narkotika")
    assert choice.deciding(AnswerKind.FINDINGS) == Choice(team="Nord", owner="parkenheten")


@pytest.mark.parametrize("one", fields(Choice), ids=lambda one: one.name)
def test_a_field_says_everything_of_itself(one):
    assert set(one.metadata) == {"link", "decides", "allowed", "own"}
    assert set(one.metadata["decides"]) <= set(AnswerKind)
    assert not one.metadata["allowed"] or one.default in one.metadata["allowed"]


def test_no_two_fields_share_a_parameter():
    linked = [one.metadata["link"] for one in fields(Choice) if one.metadata["link"]]
    assert len(set(linked)) == len(linked)
