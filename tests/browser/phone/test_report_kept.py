"""A connection that comes and goes: what is written is kept in the phone until it is stored."""

import base64
import io
import uuid
from datetime import date

import pytest
from PIL import Image
from playwright.sync_api import expect

from tests.browser.conftest import FLAGS, chromium_path
from tests.browser.looks import settle
from tests.browser.phone.walker import (
    CUT,
    KRONOGARDEN,
    fill_in,
    in_phone,
    none_wait,
    open_form,
    reopened,
    stored,
    tap,
)
from trygghetskarta.intake.workplace import open_workplace
from trygghetskarta.settings import Settings
from trygghetskarta.store import connect, read_walks


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
