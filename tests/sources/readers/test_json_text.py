"""JSON is text that can be stored, or it is refused."""

import json

import pytest

from trygghetskarta.errors import SourceCause, SourceError
from trygghetskarta.sources.publishers import polisen
from trygghetskarta.sources.readers import files, json_text

EVENT = {"id": 1, "datetime": "2026-02-14 6:18:08 +01:00", "type": "Stöld", "name": "Stöld, Orust"}


@pytest.mark.parametrize("told", ["Syl\0te", "Syl\ud800te", "\0"])
@pytest.mark.parametrize("spot", ["value", "key"])
def test_a_letter_that_no_text_has_is_refused(told, spot):
    written = json.dumps([{told: 1} if spot == "key" else {"a": told}])
    assert "\\u" in written
    with pytest.raises(ValueError, match=r"zero byte|surrogates"):
        json_text.read(written)


@pytest.mark.parametrize("told", [r"\u0000", "\\\\u0000", r"C:\u0000\ud800", "å 😀"])
def test_what_only_looks_like_one_is_read(told):
    assert json_text.read(json.dumps([told])) == [told]


def test_every_reader_of_json_refuses_it():
    features = {"type": "FeatureCollection", "features": [{
        "type": "Feature", "properties": {"namn": "Syl\0te"},
        "geometry": {"type": "Point", "coordinates": [12.28, 58.28]}}]}  # fmt: skip
    with pytest.raises(SourceError) as stopped:
        files.read_bytes("a.geojson", json.dumps(features).encode())
    assert stopped.value.cause is SourceCause.FILE_DAMAGED
    with pytest.raises(SourceError) as stopped:
        polisen.parse(json.dumps([{**EVENT, "summary": "\0"}]), file_name="e.json")
    assert stopped.value.cause is SourceCause.JSON_UNEXPECTED
