"""The address of a page: a choice is one step in the browser's history, which Back undoes."""

from collections.abc import Callable, Collection, Mapping
from functools import cache
from typing import Any

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from trygghetskarta.draw.browser_files import browser_file

_NUMBER = "address_number"
Query = Mapping[str, str | list[str]]


@cache
def _component() -> Callable[..., Any]:
    return st.components.v2.component(
        "address",
        js=browser_file(__package__, "address.js"),
        isolate_styles=False,
    )


def is_travelled() -> bool:
    """Whether the page is drawn because the user went back or forward in the browser."""
    context = get_script_run_ctx()
    return context is not None and context.is_history_navigation


def step(names: Collection[str], query: Query) -> None:
    """Write parameters as a step of their own, which Back undoes; other parameters stay.

    Parameters
    ----------
    names
        The parameters that are meant; one that is not in ``query`` is taken away.
    query
        What they are.
    """
    here = {name: st.query_params.get_all(name) for name in st.query_params}
    others = {name: values for name, values in here.items() if name not in names}
    wanted = {**others, **{name: _values(value) for name, value in query.items()}}
    if wanted != here:
        st.query_params.from_dict(wanted)


def keep(names: Collection[str], query: Query) -> None:
    """Write parameters into the step that is open, as :func:`step` but without a new one."""
    number = st.session_state.get(_NUMBER, 0) + 1
    st.session_state[_NUMBER] = number
    pairs = [(name, one) for name, value in query.items() for one in _values(value)]
    _component()(key="address", data={"names": list(names), "pairs": pairs, "number": number})


def _values(value: str | list[str]) -> list[str]:
    return value if isinstance(value, list) else [value]
