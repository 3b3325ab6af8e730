"""Cells in classes on the map and in files: decoded, read back, and hostile names on the way."""

import base64
import csv
import io
import re
from dataclasses import replace
from itertools import combinations

import geopandas as gpd
import numpy as np
import openpyxl
import pandas as pd
import pyogrio
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image
from pyproj import Transformer

from tests.properties import examples
from tests.views import csv_of, xlsx_of
from trygghetskarta.analysis.cells import square_cells
from trygghetskarta.analysis.density import kernel_density
from trygghetskarta.analysis.disclosure import as_publishable
from trygghetskarta.analysis.hotspots import getis_ord_g_star
from trygghetskarta.draw.map import static_maps
from trygghetskarta.draw.table import geopackage_file
from trygghetskarta.subjects.hotspots.show.cells_shown import CellsShown, compose_cells, state
from trygghetskarta.terms import map_classes
from trygghetskarta.terms.areas import AreaLevel
from trygghetskarta.terms.audience import Audience, ShowRule
from trygghetskarta.terms.hotspots import CellShape, HotspotClass, HotspotLayer
from trygghetskarta.words import file_words, hotspot_words, texts

pytestmark = pytest.mark.slow

COLUMNS, ROWS = 8, 6
BOUNDS = (340_000, 6_460_000, 340_000 + 250 * COLUMNS, 6_460_000 + 250 * ROWS)
RULE = ShowRule(AreaLevel.CELL, 1)
NAMES = ("Åby", "Ärla", "")
HOSTILE = (
    "<img src=x onerror=alert(1)>",
    '=cmd|"/c calc"!A1',
    "\u202egnipmud\x00\r\n+1",
    "ö" * 300,
)
MARK = f"{texts.INTERNAL_MARK} · {texts.EXAMPLE_MARK}"
UNPAINTED = -9
PACKED = {"i1": np.int8, "i2": "<i2", "i4": "<i4"}


def cells_of(names=NAMES) -> gpd.GeoDataFrame:
    cells = square_cells(BOUNDS)
    return gpd.GeoDataFrame(
        {"name": [names[at % len(names)] for at in range(len(cells))]},
        geometry=cells.geometry,
        index=pd.Index(cells.code, name="area_code"),
        crs=3006,
    )


def counts_of(seed: int = 1) -> np.ndarray:
    """Most cells empty, some with a few, one corner with many."""
    counts = np.random.default_rng(seed).poisson(0.6, COLUMNS * ROWS)
    counts[[0, 1, COLUMNS, COLUMNS + 1]] += (9, 30, 14, 55)
    return counts


def unpacked(told: dict) -> np.ndarray:
    return np.frombuffer(base64.b64decode(told["data"]), dtype=PACKED[told["type"]])


@pytest.fixture
def show(view_of):
    """Compose cells; every part can be replaced."""

    def build(
        counts=None,
        layer: HotspotLayer = HotspotLayer.COUNT,
        *,
        names=NAMES,
        kept=None,
        columns=None,
        is_example: bool = True,
        **how,
    ) -> CellsShown:
        cells = cells_of(names)
        counts = counts_of() if counts is None else counts
        table = pd.DataFrame({"count": np.asarray(counts, dtype=float)}, index=cells.index)
        table = table.assign(**(columns or {}))
        gated = as_publishable(table, level=AreaLevel.CELL, audience=Audience.INTERNAL, rule=RULE)
        facts = replace(view_of(is_example=is_example).facts, level=AreaLevel.CELL)
        method = hotspot_words.hotspot_method(layer, CellShape.SQUARE, 250, 300)
        kept = frozenset(cells.index if kept is None else kept)
        return compose_cells(gated, cells, facts, layer, kept, method, **how)

    return build


def significance(counts) -> dict[str, np.ndarray]:
    cells = square_cells(BOUNDS)
    found = getis_ord_g_star(counts, cells.neighbours)
    significant = found["significant"].astype(object)
    z = found["z"].copy()
    z[::7], significant[::7] = np.nan, np.nan
    return {"z": z.to_numpy(), "significant": significant.to_numpy()}


