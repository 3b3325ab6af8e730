"""Where a row belongs: by its point, by an area code, or by a name, and never silently."""

import difflib
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

import geopandas as gpd
import numpy as np
import pandas as pd

from trygghetskarta.analysis.incident_cube import LEVEL_COLUMNS
from trygghetskarta.analysis.spatial import AreaIndex
from trygghetskarta.errors import Fault, TableRule
from trygghetskarta.terms.areas import (
    COUNTRY_OR_COUNTY,
    SOME_MUNICIPALITY,
    AreaLevel,
    PlaceMatch,
    given_code,
)

_FROM_COARSE = (AreaLevel.DISTRICT, AreaLevel.REGSO, AreaLevel.DESO)
_TOWN = re.compile(r"^\d{4}\s+|\s+(?:kommun|stad)$")
_ELSEWHERE = re.compile(rf"{COUNTRY_OR_COUNTY}|{SOME_MUNICIPALITY}", re.IGNORECASE)
_SCB_CODE = re.compile(r"\d{4}([ABCRS]\d{3,4})?")
_FOLLOWED, _DIVIDED = "followed", "divided"
"""How a row of a former division found its areas: all of them, or not all."""
_CONTAINED = 0.99
"""Share of an area that must lie in another for every row of it to be counted there: borders drawn
by hand or simplified by their publisher never fit to the last square metre."""
_LIKENESS = 0.75
_DASHES = re.compile(r"\s*[-‐‑‒–—/]\s*")


@dataclass(frozen=True, eq=False)
class Placed:
    """Incidents with their areas, and the account of how each found its own.

    Attributes
    ----------
    table
        The accepted rows with ``district_code``, ``regso_code``, ``deso_code``, ``place_match``,
        ``on_border``.
    faults
        One per row whose code or name is not known; such rows are not in ``table``.
    names
        DataFrame ``name, area_code, how, rows``: every name that was matched, and by which step
        (``name``, ``alias``, ``folded``).
    conflicts
        Rows whose point and own area code or place name disagree; the point holds.
    told_twice
        Rows that have a point and an area code or place name that is known.
    carried
        Rows that name an area of a former division and followed it to one of today.
    divided
        Rows that name an area of a former division that has been split: no area is theirs.
    """

    table: gpd.GeoDataFrame
    faults: tuple[Fault, ...]
    names: pd.DataFrame
    conflicts: int
    told_twice: int = 0
    carried: int = 0
    divided: int = 0

    def counts(self) -> dict[str, int]:
        """Rows by how they were matched; ``on_border`` is a part of ``matched_by_point``."""
        how = self.table["place_match"]
        return {
            "matched_by_point": int((how == PlaceMatch.POINT).sum()),
            "matched_by_code": int((how == PlaceMatch.CODE).sum()),
            "matched_by_name": int((how == PlaceMatch.NAME).sum()),
            "outside": int((how == PlaceMatch.OUTSIDE).sum()),
            "without_place": int((how == PlaceMatch.NONE).sum()),
            "on_border": int(self.table["on_border"].sum()),
        }


class Former(Protocol):
    """Finders of divisions that are no longer in force."""

    def of(self, version: str) -> "PlaceFinder | None":
        """The finder of what rows were told in, None where that is still in force."""

    def latest(self) -> "tuple[PlaceFinder, ...]":
        """Finders of each, the latest first."""


