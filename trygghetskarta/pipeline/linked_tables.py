"""All published lines as sums of the same atoms, and the cells that they would tell together."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
from scipy.sparse import csr_array
from scipy.sparse.csgraph import connected_components

from trygghetskarta.analysis import indicators
from trygghetskarta.analysis.disclosure import DEFAULT_RULES, protection
from trygghetskarta.analysis.indicators import IncidentCube
from trygghetskarta.analysis.linked_cells import narrow_cells
from trygghetskarta.pipeline.published_lines import PLACED, UNPLACED, WHOLE, Line, Offences
from trygghetskarta.pipeline.view import World
from trygghetskarta.terms import OFFENCE_TYPES, AreaLevel, Audience, DateBasis

_BASIS = DateBasis.REPORTED
_COARSE = (None, AreaLevel.MUNICIPALITY)


@dataclass(frozen=True, eq=False)
class _Atoms:
    """Counts that no line can tell apart, and what each line takes of them.

    Attributes
    ----------
    count
        Places by atoms; the last place holds what lacks a district.
    taken
        Lines by atoms: whether the line counts the atom.
    coarse
        Whether a theme that may not be given per district holds all of the atom.
    """

    count: np.ndarray
    taken: np.ndarray
    coarse: np.ndarray


def exposed_areas(world: World, earlier: Sequence[Line], new: Sequence[Line]) -> list[str]:
    """Name the areas of which published lines would tell too much when new ones join them.

    The atoms are area × period × selection, as fine as the lines can tell them apart. What may not
    be told: every small count that a line hides; every atom, and every difference between two lines
    where one holds the other, that is small or that a theme's rule keeps from the districts.
    Earlier figures that the data no longer agree with tell nothing of today's.

    Parameters
    ----------
    world
        Today's data, which the new lines come from.
    earlier, new
        What has left the house, and what would.

    Returns
    -------
    list of str
        Area codes, or a cell of the whole municipality (``WHOLE`` …); empty when all is safe. A
        line that has been published already tells nothing new.
    """
    fresh = [line for line in new if not any(line.tells_no_more_than(old) for old in earlier)]
    if not fresh:
        return []
    lines = list(dict.fromkeys(map(_Identity, [*fresh, *earlier])))
    all_lines = [identity.line for identity in lines]
    atoms = _atoms(world, all_lines)
    linked = _linked(atoms.taken, len(fresh))
    atoms = _merged(atoms, linked)
    system = _System(world.cube.area_codes[AreaLevel.DISTRICT], atoms)
    for at, line in enumerate(all_lines[k] for k in linked):
        system.add_line(at, line)
    system.add_atoms([all_lines[k] for k in linked])
    return system.told()


class _Identity:
    """A line as a key: equal lines are one."""

    def __init__(self, line: Line) -> None:
        self.line = line
        self._key = (
            line.offences,
            line.start,
            line.end,
            line.level,
            line.threshold,
            tuple(sorted(line.cells.items())),
        )

    def __hash__(self) -> int:
        return hash(self._key)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Identity) and self._key == other._key


def _atoms(world: World, lines: Sequence[Line]) -> _Atoms:
    cube = world.cube
    pairs, pair_of_row = _pairs(cube)
    selections = list(dict.fromkeys(line.offences for line in lines))
    marked = np.array([_marked(cube, pairs, one) for one in selections])
    of_pair = np.unique(marked.T, axis=0, return_inverse=True)[1].reshape(-1)
    kinds = int(of_pair.max()) + 1
    period_of_row, periods = _periods(cube, lines)
    district = cube.area_row[AreaLevel.DISTRICT]
    places = len(cube.area_codes[AreaLevel.DISTRICT]) + 1
    usable = cube.inside & (period_of_row >= 0)
    at = np.where(district < 0, places - 1, district)[usable] * len(periods) + period_of_row[usable]
    at = at * kinds + of_pair[pair_of_row[usable]]
    count = np.bincount(at, weights=cube.count[usable], minlength=places * len(periods) * kinds)
    taken_kind = np.zeros((len(selections), kinds), dtype=bool)
    taken_kind[:, of_pair] = marked
    taken = [
        np.outer(
            [low >= line.start and high <= line.end for low, high in periods],
            taken_kind[selections.index(line.offences)],
        ).ravel()
        for line in lines
    ]
    coarse = np.ones(kinds, dtype=bool)
    np.logical_and.at(coarse, of_pair, _of_coarse_themes(world, pairs))
    return _Atoms(count.reshape(places, -1), np.array(taken), np.tile(coarse, len(periods)))


def _pairs(cube: IncidentCube) -> tuple[np.ndarray, np.ndarray]:
    """Type and code of every kind of offence that is there or may be, and the kind of each row."""
    width = len(cube.offence_codes) + 1
    known = cube.offence_type.astype(np.int64) * width + cube.offence_code + 1
    may_be = np.arange(len(OFFENCE_TYPES)) * width
    keys, inverse = np.unique(np.concatenate([known, may_be]), return_inverse=True)
    return np.column_stack([keys // width, keys % width - 1]), inverse[: len(known)]


def _marked(cube: IncidentCube, pairs: np.ndarray, offences: Offences) -> np.ndarray:
    def of(types: Sequence[str], codes: Sequence[str] = ()) -> np.ndarray:
        return indicators.is_wanted(pairs[:, 0], pairs[:, 1], cube.offence_codes, types, codes)

    return of(offences.types, offences.codes) & of(offences.within)


def _of_coarse_themes(world: World, pairs: np.ndarray) -> np.ndarray:
    """Kinds of offence that a theme keeps from the districts."""
    held = np.zeros(len(pairs), dtype=bool)
    for plan in world.municipality.plans:
        for theme in plan.themes:
            if theme.public.finest in _COARSE and (theme.offence_types or theme.offence_codes):
                offences = Offences(theme.offence_types, theme.offence_codes)
                held |= _marked(world.cube, pairs, offences)
    return held


def _periods(
    cube: IncidentCube, lines: Sequence[Line]
) -> tuple[np.ndarray, list[tuple[date, date]]]:
    """Stretches between all first and last days, and the one each row lies in (-1 for none).

    A row that is only dated to a longer stretch gets one of its own.
    """
    edges = sorted({day for line in lines for day in (line.start, line.end + timedelta(days=1))})
    limits = np.array(edges, dtype="datetime64[D]").astype(np.int64)
    first = np.searchsorted(limits, cube.first_day[_BASIS], side="right") - 1
    last = np.searchsorted(limits, cube.last_day[_BASIS], side="right") - 1
    outside = (first < 0) | (last >= len(edges) - 1) | (last < first)
    key = np.where(outside, -1, first * len(edges) + last)
    ordinary = np.arange(len(edges) - 1) * (len(edges) + 1)
    keys = np.unique(np.concatenate([ordinary, key[~outside]]))
    stretches = [
        (edges[one // len(edges)], edges[one % len(edges) + 1] - timedelta(days=1)) for one in keys
    ]
    return np.where(outside, -1, np.searchsorted(keys, key)), stretches


def _linked(taken: np.ndarray, fresh: int) -> np.ndarray:
    """Lines that share atoms with a new one, directly or through others; the new ones first."""
    shared = taken.astype(np.int32) @ taken.T.astype(np.int32) > 0
    _, label = connected_components(csr_array(shared), directed=False)
    return np.flatnonzero(np.isin(label, label[:fresh]))


def _merged(atoms: _Atoms, lines: np.ndarray) -> _Atoms:
    """Only some lines, with the atoms that these cannot tell apart made one."""
    taken = atoms.taken[lines]
    used = taken.any(axis=0)
    columns, inverse = np.unique(taken[:, used], axis=1, return_inverse=True)
    inverse = inverse.reshape(-1)
    count = np.zeros((len(atoms.count), columns.shape[1]))
    np.add.at(count.T, inverse, atoms.count[:, used].T)
    coarse = np.ones(columns.shape[1], dtype=bool)
    np.logical_and.at(coarse, inverse, atoms.coarse[used])
    return _Atoms(count, columns, coarse)


class _System:
    """Cells gathered one by one, then asked all at once."""

    def __init__(self, codes: Sequence[str], atoms: _Atoms) -> None:
        self._atoms = atoms
        self._places = {code: at for at, code in enumerate([*codes, UNPLACED])}
        everything = np.ones(len(self._places), dtype=bool)
        self._groups = {WHOLE: everything, PLACED: np.append(everything[:-1], False)}
        self._rows: list[np.ndarray] = []
        self._names: list[str] = []
        self._shown: list[bool] = []
        self._hidden: list[bool] = []
        self._need: list[int] = []

    def add_line(self, at: int, line: Line) -> None:
        """Add what a line tells, as far as today's data still agree."""
        kinds = self._atoms.taken[at]
        need = protection(line.threshold)
        cells = dict(line.cells)
        if line.offences.is_everything:
            # The sum of all reported offences is published by others too.
            cells[WHOLE] = int(self._atoms.count[:, kinds].sum())
        for name, value in cells.items():
            places = self._place(name)
            if places is None:
                continue
            truth = self._atoms.count[np.ix_(places, kinds)].sum()
            if value is None and truth >= 1:
                # Cells hidden for the sake of a small one may be told as long as that one is not.
                # What lacks a place says nothing of any place.
                is_small = truth < line.threshold and name != UNPLACED
                self._add(name, np.outer(places, kinds), False, True, need if is_small else 0)
            elif value is not None and value == truth:
                self._add(name, np.outer(places, kinds), True, False, 0)

    def add_atoms(self, lines: Sequence[Line]) -> None:
        """Add what no line shows but what must not be computed either."""
        taken = self._atoms.taken
        thresholds = np.array([line.threshold for line in lines])
        base = DEFAULT_RULES[Audience.PUBLIC].threshold
        for kinds in _derived(taken):
            holding = (taken | ~kinds).all(axis=1)
            threshold = int(max([base, *thresholds[holding]]))
            coarse = bool(self._atoms.coarse[kinds].all())
            for name, places in self._told_of():
                truth = self._atoms.count[np.ix_(places, kinds)].sum()
                kept_from_districts = coarse and name != WHOLE
                if 1 <= truth < threshold or (kept_from_districts and truth >= 1):
                    self._add(name, np.outer(places, kinds), False, False, protection(threshold))

    def told(self) -> list[str]:
        """Names of the places with a cell that follows too exactly from the rest."""
        if not self._rows:
            return []
        found = narrow_cells(
            csr_array(np.array(self._rows, dtype=np.float64)),
            self._atoms.count.ravel(),
            np.array(self._shown),
            np.array(self._hidden),
            np.array(self._need),
        )
        return list(dict.fromkeys(self._names[cell.cell] for cell in found))

    def _told_of(self) -> list[tuple[str, np.ndarray]]:
        """Every district by itself, and the whole municipality."""
        names = [WHOLE, *(name for name in self._places if name != UNPLACED)]
        found = ((name, self._place(name)) for name in names)
        return [(name, places) for name, places in found if places is not None]

    def _place(self, name: str) -> np.ndarray | None:
        """The places of a cell, None for an area that is no more."""
        if name in self._groups:
            return self._groups[name]
        if name not in self._places:
            return None
        alone = np.zeros(len(self._places), dtype=bool)
        alone[self._places[name]] = True
        return alone

    def _add(self, name: str, cell: np.ndarray, shown: bool, hidden: bool, need: int) -> None:
        self._rows.append(cell.ravel())
        self._names.append(name)
        self._shown.append(shown)
        self._hidden.append(hidden)
        self._need.append(need)


def _derived(taken: np.ndarray) -> list[np.ndarray]:
    """Every atom, and every line less another that lies within it."""
    parts = [row.astype(bool) for row in np.eye(taken.shape[1])]
    for whole in taken:
        for part in taken:
            if (part <= whole).all() and (rest := whole & ~part).any():
                parts.append(rest)
    return list({part.tobytes(): part for part in parts}.values())