def development() -> dict[str, np.ndarray]:
    words = [*(word.value for word in HotspotClass), None]
    return {"hotspot_class": np.resize(np.array(words, dtype=object), COLUMNS * ROWS)}


def density(counts) -> dict:
    cells = square_cells(BOUNDS)
    x, y = np.repeat(cells.x, counts), np.repeat(cells.y, counts)
    grid = kernel_density(x + 40, y - 30, bandwidth=300, cell=50, bounds=BOUNDS)
    east = ((cells.x - grid.west) // 50).astype(int)
    north = ((cells.y - grid.south) // 50).astype(int)
    return {"columns": {"density": grid.values[north, east]}, "density": grid}


def every_layer(show, layer: HotspotLayer, **how) -> CellsShown:
    counts = counts_of()
    match layer:
        case HotspotLayer.SIGNIFICANT:
            return show(layer=layer, columns=significance(counts), **how)
        case HotspotLayer.EMERGING:
            return show(layer=layer, columns=development(), **how)
        case HotspotLayer.DENSITY:
            return show(layer=layer, **density(counts), **how)
        case HotspotLayer.POINTS:
            cells = square_cells(BOUNDS)
            points = np.repeat(cells.x, counts), np.repeat(cells.y, counts)
            return show(layer=layer, points=points, **how)
        case _:
            return show(**how)


FACTS = []


@pytest.fixture(autouse=True)
def facts(view_of):
    """For the property test, which cannot ask for a fixture anew in every example."""
    FACTS[:] = [replace(view_of().facts, level=AreaLevel.CELL)]


# --- classes ---


@examples(60)
@given(values=st.lists(st.integers(0, 400), min_size=COLUMNS * ROWS, max_size=COLUMNS * ROWS))
def test_every_count_lies_within_what_its_legend_line_says(values):
    cells = cells_of()
    table = pd.DataFrame({"count": np.asarray(values, dtype=float)}, index=cells.index)
    gated = as_publishable(table, level=AreaLevel.CELL, audience=Audience.INTERNAL, rule=RULE)
    made = compose_cells(gated, cells, FACTS[0], HotspotLayer.COUNT, frozenset(cells.index), ())
    lines = {entry.class_number: entry for entry in made.shown.legend}
    for value, number in zip(values, made.shown.class_number, strict=True):
        if value == 0:
            assert number == map_classes.ZERO
        else:
            low, _, high = lines[number].label.replace("\u00a0", "").partition("–")
            assert int(low) <= value <= int(high or low)
    assert len(made.breaks) <= 6
    assert sum(entry.n for entry in made.shown.legend) == len(values)


def test_the_few_that_stand_out_have_the_upper_classes(show):
    numbers = show().shown.class_number
    counts = counts_of()
    assert numbers.iloc[counts.argmax()] == numbers.max()
    assert (numbers == numbers.max()).sum() == 1
    assert (numbers >= 2).sum() <= 4


def test_a_cell_is_hot_cold_neither_or_not_studied(show):
    columns = significance(counts_of())
    made = show(layer=HotspotLayer.SIGNIFICANT, columns=columns)
    for z, significant, number in zip(
        columns["z"], columns["significant"], made.shown.class_number, strict=True
    ):
        if np.isnan(z):
            assert number == map_classes.ZERO
        elif significant:
            assert number == (1 if z > 0 else 2)
        else:
            assert number == 0
    assert (made.shown.class_number == 1).any()
    assert [entry.label for entry in made.shown.legend] == [
        hotspot_words.CELL_UNUSED,
        *hotspot_words.SIGNIFICANT_CLASSES,
    ]


def test_each_kind_of_development_has_its_line(show):
    columns = development()
    made = show(layer=HotspotLayer.EMERGING, columns=columns)
    labels = {entry.class_number: entry.label for entry in made.shown.legend}
    for word, number in zip(columns["hotspot_class"], made.shown.class_number, strict=True):
        expected = (
            hotspot_words.CELL_UNUSED
            if word is None
            else hotspot_words.HOTSPOT_CLASSES[HotspotClass(word)]
        )
        assert labels[number] == expected
    assert sum(entry.n for entry in made.shown.legend) == COLUMNS * ROWS


def luminance(colour: str) -> float:
    red, green, blue = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize("layer", [HotspotLayer.SIGNIFICANT, HotspotLayer.EMERGING])
def test_looks_can_be_told_apart_in_a_grey_print(show, layer):
    looks = [entry.colour for entry in every_layer(show, layer).shown.legend]
    assert len(looks) == (4 if layer is HotspotLayer.SIGNIFICANT else 6)
    for one, other in combinations(looks, 2):
        assert abs(luminance(one) - luminance(other)) >= 0.08, (one, other)


def test_a_layer_without_its_figures_is_shown_as_counts(show):
    for layer in (HotspotLayer.SIGNIFICANT, HotspotLayer.EMERGING):
        made = show(layer=layer)
        assert made.shown.class_number.tolist() == show().shown.class_number.tolist()


# --- the random map beside the real one ---


@pytest.mark.parametrize("layer", [HotspotLayer.COUNT, HotspotLayer.DENSITY])
def test_the_random_map_has_the_real_ones_limits_and_colours(show, layer):
    real = every_layer(show, layer)
    chance = np.random.default_rng(3).multinomial(
        counts_of().sum(), np.full(COLUMNS * ROWS, 1 / (COLUMNS * ROWS))
    )
    how = density(chance) if layer is HotspotLayer.DENSITY else {}
    random = show(chance, layer, breaks=real.breaks, **how)
    assert random.breaks == real.breaks
    looks = [
        {entry.class_number: entry.colour for entry in made.shown.legend if entry.class_number >= 0}
        for made in (real, random)
    ]
    assert looks[0] == looks[1]
    limits = [
        [entry.label.split("–")[-1] for entry in made.shown.legend if entry.class_number >= 0]
        for made in (real, random)
    ]
    assert limits[0] == limits[1]


def test_a_random_map_with_more_than_the_real_one_says_so_in_its_last_class(show):
    real = show()
    counts = counts_of()
    counts[5] = counts.max() + 17
    random = show(counts, breaks=real.breaks)
    assert random.breaks[:-1] == real.breaks[:-1]
    assert random.breaks[-1] == counts.max()
    assert random.shown.class_number.iloc[5] == len(real.breaks) - 1


def test_without_any_event_there_is_nothing_to_limit(show):
    empty = np.zeros(COLUMNS * ROWS, dtype=int)
    real = show(empty)
    assert real.breaks == ()
    assert show(empty, breaks=real.breaks).shown.class_number.eq(map_classes.ZERO).all()
    how = density(empty)
    made = show(empty, HotspotLayer.DENSITY, **how)
    image = Image.open(io.BytesIO(made.picture.png)).convert("RGBA")
    assert np.asarray(image)[..., 3].max() == 0


# --- what the map is sent ---


@pytest.mark.parametrize("layer", [HotspotLayer.COUNT, HotspotLayer.SIGNIFICANT])
def test_the_map_is_sent_the_class_of_every_cell(show, layer):
    made = every_layer(show, layer)
    codes = cells_of().index
    told = state(made, codes, codes[3])
    assert unpacked(told["classes"]).tolist() == made.shown.class_number.tolist()
    assert told["selected"] == 3
    assert "bare" not in told
    assert {look["class"] for look in told["looks"]} >= set(made.shown.class_number)
    counts = told["lines"][0]
    assert unpacked(counts["value"]).tolist() == counts_of().tolist()


def test_a_cell_outside_the_choice_is_sent_without_class_or_figure(show):
    codes = cells_of().index
    kept = frozenset(codes[::3])
    made = show(kept=kept)
    told = state(made, codes, "")
    numbers = unpacked(told["classes"])
    # A filter never changes what a colour means.
    assert numbers[::3].tolist() == show().shown.class_number.iloc[::3].tolist()
    others = np.arange(len(codes)) % 3 != 0
    assert set(numbers[others]) == {UNPAINTED}
    line = told["lines"][0]
    assert set(unpacked(line["value"])[others]) == {line["none"]}
    assert told["selected"] == -1
    assert set(made.shown.publishable.table.index) == kept


def test_the_words_of_development_are_sent_by_number(show):
    columns = development()
    made = show(layer=HotspotLayer.EMERGING, columns=columns)
    line = next(
        line
        for line in state(made, cells_of().index, "")["lines"]
        if line["label"] == file_words.CELL_COLUMNS["hotspot_class"]
    )
    told = [
        None if number == line["none"] else line["words"][number]
        for number in unpacked(line["value"])
    ]
    assert told == [
        None if word is None else hotspot_words.HOTSPOT_CLASSES[HotspotClass(word)]
        for word in columns["hotspot_class"]
    ]


def test_points_are_sent_where_they_are_and_the_cells_are_bare(show):
    made = every_layer(show, HotspotLayer.POINTS)
    told = state(made, cells_of().index, "")
    places = unpacked(told["points"]).reshape(-1, 2) / 1e6
    x, y = Transformer.from_crs(4326, 3006).transform(*places.T)[::-1]
    cells = square_cells(BOUNDS)
    # A millionth of a degree is 11 cm.
    assert np.abs(x - np.repeat(cells.x, counts_of())).max() < 0.2
    assert np.abs(y - np.repeat(cells.y, counts_of())).max() < 0.2
    assert told["bare"] and told["looks"] == [] and told["picture"] is None
    assert set(unpacked(told["classes"])) == {UNPAINTED}


def test_a_density_is_sent_as_a_picture_with_its_legend(show):
    made = every_layer(show, HotspotLayer.DENSITY)
    told = state(made, cells_of().index, "")
    assert told["bare"] and told["points"] is None
    image = np.asarray(
        Image.open(io.BytesIO(base64.b64decode(told["picture"]["png"]))).convert("RGBA")
    )
    painted = {"#{:02x}{:02x}{:02x}".format(*pixel[:3]) for pixel in image[image[..., 3] > 0]}
    assert painted <= {look["colour"] for look in told["looks"]}
    assert len(painted) > 1


def test_no_density_on_the_picture_is_above_what_the_legend_says(show):
    how = density(counts_of())
    made = show(layer=HotspotLayer.DENSITY, **how)
    highest = np.nanmax(how["density"].values)
    assert highest > how["columns"]["density"].max()
    assert made.breaks[-1] >= highest


def test_other_layers_send_neither_picture_nor_points(show):
    for layer in (HotspotLayer.COUNT, HotspotLayer.SIGNIFICANT, HotspotLayer.EMERGING):
        made = every_layer(show, layer)
        assert made.picture is made.points is None
        assert not {"picture", "points"} & set(state(made, cells_of().index, ""))


# --- texts ---


@pytest.mark.parametrize("layer", HotspotLayer)
def test_title_legend_and_caption_say_what_is_seen(show, layer):
    made = every_layer(show, layer).shown
    assert made.title.startswith(hotspot_words.HOTSPOT_LAYERS[layer])
    assert made.legend_title == hotspot_words.HOTSPOT_LEGENDS[layer]
    assert set(hotspot_words.hotspot_method(layer, CellShape.SQUARE, 250, 300)) <= set(made.caption)
    counts = counts_of()
    assert f"{counts.sum()} anmälda brott" in made.summary
    assert f"{(counts > 0).sum()} rutor" in made.summary


# --- files ---


def rows_of(data: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""), delimiter=";"))


