"""A choice as link parameters, and back: each linked field as its declaration says."""

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from datetime import date
from enum import StrEnum
from types import UnionType
from typing import Any, get_args, get_origin, get_type_hints
from urllib.parse import urlencode

from trygghetskarta.gate.choice import Choice
from trygghetskarta.gate.periods import FIRST_YEAR, month_end

_YES = "ja"


@dataclass(frozen=True)
class Part:
    """How a field of a choice stands in links and codes.

    Attributes
    ----------
    name, parameter
        The field and its link parameter.
    kind
        ``str``, ``int``, ``bool``, ``date``, ``tuple`` (of words) or an enum.
    default
        What is left out.
    allowed
        Values that a link may give it; empty for all of its kind.
    own
        Member of the enum before it that a date belongs to; a date in a link chooses it.
    """

    name: str
    parameter: str
    kind: type
    default: object
    allowed: tuple
    own: StrEnum | None

    @property
    def chooser(self) -> str:
        """Name of the field that says whether a date holds."""
        return next(part.name for part in PARTS if part.kind is type(self.own))

    def read(self, values: list[str]) -> object:
        """The value of a link parameter.

        Raises
        ------
        ValueError
            If it cannot be understood.
        """
        text = values[-1]
        if self.kind is tuple:
            return tuple(dict.fromkeys(values))
        if self.kind is bool:
            return text == _YES
        if self.kind is date:
            return _read_day(text, self.is_end)
        value = self.kind(text)
        if self.allowed and value not in self.allowed:
            raise ValueError(value)
        return value

    def write(self, value: object) -> str | list[str]:
        """The value as a link parameter."""
        if isinstance(value, tuple):
            return list(value)
        if isinstance(value, date):
            return _short(value, self.is_end)
        return _YES if value is True else str(value)

    @property
    def is_end(self) -> bool:
        """Whether a month stands for its last day."""
        return self.name.endswith("end")


def _parts() -> tuple[Part, ...]:
    hints = get_type_hints(Choice)
    return tuple(
        Part(
            one.name,
            one.metadata["link"],
            _kind(hints[one.name]),
            one.default,
            one.metadata["allowed"],
            one.metadata["own"],
        )
        for one in fields(Choice)
        if one.metadata["link"]
    )


def _kind(hint: Any) -> Any:
    """``date | None`` is a date, and ``tuple[str, ...]`` a tuple."""
    return get_args(hint)[0] if isinstance(hint, UnionType) else get_origin(hint) or hint


PARTS = _parts()
"""Every field that stands in links and codes, in the order of their numbers in codes."""


PARAMETERS = tuple(part.parameter for part in PARTS)
"""Every link parameter a choice uses."""


def to_query(choice: Choice) -> dict[str, str | list[str]]:
    """Write a choice as link parameters; what equals the default is left out."""
    return {
        part.parameter: part.write(value)
        for part in PARTS
        if (value := getattr(choice, part.name)) != part.default
        and (part.own is None or getattr(choice, part.chooser) == part.own)
    }


def from_query(query: Mapping[str, list[str]]) -> Choice:
    """Read a choice from link parameters; what cannot be understood keeps its default.

    Parameters
    ----------
    query
        Every value of every parameter, as ``urllib.parse.parse_qs`` gives them.
    """
    values: dict[str, Any] = {}
    for part in PARTS:
        if query.get(part.parameter):
            try:
                values[part.name] = part.read(query[part.parameter])
            except ValueError:
                continue
            if part.own is not None:
                values[part.chooser] = part.own
    return _in_order(Choice(**values))


def _short(day: date, is_end: bool) -> str:
    """``2026-01`` where the day is the month's first or last, else ``2026-01-17``."""
    edge = month_end(day.year, day.month).day if is_end else 1
    return f"{day:%Y-%m}" if day.day == edge else day.isoformat()


def _read_day(text: str, is_end: bool) -> date:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        first = date.fromisoformat(f"{text}-01")
        day = month_end(first.year, first.month) if is_end else first
    if not FIRST_YEAR <= day.year <= date.max.year - 1:
        raise ValueError(text)
    return day


def _in_order(choice: Choice) -> Choice:
    """Turn a period that ends before it begins."""
    turned: dict[str, Any] = {}
    for first, last in (("start", "end"), ("compare_start", "compare_end")):
        low, high = getattr(choice, first), getattr(choice, last)
        if low and high and high < low:
            turned |= {first: high.replace(day=1), last: month_end(low.year, low.month)}
    return replace(choice, **turned)


def link_of(choice: Choice) -> str:
    """Query that opens the same view again."""
    return urlencode(to_query(choice), doseq=True)
