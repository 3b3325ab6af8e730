"""The choice: from the link, then the session, then the default; saved to both."""

from dataclasses import replace
from typing import Any

import streamlit as st

from trygghetskarta.pipeline.choice import (
    PARAMETERS,
    Choice,
    from_query,
    month_end,
    to_query,
)

_KEY = "choice"
"""Session key that no widget owns: a widget's own state is lost when the page changes."""


def load() -> Choice:
    """Give the current choice; a link wins the first time a session sees it."""
    if _KEY not in st.session_state:
        params = st.query_params
        st.session_state[_KEY] = from_query({name: params.get_all(name) for name in params})
    return st.session_state[_KEY]


def save(choice: Choice) -> None:
    """Keep the choice in the session and in the address; other parameters stay."""
    st.session_state[_KEY] = choice
    wanted = to_query(choice)
    for name in PARAMETERS:
        if name not in wanted:
            if name in st.query_params:
                del st.query_params[name]
        elif st.query_params.get_all(name) != _as_list(wanted[name]):
            st.query_params[name] = wanted[name]


def change(**values: Any) -> None:
    """Change fields of the current choice."""
    save(replace(load(), **values))


def _as_list(value: str | list[str]) -> list[str]:
    return value if isinstance(value, list) else [value]


def ordered(choice: Choice, changed: str) -> Choice:
    """Move the other end of a period along when the changed one passes it."""
    for first, last in (("start", "end"), ("compare_start", "compare_end")):
        low, high = getattr(choice, first), getattr(choice, last)
        if low and high and high < low:
            if changed == first:
                return replace(choice, **{last: month_end(low.year, low.month)})
            return replace(choice, **{first: high.replace(day=1)})
    return choice
