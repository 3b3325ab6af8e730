"""A publication, line by line: one selection of offences, one period, a figure per area."""

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime
from types import MappingProxyType
from typing import Any

import numpy as np
import pandas as pd

from trygghetskarta.analysis.disclosure import STATUS_COLUMNS
from trygghetskarta.gate.view import Facts, View
from trygghetskarta.terms.areas import AreaLevel
from trygghetskarta.terms.audience import Audience, CellStatus, Purpose
from trygghetskarta.terms.municipality import Theme

UNPLACED = "utan_plats"
"""Cell of the offences in the municipality that lack a district."""
PLACED = "med_plats"
"""Cell of the sum over all districts."""
WHOLE = "hela"
"""Cell of the whole municipality."""


@dataclass(frozen=True)
class Offences:
    """Which offences are counted, spelled out, so that a later plan does not change the meaning.

    Attributes
    ----------
    types, codes
        An offence belongs when its type is listed or its code starts with one of ``codes``; both
        empty: every offence.
    within
        Of those, only these types; empty for all.
    """

    types: tuple[str, ...] = ()
    codes: tuple[str, ...] = ()
    within: tuple[str, ...] = ()

    @property
    def is_everything(self) -> bool:
        """Whether no offence is left out."""
        return not (self.types or self.codes or self.within)


@dataclass(frozen=True)
class Line:
    """The published figures of one selection and one period.

    Attributes
    ----------
    offences
        What was counted.
    start, end
        First and last day.
    level
        Of the areas: the districts, or the whole municipality.
    threshold
        Counts from 1 to ``threshold - 1`` are hidden.
    cells
        By area code, ``UNPLACED``, ``PLACED`` and ``WHOLE``: the published count, None where it is
        published as hidden. What is not published at all is not there.
    """

    offences: Offences
    start: date
    end: date
    level: AreaLevel
    threshold: int
    cells: Mapping[str, int | None]

    def tells_no_more_than(self, other: "Line") -> bool:
        """Whether every cell already stands in another line of the same figures."""
        same = (self.offences, self.start, self.end, self.level, self.threshold) == (
            other.offences,
            other.start,
            other.end,
            other.level,
            other.threshold,
        )
        return same and self.cells.items() <= other.cells.items()


@dataclass(frozen=True)
class Shares:
    """The published shares of one survey.

    Attributes
    ----------
    survey
        Tells surveys of a year apart without its name, which may be a person's.
    year
        When it was asked.
    cells
        By area code and question, the share (0 to 1) and the number of answers, None where they
        are published as hidden. What is not published at all is not there.
    """

    survey: str
    year: int
    cells: Mapping[tuple[str, str], tuple[float, int] | None]
    level = AreaLevel.DISTRICT

    @property
    def start(self) -> date:
        """First day of the year."""
        return date(self.year, 1, 1)

    @property
    def end(self) -> date:
        """Last day of the year."""
        return date(self.year, 12, 31)

    def told_beside(self, earlier: "Shares") -> str | None:
        """Code of an area whose hidden share two tables of a survey may tell; None for none.

        A hidden share is told by one that is shown of the same, and by what has changed beside it.
        """
        if (self.survey, self.year) != (earlier.survey, earlier.year):
            return None
        hidden = [
            cell for told in (earlier.cells, self.cells) for cell in told if told[cell] is None
        ]
        changed = any(
            self.cells[cell] != earlier.cells[cell] for cell in self.cells.keys() & earlier.cells
        )
        uncovered = [cell for cell in hidden if self.cells.get(cell) != earlier.cells.get(cell)]
        return (uncovered or hidden)[0][0] if changed and hidden else None


@dataclass(frozen=True)
class Publication:
    """A table that leaves the house; it holds no hidden value.

    Attributes
    ----------
    title
        What it shows, in Swedish.
    purpose
        What it leaves in.
    boundary_version
        Of the districts.
    lines
        Its figures of offences.
    published_at
        When it left, None before it has.
    shares
        Its figures of surveys.
    """

    title: str
    purpose: Purpose
    boundary_version: str
    lines: tuple[Line, ...]
    published_at: datetime | None = None
    shares: tuple[Shares, ...] = ()

    @property
    def parts(self) -> tuple[Line | Shares, ...]:
        """All its figures."""
        return (*self.lines, *self.shares)

    @property
    def fingerprint(self) -> str:
        """Short name of what is published: the same figures, the same name."""
        return hashlib.sha256(to_json(self.parts).encode("utf-8")).hexdigest()[:16]


