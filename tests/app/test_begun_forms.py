"""What somebody has begun to write is there when they come back, whatever they pressed."""

import pytest
from streamlit.testing.v1 import AppTest

from trygghetskarta.subjects.dialogue.data import dialogue_data

pytestmark = pytest.mark.slow

SECONDS = 120


@pytest.fixture
def page(tmp_path, monkeypatch):
    """Give a page on an empty store of its own."""
    import streamlit as st

    monkeypatch.setenv("TRYGGHETSKARTA_STORE", str(tmp_path / "store.gpkg"))
    st.cache_resource.clear()
    yield lambda script: AppTest.from_string(script, default_timeout=SECONDS)
    st.cache_resource.clear()


def test_a_new_measure_that_is_left_comes_back_as_it_was(page):
    code = "from trygghetskarta.subjects.actions.page import actions_page; actions_page.show()"
    app = page(code).run()
    button(app, "Ny åtgärd").click().run()
    field(app, "title").input("Halvskriven åtgärd").run()
    # The last word is typed in the same moment as the form is closed.
    field(app, "goal").input("Målet")
    button(app, "Stäng formuläret").click().run()
    assert not [one for one in app.text_input if one.key and one.key.endswith("title")]
    button(app, "Ny åtgärd").click().run()
    assert field(app, "title").value == "Halvskriven åtgärd"
    assert field(app, "goal").value == "Målet"
    assert not app.exception


def button(app: AppTest, label: str):
    return next(one for one in app.button if one.label == label)


def field(app: AppTest, name: str):
    return next(one for one in [*app.text_input, *app.text_area] if (one.key or "").endswith(name))


DIALOGUE = """
from dataclasses import replace
from types import SimpleNamespace
import streamlit as st
from trygghetskarta.subjects.dialogue.ask.presentation import Spec
from trygghetskarta.subjects.dialogue.data import dialogue_data
from trygghetskarta.subjects.dialogue.page import dialogue_panel
from trygghetskarta.subjects.dialogue.data.dialogue_data import Draft

def stored(identity):
    spec = Spec(f"Sparad {identity}", "sv", ())
    saved = SimpleNamespace(spec=spec)
    return Draft(**{**BLANK, "spec": spec, "identity": identity, "saved": saved})

BLANK = {name: () for name in Draft.__dataclass_fields__}
dialogue_data.open_draft = stored
entries = [SimpleNamespace(identity=one, name=one, saved_at=NOW, is_example=False) for one in "ab"]
draft = dialogue_panel.chosen(tuple(entries))
st.text(draft.spec.name if draft else "ny")
if st.button("skriv"):
    name = "Ändrad " + (draft.identity if draft else "ny")
    blank = draft or Draft(**{**BLANK, "identity": "", "saved": None})
    dialogue_panel.keep(replace(blank, spec=Spec(name, "sv", ())))
"""


def test_a_presentation_that_is_not_saved_is_there_when_another_has_been_looked_at(monkeypatch):
    # The script puts its own in its place.
    monkeypatch.setattr(dialogue_data, "open_draft", None)
    now = "from datetime import UTC, datetime\nNOW = datetime(2026, 5, 3, tzinfo=UTC)\n"
    app = AppTest.from_string(now + DIALOGUE, default_timeout=SECONDS).run()
    assert not app.exception and app.text[0].value == "Sparad a"
    for identity, name in (("a", "Ändrad a"), ("", "Ändrad ny"), ("b", "Sparad b")):
        app.selectbox[0].set_value(identity).run()
        if name != "Sparad b":
            app.button[0].click().run()
        assert app.text[0].value == name
    for identity, name in (("", "Ändrad ny"), ("a", "Ändrad a")):
        app.selectbox[0].set_value(identity).run()
        assert app.text[0].value == name
    assert not app.exception
