"""The notebooks run from first to last cell, and hold no results of their own."""

import json
import re
from pathlib import Path

import pytest

import trygghetskarta

pytestmark = pytest.mark.slow

FOLDER = Path(__file__).resolve().parent.parent / "notebooks"
NOTEBOOKS = sorted(FOLDER.glob("*.ipynb"))


def cells(path: Path) -> list[dict]:
    return json.loads(path.read_text(encoding="utf-8"))["cells"]


def test_there_is_a_notebook():
    assert NOTEBOOKS


@pytest.mark.parametrize("path", NOTEBOOKS, ids=[path.stem for path in NOTEBOOKS])
def test_a_notebook_runs_on_the_example_data(path, demo_store, monkeypatch, capsys):
    monkeypatch.setenv("TRYGGHETSKARTA_STORE", str(demo_store))
    names: dict = {}
    for cell in cells(path):
        if cell["cell_type"] == "code":
            exec(compile("".join(cell["source"]), path.name, "exec"), names)
    names["store"].close()
    said = capsys.readouterr().out
    assert "PÅHITTADE EXEMPELDATA" in said
    assert "Inbrott" in said
    document = names["answer"].html()
    assert "EXEMPELDATA" in document
    assert not re.search(r"<(?:script|link|img|iframe)[^>]+(?:src|href)=", document)


@pytest.mark.parametrize("path", NOTEBOOKS, ids=[path.stem for path in NOTEBOOKS])
def test_a_notebook_uses_the_typed_face_only(path):
    told = "".join("".join(cell["source"]) for cell in cells(path) if cell["cell_type"] == "code")
    assert "import trygghetskarta as tk" in told and "from trygghetskarta" not in told
    for name in re.findall(r"\btk\.(\w+)", told):
        assert name in trygghetskarta.__all__


@pytest.mark.parametrize("path", NOTEBOOKS, ids=[path.stem for path in NOTEBOOKS])
def test_a_notebook_holds_no_results(path):
    for cell in cells(path):
        assert not cell.get("outputs")
        assert cell.get("execution_count") is None
