"""Which report is open: from the link, then the session, then the newest; saved to both."""

import math
from collections.abc import Mapping
from dataclasses import dataclass

import streamlit as st

from trygghetskarta.desk import address
from trygghetskarta.terms.audience import Audience
from trygghetskarta.terms.papers import ReportKind

_KEY = "report_choice"
"""Session key that no widget owns."""

_AUDIENCES = {Audience.INTERNAL: "intern", Audience.PUBLIC: "offentlig"}
_PARAMETERS = ("rapport", "ar", "kvartal", "for", "plats", "horn")
_QUARTERS = range(5)
_MOST_CORNERS = 60
"""More do not fit in a link that can be sent."""


@dataclass(frozen=True)
class ReportChoice:
    """Which report is open.

    Attributes
    ----------
    kind, audience
        What it is and for whom.
    year
        0 for the newest whole one.
    quarter
        0 for the whole year.
    district
        Code of the district of a *SKA-underlag*.
    corners
        Latitude and longitude of the corners of a drawn plan area, empty for none.
    file, content
        Name and content of the file that its area is read from, empty for none. Never in a link.
    """

    kind: ReportKind = ReportKind.SITUATION
    year: int = 0
    quarter: int = 0
    audience: Audience = Audience.INTERNAL
    district: str = ""
    corners: tuple[tuple[float, float], ...] = ()
    file: str = ""
    content: bytes = b""


def opened() -> ReportChoice:
    """The report that is open; a link wins the first time, and when the user went back to it."""
    if _KEY not in st.session_state or address.is_travelled():
        st.session_state[_KEY] = from_query(st.query_params.to_dict())
    return st.session_state[_KEY]


def follow(choice: ReportChoice) -> None:
    """Keep the choice as the page shows it; the address tells it without a step of its own."""
    st.session_state[_KEY] = choice
    address.keep(_PARAMETERS, to_query(choice))


def save(choice: ReportChoice) -> None:
    """Keep a choice that the user has made."""
    st.session_state[_KEY] = choice
    address.step(_PARAMETERS, to_query(choice))


def to_query(choice: ReportChoice) -> dict[str, str]:
    """Write a choice as link parameters; what equals the default is left out."""
    told = {
        "rapport": choice.kind.value if choice.kind is not ReportKind.SITUATION else "",
        "ar": str(choice.year or ""),
        "kvartal": str(choice.quarter or ""),
        "for": _AUDIENCES[Audience.PUBLIC] if choice.audience is Audience.PUBLIC else "",
        "plats": choice.district,
        "horn": " ".join(
            f"{latitude:.6f},{longitude:.6f}" for latitude, longitude in choice.corners
        ),
    }
    return {name: value for name, value in told.items() if value}


def from_query(query: Mapping[str, str]) -> ReportChoice:
    """Read a choice from link parameters; what cannot be understood keeps its default."""
    kinds = {kind.value: kind for kind in ReportKind}
    audiences = {word: audience for audience, word in _AUDIENCES.items()}
    year, quarter = (_number(query.get(name, "")) for name in ("ar", "kvartal"))
    return ReportChoice(
        kind=kinds.get(query.get("rapport", ""), ReportKind.SITUATION),
        year=year,
        quarter=quarter if quarter in _QUARTERS else 0,
        audience=audiences.get(query.get("for", ""), Audience.INTERNAL),
        district=query.get("plats", ""),
        corners=_corners(query.get("horn", "")),
    )


def _number(text: str) -> int:
    return int(text) if text.isdecimal() and len(text) <= 4 else 0


def _corners(text: str) -> tuple[tuple[float, float], ...]:
    """Corners of a link; none when any of them cannot be read."""
    try:
        pairs = [tuple(map(float, pair.split(","))) for pair in text.split()]
    except ValueError:
        return ()
    whole = all(len(pair) == 2 and all(map(math.isfinite, pair)) for pair in pairs)
    return tuple(pairs) if whole and len(pairs) <= _MOST_CORNERS else ()
