"""The figures of several tables as one system, and which cells follow from it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

import numpy as np
from scipy.sparse import csr_array

from trygghetskarta.analysis.linked_cells import narrow_cells
from trygghetskarta.analysis.show_rules import DEFAULT_RULES
from trygghetskarta.analysis.suppression import protection
from trygghetskarta.gate.publication import PLACED, UNPLACED, WHOLE, Line
from trygghetskarta.terms.audience import Audience


@dataclass(frozen=True, eq=False)
class Atoms:
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


class ExposureSystem:
    """Cells gathered one by one, then asked all at once."""

    def __init__(self, codes: Sequence[str], atoms: Atoms) -> None:
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
