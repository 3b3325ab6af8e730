"""The form of a finding: a warning is answered for the words it was given for, and no others."""

import shutil

import pytest

from tests.pages import visiting
from trygghetskarta.store import connect, read_walks
from trygghetskarta.words import finding_words

pytestmark = pytest.mark.slow


def test_a_warning_is_answered_for_the_words_it_was_given_for(little_store, tmp_path):
    path = shutil.copy(little_store, tmp_path)

    def stored():
        engine = connect(str(path))
        rows = read_walks.observations(engine).set_index("observation_id")
        engine.dispose()
        return rows

    rows = stored()
    chosen = rows[rows["category"] != "trygg_plats"].index[0]
    with visiting(path) as visitor:
        page = visitor.open("vandringar", fynd=chosen)

        def save(words: str, label: str) -> None:
            reason = next(
                one for one in page.app.text_input if one.label == finding_words.STATUS_REASON
            )
            reason.input(words)
            button = next(one for one in page.app.button if one.label == label)
            assert not button.click().run().exception

        save("Ring Kim 070-174 06 05", finding_words.FINDING_SAVE)
        save("Ring Kim 070-174 06 06", finding_words.FINDING_KEEP)
        assert "070-174 06 06" in page.app.warning[0].value
        assert stored().loc[chosen, "version"] == rows.loc[chosen, "version"]
        save("Ring Kim 070-174 06 06", finding_words.FINDING_KEEP)
        assert [one.value for one in page.app.success] == [finding_words.FINDING_SAVED]
