"""A store of a walker's own, and the form opened on it."""

from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import Page

from tests.browser.phone.walker import open_form
from trygghetskarta.intake.workplace import open_workplace
from trygghetskarta.settings import Settings


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
