"""A coordinator's Sunday on the page Vandringar."""

import io
import re
import shutil
from datetime import date
from pathlib import Path

import docx
import geopandas as gpd
import numpy as np
import pypdfium2
import pytest
import shapely
from playwright.sync_api import Locator, Page, expect

from tests.browser.looks import pick, settle
from trygghetskarta.intake.workplace import open_workplace
from trygghetskarta.settings import Settings
from trygghetskarta.store import connect, read_walks

DESK, PHONE, PROJECTOR = (1440, 900), (390, 844), (1920, 1080)
OWNER = "Gatu- och parkförvaltningen"
NUMBERS = (21, 22, 23, 24)
HEADER = "Vandring;Tid;Latitud;Longitud;Kategori;Allvar;Text\n"
SEEN = [
    ("belysning", 2, "Två lyktor släckta."),
    ("belysning", 2, "Mörkt vid samma lyktor."),
    ("insyn och sikt", 2, "Häcken skymmer."),
    ("växtlighet", 1, "Buskar över gångbanan."),
    ("nedskräpning", 1, "Glas på marken."),
    ("klotter och skadegörelse", 2, "Klotter på elskåpet."),
    ("nålar", 4, "Spruta vid bänken."),
    ("trafik", 3, "Genväg över skolgården."),
    ("övergiven plats", 2, "Tomt och igenbommat."),
    ("trygg plats", 1, "Ljust och öppet."),
    ("ordningsstörning", 3, "Mopeder på gångvägen."),
    ("nedskräpning", 2, "Överfull papperskorg."),
]


@pytest.fixture(scope="module")
def tracks(demo_folder, demo_store) -> list[Path]:
    """Four tracks of the example town."""
    return [demo_folder / "vandringar" / f"vandring_{number}.gpx" for number in NUMBERS]


@pytest.fixture(scope="module")
def rows(tracks, tmp_path_factory) -> Path:
    """Twelve findings along the tracks, the first two ten metres apart."""
    lines = [HEADER]
    for number, (category, level, text) in enumerate(SEEN):
        track = tracks[0 if number < 2 else number % 4]
        points = re.findall(
            r'lat="([\d.]+)" lon="([\d.]+)"><time>([^<]+)Z', track.read_text(encoding="utf-8")
        )
        latitude, longitude, moment = points[40 + 15 * number if number > 1 else 40]
        shift = 0.00009 if number == 1 else 0.0
        lines.append(
            f"{track.stem};{moment.replace('T', ' ')[:16]};{float(latitude) + shift:.6f};"
            f"{longitude};{category};{level};{text}\n"
        )
    path = tmp_path_factory.mktemp("rows") / "fynd.csv"
    path.write_text("".join(lines), encoding="utf-8-sig")
    return path


@pytest.fixture
def empty_store(tmp_path) -> Path:
    path = tmp_path / "sunday.gpkg"
    open_workplace(Settings(store=str(path)), date.today).engine.dispose()
    return path


def open_walks(open_page, address: str, size=DESK, query: str = "") -> Page:
    page = open_page(f"{address}/vandringar{query}", size)
    page.wait_for_selector("h1")
    return page


def read_in(page: Page, files: list[Path], kind: str = "Närvaropass") -> None:
    page.locator("input[type=file]").first.set_input_files(files)
    page.get_by_text(files[-1].name).first.wait_for()
    if kind != "Närvaropass":
        pick(page, page.get_by_role("combobox", name="Spåren är från"), kind)
    page.get_by_role("button", name="Läs in filerna").click()
    page.locator("[data-testid=stAlert]").nth(len(files) - 1).wait_for()


def choose(page: Page, label: str, start: str) -> None:
    """Pick the first option that begins so, after typing it: a long list shows only a part."""
    box = page.get_by_role("combobox", name=label, exact=True)
    settle(page)
    box.click()
    box.fill(start)
    page.get_by_role("option", name=re.compile(f"^{start}")).first.click()


def open_finding(page: Page, category: str) -> None:
    choose(page, "Välj fynd", category)
    page.get_by_role("heading", name=category, level=2).wait_for()
    settle(page)


def finding_form(page: Page) -> Locator:
    """The form of the open finding, beside that of files that are read in."""
    # By its text: while a list is open the rest of the page is hidden from roles.
    return page.get_by_test_id("stForm").filter(has_text="Spara ändringen")


