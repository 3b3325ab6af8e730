"""What the municipality calls its own places is no name, however it is put together."""

import pytest

from tests.kept import ROOT
from trygghetskarta.gate.public_words import public_text
from trygghetskarta.sources.publishers.place_words import place_names

NAMES = sorted(place_names(ROOT / "geodata" / "1488"))


@pytest.mark.parametrize(
    "shape", ["Stadsdelsmöte {}", "Innovatum-{}", "{}-Pettersberg", "{}s skola"]
)
def test_every_name_of_a_place_may_be_told(shape):
    texts = [shape.format(name) for name in NAMES]
    assert [text for text in texts if public_text(text) != text] == []


def test_a_person_beside_a_place_may_not():
    assert [name for name in NAMES if public_text(f"Eva Lundberg, {name}")] == []
    assert [name for name in NAMES if public_text(f"{name} Eva")] == []


def test_a_municipality_without_names_has_none(tmp_path):
    assert place_names(tmp_path) == frozenset()
