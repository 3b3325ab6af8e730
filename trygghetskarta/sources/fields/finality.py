"""Whether a publisher calls figures preliminary or final, or says nothing of it."""

import re
from collections.abc import Mapping

import pandas as pd

_PRELIMINARY = ("1", "ja", "j", "true", "sant", "x", "y", "yes")
_FINAL = ("0", "nej", "n", "false", "falskt", "no")
_SAYS_PRELIMINARY = r"prel(?:\.|imin[äa]r[at]?)?"
_SAYS_FINAL = r"slutlig[at]?|definitiv[at]?|fastställ(?:d|da|t)|final"
_HEADED = {
    True: re.compile(rf"\b(?:{_SAYS_PRELIMINARY})(?!\w)", re.IGNORECASE),
    False: re.compile(rf"\b(?:{_SAYS_FINAL})(?!\w)", re.IGNORECASE),
}
_DATED = ("period", "year", "reported_date", "occurred_from_date")


def says_either(cells: pd.Series) -> pd.Series:
    """Whether each cell is a word for preliminary or for final figures, and nothing else."""
    return cells.str.strip().str.fullmatch(f"{_SAYS_PRELIMINARY}|{_SAYS_FINAL}", case=False)


def read_finality(
    marked: pd.Series, cells: Mapping[str, pd.Series], names: Mapping[str, str]
) -> pd.DataFrame:
    """Tell preliminary rows from final ones.

    Parameters
    ----------
    marked
        Rows whose own date or period says *prel.*
    cells, names
        Text, and what the file calls the column, by role.

    Returns
    -------
    DataFrame
        Index that of ``marked``: ``preliminary`` (bool) and ``final`` (nullable: True, or missing).
        Neither holds where the file says nothing: no column of it, no word in the heading of the
        counts or of their period, no period marked. Where some rows are marked the others are
        final, but for those with a star, which may mean anything.
    """
    heads = [names[role] for role in ("count", *_DATED) if role in names]
    headed = {said: any(form.search(head) for head in heads) for said, form in _HEADED.items()}
    yes = marked.astype(bool) | (headed[True] and not headed[False])
    no = pd.Series(headed[False] and not headed[True], marked.index)
    if "preliminary" in cells:
        text = cells["preliminary"].str.strip().str.casefold()
        told = text.isin(_PRELIMINARY) | text.str.fullmatch(_SAYS_PRELIMINARY).fillna(False)
        denied = text.isin(_FINAL) | text.str.fullmatch(_SAYS_FINAL).fillna(False)
        # A column of crosses says no by leaving a cell empty.
        crossed = bool(told.any()) and not denied.any()
        yes |= told.astype(bool)
        no |= denied.astype(bool) | (text.isna() & crossed)
    if marked.any():
        starred = pd.Series(False, marked.index)
        for role in _DATED:
            if role in cells:
                starred |= cells[role].str.contains("*", regex=False).fillna(False).astype(bool)
        no |= ~marked.astype(bool) & ~starred
    final = pd.Series(pd.NA, marked.index, dtype="boolean").mask(no & ~yes, True)
    return pd.DataFrame({"preliminary": yes.astype(bool), "final": final})