def assign(page: Page, owner: str, due: str) -> None:
    form = finding_form(page)
    settle(page)
    box = form.get_by_role("combobox", name="Ansvarig")
    box.click()
    box.fill(owner)
    page.keyboard.press("Enter")
    form.get_by_role("textbox", name="Klart senast").fill(due)
    page.keyboard.press("Tab")
    save(page)
    page.get_by_text("Ändringen är sparad.").wait_for()


def save(page: Page) -> None:
    page.get_by_role("button", name="Spara ändringen").click()


def observations(path: Path):
    engine = connect(str(path))
    try:
        return read_walks.observations(engine)
    finally:
        engine.dispose()


def test_the_coordinators_sunday(empty_store, tracks, rows, open_page, serve, tmp_path):
    with serve(empty_store) as address:
        page = open_walks(open_page, address)
        page.get_by_text("Här finns inga vandringar ännu").wait_for()
        read_in(page, [*tracks, rows], "Trygghetsrond")
        told = page.locator("[data-testid=stAlert]").all_inner_texts()
        assert sum("1 ny" in line for line in told) == 4
        assert any("fynd.csv" in line and "12 nya" in line for line in told)
        assert "4 trygghetsronder" in page.locator(".tk-summary").inner_text()
        expect(page.locator("path.tk-finding")).to_have_count(11, timeout=20_000)

        # One duplicate is suggested, and merged with both voices.
        page.get_by_text("Kan vara samma fynd (1)").wait_for()
        open_finding(page, "Belysning")
        page.get_by_role("button", name="Slå ihop (2 röster)").click()
        page.get_by_text("Fynden är hopslagna").wait_for()
        page.get_by_text("Kan vara samma fynd (1)").wait_for(state="detached")
        expect(page.locator("path.tk-finding")).to_have_count(10, timeout=20_000)

        assign(page, OWNER, "2026-12-01")
        open_finding(page, "Nålar")
        assign(page, OWNER, "2026-12-15")
        seen = observations(empty_store).set_index("text")
        assert (
            seen.loc[["Två lyktor släckta.", "Spruta vid bänken."], "owner"].tolist() == [OWNER] * 2
        )
        assert seen.loc["Två lyktor släckta.", "voices"] == 2
        assert seen.loc["Spruta vid bänken.", "status"] == "tilldelad"

        choose(page, "Protokoll för", "Trygghetsrond")
        settle(page)
        with page.expect_download() as waiting:
            page.get_by_role("button", name="Protokoll (PDF)").click()
        path = tmp_path / "protokoll.pdf"
        waiting.value.save_as(path)
        with page.expect_download() as waiting:
            page.get_by_role("button", name="Säsongsblad (PDF)").click()
        waiting.value.save_as(tmp_path / "season.pdf")
    told, ink = look(path)
    assert "Protokoll från trygghetsrond" in told
    assert "Fynd i den ordning stoppen gjordes" in told
    # The route's blue and a finding's brown are on the page: the map is there.
    assert ink((0x1F, 0x4E, 0x79)) > 200 and ink((0xB3, 0x58, 0x06)) > 100
    told, _ = look(tmp_path / "season.pdf")
    assert "4 trygghetsronder" in told and "Tack" in told


def look(path: Path):
    """The words of a PDF, and how much of the first page has a colour."""
    paper = pypdfium2.PdfDocument(path)
    words = []
    for page in paper:
        part = page.get_textpage()
        words.append(" ".join(part.get_text_bounded().split()))
        part.close()
    picture = paper[0].render(scale=1.5).to_pil().convert("RGB")
    pixels = np.asarray(picture).astype(int)
    paper.close()

    def ink(colour: tuple[int, int, int]) -> int:
        return int((np.abs(pixels - colour).max(axis=-1) < 24).sum())

    return " ".join(words), ink


def test_bad_files_get_a_sentence_each_and_the_good_ones_are_stored(
    empty_store, tracks, open_page, serve, tmp_path
):
    bad = {
        "trasig.gpx": "<gpx><trk><trkseg><trkpt lat='58'",
        "tom.gpx": "",
        "bomb.gpx": '<!DOCTYPE x [<!ENTITY a "b">]><gpx>&a;</gpx>',
        "<img src=x onerror=window.caught=1>.gpx": "<gpx></gpx>",
    }
    files = []
    for name, content in bad.items():
        files.append(tmp_path / name.replace("/", "_"))
        files[-1].write_text(content, encoding="utf-8")
    with serve(empty_store) as address:
        page = open_walks(open_page, address)
        read_in(page, [*files, tracks[0]])
        told = page.locator("[data-testid=stAlert]").all_inner_texts()
        assert len(told) == 5
        assert "1 ny" in told[-1]
        for line in told[:-1]:
            assert line.strip().endswith(".") and "Traceback" not in line
        assert page.evaluate("window.caught") is None
        # The same files once more change nothing.
        page.get_by_text("Läs in filer", exact=True).first.wait_for()
        read_in(page, [tracks[0]])
        page.get_by_text("Redan inläst. Inget har ändrats.").wait_for()


