"""A meeting as it goes: phones, a projector, a lost connection, and those who review it afterwards.

The phones and the projector talk to a process of their own, which knows no internal page.
"""

import re
import urllib.error
import urllib.request
import uuid
from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from streamlit.proto.BackMsg_pb2 import BackMsg

from tests.browser.looks import faults, pick, settle
from trygghetskarta.intake.workplace import Workplace, open_workplace
from trygghetskarta.settings import Settings
from trygghetskarta.store import read_meetings
from trygghetskarta.subjects.meeting.ask.meeting_bounds import MOST_PINS, tablet_key
from trygghetskarta.subjects.meeting.edit import meeting, meeting_pins
from trygghetskarta.terms.meetings import Meeting

PHONE = (390, 844)
PROJECTOR = (1920, 1080)
PATIENCE = 60_000
SYLTE = "Sylte"


@pytest.fixture(scope="module")
def hall(tmp_path_factory) -> Workplace:
    path = tmp_path_factory.mktemp("hall") / "hall.gpkg"
    place = open_workplace(Settings(store=str(path)), date.today)
    yield place
    place.engine.dispose()


@pytest.fixture(scope="module")
def inside(hall, serve):
    """Address of the process for staff."""
    with serve(Path(hall.settings.store)) as address:
        yield address


@pytest.fixture(scope="module")
def outside(hall, serve):
    """Address of the process for those who come."""
    with serve(Path(hall.settings.store), more=("--public-only",)) as address:
        yield address


def new_meeting(hall) -> Meeting:
    return meeting.open_meeting(hall, "Samtal i Sylte", "Skolan", "", date.today())


def put(hall, held, count: int, feeling: str = "otrygg") -> list[str]:
    """Pins from other phones; gives their identities."""
    known = meeting_pins.districts(hall)
    code = known.names.index[known.names == SYLTE][0]
    identities = [str(uuid.uuid4()) for _ in range(count)]
    for identity in identities:
        sent = {"identity": identity, "district": code, "feeling": feeling, "reason": "belysning"}
        meeting_pins.receive(hall, known, held.code, sent)
    return identities


def stored(hall, held) -> int:
    return len(read_meetings.pins(hall.engine, held.identity))


def open_voice(open_page, address: str, held: Meeting, size=PHONE) -> Page:
    page = open_page(f"{address}/tyck-till?mote={held.code}", size, has_touch=True)
    expect(page.locator(".tk-room-map path").first).to_be_attached(timeout=PATIENCE)
    return page


def open_wall(open_page, address: str, held: Meeting) -> Page:
    page = open_page(f"{address}/motesbild?mote={held.code}", PROJECTOR)
    expect(page.locator(".tk-wall-total")).to_be_visible(timeout=PATIENCE)
    return page


def say_so(page: Page, name: str = SYLTE, feeling: str = "Otrygg") -> None:
    """Answer by the list: the same way in for those who cannot point."""
    page.get_by_role("button", name="Välj stadsdel i en lista").tap()
    page.get_by_label("Välj stadsdel").select_option(label=name)
    page.get_by_role("button", name="Fortsätt").tap()
    page.get_by_role("button", name=feeling, exact=True).tap()
    page.get_by_role("button", name="Belysning").tap()


