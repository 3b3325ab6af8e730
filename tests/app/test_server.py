"""What the server answers in a process for meetings only, and what is set when it starts."""

from datetime import date

import altair as alt
import pytest
import streamlit as st
from altair.utils import schemapi
from streamlit import config

from trygghetskarta.app import door, server
from trygghetskarta.app.server import OnlyMeetings, is_public
from trygghetskarta.draw.chart import theme
from trygghetskarta.intake.workplace import open_workplace
from trygghetskarta.settings import Settings


async def _answer(scope: dict) -> list[dict]:
    async def app(_scope, _receive, send):
        await send({"type": "reached"})

    sent: list[dict] = []

    async def send(message):
        sent.append(message)

    async def receive():
        return {"type": "http.request"}

    await OnlyMeetings(app)(scope, receive, send)
    return sent


def ask(path: str, kind: str = "http") -> str:
    answering = _answer({"type": kind, "path": path, "method": "GET", "headers": []})
    # It waits for nothing, and a browser's own event loop may be running already.
    with pytest.raises(StopIteration) as ended:
        answering.send(None)
    sent = ended.value.value
    return (
        "reached" if sent[0]["type"] == "reached" else str(sent[0].get("status", sent[0]["type"]))
    )


@pytest.mark.parametrize("path", ["/", "/tyck-till", "/motesbild/", "/_stcore/health",
                                  "/static/js/index.js"])  # fmt: skip
def test_what_a_meeting_needs_is_answered(path):
    assert ask(path) == "reached" and is_public(path)


@pytest.mark.parametrize("path", ["/karta", "/mote", "/data", "/tyck-till/karta",
                                  "/_stcore/metrics", "/_stcore/upload_file/a/b",
                                  "/static/../karta", "/app/static/x",
                                  "/component/x", "/karta/_stcore/health"])  # fmt: skip
def test_everything_else_is_not_there(path):
    assert ask(path) == "404"


def test_the_only_socket_is_the_pages_own():
    assert ask("/_stcore/stream", "websocket") == "reached"
    assert ask("/karta/_stcore/stream", "websocket") == "websocket.close"


def draw_what_is_no_chart() -> theme.Specification:
    chart = alt.Chart().mark_bar().encode(y=alt.Y("count:Q", axis=theme.axis(ticks="many")))
    return theme.finished(chart, height=1)


@pytest.fixture
def own(monkeypatch):
    """A process of its own, as far as starting writes in it."""
    for name in ("TRYGGHETSKARTA_STORE", "TRYGGHETSKARTA_PUBLIC_ONLY"):
        monkeypatch.setenv(name, "")
    monkeypatch.setattr(config, "get_config_files", config.get_config_files)
    with schemapi.debug_mode(True):
        yield monkeypatch


@pytest.mark.parametrize("public_only", [False, True])
def test_no_page_waits_for_charts_to_be_compared_with_their_schema(own, public_only, tmp_path):
    drawn = []
    own.setattr(st.App, "run", lambda _app, config: drawn.append(draw_what_is_no_chart()))
    with pytest.raises(schemapi.SchemaValidationError):
        draw_what_is_no_chart()
    ground = Settings(store=str(tmp_path / "store.gpkg"), public_only=public_only)
    place = open_workplace(ground, lambda: date(2026, 5, 3))
    server.serve(ground, door.names_of(ground), place, open_browser=False)
    place.engine.dispose()
    assert [one["encoding"]["y"]["axis"]["ticks"] for one in drawn] == ["many"]
