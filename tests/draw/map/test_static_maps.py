"""The picture is opened with Pillow; what is written on it is read from the drawn figure."""

import io
import threading
from dataclasses import replace

import geopandas as gpd
import numpy as np
import pytest
import shapely
from matplotlib import pyplot
from matplotlib.colors import to_rgb
from matplotlib.text import Text
from PIL import Image

from trygghetskarta.analysis.measures import Measure
from trygghetskarta.draw.map import map_furniture, map_panels, static_maps
from trygghetskarta.draw.map.lettering import drawable
from trygghetskarta.draw.shown import LegendEntry
from trygghetskarta.draw.table.sheet import Sheet
from trygghetskarta.terms import map_classes
from trygghetskarta.terms.areas import AreaLevel
from trygghetskarta.terms.audience import ShowRule
from trygghetskarta.words import file_words, texts

pytestmark = pytest.mark.slow

SMALL = 900
OPEN = ShowRule(AreaLevel.DESO, 1)
HOSTILE = (
    "<img src=x onerror=alert(1)>",
    "$\\frac{",
    "a" * 300,
    "\u0645\u0631\u062d\u0628\u0627 \u202eevil",
    "\u5b57\U0001f9ff\n`${x}`",
    "",
)


def picture(data):
    return Image.open(io.BytesIO(data))


def pixels(data):
    return np.asarray(picture(data).convert("RGB")).reshape(-1, 3)


def has_colour(data, colour, least=20):
    wanted = np.round(np.array(to_rgb(colour)) * 255)
    return (np.abs(pixels(data) - wanted).max(axis=1) <= 1).sum() >= least


@pytest.fixture
def written(monkeypatch):
    """Draw a picture and give every text that stands on it."""
    figures = []
    save = Sheet.png

    def keep(sheet, metadata):
        figures.append(sheet.figure)
        return save(sheet, metadata)

    monkeypatch.setattr(Sheet, "png", keep)

    def draw(shown, **options):
        static_maps.to_png(shown, SMALL, **options)
        return figures[-1].findobj(Text)

    return draw


def joined(found):
    return " ".join(text.get_text() for text in found)


@pytest.fixture
def districts(shared_data):
    path = shared_data / "districts" / "stadsdelar_trollhattan_3006.gpkg"
    areas = gpd.read_file(path)
    areas = areas.rename(columns={"stadsdelskod": "area_code", "stadsdel": "name"})
    return areas.set_index("area_code").sort_index()


def of_districts(view_of, districts, **options):
    n = len(districts)
    return view_of(
        areas=districts,
        counts=np.arange(n) * 1000.0,
        previous=np.full(n, 9500.0),
        population=districts["befolkning_2025"],
        **options,
    )


def test_the_picture_is_as_wide_as_wanted_and_as_high_as_a4(view_of):
    made = picture(static_maps.to_png(view_of(), 1200))
    assert made.format == "PNG"
    assert made.width == 1200
    assert made.height == pytest.approx(1200 / 2**0.5, abs=3)


def test_title_and_caption_travel_inside_the_file(view_of):
    shown = view_of()
    told = picture(static_maps.to_png(shown, SMALL)).text
    assert told["Title"] == shown.title
    assert told["Description"].splitlines()[:-1] == list(shown.caption)
    assert told["Description"].endswith("/karta?tema=narkotika&matt=antal")


@pytest.mark.parametrize("measure", Measure)
def test_everything_that_must_follow_the_map_is_on_it(view_of, written, measure):
    shown = view_of(measure)
    text = joined(written(shown))
    for wanted in (shown.title, shown.summary, shown.legend_title, *shown.caption):
        assert wanted in text
    for entry in shown.legend:
        assert entry.label in text
    assert " N " in f" {text} "
    assert "100 m" in text or "50 m" in text


def test_a_long_caption_makes_the_sheet_taller_and_is_told_whole(view_of, written):
    shown = replace(view_of(), caption=tuple(f"rad {row} " + "ord " * 40 for row in range(40)))
    found = written(shown)
    text = joined(found)
    assert found[0].figure.get_figheight() > 1.2 * static_maps.PAGE_HEIGHT
    assert all(f"rad {row} " in text for row in range(40))


def test_the_legend_counts_areas(view_of, written):
    found = [text.get_text() for text in written(view_of())]
    assert found.count("1") >= 4 and "2" in found and file_words.PICTURE_AREAS in found


def test_the_example_mark_is_on_the_map_and_above_it(view_of, written):
    marks = [text for text in written(view_of()) if text.get_text() == texts.EXAMPLE_MARK]
    assert sorted(text.get_rotation() for text in marks) == [0, 32]
    assert has_colour(static_maps.to_png(view_of(), SMALL), "#fff4d6")


def test_real_figures_carry_no_mark(view_of, written):
    assert texts.EXAMPLE_MARK not in joined(written(view_of(is_example=False)))
    assert not has_colour(static_maps.to_png(view_of(is_example=False), SMALL), "#fff4d6")


