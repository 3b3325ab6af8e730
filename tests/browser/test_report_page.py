"""The page Rapportera in a walker's hand: 390 × 844, touch, a connection that comes and goes."""

import base64
import io
import json
import time
import urllib.request
import uuid
from datetime import date
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Page, expect

from tests.browser.conftest import FLAGS, chromium_path
from tests.browser.looks import settle
from trygghetskarta.intake.workplace import open_workplace
from trygghetskarta.settings import Settings
from trygghetskarta.store import connect, read, read_walks
from trygghetskarta.terms.areas import AreaLevel

PHONE = (390, 844)
SECONDS = 30
KRONOGARDEN = {"latitude": 58.2755, "longitude": 12.3120}
WAIT = 60
"""Seconds for what is kept to be sent."""
HOSTILE = "<img src=x onerror=\"window.caught='form'\">`${1}`"


@pytest.fixture(scope="module")
def phone_store(tmp_path_factory) -> Path:
    path = tmp_path_factory.mktemp("phone") / "phone.gpkg"
    open_workplace(Settings(store=str(path)), date.today).engine.dispose()
    return path


@pytest.fixture(scope="module")
def phone_address(phone_store, serve):
    with serve(phone_store) as address:
        yield address


@pytest.fixture
def form(phone_address, open_page) -> Page:
    return open_form(open_page, phone_address)


def open_form(open_page, address: str, size=PHONE) -> Page:
    page = open_page(
        f"{address}/rapportera", size, geolocation=KRONOGARDEN, permissions=["geolocation"]
    )
    page.wait_for_selector(".tk-phone-save")
    return page


def stored(path: Path):
    """Everything that is stored: walks and observations."""
    engine = connect(str(path))
    try:
        return read_walks.walks(engine), read_walks.observations(engine)
    finally:
        engine.dispose()


def tap(page: Page, *names: str) -> None:
    for name in names:
        page.get_by_role("button", name=name, exact=True).tap()


def fill_in(page: Page, text: str = "", category: str = "Belysning") -> None:
    tap(page, "Min plats")
    page.get_by_text("Plats: 58,2755").wait_for()
    tap(page, category, "2 – bör åtgärdas")
    if text:
        page.get_by_label("Vad såg du?").fill(text)


def test_a_finding_is_stored_in_less_than_half_a_minute_of_tapping(form, phone_store):
    _, before = stored(phone_store)
    start = time.monotonic()
    tap(form, "Min plats")
    form.get_by_text("Plats: 58,2755").wait_for()
    tap(form, "Belysning", "2 – bör åtgärdas", "Spara fyndet")
    form.get_by_text("Sparat: Belysning").wait_for()
    assert time.monotonic() - start < SECONDS
    _, seen = stored(phone_store)
    assert len(seen) == len(before) + 1
    row = seen.iloc[-1]
    assert (row["category"], row["seriousness"], row["status"]) == ("belysning", 2, "ny")
    engine = connect(str(phone_store))
    names = read.areas(engine, AreaLevel.DISTRICT)["name"]
    engine.dispose()
    assert names[row["district_code"]] == "Kronogården"


def test_a_place_can_be_pointed_out_on_the_map(form, phone_store):
    tap(form, "Peka på kartan")
    box = form.locator(".tk-phone-map .tk-map")
    box.locator("path").first.wait_for(state="attached")
    box.scroll_into_view_if_needed()
    settle(form)
    at = box.bounding_box()
    form.touchscreen.tap(at["x"] + at["width"] / 2, at["y"] + at["height"] / 2)
    form.get_by_text("Plats: 58,").wait_for()
    tap(form, "Trygg plats")
    expect(form.get_by_text("Hur allvarligt?")).not_to_be_visible()
    tap(form, "Spara fyndet")
    form.get_by_text("Sparat: Trygg plats").wait_for()
    _, seen = stored(phone_store)
    assert seen.iloc[-1]["category"] == "trygg_plats"
    assert seen.geometry.iloc[-1] is not None


def test_what_is_missing_is_said_and_nothing_is_sent(form, phone_store):
    _, before = stored(phone_store)
    tap(form, "Spara fyndet")
    said = form.get_by_role("alert").first.inner_text()
    assert "Ange en plats." in said and "Välj vad det gäller." in said
    assert len(stored(phone_store)[1]) == len(before)