@pytest.mark.parametrize("layer", HotspotLayer)
def test_the_table_of_a_csv_file_is_the_cells(show, layer):
    made = every_layer(show, layer).shown
    rows = rows_of(csv_of(made))
    end = rows.index([])
    table = pd.DataFrame(rows[1:end], columns=rows[0]).set_index("Kod")
    assert len(table) == COLUMNS * ROWS
    expected = pd.Series(counts_of(), cells_of().index)
    assert table["Antal anmälda brott"].astype(int).loc[expected.index].tolist() == [*expected]
    assert set(table["Område"]) == {"Ruta i Åby", "Ruta i Ärla", "Ruta vid kommungränsen"}
    assert set(table["Märkning"]) == {MARK}
    text = csv_of(made).decode("utf-8-sig").replace('""', '"')
    for line in (made.title, *made.caption, *made.facts.caveats):
        assert line in text


def test_a_file_of_significant_cells_tells_those_not_studied_apart(show):
    made = every_layer(show, HotspotLayer.SIGNIFICANT).shown
    rows = rows_of(csv_of(made))
    table = pd.DataFrame(rows[1 : rows.index([])], columns=rows[0]).set_index("Kod")
    codes = cells_of().index
    assert set(table.loc[codes[::7], "z-värde (Gi*)"]) == {file_words.NOT_COMPUTED}
    assert set(table.loc[codes[::7], "Säkerställd hopning"]) == {texts.MISSING}
    studied = table.drop(codes[::7])
    assert set(studied["Säkerställd hopning"]) == {"ja", "nej"}
    z = studied["z-värde (Gi*)"].str.replace(",", ".").astype(float)
    expected = pd.Series(significance(counts_of())["z"], codes)
    assert z.loc[expected.dropna().index].to_numpy() == pytest.approx(expected.dropna(), abs=0.005)


