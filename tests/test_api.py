"""The face for notebooks: what it names is there, and it answers as the page does."""

import subprocess
import sys
from datetime import date

import pytest

import trygghetskarta as tk

pytestmark = pytest.mark.slow

YEAR = tk.Choice(
    types=("Inbrott",),
    period=tk.PeriodKind.OWN,
    start=date(2025, 1, 1),
    end=date(2025, 12, 31),
    measure=tk.Measure.COUNT,
)


@pytest.fixture
def store(demo_store):
    opened = tk.open_store(str(demo_store))
    yield opened
    opened.close()


def test_everything_it_names_is_there():
    for name in tk.__all__:
        assert getattr(tk, name).__name__ == name
    with pytest.raises(AttributeError, match="nonsense"):
        _ = tk.nonsense


def test_nothing_is_imported_before_it_is_asked_for():
    asked = "import sys, trygghetskarta; print('pandas' in sys.modules)"
    told = subprocess.run(
        [sys.executable, "-c", asked], capture_output=True, text=True, encoding="utf-8", check=True
    )
    assert told.stdout.strip() == "False"


def test_an_answer_has_its_caveats_and_hides_from_the_public_what_the_page_hides(store):
    inner, public = store.ask(YEAR), store.ask(YEAR, tk.Audience.PUBLIC)
    assert "Inbrott" in inner.title and "2025" in inner.title
    assert len(inner.table) == 15 and "Kronogården" in inner.table.index
    cells = public.table.astype(str).to_numpy().ravel().tolist()
    assert any("dold" in cell for cell in cells)
    assert any("påhittade" in line.lower() for line in public.caveats)
    assert "<html" in public.html() and "EXEMPELDATA" in public.html()
    assert store.describe()["areas"] > 60


def test_what_cannot_be_opened_is_an_error_of_ours(tmp_path):
    (tmp_path / "strange.gpkg").write_bytes(b"not a store")
    with pytest.raises(tk.TrygghetskartaError):
        tk.open_store(str(tmp_path / "strange.gpkg"))
