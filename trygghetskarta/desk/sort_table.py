"""A table that sorts by any column and says *dold* and *uppgift saknas* in words."""

from collections.abc import Callable
from functools import cache
from typing import Any

import streamlit as st

from trygghetskarta.draw.browser_files import browser_file
from trygghetskarta.draw.table.listing import Listing
from trygghetskarta.words import file_words, map_words


@cache
def _component() -> Callable[..., Any]:
    return st.components.v2.component(
        "sort_table",
        js=browser_file(__package__, "sort_table.js"),
        isolate_styles=False,
    )


def sort_table(listing: Listing, key: str, column: int = 0, rising: bool = True) -> None:
    """Show a listing.

    Parameters
    ----------
    listing
        Texts to show and values to sort by.
    key
        The same key keeps the order the user has chosen.
    column, rising
        The order before the user has chosen one.
    """
    _component()(
        key=key,
        data={
            "label": map_words.TABLE,
            "sortBy": file_words.SORT_BY,
            "sorted": {"column": column, "rising": rising},
            "headings": listing.headings,
            "numeric": listing.numeric,
            "rows": listing.rows,
            "keys": listing.keys,
        },
    )