class PlaceFinder:
    """Looks places up among the areas of one municipality.

    Parameters
    ----------
    areas
        Contract ``AREAS``, every level there is, EPSG:3006.
    aliases
        Contract ``ALIASES``.
    municipality_code, municipality_name
        Codes of other municipalities are outside; the own name or code alone is no place.
    former
        Finders of earlier divisions: rows that were told in one are looked up there, and so is what
        today's division does not know.
    heirs
        The one area of today in which all of a former one lies, by level and code.
    """

    def __init__(
        self,
        areas: gpd.GeoDataFrame,
        aliases: pd.DataFrame,
        municipality_code: str,
        municipality_name: str,
        former: Former | None = None,
        heirs: Mapping[tuple[str, str], str] | None = None,
    ) -> None:
        self._municipality = municipality_code
        self._whole = {_exact(municipality_name), municipality_code}
        self._former = former
        self._heirs = heirs or {}
        self._by_level = {
            level: areas[areas["area_level"] == level]
            .sort_values("area_code", kind="stable")
            .reset_index(drop=True)
            for level in _FROM_COARSE
        }
        self._index = {
            level: AreaIndex(table) for level, table in self._by_level.items() if len(table)
        }
        self._parents = _containment(self._by_level)
        self._level_of = {
            code: level for level, table in self._by_level.items() for code in table["area_code"]
        }
        self._given = {given_code(code): code for code in self._level_of}
        self._names = _gazetteer(self._by_level, aliases)

    def place(self, incidents: gpd.GeoDataFrame, columns: tuple[str, str] = ("", "")) -> Placed:
        """Give every row its areas.

        Parameters
        ----------
        incidents
            Contract ``INCIDENTS``; with ``boundary_version`` where they were told before.
        columns
            What the file calls its area code and its place name, for the faults.

        Returns
        -------
        Placed
            ``len(table) + rows with a fault`` equals the input. A level that the row's own area
            does not decide is missing.
        """
        codes = {level: pd.Series(None, incidents.index, dtype="object") for level in _FROM_COARSE}
        how = pd.Series(PlaceMatch.NONE.value, incidents.index, dtype="object")
        border = pd.Series(False, incidents.index)
        has_point = (incidents.geometry.notna() & ~incidents.geometry.is_empty).to_numpy()
        self._by_point(incidents, has_point, codes, how, border)
        conflicts, told_twice = self._conflicts(incidents, has_point, codes)
        faults, names, carried, divided = self._by_text(incidents, ~has_point, codes, how, columns)
        bad = {fault.row for fault in faults}
        table = incidents.assign(
            **{LEVEL_COLUMNS[level]: values.astype("str") for level, values in codes.items()},
            place_match=how.astype("str"),
            on_border=border,
        )
        kept = table[~table.index.isin(bad)]
        return Placed(kept, tuple(faults), names, conflicts, told_twice, carried, divided)

    def _by_point(
        self,
        incidents: gpd.GeoDataFrame,
        has_point: np.ndarray,
        codes: dict[AreaLevel, pd.Series],
        how: pd.Series,
        border: pd.Series,
    ) -> None:
        if not has_point.any():
            return
        points = incidents.geometry[has_point]
        x, y = points.x.to_numpy(), points.y.to_numpy()
        somewhere = np.zeros(len(points), dtype=bool)
        on_border = np.zeros(len(points), dtype=bool)
        for level, index in self._index.items():
            rows = index.locate(x, y)
            found = rows >= 0
            known = self._by_level[level]["area_code"].to_numpy(dtype=object)
            codes[level][has_point] = np.where(found, known[rows], None)
            somewhere |= found
            on_border |= index.on_border(x, y) & found
        how[has_point] = np.where(somewhere, PlaceMatch.POINT.value, PlaceMatch.OUTSIDE.value)
        border[has_point] = on_border

    def _conflicts(
        self,
        incidents: gpd.GeoDataFrame,
        has_point: np.ndarray,
        codes: dict[AreaLevel, pd.Series],
    ) -> tuple[int, int]:
        """Rows whose point lies in no area that they tell of, and all that tell of one."""
        given = incidents["given_area_code"].map(self._given)
        places = incidents["given_place"].where(given.isna())
        names = {name: self._find_name(name)[0] for name in places.dropna().unique()}
        told = given.notna() & has_point
        agrees = pd.Series(False, incidents.index)
        for level in _FROM_COARSE:
            of_level = {name: found.get(level) for name, found in names.items()}
            known = given.where(given.map(self._level_of) == level)
            known = known.fillna(places.map(of_level).astype("str"))
            told |= known.notna() & has_point
            agrees |= known == codes[level].astype("str")
        return int((told & ~agrees).sum()), int(told.sum())

    def _by_text(
        self,
        incidents: gpd.GeoDataFrame,
        rows: np.ndarray,
        codes: dict[AreaLevel, pd.Series],
        how: pd.Series,
        columns: tuple[str, str],
    ) -> tuple[list[Fault], pd.DataFrame, int, int]:
        texts = incidents.loc[rows, ["given_area_code", "given_place"]]
        told = "boundary_version" in incidents and self._former is not None
        versions = incidents.loc[rows, "boundary_version"] if told else ""
        faults: list[Fault] = []
        names = []
        carried = divided = 0
        by = ["given_area_code", "given_place", "told"]
        groups = texts.assign(told=versions).fillna("").groupby(by, sort=True)
        for (code, place, version), members in groups.groups.items():
            found, match, step = self._look_up_in(version, code, place)
            if found is None:
                faults += self._unknown(code, place, members, columns)
                continue
            how[members] = match.value
            for level, area_code in found.items():
                codes[level][members] = area_code
            carried += len(members) if step == _FOLLOWED else 0
            divided += len(members) if step == _DIVIDED else 0
            if step in _STEPS:
                coarsest = found[min(found, key=_FROM_COARSE.index)]
                names.append((place or code, coarsest, step, len(members)))
        table = pd.DataFrame(names, columns=["name", "area_code", "how", "rows"])
        return faults, table, carried, divided

    def _look_up_in(
        self, version: str, code: str, place: str
    ) -> tuple[dict[AreaLevel, str] | None, PlaceMatch, str]:
        """As :meth:`_look_up`, in the division that a row was told in."""
        if self._former is None:
            return self._look_up(code, place)
        told_in = self._former.of(version)
        if told_in is None:
            found, match, step = self._look_up(code, place)
            if found is not None:
                return found, match, step
        for finder in (told_in,) if told_in is not None else self._former.latest():
            found, match, _step = finder._look_up(code, place)
            if found:
                now = self._followed(found)
                step = _FOLLOWED if set(found) <= set(now) else _DIVIDED
                return now, match, step
            if found is not None:
                return found, match, ""
        return None, PlaceMatch.NONE, ""

    def _followed(self, found: dict[AreaLevel, str]) -> dict[AreaLevel, str]:
        """The areas of today in which former ones lie, where one holds all of it."""
        now = {
            level: code if code in self._level_of else self._heirs.get((level.value, code))
            for level, code in found.items()
        }
        return self._spread({level: code for level, code in now.items() if code is not None})

    def _look_up(
        self, code: str, place: str
    ) -> tuple[dict[AreaLevel, str] | None, PlaceMatch, str]:
        """Areas by level, how they were found, and by which step a name was matched."""
        known = self._of_code(code) or self._of_code(place)
        if known is not None:
            return self._spread({self._level_of[known]: known}), PlaceMatch.CODE, ""
        if code and _SCB_CODE.fullmatch(code) and not code.startswith(self._municipality):
            return {}, PlaceMatch.OUTSIDE, ""
        for text in (place, code):
            found, step = self._find_name(text)
            if found:
                return self._spread(found), PlaceMatch.NAME, step
        if all(not text or self._is_whole(text) for text in (code, place)):
            return {}, PlaceMatch.NONE, ""
        if _ELSEWHERE.fullmatch(place or code) and not self._is_nearly_whole(place or code):
            return {}, PlaceMatch.OUTSIDE, ""
        return None, PlaceMatch.NONE, ""

    def _of_code(self, text: str) -> str | None:
        """Code of the area that a text is the code of, as a file or as the store writes it."""
        return self._given.get(text) or (text if text in self._level_of else None)

    def _is_whole(self, text: str) -> bool:
        """Whether a text is the municipality's name or code, as *1488 Trollhättans kommun*."""
        short = _TOWN.sub("", _exact(text))
        return {short, short.removesuffix("s"), _exact(text)} & self._whole != set()

    def _is_nearly_whole(self, text: str) -> bool:
        """Whether a text may be the municipality's name misspelt."""
        short = _TOWN.sub("", _exact(text))
        return bool(difflib.get_close_matches(short, self._whole, cutoff=_LIKENESS))

    def _find_name(self, text: str) -> tuple[dict[AreaLevel, str], str]:
        for step, normalise in _STEPS.items():
            found = self._names[step].get(normalise(text)) if text else None
            if found:
                return found, step
        return {}, ""

    def _spread(self, found: dict[AreaLevel, str]) -> dict[AreaLevel, str]:
        """Add the levels that the given area decides."""
        spread = dict(found)
        for level in _FROM_COARSE:
            if level in spread:
                continue
            parents = {self._parents.get((code, level)) for code in found.values()}
            decided = [parent for parent in parents if parent is not None]
            if len(decided) == 1:
                spread[level] = decided[0]
        return spread

    def _unknown(
        self, code: str, place: str, members: Iterable[int], columns: tuple[str, str]
    ) -> list[Fault]:
        if place:
            rule, column, value = TableRule.PLACE_UNKNOWN, columns[1], place
        else:
            rule, column, value = TableRule.AREA_UNKNOWN, columns[0], code
        hint = self._nearest(value)
        return [Fault(rule, column, int(row), value, hint) for row in members]

    def _nearest(self, text: str) -> str:
        known = self._names["spelling"]
        close = difflib.get_close_matches(_folded(text), known, n=1, cutoff=_LIKENESS)
        if close:
            return known[close[0]]
        codes = difflib.get_close_matches(text, self._level_of, n=1, cutoff=_LIKENESS)
        return codes[0] if codes else ""