def test_a_workbook_has_the_counts_as_numbers_and_the_mark(show):
    made = every_layer(show, HotspotLayer.EMERGING).shown
    book = openpyxl.load_workbook(io.BytesIO(xlsx_of(made)))
    sheet = book["Tabell"]
    assert sheet["A1"].value == MARK
    head = [cell.value for cell in sheet[2]]
    rows = list(sheet.iter_rows(min_row=3, values_only=True))
    by_code = {row[0]: dict(zip(head, row, strict=True)) for row in rows}
    expected = dict(zip(cells_of().index, counts_of().tolist(), strict=True))
    assert {code: row["Antal anmälda brott"] for code, row in by_code.items()} == expected
    words = {word.value: text for word, text in hotspot_words.HOTSPOT_CLASSES.items()}
    for code, word in zip(cells_of().index, development()["hotspot_class"], strict=True):
        assert by_code[code]["Utveckling"] == (words[word] if word else texts.MISSING)
    about = " ".join(str(row[1]) for row in book["Om uppgifterna"].iter_rows(values_only=True))
    for line in (made.title, *made.caption):
        assert line in about


@pytest.mark.parametrize("layer", HotspotLayer)
def test_a_geopackage_of_cells_is_read_back(show, layer, tmp_path):
    made = every_layer(show, layer).shown
    path = tmp_path / "rutor.gpkg"
    path.write_bytes(geopackage_file.to_geopackage(made))
    found = pyogrio.read_dataframe(path, layer=file_words.LAYER).set_index("kod")
    cells = cells_of()
    assert len(found) == len(cells)
    assert found["antal"].loc[cells.index].tolist() == counts_of().tolist()
    assert found.crs.to_epsg() == 3006
    assert found.geometry.loc[cells.index].geom_equals(cells.geometry).all()
    assert set(found["markning"]) == {MARK}
    labels = {entry.class_number: entry.label for entry in made.legend}
    assert found["klass"].loc[cells.index].tolist() == [labels[n] for n in made.class_number]
    about = pyogrio.read_dataframe(path, layer=file_words.ABOUT_TABLE)["text"].tolist()
    assert set(made.caption) <= set(about)
    if layer is HotspotLayer.DENSITY:
        expected = made.publishable.table["density"].round(1)
        assert found["per_km2_och_ar"].loc[cells.index].to_numpy() == pytest.approx(expected)


