"""Two people at the form of one action: what each has written is kept, and nobody's is lost."""

import shutil

import pytest

from tests.pages import Page, visiting
from trygghetskarta.store import connect, read_actions
from trygghetskarta.words import action_words

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def visitor(little_store, tmp_path_factory):
    path = shutil.copy(little_store, tmp_path_factory.mktemp("two"))
    with visiting(path) as found:
        yield found


def stored(visitor):
    engine = connect(str(visitor.store))
    rows = read_actions.actions(engine)
    engine.dispose()
    return rows.set_index("measure_id")


def opened(visitor, identity: str) -> Page:
    page = visitor.open("atgarder", atgard=identity)
    press(page, action_words.ACTION_EDIT)
    return page


def press(page: Page, label: str) -> None:
    button = next(one for one in page.app.button if one.label == label)
    assert not button.click().run().exception


def field(page: Page, label: str):
    fields = [*page.app.text_input, *page.app.text_area]
    return next(one for one in fields if one.label == label)


GOAL = action_words.ACTION_FIELDS["goal"]
EVALUATION = action_words.ACTION_FIELDS["evaluation"]


def test_what_somebody_else_stores_takes_nothing_out_of_the_form(visitor):
    identity = stored(visitor).index[0]
    mine, theirs = opened(visitor, identity), opened(visitor, identity)
    field(mine, GOAL).input("Färre inbrott i Sylte").run()
    field(theirs, action_words.ACTION_TITLE).input("Belysning, ny rubrik").run()
    press(theirs, action_words.ACTION_SAVE)
    assert stored(visitor).loc[identity, "title"] == "Belysning, ny rubrik"

    # Leaving a field draws the page anew: the other's version is there, and mine still stands.
    field(mine, EVALUATION).input("Räknas i juni").run()
    assert field(mine, GOAL).value == "Färre inbrott i Sylte"
    press(mine, action_words.ACTION_SAVE)
    assert action_words.ACTION_STALE in [one.value for one in mine.app.warning]
    assert field(mine, GOAL).value == "Färre inbrott i Sylte"
    # What I did not touch follows the store: saving once more writes nobody over.
    assert field(mine, action_words.ACTION_TITLE).value == "Belysning, ny rubrik"
    press(mine, action_words.ACTION_SAVE)
    row = stored(visitor).loc[identity]
    assert row["title"] == "Belysning, ny rubrik" and row["goal"] == "Färre inbrott i Sylte"
    assert row["evaluation"] == "Räknas i juni"


def test_a_form_that_was_closed_untouched_opens_on_what_is_stored(visitor):
    identity = stored(visitor).index[1]
    mine = opened(visitor, identity)
    press(mine, action_words.FORM_CLOSE)
    theirs = opened(visitor, identity)
    field(theirs, GOAL).input("Ett nytt mål").run()
    press(theirs, action_words.ACTION_SAVE)
    press(mine, action_words.ACTION_EDIT)
    assert field(mine, GOAL).value == "Ett nytt mål"


def test_a_warning_is_answered_for_the_words_it_was_given_for(visitor):
    identity = stored(visitor).index[0]
    page = opened(visitor, identity)
    field(page, GOAL).input("Ring 070-174 06 05").run()
    press(page, action_words.ACTION_SAVE)
    field(page, GOAL).input("Ring 070-174 06 06").run()
    press(page, action_words.ACTION_SAVE)
    assert "070-174 06 06" in page.app.warning[0].value
    assert "070" not in str(stored(visitor).loc[identity, "goal"])
    press(page, action_words.ACTION_KEEP)
    assert stored(visitor).loc[identity, "goal"] == "Ring 070-174 06 06"
