"""All published lines as sums of the same atoms, and the cells that they would tell together."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum

import numpy as np
from scipy.sparse import csr_array
from scipy.sparse.csgraph import connected_components

from trygghetskarta.analysis import indicators
from trygghetskarta.analysis.incident_cube import IncidentCube
from trygghetskarta.analysis.linked_cells import narrow_cells
from trygghetskarta.analysis.show_rules import DEFAULT_RULES
from trygghetskarta.analysis.suppression import protection
from trygghetskarta.gate.published_lines import PLACED, UNPLACED, WHOLE, Line, Offences
from trygghetskarta.gate.view import World
from trygghetskarta.terms.areas import AreaLevel
from trygghetskarta.terms.audience import Audience
from trygghetskarta.terms.offences import OFFENCE_TYPES
from trygghetskarta.terms.times import DateBasis

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
    system = _System(world.cube.area_codes[AreaLevel.DISTRICT], _merged(atoms, linked))
    system.add([all_lines[k] for k in linked], n_new)
    return system.told()


def are_outdated(world: World, earlier: Sequence[Line], new: Sequence[Line]) -> bool:
    """Whether today's data would no longer give earlier lines that new ones are linked with."""
    if not earlier:
        return False
    lines = [*new, *earlier]
    atoms = _atoms(world, lines)
    linked = _linked(atoms.taken, len(new))
    system = _System(world.cube.area_codes[AreaLevel.DISTRICT], _merged(atoms, linked))
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


def _uncovers(new: Line, old: Line) -> bool:
    """Whether a line answers what an earlier one did, and shows what that one hid."""
    same = replace(new, cells=old.cells) == old
    return same and any(
        value is None and new.cells.get(name) is not None for name, value in old.cells.items()
    )


class _Origin(StrEnum):
    """What a cell stands in; one that stands in no line has none."""

    NEW = "new"
    EARLIER = "earlier"  # and still right
    OUTDATED = "outdated"


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
        self._origin: list[_Origin | None] = []

    def add(self, lines: Sequence[Line], n_new: int) -> None:
        """Add what lines tell, the new ones first, and what must not be computed from them."""
        outdated = self.outdated(lines, n_new)
        for at, line in enumerate(lines):
            is_new = at < n_new
            origin = _Origin.NEW if is_new else _Origin.EARLIER
            if at in outdated:
                origin = _Origin.OUTDATED
            self._add_line(at, line, origin, bool(outdated) and not is_new)
        self._add_atoms(lines)

    def outdated(self, lines: Sequence[Line], n_new: int) -> set[int]:
        """Which of the earlier lines today's data would not give.

        A figure is another one, or a line hides cells although neither it nor another one of the
        same period has any that is small, or the very same is asked anew and hides fewer cells.
        """
        found: set[int] = set()
        hiding: dict[tuple[date, date], list[int]] = {}
        explained: set[tuple[date, date]] = set()
        for at in range(n_new, len(lines)):
            line = lines[at]
            period = (line.start, line.end)
            if any(_uncovers(new, line) for new in lines[:n_new]):
                found.add(at)
            for name, value in line.cells.items():
                if (places := self._place(name)) is None or (value is None and name == UNPLACED):
                    continue
                truth = self._truth(places, at)
                if value is not None and value != truth or value is None and truth == 0:
                    found.add(at)
                if value is None:
                    hiding.setdefault(period, []).append(at)
                    if 1 <= truth < line.threshold:
                        explained.add(period)
        for period, lines_at in hiding.items():
            if period not in explained:
                found.update(lines_at)
        return found

    def _truth(self, places: np.ndarray, at: int) -> int:
        return int(self._atoms.count[np.ix_(places, self._atoms.taken[at])].sum())

    def _add_line(self, at: int, line: Line, origin: "_Origin", keeps_hidden: bool) -> None:
        """Add what a line tells, at today's values."""
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
            cell = np.outer(places, kinds)
            if value is not None:
                self._add(name, cell, True, False, 0, origin)
                continue
            truth = self._truth(places, at)
            # Cells hidden for the sake of a small one may be told as long as that one is not.
            # What lacks a place says nothing of any place.
            secret = name != UNPLACED and (1 <= truth < line.threshold or keeps_hidden)
            if truth >= 1 or secret:
                self._add(name, cell, False, truth >= 1, need if secret else 0, origin)

    def _add_atoms(self, lines: Sequence[Line]) -> None:
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
                    cell = np.outer(places, kinds)
                    self._add(name, cell, False, False, protection(threshold), None)

    def told(self) -> list[str]:
        """Names of the places with a cell that follows too exactly from the rest."""
        if not self._rows:
            return []
        need, shown = np.array(self._need), np.array(self._shown)
        origin = np.array([one or "" for one in self._origin])
        right = origin != _Origin.OUTDATED
        rows = [row.tobytes() for row in self._rows]

        def among(chosen: np.ndarray) -> np.ndarray:
            """Which secrets are the same cell as one of some others."""
            known = {rows[at] for at in np.flatnonzero(chosen)}
            return (need > 0) & np.array([row in known for row in rows])

        covered = among((origin == _Origin.NEW) & np.array(self._hidden))
        before = among(shown & (origin == _Origin.EARLIER)) & ~covered
        plain = among(shown)
        # No line hides it, and an outdated one has shown it: what the others tell decides.
        opened = plain & (origin == "") & ~covered & ~among(shown & right)
        if (told := plain & ~before & ~opened).any():
            return self._named(np.flatnonzero(told))
        if opened.any() and (found := self._narrow(right, np.where(opened, need, 0))):
            return self._named(found)
        found = self._narrow(np.ones(len(rows), dtype=bool), np.where(plain, 0, need))
        if not found or right.all():
            return self._named(found)
        asked = np.zeros_like(need)
        asked[found] = np.where(covered, 0, need)[found]
        known = set(self._narrow(origin == _Origin.EARLIER, asked))
        return self._named(at for at in found if at not in known)

    def _narrow(self, known: np.ndarray, need: np.ndarray) -> list[int]:
        """Cells that some of the figures tell too exactly."""
        found = narrow_cells(
            csr_array(np.array(self._rows, dtype=np.float64)),
            self._atoms.count.ravel(),
            np.array(self._shown) & known,
            np.array(self._hidden) & known,
            need,
        )
        return [cell.cell for cell in found]

    def _named(self, cells: Iterable[int]) -> list[str]:
        return list(dict.fromkeys(self._names[at] for at in cells))

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

    def _add(
        self,
        name: str,
        cell: np.ndarray,
        shown: bool,
        hidden: bool,
        need: int,
        origin: "_Origin | None",
    ) -> None:
        self._rows.append(cell.ravel())
        self._names.append(name)
        self._shown.append(shown)
        self._hidden.append(hidden)
        self._need.append(need)
        self._origin.append(origin)


def _derived(taken: np.ndarray) -> list[np.ndarray]:
    """Every atom, and every line less another that lies within it."""
    parts = [row.astype(bool) for row in np.eye(taken.shape[1])]
    for whole in taken:
        for part in taken:
            if (part <= whole).all() and (rest := whole & ~part).any():
                parts.append(rest)
    return list({part.tobytes(): part for part in parts}.values())