def offences_of(theme: Theme | None, types: Sequence[str]) -> Offences:
    """Spell out a theme and offence types chosen by name."""
    if theme is None:
        return Offences(types=tuple(sorted(types)))
    return Offences(
        tuple(sorted(theme.offence_types)),
        tuple(sorted(theme.offence_codes)),
        tuple(sorted(types)),
    )


def lines_of(view: View) -> tuple[Line, ...]:
    """The lines of a public view: the period, and the one compared with.

    The whole table is taken also where the view keeps some of its areas. Empty for a view without
    figures.
    """
    if view.gated is None or view.facts is None:
        return ()
    periods = {"count": view.span, "previous": view.compared}
    offences = offences_of(view.theme, view.choice.types)
    lines = []
    for column in view.gated.count_columns:
        cells = _cells(view.gated.table, column, view.gated.level)
        if view.gated.level is not AreaLevel.MUNICIPALITY:
            cells[PLACED] = _plain(view.gated.totals.get(column, np.nan))
        if column == "count":
            cells |= _beside_the_map(view.gated.level, view.facts)
        span = periods[column]
        lines.append(
            Line(
                offences,
                span.start,
                span.end,
                view.gated.level,
                view.rule.threshold,
                MappingProxyType(cells),
            )
        )
    return tuple(lines)


def publication_of(view: View, title: str, purpose: Purpose) -> Publication:
    """What a public view tells, ready to be checked and registered.

    Raises
    ------
    ValueError
        If the view is not for the public: a programming fault, not a user's.
    """
    if view.gated is not None and view.gated.audience is not Audience.PUBLIC:
        raise ValueError("only what has passed the gate for the public is registered")
    version = "" if view.facts is None else view.facts.boundary_version
    return Publication(title, purpose, version, lines_of(view))


def to_json(parts: Sequence[Line | Shares]) -> str:
    """Write figures as the register keeps them: published ones, nothing else."""
    plain = [
        {"survey": line.survey, "year": line.year, "shares": _plain_shares(line)}
        if isinstance(line, Shares)
        else {
            "offences": asdict(line.offences),
            "start": line.start.isoformat(),
            "end": line.end.isoformat(),
            "level": line.level.value,
            "threshold": line.threshold,
            "cells": dict(sorted(line.cells.items())),
        }
        for line in parts
    ]
    return json.dumps(plain, ensure_ascii=False, sort_keys=True)


def _plain_shares(told: Shares) -> list[list[object]]:
    return [[*cell, value and list(value)] for cell, value in sorted(told.cells.items())]


def from_json(text: str) -> tuple[tuple[Line, ...], tuple[Shares, ...]]:
    """Read what :func:`to_json` wrote: of offences, and of surveys."""
    parts = json.loads(text)
    shares = tuple(
        Shares(
            part["survey"],
            part["year"],
            MappingProxyType(
                {(area, asked): value and tuple(value) for area, asked, value in part["shares"]}
            ),
        )
        for part in parts
        if "survey" in part
    )
    return _lines(part for part in parts if "survey" not in part), shares


def _lines(parts: Iterable[Mapping[str, Any]]) -> tuple[Line, ...]:
    return tuple(
        Line(
            Offences(**{name: tuple(words) for name, words in part["offences"].items()}),
            date.fromisoformat(part["start"]),
            date.fromisoformat(part["end"]),
            AreaLevel(part["level"]),
            part["threshold"],
            MappingProxyType(part["cells"]),
        )
        for part in parts
    )


def _cells(table: pd.DataFrame, column: str, level: AreaLevel) -> dict[str, int | None]:
    known = table[table[STATUS_COLUMNS[column]] != CellStatus.MISSING]
    if level is AreaLevel.MUNICIPALITY:
        known = known.set_axis([WHOLE] * len(known))
    return {str(code): _plain(value) for code, value in known[column].items()}


def _beside_the_map(level: AreaLevel, facts: Facts) -> dict[str, int | None]:
    """What the caption tells: the municipality's sum, and how much of it lacks a district."""
    if level is AreaLevel.MUNICIPALITY:
        return {}
    if facts.without_place is None:
        return {UNPLACED: None} if facts.offences is not None else {}
    return {UNPLACED: facts.without_place, WHOLE: facts.offences}


def _plain(value: float) -> int | None:
    return None if np.isnan(value) else int(value)
