import pytest

from tests.test_architecture import PACKAGE
from trygghetskarta.draw import browser_files, palette
from trygghetskarta.draw.browser_files import browser_file

OURS = sorted([*PACKAGE.rglob("*.css"), *PACKAGE.rglob("*.js")])


@pytest.mark.parametrize("path", OURS, ids=lambda path: path.name)
def test_every_file_names_colours_that_there_are(path):
    room = ".".join(path.parent.relative_to(PACKAGE.parent).parts)
    text = browser_file(room, path.name)
    assert "$ink" not in text
    assert len(text.splitlines()) == len(path.read_text("utf-8").splitlines())


def test_a_name_becomes_its_colour(tmp_path, monkeypatch):
    (tmp_path / "x.css").write_text("a { color: $ink_second; b: `${x}` }", "utf-8")
    monkeypatch.setattr(browser_files.resources, "files", lambda room: tmp_path)
    assert browser_file("room", "x.css") == f"a {{ color: {palette.INK_SECOND}; b: `${{x}}` }}"


def test_an_unknown_colour_is_an_error(tmp_path, monkeypatch):
    (tmp_path / "y.css").write_text("a { color: $inc; }", "utf-8")
    monkeypatch.setattr(browser_files.resources, "files", lambda room: tmp_path)
    with pytest.raises(AttributeError):
        browser_file("room", "y.css")
