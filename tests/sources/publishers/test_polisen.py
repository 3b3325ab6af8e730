"""The police's list of events."""

import pytest

from trygghetskarta.errors import SourceCause, SourceError
from trygghetskarta.sources.publishers import polisen
from trygghetskarta.words import error_words


@pytest.mark.parametrize("content", ["[]", b" [ ]\n", b"\xef\xbb\xbf[]"])
def test_an_answer_without_events_says_so(content):
    with pytest.raises(SourceError) as caught:
        polisen.parse(content, file_name="tom.json")
    assert caught.value.cause is SourceCause.NO_EVENTS
    assert "inga händelser" in error_words.error_sentence(caught.value)
