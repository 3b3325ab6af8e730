"""What single answers of a safety survey say: yes, no, or nothing that counts."""

import pandas as pd

from trygghetskarta.sources.fields.spelling import fold

_YES = """
ja yes 1 sant true stammer jaflergånger jaengång
trygg myckettrygg ganskatrygg heltrygg
orolig mycketorolig ganskaorolig mycketofta ganskaofta ofta ibland
istorutsträckning iganskastorutsträckning ihöggrad iganskahöggrad
instämmer instämmerhelt instämmerdelvis instämmertillstordel
"""
_NO = """
nej no 0 falskt false stämmerinte
otrygg mycketotrygg ganskaotrygg gårinteutpågrundavotrygghet gåraldrigutpgaotrygghet
inteorolig inteallsorolig inteorolig sällan ganskasällan mycketsällan aldrig inteallsofta
ilitenutsträckning iganskalitenutsträckning ilåggrad intealls ingenutsträckning
instämmerinte instämmerintealls instämmerintedelvis taravstånd
"""
_NOTHING = """
vetej vetinte vet osäker vilejsvara villintesvara villejsvara ingenuppfattning ingenåsikt
ejsvar inget ejaktuellt gårinteutensam gårinteut 99 98 9
"""
_ANSWERS = {
    **{fold(word): 1.0 for word in _YES.split()},
    **{fold(word): 0.0 for word in _NO.split()},
}
_SILENT = frozenset(fold(word) for word in _NOTHING.split())


def answers(text: pd.Series) -> tuple[pd.Series, pd.Series]:
    """Read answers.

    Parameters
    ----------
    text
        Cells as they stand. Scales are read as yes or no: *ganska trygg* is yes, *sällan* no.

    Returns
    -------
    answer, broken
        1, 0 or missing (empty, *vet ej*); True where the cell is none of these: a figure on a
        scale of one's own must be recoded in the file.

    Examples
    --------
    >>> found, broken = answers(pd.Series(["Ganska trygg", "Nej", "vet ej", "7"]))
    >>> found.tolist(), broken.tolist()
    ([1.0, 0.0, nan, nan], [False, False, False, True])
    """
    folded = text.map(fold, na_action="ignore")
    found = folded.map(_ANSWERS).astype("float64")
    broken = text.notna() & found.isna() & ~folded.isin(_SILENT) & folded.ne("")
    return found, broken


def is_question(text: pd.Series) -> bool:
    """Whether more than half of a column's filled cells are answers that are known."""
    filled = text.notna()
    _, broken = answers(text)
    return bool(filled.any()) and bool(broken.sum() * 2 < filled.sum())