@pytest.mark.parametrize("layer", HotspotLayer)
def test_a_picture_of_cells_has_the_colours_of_its_legend(show, layer):
    made = every_layer(show, layer).shown
    image = Image.open(io.BytesIO(static_maps.to_png(made, 900, surroundings=cells_of())))
    assert image.text["Title"] == made.title
    assert image.text["Description"].splitlines()[:-1] == list(made.caption)
    pixels = np.asarray(image.convert("RGB")).reshape(-1, 3)
    for entry in made.legend:
        if entry.n and not entry.pattern:
            wanted = [int(entry.colour[at : at + 2], 16) for at in (1, 3, 5)]
            assert (np.abs(pixels.astype(int) - wanted).max(axis=1) <= 1).sum() > 20


def test_real_figures_carry_no_mark(show):
    made = show(is_example=False).shown
    assert texts.EXAMPLE_MARK not in csv_of(made).decode("utf-8-sig")
    assert state(show(is_example=False), cells_of().index, "")["mark"] == ""
    assert state(show(), cells_of().index, "")["mark"] == texts.EXAMPLE_MARK


def test_part_of_the_cells_is_a_file_of_these(show):
    codes = cells_of().index
    made = show(kept=frozenset(codes[:5])).shown
    rows = rows_of(csv_of(made))
    assert {row[1] for row in rows[1 : rows.index([])]} == set(codes[:5])