def test_a_rond_may_judge_the_place_and_counts_its_stops(form, phone_store):
    tap(form, "Trygghetsrond")
    form.get_by_text("Miljön på platsen").tap()
    form.get_by_role("group", name="Ljus").get_by_role("button", name="2").tap()
    form.get_by_role("group", name="Känsla").get_by_role("button", name="3").tap()
    fill_in(form)
    tap(form, "Spara fyndet")
    form.get_by_text("Sparat: Belysning").wait_for()
    row = stored(phone_store)[1].iloc[-1]
    assert json.loads(row["factors"]) == {"ljus": 2, "kansla": 3}
    assert row["stop"] == 1 and isinstance(row["walk_id"], str)


def test_nothing_to_report_is_stored_too(form, phone_store):
    form.get_by_text("Avsluta passet").tap()
    form.get_by_label("Var gick ni?").fill("Sylte")
    form.get_by_label("Antal vuxna").fill("4")
    tap(form, "Inget att rapportera")
    form.get_by_text("Passet är sparat").wait_for()
    walk = stored(phone_store)[0].iloc[-1]
    assert walk["nothing_to_report"] and walk["participants"] == 4
    assert walk["started_at"] <= walk["ended_at"]


def draw_on(page: Page, places: list[tuple[float, float]]):
    """Open the map and press on it, in parts of its width and height; gives the map."""
    page.get_by_text("Avsluta passet").click()
    page.get_by_role("button", name="Rita vägen på kartan").click()
    box = page.get_by_role("application", name="Karta att rita vägen på")
    expect(box.locator("path").first).to_be_attached()
    press(page, box, places)
    return box


def press(page: Page, box, places: list[tuple[float, float]]) -> None:
    box.scroll_into_view_if_needed()
    for x, y in places:
        at = box.bounding_box()
        where = at["x"] + x * at["width"], at["y"] + y * at["height"]
        before = box.locator(".tk-drawn-point").count()
        if page.evaluate("navigator.maxTouchPoints"):
            page.touchscreen.tap(*where)
        else:
            page.mouse.click(*where)
        expect(box.locator(".tk-drawn-point")).to_have_count(before + 1)


def told_length(page: Page) -> float:
    said = page.get_by_text("Ritad väg:").inner_text()
    return float(said.split(":")[1].split("km")[0].strip().replace(",", "."))


@pytest.mark.parametrize("size", [(1440, 900), PHONE], ids=["desk", "phone"])
def test_a_route_is_drawn_point_by_point(phone_address, phone_store, open_page, size):
    page = open_form(open_page, phone_address, size)
    page.evaluate("window.untouched = true")
    box = draw_on(page, [(0.3, 0.4), (0.5, 0.4), (0.5, 0.7), (0.6, 0.7)])
    page.get_by_text("4 punkter").wait_for()
    page.get_by_role("button", name="Ångra").click()
    expect(box.locator(".tk-drawn-point")).to_have_count(3)
    page.get_by_role("button", name="Klar").click()
    expect(box).not_to_be_visible()
    length = told_length(page)
    # What is drawn outlives the page, and the map that shows it.
    page.reload()
    page.get_by_text("Avsluta passet").click()
    assert told_length(page) == length
    page.evaluate("window.untouched = true")
    page.get_by_role("button", name="Rita vägen på kartan").click()
    expect(page.locator(".tk-drawn-point")).to_have_count(3)
    page.get_by_label("Var gick ni?").fill("Ritad runda")
    page.get_by_role("button", name="Spara passet").click()
    page.get_by_text("Passet är sparat").wait_for()
    assert page.evaluate("window.untouched")
    walk = stored(phone_store)[0].iloc[-1]
    assert walk["name"] == "Ritad runda" and isinstance(walk["district_code"], str)
    assert walk["length_m"] / 1000 == pytest.approx(length, abs=0.005 + 0.005 * length)
    expect(page.get_by_text("Ritad väg:")).not_to_be_attached()


