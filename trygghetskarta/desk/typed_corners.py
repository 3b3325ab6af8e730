"""Corners of an area as they are typed, one a line."""

from trygghetskarta.words import action_words


def read_corners(text: str) -> tuple[tuple[float, float], ...]:
    """Typed corners, one a line.

    Raises
    ------
    ValueError
        With a Swedish sentence.
    """
    corners = []
    for line in filter(None, (line.strip() for line in text.splitlines())):
        parts = line.replace(";", " ").replace(", ", " ").split()
        try:
            latitude, longitude = (float(part.strip(",").replace(",", ".")) for part in parts)
        except ValueError:
            raise ValueError(action_words.corners_invalid(line)) from None
        corners.append((latitude, longitude))
    return tuple(corners)


def write_corners(corners: tuple[tuple[float, float], ...]) -> str:
    """Corners as :func:`read_corners` reads them."""
    return "\n".join(f"{latitude:.6f}, {longitude:.6f}" for latitude, longitude in corners)
