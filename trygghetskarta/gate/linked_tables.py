"""All published lines as sums of the same atoms, and the cells that they would tell together."""

from collections.abc import Sequence
from datetime import date, timedelta

import numpy as np
from scipy.sparse import csr_array
from scipy.sparse.csgraph import connected_components

from trygghetskarta.analysis import indicators
from trygghetskarta.analysis.incident_cube import IncidentCube
from trygghetskarta.gate.exposure_system import Atoms, ExposureSystem
from trygghetskarta.gate.loaded_world import World
from trygghetskarta.gate.publication import Line, Offences
from trygghetskarta.terms.areas import AreaLevel
from trygghetskarta.terms.offences import OFFENCE_TYPES
from trygghetskarta.terms.times import DateBasis

_BASIS = DateBasis.REPORTED
_COARSE = (None, AreaLevel.MUNICIPALITY)


def exposed_areas(world: World, earlier: Sequence[Line], new: Sequence[Line]) -> list[str]:
    """Name the areas of which published lines would tell too much when new ones join them.

    The atoms are area × period × selection, as fine as the lines can tell them apart. What may not
    be told: every small count that a line hides; every atom, and every difference between two lines
    where one holds the other, that is small or that a theme's rule keeps from the districts.

    Earlier figures that the data no longer agree with are knowledge all the same. Most of a table
    is alike before and after a correction, so whoever has both sees how large it was and often
    where: from 101 in the place of 100, and 10 in the place of *hidden*, follows 9. How much was
    corrected where is bounded by nothing that can be relied on, so it is taken to be known:

    * an earlier figure counts as if it were told at today's value;
    * what earlier tables hide stays hidden, also when it has grown past the threshold or to 0:
      the register does not hold which of the hidden figures was the small one;
    * what only earlier tables that still are right tell is told already;
    * what an outdated table showed openly, and no table hides, was no secret then and is none now,
      unless the new lines tell it together with those that still are right.

    So a correction that leaves the same cells hidden blocks nothing, one that would uncover or
    cover a cell blocks the tables that show it, and other periods are not touched.

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
    n_new = len(dict.fromkeys(map(_Identity, fresh)))
    lines = list(dict.fromkeys(map(_Identity, [*fresh, *earlier])))
    all_lines = [identity.line for identity in lines]
    atoms = _atoms(world, all_lines)
    linked = _linked(atoms.taken, n_new)
    system = ExposureSystem(world.cube.area_codes[AreaLevel.DISTRICT], _merged(atoms, linked))
    system.add([all_lines[k] for k in linked], n_new)
    return system.told()


def are_outdated(world: World, earlier: Sequence[Line], new: Sequence[Line]) -> bool:
    """Whether today's data would no longer give earlier lines that new ones are linked with."""
    if not earlier:
        return False
    lines = [*new, *earlier]
    atoms = _atoms(world, lines)
    linked = _linked(atoms.taken, len(new))
    system = ExposureSystem(world.cube.area_codes[AreaLevel.DISTRICT], _merged(atoms, linked))
    return bool(system.outdated([lines[k] for k in linked], len(new)))


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


def _atoms(world: World, lines: Sequence[Line]) -> Atoms:
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
    return Atoms(count.reshape(places, -1), np.array(taken), np.tile(coarse, len(periods)))


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


def _merged(atoms: Atoms, lines: np.ndarray) -> Atoms:
    """Only some lines, with the atoms that these cannot tell apart made one."""
    taken = atoms.taken[lines]
    used = taken.any(axis=0)
    columns, inverse = np.unique(taken[:, used], axis=1, return_inverse=True)
    inverse = inverse.reshape(-1)
    count = np.zeros((len(atoms.count), columns.shape[1]))
    np.add.at(count.T, inverse, atoms.count[:, used].T)
    coarse = np.ones(columns.shape[1], dtype=bool)
    np.logical_and.at(coarse, inverse, atoms.coarse[used])
    return Atoms(count, columns, coarse)
