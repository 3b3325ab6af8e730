"""Columns in which few different texts stand: each is worked on once, however many rows it has."""

from collections.abc import Callable

import numpy as np
import pandas as pd


def answered(cells: pd.Series, answer: Callable[[str], str | None]) -> pd.Series:
    """What is answered of every cell, as text with the index of ``cells``; missing of none.

    Parameters
    ----------
    cells
        Text, missing where empty.
    answer
        Gives the same for the same text; asked once of each.

    Examples
    --------
    >>> list(answered(pd.Series(["a", "b", "a"], dtype="str"), str.upper))
    ['A', 'B', 'A']
    """
    places, texts = pd.factorize(cells)
    known = pd.array([*(answer(text) for text in texts), None], dtype="str")
    return pd.Series(known.take(np.where(places < 0, len(texts), places)), cells.index)
