"""JSON that anybody may have written: one error for all that cannot be read or stored."""

import json
import re

_ESCAPED = re.compile(r"\\u(?:[dD][89a-fA-F]|0000)")
"""Half of a character that is written as two, which alone is no text, and the zero byte."""


def read(content: str | bytes) -> object:
    """Read JSON, with or without a byte-order mark.

    Raises
    ------
    ValueError
        For what is no JSON, is nested too deeply, holds a number with thousands of digits, or a
        text that is no text (half a character, a zero byte).

    Examples
    --------
    >>> read('{"a": [1, "\\\\u00e5"]}')
    {'a': [1, 'å']}
    """
    text = content.decode("utf-8-sig") if isinstance(content, bytes) else content
    try:
        found = json.loads(text)
        if _ESCAPED.search(text) and r"\u0000" in _written(found):
            raise ValueError("a zero byte")
    except RecursionError as error:
        raise ValueError("nested too deeply") from error
    return found


def _written(found: object) -> str:
    """JSON in which nothing is escaped that may stand in a text."""
    told = json.dumps(found, ensure_ascii=False).replace(r"\\", "")
    told.encode("utf-8")
    return told
