"""A record of what the program stores and gives: one store, and files made of it.

``python -m tests.record`` makes it anew from a small invented world, which is done when a version
is finished and never to make a test pass. ``tests/test_record.py`` opens the store with the program
as it is, and makes the files again.
"""

import io
import json
import sqlite3
import sys
import tempfile
import zipfile
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import NamedTuple

from tests import contents, little
from tests.pages import Page, Visitor, visiting
from trygghetskarta import formats
from trygghetskarta.gate import loaded_world
from trygghetskarta.intake.workplace import open_workplace
from trygghetskarta.settings import Settings
from trygghetskarta.store import read_walks
from trygghetskarta.subjects.dialogue.data import deck_data
from trygghetskarta.subjects.meeting.edit import meeting
from trygghetskarta.words import report_page_words

RECORD = Path(__file__).resolve().parent / "data" / "record" / "record.zip"
STORE, ABOUT = "store.gpkg", "about.json"
YEAR = {"fran": "2025-01", "till": "2025-12"}
WALK = "WALK"
"""Stands for the identity of a walk that has minutes."""


class Made(NamedTuple):
    """A file: the page that gives it, what stands in the page's link, and its button.

    Of large files the record keeps what stands in them instead of the file.
    """

    address: str
    link: dict[str, str]
    button: str
    is_large: bool = False


FILES = {
    "karta.csv": Made("karta", YEAR, "download-csv"),
    "karta.xlsx": Made("karta", YEAR, "download-xlsx"),
    "karta.gpkg": Made("karta", YEAR, "download-gpkg"),
    "karta.html": Made("karta", YEAR, "deck-html"),
    "hotspots.png": Made("hotspots", YEAR, "download-png", True),
    "nar.pptx": Made("nar", YEAR, "deck-pptx0"),
    "sakerhet-trygghet.csv": Made("sakerhet-trygghet", YEAR, "download-csv"),
    "sasongsblad.pdf": Made("vandringar", YEAR, "season"),
    "protokoll.docx": Made("vandringar", {**YEAR, "vandring": WALK}, "minutes-docx"),
    "vandringar.html": Made("vandringar", YEAR, "walks-map", True),
    "atgarder.csv": Made("atgarder", {}, "measures-csv"),
    "lagesbild.html": Made("lagesbild", {"ar": "2025"}, "report-html", True),
    "fryst.html": Made("lagesbild", {"ar": "2025"}, "frozen-html", True),
}
"""One file of each kind, and one of each page that makes its own."""


class Record(NamedTuple):
    """The store, the rows of its tables, and what stands in each file."""

    store: bytes
    rows: dict[str, int]
    files: dict[str, list[str]]


def load() -> Record:
    """The record that is kept."""
    with zipfile.ZipFile(RECORD) as packed:
        about = json.loads(packed.read(ABOUT))
        day = date.fromisoformat(about["day"])
        files = {
            name: about["large"][name] if made.is_large else told(name, packed.read(name), day)
            for name, made in FILES.items()
        }
        return Record(packed.read(STORE), about["rows"], files)


def rows(path: Path) -> dict[str, int]:
    """Rows of every table of a store but SQLite's and the index's own."""
    with closing(sqlite3.connect(path)) as file:
        names = file.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
        return {
            name: file.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0]
            for (name,) in sorted(names)
            if not name.startswith(("sqlite_", "rtree_", "gpkg_"))
        }


def make_files(visitor: Visitor, walk: str) -> dict[str, bytes]:
    """Make every file from a store, as its button does."""
    pages: dict[str, Page] = {}
    made = {}
    for name, (address, link, button, _) in FILES.items():
        asked = {key: walk if value == WALK else value for key, value in link.items()}
        key = f"{address}?{asked}"
        if key not in pages:
            pages[key] = visitor.open(address, **asked)
        assert pages[key].faults == [], (name, pages[key].faults)
        (made[name],) = (make() for at, make in pages[key].files.items() if at.startswith(button))
    return made


def told(name: str, content: bytes, day: date) -> list[str]:
    """What stands in a file; the day it was made on stands as a word."""
    days = (day.isoformat(), formats.day(day), f"{day.day}/{day.month} {day.year}")
    lines = contents.lines(name.rsplit(".", 1)[1], content)
    for written in days:
        lines = [line.replace(written, "TODAY") for line in lines]
    return lines


def walk_of(path: Path) -> str:
    """Identity of the walk whose minutes are in the record."""
    place = open_workplace(Settings(store=str(path)), date.today)
    walks = read_walks.walks(place.engine)
    place.engine.dispose()
    return str(walks["walk_id"].sort_values().iloc[0])


def _make_store(path: Path) -> None:
    """Fill every table: imports, findings at work, meetings, a presentation, a frozen report."""
    place = open_workplace(Settings(store=str(path)), lambda: date(2026, 11, 2))
    little.fill(place, path.parent / "files")
    meeting.open_meeting(place, "Samtal i Sylte", "Skolan", "", date(2026, 11, 2))
    deck_data.save_example(place, loaded_world.load(place.engine, place.municipality))
    place.engine.dispose()
    with visiting(path) as visitor:
        page = visitor.open("lagesbild", ar="2025")
        (freeze,) = (
            one for one in page.app.button if one.label == report_page_words.SITUATION_FREEZE
        )
        assert not freeze.click().run().exception


def main() -> int:
    """Make the record anew."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / STORE
        _make_store(path)
        with closing(sqlite3.connect(path)) as file:
            file.execute("VACUUM")
        store = path.read_bytes()
        counted = rows(path)
        with visiting(path) as visitor:
            files = make_files(visitor, walk_of(path))
    day = date.today()
    large = {
        name: told(name, files.pop(name), day) for name, made in FILES.items() if made.is_large
    }
    about = {"day": day.isoformat(), "rows": counted, "large": large}
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_LZMA) as archive:
        archive.writestr(ABOUT, json.dumps(about, indent=1, ensure_ascii=False))
        archive.writestr(STORE, store)
        for name, content in files.items():
            archive.writestr(name, content)
    RECORD.parent.mkdir(parents=True, exist_ok=True)
    RECORD.write_bytes(packed.getvalue())
    print(f"{RECORD.name}: {RECORD.stat().st_size} bytes")
    return 0


if __name__ == "__main__":
    sys.exit(main())
