"""Pages of the app without a browser: run as Streamlit's own test runner runs them, and read."""

import gc
import html
import os
import re
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import streamlit as st
from streamlit.delta_generator import DeltaGenerator
from streamlit.runtime.context import ContextProxy
from streamlit.testing.v1 import AppTest
from streamlit.testing.v1.element_tree import Node
from streamlit.util import calc_hash

from tests.kept import ROOT
from trygghetskarta.desk import data

APP = ROOT / "trygghetskarta" / "app" / "frame.py"
"""The script that the server runs."""
STORE = "TRYGGHETSKARTA_STORE"
PATIENCE = 120


class Page:
    """A page as it stands after a run.

    Attributes
    ----------
    app
        Streamlit's own view of it, to click and to type in.
    files
        By name: makes the file that a button gives.
    """

    def __init__(self, app: AppTest, files: dict[str, Callable[[], bytes]]) -> None:
        self.app = app
        self.files = files

    @property
    def kinds(self) -> Counter[str]:
        """How many elements of each kind there are."""
        return Counter(element.type for element in _elements(self.app._tree))

    @property
    def words(self) -> str:
        """What can be read on it, in order, without marks."""
        told = (_told(element) for element in _elements(self.app._tree))
        plain = re.sub(r"<style>.*?</style>|<[^>]+>", " ", " ".join(told), flags=re.DOTALL)
        return re.sub(r"\s+", " ", html.unescape(plain))

    @property
    def faults(self) -> list[str]:
        """Errors that nobody raised on purpose, then the sentences of those that somebody did."""
        return [one.message for one in self.app.exception] + [one.value for one in self.app.error]


def _elements(node: Node) -> Iterator[Node]:
    for child in getattr(node, "children", {}).values():
        yield child
        yield from _elements(child)


def _told(element: Node) -> str:
    proto = element.proto
    return " ".join(
        value for name in ("label", "body") if isinstance(value := getattr(proto, name, ""), str)
    )


class Visitor:
    """Opens pages on a store; what one page has computed the next one finds, as in one process."""

    def __init__(self, store: Path, cookies: dict[str, str]) -> None:
        self.store = store
        self.cookies = cookies

    def open(self, address: str, **query: str) -> Page:
        """Run a page of an address, ``""`` for the first, with what stands in its link."""
        # Two visitors may take turns: the process is that of the one whose turn it is.
        if os.environ.get(STORE) != str(self.store):
            data.workplace().engine.dispose()
            os.environ[STORE] = str(self.store)
            _forget()
        app = AppTest.from_file(str(APP), default_timeout=PATIENCE)
        app.context = {"url": f"http://127.0.0.1:8501/{address}", "locale": "sv-SE"}
        app.query_params.update(query)
        # The runner knows pages that are files; ours are functions with an address.
        app._page_hash = calc_hash(address) if address else ""
        files: dict[str, Callable[[], bytes]] = {}
        real = DeltaGenerator.download_button

        def noted(self, label, data, file_name=None, **how):
            if not how.get("disabled"):
                files[f"{how.get('key') or label}: {file_name}"] = data
            return real(self, label, data, file_name, **how)

        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(DeltaGenerator, "download_button", noted)
            main = st.download_button.__self__
            patch.setattr(st, "download_button", lambda *a, **how: noted(main, *a, **how))
            app.run()
        return Page(app, files)


@contextmanager
def visiting(store: Path) -> Iterator[Visitor]:
    """A process of the app on a store, with empty caches before and after."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(STORE, str(store))
        # The runner has no browser to ask.
        cookies: dict[str, str] = {}
        patch.setattr(ContextProxy, "cookies", property(lambda _: cookies))
        patch.setattr(ContextProxy, "headers", property(lambda _: {}))
        _forget()
        yield Visitor(store, cookies)
        data.workplace().engine.dispose()
        _forget()
        # What the app keeps out of every collection for speed is let go of again.
        gc.unfreeze()


def _forget() -> None:
    st.cache_resource.clear()
    st.cache_data.clear()
