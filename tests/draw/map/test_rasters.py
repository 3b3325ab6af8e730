"""The density's picture lies where its cells lie: looked up pixel by pixel with pyproj."""

import base64
import io

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image
from pyproj import Transformer

from tests.properties import examples
from trygghetskarta.analysis import classes
from trygghetskarta.analysis.density import Grid
from trygghetskarta.draw.map.rasters import RasterPicture, density_picture

COLOURS = ("#ffeda0", "#feb24c", "#b10026")
BREAKS = (1.0, 5.0, 20.0)
WEST, SOUTH = 340_000, 6_460_000
TO_DEGREES = Transformer.from_crs(3006, 4326)
TO_MAP = Transformer.from_crs(4326, 3857)


def grid_of(values, cell: float = 250.0, west: float = WEST, south: float = SOUTH) -> Grid:
    return Grid(west, south, cell, np.asarray(values, dtype=float), 0)


def pixels(picture: RasterPicture) -> np.ndarray:
    return np.asarray(Image.open(io.BytesIO(picture.png)).convert("RGBA"))


def at(picture: RasterPicture, east: float, north: float) -> tuple[int, ...]:
    """The pixel that Leaflet draws at a place: linear in Mercator between the picture's bounds."""
    image = pixels(picture)
    low, left, high, right = picture.bounds
    (x, y), (x0, y0), (x1, y1) = (
        TO_MAP.transform(*place)
        for place in (TO_DEGREES.transform(north, east), (low, left), (high, right))
    )
    column = int(np.floor((x - x0) / (x1 - x0) * image.shape[1]))
    row = int(np.floor((y1 - y) / (y1 - y0) * image.shape[0]))
    if not (0 <= row < image.shape[0] and 0 <= column < image.shape[1]):
        return (0, 0, 0, 0)
    return tuple(int(part) for part in image[row, column])


def painted(colour: str) -> tuple[int, int, int, int]:
    return (*(int(colour[part : part + 2], 16) for part in (1, 3, 5)), 255)


CLEAR = 0


@pytest.mark.parametrize("cell", [50.0, 100.0, 250.0])
@pytest.mark.parametrize("place", [(0, 0), (7, 11), (19, 29), (0, 29), (19, 0)])
def test_a_single_hot_cell_is_painted_where_it_lies(cell, place):
    values = np.zeros((20, 30))
    values[place] = 9.0
    picture = density_picture(grid_of(values, cell), BREAKS, COLOURS)
    north, east = SOUTH + (place[0] + 0.5) * cell, WEST + (place[1] + 0.5) * cell
    assert at(picture, east, north) == painted(COLOURS[2])
    # A pixel is half a cell wide, so its edges may be a quarter off.
    for x, y in ((-0.2, 0), (0.2, 0), (0, -0.2), (0, 0.2)):
        assert at(picture, east + x * cell, north + y * cell) == painted(COLOURS[2])
    for x, y in ((-1, 0), (1, 0), (0, -1), (0, 1), (4, 4)):
        assert at(picture, east + x * cell, north + y * cell)[3] == CLEAR


def test_every_cell_has_the_colour_of_its_class():
    values = [[0.0, 0.5, 1.0], [1.01, 5.0, 5.01], [20.0, 400.0, np.nan]]
    expected = [[None, 0, 0], [1, 1, 2], [2, 2, None]]
    picture = density_picture(grid_of(values), BREAKS, COLOURS)
    for row in range(3):
        for column in range(3):
            found = at(picture, WEST + 250 * column + 125, SOUTH + 250 * row + 125)
            number = expected[row][column]
            assert found[3] == 0 if number is None else found == painted(COLOURS[number])


def test_the_bounds_contain_the_grid():
    for shape in ((1, 1), (3, 40), (57, 13), (160, 99)):
        picture = density_picture(grid_of(np.ones(shape)), BREAKS, COLOURS)
        low, left, high, right = picture.bounds
        east, north = WEST + 250 * shape[1], SOUTH + 250 * shape[0]
        corners = [(x, y) for x in (WEST, east) for y in (SOUTH, north)]
        for x, y in corners:
            latitude, longitude = TO_DEGREES.transform(y, x)
            assert low - 1e-9 <= latitude <= high + 1e-9
            assert left - 1e-9 <= longitude <= right + 1e-9


@examples(40)
@given(
    rows=st.integers(1, 25),
    columns=st.integers(1, 25),
    west=st.integers(1200, 3600),
    south=st.integers(24_500, 30_600),
    seed=st.integers(0, 99),
)
def test_every_cell_of_any_grid_in_sweden_is_painted_at_its_centre(
    rows, columns, west, south, seed
):
    numbers = np.random.default_rng(seed).integers(-1, 3, (rows, columns))
    values = np.where(numbers < 0, np.nan, np.array(BREAKS)[numbers])
    picture = density_picture(
        grid_of(values, west=west * 250.0, south=south * 250.0), BREAKS, COLOURS
    )
    for row in range(rows):
        for column in range(columns):
            x, y = (west + column) * 250.0 + 125, (south + row) * 250.0 + 125
            found = at(picture, x, y)
            number = numbers[row, column]
            assert found[3] == 0 if number < 0 else found == painted(COLOURS[number])


@pytest.mark.parametrize("k", range(1, 8))
def test_the_colours_are_exactly_those_of_the_legend(k):
    colours = classes.ramp("YlOrBr", k)
    picture = density_picture(grid_of([np.arange(k) + 1.0]), tuple(np.arange(k) + 1.0), colours)
    found = {tuple(pixel) for pixel in pixels(picture).reshape(-1, 4) if pixel[3]}
    assert found == {painted(colour) for colour in colours}


@pytest.mark.parametrize(("values", "breaks"), [([[0.0, np.nan]], BREAKS), ([[0.0]], ())])
def test_nothing_to_show_is_a_clear_picture(values, breaks):
    picture = density_picture(grid_of(values), breaks, COLOURS[: len(breaks)])
    assert not pixels(picture)[..., 3].any()


@pytest.mark.slow
def test_a_large_grid_is_no_larger_a_picture_than_a_screen_can_show():
    picture = density_picture(grid_of(np.ones((900, 1200)), 50.0), BREAKS, COLOURS)
    assert max(pixels(picture).shape) <= 1601
    assert len(picture.png) < 100_000


def test_what_the_painter_takes_is_plain_and_whole():
    picture = density_picture(grid_of([[3.0]]), BREAKS, COLOURS)
    packed = picture.packed()
    assert base64.b64decode(packed["png"]) == picture.png
    low, left, high, right = picture.bounds
    assert packed["bounds"] == [[low, left], [high, right]]
    assert low < high and left < right
