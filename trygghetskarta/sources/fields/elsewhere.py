"""Rows that say which municipality, county or country they are of, when it is another."""

from collections.abc import Mapping

import pandas as pd

from trygghetskarta.sources.fields.sum_rows import is_municipality
from trygghetskarta.terms.areas import COUNTRY_OR_COUNTY

_CODE = r"(?P<code>\d{3,4})(?:\s+\S.*)?"
_COUNTY_CODE = r"(?P<code>\d\d)(?:\s+\S.*)?"
_UNKNOWN = r"(?:okän[dt]|övrig|annan|ej|uppgift)\b.*"
_KOMMUN = r"\s+kommun$"


def elsewhere(
    cells: Mapping[str, pd.Series], alone: pd.Series, municipality: tuple[str, str]
) -> pd.Series:
    """Name or code of the other place that a row says it is of; missing where it says none.

    Parameters
    ----------
    cells
        Text by role; ``municipality`` and ``county`` are asked.
    alone
        Rows of sums that tell no finer place.
    municipality
        Its own code and name; without a name nothing is elsewhere.

    Returns
    -------
    Series
        Index of ``alone``: a code of four digits, or a name that ends with *kommun* or *län*, or
        the country. The country, and a county that is not told by a foreign code, are elsewhere
        only of a row that is alone: any other lies in them.

    Examples
    --------
    >>> towns = pd.Series(["Trollhättan", "Vänersborg", "1487 Vänersborg"], dtype="str")
    >>> found = elsewhere({"municipality": towns}, towns.isna(), ("1488", "Trollhättan"))
    >>> [None if one != one else one for one in found]
    [None, 'Vänersborg kommun', '1487']
    """
    code, name = municipality
    found = pd.Series(None, alone.index, dtype="str")
    if not name:
        return found
    at_home = pd.Series(False, alone.index)
    for role in ("municipality", "county"):
        if role not in cells:
            continue
        told = cells[role].str.strip()
        told = told.mask(told.str.fullmatch(_UNKNOWN, case=False, na=False))
        if role == "municipality":
            # SCB's code in two columns: 14 and 88.
            told = told.where(~told.str.fullmatch(r"\d\d", na=False), code[:2] + told)
        own = is_municipality(told, code, name)
        number = told.str.extract(rf"^{_CODE}$")["code"].str.zfill(4)
        own |= number == code
        county = told.str.extract(rf"^{_COUNTY_CODE}$")["code"]
        far = county.notna() & ~county.isin([code[:2], "00"])
        wider = county.notna() | told.str.fullmatch(COUNTRY_OR_COUNTY, case=False, na=False)
        named = told.notna() & ~own & ~wider & number.isna()
        is_town = told.str.contains(_KOMMUN, case=False, regex=True, na=False)
        if role == "county" and not own.any():
            # A region of the police is no municipality.
            named &= is_town
        town = told.where(is_town, told + " kommun")
        other = number.where(~own).fillna(told.where(far | (wider & alone & ~at_home)))
        found = found.fillna(other.fillna(town.where(named)).mask(at_home))
        at_home |= own
    return found.astype("str")
