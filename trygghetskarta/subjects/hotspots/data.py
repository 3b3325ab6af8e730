"""What the page Hotspots asks: cells, clusters and their map, cached like everything pages ask."""

from dataclasses import dataclass

from trygghetskarta.desk import data, file_data
from trygghetskarta.draw.deck import page_decks
from trygghetskarta.draw.map.maps import MapScript
from trygghetskarta.draw.table.listing import Listing
from trygghetskarta.gate import loaded_world
from trygghetskarta.gate.choice import AnswerKind, Choice
from trygghetskarta.intake.intake import Progress
from trygghetskarta.subjects.hotspots.ask import hotspots
from trygghetskarta.subjects.hotspots.ask.hotspot_figures import Hotspots, Land, Spot
from trygghetskarta.subjects.hotspots.show import cells_shown, hotspot_listing
from trygghetskarta.subjects.hotspots.show.cells_shown import CellsShown
from trygghetskarta.terms.areas import AreaLevel
from trygghetskarta.terms.hotspots import CellShape, HotspotLayer
from trygghetskarta.terms.maps import MapPage
from trygghetskarta.words import hotspot_words


@dataclass(frozen=True, eq=False)
class HotspotAnswer:
    """The answer to a choice, and how it is shown (None when it may not be)."""

    found: Hotspots
    view: CellsShown | None


@data.kept(32, reads=AnswerKind.CELLS)
def answer(choice: Choice) -> HotspotAnswer:
    """The answer to a choice."""
    found = hotspots.find(data.world(), _land_of(choice), choice)
    return HotspotAnswer(found, _view(found))


@data.kept(16, reads=AnswerKind.CELLS)
def chance(choice: Choice) -> HotspotAnswer:
    """The same analysis of randomly placed events."""
    real = answer(choice)
    found = hotspots.by_chance(data.world(), _land_of(choice), real.found)
    return HotspotAnswer(found, _view(found, real.view.breaks if real.view else None))


def side(choice: Choice) -> int:
    """Side in metres of the cells that are counted in."""
    return choice.cell_size if choice.cell_size in hotspots.CELL_CHOICES else 250


def map_name(choice: Choice) -> str:
    """Name of the cells' map, new when the borders or the cells change."""
    return f"cells-{choice.shape.value}-{side(choice)}-{_borders()}"


def map_script(choice: Choice) -> MapScript:
    """The map of the cells, without figures."""
    return _map_script(choice.shape, side(choice))


def map_state(found: HotspotAnswer, selected: str) -> dict:
    """What the map shows of an answer."""
    return cells_shown.state(found.view, _land_of(found.found.answer.choice).names.index, selected)


def spot(found: HotspotAnswer, code: str) -> Spot | None:
    """Figures of one cell."""
    return hotspots.spot(data.world(), _land_of(found.found.answer.choice), found.found, code)


def near_repeats(choice: Choice, tell: Progress) -> tuple[str, Listing]:
    """The answer of the test of near repeats in words, and its table."""
    table = hotspots.near_repeats(data.world(), _land_of(choice), choice, tell)
    return hotspot_listing.near_repeat_sentence(table), hotspot_listing.near_repeat_table(table)


def file_of(found: HotspotAnswer, kind: str) -> bytes:
    """What is shown, as a file of one kind."""
    land = _land_of(found.found.answer.choice)
    return data.view_file(found.view.shown, kind, land.areas)


def deck_file(found: HotspotAnswer, kind: str) -> bytes:
    """What is shown, as a file made of a presentation."""
    told, shown = found.found, found.view.shown
    has_clusters = told.clusters is not None and len(told.clusters)
    listed = hotspot_listing.clusters_table(told.clusters) if has_clusters else None
    stamp = file_data.stamp(MapPage.HOTSPOTS, told.answer.choice)
    return file_data.deck_file(page_decks.hotspot_deck(shown, shown.caption, listed, stamp), kind)


def _borders() -> str:
    return loaded_world.borders_hash(data.world(), AreaLevel.DISTRICT)


def _land_of(choice: Choice) -> Land:
    return _land(choice.shape, side(choice))


@data.kept(6)
def _land(shape: CellShape, metres: int) -> Land:
    return hotspots.lay_land(data.world(), shape, metres)


@data.kept(6)
def _map_script(shape: CellShape, metres: int) -> MapScript:
    districts = data.world().areas[AreaLevel.DISTRICT]
    return data.script_of(_land(shape, metres).areas, districts=districts)


def _view(found: Hotspots, breaks: tuple[float, ...] | None = None) -> CellsShown | None:
    """Compose an answer: counts when the layer could not be computed.

    The random map takes the limits of the real one's classes.
    """
    if found.gated is None or found.facts is None:
        return None
    choice = found.answer.choice
    layer = choice.layer if found.problem is None else HotspotLayer.COUNT
    return cells_shown.compose_cells(
        found.gated,
        _land_of(choice).areas,
        found.facts,
        layer,
        found.kept,
        hotspot_words.hotspot_method(layer, choice.shape, _told_side(choice), choice.bandwidth),
        density=found.density,
        points=found.points,
        breaks=breaks,
    )


def _told_side(choice: Choice) -> int:
    if choice.layer is HotspotLayer.DENSITY:
        return min(choice.cell_size, max(hotspots.DENSITY_CELLS))
    return side(choice)
