"""Which report is open: from the link, then the session, then the newest; saved to both."""

from collections.abc import Mapping
from dataclasses import dataclass

import streamlit as st

from trygghetskarta.terms import Audience, ReportKind

_KEY = "report_choice"
"""Session key that no widget owns."""

_AUDIENCES = {Audience.INTERNAL: "intern", Audience.PUBLIC: "offentlig"}
_QUARTERS = range(5)


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
    file, content
        Name and content of the file that its area is read from, empty for the district. Never in
        a link.
    """

    kind: ReportKind = ReportKind.SITUATION
    year: int = 0
    quarter: int = 0
    audience: Audience = Audience.INTERNAL
    district: str = ""
    file: str = ""
    content: bytes = b""


def load() -> ReportChoice:
    """The report that is open; a link wins the first time a session sees it."""
    if _KEY not in st.session_state:
        st.session_state[_KEY] = from_query(st.query_params.to_dict())
    return st.session_state[_KEY]


def save(choice: ReportChoice) -> None:
    """Keep the choice in the session and in the address."""
    st.session_state[_KEY] = choice
    wanted = to_query(choice)
    for name in ("rapport", "ar", "kvartal", "for", "plats"):
        if name in wanted:
            st.query_params[name] = wanted[name]
        elif name in st.query_params:
            del st.query_params[name]


def to_query(choice: ReportChoice) -> dict[str, str]:
    """Write a choice as link parameters; what equals the default is left out."""
    told = {
        "rapport": choice.kind.value if choice.kind is not ReportKind.SITUATION else "",
        "ar": str(choice.year or ""),
        "kvartal": str(choice.quarter or ""),
        "for": _AUDIENCES[Audience.PUBLIC] if choice.audience is Audience.PUBLIC else "",
        "plats": choice.district,
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
    )


def _number(text: str) -> int:
    return int(text) if text.isdecimal() and len(text) <= 4 else 0