def test_a_route_is_drawn_from_the_keyboard(phone_address, phone_store, open_page):
    page = open_form(open_page, phone_address, (1440, 900))
    before = len(stored(phone_store)[0])
    box = draw_on(page, [])
    box.focus()
    page.keyboard.press("Enter")
    page.get_by_text("Första punkten är satt").wait_for()
    page.get_by_label("Var gick ni?").fill("Med tangenter")
    page.get_by_role("button", name="Spara passet").click()
    page.get_by_text("behöver minst två punkter").wait_for()
    assert len(stored(phone_store)[0]) == before
    box.focus()
    for step, key in enumerate(("ArrowRight", "ArrowDown"), start=2):
        moved = page.evaluate(
            "document.querySelector('.tk-draw .leaflet-map-pane').style.transform"
        )
        page.keyboard.press(key)
        page.wait_for_function(
            "(old) => { const pane = document.querySelector('.tk-draw .leaflet-map-pane');"
            " return pane.style.transform !== old"
            " && !pane.classList.contains('leaflet-pan-anim'); }",
            arg=moved,
        )
        page.keyboard.press("Enter")
        expect(box.locator(".tk-drawn-point")).to_have_count(step)
    assert told_length(page) > 0
    page.keyboard.press("Backspace")
    expect(box.locator(".tk-drawn-point")).to_have_count(2)
    page.get_by_role("button", name="Rensa").click()
    expect(box.locator(".tk-drawn-point")).to_have_count(0)
    page.get_by_role("button", name="Ångra").click()
    expect(box.locator(".tk-drawn-point")).to_have_count(2)


def test_personal_data_is_warned_of_before_anything_is_stored(form, phone_store):
    before = len(stored(phone_store)[1])
    fill_in(form, "Ring 070-174 06 05 om bilen")
    tap(form, "Spara fyndet")
    form.get_by_text("telefonnummer (070-174 06 05)").wait_for()
    assert len(stored(phone_store)[1]) == before
    tap(form, "Ändra")
    form.get_by_label("Vad såg du?").fill("Ring om bilen")
    tap(form, "Spara fyndet")
    form.get_by_text("Sparat: Belysning").wait_for()
    assert len(stored(phone_store)[1]) == before + 1
    fill_in(form, "Ring 070-174 06 05 om bilen")
    tap(form, "Spara fyndet", "Spara ändå")
    form.get_by_text("Sparat: Belysning").wait_for()
    assert stored(phone_store)[1].iloc[-1]["text"] == "Ring 070-174 06 05 om bilen"


def test_a_picture_loses_its_position(form, phone_store, tmp_path):
    picture = Image.new("RGB", (2400, 1200), "#336699")
    exif = picture.getexif()
    exif.get_ifd(0x8825)[2] = (58.0, 16.0, 12.0)
    exif[0x010E] = "secret place"
    path = tmp_path / "photo.jpg"
    picture.save(path, exif=exif)
    fill_in(form)
    form.get_by_label("Ta eller välj en bild").set_input_files(path)
    form.get_by_text("Bilden är med").wait_for()
    tap(form, "Spara fyndet")
    form.get_by_text("Sparat: Belysning").wait_for()
    row = stored(phone_store)[1].iloc[-1]
    engine = connect(str(phone_store))
    jpeg = read_walks.photo(engine, row["observation_id"])
    engine.dispose()
    assert b"secret place" not in jpeg
    with Image.open(io.BytesIO(jpeg)) as kept:
        assert max(kept.size) <= 1600 and not kept.getexif()


KEPT = """(name) => new Promise((resolve, reject) => {
    const asked = indexedDB.open("trygghetskarta.reports", 1);
    asked.onerror = () => reject(asked.error);
    asked.onsuccess = () => {
        const found = asked.result.transaction(name).objectStore(name).getAll();
        found.onsuccess = () => { asked.result.close(); resolve(found.result); };
    };
})"""
"""Gives what the browser keeps in one of its tables."""

CUT = "WebSocket.prototype.send = () => {}"
"""What the browser has open already is not cut by being offline: what is sent is held back."""


def in_phone(page: Page, name: str = "outbox") -> list[dict]:
    return page.evaluate(KEPT, name)


def none_wait(page: Page) -> None:
    deadline = time.monotonic() + WAIT
    while left := in_phone(page):
        assert time.monotonic() < deadline, left
        page.wait_for_timeout(100)


