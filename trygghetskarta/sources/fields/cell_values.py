"""What single cells say: placeholders that mean nothing, and numbers as Swedes write them."""

import re

import pandas as pd

_NOTHING = frozenset(
    (
        *("na", "n/a", "<na>", "null", "(null)", "none", "nan", "nil"),
        *("-", "--", "–", "—", ".", "..", "…", "?"),
        *("saknas", "okänd", "okänt", "okand", "okant", "uppgift saknas", "ej angivet"),
        *("ej angiven", "ej känd", "ej känt", "inget", "ingen", "tomt", "(tom)"),
    )
)
_GROUPING = re.compile(r"(?<=\d)[\s\u00a0\u202f\u2009](?=\d{3}(?!\d))")
_NUMBER = re.compile(r"^[+\-\u2212]?\d+(?:[.,]\d+)?$")
_ENGLISH_GROUPS = re.compile(r"^[+\-\u2212]?\d{1,3}(?:,\d{3})+\.\d+$")


def told(text: pd.Series) -> pd.Series:
    """Cells with words such as *NA*, *saknas*, *okänd* or a dash made missing."""
    return text.mask(text.str.casefold().isin(_NOTHING))


def numbers(text: pd.Series) -> tuple[pd.Series, pd.Series]:
    """Read a column of numbers with decimal comma or point and spaces between thousands.

    Returns
    -------
    values, broken
        float Series, NaN where empty or broken; boolean Series, True where there is text that is
        no number.
    """
    quick = pd.to_numeric(text, errors="coerce")
    left = text.notna() & quick.isna()
    values = quick.astype("float64")
    # "1e5" and "inf" are numbers to a computer, not to a publisher.
    odd = text.str.contains("[a-z]", case=False, regex=True, na=False)
    values = values.mask(odd)
    if left.any():
        clean = text[left & ~odd].str.replace(_GROUPING, "", regex=True).str.strip()
        english = clean.str.match(_ENGLISH_GROUPS)
        clean = clean.mask(english, clean.str.replace(",", ""))
        clean = clean.where(clean.str.match(_NUMBER)).str.replace(",", ".")
        values = values.fillna(clean.str.replace("\u2212", "-").astype("float64"))
    return values, text.notna() & values.isna()
