"""What the pages ask: answers from the store, cached by its identity and version."""

import gc
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import wraps
from inspect import signature
from typing import Any, ParamSpec, TypeVar

import geopandas as gpd
import pandas as pd
import streamlit as st

from trygghetskarta import formats, settings
from trygghetskarta.draw.map import maps, painting, static_maps
from trygghetskarta.draw.map.maps import MapScript
from trygghetskarta.draw.shown import Shown, compose
from trygghetskarta.draw.table import area_lists, files, geopackage_file
from trygghetskarta.gate import area_profile, loaded_world
from trygghetskarta.gate import view as views
from trygghetskarta.gate.area_profile import AreaProfile
from trygghetskarta.gate.choice import AnswerKind, Choice
from trygghetskarta.gate.loaded_world import World
from trygghetskarta.gate.view import View
from trygghetskarta.intake import dismissals, status, templates
from trygghetskarta.intake.status import Quarantine, Status
from trygghetskarta.intake.workplace import Workplace, open_workplace
from trygghetskarta.terms.areas import AreaLevel
from trygghetskarta.terms.imports import TableKind
from trygghetskarta.terms.municipality import Plan
from trygghetskarta.terms.offences import OFFENCE_TYPES
from trygghetskarta.words import fault_words, import_words, map_words, texts, walk_page_words

P = ParamSpec("P")
R = TypeVar("R")

TEMPLATES = tuple(templates.ROLES)
"""Kinds of import that have a template."""
FILES = {
    "csv": "text/csv",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "gpkg": "application/geopackage+sqlite3",
    "png": "image/png",
}
"""Kinds of file and their media types."""
LIST_FILES = tuple(files.WRITERS)
"""Kinds of file that every list can be had as."""


@st.cache_resource(max_entries=1)
def workplace() -> Workplace:
    """The store and the municipality of this installation, opened once per process."""
    return open_workplace(settings.load(), settings.today)


def kept(
    most: int, *, reads: AnswerKind | None = None, by_day: bool = False
) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Keep what a function gives for the store as it is now, for everybody who asks the same.

    Parameters
    ----------
    most
        How many answers are kept.
    reads
        Of a choice only what decides this kind of answer is looked at, and handed on.
    by_day
        Whether it is another answer tomorrow.

    Returns
    -------
    Callable
        A decorator. What the function is asked with must be plain and short, never a table: it is
        the key, with the store's identity and version.
    """

    def keep(make: Callable[P, R]) -> Callable[P, R]:
        def held(store: str, version: int, day: date | None, asked: tuple[Any, ...]) -> R:
            return make(*asked)

        # What is kept is told apart by the name of what made it.
        held.__module__, held.__qualname__ = make.__module__, make.__qualname__
        look_up = st.cache_resource(held, max_entries=most, show_spinner=False)
        form = signature(make)

        @wraps(make)
        def ask(*asked: P.args, **named: P.kwargs) -> R:
            place = workplace()
            plain = tuple(
                one.deciding(reads) if reads and isinstance(one, Choice) else one
                for one in form.bind(*asked, **named).args
            )
            return look_up(*status.fingerprint(place), place.today() if by_day else None, plain)

        return ask

    return keep


@kept(2)
def world() -> World:
    """Everything the pages count with, of the store as it is now."""
    place = workplace()
    loaded = loaded_world.load(place.engine, place.municipality, place.water)
    spare_from_collection()
    return loaded


def spare_from_collection() -> None:
    """Keep what lives as long as the app out of every garbage collection.

    Streamlit collects after each run, before the last answer is on its way; with every library
    and all incidents to look through, a user would wait 130 ms for it.
    """
    gc.unfreeze()
    gc.collect()
    gc.freeze()


@dataclass(frozen=True, eq=False)
class ViewAnswer:
    """The answer to a choice: the figures, and how they are shown (None when not mapped)."""

    figures: View
    shown: Shown | None

    @property
    def caveats(self) -> tuple[str, ...]:
        """What must be said of every figure."""
        return self.figures.theme.caveats if self.figures.theme else ()


@kept(64, reads=AnswerKind.AREAS)
def answer(choice: Choice) -> ViewAnswer:
    """The internal answer to a choice."""
    found = views.view(world(), choice)
    if found.gated is None:
        return ViewAnswer(found, None)
    return ViewAnswer(found, compose(found.gated, found.areas, found.facts, found.chosen))


def profile(found: ViewAnswer, code: str) -> AreaProfile | None:
    """Figures of one area of an answer."""
    return area_profile.profile(world(), found.figures, code)


def script_of(areas: gpd.GeoDataFrame, **more: gpd.GeoDataFrame) -> MapScript:
    """A map of areas without figures, which begins with the whole municipality."""
    place = workplace()
    town = place.municipality
    tiles = place.settings.tile_url
    return maps.script(areas, town.latitude, town.longitude, town.zoom, tiles, **more)


@kept(6)
def map_script(level: AreaLevel) -> MapScript:
    """The map of a level, without figures."""
    return script_of(world().areas[level])


def file_of(found: ViewAnswer, kind: str) -> bytes:
    """What is shown, as a file of one kind."""
    return view_file(found.shown, kind, found.figures.areas)


def view_file(shown: Shown, kind: str, surroundings: gpd.GeoDataFrame) -> bytes:
    """A view as a file of one kind; a picture has its surroundings too."""
    match kind:
        case "gpkg":
            return geopackage_file.to_geopackage(shown)
        case "png":
            return static_maps.to_png(shown, surroundings=surroundings)
        case _:
            return files.WRITERS[kind](area_lists.area_file(shown))


@dataclass(frozen=True)
class Ground:
    """What every page needs before it asks for anything.

    Attributes
    ----------
    municipality
        Its name.
    is_example
        Whether the incidents are invented.
    lacks
        What must be read in before there is anything to show; None when nothing lacks.
    """

    municipality: str
    is_example: bool
    lacks: TableKind | None


@dataclass(frozen=True, eq=False)
class Options:
    """What the filters can be set to.

    Attributes
    ----------
    plan
        The plan whose themes are offered.
    districts
        Names by code, in alphabetical order.
    types
        Offence types.
    days
        First and last day of the data.
    levels
        Levels there are areas for.
    years
        Plan years, newest first.
    renamed
        District of today with the same borders, by code of a former division.
    """

    plan: Plan
    districts: dict[str, str]
    types: tuple[str, ...]
    days: tuple[date, date]
    levels: tuple[AreaLevel, ...]
    years: tuple[int, ...]
    renamed: Mapping[str, str] = field(default_factory=dict)


def ground() -> Ground:
    """The frame of a page."""
    with st.spinner(texts.LOADING_MAP, show_time=False):
        here = world()
    lacks = None
    if here.areas[AreaLevel.DISTRICT].empty:
        lacks = TableKind.DISTRICTS
    elif len(here.cube) == 0:
        lacks = TableKind.INCIDENTS
    return Ground(here.municipality.name, here.is_example, lacks)


def options(choice: Choice) -> Options:
    """What the filters can be set to now."""
    here = world()
    names = here.areas[AreaLevel.DISTRICT]["name"]
    return Options(
        plan=here.plan(choice.plan_year),
        districts=_by_name(names),
        types=OFFENCE_TYPES,
        days=here.days(choice.basis),
        levels=tuple(level for level in loaded_world.LEVELS if len(here.areas[level])),
        years=tuple(plan.year for plan in here.municipality.plans),
        renamed=here.renamed,
    )


def map_name(level: AreaLevel) -> str:
    """Name of a level's map, new when the borders change."""
    return f"{level.value}-{_borders(level)}"


