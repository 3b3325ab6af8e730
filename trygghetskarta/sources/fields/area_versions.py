"""Which version of SCB's small areas a figure is of: the same code can mean other borders.

DeSO 2018 and RegSO 2020 carry what is told of the years up to 2023, DeSO 2025 and RegSO 2025 what
is told from 2024 on, and no year is published on both. SCB writes the newer codes with a suffix
(``1488C1010_DeSO2025``) and the older ones without; the layers of borders have no suffix at all.
Source: the notes of SCB's table TAB6680, its lists of codes ``vs_DeSO2018`` and ``vs_DeSO2025``.
"""

import numpy as np
import pandas as pd

from trygghetskarta.terms.areas import AreaLevel

_SUFFIXES = {AreaLevel.REGSO: "RegSO", AreaLevel.DESO: "DeSO"}
_FIRST, _SECOND = 2018, 2025
_SECOND_FROM = 2024
"""First year that is told on the second version."""

_CALLED = {2020: _FIRST}  # RegSO came two years after the DeSO it is made of
_YEAR = r"((?:19|20)\d\d)"


def in_force(areas: pd.DataFrame | None) -> dict[str, int]:
    """Version of the areas of each level, a year; levels whose version names no year are absent.

    Parameters
    ----------
    areas
        Contract ``AREAS`` or None.
    """
    if areas is None or "boundary_version" not in areas:
        return {}
    told = areas["boundary_version"].str.extract(_YEAR)[0].dropna().astype("int64")
    newest = told.replace(_CALLED).groupby(areas["area_level"]).max()
    return {level: newest[level] for level in _SUFFIXES if level in newest}


def of_figures(rows: pd.DataFrame, now: dict[str, int]) -> pd.DataFrame:
    """Tell the version that each figure is of, by its suffix, its twin, or its year.

    Parameters
    ----------
    rows
        ``area_level``, ``area_code``, ``version`` (the suffix's year or NaN), ``year`` and
        ``text``, one row per figure.
    now
        As :func:`in_force` gives it. A level that is absent has the version of its newest suffix.

    Returns
    -------
    DataFrame
        ``other``: whether the figure is of another version than the one in force; ``never``:
        whether there is no such figure, since SCB has not published that year on the version that
        the suffix names; ``meant``: of a code without suffix, the one with the suffix of the
        version in force, empty where the file has that too. Index: that of ``rows``.
    """
    said = rows["version"].replace(_CALLED)
    level = rows["area_level"]
    newest = said.groupby(level).max().dropna().to_dict()
    current = level.map({**newest, **now}).astype("float64")
    key = ["area_level", "area_code", "year"]
    suffixed = pd.MultiIndex.from_frame(rows.loc[said == current, key])
    has_twin = pd.MultiIndex.from_frame(rows[key]).isin(suffixed)
    early = rows["year"] < _SECOND_FROM
    by_year = np.where(early, _FIRST, current.clip(lower=_SECOND))
    bare = np.where(has_twin & (current >= _SECOND), _FIRST, by_year)
    known = level.isin(list(now)) | has_twin
    version = said.fillna(pd.Series(bare, rows.index).where(known))
    small = level.isin(list(_SUFFIXES)) & rows["year"].gt(0)
    suffix = level.map(_SUFFIXES) + current.astype("Int64").astype("str")
    return pd.DataFrame(
        {
            "other": small & version.notna() & (version != current),
            "never": small & rows["text"].isna() & (said >= _SECOND) & early,
            "meant": (rows["area_code"] + "_" + suffix).where(said.isna() & ~has_twin, ""),
        }
    )
