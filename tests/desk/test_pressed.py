"""What a button does that may be refused, or breaks off."""

import re
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from trygghetskarta.words import error_words

SCRIPT = """
import streamlit as st
from trygghetskarta.desk.pressed import pressed, say_refused
from trygghetskarta.errors import StoreCause, StoreError

@pressed
def break_off():
    raise ZeroDivisionError("innards")

@pressed
def refuse():
    raise StoreError(StoreCause.LOCKED, address="a.gpkg")

say_refused()
st.button("break", on_click=break_off)
st.button("refuse", on_click=refuse)
"""


@pytest.fixture
def page(tmp_path, monkeypatch) -> AppTest:
    monkeypatch.setenv("TRYGGHETSKARTA_STORE", str(tmp_path / "store.gpkg"))
    return AppTest.from_string(SCRIPT).run()


def test_an_unexpected_error_gives_a_sentence_with_its_code_once(page, tmp_path):
    page.button[0].click().run()
    (said,) = [one.value for one in page.error]
    assert not page.exception and "innards" not in said
    code = re.search(r"felkoden (\w{8})", said)[1]
    assert said == error_words.PRESSED_UNEXPECTED.format(code=code)
    log = Path(tmp_path / "trygghetskarta.log").read_text("utf-8")
    assert code in log and "ZeroDivisionError: innards" in log
    assert not page.run().error


def test_what_is_refused_is_said_without_a_code(page, tmp_path):
    page.button[1].click().run()
    (said,) = [one.value for one in page.error]
    assert "felkod" not in said and not page.exception
    assert not (tmp_path / "trygghetskarta.log").exists()