@kept(6)
def _borders(level: AreaLevel) -> str:
    return loaded_world.borders_hash(world(), level)


def map_state(found: ViewAnswer, selected: str) -> dict:
    """What the map of an answer shows."""
    return painting.state(found.shown, found.figures.areas.index, selected)


def area_names(found: ViewAnswer) -> dict[str, str]:
    """Names of the areas shown, by code, in alphabetical order."""
    return _by_name(found.shown.names)


def events(found: ViewAnswer) -> pd.DataFrame:
    """The police's news of the period."""
    return loaded_world.events_in(world(), found.figures.span)


def newest_plan() -> Plan:
    """The plan in force."""
    return world().municipality.plans[0]


def template(kind: TableKind) -> bytes:
    """An empty file of a kind, to fill in."""
    words = {role: import_words.column_name(kind, role) for role in templates.ROLES[kind]}
    return templates.template(kind, words, map_words.TEMPLATE_MARK)


@kept(1)
def quarantine() -> Quarantine:
    """Rows that wait to be put right."""
    return status.quarantine(workplace())


def dismissed() -> Quarantine:
    """Rows that somebody has dismissed, the latest first."""
    return Quarantine(dismissals.dismissed(workplace()))


def dismiss_rows(identities: Sequence[str], reason: str) -> int:
    """Take waiting rows off the list for a reason; gives how many."""
    return dismissals.dismiss(workplace(), identities, reason, walk_page_words.ROLE)


def restore_rows(identities: Sequence[str]) -> int:
    """Let dismissed rows wait again; gives how many."""
    return dismissals.restore(workplace(), identities)


def reasons(found: Quarantine) -> list[str]:
    """Why each row waits, in words."""
    return [
        "; ".join(fault_words.fault_sentence(fault) for fault in found.faults(row))
        for row in range(len(found.rows))
    ]


def quarantine_file(found: Quarantine) -> bytes:
    """Rows that wait to be put right, as a file: the mark stands before each reason."""
    marked = [f"{texts.INTERNAL_MARK} · {reason}" for reason in reasons(found)]
    return status.quarantine_file(found, marked)


def history() -> pd.DataFrame:
    """Earlier imports."""
    return status.batches(workplace())


def status_now() -> Status:
    """The store in numbers."""
    return status.describe(workplace())


def _by_name(names: pd.Series) -> dict[str, str]:
    """Names by code, in Swedish alphabetical order."""
    return dict(sorted(names.items(), key=lambda pair: formats.swedish_order(pair[1])))