@pytest.mark.parametrize("measure", Measure)
def test_every_look_of_the_legend_is_painted(view_of, measure):
    shown = view_of(measure, is_example=False)
    data = static_maps.to_png(shown, 1600)
    for entry in shown.legend:
        assert has_colour(data, entry.colour), entry.label


def test_zero_hidden_missing_and_undecided_look_different():
    entries = [
        LegendEntry(map_classes.ZERO, "#ffffff", "", "", 1),
        LegendEntry(map_classes.HIDDEN, "#ffffff", "hatch", "", 1),
        LegendEntry(map_classes.MISSING, "#ffffff", "dots", "", 1),
        LegendEntry(map_classes.UNDECIDED, "#ffffff", "cross", "", 1),
    ]
    assert len({map_panels.look(entry).get("hatch") for entry in entries}) == 4


def test_no_number_of_an_area_is_on_the_picture(view_of, written):
    text = joined(written(view_of(Measure.COUNT)))
    for secret in ("7919", "7\u00a0919", "8171", "8\u00a0171", "1582", "1360"):
        assert secret not in text


def test_hostile_texts_are_drawn_as_they_stand(view_of, written):
    shown = view_of(names=HOSTILE)
    shown = replace(shown, title=HOSTILE[1], caption=(*HOSTILE, "\x00\ud800"))
    found = written(shown)
    texts_on_it = {text.get_text() for text in found}
    assert {"$\\frac{", drawable(HOSTILE[4])} <= texts_on_it
    outside = [text for text in found if text.get_text() and "$" in text.get_text()]
    assert outside and not any(text.get_parse_math() for text in outside)


def test_the_same_view_gives_the_same_picture_in_any_thread(view_of):
    shown = view_of()
    first = static_maps.to_png(shown, SMALL)
    made = []
    threads = [
        threading.Thread(target=lambda: made.append(static_maps.to_png(shown, SMALL)))
        for _ in range(2)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert made == [first] * 2
    assert pyplot.get_fignums() == []


def test_a_small_town_is_enlarged(view_of, written, districts):
    text = joined(written(of_districts(view_of, districts)))
    assert file_words.PICTURE_TOWN in text and file_words.PICTURE_WHOLE in text
    assert "5 km" in text and "2 km" in text
    assert "Kronogården" in text and "Sylte" in text


def test_chosen_areas_are_enlarged_among_their_neighbours(view_of, written, districts):
    chosen = frozenset(districts.index[districts["name"].isin(["Sylte", "Lextorp"])])
    shown = of_districts(view_of, districts, chosen=chosen)
    text = joined(written(shown, surroundings=districts))
    assert file_words.PICTURE_CHOSEN in text
    assert "Södra" in text and "Halvorstorp" not in text.split(file_words.PICTURE_WHOLE)[0]
    alone = joined(written(shown))
    assert file_words.PICTURE_CHOSEN not in alone and "Skoftebyn" not in alone
    assert has_colour(static_maps.to_png(shown, SMALL, districts), "#f1f3f5")


def test_no_names_among_many_areas(view_of, written):
    n = map_panels.MOST_NAMED + 1
    many = {"counts": [9500.0] * n, "previous": [9500.0] * n, "population": [5000.0] * n}
    names = [f"Ort {number}" for number in range(n)]
    assert "Ort 1" not in joined(written(view_of(names=names, **many)))
    few = {key: values[1:] for key, values in many.items()}
    assert "Ort 1" in joined(written(view_of(names=names[1:], **few)))


def test_areas_that_are_equally_spread_are_not_enlarged(view_of, written):
    assert file_words.PICTURE_TOWN not in joined(written(view_of()))


def test_one_area_and_no_shown_figure_are_drawn(view_of, written):
    text = joined(
        written(view_of(names=["Åby"], counts=[np.nan], previous=None, population=[np.nan]))
    )
    assert "Åby" in text and "uppgift saknas" in text


def test_areas_with_gaps_and_overlaps_are_drawn(view_of):
    areas = gpd.GeoDataFrame(
        {"name": ["A", "B"]},
        geometry=[shapely.box(0, 0, 1000, 1000), shapely.box(990, 100, 2000, 1200)],
        index=["1", "2"],
        crs=3006,
    ).rename_axis("area_code")
    shown = view_of(
        areas=areas, counts=[1.0, 2.0], previous=None, population=[90.0, 90.0], rule=OPEN
    )
    assert picture(static_maps.to_png(shown, SMALL)).width == SMALL


@pytest.mark.parametrize(
    ("metres", "expected"), [(7400, 5000), (5000, 5000), (1999, 1000), (0.2, 1), (260, 200)]
)
def test_a_scale_bar_is_a_round_length(metres, expected):
    assert map_furniture.round_length(metres) == expected