def test_a_report_sent_twice_is_stored_once(form, phone_store):
    form.evaluate(CUT)
    fill_in(form, "En gång")
    tap(form, "Spara fyndet")
    form.get_by_text("1 väntar på att skickas").wait_for()
    (sent,) = in_phone(form)
    form.reload()
    form.get_by_text("Sparat: Belysning").wait_for()
    none_wait(form)
    count = len(stored(phone_store)[1])
    # The answer never came: the report still lies in the phone when the page is opened again.
    form.evaluate(
        """(report) => new Promise((resolve) => {
            const asked = indexedDB.open("trygghetskarta.reports", 1);
            asked.onsuccess = () => {
                const work = asked.result.transaction("outbox", "readwrite");
                work.objectStore("outbox").put(report);
                work.oncomplete = () => { asked.result.close(); resolve(); };
            };
        })""",
        sent,
    )
    form.reload()
    form.get_by_text("Sparat: Belysning").wait_for()
    none_wait(form)
    assert len(stored(phone_store)[1]) == count


def test_two_tabs_write_two_reports(form, phone_store, phone_address):
    before = len(stored(phone_store)[1])
    other = reopened(form.context, phone_address)
    fill_in(form, "Första fliken")
    fill_in(other, "Andra fliken", "Nedskräpning")
    # Neither has written over the other, nor does the page that comes after them.
    for page, text in ((form, "Första fliken"), (other, "Andra fliken")):
        page.reload()
        page.wait_for_selector(".tk-phone-save")
        assert page.get_by_label("Vad såg du?").input_value() == text
    tap(form, "Spara fyndet")
    form.get_by_text("Sparat: Belysning").wait_for()
    tap(other, "Spara fyndet")
    other.get_by_text("Sparat: Nedskräpning").wait_for()
    seen = stored(phone_store)[1]
    assert len(seen) == before + 2
    assert set(seen["text"].iloc[-2:]) == {"Första fliken", "Andra fliken"}
    assert seen["walk_id"].iloc[-1] == seen["walk_id"].iloc[-2]


def test_a_copied_tab_is_a_report_of_its_own(form, phone_store, phone_address):
    before = len(stored(phone_store)[1])
    fill_in(form, "Original")
    # What a browser does when a tab is copied: the new one begins with what the old one remembers.
    remembered = form.evaluate("sessionStorage.getItem('trygghetskarta.tab')")
    copy = form.context.new_page()
    copy.add_init_script(f"sessionStorage.setItem('trygghetskarta.tab', '{remembered}')")
    copy.goto(f"{phone_address}/rapportera")
    copy.wait_for_selector(".tk-phone-save")
    fill_in(copy, "Kopia")
    form.get_by_label("Vad såg du?").fill("Original, ändrat")
    for page in (copy, form):
        tap(page, "Spara fyndet")
        page.get_by_text("Sparat: Belysning").wait_for()
    seen = stored(phone_store)[1]
    assert len(seen) == before + 2
    assert set(seen["text"].iloc[-2:]) == {"Original, ändrat", "Kopia"}


MUTE = "BroadcastChannel.prototype.postMessage = () => {}"
"""A page that is too busy to answer the others."""
TWICE = "redan sparat eller borttaget i en annan flik"


def test_both_tabs_end_their_walk_and_the_second_is_asked(form, phone_store, phone_address):
    before = len(stored(phone_store)[0])
    other = reopened(form.context, phone_address)
    for page, name in ((form, "Flik ett"), (other, "Flik två")):
        page.get_by_text("Avsluta passet").tap()
        page.get_by_label("Var gick ni?").fill(name)
        tap(page, "Spara passet")
        if page is other:
            page.get_by_text(f"Passet är {TWICE}").wait_for()
            assert len(stored(phone_store)[0]) == before + 1
            tap(page, "Spara ändå")
        page.get_by_text("Passet är sparat").wait_for()
    seen = stored(phone_store)[0]
    assert len(seen) == before + 2 and {"Flik ett", "Flik två"} <= set(seen["name"])


def test_stops_of_a_walk_are_counted_over_all_tabs(form, phone_store, phone_address):
    before = len(stored(phone_store)[1])
    other = reopened(form.context, phone_address)
    for page in (form, other):
        tap(page, "Trygghetsrond")
    for page, text in ((form, "ett"), (other, "två"), (other, "tre"), (form, "fyra")):
        fill_in(page, text)
        tap(page, "Spara fyndet")
        none_wait(page)
    seen = stored(phone_store)[1].iloc[before:]
    assert seen["text"].tolist() == ["ett", "två", "tre", "fyra"]
    assert seen["walk_id"].nunique() == 1 and seen["stop"].tolist() == [1, 2, 3, 4]
    # Also after a tab that comes when the others are gone.
    context = form.context
    form.close()
    other.close()
    last = reopened(context, phone_address)
    fill_in(last, "fem")
    tap(last, "Spara fyndet")
    none_wait(last)
    row = stored(phone_store)[1].iloc[-1]
    assert (row["text"], row["stop"], row["walk_id"]) == ("fem", 5, seen["walk_id"].iloc[0])