def test_four_are_silent_and_the_fifth_brings_the_district_to_the_wall(hall, outside, open_page):
    held = new_meeting(hall)
    pins = put(hall, held, 3)
    frames: list[bytes] = []
    wall = open_page("about:blank", PROJECTOR)
    wall.on("websocket", lambda socket: socket.on(
        "framereceived", lambda frame: frames.append(
            frame.encode() if isinstance(frame, str) else frame)))  # fmt: skip
    wall.goto(f"{outside}/motesbild?mote={held.code}", timeout=PATIENCE)
    expect(wall.locator(".tk-wall-total")).to_have_text(
        "Färre än fem svar hittills", timeout=PATIENCE
    )
    phone = open_voice(open_page, outside, held)
    say_so(phone)
    expect(phone.get_by_text("Tack! Ditt svar är med.")).to_be_visible(timeout=PATIENCE)
    assert stored(hall, held) == 4
    expect(wall.locator(".tk-wall li")).to_have_count(0)
    expect(wall.locator(".tk-wall-total")).to_have_text("Färre än fem svar hittills")

    other = open_voice(open_page, outside, held, (1024, 1366))
    expect(other.locator(".tk-room-map .tk-label span").first).to_be_visible()
    box = other.locator(".tk-room-map .tk-map").bounding_box()
    other.touchscreen.tap(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    other.get_by_role("button", name="Trygg", exact=True).tap()
    other.get_by_role("button", name="Trafik").tap()
    expect(other.get_by_text("Tack! Ditt svar är med.")).to_be_visible(timeout=PATIENCE)
    other.get_by_role("button", name="Ångra svaret").tap()
    expect(other.get_by_text("Svaret är ångrat.")).to_be_visible()
    expect(wall.locator(".tk-wall-total")).to_have_text("Minst 5 svar", timeout=PATIENCE)

    pins += put(hall, held, 5)
    expect(wall.locator(".tk-wall li")).to_have_text("Sylte minst 5 svar", timeout=PATIENCE)
    assert faults(wall) == [] and faults(phone) == []
    got = b"".join(frames)
    assert b"motesbild" in got and SYLTE.encode() in got
    # No pin, no answer, no place, no reason below five, and no name of an internal page.
    points = [point for point in read_meetings.pins(hall.engine, held.identity).geometry if point]
    traces = [*pins, 'otrygg"', "withdrawn", "district_code", *(f"{one.x:.0f}" for one in points)]
    traces += ["karta", "hotspots", "vandringar", "Trafik", "incident"]
    assert not [trace for trace in traces if re.search(rb"\b" + trace.encode() + rb"\b", got)]


def test_a_pin_without_connection_arrives_once(hall, outside, open_page):
    held = new_meeting(hall)
    phone = open_voice(open_page, outside, held)
    say_so(phone)
    expect(phone.get_by_text("Tack! Ditt svar är med.")).to_be_visible(timeout=PATIENCE)
    phone.get_by_role("button", name="Lägg till en plats till").tap()
    # A pin that a browser kept and does not know to be stored is sent again, and counts once.
    pin = str(uuid.uuid4())
    known = meeting_pins.districts(hall)
    kept = [{"kind": "pin", "identity": pin, "key": pin, "position": None,
             "district": known.names.index[0], "feeling": "trygg", "reason": "annat"}]  # fmt: skip
    for _ in range(2):
        phone.evaluate(
            "([box, kept]) => localStorage.setItem(box, JSON.stringify(kept))",
            [f"trygghetskarta.room.{held.code}", kept],
        )
        phone.reload()
        expect(phone.locator(".tk-room-map path").first).to_be_attached(timeout=PATIENCE)
        phone.wait_for_function(
            "box => localStorage.getItem(box) === null", arg=f"trygghetskarta.room.{held.code}"
        )
        none_wait(phone)
    assert stored(hall, held) == 2


CUT = "WebSocket.prototype.send = () => {}"
"""What the browser has open already is not cut by being offline: what is sent is held back."""
WAITING = "Object.keys(localStorage).filter((name) => name.includes('.answer.')).length"


def none_wait(page: Page) -> None:
    page.wait_for_function(f"{WAITING} === 0", timeout=PATIENCE)


def test_two_pages_of_a_phone_without_connection_lose_no_answer(hall, outside, open_page):
    held = new_meeting(hall)
    first = open_voice(open_page, outside, held)
    address = f"{outside}/tyck-till?mote={held.code}"
    second, third = first.context.new_page(), first.context.new_page()
    for page in (second, third):
        page.goto(address)
        expect(page.locator(".tk-room-map path").first).to_be_attached(timeout=PATIENCE)
    for page, feeling in ((first, "Otrygg"), (second, "Trygg"), (third, "Otrygg")):
        page.evaluate(CUT)
        say_so(page, feeling=feeling)
        expect(page.get_by_text("Svaret väntar på uppkoppling")).to_be_visible(timeout=PATIENCE)
    assert first.evaluate(WAITING) == 3
    # What one page takes back is sent by none, though the others have seen it waiting.
    expect(first.get_by_text("2 svar väntar")).to_be_visible(timeout=PATIENCE)
    third.get_by_role("button", name="Ångra svaret").tap()
    expect(first.get_by_text("1 svar väntar")).to_be_visible(timeout=PATIENCE)
    for page in (first, second, third):
        page.close()
    assert stored(hall, held) == 0
    context = first.context
    again = context.new_page()
    again.goto(address)
    expect(again.locator(".tk-room-map path").first).to_be_attached(timeout=PATIENCE)
    none_wait(again)
    pins = read_meetings.pins(hall.engine, held.identity)
    assert sorted(pins["feeling"]) == ["otrygg", "trygg"]
    # Nothing of an answer is left behind for whoever holds the phone next.
    left = again.evaluate("Object.keys(localStorage).filter((name) => name.includes('room'))")
    assert left == [f"trygghetskarta.room.{held.code}.phone"]


def test_a_phone_that_is_loaded_anew_does_not_fill_a_meeting(hall, outside, open_page):
    held = new_meeting(hall)
    phone = open_voice(open_page, outside, held)
    for _ in range(MOST_PINS):
        say_so(phone)
        expect(phone.get_by_text("Tack! Ditt svar är med.")).to_be_visible(timeout=PATIENCE)
        phone.reload()
        expect(phone.locator(".tk-room-map path").first).to_be_attached(timeout=PATIENCE)
    say_so(phone)
    expect(phone.get_by_text("så många som en telefon kan ge")).to_be_visible(timeout=PATIENCE)
    assert stored(hall, held) == MOST_PINS
    # A tablet of the meeting goes from hand to hand.
    phone.goto(f"{outside}/tyck-till?mote={held.code}&platta={tablet_key(held.identity)}")
    expect(phone.locator(".tk-room-map path").first).to_be_attached(timeout=PATIENCE)
    say_so(phone)
    expect(phone.get_by_text("Tack! Ditt svar är med.")).to_be_visible(timeout=PATIENCE)
    assert stored(hall, held) == MOST_PINS + 1


SENDER = """const send = WebSocket.prototype.send;
WebSocket.prototype.send = function (sent) { window.socket = this; return send.call(this, sent); };
"""


def test_nobody_in_the_hall_makes_the_server_forget_what_phones_have_given(
    hall, outside, open_page
):
    held = new_meeting(hall)
    phone = open_page("about:blank", PHONE, has_touch=True)
    phone.add_init_script(SENDER)
    phone.goto(f"{outside}/tyck-till?mote={held.code}")
    for _ in range(MOST_PINS):
        expect(phone.locator(".tk-room-map path").first).to_be_attached(timeout=PATIENCE)
        say_so(phone)
        expect(phone.get_by_text("Tack! Ditt svar är med.")).to_be_visible(timeout=PATIENCE)
        phone.reload()
    expect(phone.locator(".tk-room-map path").first).to_be_attached(timeout=PATIENCE)
    clear = list(BackMsg(clear_cache=True).SerializeToString())
    phone.evaluate("(clear) => window.socket.send(new Uint8Array(clear))", clear)
    say_so(phone)
    expect(phone.get_by_text("så många som en telefon kan ge")).to_be_visible(timeout=PATIENCE)
    assert stored(hall, held) == MOST_PINS


def erase_typed(page: Page, number: str, button: str) -> None:
    """Type a number before what it counts is erased."""
    form = page.get_by_test_id("stForm").filter(has=page.get_by_role("button", name=button))
    box = form.get_by_role("textbox")
    box.fill(number)
    expect(box).to_have_value(number)
    form.get_by_role("button", name=button).click()


def test_a_meeting_is_closed_reviewed_kept_and_erased(hall, inside, outside, open_page):
    held = new_meeting(hall)
    put(hall, held, 6)
    phone = open_voice(open_page, outside, held)
    staff = open_page(f"{inside}/mote")
    expect(staff.get_by_text("Svar hittills")).to_be_visible(timeout=PATIENCE)
    expect(staff.get_by_text("Minst 5 svar")).to_be_visible(timeout=PATIENCE)
    expect(staff.get_by_role("img", name="QR-kod")).to_have_count(1)
    assert faults(staff) == []
    staff.get_by_role("button", name="Stäng mötet").click()
    expect(staff.get_by_text("Mötet är stängt. Granska svaren")).to_be_visible(timeout=PATIENCE)
    say_so(phone)
    expect(phone.get_by_text("tar inte emot fler svar").first).to_be_visible(timeout=PATIENCE)
    assert stored(hall, held) == 6

    # To choose everything removes nothing, and says how much would go.
    expect(staff.get_by_text("Inget av 6 svar är valt.")).to_be_visible(timeout=PATIENCE)
    going = staff.get_by_role("combobox", name="Svar att ta bort")
    pick(staff, going, "Välj alla")
    expect(staff.get_by_text("6 av 6 svar är valda, inget är borttaget.")).to_be_visible()
    expect(staff.get_by_text("Alla mötets svar försvinner.")).to_be_visible()
    staff.keyboard.press("Escape")
    staff.get_by_role("button", name="Ta bort 6 svar för gott").click()
    expect(staff.get_by_text("Inget är borttaget. Skriv 6,")).to_be_visible(timeout=PATIENCE)
    assert stored(hall, held) == 6

    staff.get_by_role("button", name="Rensa allt").click()
    expect(staff.get_by_text("Inget av 6 svar är valt.")).to_be_visible(timeout=PATIENCE)
    pick(staff, going, "1: Sylte")
    expect(staff.get_by_text("1 av 6 svar är valda")).to_be_visible(timeout=PATIENCE)
    staff.keyboard.press("Escape")
    erase_typed(staff, "1", "Ta bort 1 svar för gott")
    expect(staff.get_by_text("Borttaget för gott.")).to_be_visible(timeout=PATIENCE)
    assert stored(hall, held) == 5
    staff.get_by_role("button", name="Behåll som synpunkter").click()
    expect(staff.get_by_text("behållna som synpunkter")).to_be_visible(timeout=PATIENCE)
    with staff.expect_download(timeout=PATIENCE) as caught:
        staff.get_by_role("button", name="CSV").click()
    told = Path(caught.value.path()).read_text("utf-8-sig")
    assert "Sylte;5" in told and "självvalda" in told
    staff.get_by_text("Radera mötet", exact=True).click()
    expect(staff.get_by_text("Alla 5 svar från Samtal i Sylte")).to_be_visible(timeout=PATIENCE)
    settle(staff)
    erase_typed(staff, "50", "Radera mötet för gott")
    expect(staff.get_by_text("Inget är borttaget.")).to_be_visible(timeout=PATIENCE)
    assert stored(hall, held) == 5
    erase_typed(staff, "5", "Radera mötet för gott")
    expect(staff.get_by_text("Mötet är raderat.").first).to_be_visible(timeout=PATIENCE)
    assert stored(hall, held) == 0


def test_internal_addresses_give_nothing_to_the_hall(outside, open_page):
    for path in ("karta", "mote", "data", "vandringar", "_stcore/upload_file/a/b", "../karta"):
        with pytest.raises(urllib.error.HTTPError) as caught:
            urllib.request.urlopen(f"{outside}/{path}", timeout=30)
        assert caught.value.code == 404
        caught.value.close()
    # A browser that asks the door for another page by its own means stays at the door.
    page = open_page(f"{outside}/", PHONE)
    expect(page.get_by_text("Skriv mötets kod för att tycka till.")).to_be_visible(timeout=PATIENCE)
    page.evaluate(
        "history.pushState({}, '', '/karta'); dispatchEvent(new PopStateEvent('popstate'))"
    )
    expect(page.get_by_label("Mötets kod", exact=True)).to_be_visible(timeout=PATIENCE)
    assert (
        page.locator("[data-testid='stNavSectionHeader'], [data-testid='stSidebarNav']").count()
        == 0
    )
