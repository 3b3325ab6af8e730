"""A workplace of its own for every test, opened from a store that was made once."""

import shutil
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pandas as pd
import pytest

from trygghetskarta.intake import accounts, intake, receiving
from trygghetskarta.intake.workplace import Workplace, open_workplace
from trygghetskarta.settings import Settings
from trygghetskarta.tables.row_accounts import FileRows, RowAccount
from trygghetskarta.terms.imports import TableKind

TODAY = date(2026, 11, 2)


def whole(table: pd.DataFrame) -> RowAccount:
    """The account of a file whose rows are all accepted, as rows of a table."""
    numbers = range(2, len(table) + 2)
    return RowAccount(FileRows("prov.csv", numbers), numbers)


@pytest.fixture
def place(base_store, tmp_path) -> Workplace:
    """The workplace of one test."""
    path = tmp_path / "store.gpkg"
    shutil.copy(base_store, path)
    opened = open_workplace(Settings(store=str(path)), lambda: TODAY)
    yield opened
    opened.engine.dispose()


@pytest.fixture
def bring(place) -> Callable[..., accounts.ImportReport]:
    """Import a file, given by path or by name and content."""

    def run(
        kind: TableKind, file, content: bytes | str | None = None, **how
    ) -> accounts.ImportReport:
        source = how.pop("source", "Polismyndigheten")
        if content is None:
            waiting = receiving.receive_path(place, kind, Path(file), how.pop("layer", None))
        else:
            data = content.encode("utf-8") if isinstance(content, str) else content
            waiting = receiving.receive(place, kind, file, data)
        told = {name: how.pop(name, getattr(waiting, name)) for name in ("wish", "confirmed")}
        waiting = replace(waiting, **told)
        return intake.import_waiting(place, waiting, source, **how)

    return run