@pytest.mark.parametrize("answer", ["Spara ändå", "Ta bort"])
def test_a_draft_that_two_tabs_have_is_stored_twice_only_if_somebody_says_so(
    form, phone_store, phone_address, tmp_path, answer
):
    path = tmp_path / "photo.png"
    Image.new("RGB", (640, 480), "#336699").save(path)
    before = len(stored(phone_store)[1])
    fill_in(form, f"Två gånger: {answer}")
    form.get_by_label("Ta eller välj en bild").set_input_files(path)
    form.get_by_text("Bilden är med").wait_for()
    form.evaluate(MUTE)
    other = reopened(form.context, phone_address)
    expect(other.get_by_label("Vad såg du?")).to_have_value(f"Två gånger: {answer}")
    tap(form, "Spara fyndet")
    form.get_by_text("Sparat: Belysning").wait_for()
    tap(other, "Spara fyndet")
    other.get_by_text(f"Fyndet är {TWICE}").wait_for()
    assert len(stored(phone_store)[1]) == before + 1
    # The question is still there when the tab is opened again.
    other.reload()
    other.get_by_text(f"Fyndet är {TWICE}").wait_for()
    expect(other.get_by_text(f"Belysning: Två gånger: {answer}")).to_be_visible()
    other.on("dialog", lambda dialog: dialog.accept())
    tap(other, answer)
    if answer == "Spara ändå":
        other.get_by_text("Sparat: Belysning").wait_for()
    expect(other.get_by_text(TWICE)).to_have_count(0)
    none_wait(other)
    seen = stored(phone_store)[1].iloc[before:]
    assert len(seen) == (2 if answer == "Spara ändå" else 1) and seen["has_photo"].all()


def test_a_report_that_two_tabs_show_is_changed_in_one_and_asked_of_in_the_other(
    form, phone_store, phone_address
):
    before = len(stored(phone_store)[1])
    fill_in(form, "Ring 070-174 06 05")
    tap(form, "Spara fyndet")
    form.get_by_text("telefonnummer (070-174 06 05)").wait_for()
    other = reopened(form.context, phone_address)
    other.get_by_text("telefonnummer (070-174 06 05)").wait_for()
    tap(form, "Ändra")
    form.get_by_label("Vad såg du?").fill("Ring")
    tap(form, "Spara fyndet")
    form.get_by_text("Sparat: Belysning").wait_for()
    tap(other, "Spara ändå")
    other.get_by_text(f"Fyndet är {TWICE}").wait_for()
    assert stored(phone_store)[1]["text"].iloc[before:].tolist() == ["Ring"]
    other.on("dialog", lambda dialog: dialog.accept())
    tap(other, "Ta bort")
    none_wait(other)


def test_another_report_by_the_same_identity_is_not_said_to_be_stored(form, phone_store):
    """What a phone with an earlier version kept: two reports that go by one identity."""
    before = stored(phone_store)[1]
    tap(form, "Trygg plats")
    form.get_by_label("Eller skriv platsens namn").fill("Sylte")
    tap(form, "Spara fyndet")
    form.get_by_text("Sparat: Trygg plats").wait_for()
    taken = stored(phone_store)[1]["observation_id"].iloc[-1]
    report = {
        "kind": "finding", "type": "presence", "identity": taken, "state": "waiting",
        "at": "2026-05-03T10:00:00.000Z", "category": "belysning", "seriousness": 2,
        "text": "En annan", "place": "Sylte", "position": None, "factors": {}, "photo": "",
        "kept": False, "stop": None,
    }  # fmt: skip
    form.evaluate(
        "(kept) => localStorage.setItem('trygghetskarta.outbox', JSON.stringify(kept))", [report]
    )
    form.reload()
    form.get_by_text("Sparat: Belysning").wait_for()
    none_wait(form)
    seen = stored(phone_store)[1]
    assert len(seen) == len(before) + 2
    assert seen["text"].iloc[-1] == "En annan"


