"""Rows that name areas of a former division, as rows of the areas of today."""

import pandas as pd

_WHOLE = 0.99
_MOST = 0.5
_PLACE = ["area_level", "area_code"]


def following(table: pd.DataFrame, successions: pd.DataFrame, key: list[str]) -> pd.DataFrame:
    """Names of former areas, each for the one area of today in which all of it lies.

    Parameters
    ----------
    table
        With ``area_level`` and ``area_code``.
    successions
        Contract ``SUCCESSIONS``.
    key
        What names a row: a row of today's own goes before one that has followed.

    Returns
    -------
    DataFrame
        Rows of former areas that were split are left out.
    """
    whole = successions[successions["area_share"] >= _WHOLE]
    return _of_today(table, successions, whole, key).drop(columns=_SHARES)


def mostly_covered(table: pd.DataFrame, successions: pd.DataFrame, key: list[str]) -> pd.DataFrame:
    """As :func:`following`, each for every area of today of which it was the most.

    ``share``, a part of the area's surface, is missing where the borders are not the same.
    """
    most = successions[successions["covered"] >= _MOST]
    rows = _of_today(table, successions, most, key)
    same = rows["covered"].isna() | _are_same(rows)
    return rows.assign(share=rows["share"].where(same)).drop(columns=_SHARES)


def renamed(table: pd.DataFrame, successions: pd.DataFrame) -> pd.DataFrame:
    """Rows of former areas under the code of an area of today with the same borders.

    What has no equal today stays under its own code, which no area of today has.
    """
    now = renamings(successions)
    if not now:
        return table
    pairs = zip(table["area_level"], table["area_code"], strict=True)
    codes = [now.get(pair, pair[1]) for pair in pairs]
    return table.assign(area_code=pd.Series(codes, table.index, dtype="str"))


def renamings(successions: pd.DataFrame) -> dict[tuple[str, str], str]:
    """Code of today of each former area with the same borders, by its level and code."""
    same = successions[_are_same(successions)].itertuples(index=False)
    return {(one.area_level, one.former_code): one.area_code for one in same}


def codes_of_today(codes: pd.Series, successions: pd.DataFrame, level: str) -> pd.Series:
    """Lists of codes with blanks between: each former one as the areas it was the most of."""
    here = successions[(successions["area_level"] == level) & (successions["covered"] >= _MOST)]
    if here.empty:
        return codes
    now = here.groupby("former_code")["area_code"].agg(list).to_dict()

    def said(text: str) -> str:
        told = [code for one in text.split() for code in now.get(one, [one])]
        return " ".join(dict.fromkeys(told))

    return codes.map(said, na_action="ignore").astype("str")


_SHARES = ["area_share", "covered"]


def _are_same(table: pd.DataFrame) -> pd.Series:
    return (table["area_share"] >= _WHOLE) & (table["covered"] >= _WHOLE)


def _of_today(
    table: pd.DataFrame, successions: pd.DataFrame, taken: pd.DataFrame, key: list[str]
) -> pd.DataFrame:
    former = pd.MultiIndex.from_frame(successions[["area_level", "former_code"]])
    is_past = pd.MultiIndex.from_frame(table[_PLACE]).isin(former)
    if not is_past.any():
        return table.assign(area_share=float("nan"), covered=float("nan"))
    now = taken[["area_level", "former_code", "area_code", *_SHARES]]
    followed = (
        table[is_past]
        .rename(columns={"area_code": "former_code"})
        .merge(now, on=["area_level", "former_code"])
        .drop(columns="former_code")
    )
    rows = pd.concat([table[~is_past], followed[[*table.columns, *_SHARES]]], ignore_index=True)
    return rows.drop_duplicates(key, ignore_index=True)
