"""Nothing hidden stands in any file made of a public view, nor in what the browser is sent."""

import base64
import io
import json
import zipfile
import zlib
from datetime import date

import numpy as np
import pytest

from tests.leaks import SMALL, YEARS, assert_nothing_hidden, assert_twins_alike, parts_of
from tests.views import csv_of, xlsx_of
from trygghetskarta.analysis.measures import Measure
from trygghetskarta.draw.map import maps, painting, static_maps
from trygghetskarta.draw.shown import compose
from trygghetskarta.draw.table import geopackage_file
from trygghetskarta.gate import view as views
from trygghetskarta.gate.choice import Choice, PeriodKind
from trygghetskarta.gate.public_view import public_view
from trygghetskarta.gate.publication import lines_of, to_json

pytestmark = pytest.mark.slow

THEMES = ("", "narkotika", "sexualbrott", "utsatt_omrade", "ska")
TYPES = ("Inbrott", "Skadegörelse", "Hot och ofredande", "Rån", "Narkotika")


def year_of(year: int, **how) -> Choice:
    return Choice(period=PeriodKind.OWN, start=date(year, 1, 1), end=date(year, 12, 31), **how)


CHOICES = [
    *(year_of(year, theme=theme) for theme in THEMES for year in YEARS),
    *(year_of(2025, types=(name,)) for name in TYPES),
    Choice(theme="ska", period=PeriodKind.OWN, start=date(2024, 1, 1), end=date(2025, 12, 31)),
]
MAKERS = {
    "csv": csv_of,
    "xlsx": xlsx_of,
    "gpkg": geopackage_file.to_geopackage,
    "png": static_maps.to_png,
    "html": lambda shown: maps.document(shown, 58.3, 12.3, 11),
    "state": lambda shown: json.dumps(painting.state(shown, shown.areas.index, SMALL[0])),
}


def shown_of(world, choice):
    answer = public_view(world, choice)
    return compose(answer.gated, answer.areas, answer.facts, answer.chosen)


def test_the_twins_do_differ_where_it_is_hidden(twin_worlds):
    """Otherwise every test below would pass whatever was told."""
    for theme in THEMES:
        tables = [
            views.view(world, year_of(2025, types=("Inbrott",) if not theme else (), theme=theme))
            for world in (twin_worlds.one, twin_worlds.other)
        ]
        counts = [answer.gated.table["count"] for answer in tables]
        is_told_alike = theme in ("utsatt_omrade", "ska", "sexualbrott")
        assert is_told_alike or not counts[0].equals(counts[1])
    marked = [
        world.cube.count[world.cube.offence_type == 2] for world in (twin_worlds.one,
                                                                     twin_worlds.other)
    ]  # fmt: skip
    assert marked[0].tolist() != marked[1].tolist()


@pytest.mark.parametrize("choice", CHOICES, ids=lambda c: f"{c.theme}{c.types}{c.start:%Y}")
def test_public_figures_are_the_same_in_both(twin_worlds, choice):
    def told(world) -> str:
        answer = public_view(world, choice)
        return f"{answer.gated.table.to_csv()} {answer.facts} {to_json(lines_of(answer))}"

    assert_twins_alike(twin_worlds, told)


@pytest.mark.parametrize(
    ("kind", "measure"),
    [
        (kind, measure)
        for kind in MAKERS
        for measure in Measure
        if kind != "png" or measure is Measure.CHANGE
    ],
)
def test_no_file_and_no_map_tells_a_hidden_figure(twin_worlds, kind, measure):
    choice = year_of(2025, types=("Inbrott",), measure=measure)
    assert_twins_alike(twin_worlds, lambda world: MAKERS[kind](shown_of(world, choice)))


@pytest.mark.parametrize("kind", [kind for kind in MAKERS if kind != "png"])
def test_an_internal_file_is_seen_to_differ(twin_worlds, kind):
    """The search is worth something: what is not gated is found (a picture holds classes only)."""

    def internal(world):
        answer = views.view(world, year_of(2025, types=("Inbrott",)))
        return MAKERS[kind](compose(answer.gated, answer.areas, answer.facts, answer.chosen))

    with pytest.raises(AssertionError, match="a hidden figure is told"):
        assert_twins_alike(twin_worlds, internal)


def zipped(data: bytes) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("inner.xml", data)
    return target.getvalue()


def picture(text: bytes) -> bytes:
    chunk = b"zTXt" + b"Comment\x00\x00" + zlib.compress(text)
    body = (len(chunk) - 4).to_bytes(4, "big") + chunk + zlib.crc32(chunk).to_bytes(4, "big")
    return b"\x89PNG\r\n\x1a\n" + body


def packed(number: int) -> bytes:
    return b'{"data":"' + base64.b64encode(np.array([1, number, 2], "<i4").tobytes()) + b'"}'


@pytest.mark.parametrize(
    "blob",
    [
        b"n = 71234",
        "n = 71\u00a0234".encode(),
        zipped(b"<v>71234</v>"),
        zipped(zipped(b"<v>71234</v>")),
        picture(b"71234"),
        packed(71234),
        base64.b64encode(zipped(b"<v>71 234</v>")),
    ],
)
def test_the_search_finds_what_is_packed(blob):
    with pytest.raises(AssertionError, match="71234"):
        assert_nothing_hidden(blob, [71234])
    assert_nothing_hidden(blob, [98765])


def test_the_search_reads_a_pdf():
    from reportlab.pdfgen.canvas import Canvas

    target = io.BytesIO()
    page = Canvas(target)
    page.drawString(100, 100, "n = 71234")
    page.save()
    assert any(b"71234" in part for part in parts_of(target.getvalue()))
    with pytest.raises(AssertionError):
        assert_nothing_hidden(target.getvalue(), [71234])
