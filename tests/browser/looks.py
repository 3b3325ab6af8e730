"""How the browser's tests wait for a page to stand still, and what every page must be like."""

import re

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Locator, Page, TimeoutError

DESK, PHONE, PROJECTOR = (1440, 900), (390, 844), (1920, 1080)
SIZES = {"desk": DESK, "phone": PHONE, "projector": PROJECTOR}
SERIOUS = ("critical", "serious")
FULLY = {"resultTypes": ["violations"]}
"""Only what is wrong is told node by node."""
_STILL = """() => {
    if (!window.lastChange) {
        window.lastChange = performance.now();
        const note = () => { window.lastChange = performance.now(); };
        new MutationObserver(note).observe(document.documentElement, {
            attributes: true, characterData: true, childList: true, subtree: true });
        new ResizeObserver(note).observe(document.documentElement);
    }
    const app = document.querySelector("[data-testid=stApp]");
    const moving = document.getAnimations().some((one) => one.playState === "running"
        && one.effect.getComputedTiming().iterations !== Infinity);
    const busy = app && (app.dataset.testScriptState !== "notRunning"
        || app.dataset.testConnectionState !== "CONNECTED"
        || document.querySelector("[data-stale=true], .leaflet-zoom-anim, .leaflet-pan-anim"));
    if (busy || moving || document.fonts.status !== "loaded") window.lastChange = performance.now();
    return performance.now() - window.lastChange > 250;
}"""


HARMLESS = {"Helskärm", "Stäng helskärm", "Sök"}
"""What a chart's or table's own toolbar may do: none of it gives a file."""


def toolbar_buttons(page: Page) -> set[str]:
    """Buttons of the toolbars that charts and tables get from Streamlit, shown by a pointer."""
    found = page.evaluate(
        """() => [...document.querySelectorAll(
            "[data-testid=stElementToolbar] button, [data-testid=stElementToolbar] a")]
            .filter((one) => {
                for (let up = one; !up.matches("[data-testid=stElementToolbar]");
                     up = up.parentElement)
                    if (getComputedStyle(up).display === "none") return false;
                return true;
            })
            .map((one) => one.getAttribute("aria-label") || one.textContent)"""
    )
    return set(found)


def settle(page: Page) -> None:
    """Wait until nothing runs, nothing moves and nothing has changed for a quarter of a second."""
    page.evaluate("window.lastChange &&= performance.now()")
    page.wait_for_function(_STILL, polling=50)


def pick(page: Page, box: Locator, option: str | re.Pattern[str]) -> None:
    """Open a list and pick an option, again if the page was drawn anew and closed the list."""
    settle(page)
    for _ in range(4):
        box.click()
        found = page.get_by_role("option", name=option).first
        try:
            found.click(timeout=5_000)
        except TimeoutError:
            page.keyboard.press("Escape")
            settle(page)
        else:
            return
    raise AssertionError(f"{option} could not be picked")


def faults(page: Page) -> list[str]:
    """What is wrong with a page that stands still: too wide, unexpected, or shut to somebody."""
    settle(page)
    root = page.evaluate("[document.documentElement.scrollWidth, window.innerWidth]")
    found = [f"{root[0]} pixels wide in {root[1]}"] if root[0] > root[1] else []
    found += ["Något oväntat hände"] * page.get_by_text("Något oväntat hände").count()
    found += [f"a file without a mark: {one}" for one in toolbar_buttons(page) - HARMLESS]
    return found + [
        f"{one['id']}: {node['html'][:160]}"
        for one in Axe().run(page, options=FULLY).response["violations"]
        if one["impact"] in SERIOUS
        for node in one["nodes"]
    ]


def resize(page: Page, size: tuple[int, int]) -> None:
    """Turn the window into another; what follows the width is drawn anew."""
    page.set_viewport_size({"width": size[0], "height": size[1]})
    settle(page)
