"""Area codes and names as files write them, and the areas they mean."""

import re
import unicodedata

import numpy as np
import pandas as pd

from trygghetskarta.sources.fields.distinct import answered
from trygghetskarta.terms.areas import AreaLevel, given_code

_AREA = r"^(\d{4}[A-Z]\d{3,4})(?:_(?:deso|regso)(\d{4}))?(?:\s+\S.*)?$"
_NAMED = r"^(\d{4}(?=\s+[^\W\d])|\d\d(?=\s+(?:riket|\S.*\blän)$)).*$"
_FORMS = {
    AreaLevel.MUNICIPALITY: r"\d{4}",
    AreaLevel.REGSO: r"\d{4}R\d{3}",
    AreaLevel.DESO: r"\d{4}[ABC]\d{4}",
    AreaLevel.DISTRICT: r"\d{4}S\d{3}",
}
"""SCB's codes; S is this project's own letter for *stadsdelar*."""

_BEYOND = r"\d\d|(?:hela\s+)?(?:riket|landet)|sverige|\S.*\s+län"
_WHOLE = ("hela kommunen", "kommunen", "kommunen totalt", "totalt", "hela kommun", "samtliga")


def bare(codes: pd.Series) -> pd.Series:
    """Codes without SCB's version suffix and without a name after them.

    Examples
    --------
    >>> list(bare(pd.Series(["1488R007_RegSO2025", "1488A0010 Velanda", "Sylte"], dtype="str")))
    ['1488R007', '1488A0010', 'Sylte']
    >>> list(bare(pd.Series(["1488 Trollhättan", "12 Skåne län", "12 hus"], dtype="str")))
    ['1488', '12', '12 hus']
    """
    return answered(codes, _bare)


def _bare(code: str) -> str:
    short = re.sub(_AREA, r"\1", code, flags=re.IGNORECASE)
    return re.sub(_NAMED, r"\1", short, flags=re.IGNORECASE)


def versions(codes: pd.Series) -> pd.Series:
    """Year in SCB's version suffix, float64; NaN where a code has none.

    Examples
    --------
    >>> list(versions(pd.Series(["1488R007_RegSO2025 Torget", "1488R007"], dtype="str")))
    [2025.0, nan]
    """
    suffix = codes.str.extract(_AREA, flags=re.IGNORECASE)[1]
    return pd.to_numeric(suffix).astype("float64")


def beyond(texts: pd.Series) -> pd.Series:
    """Whether each text is the country or a county, by code or by name.

    Examples
    --------
    >>> list(beyond(pd.Series(["00", "Riket", "Västra Götalands län", "1488"], dtype="str")))
    [True, True, True, False]
    """
    return bare(texts).str.fullmatch(_BEYOND, case=False, na=False)


def levels(codes: pd.Series) -> pd.Series:
    """Level of each code by its form, missing when it is none of SCB's forms."""
    found = pd.Series(None, codes.index, dtype="object")
    for level, form in _FORMS.items():
        found = found.mask(codes.str.fullmatch(form, na=False), level.value)
    return found.astype("str")


class AreaList:
    """Areas by code and by name.

    Parameters
    ----------
    areas
        Contract ``AREAS``, every level there is; may be empty.
    """

    def __init__(self, areas: pd.DataFrame) -> None:
        finest_last = [level.value for level in AreaLevel]
        ordered = areas.assign(rank=areas["area_level"].map(finest_last.index)).sort_values(
            "rank", ascending=False, kind="stable"
        )
        self._by_text: dict[str, tuple[str, str]] = {}
        rows = list(zip(ordered["area_level"], ordered["area_code"], ordered["name"], strict=True))
        # Coarse levels are written last: a name that is both a district and a DeSO is the district.
        for level, code, name in rows:
            self._by_text[_plain(name)] = (str(level), code)
        for level, code, _name in rows:
            for text in (given_code(code), code):
                self._by_text[_plain(text)] = (str(level), code)
        whole = ordered[ordered["area_level"] == AreaLevel.MUNICIPALITY.value]
        codes = areas["area_code"].str.extract(r"^(\d{4})")[0].dropna().unique()
        self.municipality = (
            whole["area_code"].iloc[0] if len(whole) else (codes[0] if len(codes) == 1 else None)
        )

    def find(self, text: pd.Series) -> tuple[pd.Series, pd.Series]:
        """Look texts up.

        Parameters
        ----------
        text
            Codes or names; missing, and words such as *hela kommunen*, mean the municipality.

        Returns
        -------
        level, code
            Missing where nothing is known by that text.
        """
        whole = (AreaLevel.MUNICIPALITY.value, self.municipality)
        known = {**dict.fromkeys(_WHOLE, whole), **self._by_text}
        if self.municipality is not None:
            known.setdefault(self.municipality, whole)
        found = [
            whole if pd.isna(cell) else known.get(_plain(cell), (None, None)) for cell in bare(text)
        ]
        level, code = zip(*found, strict=True) if found else ((), ())
        none = np.array([one is None for one in code], dtype=bool)
        return (
            pd.Series(level, text.index, dtype="object").mask(none).astype("str"),
            pd.Series(code, text.index, dtype="object").astype("str"),
        )


def _plain(text: str) -> str:
    """Lower case, one kind of dash, single spaces."""
    composed = unicodedata.normalize("NFC", text).casefold()
    return " ".join(composed.replace("–", "-").replace(" - ", "-").split())
