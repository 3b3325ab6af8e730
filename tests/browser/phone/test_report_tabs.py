"""Several tabs of one phone: every report is stored once, and nobody's is lost."""

import pytest
from PIL import Image
from playwright.sync_api import expect

from tests.browser.phone.walker import fill_in, none_wait, reopened, stored, tap


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
