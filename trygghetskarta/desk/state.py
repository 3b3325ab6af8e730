"""The choice: from the link, then the session, then the default; saved to both."""

from dataclasses import replace
from typing import Any

import streamlit as st

from trygghetskarta.desk import address
from trygghetskarta.gate.choice import Choice
from trygghetskarta.gate.links import PARAMETERS, from_query, to_query
from trygghetskarta.gate.periods import month_end

_KEY = "choice"
"""Session key that no widget owns: a widget's own state is lost when the page changes."""


def load() -> Choice:
    """Give the current choice; a link wins the first time a session sees it."""
    if _KEY not in st.session_state:
        st.session_state[_KEY] = _of_address()
    return st.session_state[_KEY]


def opened() -> Choice:
    """Give the choice that a page opens with: that of the address when the user went back to it."""
    if address.is_travelled():
        st.session_state[_KEY] = replace(_of_address(), team=load().team)
    return load()


def keep(choice: Choice) -> None:
    """Keep a choice for the page that is opened next."""
    st.session_state[_KEY] = choice


def follow(choice: Choice) -> None:
    """Keep the choice as a page shows it; the address tells it without a step of its own."""
    keep(choice)
    address.keep(PARAMETERS, to_query(choice))


def save(choice: Choice) -> None:
    """Keep a choice that the user has made; other parameters of the address stay."""
    keep(choice)
    address.step(PARAMETERS, to_query(choice))


def change(**values: Any) -> None:
    """Change fields of the current choice."""
    save(replace(load(), **values))


def _of_address() -> Choice:
    return from_query({name: st.query_params.get_all(name) for name in st.query_params})


def ordered(choice: Choice, changed: str) -> Choice:
    """Move the other end of a period along when the changed one passes it."""
    for first, last in (("start", "end"), ("compare_start", "compare_end")):
        low, high = getattr(choice, first), getattr(choice, last)
        if low and high and high < low:
            if changed == first:
                return replace(choice, **{last: month_end(low.year, low.month)})
            return replace(choice, **{first: high.replace(day=1)})
    return choice
