"""The minutes of a *rond* and the season's sheet, opened again with other programs."""

import io
import json
from dataclasses import replace
from datetime import date

import docx
import geopandas as gpd
import numpy as np
import pandas as pd
import pypdfium2
import pytest
import shapely

from trygghetskarta.analysis.walk_facts import Minutes, Season
from trygghetskarta.draw.paper import pdf_file, word_file
from trygghetskarta.subjects.walks.show import protocol, season
from trygghetskarta.terms.audience import Audience
from trygghetskarta.words import situation_words, texts, walk_words

pytestmark = pytest.mark.slow

EAST, NORTH = 340_000.0, 6_460_000.0
HOSTILE = "<b>${alert(1)}</b> `&` {{x}} \\ 字"
OWNERS = ["Gatu- och parkförvaltningen", None, None]


def square(x: float, y: float) -> shapely.Polygon:
    return shapely.box(EAST + x, NORTH + y, EAST + x + 1000, NORTH + y + 1000)


AREAS = gpd.GeoDataFrame(
    {"name": ["Ängen", "Åsen"]},
    geometry=[square(0, 0), square(1000, 0)],
    index=pd.Index(["A", "B"], name="area_code"),
    crs=3006,
)


def observations() -> gpd.GeoDataFrame:
    points = [shapely.Point(EAST + 300, NORTH + 300), None, shapely.Point(EAST + 600, NORTH + 500)]
    return gpd.GeoDataFrame(
        {
            "stop": pd.array([1, 2, 3], dtype="Int64"),
            "category": ["belysning", "insyn_och_sikt", "trygg_plats"],
            "seriousness": pd.array([3, 2, pd.NA], dtype="Int64"),
            "text": ["Två lyktor släckta.", HOSTILE, "Ljust och öppet."],
            "given_place": ["Torget", None, None],
            "factors": [json.dumps({"ljus": 1, "kansla": 2}), None, None],
            "voices": pd.array([3, 1, 1], dtype="Int64"),
            "status": ["tilldelad", "ny", "ny"],
            "status_reason": [None, None, None],
            "owner": OWNERS,
            "due_date": pd.to_datetime(["2026-06-01", None, None]),
        },
        geometry=points,
        crs=3006,
    )


@pytest.fixture
def minutes() -> Minutes:
    walk = pd.Series(
        {
            "name": "Ängen runt torget",
            "started_at": pd.Timestamp("2026-05-03 14:15", tz="UTC"),
            "ended_at": pd.Timestamp("2026-05-03 16:02", tz="UTC"),
            "participants": 7,
            "given_place": None,
            "note": "Regn.",
            "raw_length_m": 2610.0,
            "length_m": 2402.0,
        }
    )
    earlier = observations().iloc[:2]
    earlier["status"] = ["atgardad", "pagar"]
    earlier["status_then"] = "ny"
    earlier["seen_again"] = [np.nan, 2.0]
    earlier["open_now"] = [False, True]
    return Minutes(
        walk=walk,
        findings=observations(),
        route=shapely.MultiLineString([[(EAST + 200, NORTH + 200), (EAST + 900, NORTH + 700)]]),
        district="Ängen",
        earlier=earlier,
        earlier_day=date(2025, 10, 7),
        areas=AREAS,
        municipality="Trollhättan",
        data_version=12,
        is_example=True,
    )


@pytest.fixture
def sheet() -> Season:
    return Season(
        audience=Audience.INTERNAL,
        start=date(2026, 1, 1),
        end=date(2026, 6, 30),
        walks=18,
        audits=3,
        person_hours=212.4,
        untimed=2,
        kilometres=61.3,
        quiet=7,
        districts=pd.Series({"Ängen": 88.2, "": 4.1}),
        found=pd.Series({"belysning": 14, "trafik": 2}),
        safe_places=3,
        done=11,
        open=9,
        closed=2,
        median_days=34.0,
        municipality="Trollhättan",
        data_version=12,
        is_example=False,
    )


def read_pdf(content: bytes) -> list[str]:
    """The text of each page, on one line."""
    paper = pypdfium2.PdfDocument(content)
    told = []
    for page in paper:
        part = page.get_textpage()
        # A line break after a hyphen comes back as one sign of its own.
        told.append(" ".join(part.get_text_bounded().replace("\ufffe", "").split()))
        part.close()
        page.close()
    paper.close()
    return told


def read_docx(content: bytes) -> tuple[str, docx.document.Document]:
    paper = docx.Document(io.BytesIO(content))
    lines = [part.text for part in paper.paragraphs]
    for table in paper.tables:
        lines += [cell.text for row in table.rows for cell in row.cells]
    return "\n".join(lines), paper


def ink(content: bytes, page: int = 0) -> np.ndarray:
    """A page as colours."""
    paper = pypdfium2.PdfDocument(content)
    picture = paper[page].render(scale=1.0).to_numpy()
    paper.close()
    return picture


def test_the_minutes_say_the_stops_in_order_with_owner_and_day(minutes):
    told = " ".join(read_pdf(pdf_file.to_pdf(protocol.compose_minutes(minutes))))
    places = [told.index(part) for part in ("Belysning", "Insyn och sikt", "Trygg plats")]
    assert places == sorted(places)
    for part in ("3 maj 2026 kl. 16.15–18.02", "7 personer", "1 juni 2026", "tilldelad",
                 "Ljus 1 · Känsla 2", "Rapporterat av 3", "Torget", "2,40 km"):  # fmt: skip
        assert part in told
    assert "Gatu- och park" in told and "förvaltningen" in told