def test_what_an_earlier_version_kept_is_taken_over(form, phone_store, tmp_path):
    picture = io.BytesIO()
    Image.new("RGB", (64, 48), "#336699").save(picture, "JPEG")
    photo = base64.b64encode(picture.getvalue()).decode()
    walk = {
        "identity": str(uuid.uuid4()), "started": "2026-05-03T09:00:00.000Z", "ended": "",
        "people": "3", "team": "", "place": "", "note": "", "route": [], "stops": 1,
    }  # fmt: skip
    finding = {"category": "belysning", "seriousness": 2, "place": "Sylte", "position": None,
               "accuracy": 0, "factors": {}, "photo": photo, "kept": False}  # fmt: skip
    half = {**finding, "identity": str(uuid.uuid4()), "text": "Halvskriven"}
    draft = {"type": "presence", "walk": walk, "finding": half}
    waiting = {**finding, "kind": "finding", "type": "presence", "identity": str(uuid.uuid4()),
               "walk": walk["identity"], "at": "2026-05-03T10:00:00.000Z", "stop": None,
               "text": "Väntar sedan i går", "state": "waiting"}  # fmt: skip
    form.evaluate(
        "([draft, waiting]) => {"
        " localStorage.setItem('trygghetskarta.draft', JSON.stringify(draft));"
        " localStorage.setItem('trygghetskarta.outbox', JSON.stringify([waiting])); }",
        [draft, waiting],
    )
    form.reload()
    form.get_by_text("Sparat: Belysning").wait_for()
    seen = stored(phone_store)[1].iloc[-1]
    assert seen["text"] == "Väntar sedan i går" and seen["walk_id"] == walk["identity"]
    assert seen["has_photo"]
    assert form.evaluate("Object.keys(localStorage).filter((key) => key.includes('trygg'))") == []
    expect(form.get_by_label("Vad såg du?")).to_have_value("Halvskriven")
    expect(form.get_by_text("Bilden är med")).to_be_visible()
    assert form.get_by_label("Antal vuxna").input_value() == "3"


@pytest.mark.long
def test_ten_pictures_outlive_the_browser_without_connection(tmp_path, chromium, serve):
    """More than a browser's old store holds: five megabytes of text."""
    path, profile = tmp_path / "many.gpkg", tmp_path / "profile"
    open_workplace(Settings(store=str(path)), date.today).engine.dispose()
    noise = tmp_path / "noise.png"
    Image.effect_noise((1600, 1200), 120).convert("RGB").save(noise)

    def browser():
        return chromium.browser_type.launch_persistent_context(
            str(profile), executable_path=chromium_path(), args=FLAGS, has_touch=True,
            viewport={"width": 390, "height": 844}, geolocation=KRONOGARDEN,
            permissions=["geolocation"],
        )  # fmt: skip

    with serve(path) as address:
        context = browser()
        page = reopened(context, address)
        page.evaluate(CUT)
        for number in range(10):
            fill_in(page, f"Bild {number}")
            page.get_by_label("Ta eller välj en bild").set_input_files(noise)
            page.get_by_text("Bilden är med").wait_for()
            tap(page, "Spara fyndet")
            page.get_by_text(f"{number + 1} väntar på att skickas").wait_for()
        assert sum(len(one["photo"]) for one in in_phone(page, "photos")) > 5_000_000
        assert not page.locator(".tk-phone-unkept").inner_text()
        context.close()
        context = browser()
        page = reopened(context, address)
        none_wait(page)
        context.close()
    seen = stored(path)[1]
    assert sorted(seen["text"]) == [f"Bild {number}" for number in range(10)]
    assert seen["has_photo"].all()


FULL = """() => {
    const put = IDBObjectStore.prototype.put;
    IDBObjectStore.prototype.put = function (value) {
        if (window.full.includes(this.name)) {
            this.transaction.abort();
            throw new DOMException("full", "QuotaExceededError");
        }
        return put.call(this, value);
    };
}"""
"""A browser without room for some of its tables."""


def test_a_picture_that_has_no_room_is_said_at_once_and_nothing_else_is_lost(
    form, phone_store, tmp_path
):
    path = tmp_path / "photo.png"
    Image.new("RGB", (640, 480), "#336699").save(path)
    form.evaluate("window.full = ['photos']")
    form.evaluate(FULL)
    fill_in(form, "Full telefon")
    form.get_by_label("Ta eller välj en bild").set_input_files(path)
    form.get_by_text("Bilden får inte plats i telefonen").wait_for()
    assert [one["finding"]["text"] for one in in_phone(form, "drafts")] == ["Full telefon"]
    # With a connection it is sent all the same.
    tap(form, "Spara fyndet")
    form.get_by_text("Sparat: Belysning").wait_for()
    expect(form.locator(".tk-phone-unkept")).to_be_empty()
    assert stored(phone_store)[1].iloc[-1]["has_photo"]


