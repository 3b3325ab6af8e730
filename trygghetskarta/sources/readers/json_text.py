"""JSON that anybody may have written: one error for all that cannot be read or stored."""

import json
import re

_ESCAPED_HALF = re.compile(r"\\u[dD][89a-fA-F]")
"""Half of a character that is written as two; alone it is no text."""


def read(content: str | bytes) -> object:
    """Read JSON, with or without a byte-order mark.

    Raises
    ------
    ValueError
        For what is no JSON, is nested too deeply, holds a number with thousands of digits, or a
        text that is no text (half a character).

    Examples
    --------
    >>> read('{"a": [1, "\\\\u00e5"]}')
    {'a': [1, 'å']}
    """
    text = content.decode("utf-8-sig") if isinstance(content, bytes) else content
    try:
        found = json.loads(text)
        if _ESCAPED_HALF.search(text):
            json.dumps(found, ensure_ascii=False).encode("utf-8")
    except RecursionError as error:
        raise ValueError("nested too deeply") from error
    return found
