"""Which of two columns is north and which is east, by how large their values are."""

import re
from collections.abc import Mapping

import pandas as pd

from trygghetskarta.sources.fields.role_values import looked_at

_NUMBER = re.compile(r"[^\d,.\-]")
_AXIS = re.compile(r"(?:koord(?:inat)?)?([xy])(?:koord\w*|pos|sweref\w*|rt90\w*|3006|3007)?")
_METRES = ("northing", "easting")
_DEGREES = ("latitude", "longitude")

# No place in Sweden is as far east as any is north, in degrees or in metres.
_LATITUDES, _LONGITUDES = (54.0, 70.0), (9.0, 25.0)
_NORTHINGS, _EASTINGS = (6_000_000.0, 7_800_000.0), (10_000.0, 2_000_000.0)


def settle_axes(
    roles: dict[str, str], free: Mapping[str, str], sample: pd.DataFrame | None
) -> None:
    """Give columns of coordinates their roles, by changing ``roles``.

    Parameters
    ----------
    roles
        Column by role.
    free
        Folded names of the columns without a role, by column.
    sample
        Rows to look at; None to go by names alone.

    Notes
    -----
    Columns named X and Y, which mean opposite things in geodesy and in mapping programs, are told
    apart by their values; without values X is east, as mapping programs have it. Named axes change
    places, or become degrees, where every sign is that they are called the wrong thing: the middle
    of the one is where only norths of Sweden are, that of the other where only easts are.
    """
    axes = {found[1]: name for name, text in free.items() if (found := _AXIS.fullmatch(text))}
    named = {*_METRES, *_DEGREES} & set(roles)
    if not named and set(axes) == {"x", "y"}:
        _settle_x_and_y(roles, axes, sample)
        return
    pair = next((pair for pair in (_METRES, _DEGREES) if set(pair) <= named), None)
    if pair is None or sample is None or len(named) > 2:
        return
    north, east = (roles[role] for role in pair)
    right = _pair_of(_middle(sample, north), _middle(sample, east))
    turned = _pair_of(_middle(sample, east), _middle(sample, north))
    decided = turned or right
    if decided is None or right == pair:
        return
    for role in pair:
        del roles[role]
    roles.update(zip(decided, (east, north) if turned else (north, east), strict=True))


def _settle_x_and_y(
    roles: dict[str, str], axes: Mapping[str, str], sample: pd.DataFrame | None
) -> None:
    x, y = axes["x"], axes["y"]
    east, north = (_middle(sample, x), _middle(sample, y))
    if east > north:
        x, y, east, north = y, x, north, east
    degrees = 0 < north <= 90
    roles["longitude" if degrees else "easting"] = x
    roles["latitude" if degrees else "northing"] = y


def _pair_of(north: float, east: float) -> tuple[str, str] | None:
    """The roles of two columns by the middle of their values; None where they are neither."""
    for pair, norths, easts in (
        (_DEGREES, _LATITUDES, _LONGITUDES),
        (_METRES, _NORTHINGS, _EASTINGS),
    ):
        if norths[0] <= north <= norths[1] and easts[0] <= east <= easts[1]:
            return pair
    return None


def _middle(sample: pd.DataFrame | None, column: str) -> float:
    if sample is None:
        return 0.0
    text = looked_at(sample[column]).str.replace(_NUMBER, "", regex=True)
    numbers = pd.to_numeric(text.str.replace(",", "."), errors="coerce")
    middle = numbers[numbers.abs() > 1].median()
    return 0.0 if pd.isna(middle) else float(middle)
