"""An empty store is no dead end: three steps, and templates that can be read in once filled in."""

import shutil
from datetime import date

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from trygghetskarta.desk import data
from trygghetskarta.intake import intake, receiving, templates, walk_intake
from trygghetskarta.intake.walk_reading import Reading
from trygghetskarta.intake.workplace import open_workplace
from trygghetskarta.settings import Settings
from trygghetskarta.sources.fields.columns import recognise
from trygghetskarta.sources.fields.needed_columns import NEEDED
from trygghetskarta.terms.imports import TableKind
from trygghetskarta.words import import_words, map_words

pytestmark = pytest.mark.slow

FILLED = {
    TableKind.INCIDENTS: {
        "source_id": "1", "offence_code": "9801", "reported_date": "2025-03-01",
        "area_code": "1488S001", "count": "1",
    },
    TableKind.POPULATION: {"area_code": "1488S001", "year": "2025", "population": "1200"},
    TableKind.SURVEY: {
        "survey": "NTU", "year": "2025", "question": "Oro för inbrott", "dimension": "trygghet",
        "group": "Alla", "share": "20,0", "answers": "400",
        "sampling_method": "slumpmässigt urval",
    },
    TableKind.SURVEY_ANSWERS: {
        "survey": "NTU", "year": "2025", "question": "Oro för inbrott", "answer": "Ja",
        "weight": "1", "sampling_method": "slumpmässigt urval",
    },
    TableKind.ACTIONS: {"title": "Belysning", "status": "planerad"},
    TableKind.WALKS: {
        "source_id": "a", "walk_type": "närvaropass", "start": "2025-03-01 20:00",
        "end": "2025-03-01 21:00", "participants": "4",
    },
    TableKind.OBSERVATIONS: {
        "date": "2025-03-01", "latitude": "58.283", "longitude": "12.289",
        "category": "belysning", "seriousness": "2", "text": "Lampan är trasig",
    },
}  # fmt: skip
PAGES = {
    "map.page.map_page": TableKind.INCIDENTS,
    "hotspots.page.hotspot_page": TableKind.INCIDENTS,
    "when.page.when_page": TableKind.INCIDENTS,
    "compare.page": TableKind.INCIDENTS,
    "perception.page.perception_page": TableKind.INCIDENTS,
    "reports.page.situation_page": TableKind.INCIDENTS,
    "dialogue.page.dialogue_page": TableKind.INCIDENTS,
    "walks.page.walks_page": TableKind.WALKS,
    "actions.page.actions_page": TableKind.ACTIONS,
}
OTHERS = (
    "imports.page.data_page",
    "map.page.about_page",
    "walks.page.report_page",
    "meeting.page.meeting_page",
    "meeting.page.voice_page",
)
"""Pages that have something to do in an empty store."""


@pytest.fixture
def empty(base_store, tmp_path, monkeypatch):
    store = tmp_path / "store.gpkg"
    shutil.copy(base_store, store)
    monkeypatch.setenv("TRYGGHETSKARTA_STORE", str(store))
    st.cache_resource.clear()
    yield store
    data.workplace().engine.dispose()
    st.cache_resource.clear()


def opened(page: str) -> AppTest:
    code = f"from trygghetskarta.subjects.{page} import show\nshow()\n"
    app = AppTest.from_string(code, default_timeout=60).run()
    assert not app.exception
    return app


def written(app: AppTest) -> str:
    return "\n".join(one.proto.body for one in app.get("html"))


@pytest.mark.parametrize("page", PAGES)
def test_every_page_leads_to_the_first_figure(empty, page):
    app = opened(page)
    told = written(app)
    assert [f'tk-step-number">{number}<' in told for number in (1, 2, 3)] == [True] * 3
    assert f'href="{"rapportera" if page == "walks.page.walks_page" else "data"}"' in told
    labels = [one.proto.label for one in app.get("download_button")]
    assert import_words.template_label(PAGES[page]) in labels


OWN = {
    "map.page.map_page": "karta",
    "walks.page.walks_page": "vandringar",
    "actions.page.actions_page": "atgarder",
}
"""Pages whose figures stand on the page itself, and their addresses."""


@pytest.mark.parametrize("page", PAGES)
def test_no_step_leads_to_the_page_where_it_stands(empty, page):
    told = written(opened(page))
    assert f'href="{OWN.get(page, "")}"' not in told
    assert ('href="karta"' in told) == (page not in OWN)


@pytest.mark.parametrize("page", OTHERS)
def test_pages_with_work_of_their_own_open_without_data(empty, page):
    opened(page)


def test_the_data_page_gives_the_template_of_the_chosen_kind(empty):
    app = opened("imports.page.data_page")
    assert [one.proto.label for one in app.get("download_button")] == [
        import_words.template_label(TableKind.INCIDENTS)
    ]
    app.selectbox[0].select(TableKind.DISTRICTS).run()
    assert not app.exception and not app.get("download_button")


def test_the_first_imports_name_their_publishers(empty):
    assert set(data.history()["source"]) == {"SCB", "Brå"}


@pytest.mark.parametrize("kind", templates.ROLES)
def test_a_template_has_what_is_needed_and_nothing_the_import_does_not_know(kind):
    header = data.template(kind).decode("utf-8-sig").strip().split(";")
    mapping = recognise(header, kind)
    wanted = {role: import_words.column_name(kind, role) for role in templates.ROLES[kind]}
    assert mapping.roles == wanted
    assert mapping.unused == (map_words.TEMPLATE_MARK,) and map_words.TEMPLATE_MARK.startswith(
        "MALL"
    )
    for alternatives in NEEDED[kind]:
        assert set(alternatives) & set(wanted)


@pytest.mark.parametrize("kind", templates.ROLES)
def test_a_filled_in_template_is_read_in(kind, base_store, tmp_path):
    store = tmp_path / "store.gpkg"
    shutil.copy(base_store, store)
    place = open_workplace(Settings(store=str(store)), lambda: date(2026, 11, 2))
    row = ";".join([*(FILLED[kind].get(role, "") for role in templates.ROLES[kind]), ""])
    content = data.template(kind) + row.encode() + b"\r\n"
    name = import_words.template_file(kind)
    assert name.isascii() and name.startswith("mall_")
    if kind in (TableKind.WALKS, TableKind.OBSERVATIONS):
        (done,) = walk_intake.import_files(place, [(name, content)], Reading(None, "Prov"))
        assert done.error is None
        report = done.report
    else:
        report = intake.import_waiting(place, receiving.receive(place, kind, name, content), "Prov")
    place.engine.dispose()
    assert (report.read, report.quarantined) == (1, 0)
