"""The form Rapportera in a walker's hand: 390 × 844, touch."""

import io
import json
import time
import urllib.request

from PIL import Image
from playwright.sync_api import expect

from tests.browser.looks import settle
from tests.browser.phone.walker import KRONOGARDEN, SECONDS, fill_in, stored, tap
from trygghetskarta.store import connect, read, read_walks
from trygghetskarta.terms.areas import AreaLevel

HOSTILE = "<img src=x onerror=\"window.caught='form'\">`${1}`"


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
