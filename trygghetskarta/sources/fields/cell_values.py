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
_POINTED_GROUPS = re.compile(r"^\d{1,3}(?:([.,'’])\d{3})(?:\1\d{3})*$")
_ENGLISH_GROUPS = re.compile(r"^[+\-\u2212]?\d{1,3}(?:,\d{3})+\.\d+$")


def told(text: pd.Series) -> pd.Series:
    """Cells with words such as *NA*, *saknas*, *okänd* or a dash made missing."""
    # No such word begins with a digit, as most cells of a long file do.
    words = text[~text.str.match("[0-9]", na=True)]
    nothing = [word for word in words.unique() if word.casefold() in _NOTHING]
    return text.mask(text.isin(nothing)) if nothing else text


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


def whole_numbers(text: pd.Series) -> tuple[pd.Series, pd.Series]:
    """As :func:`numbers`, of a column that counts: 1.159 is more than a thousand.

    What looks like three decimals is thousands when some cell of the column would be no whole
    number otherwise; 2.000 alone may be both and is broken, and so is 1.159 beside 3,5.

    Examples
    --------
    >>> values, broken = whole_numbers(pd.Series(["1.159", "2.000", "838"], dtype="str"))
    >>> values.tolist(), broken.any().item()
    ([1159.0, 2000.0, 838.0], False)
    """
    values, broken = numbers(text)
    grouped = text.str.match(_POINTED_GROUPS, na=False)
    if not grouped.any():
        return values, broken
    joined = text[grouped].str.replace(r"[.,'’]", "", regex=True).astype("float64")
    odd = (values % 1).fillna(0) != 0
    is_thousands = (odd | broken)[grouped].any() and not odd[~grouped].any()
    values = values.mask(grouped, joined if is_thousands else float("nan"))
    return values, text.notna() & values.isna()