def _exact(text: str) -> str:
    """Lower case, one kind of dash, single spaces, composed letters."""
    composed = unicodedata.normalize("NFC", text).casefold()
    return " ".join(_DASHES.sub("-", composed).split())


def _folded(text: str) -> str:
    """As ``_exact``, without the rings and dots and without dashes or spaces."""
    parts = unicodedata.normalize("NFD", _exact(text))
    return "".join(letter for letter in parts if letter.isalnum())


_STEPS = {"name": _exact, "alias": _exact, "folded": _folded}


def _gazetteer(
    by_level: dict[AreaLevel, gpd.GeoDataFrame], aliases: pd.DataFrame
) -> dict[str, dict[str, Any]]:
    """Names to areas per step; a folded name that means two areas means none."""
    names: dict[str, dict[str, Any]] = {
        "name": defaultdict(dict),
        "alias": defaultdict(dict),
    }
    folded: dict[str, dict[AreaLevel, set[str]]] = defaultdict(lambda: defaultdict(set))
    spelling: dict[str, str] = {}
    own = [
        (row.name_, level, row.area_code, "name")
        for level, table in by_level.items()
        for row in table.rename(columns={"name": "name_"}).itertuples()
    ]
    others = [
        (row.alias, AreaLevel(row.area_level), row.area_code, "alias")
        for row in aliases.itertuples()
    ]
    for text, level, code, step in own + others:
        names[step][_exact(text)].setdefault(level, code)
        folded[_folded(text)][level].add(code)
        spelling.setdefault(_folded(text), text)
    names["folded"] = {
        text: {level: next(iter(codes)) for level, codes in levels.items()}
        for text, levels in folded.items()
        if all(len(codes) == 1 for codes in levels.values())
    }
    return {**names, "spelling": spelling}


def _containment(
    by_level: dict[AreaLevel, gpd.GeoDataFrame],
) -> dict[tuple[str, AreaLevel], str]:
    """For every area and other level: the one area that holds it, where one does."""
    parents = {}
    for level, table in by_level.items():
        for other, holders in by_level.items():
            if level is other or table.empty or holders.empty:
                continue
            inner, outer = holders.sindex.query(table.geometry, predicate="intersects")
            pieces = table.geometry.to_numpy()[inner]
            shares = (
                gpd.GeoSeries(pieces)
                .intersection(gpd.GeoSeries(holders.geometry.to_numpy()[outer]))
                .area.to_numpy()
                / gpd.GeoSeries(pieces).area.to_numpy()
            )
            for row, holder, part in zip(inner, outer, shares, strict=True):
                if part >= _CONTAINED:
                    parents[table["area_code"][row], other] = holders["area_code"][holder]
    return parents
