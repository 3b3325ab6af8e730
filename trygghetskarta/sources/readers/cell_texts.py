"""Values of cells, of whatever library, as text."""

import datetime as dt

from trygghetskarta.sources.fields.spelling import composed


def as_text(value: object) -> str:
    """Write a value of a cell as text that keeps everything it says.

    A zero byte, which no text has, becomes the mark of a letter that is lost.

    Examples
    --------
    >>> as_text(14.0), as_text(0.1), as_text(dt.datetime(2026, 2, 14)), as_text(None)
    ('14', '0.1', '2026-02-14', '')
    """
    match value:
        case None:
            return ""
        case bool():
            return "ja" if value else "nej"
        case float():
            return number_text(value)
        case dt.datetime():
            return _moment(value)
        case dt.timedelta():
            minutes, seconds = divmod(round(value.total_seconds()), 60)
            return f"{minutes // 60:02d}:{minutes % 60:02d}:{seconds:02d}"
        case _:
            return composed(str(value).replace("\0", "\ufffd").strip())


def number_text(value: float) -> str:
    """Write a number without decimals when it is whole; empty for what is no number.

    Examples
    --------
    >>> number_text(14.0), number_text(0.1), number_text(float("nan"))
    ('14', '0.1', '')
    """
    if value != value:
        return ""
    return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)


def _moment(value: dt.datetime) -> str:
    # Excel keeps time as a fraction of a day: 06:18:08 comes back as 06:18:07.999.
    rounded = (value + dt.timedelta(microseconds=500_000)).replace(microsecond=0)
    midnight = rounded.time() == dt.time() and rounded.tzinfo is None
    return rounded.date().isoformat() if midnight else rounded.isoformat(sep=" ")
