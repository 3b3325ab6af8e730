"""What an import noticed, of one and of several."""

import re

import pytest

from trygghetskarta.words import import_note_words
from trygghetskarta.words.import_note_words import NOTES


@pytest.mark.parametrize(
    "name, one, several",
    [
        (
            "carried_labels",
            "1 rad utan egen etikett räknas till etiketten på en rad ovanför",
            "2 rader utan egen etikett räknas till etiketten på en rad ovanför",
        ),
        ("joined", "1 område läggs till", "2 områden läggs till"),
        ("reassigned", "1 händelse räknas till ett annat", "2 händelser räknas till ett annat"),
        ("waypoints", "1 märkt punkt i spårfilen lästes", "2 märkta punkter i spårfilen lästes"),
    ],
)
def test_one_is_said_as_one(name, one, several):
    for number, start in ((1, one), (2, several)):
        (said,) = import_note_words.note_lines({name: number})
        assert said.startswith(start)


@pytest.mark.parametrize("name", sorted(NOTES))
def test_no_note_counts_one_of_several(name):
    """A word in the plural after a 1 is what a reader stumbles on."""
    (said,) = import_note_words.note_lines({name: 1 if name != "footer_rows" else [1]})
    assert "{" not in said
    several = r"^1 (\w+ )?(rader|punkter|händelser|områden|åtgärder|exempelrader|invånare) "
    assert not re.search(several, said), said
