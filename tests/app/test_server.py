"""A process for meetings only answers its two pages and nothing else."""

import pytest

from trygghetskarta.app.server import OnlyMeetings, is_public


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