def test_a_phone_that_keeps_nothing_says_so_before_somebody_leaves(form, phone_store):
    fill_in(form, "Det här är behållet")
    form.evaluate("window.full = ['drafts', 'outbox', 'photos']")
    form.evaluate(FULL)
    form.get_by_label("Vad såg du?").fill("Det här får inte plats")
    form.get_by_text("Telefonen kan inte behålla det du skriver").wait_for()
    asked = []
    form.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    form.reload()
    form.wait_for_selector(".tk-phone-save")
    assert asked == ["beforeunload"]
    assert form.get_by_label("Vad såg du?").input_value() == "Det här är behållet"


def test_changing_a_report_keeps_the_one_that_is_being_written(form, phone_store):
    before = len(stored(phone_store)[1])
    fill_in(form, "Ring 070-174 06 05 om bilen")
    tap(form, "Spara fyndet")
    form.get_by_text("telefonnummer (070-174 06 05)").wait_for()
    tap(form, "Nedskräpning", "3 – allvarligt")
    form.get_by_label("Vad såg du?").fill("Halvskrivet")
    tap(form, "Ändra")
    expect(form.get_by_label("Vad såg du?")).to_have_value("Ring 070-174 06 05 om bilen")
    form.get_by_text("höll på att skriva är kvar").wait_for()
    # Also the phone that is put away now has both.
    form.reload()
    form.get_by_text("höll på att skriva är kvar").wait_for()
    tap(form, "Lämna ändringen")
    expect(form.get_by_label("Vad såg du?")).to_have_value("Halvskrivet")
    form.get_by_text("telefonnummer (070-174 06 05)").wait_for()
    tap(form, "Ändra")
    form.get_by_label("Vad såg du?").fill("Ring om bilen")
    tap(form, "Spara fyndet")
    form.get_by_text("Sparat: Belysning").wait_for()
    expect(form.get_by_label("Vad såg du?")).to_have_value("Halvskrivet")
    chosen = form.locator("[aria-pressed=true]").all_inner_texts()
    assert {"Nedskräpning", "3 – allvarligt"} <= set(chosen)
    form.get_by_label("Eller skriv platsens namn").fill("Sylte")
    tap(form, "Spara fyndet")
    form.get_by_text("Sparat: Nedskräpning").wait_for()
    seen = stored(phone_store)[1]
    assert list(seen["text"].iloc[before:]) == ["Ring om bilen", "Halvskrivet"]
    expect(form.locator(".tk-phone-aside")).to_be_empty()


def test_a_draft_outlives_the_page(form):
    tap(form, "Nedskräpning", "3 – allvarligt")
    form.get_by_label("Vad såg du?").fill("Halvskriven text")
    form.reload()
    form.wait_for_selector(".tk-phone-save")
    assert form.get_by_label("Vad såg du?").input_value() == "Halvskriven text"
    chosen = form.locator("[aria-pressed=true]").all_inner_texts()
    assert {"Nedskräpning", "3 – allvarligt"} <= set(chosen)


def test_a_lost_connection_loses_nothing(tmp_path, chromium, serve):
    path = tmp_path / "lost.gpkg"
    open_workplace(Settings(store=str(path)), date.today).engine.dispose()
    context = chromium.new_context(
        viewport={"width": 390, "height": 844}, has_touch=True, locale="sv-SE",
        geolocation=KRONOGARDEN, permissions=["geolocation"],
    )  # fmt: skip
    page = context.new_page()
    with serve(path) as address:
        page.goto(f"{address}/rapportera")
        page.wait_for_selector(".tk-phone-save")
    # The server is gone; the walker goes on.
    for text in ("Utan täckning ett", "Utan täckning två"):
        fill_in(page, text)
        tap(page, "Spara fyndet")
    page.get_by_text("2 väntar på att skickas").wait_for()
    with serve(path, port=int(address.rsplit(":", 1)[1])):
        page.get_by_text("Sparat: Belysning").wait_for(timeout=60_000)
        none_wait(page)
        # What was sent twice would come a second time.
        settle(page)
        _, seen = stored(path)
    context.close()
    assert sorted(seen["text"]) == ["Utan täckning ett", "Utan täckning två"]


