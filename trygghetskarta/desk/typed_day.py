"""A day as it is typed: year, month, day."""

from datetime import date

from trygghetskarta.words import date_words


def read_day(text: str) -> date | None:
    """A typed date; None when it is empty.

    Raises
    ------
    ValueError
        With a Swedish sentence.
    """
    if not text.strip():
        return None
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        raise ValueError(date_words.date_invalid(text.strip())) from None
