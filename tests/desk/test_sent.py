"""What a browser sends is a list of objects or nothing, whatever it is made to send."""

import math

import pytest

from trygghetskarta.desk import sent


def test_what_a_form_sends_is_read():
    told = '[{"kind": "finding", "text": "\\u00e5 \\ud83d\\ude00", "stop": null}]'
    assert sent.objects(told) == [{"kind": "finding", "text": "å 😀", "stop": None}]


@pytest.mark.parametrize(
    "report",
    [None, "", "{", '{"a": 1}', "17", 17, ["x"], "[" * 10**6, '[{"a": ' + "1" * 5000 + "}]"],
)
def test_what_is_no_list_of_objects_is_nothing(report):
    assert sent.objects(report) == []


def test_what_stands_beside_is_read_all_the_same():
    assert sent.objects('[1, "x", null, {"a": 1}]') == [{"a": 1}]


def test_half_a_character_is_no_text():
    (told,) = sent.objects('[{"text": "M\\u00f6rkt \\ud83d.", "stop": 4}]')
    assert told == {"text": "Mörkt ?.", "stop": 4}


def test_what_is_told_twice_fits_no_field():
    (told,) = sent.objects('[{"stop": 4, "category": "a", "stop": 4, "factors": {"x": 1, "x": 2}}]')
    assert math.isnan(told["stop"]) and math.isnan(told["factors"]["x"])
    assert told["category"] == "a"
