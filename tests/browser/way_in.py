"""What a user does with a file on the page Data."""

from playwright.sync_api import Page, expect

from tests.browser.looks import settle


def opened(page: Page) -> Page:
    """Wait for a file to be asked for."""
    page.wait_for_selector("input[type=file]", state="attached")
    return page


def upload(page: Page, name: str, content: str | bytes) -> None:
    """Hand a file over."""
    data = content.encode("utf-8") if isinstance(content, str) else content
    file = {"name": name, "mimeType": "application/octet-stream", "buffer": data}
    page.locator("input[type=file]").set_input_files(file)


def look_at(page: Page) -> None:
    """See what would become of the file."""
    settle(page)
    page.get_by_role("button", name="Granska", exact=True).click()
    page.get_by_text("Så blir det när filen sparas").wait_for()


def save(page: Page, file: str) -> None:
    """Look at what will become of the file, save it and wait for its account."""
    look_at(page)
    keep(page, file)


def keep(page: Page, file: str) -> None:
    """Save what was looked at, and wait for its account alone: what was there before is gone."""
    page.get_by_role("button", name="Spara", exact=True).click()
    expect(page.get_by_text(f"Kopplingsrapport: {file}")).to_be_visible()
    settle(page)
