"""The face for notebooks: asks a store in code what the page Karta asks, through the same gate."""

from dataclasses import dataclass, replace
from functools import cached_property

import pandas as pd

from trygghetskarta import settings
from trygghetskarta.draw.map import maps
from trygghetskarta.draw.shown import Shown, compose
from trygghetskarta.draw.table.area_lists import area_table
from trygghetskarta.errors import DisclosureCause, DisclosureError
from trygghetskarta.gate import loaded_world, view
from trygghetskarta.gate.choice import Choice
from trygghetskarta.gate.public_view import public_view
from trygghetskarta.intake import status
from trygghetskarta.intake.workplace import Workplace, open_workplace
from trygghetskarta.settings import today
from trygghetskarta.terms.audience import Audience


@dataclass(frozen=True, eq=False)
class Answer:
    """What a choice gives, gated and ready to be read.

    Attributes
    ----------
    shown
        The figures of every area with their classes, words and borders.
    whole_map
        Latitude, longitude and zoom that show the municipality.
    """

    shown: Shown
    whole_map: tuple[float, float, int]

    @property
    def title(self) -> str:
        """What the figures are, as the page says it."""
        return self.shown.title

    @property
    def summary(self) -> str:
        """One sentence of what they say."""
        return self.shown.summary

    @property
    def caveats(self) -> tuple[str, ...]:
        """What belongs to the figures wherever they are shown."""
        return tuple(self.shown.caption)

    @property
    def table(self) -> pd.DataFrame:
        """Index: name of the area; columns and cells as the page writes them, in Swedish.

        A hidden figure reads *dold* and a missing one *uppgift saknas*; neither is ever 0.
        """
        told = area_table(self.shown).frame
        return told.set_index(told.columns[0])

    def html(self) -> str:
        """The map with its figures as one document that asks no other host for anything."""
        return maps.document(self.shown, *self.whole_map)


class Store:
    """A store that is open.

    Parameters
    ----------
    place
        As ``open_workplace`` gives it.
    """

    def __init__(self, place: Workplace) -> None:
        self._place = place

    def describe(self) -> dict[str, object]:
        """Count what it holds, by name."""
        return status.describe(self._place).as_dict()

    @cached_property
    def _world(self) -> loaded_world.World:
        return loaded_world.load(self._place.engine, self._place.municipality)

    def ask(self, choice: Choice, audience: Audience = Audience.INTERNAL) -> Answer:
        """Answer a choice from what was stored when the first one was asked.

        Parameters
        ----------
        choice
            What is asked.
        audience
            Who will see it. What the public sees is whole calendar years of districts with small
            counts hidden, as in Medborgardialog; nothing is registered as published.

        Raises
        ------
        AnalysisError
            If there is nothing to count.
        DisclosureError
            If the table would reveal more than the audience may see, or the theme is not mapped.
        """
        is_public = audience is Audience.PUBLIC
        answered = public_view if is_public else view.view
        found = answered(self._world, choice)
        if found.gated is None or found.facts is None:
            raise DisclosureError(DisclosureCause.NOT_MAPPED)
        town = self._place.municipality
        shown = compose(found.gated, found.areas, found.facts, found.chosen)
        return Answer(shown, (town.latitude, town.longitude, town.zoom))

    def close(self) -> None:
        """Let go of the file or the server."""
        self._place.engine.dispose()


def open_store(address: str = "") -> Store:
    """Open a store, made with the municipality's base data when it is not there.

    Parameters
    ----------
    address
        Path of a GeoPackage or the URL of a database; empty for the one that the settings name.

    Raises
    ------
    StoreError
        If it cannot be opened.
    """
    ground = settings.load()
    return Store(open_workplace(replace(ground, store=address or ground.store), today))
