"""What staff write in a report: kept with the press, warned of, and never over somebody else's."""

import shutil

import pytest

from tests.pages import Page, visiting
from trygghetskarta.errors import StoreCause, StoreError
from trygghetskarta.subjects.reports.data import report_data
from trygghetskarta.words import error_words, finding_words, report_page_words

pytestmark = pytest.mark.slow

FIRST, SECOND = "Läget är lugnare i centrum.", "Läget är oförändrat."
PHONE = "Ring vakten på 070-123 45 67."


@pytest.fixture(scope="module")
def visitor(little_store, tmp_path_factory):
    path = shutil.copy(little_store, tmp_path_factory.mktemp("written"))
    with visiting(path) as found:
        yield found


def read(visitor) -> Page:
    return visitor.open("lagesbild", ar="2025")


def write(page: Page, section: int, words: str, label: str) -> None:
    """Write in the section with this number, and press its own button."""
    page.app.text_area[section].input(words)
    labels = (report_page_words.SITUATION_SAVE, finding_words.FINDING_KEEP)
    button = [one for one in page.app.button if one.label in labels][section]
    assert button.label == label
    assert not button.click().run().exception


def test_words_come_with_the_press(visitor):
    page = read(visitor)
    write(page, 0, FIRST, report_page_words.SITUATION_SAVE)
    assert page.app.expander[0].label.startswith(report_page_words.SITUATION_EDIT)
    assert FIRST in page.words


def test_a_warning_is_answered_for_the_words_it_was_given_for(visitor):
    page = read(visitor)
    write(page, 1, PHONE, report_page_words.SITUATION_SAVE)
    assert "070-123 45 67" in page.app.warning[-1].value
    write(page, 1, f"{PHONE} Eller 070-765 43 21.", finding_words.FINDING_KEEP)
    assert "070-765 43 21" in page.app.warning[-1].value
    write(page, 1, f"{PHONE} Eller 070-765 43 21.", finding_words.FINDING_KEEP)
    assert page.app.expander[1].label.startswith(report_page_words.SITUATION_EDIT)


def test_what_somebody_else_wrote_meanwhile_is_not_written_over(visitor):
    mine, theirs = read(visitor), read(visitor)
    write(theirs, 2, SECOND, report_page_words.SITUATION_SAVE)
    write(mine, 2, FIRST + " Mitt.", report_page_words.SITUATION_SAVE)
    assert mine.app.warning[-1].value == report_page_words.SITUATION_STALE
    assert mine.app.text_area[2].value == FIRST + " Mitt." and SECOND in mine.words
    write(mine, 2, FIRST + " Mitt.", finding_words.FINDING_KEEP)
    assert FIRST + " Mitt." in mine.words and SECOND not in mine.words


def test_a_press_that_is_refused_says_why_on_the_page(visitor, monkeypatch):
    page = read(visitor)
    error = StoreError(StoreCause.NOT_FOUND, table="reports", identity="x")

    def refuse(_):
        raise error

    monkeypatch.setattr(report_data, "freeze", refuse)
    (freeze,) = (one for one in page.app.button if one.label == report_page_words.SITUATION_FREEZE)
    freeze.click().run()
    assert page.faults == [error_words.error_sentence(error)]
    assert page.app.text_area, "the page stands as it stood"
