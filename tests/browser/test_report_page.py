"""The page Rapportera in a walker's hand: 390 × 844, touch, a connection that comes and goes."""

import io
import json
import time
import urllib.request
from datetime import date
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from PIL import Image
from playwright.sync_api import Page, expect

from trygghetskarta.pipeline.workplace import open_workplace
from trygghetskarta.settings import Settings
from trygghetskarta.store import connect, read, read_walks
from trygghetskarta.terms import AreaLevel

PHONE = (390, 844)
SECONDS = 30
KRONOGARDEN = {"latitude": 58.2755, "longitude": 12.3120}
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
    form.wait_for_timeout(400)
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
    expect(page.get_by_role("button", name="Ångra")).to_be_disabled()


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


def test_a_report_sent_twice_is_stored_once(form, phone_store):
    form.evaluate(
        """() => {
            window.sent = [];
            const put = Storage.prototype.setItem;
            Storage.prototype.setItem = function (key, value) {
                if (key.endsWith("outbox")) window.sent.push(value);
                put.call(this, key, value);
            };
        }"""
    )
    fill_in(form, "En gång")
    tap(form, "Spara fyndet")
    form.get_by_text("Sparat: Belysning").wait_for()
    count = len(stored(phone_store)[1])
    # The answer never came: the report still lies in the phone when the page is opened again.
    form.evaluate(
        "localStorage.setItem('trygghetskarta.outbox', window.sent.find((one) => one !== '[]'))"
    )
    form.reload()
    form.get_by_text("Sparat: Belysning").wait_for()
    assert len(stored(phone_store)[1]) == count
    assert form.evaluate("localStorage.getItem('trygghetskarta.outbox')") == "[]"


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
        page.wait_for_timeout(6000)
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
    # What the browser has open already is not cut by it: the report is held back instead.
    page.evaluate("WebSocket.prototype.send = () => {}")
    tap(page, "Spara fyndet")
    page.get_by_text("1 väntar på att skickas").wait_for()
    page.close()
    assert len(stored(phone_store)[1]) == before
    context.set_offline(False)
    page = reopened(context, phone_address)
    page.get_by_text("Sparat: Belysning").wait_for()
    page.close()
    page = reopened(context, phone_address)
    assert page.evaluate("localStorage.getItem('trygghetskarta.outbox')") == "[]"
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


@pytest.mark.parametrize(
    "size", [(1440, 900), PHONE, (1920, 1080)], ids=["desk", "phone", "projector"]
)
def test_the_form_fits_and_can_be_read_by_all(phone_address, open_page, size):
    page = open_form(open_page, phone_address, size)
    page.get_by_role("button", name="Peka på kartan").click()
    page.wait_for_timeout(800)
    assert page.evaluate("document.documentElement.scrollWidth - window.innerWidth") <= 0
    found = Axe().run(page).response["violations"]
    assert [one["id"] for one in found if one["impact"] in ("critical", "serious")] == []


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
    page.wait_for_timeout(600)
    for where in (page, form):
        assert where.evaluate("window.caught") is None
        expect(where.locator("img[src=x]")).to_have_count(0)
