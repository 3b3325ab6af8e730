"""A page's web socket brings what the page needs to the server, and nothing else."""

from pathlib import Path

import pytest
from streamlit.proto.BackMsg_pb2 import BackMsg

from trygghetskarta.app import server
from trygghetskarta.app.door import names_of
from trygghetskarta.settings import Settings

DRAWS, STOPS, CLEARS, WATCHES = BackMsg(), BackMsg(), BackMsg(), BackMsg()
DRAWS.rerun_script.query_string = "mote=abc"
STOPS.stop_script = True
CLEARS.clear_cache = True
WATCHES.set_run_on_save = True
SENDS, FETCHES, SHOWS, INSTALLS = BackMsg(), BackMsg(), BackMsg(), BackMsg()
SENDS.file_urls_request.file_names.append("spår.gpx")
FETCHES.backend_operation_request.deferred_file.file_id = "x"
SHOWS.backend_operation_request.dataframe_chunk.SetInParent()
INSTALLS.backend_operation_request.install_skills.SetInParent()
GIT = BackMsg(load_git_info=True)
DRAWING = [DRAWS, STOPS]
FILES = [SENDS, FETCHES, SHOWS]
STRANGE = [CLEARS, WATCHES, INSTALLS, GIT, BackMsg()]


def brought(ground: Settings, frames: list[dict]) -> list[dict]:
    """What comes to the app of what a browser sends, through every gate there is."""
    came = []

    async def app(_scope, receive, _send):
        while (message := await receive())["type"] != "websocket.disconnect":
            came.append(message)

    sent = iter([*frames, {"type": "websocket.disconnect"}])

    async def receive():
        return next(sent)

    origin = names_of(ground).origin
    scope = {
        "type": "websocket",
        "path": "/_stcore/stream",
        "headers": [
            (b"host", origin.removeprefix("http://").encode()),
            (b"origin", origin.encode()),
        ],
    }
    for gate in reversed(
        server.make_app(Path(__file__), ground, names_of(ground), _Keeper())._user_middleware
    ):
        app = gate.cls(app, *gate.args, **gate.kwargs)
    with pytest.raises(StopIteration):
        app(scope, receive, None).send(None)
    return came


class _Keeper:
    cookie = "c"


def framed(*asked: BackMsg) -> list[dict]:
    return [{"type": "websocket.receive", "bytes": one.SerializeToString()} for one in asked]


def test_the_pages_of_staff_draw_and_move_files():
    sent = framed(*DRAWING, *STRANGE, *FILES)
    assert brought(Settings(), sent) == framed(*DRAWING, *FILES)


def test_the_pages_of_a_meeting_draw():
    sent = framed(*DRAWING, *FILES, *STRANGE)
    assert brought(Settings(public_only=True), sent) == framed(*DRAWING)


def test_what_comes_last_counts_where_a_message_says_two_things():
    both = DRAWS.SerializeToString() + CLEARS.SerializeToString()
    assert brought(Settings(), [{"type": "websocket.receive", "bytes": both}]) == []


@pytest.mark.parametrize(
    "frame", [{"text": "clear_cache"}, {"bytes": b"\xff\xff\xff"}, {"bytes": None, "text": ""}]
)
def test_what_cannot_be_read_is_dropped(frame):
    sent = [{"type": "websocket.receive", **frame}, *framed(DRAWS)]
    assert brought(Settings(), sent) == framed(DRAWS)
