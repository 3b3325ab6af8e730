"""Guessing what a file's columns mean: names propose, values decide."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import pandas as pd

from trygghetskarta.sources.fields.axes import settle_axes
from trygghetskarta.sources.fields.cell_values import numbers
from trygghetskarta.sources.fields.column_names import NAMES
from trygghetskarta.sources.fields.finality import says_either
from trygghetskarta.sources.fields.proposals import MATCHES, spelling
from trygghetskarta.sources.fields.role_values import KIN, looked_at, says_clock, suits
from trygghetskarta.terms.imports import TableKind

_DATED = {"reported_date", "occurred_from_date", "occurred_to_date", "period", "year"}
_START_AND_END = {"occurred_from_date": ("start",), "occurred_to_date": ("end", "slut")}
_PLACED = {"easting", "northing", "latitude", "longitude", "wkt"}
_ANY_DAY = ("datum", "date", "dag", "day")
"""Columns of days that do not say of what; beside a clock they are those of the offence."""
_A_RATE = re.compile(
    r"[%‰]|procent|promille|\bindex|tusen|miljon|/\s*\d|\bper\s*(?:\d|inv|cap|hush|bost|km)|\bandel",
    re.IGNORECASE,
)
_FEWER = 100_000
"""No north of Sweden in metres is as small."""


@dataclass(frozen=True)
class Moved:
    """A column that values gave another role than names did.

    Attributes
    ----------
    column
        The column.
    meant
        The role it is called by.
    role
        The role it plays.
    passed
        With ``meant`` and ``role`` the same: the column that was proposed before it and does not
        fit.
    """

    column: str
    meant: str
    role: str
    passed: str = ""


class Guess:
    """Roles of one file's columns, while they are being guessed.

    Attributes
    ----------
    roles
        Column by role, as far as it is known.
    settled
        Roles that the values have decided.
    moved
        Columns that do not play the role that their name, or place in the list of names, proposed.
    """

    def __init__(
        self,
        kind: TableKind,
        names: list[str],
        sample: pd.DataFrame | None,
        repeated: Sequence[str],
    ) -> None:
        self._kind, self._names, self._sample = kind, names, sample
        self._folded = {name: spelling(name, repeated) for name in names}
        self._twice = {self._folded[name] for name in repeated if name in self._folded}
        self.roles: dict[str, str] = {}
        self.settled: set[str] = set()
        self._unfit: dict[str, str] = {}
        self.moved: list[Moved] = []
        self._cells: dict[str, pd.Series] = {}

    def by_name(self) -> None:
        """Give each role the first column that is called so and holds what it takes."""
        for match in MATCHES:
            for role in NAMES[self._kind]:
                if role in self.roles:
                    continue
                proposed = self._counting(role, match(self._kind, role, self.free(), self._folded))
                fitting = [name for name in proposed if self._fits(role, name)]
                if fitting:
                    self._take(role, fitting[0], proposed, fitting)
                elif proposed:
                    self._unfit.setdefault(role, proposed[0])

    def by_kin(self) -> None:
        """Give columns that do not fit what they are called a kindred role that they do fit."""
        for meant, name in self._unfit.items():
            if name in self.roles.values():
                continue
            for role in KIN.get(meant, ()):
                if role not in NAMES[self._kind] or not self._fits(role, name):
                    continue
                if not self._counting(role, [name]):
                    continue
                if role not in self.roles or self._tells_more(role, name):
                    self.roles[role] = name
                    self.settled.add(role)
                    self.moved.append(Moved(name, meant, role))
                    break

    def left_over(self) -> None:
        """Let the name stand where nothing fits better."""
        for role, name in self._unfit.items():
            if role not in self.roles and name not in self.roles.values():
                self.roles[role] = name

    def by_axes(self) -> None:
        """Tell columns of coordinates apart."""
        before = dict(self.roles)
        settle_axes(self.roles, {name: self._folded[name] for name in self.free()}, self._sample)
        meant = {name: role for role, name in before.items()}
        for role, name in self.roles.items():
            if name in meant and before.get(role) != name:
                self.moved.append(Moved(name, meant[name], role))
                self.settled.add(role)

    def by_points(self) -> None:
        """Without columns of coordinates: the first column whose cells are points."""
        if _PLACED & set(self.roles):
            return
        for name in self.free():
            if len(self._seen(name)) and self._fits("wkt", name):
                self.roles["wkt"] = name
                self.settled.add("wkt")
                return

    def by_finality(self) -> None:
        """The first column whose cells all say *preliminär* or *slutlig*."""
        if "preliminary" in self.roles:
            return
        for name in self.free():
            if len(self._seen(name)) and says_either(self._seen(name)).all():
                self.roles["preliminary"] = name
                return

    def by_start_and_end(self) -> None:
        """Without any other date: columns called *start* and *end*, as forms have them."""
        if _DATED & set(self.roles):
            return
        for role, words in _START_AND_END.items():
            for name in self.free():
                fits = self._folded[name] in words and len(self._seen(name))
                if fits and self._fits(role, name) and role not in self.roles:
                    self.roles[role] = name

    def by_count(self) -> None:
        """Without a count: a column *N* without any *E*, of small whole numbers."""
        name = self.roles.get("northing", "")
        if "count" in self.roles or "easting" in self.roles or self._folded.get(name) != "n":
            return
        values = numbers(self._seen(name))[0]
        if len(values) and bool(((values % 1 == 0) & values.between(0, _FEWER)).all()):
            del self.roles["northing"]
            self.roles["count"] = name
            self.moved.append(Moved(name, "northing", "count"))

    def by_clock(self) -> None:
        """Without the day of an offence whose clock is told: a column that only says *date*."""
        clocks = {"occurred_from_time", "occurred_to_time"} & set(self.roles)
        if not clocks or {"occurred_from_date", "occurred_to_date"} & set(self.roles):
            return
        reported = self.roles.get("reported_date", "")
        for name in (*self.free(), reported):
            if self._folded.get(name) in _ANY_DAY and self._fits("occurred_from_date", name):
                self.roles["occurred_from_date"] = name
                if name == reported:
                    del self.roles["reported_date"]
                return

    def _counting(self, role: str, names: Iterable[str]) -> list[str]:
        """The names, but of counts those that say they are rates."""
        return [name for name in names if role != "count" or not _A_RATE.search(name)]

    def _take(self, role: str, name: str, proposed: list[str], fitting: list[str]) -> None:
        self.roles[role] = name
        spelt = self._folded[name]
        if spelt in self._twice:
            # Of two columns of one name, values decide when one fits and says something.
            same = [one for one in fitting if self._folded[one] == spelt and len(self._seen(one))]
            first = self._seen(same[0]) if same else None
            if all(self._seen(one).equals(first) for one in same):
                self.roles[role] = same[0] if same else name
                self.settled.add(role)
        elif proposed[0] != name:
            self.moved.append(Moved(name, role, role, proposed[0]))

    def _tells_more(self, role: str, name: str) -> bool:
        """Whether a column of dates with a clock would take the place of one of days only."""
        is_date = role.endswith("_date")
        return (
            is_date
            and says_clock(self._seen(name))
            and not says_clock(self._seen(self.roles[role]))
        )

    def free(self) -> list[str]:
        """Columns without a role, in the file's order."""
        used = set(self.roles.values())
        return [name for name in self._names if name not in used]

    def _fits(self, role: str, name: str) -> bool:
        return suits(self._kind, role, self._seen(name))

    def _seen(self, name: str) -> pd.Series:
        if name not in self._cells:
            none = pd.Series([], dtype="str")
            self._cells[name] = none if self._sample is None else looked_at(self._sample[name])
        return self._cells[name]