@pytest.fixture(scope="module")
def own_store(demo_store, tmp_path_factory) -> Path:
    return Path(shutil.copy(demo_store, tmp_path_factory.mktemp("own") / "own.gpkg"))


@pytest.fixture(scope="module")
def own_address(own_store, serve):
    with serve(own_store) as address:
        yield address


def an_open_finding(path: Path) -> str:
    seen = observations(path)
    chosen = seen[(seen["status"] == "ny") & (seen["category"] != "trygg_plats")]
    return chosen["observation_id"].iloc[0]


def test_two_people_edit_the_same_finding_and_nothing_is_lost(own_store, own_address, open_page):
    identity = an_open_finding(own_store)
    first = open_walks(open_page, own_address, query=f"?fynd={identity}")
    second = open_walks(open_page, own_address, query=f"?fynd={identity}")
    finding_form(second).wait_for()
    finding_form(first).wait_for()
    assign(first, OWNER, "")

    finding_form(second).get_by_role("textbox", name="Klart senast").fill("2027-01-31")
    second.keyboard.press("Tab")
    save(second)
    second.get_by_text("Någon annan hann ändra fyndet").wait_for()
    row = observations(own_store).set_index("observation_id").loc[identity]
    assert row["owner"] == OWNER and row["due_date"] != row["due_date"]
    form = finding_form(second)
    assert form.get_by_role("textbox", name="Klart senast").input_value() == "2027-01-31"
    settle(second)
    save(second)
    second.get_by_text("Ändringen är sparad.").wait_for()
    row = observations(own_store).set_index("observation_id").loc[identity]
    assert row["owner"] == OWNER and f"{row['due_date']:%Y-%m-%d}" == "2027-01-31"
    second.get_by_text("Historik").click()
    second.get_by_text(f"ansvarig: – → {OWNER}").wait_for()


def test_a_wrong_step_is_refused_in_words(own_store, own_address, open_page):
    identity = an_open_finding(own_store)
    page = open_walks(open_page, own_address, query=f"?fynd={identity}")
    form = finding_form(page)
    pick(page, form.get_by_role("combobox", name="Status"), "avslutad utan åtgärd")
    save(page)
    page.get_by_text("Skriv varför fyndet avslutas utan åtgärd").wait_for()
    form.get_by_role("textbox", name="Klart senast").fill("i morgon")
    page.keyboard.press("Tab")
    settle(page)
    save(page)
    page.get_by_text("går inte att läsa. Skriv det som 2026-12-01").wait_for()


