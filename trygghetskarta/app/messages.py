"""What a page may ask over its web socket; whatever else Streamlit understands is dropped.

Streamlit does what any browser with a session says: one can clear what is kept for everybody, so
that every page counts anew, and another can install files on the server's disk.
"""

from google.protobuf.message import DecodeError
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from streamlit.proto.BackMsg_pb2 import BackMsg

DRAWING = frozenset({"rerun_script", "stop_script"})
"""All that a page without files asks."""

FILES = frozenset({"file_urls_request", "deferred_file", "dataframe_chunk"})
"""What is asked to send a file, to fetch one, and to see more rows of a table."""


class OnlyNeeded:
    """Lets through the kinds of message that the pages send, and nothing else.

    What is dropped is not answered: a connection that was closed would be opened again at once.
    """

    def __init__(self, app: ASGIApp, needed: frozenset[str]) -> None:
        self.app = app
        self.needed = needed

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a connection on; of a web socket, only what is needed."""

        async def receive_needed() -> Message:
            while True:
                message = await receive()
                if message["type"] != "websocket.receive" or self._is_needed(message):
                    return message

        await self.app(scope, receive_needed if scope["type"] == "websocket" else receive, send)

    def _is_needed(self, message: Message) -> bool:
        try:
            asked = BackMsg.FromString(message.get("bytes") or b"")
        except DecodeError:
            return False
        kind = asked.WhichOneof("type")
        if kind == "backend_operation_request":
            kind = asked.backend_operation_request.WhichOneof("payload")
        return kind in self.needed
