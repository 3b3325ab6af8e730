"""What is chosen for one page makes no other page compute anew."""

import shutil
from collections import Counter
from dataclasses import fields, replace
from enum import Enum

import pytest
import streamlit as st

from trygghetskarta.desk import data
from trygghetskarta.gate import view as views
from trygghetskarta.gate.choice import AnswerKind, Choice
from trygghetskarta.subjects.compare import ask as pairs
from trygghetskarta.subjects.compare import data as compare_data
from trygghetskarta.subjects.hotspots import data as hotspots_data
from trygghetskarta.subjects.hotspots.ask import hotspots
from trygghetskarta.subjects.perception import data as perception_data
from trygghetskarta.subjects.perception.ask import safety_and_perception
from trygghetskarta.subjects.walks.ask import walk_view
from trygghetskarta.subjects.walks.data import walk_data
from trygghetskarta.subjects.when import ask as when_ask
from trygghetskarta.subjects.when import data as when_data
from trygghetskarta.terms.areas import AreaLevel

pytestmark = pytest.mark.slow

PAGES = {
    "karta": (data.answer, views, "view"),
    "hotspots": (hotspots_data.answer, hotspots, "find"),
    "nar": (when_data.answer, when_ask, "find"),
    "jamfor": (compare_data.answer, pairs, "pair"),
    "sakerhet-trygghet": (perception_data.answer, safety_and_perception, "find"),
    "vandringar": (walk_data.answer, walk_view, "choose"),
}
READERS = {
    "measure": ("karta", "jamfor"),
    "level": ("karta", "jamfor"),
    "layer": ("hotspots",),
    "shape": ("hotspots",),
    "cell_size": ("hotspots",),
    "bandwidth": ("hotspots",),
    "question": ("sakerhet-trygghet",),
    "survey_year": ("sakerhet-trygghet",),
    "walk_type": ("vandringar",),
    "finding_status": ("vandringar",),
    "owner": ("vandringar",),
    "team": ("vandringar",),
}
"""Pages whose answer reads a field that not every page shares; no answer reads the rest."""
OTHER = {"level": AreaLevel.REGSO, "question": "otrygg_kvall", "cell_size": 500, "bandwidth": 500}


@pytest.fixture
def counted(demo_store, tmp_path, monkeypatch):
    """How often each page has computed its answer."""
    store = tmp_path / "store.gpkg"
    shutil.copy(demo_store, store)
    monkeypatch.setenv("TRYGGHETSKARTA_STORE", str(store))
    st.cache_resource.clear()
    counts, busy = Counter(), []
    for page, (_, module, name) in PAGES.items():
        real = getattr(module, name)

        def counting(*args, real=real, page=page, **how):
            # What one page's answer is computed from is no answer of another page.
            if not busy:
                counts[page] += 1
            busy.append(page)
            try:
                return real(*args, **how)
            finally:
                busy.pop()

        monkeypatch.setattr(module, name, counting)
    yield counts
    data.workplace().engine.dispose()
    st.cache_resource.clear()


def changed(choice, one):
    """The choice with another value of a field."""
    kind, now = type(one.default), getattr(choice, one.name)
    if one.name in OTHER:
        return replace(choice, **{one.name: OTHER[one.name]})
    if issubclass(kind, Enum):
        value = next(value for value in kind if value != now)
    else:
        value = {str: "x", int: 200, bool: True}[kind]
    return replace(choice, **{one.name: value})


def test_a_click_computes_anew_only_what_reads_it(counted):
    choice = Choice()
    for ask, _, _ in PAGES.values():
        ask(choice)
    assert counted == dict.fromkeys(PAGES, 1)
    shared = {one.name for one in fields(Choice) if AnswerKind.OFFENCES in one.metadata["decides"]}
    for one in fields(Choice):
        if one.name in shared:
            continue
        counted.clear()
        choice = changed(choice, one)
        for ask, _, _ in PAGES.values():
            ask(choice)
        assert counted == dict.fromkeys(READERS.get(one.name, ()), 1), one.name