def test_the_map_keeps_its_place_and_a_click_opens_a_finding(demo_address, open_page):
    page = open_page(f"{demo_address}/vandringar?vy=12/58.28/12.29")
    frames = []
    page.on("websocket", lambda socket: socket.on("framesent", lambda sent: frames.append(sent)))
    page.reload()
    page.wait_for_selector("path.tk-finding")
    settle(page)
    frames.clear()
    before = page.url
    box = page.locator(".tk-map").bounding_box()
    middle = (box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    page.mouse.move(*middle)
    page.mouse.down()
    page.mouse.move(middle[0] + 60, middle[1] + 20, steps=6)
    page.mouse.up()
    expect(page).not_to_have_url(before)
    settle(page)
    assert frames == []
    view = page.evaluate("window.trygghetskartaView")
    page.evaluate("window.sameMap = document.querySelector('.tk-map')")
    page.get_by_role("radio", name="Fart").click()
    page.locator(".tk-legend >> text=4–6 km/h").wait_for()
    page.get_by_role("radio", name="Närvaro", exact=True).click()
    page.locator("img.tk-picture").wait_for(state="attached")
    assert page.evaluate("window.sameMap === document.querySelector('.tk-map')")
    assert page.evaluate("window.trygghetskartaView") == view
    sign = page.locator("path.tk-finding").last
    at = sign.bounding_box()
    page.mouse.click(at["x"] + at["width"] / 2, at["y"] + at["height"] / 2)
    page.get_by_text("Ändra", exact=True).wait_for()
    page.wait_for_function("location.search.includes('fynd=')")


def test_the_minutes_open_in_word(demo_address, open_page, tmp_path):
    page = open_walks(open_page, demo_address)
    choose(page, "Protokoll för", "Trygghetsrond")
    settle(page)
    with page.expect_download() as waiting:
        page.get_by_role("button", name="Protokoll (Word)").click()
    path = tmp_path / "protokoll.docx"
    waiting.value.save_as(path)
    paper = docx.Document(io.BytesIO(path.read_bytes()))
    assert any("Protokoll från trygghetsrond" in part.text for part in paper.paragraphs)
    assert len(paper.inline_shapes) == 1


@pytest.fixture(scope="module")
def streets(demo_store, tmp_path_factory) -> Path:
    """Streets every two hundred metres where the example's walkers go."""
    engine = connect(str(demo_store))
    west, south, east, north = read_walks.walks(engine).total_bounds
    engine.dispose()
    rows, columns = np.arange(south, north, 200.0), np.arange(west, east, 200.0)
    shapes = [
        shapely.LineString([(x, y), *((x + 200, y), (x + 200, y + 200))])
        for x in columns
        for y in rows
    ]
    path = tmp_path_factory.mktemp("streets") / "gator.gpkg"
    gpd.GeoDataFrame(geometry=shapes, crs=3006).to_file(path)
    return path


def test_a_street_network_gives_coverage_and_something_to_compare_with(
    own_address, open_page, streets
):
    page = open_walks(open_page, own_address)
    page.get_by_text("Täckning av gatunätet").wait_for()
    page.get_by_text("Läs in filer", exact=True).click()
    page.locator("input[type=file]").last.set_input_files(streets)
    page.get_by_text(streets.name).first.wait_for()
    page.get_by_role("button", name="Läs in filerna").click()
    page.get_by_text("Gatunätet är inläst").wait_for()
    told = page.get_by_text("km gata är gångna").inner_text()
    walked, whole = (
        float(part.replace("\xa0", "").replace(" ", "").replace(",", "."))
        for part in re.match(r"([\d,\s]+) av ([\d,\s]+) km", told).groups()
    )
    assert 0 < walked < whole and "%" in told
    page.get_by_text("Går vi där det händer?").click()
    settle(page)
    page.get_by_role("button", name="Räkna").click()
    table = page.locator("table").filter(has_text="Vid andra gator")
    rows = table.locator("tbody tr")
    expect(rows).to_have_count(3)
    cells = [row.locator("th, td").all_inner_texts() for row in rows.all()]
    assert {row[0].replace("\xa0", " ") for row in cells} == {"50 m", "100 m", "250 m"}
    assert all(cell.strip() for row in cells for cell in row)
    page.get_by_text("av veckans 168 timmar").wait_for()


def test_a_finding_chosen_in_the_list_is_brought_to_the_middle(demo_address, open_page):
    page = open_walks(open_page, demo_address, query="?vy=14/58.35/12.40")
    page.wait_for_selector("path.tk-finding", state="attached")
    open_finding(page, "Nålar")
    page.wait_for_function(
        "Math.abs(window.trygghetskartaView[1] - 58.35) > 0.001"
        " && window.trygghetskartaView[0] === 14"
    )
    box = page.locator(".tk-map").bounding_box()
    sign = page.locator("path.tk-finding[stroke='#111820']").bounding_box()
    assert sign["x"] + sign["width"] / 2 == pytest.approx(box["x"] + box["width"] / 2, abs=4)
    assert sign["y"] + sign["height"] / 2 == pytest.approx(box["y"] + box["height"] / 2, abs=4)


def test_the_map_of_walks_opens_from_a_file_without_a_server(demo_address, open_page, tmp_path):
    page = open_walks(open_page, demo_address)
    with page.expect_download() as waiting:
        page.get_by_role("button", name="Kartan (HTML)").click()
    path = tmp_path / "karta.html"
    waiting.value.save_as(path)
    said = path.read_text("utf-8")
    assert "inom 200 meter från en vägs början och slut" in said
    alone = open_page(f"file://{path}", offline=True)
    expect(alone.get_by_role("heading", level=1)).to_contain_text("Vandringar")
    expect(alone.locator("path.tk-finding").first).to_be_visible()
    expect(alone.get_by_text("exempeldata").first).to_be_visible()
    expect(alone.locator(".leaflet-tk-routes-pane canvas, .leaflet-pane canvas")).to_have_count(1)
