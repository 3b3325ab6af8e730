"""What the municipality calls its own places is no name, however it is put together."""

import pytest

from tests.kept import ROOT
from trygghetskarta.errors import SourceCause, SourceError
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


@pytest.mark.parametrize(
    ("content", "cause"),
    [
        (b"namn;kod\nSylte;1488R001\n", SourceCause.COLUMN_MISSING),
        ("alias\nKronogården\n".encode("cp1252"), SourceCause.ENCODING_UNKNOWN),
        (b"", SourceCause.FILE_EMPTY),
        (b"alias;area_code\nSyl\0te;1488R001\n", SourceCause.ENCODING_UNKNOWN),
        (b"alias;area_code\n" + b"x" * 200_000, SourceCause.FILE_DAMAGED),
    ],
)
def test_names_that_cannot_be_read_are_told_and_not_taken_for_none(tmp_path, content, cause):
    (tmp_path / "place_names.csv").write_bytes(content)
    with pytest.raises(SourceError) as stopped:
        place_names(tmp_path)
    assert (stopped.value.cause, stopped.value.facts["file"]) == (cause, "place_names.csv")