def test_a_revisit_says_what_became_of_the_last_time(minutes):
    told = " ".join(read_pdf(pdf_file.to_pdf(protocol.compose_minutes(minutes))))
    assert "Sedan förra ronden (7 oktober 2025)" in told
    assert "Fynd förra gången: 2. Åtgärdade: 1. Öppna: 1. Sedda igen på samma plats: 1." in told
    assert "stopp 2" in told
    first = replace(minutes, earlier_day=None, earlier=minutes.earlier.iloc[:0])
    assert "förra ronden" not in " ".join(
        read_pdf(pdf_file.to_pdf(protocol.compose_minutes(first)))
    )


def test_outside_text_stands_as_it_was_written(minutes):
    document = protocol.compose_minutes(minutes)
    told = " ".join(read_pdf(pdf_file.to_pdf(document)))
    assert "<b>${alert(1)}</b> `&` {{x}} \\ \u25a1" in told
    assert HOSTILE in read_docx(word_file.to_docx(document))[0]


def test_the_word_file_holds_the_same_and_a_picture_with_words(minutes):
    document = protocol.compose_minutes(minutes)
    told, paper = read_docx(word_file.to_docx(document))
    for section in document.sections:
        assert section.heading in told
    assert "Gatu- och parkförvaltningen" in told and "stopp 2" in told
    shapes = paper.inline_shapes
    assert len(shapes) == 1 and "Ängen" in shapes[0]._inline.docPr.get("descr")
    assert paper.core_properties.language == "sv-SE"
    assert "tblHeader" in paper.tables[1].rows[0]._tr.xml


def test_the_same_minutes_are_the_same_bytes(minutes):
    document = protocol.compose_minutes(minutes)
    again = protocol.compose_minutes(minutes)
    assert pdf_file.to_pdf(document) == pdf_file.to_pdf(again)
    assert word_file.to_docx(document) == word_file.to_docx(again)


def test_the_map_shows_the_route_and_both_kinds_of_sign(minutes):
    page = ink(pdf_file.to_pdf(protocol.compose_minutes(minutes))).astype(int)
    for colour in ((0x1F, 0x4E, 0x79), (0xB3, 0x58, 0x06), (0x1A, 0x7F, 0x4B)):
        near = (np.abs(page[..., ::-1] - colour).max(axis=-1) < 30) | (
            np.abs(page - colour).max(axis=-1) < 30
        )
        assert near.sum() > 20, colour


def test_without_route_and_place_there_is_no_map(minutes):
    bare = minutes.findings.set_geometry([None] * 3, crs=3006)
    document = protocol.compose_minutes(replace(minutes, findings=bare, route=None))
    assert walk_words.PROTOCOL_MAP not in [section.heading for section in document.sections]


def test_a_quiet_rond_says_so(minutes):
    quiet = replace(minutes, findings=minutes.findings.iloc[:0], earlier_day=None)
    told = " ".join(read_pdf(pdf_file.to_pdf(protocol.compose_minutes(quiet))))
    assert walk_words.PROTOCOL_NOTHING in told


def test_two_hundred_findings_break_over_pages_with_the_head_on_each(minutes):
    many = pd.concat([minutes.findings] * 70, ignore_index=True)
    pages = read_pdf(pdf_file.to_pdf(protocol.compose_minutes(replace(minutes, findings=many))))
    assert len(pages) > 5
    assert all("Ansvarig" in page for page in pages[1:-2])
    assert all(f"Sida {number}" in page for number, page in enumerate(pages, 1))


def test_a_text_longer_than_a_page_is_not_lost(minutes):
    findings = minutes.findings.copy()
    findings.loc[0, "text"] = "mycket lång text " * 900 + "slut"
    told = " ".join(
        read_pdf(pdf_file.to_pdf(protocol.compose_minutes(replace(minutes, findings=findings))))
    )
    assert "slut" in told


def test_the_season_thanks_and_names_nobody(sheet):
    told = " ".join(read_pdf(pdf_file.to_pdf(season.compose_season(sheet))))
    parts = (
        "18 närvaropass och 3 trygghetsronder",
        "212 persontimmar",
        "Ängen 88,2",
        "okänt område 4,1",
        "Belysning 14",
        "3 trygga platser",
        "34 dagar",
        "Tack",
    )
    for part in parts:
        assert part in told
    assert texts.EXAMPLE_MARK not in told


def test_a_season_with_small_numbers_is_marked_and_one_on_the_wall_hides_them(sheet):
    told = " ".join(read_pdf(pdf_file.to_pdf(season.compose_season(sheet))))
    assert texts.INTERNAL_MARK in told
    nothing = pd.Series(dtype=float)
    few = replace(sheet, audience=Audience.PUBLIC, found=nothing, safe_places=None,
                  done=None, open=None, closed=0, median_days=None)  # fmt: skip
    told = " ".join(read_pdf(pdf_file.to_pdf(season.compose_season(few))))
    assert texts.INTERNAL_MARK not in told and walk_words.SEASON_NOTHING_FOUND not in told
    assert situation_words.SITUATION_WALK_FEW in told and "Öppna fynd: dold" in told


def test_an_empty_season_is_a_sheet_too(sheet):
    nothing = pd.Series(dtype=float)
    empty = replace(sheet, walks=0, audits=0, person_hours=0.0, untimed=0, kilometres=0.0, quiet=0,
                    districts=nothing, found=nothing, safe_places=0, done=0, open=0, closed=0,
                    median_days=float("nan"))  # fmt: skip
    told = " ".join(read_pdf(pdf_file.to_pdf(season.compose_season(empty))))
    assert "Inga vandringar är registrerade" in told