# --- hostile names ---


def test_hostile_district_names_stay_text_everywhere(show, tmp_path):
    made = show(names=HOSTILE)
    shown = replace(
        made.shown, facts=replace(made.shown.facts, areas=HOSTILE, municipality=HOSTILE[0])
    )
    shown = replace(shown, title=hotspot_words.hotspot_title(shown.facts, HotspotLayer.COUNT))
    rows = rows_of(csv_of(shown))
    end = rows.index([])
    assert {len(row) for row in rows[:end]} == {4}
    cells = [cell for row in rows for cell in row if not re.fullmatch(r"-?[\d,]+", cell)]
    assert not any(cell.lstrip().startswith(("=", "+", "-", "@")) for cell in cells)
    assert f"Ruta i {HOSTILE[0]}" in {row[2] for row in rows[1:end]}
    book = openpyxl.load_workbook(io.BytesIO(xlsx_of(shown)))
    kinds = {cell.data_type for sheet in book for row in sheet.iter_rows() for cell in row}
    assert kinds <= {"n", "s"}
    path = tmp_path / "rutor.gpkg"
    path.write_bytes(geopackage_file.to_geopackage(shown))
    names = set(pyogrio.read_dataframe(path, layer=file_words.LAYER)["namn"])
    assert f"Ruta i {HOSTILE[0]}" in names
    assert not any("\x00" in name or "\u202e" in name or "\n" in name for name in names)
    image = Image.open(io.BytesIO(static_maps.to_png(shown, 900)))
    assert HOSTILE[0] in image.text["Title"]
    # Nothing but figures, colours and our own words goes to the map with every choice.
    sent = str(state(replace(made, shown=shown), cells_of().index, ""))
    assert not any(name in sent for name in HOSTILE)


def test_a_hostile_name_in_the_caption_is_kept_as_it_is_said(view_of, show):
    facts = replace(FACTS[0], areas=HOSTILE[:1])
    assert HOSTILE[0] in hotspot_words.hotspot_title(facts, HotspotLayer.COUNT)
    made = show()
    shown = replace(made.shown, caption=(*made.shown.caption, *HOSTILE))
    text = csv_of(shown).decode("utf-8-sig")
    assert HOSTILE[0] in text
    assert "\u202e" not in text and "\x00" not in text
