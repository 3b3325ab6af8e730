"""What a form in the browser has sent: a list of objects, whatever a browser is made to send."""

import json
import math
import re

_ESCAPED_HALF = re.compile(r"\\u[dD][89a-fA-F]")
"""Half of a character that is written as two; alone it is no text."""


def objects(report: object) -> list[dict]:
    """Read what the browser sent.

    Parameters
    ----------
    report
        JSON, as the form's script writes it; None before it has sent anything.

    Returns
    -------
    list of dict
        Anything but a list of objects is nothing. Half a character becomes a question mark. What is
        told twice under one name in an object is told as *not a number*, which fits no field.
    """
    if not isinstance(report, str):
        return []
    try:
        told = json.loads(report, object_pairs_hook=_once)
        if _ESCAPED_HALF.search(report):
            whole = json.dumps(told, ensure_ascii=False).encode("utf-8", "replace")
            told = json.loads(whole)
    except (ValueError, RecursionError):
        return []
    return [one for one in told if isinstance(one, dict)] if isinstance(told, list) else []


def _once(pairs: list[tuple[str, object]]) -> dict[str, object]:
    told: dict[str, object] = {}
    for name, value in pairs:
        told[name] = math.nan if name in told else value
    return told
