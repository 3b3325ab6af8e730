import re

from tests.test_architecture import PACKAGE, ROOT
from trygghetskarta.draw import palette

COLOUR = re.compile(r"(?<!&)#(?:[0-9a-f]{8}|[0-9a-f]{6}|[0-9a-f]{3,4})\b", re.IGNORECASE)
DECLARED = PACKAGE / "draw" / "palette.py"
FILES = [
    path
    for path in [*PACKAGE.rglob("*"), ROOT / "app.py", *(ROOT / "geodata").glob("*.py")]
    if path.suffix in {".py", ".css", ".jinja", ".js", ".toml"}
]
NAMES = [name for name in vars(palette) if name.isupper()]


def test_a_colour_is_written_in_the_palette_only():
    found = {
        f"{path.relative_to(ROOT)}: {said}"
        for path in FILES
        if path != DECLARED
        for said in COLOUR.findall(path.read_text("utf-8"))
    }
    assert not found


def test_every_colour_is_one_and_is_used():
    told = "\n".join(path.read_text("utf-8") for path in FILES)
    for name in NAMES:
        assert re.search(rf"palette\.{name}\b|\${name.lower()}\b", told) or re.search(
            rf"= {name}$|, {name}\b", DECLARED.read_text("utf-8"), re.MULTILINE
        ), name
        assert COLOUR.search(str(getattr(palette, name))), name


def test_what_is_no_class_of_values_looks_different():
    special = [palette.ZERO, palette.HIDDEN, palette.MISSING, palette.UNDECIDED]
    assert len(set(special)) == len(special)
