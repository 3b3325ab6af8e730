"""What was wrong with a finding is put right on Vandringar: words, a merge, a photo."""

import io
from datetime import UTC, date, datetime, timedelta

import pytest
from PIL import Image

from tests.browser.looks import settle
from trygghetskarta.intake.workplace import open_workplace
from trygghetskarta.settings import Settings
from trygghetskarta.store import connect, read_walks
from trygghetskarta.store.versioned_rows import RowEdition
from trygghetskarta.subjects.walks.edit import finding_edits, walk_work
from trygghetskarta.subjects.walks.edit.walk_work import ObservationForm
from trygghetskarta.terms.walks import ObservationCategory

FIRST, SECOND = (f"7b0c8a52-5b1e-4a61-9d0e-0d5a5a3f1c0{n}" for n in (1, 2))
AT = datetime(2026, 10, 30, 20, 15, tzinfo=UTC)


@pytest.fixture
def two_findings(tmp_path):
    """A store in which one finding has taken in another, and has a photo."""
    path = tmp_path / "two.gpkg"
    place = open_workplace(Settings(store=str(path)), lambda: date(2026, 11, 2))
    picture = io.BytesIO()
    Image.new("RGB", (40, 30), "navy").save(picture, "JPEG")
    forms = [
        ObservationForm(
            identity,
            AT + timedelta(minutes=minutes),
            ObservationCategory.LIGHTING,
            told={"seriousness": 2, "text": text},
            position=(58.2837, 12.2886),
            photo=photo,
        )
        for identity, minutes, text, photo in (
            (FIRST, 0, "Släckt lykta vid Lisas hus", picture.getvalue()),
            (SECOND, 5, "Mörkt i tunneln", None),
        )
    ]
    walk_work.save(place, "Prov", observations=forms, despite_warnings=True)
    finding_edits.merge(place, RowEdition(FIRST, 1), RowEdition(SECOND, 1), "samordnare")
    place.engine.dispose()
    return path


def stored(path):
    engine = connect(str(path))
    try:
        return read_walks.observations(engine).set_index("observation_id")
    finally:
        engine.dispose()


def test_a_merge_is_undone_a_text_corrected_and_a_photo_taken_away(two_findings, open_page, serve):
    with serve(two_findings) as address:
        page = open_page(f"{address}/vandringar?fynd={FIRST}", (1440, 900))
        page.get_by_text("Räknas in i det här fyndet").wait_for(timeout=60_000)
        page.get_by_text("Mörkt i tunneln").wait_for()
        form = page.locator("[data-testid=stForm]")
        # Written first, kept last: the steps between take nothing from it.
        form.get_by_role("textbox", name="Text").fill("Släckt lykta vid huset")
        page.get_by_role("button", name="Ta isär (en röst)").click()
        page.get_by_text("Fynden är isär igen").wait_for()
        seen = stored(two_findings)
        assert seen["voices"].tolist() == [1, 1] and seen["merged_into"].isna().all()

        settle(page)
        page.get_by_role("button", name="Ta bort bilden").click()
        page.get_by_role("button", name="Ja, ta bort bilden för alltid").click()
        page.get_by_text("Bilden är borttagen.").wait_for()
        page.get_by_role("img", name="Bild till fyndet").wait_for(state="detached")
        assert not stored(two_findings).at[FIRST, "has_photo"]

        settle(page)
        page.get_by_role("button", name="Spara ändringen").click()
        page.get_by_text("Ändringen är sparad.").wait_for()
        assert stored(two_findings).at[FIRST, "text"] == "Släckt lykta vid huset"
        page.get_by_text("Historik").click()
        page.get_by_text("texten rättad").wait_for()
        assert page.get_by_text("Lisas").count() == 0


def test_the_second_to_undo_a_merge_is_told(two_findings, open_page, serve):
    with serve(two_findings) as address:
        query = f"{address}/vandringar?fynd={FIRST}"
        pages = [open_page(query, (1440, 900)) for _ in range(2)]
        for page in pages:
            page.get_by_role("button", name="Ta isär (en röst)").wait_for(timeout=60_000)
        pages[0].get_by_role("button", name="Ta isär (en röst)").click()
        pages[0].get_by_text("Fynden är isär igen").wait_for()
        pages[1].get_by_role("button", name="Ta isär (en röst)").click()
        pages[1].locator("[data-testid=stAlert]").wait_for()
        assert "Någon" in pages[1].locator("[data-testid=stAlert]").inner_text()
        assert stored(two_findings)["voices"].tolist() == [1, 1]