def test_a_closed_tab_keeps_what_was_not_sent_with_its_picture(
    phone_address, phone_store, open_page, tmp_path
):
    path = tmp_path / "photo.png"
    Image.new("RGB", (640, 480), "#336699").save(path)
    page = open_form(open_page, phone_address)
    before = len(stored(phone_store)[1])
    fill_in(page, "Utan nät, med bild")
    page.get_by_label("Ta eller välj en bild").set_input_files(path)
    page.get_by_text("Bilden är med").wait_for()
    # A draft with its picture outlives the tab.
    context = page.context
    page.close()
    page = reopened(context, phone_address)
    page.get_by_text("Bilden är med").wait_for()
    assert page.get_by_label("Vad såg du?").input_value() == "Utan nät, med bild"
    context.set_offline(True)
    page.evaluate(CUT)
    tap(page, "Spara fyndet")
    page.get_by_text("1 väntar på att skickas").wait_for()
    page.close()
    assert len(stored(phone_store)[1]) == before
    context.set_offline(False)
    page = reopened(context, phone_address)
    page.get_by_text("Sparat: Belysning").wait_for()
    page.close()
    page = reopened(context, phone_address)
    assert in_phone(page) == []
    seen = stored(phone_store)[1]
    assert len(seen) == before + 1 and seen.iloc[-1]["text"] == "Utan nät, med bild"
    engine = connect(str(phone_store))
    jpeg = read_walks.photo(engine, seen.iloc[-1]["observation_id"])
    engine.dispose()
    with Image.open(io.BytesIO(jpeg)) as kept:
        assert kept.size == (640, 480)


def reopened(context, address: str) -> Page:
    page = context.new_page()
    page.goto(f"{address}/rapportera")
    page.wait_for_selector(".tk-phone-save")
    return page


def test_only_this_page_may_ask_where_the_phone_is(phone_address, open_page):
    for path, allowed in (("rapportera", "geolocation=(self)"), ("karta", "geolocation=()")):
        with urllib.request.urlopen(f"{phone_address}/{path}") as answer:
            assert allowed in answer.headers["Permissions-Policy"]
    page = open_page(
        f"{phone_address}/om", (1440, 900), geolocation=KRONOGARDEN, permissions=["geolocation"]
    )
    page.get_by_role("button", name="Vandringar").click()
    page.get_by_role("menuitem", name="Rapportera").click()
    page.wait_for_selector(".tk-phone-save")
    page.get_by_role("button", name="Min plats").click()
    page.get_by_text("Plats: 58,2755").wait_for()


def test_everything_can_be_hit_with_a_thumb(form):
    form.get_by_text("Avsluta passet").tap()
    tap(form, "Trygghetsrond")
    form.get_by_text("Miljön på platsen").tap()
    small = form.evaluate(
        "[...document.querySelectorAll('.tk-phone button, .tk-phone input, .tk-phone textarea,"
        " .tk-phone summary')].filter((one) => one.offsetParent)"
        ".map((one) => [one.textContent || one.type, one.getBoundingClientRect()])"
        ".filter(([, box]) => box.height < 44 || box.width < 44).map(([name]) => name)"
    )
    assert small == []


def test_text_that_is_code_runs_nowhere(form, phone_address, phone_store, open_page):
    fill_in(form, HOSTILE)
    form.get_by_label("Eller skriv platsens namn").fill(HOSTILE)
    tap(form, "Spara fyndet")
    form.get_by_text("Sparat: Belysning").wait_for()
    form.get_by_text("Avsluta passet").tap()
    form.get_by_label("Var gick ni?").fill(HOSTILE)
    form.get_by_label("Gruppens namn").fill(HOSTILE)
    tap(form, "Spara passet")
    form.get_by_text("Passet är sparat").wait_for()
    identity = stored(phone_store)[1].iloc[-1]["observation_id"]
    page = open_page(f"{phone_address}/vandringar?fynd={identity}&niva=deso")
    page.wait_for_selector("path.tk-finding")
    page.get_by_text(HOSTILE).first.wait_for(state="attached")
    page.locator("path.tk-finding").last.hover(force=True)
    settle(page)
    for where in (page, form):
        assert where.evaluate("window.caught") is None
        expect(where.locator("img[src=x]")).to_have_count(0)
